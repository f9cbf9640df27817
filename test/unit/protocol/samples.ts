/**
 * One valid call of every command and query: what the schema tests break field by field. Those of commands are the calls of their
 * cases, with every field that these leave out; those of queries are written by hand.
 */
import { splitInput } from '../../../client/src/input.js';
import type { CommandName, Name, QueryName, RequestOf } from '../../../chaincode/src/protocol/commands/index.js';
import type { Change } from '../../../chaincode/src/protocol/records/index.js';
import { ALL } from '../../commands/cases.js';
import { BANK, HASH, idOf } from '../../commands/support/facts.js';
import { Stock } from '../../commands/support/stock.js';
import { MemoryWorld } from '../../property/support/memoryWorld.js';

/** A valid call. */
export interface Sample {
  readonly request: object;
  readonly secret?: object | undefined;
}

const sliceId = idOf('bank', 'supplier', 'slice');
const founders = ['BankMSP', 'IssuerMSP'];

/** A change of every kind. */
const CHANGES: Change[] = [
  {
    kind: 'party',
    party: { id: BANK, name: 'A bank', mspId: 'BankMSP', roles: ['bank'], sme: false, status: 'ACTIVE' },
  },
  { kind: 'operator', operator: { identity: HASH, duties: ['maker'], parties: [BANK] } },
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
      until: '2027-12-31',
    },
  },
  { kind: 'businessDate', date: '2026-11-24' },
  { kind: 'businessDateSet', date: '2026-11-23', calendar: 'CN', keepers: ['BankMSP'] },
  { kind: 'founders', founders },
  { kind: 'departure', departure: { mspId: 'IssuerMSP', state: 'LEAVING' } },
];

const QUERIES: { readonly [Of in QueryName]: { readonly request: RequestOf<Of> } } = {
  'registry:whoami': { request: {} },
  'registry:get': { request: { kind: 'party', id: BANK } },
  'book:get': { request: { kind: 'slice', id: sliceId, register: 'BankMSP' } },
  'book:list': { request: { kind: 'slice', bookmark: sliceId, limit: 100 } },
  'command:open': { request: { command: 'certificate:submit', request: {} } },
  'command:plan': { request: { command: 'certificate:submit', request: {}, check: 'refusals' } },
};

/** By name; whole once {@link gatherSamples} has ended. */
export const SAMPLES = { ...QUERIES } as Record<Name, Sample>;

/** Reaches every case in a world of its own. */
export async function gatherSamples(): Promise<void> {
  const [founded, empty] = [await MemoryWorld.found(), await MemoryWorld.unfounded()];
  for (const { name, unfounded, reach, besides } of ALL) {
    const world = (unfounded === true ? empty : founded).clone();
    const { input } = await reach(world, new Stock(world));
    SAMPLES[name] = splitInput<CommandName>(name, { ...input, ...besides, ...MORE[name] } as never);
  }
}

/** What one case cannot hold together. */
const MORE: Partial<Record<Name, object>> = { 'registry:propose': { changes: CHANGES } };
