import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * The payee of a leg CREDIT states that it has the money. Needed where its bank belongs to the organisation of the payer or of the payer's bank, or keeps or takes
 * the slice that the payee gives, because that bank would prove alone what it gains by. Where payee and bank are one organisation, the bank's word is enough. Two
 * people, because it is a word against the payee.
 */
export const acknowledge = command({
  summary: "states that the money of a leg has arrived: needed where the payee's bank gains by saying so",
  by: { party: 'payee', duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.cash.acknowledge.v1',
  request: z.strictObject({ legId: zId, ticketId: zId }),
  refuses: ['ACKNOWLEDGEMENT_EXISTS', 'LEG_KIND', 'SAME_ORGANIZATION'],
});
