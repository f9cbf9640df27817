import { z } from 'zod';
import { zAccount, zDate, zId, zParty } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Lets a confirming bank present the holder's due slices by itself, to be paid into one account. It takes two people, because whoever names
 * the account decides where the money goes. A holder usually gives it when it accepts a certificate or a slice.
 */
export const give = command({
  summary: "lets a confirming bank present the holder's due slices by itself",
  by: { party: 'holder', duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.mandate.give.v1',
  request: z.strictObject({ mandateId: zId, ticketId: zId }),
  private: z.strictObject({
    holder: zParty,
    /** The confirming bank that may present. */
    bank: zParty,
    payeeBank: zParty,
    account: zAccount,
    /** The only certificate whose slices may be presented. Left out: those of all certificates of this bank. */
    certificateId: zId.optional(),
    /** Last business date on which the bank may present. */
    until: zDate,
  }),
  refuses: ['ID_FOREIGN', 'ID_TAKEN', 'PARTY_ROLE', 'MANDATE_SCOPE', 'MANDATE_ENDED', 'MANDATE_TERM', 'QUOTA_REACHED'],
});
