import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zAccount, zAmount, zCurrency, zDate, zEndToEndId, zHash, zId, zIds, zMsp, zParty } from '../schemas.js';
import { salt, schema } from './building.js';

/** Where the money of a leg moves. */
const zCash = z.strictObject({
  payerBank: zParty,
  payerBankMsp: zMsp,
  payeeBank: zParty,
  payeeBankMsp: zMsp,
  /** The creditor's account, as camt.054 names it. */
  account: zAccount,
  /** The reference that a payment without a UETR is to carry. */
  endToEndId: zEndToEndId.optional(),
});

/** An instruction of a batch: one asset or one amount of money that passes from a sender to a receiver. It never changes. */
export const zLeg = z
  .strictObject({
    schema: schema('tenor.leg/1'),
    id: zId,
    /** SHA-256 of {@link legIds} in canonical JSON: one batch has these legs and no others. */
    batchId: zHash,
    /** The ids of all legs of the batch, in order. */
    legIds: zIds(LIMITS.batchLegs),
    /**
     * SLICE: a slice moves to another holder. CREDIT: money moves, and the credit is proven before the batch is committed. BLOCK: money moves; the payer's
     * bank blocks it, and the commitment is the order to release it.
     */
    what: z.enum(['SLICE', 'CREDIT', 'BLOCK']),
    sender: zParty,
    senderMsp: zMsp,
    receiver: zParty,
    receiverMsp: zMsp,
    currency: zCurrency,
    amount: zAmount,
    /** Last business date on which the batch can be agreed. After it, what was not agreed or not paid is released. */
    expiresOn: zDate,
    /** Business date of the instruction. */
    instructedOn: zDate,
    /** The slice of a leg SLICE. */
    sliceId: zId.optional(),
    /** The banks of all other legs. */
    cash: zCash.optional(),
    ...salt,
  })
  .refine(({ what, sliceId, cash }) => (what === 'SLICE' ? sliceId && !cash : cash && !sliceId), {
    error: 'REQUEST_MALFORMED',
  });
