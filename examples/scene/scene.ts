/** A scene: a network with the chaincode, a client for every person, and a line for every step. The demo and the example programs play on it. */
import {
  connect,
  fromPaths,
  newId,
  registerOf,
  TenorError,
  type Change,
  type ErrorCode,
  type FourEyesName,
  type Input,
  type Receipt,
  type Role,
  type Tenor,
} from '@tenor/client';
import type { RunningNetwork } from '@tenor/network';
import { StepFailed } from './failure.js';
import { personOf } from './names.js';
import { silent } from './print.js';

/** People of every organisation: `Checker` may draft too, so that four eyes are shown to be about persons, not roles. */
export type Person = 'Admin' | 'Admin2' | 'Maker' | 'Checker' | 'User1';

/** A step that was taken. */
export interface Step {
  readonly what: string;
  readonly who: string;
  readonly transactionId: string | undefined;
  readonly block: string | undefined;
  readonly endorsers: readonly string[];
  readonly milliseconds: number;
}

/** An attempt that had to fail. */
export interface Refusal {
  readonly what: string;
  readonly who: string;
  readonly expected: ErrorCode;
  /** The code that came, `ACCEPTED` when nothing refused. */
  readonly code: string;
}

/** Where a scene prints. */
export interface Printer {
  step(step: Step): void;
  refusal(refusal: Refusal): void;
  note(line: string): void;
}

/** Connects as a person of an organisation. */
export type Opener = (organization: string, person: Person) => Tenor;

/** Connects to the gateways of a network. */
export const peopleOf =
  (network: RunningNetwork): Opener =>
  (organization, person) =>
    connect({ connection: fromPaths(network.connectionFor(organization, person)) });

/** A company or a bank that takes part. */
export interface Party {
  readonly key: string;
  readonly name: string;
  readonly lei: string;
  readonly usci?: string | undefined;
  readonly roles: readonly Role[];
  readonly organization: string;
  readonly sme: boolean;
}

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>;

/** Who takes part, and by which rules. */
export interface Cast {
  readonly parties: readonly Party[];
  /** One party of each organisation that founds the registry. Others join later. */
  readonly founders: readonly Party[];
  readonly policy: Omit<ChangeOf<'policy'>['policy'], 'standIns'>;
  readonly calendar: ChangeOf<'calendar'>['calendar'];
  /** First business date. */
  readonly businessDate: string;
}

type Ticketed<Name extends FourEyesName> = Input<Name> & { readonly ticketId: string };

/** Network, people, and the record of what happened. */
export class Scene {
  readonly network: Pick<RunningNetwork, 'engine' | 'blocks'>;
  readonly cast: Cast;
  readonly steps: Step[] = [];
  readonly refusals: Refusal[] = [];
  /** The business date. */
  date: string;
  readonly #open: Opener;
  #printer: Printer;
  readonly #clients = new Map<string, Tenor>();
  readonly #fresh: Tenor[] = [];
  #last: string | undefined;

  constructor(network: Scene['network'], open: Opener, cast: Cast, printer: Printer) {
    this.network = network;
    this.#open = open;
    this.cast = cast;
    this.#printer = printer;
    this.date = cast.businessDate;
  }

  /** A party by its key. */
  party(key: string): Party {
    const party = this.cast.parties.find((candidate) => candidate.key === key);
    if (party === undefined) throw new Error(`nobody here is called ${key}`);
    return party;
  }

  /** The first party with a role. */
  withRole(role: Role): Party {
    const party = this.cast.parties.find(({ roles }) => roles.includes(role));
    if (party === undefined) throw new Error(`nobody here has the role ${role}`);
    return party;
  }

  /** A party's id on the ledger. */
  lei(key: string): string {
    return this.party(key).lei;
  }

  mspOf(party: Party): string {
    return this.as(party.key, 'Admin').mspId;
  }

  /** A new id that a party draws, for the book of another party's organisation (default: its own). */
  newId(drawer: string, register = drawer): string {
    return newId(this.mspOf(this.party(register)), this.mspOf(this.party(drawer)));
  }

  /** A new id that has to do with a slice, for the book that the slice's own id names: a part of it, or a leg by which it moves. */
  newIdBeside(drawer: string, sliceId: string): string {
    return newId(registerOf(sliceId), this.mspOf(this.party(drawer)));
  }

  /** The client of a person of a party. */
  as(key: string, person: Person): Tenor {
    const { organization } = this.party(key);
    const name = `${organization}/${person}`;
    const known = this.#clients.get(name);
    if (known !== undefined) return known;
    const client = this.#open(organization, person);
    this.#clients.set(name, client);
    return client;
  }

  /** Another client of a person, which remembers nothing: as after a restart. */
  fresh(key: string, person: Person): Tenor {
    const client = this.#open(this.party(key).organization, person);
    this.#fresh.push(client);
    return client;
  }

  /** Takes a step and prints its line. */
  async step(what: string, key: string, person: Person, act: (client: Tenor) => Promise<Receipt>): Promise<Receipt> {
    const started = performance.now();
    const who = personOf(this.party(key), person);
    const receipt = await this.#act(what, who, async () => act(await this.#caughtUp(key, person)));
    this.#last = receipt.transactionId ?? this.#last;
    const step: Step = {
      ...{ what, who, transactionId: receipt.transactionId },
      block: receipt.blockNumber?.toString(),
      endorsers: receipt.endorsingOrganizations ?? [],
      milliseconds: Math.round(performance.now() - started),
    };
    this.steps.push(step);
    this.#printer.step(step);
    return receipt;
  }

  /** The maker prepares a call, and the checker sends it. */
  async underFourEyes<Name extends FourEyesName>(
    what: string,
    key: string,
    command: Name,
    input: Omit<Ticketed<Name>, 'ticketId'>,
  ): Promise<Receipt> {
    const whole = await this.prepared(what, key, command, input);
    return this.step(what, key, 'Checker', (client) => send(client, command, whole));
  }

  /** What the maker prepares, for the checker to send. */
  async prepared<Name extends FourEyesName>(
    what: string,
    key: string,
    command: Name,
    input: Omit<Ticketed<Name>, 'ticketId'>,
  ): Promise<Ticketed<Name>> {
    const whole = { ...input, ticketId: this.newId(key) } as unknown as Ticketed<Name>;
    const by = { party: this.lei(key), expiresOn: this.date };
    await this.step(`prepare to ${what}`, key, 'Maker', ({ ticket }) => ticket.prepare(command, whole, by));
    return whole;
  }

  /** Attempts what has to fail, and prints the refusal. */
  async refused(
    what: string,
    key: string,
    person: Person,
    expected: ErrorCode,
    act: (client: Tenor) => Promise<unknown>,
  ): Promise<void> {
    const who = personOf(this.party(key), person);
    const client = await this.#act(what, who, () => this.#caughtUp(key, person));
    const code = await act(client).then(
      () => 'ACCEPTED',
      (error: unknown) => {
        if (error instanceof TenorError) return error.code;
        throw new StepFailed(what, who, error);
      },
    );
    const refusal = { what, who, expected, code };
    this.refusals.push(refusal);
    this.#printer.refusal(refusal);
  }

  /** Reads as a person who has seen what was done last. */
  async read<Answer>(key: string, ask: (client: Tenor) => Promise<Answer>): Promise<Answer> {
    return ask(await this.#caughtUp(key, 'Checker'));
  }

  async #act<Answer>(what: string, who: string, act: () => Promise<Answer>): Promise<Answer> {
    try {
      return await act();
    } catch (cause) {
      throw new StepFailed(what, who, cause);
    }
  }

  /** Whoever acts on what another organisation just did first waits for it on the own peer. */
  async #caughtUp(key: string, person: Person): Promise<Tenor> {
    const client = this.as(key, person);
    if (this.#last !== undefined) await client.committed(this.#last);
    return client;
  }

  /** Does some work without a word. */
  async quietly<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const printer = this.#printer;
    this.#printer = silent;
    try {
      return await work();
    } finally {
      this.#printer = printer;
    }
  }

  note(line: string): void {
    this.#printer.note(line);
  }

  /** Whether everything that had to fail did, with the right code. */
  get allRefused(): boolean {
    return this.refusals.every(({ expected, code }) => expected === code);
  }

  close(): void {
    for (const client of [...this.#clients.values(), ...this.#fresh]) client.close();
  }
}

type Nouns = Readonly<Record<string, Readonly<Record<string, (input: unknown) => Promise<Receipt>>>>>;

/** Sends what a command takes by the client's method of its name. */
function send(client: Tenor, command: FourEyesName, input: unknown): Promise<Receipt> {
  const [noun = '', verb = ''] = command.split(':');
  const method = (client as unknown as Nouns)[noun]?.[verb];
  if (method === undefined) throw new Error(`the client has no ${command}`);
  return method(input);
}
