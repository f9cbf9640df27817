/** People of a world who take every step by a process of its own, with their journals on disk. Each is killed at every moment of {@link DEATHS}, and then comes again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newFileJournal, type JournalEntry, type Receipt, type Tenor } from '@tenor/client';
import { Program } from './processes.js';
import type { PartyName, World } from './world.js';

const CLIENT = resolve(__dirname, '../fixtures/client-process/main.cjs');

/** When a process is killed: it has signed and not sent, and it was sent, is in its peer's block, and is not in the journal. */
const DEATHS = ['endorsed', 'committed'] as const;

/** Nouns whose methods take a step. People prepare tickets, and ask, by themselves. */
const NOUNS = ['slice', 'cash', 'batch', 'payment'] as const;
const ASKED: readonly string[] = ['sheet'];

type User = 'Maker' | 'Checker';
type Call = readonly [noun: string, verb: string, args: readonly unknown[]];

export class ClientProcesses {
  /** The world whose makers and checkers are such processes. */
  readonly world: World;
  readonly #world: World;
  readonly #folder = mkdtempSync(join(tmpdir(), 'tenor-processes-'));
  readonly #journals = new Set<string>();
  #running: Program | undefined;
  #calls = 0;
  #deaths = 0;

  constructor(world: World) {
    this.#world = world;
    const people = (name: PartyName): object => ({
      ...world.people(name),
      maker: this.#client(name, 'Maker'),
      checker: this.#client(name, 'Checker'),
    });
    this.world = new Proxy(world, {
      get: (target, field): unknown => {
        if (field === 'people') return people;
        const value: unknown = Reflect.get(target, field, target);
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
      },
    });
  }

  /** How many calls were made. */
  get calls(): number {
    return this.#calls;
  }

  /** How many processes were killed for each of them. */
  get deathsOfEach(): number {
    return this.#deaths / this.#calls;
  }

  /** What the journals have open. */
  pending(): readonly JournalEntry[] {
    return [...this.#journals].flatMap((folder) => newFileJournal(folder).pending());
  }

  /** Ends what a failed test has left waiting, and removes the journals. */
  async close(): Promise<void> {
    await this.#running?.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #client(name: PartyName, user: User): Tenor {
    const own = this.#world.people(name)[user === 'Maker' ? 'maker' : 'checker'];
    const sending = (noun: string): object =>
      new Proxy(Reflect.get(own, noun) as object, {
        get: (target, verb): unknown => {
          const isSent = typeof verb === 'string' && !ASKED.includes(verb);
          return isSent
            ? (...args: readonly unknown[]) => this.#call(name, user, [noun, verb, args])
            : (Reflect.get(target, verb) as unknown);
        },
      });
    return { ...own, ...Object.fromEntries(NOUNS.map((noun) => [noun, sending(noun)])) };
  }

  /** Makes a call by one process after the other, the last of which sees its end. All peers have its block then. */
  async #call(name: PartyName, user: User, call: Call): Promise<Receipt> {
    this.#calls += 1;
    for (const dies of DEATHS) {
      const program = this.#start(name, user, call, dies);
      await program.shows(/^the moment has come$/m);
      program.signal('SIGKILL');
      const { signal } = await program.ended;
      if (signal === 'SIGKILL') this.#deaths += 1;
    }
    const { code, stdout, stderr } = await this.#start(name, user, call).ended;
    if (code !== 0) throw new Error(`${call[0]}.${call[1]} by ${name}: ${stderr}`);
    const receipt = JSON.parse(stdout) as Receipt;
    const { transactionId } = receipt;
    if (transactionId === undefined) throw new Error(`${call[0]}.${call[1]} by ${name} does not know its transaction`);
    await Promise.all(this.#world.parties.map((each) => this.#world.people(each).admin.committed(transactionId)));
    return receipt;
  }

  #start(name: PartyName, user: User, [noun, verb, args]: Call, dies?: (typeof DEATHS)[number]): Program {
    const door = this.#world.ledger.door(this.#world.people(name).organization, user);
    door.close();
    const { connection } = door;
    const folder = join(this.#folder, `${name}-${user}`);
    this.#journals.add(folder);
    const file = join(this.#folder, 'call.json');
    writeFileSync(file, JSON.stringify({ connection, folder, noun, verb, args, dies }), { mode: 0o600 });
    this.#running = new Program(process.execPath, [CLIENT, file]);
    return this.#running;
  }
}
