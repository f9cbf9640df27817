import { z } from 'zod';
import { zDate, zDayCount, zId, zRate, zTotal } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Says what the funder would pay for the slices of a request. The chaincode counts the interest on the whole amount, from the value date to
 * the payment date, and rounds it once. From this follow what the seller and the issuer pay of it, what the seller gets, and the share of each slice.
 * It takes two people, because the bank is bound to these figures if the holder accepts them in time. A quote that is not accepted ends by its date.
 */
export const quote = command({
  summary: 'says what the funder would pay for the slices of a request, until a date',
  by: { party: 'funder', duties: ['checker'], commits: true },
  fourEyes: true,
  event: 'tenor.financing.quote.v1',
  request: z.strictObject({ quoteId: zId, requestId: zId, ticketId: zId }),
  private: z.strictObject({
    rate: zRate,
    dayCount: zDayCount,
    /** What the funder keeps besides the interest, in minor units of the currency of the slices, or `0`. */
    fee: zTotal,
    /** Whether the holder answers for the payment if issuer and bank do not pay. */
    recourse: z.boolean(),
    /** Day on which the funder pays. It is before the payment date of the slices. */
    valueDate: zDate,
    /** Last business date on which the quote can be accepted: not later than the value date, nor than the last day of the request. */
    validUntil: zDate,
  }),
  refuses: [
    'ID_FOREIGN',
    'ID_TAKEN',
    'FINANCING_LAPSED',
    'STATE',
    'BATCH_MIXED',
    'TIER_EXCEEDED',
    'AMOUNT_OUT_OF_RANGE',
    'DUE_REACHED',
    'QUOTE_VALUE_DATE',
    'QUOTE_EXPIRY',
    'QUOTE_COST',
    'QUOTA_REACHED',
  ],
});
