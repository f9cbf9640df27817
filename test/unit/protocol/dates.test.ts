/** Civil dates. Weekdays and month ends were computed by hand from a printed calendar. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMonths, dayNumber, daysInMonth, isDate, stepDay, weekday } from '../../../chaincode/src/protocol/dates.js';

const [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY] = [0, 1, 2, 3, 4, 5, 6];

describe('isDate', () => {
  it.each(['2026-01-31', '2024-02-29', '2000-02-29', '1900-01-01', '2199-12-31', '2026-04-30'])('%s exists', (date) => {
    expect(isDate(date)).toBe(true);
  });

  it.each([
    ['2026-02-29', 'no leap year'],
    ['1900-02-29', 'a century, no leap year'],
    ['2100-02-29', 'a century, no leap year'],
    ['2026-04-31', 'April has 30'],
    ['2026-00-10', 'no month 0'],
    ['2026-13-01', 'no month 13'],
    ['2026-01-00', 'no day 0'],
    ['2026-01-32', 'no day 32'],
    ['1899-12-31', 'before 1900'],
    ['2200-01-01', 'after 2199'],
    ['2026-1-1', 'short'],
    ['20260101', 'without hyphens'],
    ['2026/01/01', 'slashes'],
    ['2026-01-01T00:00:00Z', 'a time'],
    ['2026-01-01\n', 'a line break'],
    ['２０２６-01-01', 'other digits'],
    ['', 'nothing'],
  ])('%j does not (%s)', (date) => {
    expect(isDate(date)).toBe(false);
  });
});

it.each([
  [2026, 2, 28],
  [2028, 2, 29],
  [2000, 2, 29],
  [2100, 2, 28],
  [2026, 1, 31],
  [2026, 4, 30],
  [2026, 12, 31],
  [2026, 13, 0],
])('%i-%i has %i days', (year, month, days) => {
  expect(daysInMonth(year, month)).toBe(days);
});

describe('addMonths', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-08-29', 6, '2027-02-28'],
    ['2026-02-28', 6, '2026-08-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-11-23', 6, '2027-05-23'],
    ['2026-12-31', 6, '2027-06-30'],
    ['2026-06-30', 6, '2026-12-30'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-11-30', 13, '2027-12-30'],
    ['2026-05-31', 0, '2026-05-31'],
  ])('%s + %i months is %s', (date, months, later) => {
    expect(addMonths(date, months)).toBe(later);
  });
});

describe('weekday', () => {
  it.each([
    ['1900-01-01', MONDAY],
    ['2000-01-01', SATURDAY],
    ['2000-02-29', TUESDAY],
    ['2024-02-29', THURSDAY],
    ['2026-01-01', THURSDAY],
    ['2026-11-23', MONDAY],
    ['2027-02-20', SATURDAY],
    ['2027-03-15', MONDAY],
    ['2027-05-30', SUNDAY],
    ['2028-02-29', TUESDAY],
    ['2100-03-01', MONDAY],
    ['2199-12-31', TUESDAY],
    ['2026-09-25', FRIDAY],
    ['2026-09-23', WEDNESDAY],
  ])('%s is day %i', (date, day) => {
    expect(weekday(date)).toBe(day);
  });
});

describe('dayNumber', () => {
  it.each([
    ['2026-01-31', '2026-07-31', 181],
    ['2026-01-15', '2026-07-31', 197],
    ['2028-02-29', '2028-08-31', 184],
    ['2026-12-31', '2027-01-01', 1],
    ['2100-02-28', '2100-03-01', 1],
    ['2000-02-28', '2000-03-01', 2],
    ['1900-01-01', '2000-01-01', 36_524],
  ])('from %s to %s are %i days', (from, to, days) => {
    expect(dayNumber(to) - dayNumber(from)).toBe(days);
  });
});

describe('stepDay', () => {
  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-02-28', 1, '2027-03-01'],
    ['2028-03-01', -1, '2028-02-29'],
    ['2026-05-31', 1, '2026-06-01'],
    ['2026-06-01', -1, '2026-05-31'],
  ] as const)('%s by %i is %s', (date, step, next) => {
    expect(stepDay(date, step)).toBe(next);
  });

  it('counts days and weekdays as the calendar of the platform does, over three centuries', () => {
    const day = fc.integer({ min: 0, max: 109_571 }); // 1900-01-01 to 2199-12-31
    const civil = (offset: number): string => new Date(Date.UTC(1900, 0, 1 + offset)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, (offset) => {
        const date = civil(offset);
        expect(dayNumber(date) - dayNumber('1900-01-01')).toBe(offset);
        expect(weekday(date)).toBe(offset % 7);
        expect(stepDay(date, 1)).toBe(civil(offset + 1));
        expect(stepDay(stepDay(date, 1), -1)).toBe(date);
      }),
      { seed: 20261123, numRuns: 1000 },
    );
  });
});
