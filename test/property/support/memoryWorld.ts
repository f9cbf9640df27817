/** People of five organisations or more on the ledger in memory, and one way to act: plan on the own book, endorse, commit. */
import { createHash } from 'node:crypto';
import { splitInput, ticketPayload, type Input } from '../../../client/src/input.js';
import { TenorError } from '../../../chaincode/src/protocol/errors.js';
import type { Plan } from '../../../chaincode/src/protocol/results.js';
import { ownKey } from '../../../chaincode/src/ledger/keys.js';
import type { BookKind, Change } from '../../../chaincode/src/protocol/records/index.js';
import type { CommandName } from '../../../chaincode/src/protocol/commands/index.js';
import { createAuthority } from '../../support/testIdentities.js';
import { PLAYERS, type Stage, type User } from '../../commands/support/stage.js';
import { LEI, type PlayerName } from '../../deal/players.js';
import { MemoryLedger, type Call, type Creator, type Simulation, type Validation } from './memoryLedger.js';

export type { User } from '../../commands/support/stage.js';
export { DUE } from '../../deal/inputs.js';
export { LEI, type PlayerName as PartyName } from '../../deal/players.js';

const USERS = ['maker', 'checker', 'admin', 'admin2'] as const;
export const PARTIES = PLAYERS;

/** MSP id of a party's organisation. */
export const mspOf = (party: PlayerName): string => `${party.charAt(0).toUpperCase()}${party.slice(1)}MSP`;

/** A Monday. */
export const START = '2026-11-23';

type Cast = ReadonlyMap<string, Creator>;

const casts = new Map<string, Promise<Cast>>();

/** Everybody, enrolled once a test file: certificates cost more than a whole deal. */
function enrolled(players: readonly PlayerName[]): Promise<Cast> {
  const known = casts.get(players.join()) ?? enrol(players);
  casts.set(players.join(), known);
  return known;
}

async function enrol(players: readonly PlayerName[]): Promise<Cast> {
  const people = players.map(async (party) => {
    const authority = await createAuthority(mspOf(party));
    const issue = async (user: User): Promise<[string, Creator]> => {
      const { certPem } = await authority.issue(user, { units: [user.startsWith('admin') ? 'admin' : 'client'] });
      return [`${party} ${user}`, { mspId: mspOf(party), certPem }];
    };
    return Promise.all(USERS.map(issue));
  });
  return new Map((await Promise.all(people)).flat());
}

/** An endorsed transaction that is not ordered yet. */
export interface Endorsed {
  readonly call: Call;
  readonly simulation: Simulation;
  readonly endorsers: readonly string[];
  readonly replayed: boolean;
}

/** A registry with everybody in it, on a ledger in memory. Ids and seeds are drawn in order, so that a run repeats exactly. */
export class MemoryWorld implements Stage {
  readonly ledger: MemoryLedger;
  /** Every transaction that was ordered, with what became of it. */
  readonly history: { readonly endorsed: Endorsed; readonly validation: Validation }[] = [];
  readonly #players: readonly PlayerName[];
  readonly #cast: Cast;
  #drawn = 0;
  date = START;

  private constructor(ledger: MemoryLedger, players: readonly PlayerName[], people: Cast) {
    this.ledger = ledger;
    this.#players = players;
    this.#cast = people;
  }

  /** The same people before there is a registry. */
  static async unfounded(players = PARTIES): Promise<MemoryWorld> {
    return new MemoryWorld(new MemoryLedger(players.map(mspOf)), players, await enrolled(players));
  }

  static async found(players = PARTIES): Promise<MemoryWorld> {
    const world = await MemoryWorld.unfounded(players);
    const { founders } = world;
    for (const party of players) await world.act(party, 'admin', 'registry:adopt', { founders });
    await world.act('bank', 'admin', 'registry:bootstrap', { founders });
    await world.decide(registryOf(players));
    for (const party of players) await world.#registerOperators(party);
    await world.moveTo(START);
    return world;
  }

  /** A world of its own that goes on from here, drawing other ids when `drawn` differs. */
  clone(drawn = this.#drawn): MemoryWorld {
    const copy = new MemoryWorld(this.ledger.clone(), this.#players, this.#cast);
    copy.#drawn = drawn;
    copy.date = this.date;
    return copy;
  }

  get founders(): string[] {
    return this.#players.map(mspOf);
  }

  mspOf(party: PlayerName): string {
    return mspOf(party);
  }

  /** A new record id for a party's book, the same in every run; drawn by that party unless another one is named. */
  id(register: PlayerName, drawer: PlayerName = register): string {
    return `${mspOf(register)}~${mspOf(drawer)}~${this.reference()}`;
  }

  /** A new reference, the same in every run. */
  reference(): string {
    this.#drawn++;
    return createHash('sha256')
      .update(`id ${String(this.#drawn)}`)
      .digest('base64url')
      .slice(0, 22);
  }

  /** A new seed, the same in every run. */
  seed(): Uint8Array {
    this.#drawn++;
    return createHash('sha256')
      .update(`seed ${String(this.#drawn)}`)
      .digest();
  }

  /** Plans on the caller's own book and has the transaction endorsed by those whom the plan names. @throws TenorError */
  async endorse<Name extends CommandName>(
    party: PlayerName,
    user: User,
    name: Name,
    input: Input<Name>,
    seed = this.seed(),
  ): Promise<Endorsed> {
    const creator = this.creator(party, user);
    const { request, secret } = splitInput(name, input);
    const shown: [string, Uint8Array][] = [['seed', seed]];
    if (secret !== undefined) shown.push(['private', Buffer.from(JSON.stringify(secret))]);
    const argument = JSON.stringify({ command: name, request });
    const planned = await this.ledger.simulate({
      creator,
      name: 'command:plan',
      argument,
      transient: new Map(shown),
    });
    const plan = JSON.parse(planned.answer) as Plan;
    const transient = new Map(
      Object.entries(plan.transient).map(([field, value]): [string, Uint8Array] => [
        field,
        Buffer.from(value, 'base64'),
      ]),
    );
    const call = { creator, name, argument: JSON.stringify(request), transient };
    return this.propose(call, plan.endorsingOrganizations ?? this.founders);
  }

  /** Has a call endorsed exactly as it stands. @throws TenorError */
  async propose(call: Call, endorsers: readonly string[]): Promise<Endorsed> {
    const simulation = await this.ledger.simulate(call);
    return { call, simulation, endorsers, replayed: (JSON.parse(simulation.answer) as { replayed: boolean }).replayed };
  }

  /** Orders and validates. A replay is not ordered: there is nothing to submit. */
  order(endorsed: Endorsed): Validation {
    if (endorsed.replayed) return 'VALID';
    const validation = this.ledger.commit(endorsed.simulation, endorsed.endorsers);
    this.history.push({ endorsed, validation });
    return validation;
  }

  /** Endorses and commits. @throws TenorError, or an Error when a transaction on its own turns out invalid */
  async act<Name extends CommandName>(
    party: PlayerName,
    user: User,
    name: Name,
    input: Input<Name>,
  ): Promise<Endorsed> {
    const endorsed = await this.endorse(party, user, name, input);
    const validation = this.order(endorsed);
    if (validation !== 'VALID') throw new Error(`${name} alone was found ${validation}`);
    return endorsed;
  }

  /** The bytes of a record that a party vouches for. */
  bytesOf(party: PlayerName, kind: BookKind, id: string): Promise<string> {
    const [collection, key] = [`_implicit_org_${mspOf(party)}`, ownKey(kind, id)];
    const found = this.ledger.entries().find((entry) => entry.collection === collection && entry.key === key);
    return found === undefined ? Promise.reject(new Error('nothing stands there')) : Promise.resolve(found.bytes);
  }

  /** As {@link act} under a ticket of the maker. */
  async actWithTicket<Name extends CommandName>(
    party: PlayerName,
    name: Name,
    input: Input<Name> & { readonly ticketId: string },
  ): Promise<Endorsed> {
    await this.prepare(party, name, input);
    return this.act(party, 'checker', name, input);
  }

  /** The ticket of a party's maker. */
  async prepare<Name extends CommandName>(
    party: PlayerName,
    command: Name,
    input: Input<Name> & { readonly ticketId: string },
  ): Promise<void> {
    const payload = ticketPayload(command, input);
    await this.act(party, 'maker', 'ticket:prepare', {
      ticketId: input.ticketId,
      party: LEI[party],
      command,
      payload,
      expiresOn: this.date,
    });
  }

  creator(party: PlayerName, user: User): Creator {
    const creator = this.#cast.get(`${party} ${user}`);
    if (creator === undefined) throw new Error(`nobody is ${party} ${user}`);
    return creator;
  }

  /** Sets the business date, as the founders may. */
  async moveTo(date: string): Promise<void> {
    await this.decide([{ kind: 'businessDateSet', date, calendar: 'CN', keepers: [] }]);
    this.date = date;
  }

  /** Proposes what founders decide, and has it approved by a majority. */
  async decide(changes: Change[]): Promise<void> {
    const proposalId = this.id('bank');
    await this.act('bank', 'admin', 'registry:propose', { proposalId, changes });
    // Founders in their order, until they are a majority: the bank, and half of all others.
    const others = this.#players.filter((party) => party !== 'bank');
    for (const party of others.slice(0, Math.floor(this.#players.length / 2)))
      await this.act(party, 'admin', 'registry:approve', { proposalId });
  }

  async #registerOperators(party: PlayerName): Promise<void> {
    const proposalId = this.id(party);
    const changes: Change[] = [];
    for (const duty of ['maker', 'checker'] as const) {
      const whoami = {
        creator: this.creator(party, duty),
        name: 'registry:whoami',
        argument: '{}',
        transient: new Map(),
      };
      const { identity } = JSON.parse((await this.ledger.simulate(whoami)).answer) as { identity: string };
      changes.push({ kind: 'operator', operator: { identity, duties: [duty], parties: [LEI[party]] } });
    }
    await this.act(party, 'admin', 'registry:propose', { proposalId, changes });
    await this.act(party, 'admin2', 'registry:approve', { proposalId });
  }
}

const ROLES: Readonly<Record<PlayerName, 'issuer' | 'bank' | 'supplier' | 'operator'>> = {
  ...{ issuer: 'issuer', bank: 'bank', supplier: 'supplier', contractor: 'supplier', operator: 'operator' },
  ...{ secondBank: 'bank', thirdBank: 'bank' },
};

/** The second id of the bank. */
export const BANK_USCI = '91100000100003962T';

const registryOf = (players: readonly PlayerName[]): Change[] => [
  ...players.map((party): Change => ({
    kind: 'party',
    party: {
      ...{ id: LEI[party], name: party, mspId: mspOf(party), roles: [ROLES[party]], sme: false, status: 'ACTIVE' },
      ...(party === 'bank' ? { otherId: BANK_USCI } : {}),
    },
  })),
  {
    kind: 'policy',
    policy: {
      ...{ version: 1, effectiveFrom: '2025-06-15', maxTenorMonths: 12, justifyBeyondMonths: 6, smePaymentDays: 60 },
      ...{ maxTier: 3, maxChildren: 50, graceDays: 5, standIns: [] },
    },
  },
  {
    kind: 'calendar',
    calendar: {
      ...{ id: 'CN', version: 1, weekend: [5, 6], holidays: ['2027-01-01'], extraWorkdays: ['2027-02-20'] },
      until: '2039-12-31',
    },
  },
];

/** The code of a refusal, or what came of it. */
export async function outcomeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
    return 'done';
  } catch (error) {
    if (error instanceof TenorError) return error.code;
    throw error;
  }
}
