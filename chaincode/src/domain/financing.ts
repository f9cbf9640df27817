/** A batch that carries out an accepted quote: each side checks it when it approves, where all that it gives and takes is open. */
import { TenorError } from '../protocol/errors.js';
import type { Leg } from '../protocol/records/index.js';
import type { Opened } from './decision.js';
import { isSameAccount } from './presentments.js';

/** What was accepted: the acceptance, and the quote that it names. */
export interface Accepted {
  readonly acceptance: Opened<'acceptance'>;
  readonly quote: Opened<'quote'>;
}

const mismatch = (): TenorError => new TenorError('FINANCING_MISMATCH');

/** The money of the funder goes to the holder, as both agreed. */
function isPayment({ cash, sender, receiver, currency, amount }: Leg, { acceptance, quote }: Accepted): boolean {
  const { record: to } = acceptance;
  const { funder, holder, net, currency: quoted } = quote.record;
  const isTheirs = sender === funder && receiver === holder && currency === quoted && amount === net;
  return (
    cash !== undefined &&
    isTheirs &&
    cash.payeeBank === to.payeeBank &&
    isSameAccount(cash.account, to.account) &&
    cash.endToEndId === to.endToEndId
  );
}

/** A slice of the quote goes from holder to funder, with or without recourse as the quote says. */
const isSale = ({ what, sender, receiver, recourse }: Leg, { record }: Opened<'quote'>): boolean =>
  what === 'SLICE' && sender === record.holder && receiver === record.funder && (recourse === true) === record.recourse;

/** The issuer pays its part of the interest to the funder. */
const isInterest = ({ cash, receiver, currency, amount }: Leg, { record }: Opened<'quote'>): boolean =>
  cash !== undefined && receiver === record.funder && currency === record.currency && amount === record.issuerInterest;

const sameIds = (some: readonly (string | undefined)[], others: readonly string[]): boolean =>
  some.length === others.length && new Set(some).size === some.length && others.every((id) => some.includes(id));

/**
 * What a party gives and takes is what was accepted, and nothing else: all slices of the quote, the price into the account that the holder named, and for
 * the funder the issuer's part of the interest. @throws TenorError FINANCING_MISMATCH
 */
export function assertFinanced(legs: readonly Leg[], party: string, accepted: Accepted | undefined): void {
  const named = legs.filter(({ financing }) => financing !== undefined);
  const [first] = named;
  if (first === undefined) return;
  if (accepted === undefined || named.some(({ financing }) => financing !== first.financing)) throw mismatch();
  if (accepted.acceptance.id !== first.financing) throw mismatch();
  // Its funder may settle it by one call. What is bought in one way is not bought in the other once more.
  if (accepted.acceptance.record.atOnce === true) throw mismatch();
  assertAccepted(accepted);
  assertWhole(legs, party, accepted);
}

/** The acceptance is of this quote, which the funder gave for this request. @throws TenorError FINANCING_MISMATCH */
export function assertAccepted({ acceptance, quote }: Accepted): void {
  const { quoteId, quoteHash, holder, holderMsp } = acceptance.record;
  const { requestId, ...asked } = quote.record;
  const isQuote = quoteId === quote.id && quoteHash === quote.hash && requestId === acceptance.id;
  if (!isQuote || holder !== asked.holder || holderMsp !== asked.holderMsp) throw mismatch();
}

function assertWhole(legs: readonly Leg[], party: string, accepted: Accepted): void {
  const { record } = accepted.quote;
  const sold = legs.filter(({ cash }) => cash === undefined);
  const paid = legs.filter((leg) => isPayment(leg, accepted));
  const others = legs.filter((leg) => leg.cash !== undefined && !paid.includes(leg));
  const interest = party === record.funder && record.issuerInterest !== '0' ? 1 : 0;
  const isSold =
    sold.every((leg) => isSale(leg, accepted.quote)) &&
    sameIds(
      sold.map(({ sliceId }) => sliceId),
      record.slices.map(({ sliceId }) => sliceId),
    );
  const isPaid =
    paid.length === 1 && others.length === interest && others.every((leg) => isInterest(leg, accepted.quote));
  if (!isSold || !isPaid) throw mismatch();
}
