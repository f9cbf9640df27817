/** Paid slices are counted against the face in both books, once each, and the line is restored by what was paid. */
import { TenorError } from '../protocol/errors.js';
import { sumMinor } from '../protocol/money.js';
import type { ParsedRequest } from '../protocol/transactions.js';
import {
  ANY_HAND,
  assertActsFor,
  put,
  type Caller,
  type Decision,
  type InBook,
  type Opened,
  type Write,
} from './decision.js';
import { assertCertificate, assertSlice, certificateState } from './lifecycle.js';
import { assertLineOf, putLine, restoreLine } from './line.js';
import { endStatus } from './offer.js';
import { assertTwoVoices } from './parties.js';

/** What settling depends on. That no slice was counted before, the ledger has checked in the issuer's book. */
export interface SettleFacts {
  readonly caller: Caller;
  readonly face: Opened<'face'>;
  readonly confirmation: Opened<'confirmation'>;
  readonly status: Opened<'status'>;
  readonly line: Opened<'line'>;
  /** Undefined before the first settlement. */
  readonly totals: Opened<'totals'> | undefined;
  readonly slices: readonly Opened<'slice'>[];
  readonly businessDate: string;
}

/** Settles paid slices of one certificate. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, SAME_ORGANIZATION, STATE, DUPLICATE_ITEM, BATCH_MIXED, PAID_EXCEEDS_FACE */
export function settle(request: ParsedRequest<'settlement:settle'>, facts: SettleFacts): Decision {
  const { bank, bankMsp, issuerMsp, amount, currency } = facts.face.record;
  const { certificateId } = request;
  assertActsFor(facts.caller, bank, bankMsp, ANY_HAND);
  assertTwoVoices(facts.face.record);
  assertCertificate('settle', certificateState(facts.confirmation.record, facts.status.record, facts.businessDate));
  if (new Set(request.sliceIds).size !== request.sliceIds.length) throw new TenorError('DUPLICATE_ITEM');
  assertLineOf(facts.line.record, facts.face.record);
  const paidNow = sumMinor(facts.slices.map(({ record }) => paidAmount(record, certificateId, facts.businessDate)));
  const paid = BigInt(facts.totals?.record.paid ?? '0') + paidNow;
  if (paid > BigInt(amount)) throw new TenorError('PAID_EXCEEDS_FACE', { certificateId });
  // What was counted, the issuer's book remembers for both: the issuer alone must neither forget it nor stall the next count.
  const both = { all: [bankMsp, issuerMsp] };
  const books = [{ mspId: bankMsp }, { mspId: issuerMsp, policy: both }];
  const totals = { schema: 'tenor.totals/1' as const, id: certificateId, currency, paid: paid.toString() };
  return {
    writes: [
      put('totals', certificateId, totals, books),
      ...facts.slices.map(({ record }) => countOnce(record.id, certificateId, record.amount, books)),
      ...(facts.line.record.revolving ? [putLine(restoreLine(facts.line.record, paidNow))] : []),
      ...(paid === BigInt(amount) ? [endStatus(certificateId, 'SETTLED', bankMsp, issuerMsp)] : []),
    ],
  };
}

function paidAmount(slice: Opened<'slice'>['record'], certificateId: string, businessDate: string): string {
  if (slice.certificateId !== certificateId) throw new TenorError('BATCH_MIXED', { sliceId: slice.id });
  assertSlice('settle', slice, businessDate);
  return slice.amount;
}

function countOnce(id: string, certificateId: string, amount: string, books: readonly InBook[]): Write {
  return put('redeemed', id, { schema: 'tenor.redeemed/1', id, certificateId, amount }, books);
}
