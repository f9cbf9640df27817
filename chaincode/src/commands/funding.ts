/** Opens what a funder keeps of how much it finances. All of it stands in its own book, under ids that nobody else can guess. */
import type { Opened } from '../domain/decision.js';
import type { Accepted } from '../domain/financing.js';
import type { Funding } from '../domain/fundingLimits.js';
import { hmac } from '../ledger/codec.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import { canonicalJson } from '../protocol/canonical.js';
import { LIMIT_SECRET_ID, type BookRecord } from '../protocol/records/index.js';

type Funded = Pick<BookRecord<'fundingLimit'>, 'kind' | 'party'>;

/** What a limit is known by, apart from its book. */
export type LimitOf = Pick<BookRecord<'fundingLimit'>, 'funder' | 'kind' | 'party' | 'currency'>;

/** Id of a limit under the secret of its book. */
export const limitIdOf = (secret: string, { funder, kind, party, currency }: LimitOf): string =>
  hmac(Buffer.from(secret, 'hex'), canonicalJson({ funder, kind, party, currency }));

/** The secret of a funder's book, if a limit was ever set there. */
export const openLimitSecret = (tx: LedgerTransaction, mspId: string): Promise<Opened<'creditSecret'> | undefined> =>
  tx.openOrAbsent('creditSecret', LIMIT_SECRET_ID, mspId, 'OPENING_MISSING');

/**
 * Opens the limits on which an accepted quote counts, where it is the funder that approves. It finds them by the secret of the book, so no limit can be left out.
 * Nobody else endorses an approval, so nobody else learns of them.
 */
export async function openFunding(
  tx: LedgerTransaction,
  accepted: Accepted | undefined,
  party: string,
  legs: readonly Opened<'leg'>[],
): Promise<Funding | undefined> {
  if (accepted?.quote.record.funder !== party) return undefined;
  const sliceId = legs.find((leg) => leg.record.sliceId !== undefined)?.record.sliceId;
  return openLimits(tx, accepted.quote, sliceId);
}

/** The limits for the seller and the issuer of what was quoted. Undefined if no limit was ever set. @param sliceId one of the slices */
export async function openLimits(
  tx: LedgerTransaction,
  quote: Opened<'quote'>,
  sliceId: string | undefined,
): Promise<Funding | undefined> {
  const { holder, funder, funderMsp, currency } = quote.record;
  const secret = await openLimitSecret(tx, funderMsp);
  if (secret === undefined) return undefined;
  const funded: readonly Funded[] = [{ kind: 'SELLER', party: holder }, ...(await issuersOf(tx, sliceId))];
  const limits: Opened<'fundingLimit'>[] = [];
  for (const each of funded) {
    const id = limitIdOf(secret.record.salt, { funder, ...each, currency });
    const found = await tx.openOrAbsent('fundingLimit', id, funderMsp, 'OPENING_MISSING');
    if (found !== undefined) limits.push(found);
  }
  return { limits, financed: await openFinanced(tx, quote) };
}

/** What was counted for a quote before. */
export const openFinanced = (tx: LedgerTransaction, { id, record }: Opened<'quote'>): Promise<Funding['financed']> =>
  tx.openOrAbsent('financed', id, record.funderMsp, 'OPENING_MISSING');

/** The issuer of the slices. What is financed together has one. */
async function issuersOf(tx: LedgerTransaction, sliceId: string | undefined): Promise<readonly Funded[]> {
  if (sliceId === undefined) return [];
  const { record } = await tx.open('slice', sliceId);
  const { issuer } = (await tx.open('terms', record.certificateId)).record;
  return [{ kind: 'ISSUER', party: issuer }];
}
