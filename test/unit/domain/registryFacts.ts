/** A registry in records, for the tables of its rules: five founders, one bank, one change of every kind. */
import type { Caller } from '../../../chaincode/src/domain/callers.js';
import type { RegistryFacts } from '../../../chaincode/src/domain/registryChanges.js';
import type { Change, Duty, Policy, PublicKind, PublicRecord } from '../../../chaincode/src/protocol/records/index.js';
import { BANK, CONTRACTOR, HASH, idOf, MSP, PARTY } from '../../commands/support/facts.js';

/** The identity of a person: 64 hex digits made from a letter. */
export const personOf = (letter: string): string => letter.repeat(64);
export const PROPOSAL = idOf('bank', 'bank', 'proposal');

export type Approval = PublicRecord<'proposal'>['approvals'][number];

export const FIVE: readonly string[] = [MSP.bank, MSP.contractor, MSP.issuer, MSP.supplier, 'OperatorMSP'];

export const POLICY: Policy = {
  ...{ version: 1, effectiveFrom: '2025-06-15', maxTenorMonths: 12, justifyBeyondMonths: 6, smePaymentDays: 60 },
  ...{ maxTier: 3, maxChildren: 50, graceDays: 5, standIns: [] },
};
export const CALENDAR = {
  id: 'CN',
  version: 1,
  weekend: [5, 6],
  holidays: ['2027-01-01'],
  extraWorkdays: ['2027-02-20'],
  until: '2027-12-31',
};

/** A person with an operator's record. */
type Registered = Caller & { readonly operator: PublicRecord<'operator'> };

const operatorOf = (mspId: string, letter: string, duty: Duty, parties: string[]): Registered => {
  const identity = personOf(letter);
  return {
    mspId,
    identity,
    admin: false,
    operator: { schema: 'tenor.operator/1', mspId, identity, duties: [duty], parties, version: 1 },
  };
};

/** People: all of the bank's organisation, but the administrator of an organisation that founded nothing. */
export const callers = {
  founderAdmin: { mspId: MSP.bank, identity: personOf('a'), admin: true, operator: undefined },
  otherAdmin: { mspId: 'NewMSP', identity: personOf('a'), admin: true, operator: undefined },
  maker: operatorOf(MSP.bank, 'b', 'maker', [BANK]),
  checker: operatorOf(MSP.bank, 'c', 'checker', [BANK]),
  viewer: operatorOf(MSP.bank, 'd', 'viewer', [BANK]),
  nobody: { mspId: MSP.bank, identity: personOf('e'), admin: false, operator: undefined },
} as const satisfies Record<string, Caller>;

export const dateRecord = (date: string, keepers: string[] = []): PublicRecord<'businessDate'> => ({
  ...{ schema: 'tenor.businessDate/1', date, calendar: 'CN', keepers, version: 1 },
});

const known = [PARTY.issuer, PARTY.bank, PARTY.supplier].map((party) => [party.id, party] as const);

export const FACTS: RegistryFacts = {
  caller: callers.founderAdmin,
  registry: { schema: 'tenor.registry/1', founders: [...FIVE], founding: HASH, version: 1 },
  banks: { schema: 'tenor.banks/1', mspIds: [MSP.bank], active: [{ mspId: MSP.bank, parties: 1 }] },
  businessDate: dateRecord('2026-11-23'),
  departures: { schema: 'tenor.departures/1', version: 1, organizations: [] },
  policies: { schema: 'tenor.policies/1', versions: [POLICY] },
  parties: new Map(known),
  partyIds: new Map(),
  operators: new Map(
    ['0', '1', '2', 'b', 'c', 'e', 'f'].map((letter) => [
      personOf(letter),
      operatorOf(MSP.bank, letter, 'maker', [BANK]).operator,
    ]),
  ),
  isMember: true,
  claimedDate: '2026-11-23',
  basis: HASH,
  calendars: new Map([['CN', { schema: 'tenor.calendar/1', ...CALENDAR }]]),
};

/** One good change of every kind. */
export const changes = {
  party: {
    kind: 'party',
    party: { id: CONTRACTOR, name: 'C', mspId: MSP.contractor, roles: ['supplier'], sme: true, status: 'ACTIVE' },
  },
  operator: { kind: 'operator', operator: { identity: personOf('9'), duties: ['maker'], parties: [BANK] } },
  policy: { kind: 'policy', policy: { ...POLICY, version: 2, effectiveFrom: '2027-01-01' } },
  calendar: { kind: 'calendar', calendar: { ...CALENDAR, version: 2 } },
  businessDate: { kind: 'businessDate', date: '2026-11-24' },
  businessDateSet: { kind: 'businessDateSet', date: '2027-03-15', calendar: 'CN', keepers: [MSP.bank] },
  founders: { kind: 'founders', founders: [MSP.supplier, MSP.bank] },
  departure: { kind: 'departure', departure: { mspId: MSP.contractor, state: 'LEAVING' } },
} satisfies { [Kind in Change['kind']]: Extract<Change, { kind: Kind }> };

/** A proposal with these approvals, the first of them its proposer's. */
export function proposalOf(list: Change[], approvals: readonly Approval[]): PublicRecord<'proposal'> {
  const [first] = approvals;
  if (first === undefined) throw new Error('a proposal has a proposer');
  const proposer = { mspId: first.mspId, identity: first.identity };
  return {
    schema: 'tenor.proposal/1',
    id: PROPOSAL,
    changes: list,
    proposer,
    approvals: [...approvals],
    proposedOn: FACTS.businessDate?.date ?? null,
    basis: HASH,
    state: 'OPEN',
  };
}

export const published = (kind: PublicKind, id: string | undefined, record: object): object => ({
  op: 'publish',
  kind,
  id,
  record,
});
