/** Days of a deal: its calendar, and how far dates lie apart. */
import { addDays, addMonths, dayNumber, weekday } from '@tenor/client';
import type { Deal } from './deal.js';

/** Whole days from one date to another. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** True on a working day of the calendar, as the ledger counts them: a holiday is none, even where it is listed as an extra workday too. */
export function isWorkday({ weekend, holidays, extraWorkdays, until }: Deal['calendar'], date: string): boolean {
  if (date > until || holidays.includes(date)) return false;
  return extraWorkdays.includes(date) || !weekend.includes(weekday(date));
}

/**
 * The last working day on which a certificate of the first payee may fall due that is issued on a date: within a month, and within the
 * term of an SME. A network that is kept is left with such a certificate.
 */
export function freeDueDate({ parties, certificates, policy, calendar }: Deal, issuedOn: string): string | undefined {
  const payee = parties.find(({ key }) => key === certificates[0]?.payee);
  const month = daysBetween(issuedOn, addMonths(issuedOn, 1));
  let days = payee?.sme === true ? Math.min(month, policy.smePaymentDays) : month;
  while (days > 0 && !isWorkday(calendar, addDays(issuedOn, days))) days -= 1;
  return days > 0 ? addDays(issuedOn, days) : undefined;
}
