import { z } from 'zod';
import { zId, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/** The payee says that it has the money. Needed where its bank is also the payer's bank, and where its bank does not attest. */
export const acknowledge = command({
  summary: "that the money is there: needed where payer and payee share the bank, or the payee's bank is silent",
  by: { party: 'holder', duties: ['maker', 'checker'] },
  event: 'tenor.presentment.acknowledge.v1',
  request: z.strictObject({ presentmentId: zId, uetr: zUetr }),
  refuses: ['ACKNOWLEDGEMENT_EXISTS', 'STATE'],
});
