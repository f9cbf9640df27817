import { z } from 'zod';
import { zExchange } from '../../records/leg.js';
import { LIMITS } from '../../limits.js';
import { zAccount, zAmount, zCurrency, zDate, zEndToEndId, zId, zIds, zList, zParty, zText } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Instructs that money passes to another party in a batch. CREDIT is registered by the payee's bank, which proves the credit before the batch is committed.
 * BLOCK is registered by the payer's bank, which blocks the money; the commitment of the batch is then its order to release it.
 */
export const instruct = command({
  summary: 'instructs that money passes to another party in a batch',
  by: { party: 'payer', duties: ['checker'], commits: true },
  fourEyes: true,
  event: 'tenor.cash.instruct.v1',
  request: z.strictObject({
    legId: zId,
    /** All legs of the batch, this one among them. They are drawn before any of them is instructed, and make the id of the batch. */
    legIds: zIds(LIMITS.batchLegs),
    ticketId: zId,
  }),
  private: z.strictObject({
    what: z.enum(['CREDIT', 'BLOCK']),
    sender: zParty,
    /** Id of the accepted request for financing that the leg carries out. Then both sides can approve only what was accepted. */
    financing: zId.optional(),
    receiver: zParty,
    currency: zCurrency,
    amount: zAmount,
    payerBank: zParty,
    payeeBank: zParty,
    account: zAccount,
    endToEndId: zEndToEndId.optional(),
    expiresOn: zDate,
    /** The batch nets what its members owe each other. All its legs say so. */
    nets: z.literal(true).optional(),
    /** The day on which the creditor's bank is to book the money. */
    valueDate: zDate.optional(),
    /** Ids of the registered calendars of which the value date has to be a business day: those of both currencies. */
    calendars: zList(zText, LIMITS.jointCalendars).optional(),
    /** The rate, where the batch exchanges two currencies. Both legs say the same. */
    exchange: zExchange.optional(),
  }),
  refuses: [
    'ID_FOREIGN',
    'ID_TAKEN',
    'BATCH_SIZE',
    'LEG_FOREIGN',
    'CALENDAR_UNKNOWN',
    'PARTY_ROLE',
    'SELF_TRANSFER',
    'OFFER_EXPIRY',
    'VALUE_DATE',
    'CALENDAR_ENDS',
    'NOT_A_BUSINESS_DAY',
    'EXCHANGE_MISMATCH',
    'QUOTA_REACHED',
  ],
});
