/** What a funder settles by one call: an accepted quote, its slices, and the ids that its legs have. */
import { assertAtOnce } from '../domain/atOnce.js';
import type { Opened } from '../domain/decision.js';
import { assertAccepted } from '../domain/financing.js';
import { assertBound, assertRole, type Party } from '../domain/parties.js';
import { assertTakenUp } from '../domain/quotes.js';
import type { HeldSlice, VouchedQuote } from '../domain/vouched.js';
import { hmac } from '../ledger/codec.js';
import { partyOf, type Pending } from '../ledger/pending.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import { settlingIdsBy, type SettlingIds } from '../protocol/batches.js';
import { TenorError } from '../protocol/errors.js';
import { registerOf } from '../protocol/identifiers.js';
import { expectNoOutcome } from './batchLoaders.js';
import { openQuote, openSlices } from './loaders.js';

/** An accepted quote that is to be settled. */
export interface Settlement {
  readonly acceptance: Opened<'acceptance'>;
  readonly quote: Pending<VouchedQuote>;
  readonly opened: Opened<'quote'>;
  readonly payeeBank: Pending<Party>;
  readonly slices: readonly Pending<HeldSlice>[];
  readonly ids: SettlingIds;
}

/** Opens it, and expects that it was not settled. */
export async function openSettlement(tx: LedgerTransaction, requestId: string): Promise<Settlement> {
  const acceptance = await tx.open('acceptance', requestId, registerOf(requestId));
  const { quoteId, payeeBank } = acceptance.record;
  const quote = await openQuote(tx, quoteId);
  const opened = await tx.open('quote', quoteId);
  const ids = settlingIdsBy(opened.record, (secret, text) => hmac(Buffer.from(secret, 'hex'), text));
  for (const id of ids.legIds) tx.expectAbsent('leg', id, registerOf(id), 'FINANCING_SETTLED');
  expectNoOutcome(tx, ids.legIds, 'FINANCING_SETTLED');
  const sliceIds = opened.record.slices.map(({ sliceId }) => sliceId);
  return { acceptance, quote, opened, payeeBank: partyOf(payeeBank), slices: await openSlices(tx, sliceIds), ids };
}

/** A settlement whose parties were looked up. */
interface Settled extends Pick<Settlement, 'acceptance'> {
  readonly quote: VouchedQuote;
  readonly payeeBank: Party;
  readonly slices: readonly HeldSlice[];
}

/**
 * What was accepted still holds, by what the books say now: nobody relies on what was checked when it was accepted. No new payment goes to a holder that was suspended since.
 * @throws TenorError FINANCING_MISMATCH, AUDIENCE_MIXED, BATCH_SIZE, LIABLE_EXCEEDED, and as `assertTakenUp`
 */
export function assertSettled({ acceptance, quote, payeeBank, slices }: Settled, businessDate: string): void {
  const { record } = acceptance;
  assertAccepted({ acceptance, quote });
  if (record.atOnce !== true) throw new TenorError('FINANCING_MISMATCH');
  assertBound(payeeBank, record.payeeBank, record.payeeBankMsp, 'bank');
  assertRole(quote.holder, 'supplier', 'bank', 'issuer');
  assertTakenUp(quote, { payeeBank, slices }, businessDate, 'settle');
  assertAtOnce(quote.record, record.payeeBankMsp, slices);
}
