import { z } from 'zod';
import { zSheetRow } from '../../records/cover.js';
import { ASSETS } from '../../records/leg.js';
import { LIMITS } from '../../limits.js';
import { zDate, zId, zIds, zParty } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Instructs that a whole slice passes to another party in a batch, and locks it for that. Until the batch has an outcome, or its last day is over, the
 * slice cannot be used otherwise.
 */
export const allocate = command({
  summary: 'locks a whole slice for a batch that gives it to another party',
  by: { party: 'holder, or pledgee', duties: ['checker'], commits: true },
  fourEyes: true,
  event: 'tenor.slice.allocate.v1',
  request: z.strictObject({
    sliceId: zId,
    legId: zId,
    /** All legs of the batch, this one among them. They are drawn before any of them is instructed, and make the id of the batch. */
    legIds: zIds(LIMITS.batchLegs),
    ticketId: zId,
  }),
  private: z.strictObject({
    /**
     * SURRENDER gives the slice back to its issuer, who pays it otherwise, and closes it. PLEDGE leaves it with its holder and secures what the receiver
     * lends. UNPLEDGE, by the pledgee, gives it back against the repayment. Default SLICE.
     */
    what: z.enum(ASSETS).optional(),
    /** Last business date on which a pledged slice can be redeemed. */
    pledgedUntil: zDate.optional(),
    /** The batch nets what its members owe each other. All its legs say so. */
    nets: z.literal(true).optional(),
    /** The holder answers to the receiver if the issuer does not pay. Default: it does not. */
    recourse: z.literal(true).optional(),
    /** Id of the accepted request for financing that the leg carries out. Then both sides can approve only what was accepted. */
    financing: zId.optional(),
    receiver: zParty,
    expiresOn: zDate,
    /** The leg by which the holder is paid. Its register proves that, and may sign with the receiver if the holder is silent. */
    inReturn: zId,
    /**
     * The row of that leg (`sheetRowOf`), where it is a leg CREDIT that is instructed already. Where its register is not apart from bank, holder and receiver, the
     * stand-in of that leg may sign with the receiver then: once it has spoken for a holder that was paid and is silent, for this leg and no other.
     */
    counterValue: zSheetRow.optional(),
  }),
  refuses: [
    'ID_FOREIGN',
    'ID_TAKEN',
    'BATCH_SIZE',
    'LEG_FOREIGN',
    'NOT_ALLOCATED',
    'STATE',
    'DUE_REACHED',
    'PARTY_ROLE',
    'SELF_TRANSFER',
    'TIER_EXCEEDED',
    'OFFER_EXPIRY',
    'PLEDGE_TERM',
    'LEG_KIND',
    'LIABLE_EXCEEDED',
    'QUOTA_REACHED',
  ],
});
