/**
 * Parties of one organisation are one actor. On `two-org` the samples' Org1 hosts issuer, contractor and operator, Org2 bank and
 * supplier: expectations follow from who is hosted where, and the few cases that have no meaning there are named here.
 */
import { it } from '@jest/globals';
import { TOPOLOGIES, type TopologyName } from '@tenor/network';
import { hostOf, type PartyName } from './world.js';

const SHARES_BANK = 'the holder shares the organisation of the bank, whose peer keeps the register';

/** Cases that need organisations which `two-org` does not have, with the reason. */
const NOT_ON_TWO: Readonly<Record<string, string>> = {
  'show an organisation that is no party nothing but its own founding': 'every organisation hosts a party',
  'show nobody more than the own book does': 'the operator shares the book of the issuer',
  'needs no peer but those whose books it writes': 'one of the two is always written',
  'a book shows a stranger nothing, the contractor nothing before it is a party, and then no face, line or document':
    'the contractor shares the book of the issuer',
  'the ledger of an organisation that is no party holds no secret; that of the bank does':
    'every organisation hosts a party',
  'the transferee declines its offer': SHARES_BANK,
  'an offered certificate lapses, and the bank gives line and documents back': SHARES_BANK,
  'it comes back to a superseded copy, restores it from what another party hands over, and goes on': SHARES_BANK,
  'the accepted part is passed on': 'the transferee shares the stopped organisation of the issuer',
  'the business date moves to maturity': 'the date is the word of a majority, which one of two is not',
  'the bank settles what it has closed':
    'the payee shares the stopped organisation of the issuer, whose book a settlement writes',
  'is founded by none but one of its founders': 'both organisations are founders',
  'is not founded again by others': 'there are no others: both organisations are founders',
  'binds a party only to an organisation of this registry': 'two organisations have no other founding to adopt',
  'hears no organisation that has adopted another founding since': 'two organisations have no other founding to adopt',
  'lets a founder go, for good': 'a registry keeps two founders, and there are but two',
  "it opens no line under the id of another bank's: the issuer would lose its copy":
    'the second bank shares the organisation of the issuer, for which it cannot vouch',
  'an id that was seen in a draft is used first by nobody else, at any organisation':
    'the stranger shares the organisation of the issuer',
  'a slice there under the id of one here is not offered to this bank, whose register it would write over':
    'the second bank shares the organisation of the issuer, for which it cannot vouch',
};

/** A case as `it`; where the topology gives it no meaning it is skipped under its name and the reason. */
export function itApart(on: TopologyName, name: string, run: () => Promise<void>): void {
  const reason = NOT_ON_TWO[name];
  if (reason === undefined) throw new Error(`no reason is given why "${name}" needs organisations apart`);
  if (on === 'two-org') it.skip(`${name} (${reason})`, run);
  else it(name, run);
}

/** A case that a table or another suite has and a topology does not: skipped, under its name and the reason. */
export function leftOut(name: string, reason: string): void {
  it.skip(`${name} (${reason})`, () => {
    throw new Error(reason);
  });
}

/**
 * Steps of the walk that leave nothing to do on `two-org`: the supplier's copy is the bank's register, never superseded, and the bank's word on a credit is that
 * of the supplier's organisation.
 */
const NO_STEPS_ON_TWO: readonly string[] = ['book:restore', 'cash:acknowledge'];

/** The steps of a walk that a topology has. */
export const stepsOn = <Step extends { readonly name: string }>(on: TopologyName, steps: readonly Step[]): Step[] =>
  steps.filter(({ name }) => on !== 'two-org' || !NO_STEPS_ON_TWO.includes(name));

/** The organisations of parties, each once. */
const hostsOf = (on: TopologyName, names: readonly PartyName[]): Set<string> =>
  new Set(names.map((name) => hostOf(TOPOLOGIES[on].organizations, name)));

/** Whether parties together are what one of several policies asks for: then what they do is theirs to do, and no attack. */
export function satisfy(
  on: TopologyName,
  who: readonly PartyName[],
  policies: readonly (readonly PartyName[])[],
): boolean {
  const hosts = hostsOf(on, who);
  return policies.some((all) => [...hostsOf(on, all)].every((host) => hosts.has(host)));
}

/** Whether the organisations of parties are more than half of all. */
export const areMajority = (on: TopologyName, who: readonly PartyName[]): boolean =>
  hostsOf(on, who).size * 2 > TOPOLOGIES[on].organizations.length;
