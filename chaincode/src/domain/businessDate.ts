/** The business date: how far it may move, and who may move it alone. */
import { addDays, dayNumber } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { PublicRecord } from '../protocol/records/index.js';
import { assertReaches, isBusinessDay, nextBusinessDay } from './calendar.js';

type BusinessDate = PublicRecord<'businessDate'>;

/** What is known when the date is to move. */
export interface DateFacts {
  readonly businessDate: BusinessDate | undefined;
  readonly calendars: ReadonlyMap<string, PublicRecord<'calendar'>>;
  /** The day on which the client says that it made the transaction. */
  readonly claimedDate: string;
}

function calendarOf({ calendars }: DateFacts, id: string): PublicRecord<'calendar'> {
  const calendar = calendars.get(id);
  if (calendar === undefined) throw new TenorError('CALENDAR_UNKNOWN');
  return calendar;
}

/**
 * A step of the operators. Answers the record before it.
 * @throws TenorError BUSINESS_DATE_MISSING, BUSINESS_DATE_BACKWARDS, CALENDAR_ENDS, NOT_A_BUSINESS_DAY, BUSINESS_DATE_STEP, BUSINESS_DATE_AHEAD
 */
export function assertStep(date: string, facts: DateFacts): BusinessDate {
  const { businessDate, claimedDate } = facts;
  if (businessDate === undefined) throw new TenorError('BUSINESS_DATE_MISSING');
  if (date <= businessDate.date) throw new TenorError('BUSINESS_DATE_BACKWARDS');
  const calendar = calendarOf(facts, businessDate.calendar);
  if (!isBusinessDay(calendar, date)) throw new TenorError('NOT_A_BUSINESS_DAY');
  const isFar = dayNumber(date) - dayNumber(businessDate.date) > LIMITS.dateStepDays;
  if (isFar && nextBusinessDay(calendar, businessDate.date) < date) throw new TenorError('BUSINESS_DATE_STEP');
  // Where the markets of the calendar are, the day may have begun already.
  if (date > claimedDate && nextBusinessDay(calendar, claimedDate) < date) throw new TenorError('BUSINESS_DATE_AHEAD');
  return businessDate;
}

/**
 * What the founders set: the first date, any later one that the calendar reaches, or an earlier one instead of a wrong one. What was
 * decided on the wrong date stays decided, so a correction goes back to the present and not into the past.
 * @throws TenorError CALENDAR_UNKNOWN, CALENDAR_ENDS, BUSINESS_DATE_BACKWARDS
 */
export function assertSettable({ date, calendar }: Pick<BusinessDate, 'date' | 'calendar'>, facts: DateFacts): void {
  assertReaches(calendarOf(facts, calendar), date);
  const { businessDate, claimedDate } = facts;
  const isCorrection = businessDate !== undefined && date < businessDate.date;
  if (isCorrection && date < addDays(claimedDate, -LIMITS.dateStepDays))
    throw new TenorError('BUSINESS_DATE_BACKWARDS');
}

/** Whether one of its keepers may take this step alone: one business day, where the date has fallen behind the day of the transaction. */
export function isForKeepers(date: string, facts: DateFacts): boolean {
  const { businessDate, claimedDate } = facts;
  if (businessDate === undefined) return false;
  const isBehind = dayNumber(claimedDate) - dayNumber(businessDate.date) >= LIMITS.dateLagDays;
  return isBehind && nextBusinessDay(calendarOf(facts, businessDate.calendar), businessDate.date) === date;
}
