import { z } from 'zod';
import { zId, zReference } from '../../schemas.js';
import { command } from '../definition.js';

/** Takes over an offered slice. The former holder's copy is then superseded. */
export const accept = command({
  summary: 'takes over an offered slice',
  by: { party: 'transferee', duties: ['maker', 'checker'], commits: true },
  event: 'tenor.slice.accept.v1',
  request: z.strictObject({ sliceId: zId, transferId: zReference }),
  refuses: ['STATE', 'OFFER_LAPSED', 'DUE_REACHED', 'PARTY_ROLE'],
});
