/**
 * A registry with parties and people, on any ledger.
 *
 *   issuer (Ansteel's trade unit) ── line ── bank (ICBC)      operator (Baowu): runs the platform, holds nothing
 *        └── certificate ──► supplier (Rio Tinto) ── slice ──► contractor (Pilbara Mining Contractors)
 *
 * On `wide` there are two banks more, `secondBank` and `thirdBank`, each in an organisation of its own: banks of payees, or buyers of
 * slices. A suite that needs only some of the seven opens `wideWith('issuer', 'bank', ...)` (topologies.ts). The bank is always there,
 * because it founds the registry; everybody whose organisation is there is registered, with a maker and a checker.
 */
import { newId, type Change, type PublicRecord, type Tenor } from '@tenor/client';
import { LEI, type PlayerName as PartyName } from '../deal/players.js';
import { OWN_ORGANIZATION } from './topologies.js';
import type { Ledger } from './ledger.js';

export { DUE } from '../deal/inputs.js';
export { LEI, type PlayerName as PartyName } from '../deal/players.js';

const ROLES: Readonly<Record<PartyName, readonly ('issuer' | 'supplier' | 'bank' | 'operator')[]>> = {
  issuer: ['issuer'],
  bank: ['bank'],
  supplier: ['supplier'],
  contractor: ['supplier'],
  operator: ['operator'],
  secondBank: ['bank'],
  thirdBank: ['bank'],
};

/** Where the parties live: each in an organisation of its own, or together in the two of the samples. */
const HOSTS: readonly Readonly<Partial<Record<PartyName, string>>>[] = [
  OWN_ORGANIZATION,
  { issuer: 'org1', contractor: 'org1', operator: 'org1', bank: 'org2', supplier: 'org2' },
];

type Named = { readonly name: string };

/** The parties that live in some organisations, and in which. */
export const hostsOn = (organizations: readonly Named[]): (readonly [PartyName, string])[] =>
  HOSTS.flatMap((hosts) => Object.entries(hosts) as [PartyName, string][]).filter(([, host]) =>
    organizations.some(({ name }) => name === host),
  );

/** The organisation that hosts a party among some. */
export const hostOf = (organizations: readonly Named[], party: PartyName): string =>
  hostsOn(organizations).find(([name]) => name === party)?.[1] ?? '';

/** The people of a party. */
export interface People {
  readonly party: string;
  readonly organization: string;
  readonly mspId: string;
  readonly maker: Tenor;
  readonly checker: Tenor;
  readonly admin: Tenor;
  readonly admin2: Tenor;
  /** Enrolled, but no operator. */
  readonly stranger: Tenor;
}

/** First business date of every world: a Monday. */
export const START = '2026-11-23';

const CALENDAR: PublicRecord<'calendar'> = {
  schema: 'tenor.calendar/1',
  id: 'CN',
  version: 1,
  weekend: [5, 6],
  holidays: ['2027-01-01', '2027-02-05', '2027-02-08', '2027-02-09'],
  extraWorkdays: ['2027-02-20'],
  until: '2039-12-31',
};

export const POLICY = {
  version: 1,
  effectiveFrom: '2025-06-15',
  maxTenorMonths: 12,
  justifyBeyondMonths: 6,
  smePaymentDays: 60,
  maxTier: 3,
  maxChildren: 50,
  graceDays: 5,
  standIns: [],
};

/** A registry that works, and everyone in it. */
export class World {
  readonly ledger: Ledger;
  readonly #people = new Map<PartyName, People>();
  readonly #forgetful: Tenor[] = [];
  #date = START;

  private constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  /** Founds the registry and registers everybody. */
  static async found(ledger: Ledger): Promise<World> {
    const world = new World(ledger);
    world.#meetPeople();
    if ((await ledger.keptFounding?.recall()) !== true) {
      await world.#establish();
      ledger.keptFounding?.keep();
    }
    return world;
  }

  async #establish(): Promise<void> {
    const founders = this.ledger.organizations.map(({ mspId }) => mspId);
    const admins = this.#oneOfEachOrganization();
    await Promise.all(admins.map(({ admin }) => admin.registry.adopt({ founders })));
    const first = this.people('bank');
    await first.admin.registry.bootstrap({ founders });
    await this.decide(this.#parties());
    await Promise.all(admins.map((people) => this.registerOperators(people)));
    await this.moveTo(START);
  }

  /** The people of a party. */
  people(name: PartyName): People {
    const people = this.#people.get(name);
    if (people === undefined) throw new Error(`this network has no ${name}`);
    return people;
  }

  /** Whether one organisation hosts both: what is hidden between organisations is not between these. */
  together(one: PartyName, other: PartyName): boolean {
    return this.people(one).mspId === this.people(other).mspId;
  }

  /** Ids of the parties that the organisation of a party hosts. */
  hostedWith(name: PartyName): string[] {
    const { mspId } = this.people(name);
    return [...this.#people.values()].filter((people) => people.mspId === mspId).map(({ party }) => party);
  }

  /** The first of some parties that lives in another organisation than `name`. */
  apartFrom(name: PartyName, ...others: readonly PartyName[]): PartyName {
    const found = others.find((other) => !this.together(name, other));
    if (found === undefined) throw new Error(`all of ${others.join()} live with ${name}`);
    return found;
  }

  /** A new id for the register of one party, drawn by another, or by itself. */
  newId(register: PartyName, drawer: PartyName = register): string {
    return newId(this.people(register).mspId, this.people(drawer).mspId);
  }

  /** The parties that this network has. */
  get parties(): readonly PartyName[] {
    return [...this.#people.keys()];
  }

  /** The business date. */
  get date(): string {
    return this.#date;
  }

  /** Proposes changes that founders decide, and has them approved by these voters, else by a majority. Answers the proposal's id. */
  async decide(changes: Change[], voters?: readonly PartyName[]): Promise<string> {
    const all = this.#oneOfEachOrganization();
    const voting = voters?.map((name) => this.people(name)) ?? all.slice(0, Math.floor(all.length / 2) + 1);
    const proposalId = voting[0]?.admin.newId() ?? '';
    for (const [index, { admin }] of voting.entries()) {
      if (index === 0) await admin.registry.propose({ proposalId, changes });
      else await admin.registry.approve({ proposalId });
    }
    return proposalId;
  }

  /** Sets the business date, by a majority of the founders: suites play months in a minute. @param without whose peer is stopped, or gone */
  async moveTo(date: string, without?: PartyName): Promise<void> {
    const absent = without === undefined ? undefined : this.people(without).mspId;
    const [first, ...others] = this.#oneOfEachOrganization().filter(({ mspId }) => mspId !== absent);
    if (first === undefined) throw new Error('nobody is left to set the date');
    const keepers = others.length > 1 ? [] : [this.people('bank').mspId];
    const changes: Change[] = [{ kind: 'businessDateSet', date, calendar: CALENDAR.id, keepers }];
    const proposalId = first.admin.newId();
    await first.admin.registry.propose({ proposalId, changes });
    let last = first;
    for (const people of others) {
      // How many are a majority depends on who has left. Whoever voted last has seen its vote.
      if ((await last.admin.registry.get('proposal', proposalId)).state === 'APPLIED') break;
      await people.admin.registry.approve({ proposalId });
      last = people;
    }
    this.#date = date;
  }

  /** A checker whose client remembers no earlier call, so that the same call again is planned anew. */
  forgetful(name: PartyName): Tenor {
    const client = this.ledger.connect(this.people(name).organization, 'Checker');
    this.#forgetful.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#forgetful) client.close();
    for (const people of this.#people.values()) {
      for (const user of [people.maker, people.checker, people.admin, people.admin2, people.stranger]) user.close();
    }
    await this.ledger.close();
  }

  #meetPeople(): void {
    for (const [name, organization] of hostsOn(this.ledger.organizations)) {
      const mspId = this.ledger.organizations.find((each) => each.name === organization)?.mspId ?? '';
      const as = (user: string): Tenor => this.ledger.connect(organization, user);
      this.#people.set(name, {
        ...{ party: LEI[name], organization, mspId },
        ...{
          maker: as('Maker'),
          checker: as('Checker'),
          admin: as('Admin'),
          admin2: as('Admin2'),
          stranger: as('User1'),
        },
      });
    }
  }

  #oneOfEachOrganization(): People[] {
    const byOrganization = new Map([...this.#people.values()].map((people) => [people.mspId, people]));
    return [...byOrganization.values()];
  }

  #parties(): Change[] {
    const parties = [...this.#people].map(([name, { mspId }]): Change => {
      const party = { id: LEI[name], name, mspId, roles: [...ROLES[name]], sme: false, status: 'ACTIVE' as const };
      return { kind: 'party', party };
    });
    const { schema: _schema, ...calendar } = CALENDAR;
    return [...parties, { kind: 'policy', policy: POLICY }, { kind: 'calendar', calendar }];
  }

  /** Lets maker and checker of an organisation act for the parties that it hosts, and for `more` of them. */
  async registerOperators(
    { mspId, maker, checker, admin, admin2 }: People,
    more: readonly string[] = [],
  ): Promise<void> {
    const hosted = [...this.#people.values()].filter((people) => people.mspId === mspId).map(({ party }) => party);
    const parties = [...hosted, ...more];
    const [made, checked] = [await maker.registry.whoami(), await checker.registry.whoami()];
    const changes: Change[] = [
      { kind: 'operator', operator: { identity: made.identity, duties: ['maker'], parties } },
      { kind: 'operator', operator: { identity: checked.identity, duties: ['checker'], parties } },
    ];
    const proposalId = admin.newId();
    await admin.registry.propose({ proposalId, changes });
    await admin2.registry.approve({ proposalId });
  }
}
