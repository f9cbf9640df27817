/** People of a world whose clients are killed in the middle of a call, and made anew. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newFileJournal, newMemoryJournal, TenorError, type Journal, type Tenor } from '@tenor/client';
import type { PartyName, World } from './world.js';

/** When a client is killed. Sent: the orderer has its transaction, and the client does not know it. Committed: its peer has the block, and its journal does not say so. */
export const MOMENTS = ['before the plan', 'endorsed', 'sent', 'committed', 'noted as done'] as const;
export type Moment = (typeof MOMENTS)[number];

/** What a killed client meets at whatever it does. */
class Killed extends Error {
  override readonly name = 'Killed';
}

/** Without a journal, a ticket that is there already is told by the refusal of another one: the checker goes on with it. */
const preparedOnce = ({ ticket }: Tenor): Pick<Tenor['ticket'], 'prepare'> => ({
  prepare: (...call) =>
    ticket.prepare(...call).catch((error: unknown) => {
      if (error instanceof TenorError && error.code === 'ID_TAKEN') return undefined as never;
      throw error;
    }),
});

/** How clients live here. */
export interface Lives {
  readonly dies: Moment;
  /** Whether the next client has the journal of the one that was killed. */
  readonly remembers: boolean;
  /** In which calls it is killed, each of them once. Left out: in every one. */
  readonly during?: string;
}

type User = 'Maker' | 'Checker';

/** The clients of one step after the other. */
export class MortalClients {
  readonly #world: World;
  readonly #lives: Lives;
  readonly #folder = mkdtempSync(join(tmpdir(), 'tenor-killed-'));
  /** A step that is taken again says the same as before, on whatever day. */
  readonly #date: string;
  /** Calls in which somebody was killed. */
  readonly #survived = new Set<string>();
  /** The ids that a step draws. Whoever takes it up again has them in writing. */
  #drawn: string[] = [];
  #open: Tenor[] = [];
  /** What the orderer is given after its sender's death. */
  #onItsWay: (() => Promise<void>) | undefined;

  constructor(world: World, lives: Lives) {
    this.#world = world;
    this.#lives = lives;
    this.#date = world.date;
  }

  /** How many were killed. */
  get deaths(): number {
    return this.#survived.size;
  }

  /** Takes a step, again and again by new clients, until one lives to see its end. */
  async take(act: (world: World) => Promise<unknown>): Promise<void> {
    this.#drawn = [];
    while (!(await this.takeOnce(act)));
  }

  /** Takes a step or what is left of it. Answers whether its client saw the end. */
  async takeOnce(act: (world: World) => Promise<unknown>): Promise<boolean> {
    try {
      await act(this.#worldOfOneLife());
      return true;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      await this.#onItsWay?.();
      this.#onItsWay = undefined;
      return false;
    } finally {
      for (const client of this.#open) client.close();
      this.#open = [];
    }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The world, with clients that are new. */
  #worldOfOneLife(): World {
    const drawn = this.#drawn.values();
    const draw = (fresh: () => string): string => {
      const { done, value } = drawn.next();
      if (done !== true) return value;
      const id = fresh();
      this.#drawn.push(id);
      return id;
    };
    const people = (name: PartyName): object => {
      const clientOf = (user: User): Tenor => this.#client(name, user);
      const maker = clientOf('Maker');
      const newId = (register?: string): string => draw(() => maker.newId(register));
      const instead = { newId, ...(this.#lives.remembers ? {} : { ticket: preparedOnce(maker) }) };
      const drawing = new Proxy(maker, {
        get: (target, field): unknown => Reflect.get(field in instead ? instead : target, field),
      });
      return { ...this.#world.people(name), maker: drawing, checker: clientOf('Checker') };
    };
    return new Proxy(this.#world, {
      get: (target, field): unknown => {
        if (field === 'people') return people;
        if (field === 'date') return this.#date;
        const value: unknown = Reflect.get(target, field, target);
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
      },
    });
  }

  #client(name: PartyName, user: User): Tenor {
    const { organization } = this.#world.people(name);
    const kept = this.#lives.remembers ? newFileJournal(join(this.#folder, `${name}-${user}`)) : newMemoryJournal();
    const order = (prepared: string): Promise<void> => this.#order(organization, user, prepared);
    const client = this.#world.ledger.connect(organization, user, undefined, this.#killing(kept, order));
    this.#open.push(client);
    return client;
  }

  /** A journal whose owner is killed at the moment. From then on it does nothing more. */
  #killing(journal: Journal, order: (prepared: string) => Promise<void>): Journal {
    const { dies, during = '' } = this.#lives;
    let isDead = false;
    const assertAlive = (): void => {
      if (isDead) throw new Killed();
    };
    const reach = (moment: Moment, operation: string): void => {
      if (moment !== dies || !operation.startsWith(during) || this.#survived.has(operation)) return;
      this.#survived.add(operation);
      isDead = true;
      throw new Killed();
    };
    return {
      ...journal,
      put: (entry) => {
        assertAlive();
        journal.put(entry);
        const { operation, sent } = entry;
        if (sent === undefined) reach('before the plan', operation);
        else {
          this.#onItsWay = dies === 'sent' ? () => order(sent.prepared) : undefined;
          reach('endorsed', operation);
          reach('sent', operation);
          this.#onItsWay = undefined;
        }
      },
      finish: (entry) => {
        assertAlive();
        reach('committed', entry.operation);
        journal.finish(entry);
        reach('noted as done', entry.operation);
      },
      remove: (operation) => {
        if (!isDead) journal.remove(operation);
      },
    };
  }

  async #order(organization: string, user: User, prepared: string): Promise<void> {
    const door = this.#world.ledger.door(organization, user);
    try {
      await door.gateway.newTransaction(Buffer.from(prepared, 'base64')).submit();
    } finally {
      door.close();
    }
  }
}
