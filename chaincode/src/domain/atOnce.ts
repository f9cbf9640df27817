/** A quote that its funder may settle by one call: whoever endorses it may see all of it, and the funder itself keeps the slices and blocks the money. */
import { TenorError } from '../protocol/errors.js';
import { registerOf } from '../protocol/identifiers.js';
import { LIMITS } from '../protocol/limits.js';
import type { BookRecord } from '../protocol/records/index.js';
import type { Accepted } from './financing.js';
import { eachItem } from './items.js';
import { assertRecourse, type Said } from './legs.js';
import type { HeldSlice } from './vouched.js';

type Quote = BookRecord<'quote'>;

/** Whether a party answers for what it sells, as a leg says it. */
const recourseOf = ({ recourse }: Quote): { recourse?: true } => (recourse ? { recourse: true } : {});

/**
 * Only funder and holder endorse. So the funder's organisation registers all slices, the money goes into an account that it keeps or the holder's own organisation, and no issuer pays a part of
 * the interest. @throws TenorError AUDIENCE_MIXED, BATCH_SIZE, LIABLE_EXCEEDED
 */
export function assertAtOnce(quote: Quote, payeeBankMsp: string, slices: readonly HeldSlice[]): void {
  const { funderMsp, holderMsp, issuerInterest } = quote;
  const isKept = slices.every(({ slice }) => registerOf(slice.id) === funderMsp);
  const isPaidThere = [funderMsp, holderMsp].includes(payeeBankMsp);
  if (!isKept || !isPaidThere || issuerInterest !== '0') throw new TenorError('AUDIENCE_MIXED');
  // One leg of money besides.
  if (slices.length >= LIMITS.batchLegs) throw new TenorError('BATCH_SIZE');
  eachItem(slices, ({ slice }) => {
    assertRecourse(recourseOf(quote).recourse, 'SLICE', slice.record);
  });
}

/** What the legs of the slices say: each goes from the holder to the funder, as it was quoted. */
export function salesOf({ acceptance, quote }: Accepted, slices: readonly HeldSlice[]): readonly Said[] {
  const { record } = quote;
  const { holder, holderMsp, funder, funderMsp, validUntil: expiresOn } = record;
  return slices.map(
    ({
      slice: {
        id: sliceId,
        record: { currency, amount },
      },
    }) => ({
      ...{ what: 'SLICE', sender: holder, senderMsp: holderMsp, receiver: funder, receiverMsp: funderMsp },
      ...{ currency, amount, expiresOn, ...recourseOf(record), financing: acceptance.id, sliceId },
    }),
  );
}

/** What the leg of the money says: the funder has blocked the price, and pays it into the account that the holder named, on the day that both agreed on. */
export function priceOf({ acceptance, quote }: Accepted): Said {
  const { holder, holderMsp, funder, funderMsp, currency, net, valueDate, validUntil: expiresOn } = quote.record;
  const { payeeBank, payeeBankMsp, account, endToEndId } = acceptance.record;
  return {
    ...{ what: 'BLOCK', sender: funder, senderMsp: funderMsp, receiver: holder, receiverMsp: holderMsp },
    ...{ currency, amount: net, expiresOn, financing: acceptance.id },
    cash: {
      ...{ payerBank: funder, payerBankMsp: funderMsp, payeeBank, payeeBankMsp, account },
      ...(endToEndId === undefined ? {} : { endToEndId }),
      valueDate,
    },
  };
}
