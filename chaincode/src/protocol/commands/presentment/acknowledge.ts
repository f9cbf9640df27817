import { z } from 'zod';
import { zId, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/** The payee states that it has the money. This is needed where its bank is also the payer's bank. */
export const acknowledge = command({
  summary: 'states that the money has arrived, where payer and payee share the bank',
  by: { party: 'holder', duties: ['maker', 'checker'] },
  event: 'tenor.presentment.acknowledge.v1',
  request: z.strictObject({ presentmentId: zId, uetr: zUetr }),
  refuses: ['ACKNOWLEDGEMENT_EXISTS', 'ACKNOWLEDGEMENT_UNNEEDED', 'STATE'],
});
