/** Netting: what a party surrenders and takes back cancels out against the money that it pays or gets. Worked out by hand. */
import { describe, expect, it } from '@jest/globals';
import { assertNets } from '../../../chaincode/src/domain/netting.js';
import type { HeldSlice } from '../../../chaincode/src/domain/vouched.js';
import type { Leg } from '../../../chaincode/src/protocol/records/index.js';

const legOf = (what: Leg['what'], sender: string, receiver: string, amount: string, changes: Partial<Leg> = {}): Leg =>
  ({ what, sender, receiver, amount, currency: 'CNY', nets: true, ...changes }) as Leg;
const dueOn = (paymentDate: string): HeldSlice =>
  ({ certificate: { terms: { record: { paymentDate } } } }) as unknown as HeldSlice;

const surrender = (sender: string, receiver: string, amount: string, changes?: Partial<Leg>): Leg =>
  legOf('SURRENDER', sender, receiver, amount, changes);
const pay = (sender: string, receiver: string, amount: string, changes?: Partial<Leg>): Leg =>
  legOf('CREDIT', sender, receiver, amount, changes);

const outcomeOf = (legs: readonly Leg[], party: string, dates: readonly string[] = ['2027-03-15']): string => {
  try {
    assertNets(legs, dates.map(dueOn), party);
    return 'nets';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('assertNets', () => {
  it.each([
    ['a cycle of four that owe each other the same', 'A', [surrender('A', 'D', '100'), surrender('B', 'A', '100')]],
    [
      'who is owed more gets the difference',
      'A',
      [surrender('A', 'B', '100'), surrender('B', 'A', '80'), pay('B', 'A', '20')],
    ],
    [
      'who owes more pays the difference',
      'B',
      [surrender('A', 'B', '100'), surrender('B', 'A', '80'), pay('B', 'A', '20')],
    ],
    [
      'several of each',
      'A',
      [surrender('A', 'B', '60'), surrender('A', 'C', '40'), surrender('B', 'A', '30'), pay('C', 'A', '70')],
    ],
    ['a batch that does not net is not looked at', 'A', [surrender('A', 'B', '100', { nets: undefined })]],
  ])('%s', (_, party, legs) => {
    expect(outcomeOf(legs, party)).toBe('nets');
  });

  it.each([
    ['one unit too little', 'A', [surrender('A', 'B', '100'), surrender('B', 'A', '80'), pay('B', 'A', '19')]],
    ['one unit too much', 'A', [surrender('A', 'B', '100'), surrender('B', 'A', '80'), pay('B', 'A', '21')]],
    ['the money goes the wrong way', 'A', [surrender('A', 'B', '100'), surrender('B', 'A', '80'), pay('A', 'B', '20')]],
    ['one leg does not say that it nets', 'A', [surrender('A', 'B', '100'), pay('B', 'A', '100', { nets: undefined })]],
    ['another currency', 'A', [surrender('A', 'B', '100'), pay('B', 'A', '100', { currency: 'USD' })]],
    ['a slice that passes to another holder', 'A', [legOf('SLICE', 'A', 'B', '100'), pay('B', 'A', '100')]],
  ])('refuses %s', (_, party, legs) => {
    expect(outcomeOf(legs, party)).toBe('NET_MISMATCH');
  });

  it('refuses slices of two payment dates', () => {
    const legs = [surrender('A', 'B', '100'), surrender('B', 'A', '100')];
    expect(outcomeOf(legs, 'A', ['2027-03-15', '2027-03-16'])).toBe('NET_MISMATCH');
    expect(outcomeOf(legs, 'A', ['2027-03-15', '2027-03-15'])).toBe('nets');
  });
});
