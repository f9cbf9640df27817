/** Business days: weekends, holidays, China's working weekends, and the step back at the end of a month. */
import { describe, expect, it } from '@jest/globals';
import { isBusinessDay, modifiedFollowing, nextBusinessDay } from '../../../chaincode/src/domain/calendar.js';
import type { PublicRecord } from '../../../chaincode/src/protocol/records/index.js';
import { codeOf } from '../protocol/support.js';

const calendarOf = (changes: Partial<PublicRecord<'calendar'>>): PublicRecord<'calendar'> => ({
  ...{ schema: 'tenor.calendar/1', id: 'T', version: 1, weekend: [5, 6], holidays: [], extraWorkdays: [] },
  until: '2028-12-31',
  ...changes,
});

/** China, as the State Council ordained 2026: National Day 1 to 7 October, made up on two weekend days. */
const CN = calendarOf({
  holidays: ['2026-09-25', '2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07', '2027-01-01'],
  extraWorkdays: ['2026-09-20', '2026-10-10'],
});

describe('isBusinessDay', () => {
  it.each([
    ['2026-09-24', true, 'a Thursday'],
    ['2026-09-25', false, 'a Friday, but a holiday'],
    ['2026-09-26', false, 'a Saturday'],
    ['2026-09-27', false, 'a Sunday'],
    ['2026-09-20', true, 'a Sunday on which all work'],
    ['2026-10-10', true, 'a Saturday on which all work'],
    ['2026-10-08', true, 'the Thursday after the holiday'],
    ['2026-10-03', false, 'a Saturday inside the holiday'],
  ])('%s: %p (%s)', (date, works) => {
    expect(isBusinessDay(CN, date)).toBe(works);
  });

  it('takes a holiday over a working weekend', () => {
    expect(isBusinessDay(calendarOf({ holidays: ['2026-10-10'], extraWorkdays: ['2026-10-10'] }), '2026-10-10')).toBe(
      false,
    );
  });

  it('takes the weekend from the calendar', () => {
    const gulf = calendarOf({ weekend: [4, 5] });
    expect(['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04'].map((date) => isBusinessDay(gulf, date))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('modifiedFollowing', () => {
  it.each([
    ['2026-09-24', '2026-09-24', 'a business day stays'],
    ['2026-09-26', '2026-09-28', 'a Saturday moves to Monday'],
    ['2026-09-19', '2026-09-20', 'a Saturday moves to the Sunday on which all work'],
    ['2026-10-01', '2026-10-08', 'the whole holiday is passed over'],
    ['2026-10-10', '2026-10-10', 'a working Saturday stays'],
    ['2026-10-11', '2026-10-12', 'the Sunday after it moves'],
    ['2026-10-31', '2026-10-30', 'a Saturday at the end of the month goes back'],
    ['2027-02-28', '2027-02-26', 'a Sunday at the end of February goes back over the Saturday'],
    ['2028-12-31', '2028-12-29', 'a Sunday at the end of the year goes back'],
    ['2027-01-01', '2027-01-04', 'a Friday holiday goes over the weekend'],
    ['2027-07-31', '2027-07-30', 'a Saturday at the end of July goes back'],
  ])('%s is paid on %s (%s)', (date, paid) => {
    expect(modifiedFollowing(CN, date)).toBe(paid);
  });

  it('goes back over holidays at the end of a month too', () => {
    expect(modifiedFollowing(calendarOf({ holidays: ['2026-04-30'] }), '2026-04-30')).toBe('2026-04-29');
    expect(modifiedFollowing(calendarOf({ holidays: ['2027-05-31', '2027-05-28'] }), '2027-05-29')).toBe('2027-05-27');
  });
});

describe('nextBusinessDay', () => {
  it.each([
    ['2026-09-23', '2026-09-24'],
    ['2026-09-24', '2026-09-28'],
    ['2026-09-18', '2026-09-20'],
    ['2026-09-30', '2026-10-08'],
  ])('after %s comes %s', (date, next) => {
    expect(nextBusinessDay(CN, date)).toBe(next);
  });
});

describe('the end of a calendar', () => {
  const short = calendarOf({ until: '2026-10-30' });
  const ENDS = ['CALENDAR_ENDS', { calendar: 'T', until: '2026-10-30' }];

  it('is its last day, of which it knows what it is', () => {
    expect(isBusinessDay(short, '2026-10-30')).toBe(true);
    expect(codeOf(() => isBusinessDay(short, '2026-10-31'), true)).toEqual(ENDS);
  });

  it('is no working day beyond it', () => {
    for (const date of ['2026-10-31', '2026-11-02', '2027-03-15', '2199-12-31'])
      expect(codeOf(() => modifiedFollowing(short, date), true)).toEqual(ENDS);
    expect(codeOf(() => nextBusinessDay(short, '2026-10-30'), true)).toEqual(ENDS);
    // Before it, but the first business day after it is not known.
    expect(codeOf(() => modifiedFollowing(calendarOf({ until: '2026-10-11' }), '2026-10-10'), true)).toEqual([
      'CALENDAR_ENDS',
      { calendar: 'T', until: '2026-10-11' },
    ]);
  });

  it('does not matter where the month ends before it', () => {
    expect(modifiedFollowing(calendarOf({ until: '2026-10-31' }), '2026-10-31')).toBe('2026-10-30');
    expect(modifiedFollowing(short, '2026-10-24')).toBe('2026-10-26');
  });
});
