import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** Declines an offered certificate. This costs the payee nothing and needs no reason. */
export const decline = command({
  summary: 'declines a certificate, which costs nothing',
  by: { party: 'payee', duties: ['maker', 'checker'] },
  event: 'tenor.certificate.decline.v1',
  request: z.strictObject({ certificateId: zId }),
  refuses: ['STATE', 'OFFER_LAPSED'],
});
