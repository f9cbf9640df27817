import { z } from 'zod';
import { zText } from '../../schemas.js';
import { query } from '../definition.js';

/** Answers a record of the registry. Registry records are public on the channel. */
export const get = query({
  summary: 'reads a registry record',
  request: z.strictObject({
    kind: z.enum([
      ...(['registry', 'party', 'partyId', 'operator', 'policies', 'calendar', 'businessDate', 'banks'] as const),
      ...(['departures', 'voucher', 'proposal'] as const),
    ]),
    /** Of a party: either of its ids. Of a voucher: `<MSP id>/<kind>/<id>`. */
    id: zText.optional(),
  }),
  refuses: ['NOT_FOUND'],
});
