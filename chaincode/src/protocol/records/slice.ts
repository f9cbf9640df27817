import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zAmount, zCount, zCurrency, zDate, zHash, zId, zMsp, zParty, zPaymentId, zReference } from '../schemas.js';
import { salt, schema } from './building.js';

/** The lock of an offered slice: what it waits for. */
const zTransferLock = z.strictObject({
  kind: z.literal('TRANSFER'),
  id: zReference,
  counterparty: zParty,
  counterpartyMsp: zMsp,
  expiresOn: zDate,
});
/** The lock of a presented slice: what it waits for. */
const zPresentmentLock = z.strictObject({ kind: z.literal('PRESENTMENT'), id: zId, counterpartyMsp: zMsp });

/** What a slice is pledged for. */
const pledge = {
  /** Id of the leg that pledged it. */
  id: zId,
  /** The pledgee. */
  counterparty: zParty,
  counterpartyMsp: zMsp,
  /** Last business date on which what was lent can be repaid. After it the pledgee may take the slice. */
  expiresOn: zDate,
};
/** The lock of a pledged slice. */
const zPledgeLock = z.strictObject({ kind: z.literal('PLEDGE'), ...pledge });
/** The lock of a slice that is allocated to a batch: its leg says the rest. */
const zSettlementLock = z.strictObject({
  kind: z.literal('SETTLEMENT'),
  /** Id of the leg. */
  id: zId,
  counterpartyMsp: zMsp,
  /** Organisation that proves what the sender takes in return, or stands in for the sender there. Absent where none is apart from bank and receiver; then the sender has to sign. */
  proverMsp: zMsp.optional(),
  /**
   * The leg of money that pays for the slice, where the prover is the stand-in of its payee. The holder named it by its hash, so the stand-in signs for
   * this leg and no other.
   */
  counterValue: z.strictObject({ id: zId, legHash: zHash }).optional(),
  /** The pledge that the batch ends. */
  pledge: z.strictObject(pledge).optional(),
});

/** A part of a certificate that belongs to one holder. */
export const zSlice = z.strictObject({
  schema: schema('tenor.slice/1'),
  id: zId,
  /** The certificate. Its terms say who promised what. */
  certificateId: zId,
  /** SHA-256 of the terms as the payee accepted them. Bank and issuer could change the terms together; under others the slice is void. */
  termsHash: zHash,
  /** The slice that was split, or the first of those that were merged. */
  parentId: zId.nullable(),
  currency: zCurrency,
  amount: zAmount,
  holder: zParty,
  holderMsp: zMsp,
  /** Transfers from the first holder. */
  tier: zCount,
  /** SPENT and RETURNED are final, and so is PAID unless the payment is sent back. What came of a final one, its children are. */
  state: z.enum(['FREE', 'OFFERED', 'PLEDGED', 'ALLOCATED', 'PRESENTED', 'ACKNOWLEDGED', 'SPENT', 'PAID', 'RETURNED']),
  lock: z.discriminatedUnion('kind', [zTransferLock, zPledgeLock, zSettlementLock, zPresentmentLock]).nullable(),
  /** Who sold the slice with recourse, the first seller first. A sale without recourse ends it. */
  liable: z
    .array(z.strictObject({ party: zParty, mspId: zMsp }))
    .min(1)
    .max(LIMITS.liable)
    .optional(),
  /** The payments that discharged it. Absent where it was not paid, or by the payee's word in spite of a return: then no return makes it owed again. */
  paidBy: z.array(zPaymentId).min(1).max(LIMITS.bulkItems).optional(),
  /** Of a slice that is RETURNED: the payment that was sent back, in whose book that stands, and how much of the slice it takes away. */
  returned: z.strictObject({ paymentId: zPaymentId, payeeBankMsp: zMsp, amount: zAmount }).optional(),
  /**
   * The slice that had been counted against the face when its payment was sent back, and that this one succeeds. This one is counted only after that
   * one was taken out of the count.
   */
  awaits: zId.optional(),
  /** Of a slice that is RETURNED: what was drawn on the line again while the issuer was silent, so that it is not drawn twice. */
  redrawn: zAmount.optional(),
  /** What a SPENT slice became: its parts, or the one slice into which it was merged. */
  children: z.array(zId).max(LIMITS.splitParts),
  ...salt,
});
