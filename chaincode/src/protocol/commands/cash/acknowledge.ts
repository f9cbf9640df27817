import { z } from 'zod';
import { zId, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * The payee of a leg CREDIT states that it has the money. Needed where its bank belongs to the organisation of the payer or of the payer's bank, or keeps or takes
 * the slice that the payee gives, because that bank would prove alone what it gains by. Where payee and bank are one organisation, the bank's word is enough. The stand-in
 * that the leg names may say it for a payee that has been silent for seven days since the instruction, since the credit, and since the bank attested it. Two people,
 * because it is a word against the payee.
 */
export const acknowledge = command({
  summary: "states that the money of a leg has arrived: needed where the payee's bank gains by saying so",
  by: { party: 'payee, or its stand-in', duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.cash.acknowledge.v1',
  request: z.strictObject({
    legId: zId,
    /** The payment that was attested. Only a stand-in names it, and where the payment has a UETR. */
    uetr: zUetr.optional(),
    ticketId: zId,
  }),
  refuses: [
    'ACKNOWLEDGEMENT_EXISTS',
    'PAYMENT_RETURNED',
    'NOT_PROVEN',
    'LEG_KIND',
    'PARTY_ROLE',
    'PAYMENT_MISMATCH',
    'STAND_IN_EARLY',
    'UNDERPAID',
    'SAME_ORGANIZATION',
  ],
});
