/** Business days: weekends, holidays, China's working weekends, and the step back at the end of a month. */
import { describe, expect, it } from '@jest/globals';
import { isBusinessDay, modifiedFollowing } from '../../../chaincode/src/domain/calendar.js';
import type { PublicRecord } from '../../../chaincode/src/protocol/records/index.js';

const calendarOf = (changes: Partial<PublicRecord<'calendar'>>): PublicRecord<'calendar'> => ({
  ...{ schema: 'tenor.calendar/1', id: 'T', version: 1, weekend: [5, 6], holidays: [], extraWorkdays: [] },
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
