/** The day on which a client says that it made a transaction: the same for all endorsers, and no more than a claim. */
import type { ChaincodeStub } from 'fabric-shim';
import { isDate } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';

/** The part of the stub that says it. */
export type TimedStub = Pick<ChaincodeStub, 'getDateTimestamp'>;

/** The day in UTC. @throws TenorError DATE_MALFORMED */
export function claimedDateOf(stub: TimedStub): string {
  const date = claimedTime(stub)?.slice(0, 10) ?? '';
  if (!isDate(date)) throw new TenorError('DATE_MALFORMED', { path: 'timestamp' });
  return date;
}

/** As text, or undefined: hostile clients leave the timestamp out, or name a time that no calendar has, and then fabric-shim throws. */
function claimedTime(stub: TimedStub): string | undefined {
  try {
    return stub.getDateTimestamp().toISOString();
  } catch {
    return undefined; // the caller refuses it
  }
}
