import { z } from 'zod';
import { zDate, zId, zMsp, zText } from '../schemas.js';
import { salt, schema } from './building.js';

/** The funder's word that it has registered a financing in the registry of movables (in China that of the PBoC's Credit Reference Centre), before it pays. */
export const zRegistration = z.strictObject({
  schema: schema('tenor.registration/1'),
  /** Id of the request. */
  id: zId,
  funderMsp: zMsp,
  registrationNo: zText,
  /** Day on which the funder looked into that registry for rights of others. */
  searchedOn: zDate,
  /** Business date of this statement. */
  registeredOn: zDate,
  ...salt,
});
