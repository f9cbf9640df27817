/** Business days from ledger data: weekends, holidays, and the working days on weekends that China sets around holidays. */
import { stepDay, weekday } from '../protocol/dates.js';
import type { PublicRecord } from '../protocol/records/index.js';

type Calendar = PublicRecord<'calendar'>;

/** True on a working day of the calendar. */
export function isBusinessDay(calendar: Calendar, date: string): boolean {
  if (calendar.holidays.includes(date)) return false;
  return calendar.extraWorkdays.includes(date) || !calendar.weekend.includes(weekday(date));
}

function seek(calendar: Calendar, date: string, step: 1 | -1): string {
  let day = date;
  while (!isBusinessDay(calendar, day)) day = stepDay(day, step);
  return day;
}

/** The next business day, or the previous one if the next is in another month (ISDA 2006 section 4.12, Modified Following). */
export function modifiedFollowing(calendar: Calendar, date: string): string {
  const next = seek(calendar, date, 1);
  return next.slice(0, 7) === date.slice(0, 7) ? next : seek(calendar, date, -1);
}
