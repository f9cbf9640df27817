/** Which presentments a maturity run discharges by one call. */
import { expect, it } from '@jest/globals';
import { dischargeablesOf } from '../../../client/src/desk/maturityDischarges.js';
import { changed, CONTRACTOR, idOf, MSP, OTHER_UETR, PRESENTMENT, UETR } from '../../commands/support/facts.js';

type Record = typeof PRESENTMENT.record;
const presentment = (number: number, changes: Partial<Record> = {}): Record =>
  changed(PRESENTMENT, { id: idOf('supplier', 'supplier', 'presentment', number), ...changes }).record;
const slices = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => idOf('bank', 'supplier', 'slice', index));
const calls = (...of: readonly (readonly [Record, ...string[]])[]): string[][] =>
  dischargeablesOf(of.map(([record, ...paymentIds]) => ({ record, paymentIds }))).map((call) =>
    call.map(({ record }) => record.id),
  );

const [first, second, third] = [presentment(1), presentment(2), presentment(3)];

it('of holders in one organisation go together, ten at most', () => {
  expect(calls([first, UETR], [second, OTHER_UETR])).toEqual([[first.id, second.id]]);
  const many = Array.from({ length: 11 }, (_, index) => presentment(index + 1));
  expect(calls(...many.map((each): [Record, string] => [each, UETR])).map((call) => call.length)).toEqual([10, 1]);
});

it('of holders in two organisations, and of two banks, do not', () => {
  const elsewhere = presentment(2, { holder: CONTRACTOR, holderMsp: MSP.contractor });
  expect(calls([first, UETR], [elsewhere, OTHER_UETR], [third, UETR])).toEqual([[first.id, third.id], [elsewhere.id]]);
  const ofAnother = presentment(2, { bank: CONTRACTOR });
  expect(calls([first, UETR], [ofAnother, OTHER_UETR])).toEqual([[first.id], [ofAnother.id]]);
});

it('have fifty slices together at most, and one that has more is alone', () => {
  const sized = [30, 20, 1, 60, 1].map((count, index) => presentment(index + 1, { sliceIds: slices(count) }));
  expect(calls(...sized.map((each): [Record, string] => [each, UETR])).map((call) => call.length)).toEqual([
    2, 1, 1, 1,
  ]);
});

it('that several payments pay, or one without a UETR, are alone', () => {
  expect(calls([first, UETR, OTHER_UETR], [second, second.id], [third, UETR])).toEqual([
    [third.id],
    [first.id],
    [second.id],
  ]);
});
