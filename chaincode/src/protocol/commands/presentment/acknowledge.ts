import { z } from 'zod';
import { furtherUetrs, namesOnce, zId, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * The payee says that it has the money. Needed where its bank is also the payer's bank, and where its bank does not attest. Where payer
 * and payee share the bank, the stand-in that the presentment names may say it for a payee that has been silent for seven days since
 * the presentment, since the credit, and since the bank attested it. It takes two people, because from then on the bank alone can close the
 * slices.
 */
export const acknowledge = command({
  summary:
    "states that the money has arrived: needed where payer and payee share the bank, or the payee's bank does not attest",
  by: { party: 'holder, or its stand-in', duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.presentment.acknowledge.v1',
  request: z
    .strictObject({
      presentmentId: zId,
      uetr: zUetr.optional(),
      ...furtherUetrs,
      ticketId: zId,
      /**
       * The payee has the money, whatever its bank says of a return. It may say so also after an earlier word on the same payment, and nothing
       * is looked up at its bank then. A stand-in cannot say it.
       */
      inSpiteOfReturn: z.boolean().optional(),
    })
    .refine(namesOnce, { error: 'DUPLICATE_ITEM' }),
  refuses: [
    'ACKNOWLEDGEMENT_EXISTS',
    'REFERENCE_MISSING',
    'PAYMENT_RETURNED',
    'STATE',
    'PARTY_ROLE',
    'PAYMENT_MISMATCH',
    'STAND_IN_EARLY',
    'OVERPAID',
    'UNDERPAID',
  ],
});
