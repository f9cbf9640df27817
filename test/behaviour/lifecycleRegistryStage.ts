/** Who founds a registry: the organisations of a topology, each for all the parties that it hosts. */
import type { Change, Tenor } from '@tenor/client';
import { TOPOLOGIES, type TopologyName } from '@tenor/network';
import { hostOf, type PartyName } from '../support/world.js';
import { outcome } from './dealBooks.js';

/** Where the parties are hosted, and their people: parties of one organisation are one founder. */
export interface Stage {
  readonly on: TopologyName;
  /** A user of the organisation that hosts a party, its administrator when left out. */
  readonly as: (name: PartyName, user?: string) => Tenor;
  readonly msp: (name: PartyName) => string;
  /** All organisations: the founders. */
  readonly msps: readonly string[];
  /** Who together with the bank, which comes first, are a majority and no more. */
  readonly seconds: readonly PartyName[];
}

/** The bank and its seconds: three of five, two of two. */
const SECONDS: Readonly<Record<number, readonly PartyName[]>> = { 5: ['issuer', 'supplier'], 2: ['issuer'] };

/** The stage of a topology, with users as `connect` gives them. */
export function stageOn(on: TopologyName, connect: (organization: string, user: string) => Tenor): Stage {
  const { organizations } = TOPOLOGIES[on];
  const host = (name: PartyName): string => hostOf(organizations, name);
  return {
    on,
    as: (name, user = 'Admin') => connect(host(name), user),
    msp: (name) => organizations.find((each) => each.name === host(name))?.mspId ?? '',
    msps: organizations.map(({ mspId }) => mspId),
    seconds: SECONDS[organizations.length] ?? [],
  };
}

/** A bank of the issuer's own organisation, which the suite registers on its way. */
export const HOUSE_BANK = '213800WSGIIZCXF1P572';

/** A step of the business date. */
export const dateOf = (date: string): Change => ({ kind: 'businessDate', date });

/** All days are business days in it, so that a suite may say what is tomorrow on any day on which it runs. */
export const EVERY_DAY: Change = {
  kind: 'calendar',
  calendar: { id: 'EVERY-DAY', version: 1, weekend: [], holidays: [], extraWorkdays: [], until: '2199-12-31' },
};
/** The business date, as the founders set it. */
export const setTo = (date: string, calendar = 'EVERY-DAY', keepers: string[] = []): Change => ({
  ...{ kind: 'businessDateSet', date, calendar, keepers },
});

/** Proposes as the first and approves as the others. */
export async function decide(changes: Change[], first: Tenor, ...others: Tenor[]): Promise<string> {
  const proposalId = first.newId();
  const proposed = await outcome(first.registry.propose({ proposalId, changes }));
  if (proposed !== 'ok') return proposed;
  for (const other of others) {
    const approved = await outcome(other.registry.approve({ proposalId }));
    if (approved !== 'ok') return approved;
  }
  return 'ok';
}
