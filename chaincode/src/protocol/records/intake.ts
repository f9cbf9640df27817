import { z } from 'zod';
import { zDate } from '../schemas.js';
import { schema } from './building.js';

/**
 * A place for a call that puts something new into this book from another organisation. It is taken on the business date that it names, and
 * free on every other one. It carries no salt, so that everybody can tell by its hash whether it is taken.
 */
export const zIntake = z.strictObject({ schema: schema('tenor.intake/1'), date: zDate });
