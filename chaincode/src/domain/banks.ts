/** The organisations of the registered banks. */
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { PublicRecord } from '../protocol/records/index.js';
import type { Party } from './parties.js';

type Banks = PublicRecord<'banks'>;

/** The banks of a registry that has none. */
export const NO_BANKS: Banks = { schema: 'tenor.banks/1', mspIds: [], active: [] };

/** Whether an organisation has a bank that is not suspended. */
export const hasActiveBank = ({ active }: Banks, of: string): boolean => active.some(({ mspId }) => mspId === of);

/** One where the party is a bank that is not suspended, and none otherwise. */
const counted = (party: Party | undefined): number =>
  party?.status === 'ACTIVE' && party.roles.includes('bank') ? 1 : 0;

/** The banks after a party has changed, and the same ones where that is no matter of theirs. @throws TenorError REGISTRY_FULL */
export function banksAfter(banks: Banks, before: Party | undefined, after: Party): Banks {
  const { mspId, roles } = after;
  const isNew = roles.includes('bank') && !banks.mspIds.includes(mspId);
  const difference = counted(after) - counted(before);
  if (!isNew && difference === 0) return banks;
  if (isNew && banks.mspIds.length >= LIMITS.banks) throw new TenorError('REGISTRY_FULL', { kind: 'banks' });
  // An organisation stays among them when it has no bank any more, because its book may hold claims.
  const mspIds = isNew ? [...banks.mspIds, mspId].sort() : banks.mspIds;
  const parties = (banks.active.find((each) => each.mspId === mspId)?.parties ?? 0) + difference;
  const others = banks.active.filter((each) => each.mspId !== mspId);
  const all = parties === 0 ? others : [...others, { mspId, parties }];
  return { ...banks, mspIds, active: all.sort((a, b) => (a.mspId < b.mspId ? -1 : 1)) };
}
