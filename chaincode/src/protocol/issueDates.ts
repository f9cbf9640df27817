/** When a document may have been issued that is claimed. */
import { addMonths } from './dates.js';
import { LIMITS } from './limits.js';

const MONTHS_OF_A_YEAR = 12;

/** The first date of issue of a document that can be claimed on a business date; the last one is the business date itself. */
export const firstIssueDate = (businessDate: string): string =>
  addMonths(businessDate, -LIMITS.documentYears * MONTHS_OF_A_YEAR);
