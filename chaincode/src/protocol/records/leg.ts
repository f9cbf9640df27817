import { z } from 'zod';
import { LIMITS } from '../limits.js';
import {
  zAccount,
  zAmount,
  zCurrency,
  zDate,
  zEndToEndId,
  zHash,
  zId,
  zIds,
  zInstant,
  zMsp,
  zParty,
  zText,
  zTotal,
} from '../schemas.js';
import { salt, schema, zStandIn } from './building.js';

/** What moves an asset: a slice that goes to another holder; back to its issuer, which closes it; into pledge; or out of it. */
export const ASSETS = ['SLICE', 'SURRENDER', 'PLEDGE', 'UNPLEDGE'] as const;
/** What moves money. */
const MONEY = ['CREDIT', 'BLOCK'] as const;
/** All kinds of legs. */
export const LEG_KINDS = [...ASSETS, ...MONEY] as const;
/** Whether a leg of that kind moves an asset. */
export const isAsset = (what: (typeof LEG_KINDS)[number]): boolean => (ASSETS as readonly string[]).includes(what);

/**
 * An exchange of two currencies that both sides accept: the amount of the leg `quoteLegId` is the amount of `baseLegId` times the rate, rounded down. What
 * is lost by that is booked as `residual`, in parts of a minor unit.
 */
export const zExchange = z.strictObject({
  baseLegId: zId,
  quoteLegId: zId,
  /** Minor units of the quote currency for `denominator` minor units of the base currency. */
  numerator: zAmount,
  denominator: zAmount,
  /** The remainder: so many parts of `denominator` of one minor unit of the quote currency. */
  residual: zTotal,
  /** Who published the rate. */
  source: zText,
  /** When the rate was quoted: `YYYY-MM-DDThh:mm:ssZ`. */
  quotedAt: zInstant,
  /** Last business date on which the rate can be accepted. */
  validUntil: zDate,
});

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
  /** The day on which the creditor's bank is to book the money: a business day of all calendars that the payer named. */
  valueDate: zDate.optional(),
  exchange: zExchange.optional(),
  /** Who may speak for the payee of a leg CREDIT if it stays silent: the first of the policy that was apart from all whom the instruction names. */
  standIn: zStandIn.optional(),
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
     * SLICE: a slice moves to another holder. SURRENDER: it goes back to the issuer, who has paid it, and is closed.
     * PLEDGE: it secures what the receiver lends. UNPLEDGE: the pledgee gives it back. CREDIT: money moves, and the credit is proven before the batch is committed. BLOCK: money moves; the payer's
     * bank blocks it, and the commitment is the order to release it.
     */
    what: z.enum(LEG_KINDS),
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
    /** The batch nets what its members owe each other: for each of them, what is surrendered and what is paid has to cancel out. */
    nets: z.literal(true).optional(),
    /** The sender answers to the receiver if the issuer does not pay (recourse). */
    recourse: z.literal(true).optional(),
    /** Id of the accepted request for financing that the leg carries out. */
    financing: zId.optional(),
    /** Last business date of a pledge. */
    pledgedUntil: zDate.optional(),
    /** The slice of a leg that moves one. */
    sliceId: zId.optional(),
    /** The banks of all other legs. */
    cash: zCash.optional(),
    ...salt,
  })
  .refine(({ what, sliceId, cash }) => (isAsset(what) ? sliceId && !cash : cash && !sliceId), {
    error: 'REQUEST_MALFORMED',
  });
