/** Business days from ledger data: weekends, holidays, and the working days on weekends that China sets around holidays. */
import { stepDay, weekday } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import type { PublicRecord } from '../protocol/records/index.js';

type Calendar = PublicRecord<'calendar'>;

/** Holidays are announced year by year, so nobody knows yet what a later day will be. @throws TenorError CALENDAR_ENDS */
export function assertReaches({ id, until }: Calendar, date: string): void {
  if (date > until) throw new TenorError('CALENDAR_ENDS', { calendar: id, until });
}

/** True on a working day of the calendar. @throws TenorError CALENDAR_ENDS */
export function isBusinessDay(calendar: Calendar, date: string): boolean {
  assertReaches(calendar, date);
  if (calendar.holidays.includes(date)) return false;
  return calendar.extraWorkdays.includes(date) || !calendar.weekend.includes(weekday(date));
}

function seek(calendar: Calendar, date: string, step: 1 | -1): string {
  let day = date;
  while (!isBusinessDay(calendar, day)) day = stepDay(day, step);
  return day;
}

/** The first business day after a date. @throws TenorError CALENDAR_ENDS */
export const nextBusinessDay = (calendar: Calendar, date: string): string => seek(calendar, stepDay(date, 1), 1);

/**
 * The next business day, or the previous one if the next is in another month (ISDA 2006 section 4.12, Modified Following).
 * @throws TenorError CALENDAR_ENDS
 */
export function modifiedFollowing(calendar: Calendar, date: string): string {
  const month = date.slice(0, 7);
  let next = date;
  // What comes after the month does not matter, so the calendar need not reach it.
  while (next.startsWith(month) && !isBusinessDay(calendar, next)) next = stepDay(next, 1);
  return next.startsWith(month) ? next : seek(calendar, date, -1);
}
