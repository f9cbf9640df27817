import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zAmount, zCurrency, zDate, zDayCount, zId, zInterestPayer, zMsp, zParty, zRate, zTotal } from '../schemas.js';
import { salt, schema } from './building.js';

/** What a bank would pay for slices. It says all that was asked too, because the request stands in the book of the holder alone. */
export const zQuote = z.strictObject({
  schema: schema('tenor.quote/1'),
  id: zId,
  requestId: zId,
  holder: zParty,
  holderMsp: zMsp,
  funder: zParty,
  funderMsp: zMsp,
  currency: zCurrency,
  /** What the slices come to on the payment date. */
  amount: zAmount,
  /** In per cent a year. */
  rate: zRate,
  dayCount: zDayCount,
  /** Day on which the money is paid. It is the first day for which interest is counted. */
  valueDate: zDate,
  /** Payment date of the slices. It is the first day for which none is counted. */
  paymentDate: zDate,
  interestPayer: zInterestPayer,
  /** On the whole amount, rounded once. It is the sum of the two parts below. */
  interest: zTotal,
  sellerInterest: zTotal,
  issuerInterest: zTotal,
  fee: zTotal,
  /** What the holder gets: the amount less its part of the interest and the fee. */
  net: zAmount,
  /** The share of each slice in what the holder gets. They add up to it. */
  slices: z
    .array(z.strictObject({ sliceId: zId, net: zTotal }))
    .min(1)
    .max(LIMITS.bulkItems),
  /** Whether the holder answers for the payment if issuer and bank do not pay. */
  recourse: z.boolean(),
  /** Last business date on which the quote can be accepted. */
  validUntil: zDate,
  /** Business date of the quote. */
  quotedOn: zDate,
  ...salt,
});
