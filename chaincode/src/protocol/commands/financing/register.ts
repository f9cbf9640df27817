import { z } from 'zod';
import { zDate, zId, zText } from '../../schemas.js';
import { command } from '../definition.js';

/** The funder states that it has registered an accepted financing in the registry of movables. Before that no payment of it can be reported. */
export const register = command({
  summary: 'states that the financing is registered in the registry of movables',
  by: { party: 'funder', duties: ['maker', 'checker'] },
  event: 'tenor.financing.register.v1',
  request: z.strictObject({ requestId: zId }),
  private: z.strictObject({
    /** The number under which that registry has it. */
    registrationNo: zText,
    /** Day on which the funder looked into that registry for rights of others. */
    searchedOn: zDate,
  }),
  refuses: ['REGISTRATION_EXISTS', 'FINANCING_MISMATCH', 'VALUE_DATE'],
});
