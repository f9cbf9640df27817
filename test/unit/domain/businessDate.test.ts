/** How far the business date moves, in which direction, and when its keepers may step it alone. */
import { describe, expect, it } from '@jest/globals';
import {
  assertSettable,
  assertStep,
  isForKeepers,
  type DateFacts,
} from '../../../chaincode/src/domain/businessDate.js';
import { approved, proposed } from '../../../chaincode/src/domain/registry.js';
import type { RegistryFacts } from '../../../chaincode/src/domain/registryChanges.js';
import type { PublicRecord } from '../../../chaincode/src/protocol/records/index.js';
import { MSP } from '../../commands/support/facts.js';
import { codeOf } from '../protocol/support.js';
import { callers, changes, dateRecord, FACTS, personOf, PROPOSAL, proposalOf } from './registryFacts.js';

/** China at its longest holiday: the State Council gave 1 to 7 October 2026, with a working Saturday after it. */
const CN: PublicRecord<'calendar'> = {
  ...{ schema: 'tenor.calendar/1', id: 'CN', version: 1, weekend: [5, 6], until: '2027-12-31' },
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07', '2026-10-08', '2026-10-09'],
  extraWorkdays: ['2026-10-10'],
};
const factsOf = (date: string | undefined, claimedDate: string): DateFacts => ({
  businessDate: date === undefined ? undefined : dateRecord(date),
  calendars: new Map([['CN', CN]]),
  claimedDate,
});
const settable = (date: string, calendar: string, facts: DateFacts): string =>
  outcome(() => {
    assertSettable({ date, calendar }, facts);
  });
const outcome = (ask: () => unknown): string => {
  const found = codeOf(ask);
  return typeof found === 'string' ? found : 'taken';
};

describe('operators step the date', () => {
  // The business date, the day of the transaction, the date that is asked for.
  it.each<[string | undefined, string, string, string]>([
    ['2026-11-23', '2026-11-24', '2026-11-24', 'taken'],
    ['2026-11-23', '2026-11-23', '2026-11-24', 'taken'],
    ['2026-11-23', '2026-11-23', '2026-11-25', 'BUSINESS_DATE_AHEAD'],
    ['2026-11-23', '2026-11-22', '2026-11-24', 'BUSINESS_DATE_AHEAD'],
    ['2026-11-27', '2026-11-27', '2026-11-30', 'taken'], // over a weekend
    ['2026-11-27', '2026-11-29', '2026-11-30', 'taken'],
    ['2026-11-27', '2026-11-29', '2026-12-01', 'BUSINESS_DATE_AHEAD'],
    ['2026-11-23', '2027-06-30', '2026-11-30', 'taken'], // a week, however late
    ['2026-11-23', '2027-06-30', '2026-12-01', 'BUSINESS_DATE_STEP'],
    ['2026-09-30', '2026-10-10', '2026-10-10', 'taken'], // ten days, but the next business day
    ['2026-09-30', '2026-10-12', '2026-10-12', 'BUSINESS_DATE_STEP'],
    ['2026-11-23', '2026-11-28', '2026-11-28', 'NOT_A_BUSINESS_DAY'],
    ['2026-11-23', '2026-11-23', '2026-11-23', 'BUSINESS_DATE_BACKWARDS'],
    ['2026-11-23', '2026-11-23', '2026-11-20', 'BUSINESS_DATE_BACKWARDS'],
    ['2027-12-30', '2027-12-31', '2027-12-31', 'taken'],
    ['2027-12-31', '2028-01-03', '2028-01-03', 'CALENDAR_ENDS'],
    ['2026-11-23', '2026-11-23', '2199-12-31', 'CALENDAR_ENDS'],
    ['2026-11-23', '2199-12-31', '2027-12-31', 'BUSINESS_DATE_STEP'],
    [undefined, '2026-11-23', '2026-11-23', 'BUSINESS_DATE_MISSING'],
  ])('from %s, on %s, to %s: %s', (from, claimedDate, date, code) => {
    expect(outcome(() => assertStep(date, factsOf(from, claimedDate)))).toBe(code);
  });

  it('asks for the calendar of the date', () => {
    const facts = { ...factsOf('2026-11-23', '2026-11-24'), calendars: new Map() };
    expect(outcome(() => assertStep('2026-11-24', facts))).toBe('CALENDAR_UNKNOWN');
  });

  it('names the calendar that ends, and where', () => {
    expect(codeOf(() => assertStep('2028-01-03', factsOf('2027-12-31', '2028-01-03')), true)).toEqual([
      'CALENDAR_ENDS',
      { calendar: 'CN', until: '2027-12-31' },
    ]);
  });

  it('reaches 2199 by no number of hands in one step, even where a calendar does', () => {
    const calendars = new Map([['CN', { ...CN, until: '2199-12-31' }]]);
    for (const claimedDate of ['2026-11-23', '2199-12-31']) {
      const facts = { ...factsOf('2026-11-23', claimedDate), calendars };
      expect(outcome(() => assertStep('2199-12-31', facts))).toBe('BUSINESS_DATE_STEP');
    }
  });
});

describe('founders set the date', () => {
  it.each<[string | undefined, string, string, string]>([
    [undefined, '2026-11-23', '2026-11-23', 'taken'],
    [undefined, '2026-11-23', '2020-01-01', 'taken'], // a network may begin with what is past
    ['2026-11-23', '2026-11-23', '2027-12-31', 'taken'],
    ['2026-11-23', '2026-11-23', '2026-11-28', 'taken'], // no business day
    ['2026-11-23', '2026-11-23', '2028-01-01', 'CALENDAR_ENDS'],
    ['2026-11-23', '2026-11-23', '2026-11-23', 'taken'], // another calendar, other keepers
    ['2027-06-30', '2026-11-23', '2026-11-23', 'taken'],
    ['2027-06-30', '2026-11-23', '2026-11-16', 'taken'],
    ['2027-06-30', '2026-11-23', '2026-11-15', 'BUSINESS_DATE_BACKWARDS'],
    ['2026-11-10', '2026-11-23', '2026-11-09', 'BUSINESS_DATE_BACKWARDS'],
    ['2026-11-10', '2026-11-23', '2026-11-11', 'taken'],
  ])('from %s, on %s, to %s: %s', (from, claimedDate, date, code) => {
    expect(settable(date, 'CN', factsOf(from, claimedDate))).toBe(code);
  });

  it('by a calendar that is there', () => {
    expect(settable('2026-11-24', 'AU', factsOf(undefined, '2026-11-23'))).toBe('CALENDAR_UNKNOWN');
  });
});

describe('keepers step the date alone', () => {
  it.each<[string | undefined, string, string, boolean]>([
    ['2026-11-16', '2026-11-23', '2026-11-17', true],
    ['2026-11-16', '2026-11-22', '2026-11-17', false], // six days behind
    ['2026-11-16', '2026-11-23', '2026-11-18', false], // two business days
    ['2026-11-13', '2026-11-23', '2026-11-16', true], // over a weekend
    [undefined, '2026-11-23', '2026-11-16', false],
  ])('from %s, on %s, to %s: %p', (from, claimedDate, date, alone) => {
    expect(isForKeepers(date, factsOf(from, claimedDate))).toBe(alone);
  });

  const behind = (keepers: string[], more: Partial<RegistryFacts> = {}): RegistryFacts => ({
    ...{ ...FACTS, caller: callers.maker, claimedDate: '2026-12-01', businessDate: dateRecord('2026-11-23', keepers) },
    ...more,
  });
  /** What becomes of a step that another of the bank has proposed, by that one's clock. */
  const second = (facts: RegistryFacts, claimedDate = '2026-12-01'): unknown => {
    const first = { mspId: MSP.bank, identity: personOf('f'), claimedDate };
    const [proposal] = approved(proposalOf([changes.businessDate], [first]), facts);
    return proposal?.op === 'publish' ? (proposal.record as { readonly state: string }).state : undefined;
  };

  it('with two people, where the founders named their organisation', () => {
    expect(second(behind([MSP.bank]))).toBe('APPLIED');
    expect(second(behind([MSP.issuer]))).toBe('OPEN');
    expect(second(behind([]))).toBe('OPEN');
  });

  it('with no fewer, and not before the date is a week behind', () => {
    const alone = { proposalId: PROPOSAL, changes: [changes.businessDate] };
    expect(proposed(alone, behind([MSP.bank]))).toHaveLength(1);
    expect(second(behind([MSP.bank], { claimedDate: '2026-11-29' }))).toBe('OPEN');
  });

  it('by the clock of each of the two, whoever comes last', () => {
    expect(second(behind([MSP.bank]), '2026-11-29')).toBe('OPEN');
    expect(second(behind([MSP.bank]), '2026-11-30')).toBe('APPLIED');
  });

  it("whatever another organisation's clock says", () => {
    const voices = [
      { mspId: MSP.issuer, identity: personOf('f'), claimedDate: '2026-11-23' },
      { mspId: MSP.bank, identity: personOf('f'), claimedDate: '2026-12-01' },
    ];
    const [proposal] = approved(proposalOf([changes.businessDate], voices), behind([MSP.bank]));
    expect(proposal).toMatchObject({ record: { state: 'APPLIED' } });
  });

  it('and the day that each claims is kept with its approval', () => {
    const [proposal] = proposed({ proposalId: PROPOSAL, changes: [changes.businessDate] }, behind([MSP.bank]));
    expect(proposal).toMatchObject({ record: { approvals: [{ mspId: MSP.bank, claimedDate: '2026-12-01' }] } });
  });

  it('and not once they have left', () => {
    const organizations = [{ mspId: MSP.bank, state: 'LEFT' as const }];
    expect(second(behind([MSP.bank], { departures: { ...FACTS.departures, organizations } }))).toBe('OPEN');
  });
});

it('is stepped by a record that keeps its calendar and keepers, and counts', () => {
  const three = [MSP.issuer, MSP.issuer, MSP.bank].map((mspId, place) => ({
    mspId,
    identity: personOf(String(place)),
  }));
  const facts = { ...FACTS, caller: callers.maker, businessDate: { ...dateRecord('2026-11-23', ['X']), version: 7 } };
  expect(approved(proposalOf([changes.businessDate], three), facts)[1]).toMatchObject({
    record: { schema: 'tenor.businessDate/1', date: '2026-11-24', calendar: 'CN', keepers: ['X'], version: 8 },
  });
});

it("is refused by the clock of each who approves it, not only by the last one's", () => {
  const one = proposalOf([changes.businessDate], [{ mspId: MSP.bank, identity: personOf('f') }]);
  const early = { ...FACTS, caller: callers.maker, claimedDate: '2026-11-20' };
  expect(codeOf(() => approved(one, early))).toBe('BUSINESS_DATE_AHEAD');
});
