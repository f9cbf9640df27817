/** Civil dates as `YYYY-MM-DD`. They compare as text. No clock and no time zone anywhere. */

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a year has a 29 February. */
export const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Number of days of a month (1 to 12). */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}

/** True for a date that exists, between 1900 and 2199. */
export function isDate(text: string): boolean {
  const match = /^((?:19|20|21)[0-9]{2})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0');

/** A date's year, month (1 to 12) and day. */
export function partsOf(date: string): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

const dateOf = (year: number, month: number, day: number): string =>
  `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;

/** The same day `months` later. If that month lacks the day, it is the month's last day (31 Jan + 1 month = 28 or 29 Feb). */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return dateOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** Days since 1 March of year 0 in the proleptic Gregorian calendar. */
export function dayNumber(date: string): number {
  const { year, month, day } = partsOf(date);
  const shifted = month > 2 ? year : year - 1;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leaps + Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
}

/** The next (1) or previous (-1) calendar day. */
export function stepDay(date: string, step: 1 | -1): string {
  const { year, month, day } = partsOf(date);
  const next = day + step;
  if (next >= 1 && next <= daysInMonth(year, month)) return dateOf(year, month, next);
  const index = year * 12 + (month - 1) + step;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return dateOf(toYear, toMonth, step === 1 ? 1 : daysInMonth(toYear, toMonth));
}

/** The date `days` calendar days later, or earlier where they are negative. */
export function addDays(date: string, days: number): string {
  const step = days < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(days); left > 0; left--) day = stepDay(day, step);
  return day;
}

/** 0 = Monday … 6 = Sunday. (1 March of year 0 was a Wednesday.) */
export const weekday = (date: string): number => (dayNumber(date) + 2) % 7;
