/** The example of a day's end on devnet: what it says, and that it leaves nothing behind. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Example, saysHowItIsCalled, under } from '../support/example.js';

const example = new Example('reconciliation');
beforeAll(() => example.prepare());
afterAll(() => example.clear());

describe('The example of a day end', () => {
  it('says what is owed, reconciles, and finds the three things that are wrong', async () => {
    const stdout = await example.plays();
    expect(under(stdout, 'Before the money moves')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Rio Tinto Iron Ore is owed USD 30000000\.00 on 2027-03-23, promised by .+ \(FREE\)$/),
        expect.stringMatching(/ owes USD 34000000\.00 on 2027-03-23$/),
        expect.stringMatching(/ answers for USD 34000000\.00 on 2027-03-23 if .+ does not pay$/),
      ]),
    );
    expect(under(stdout, 'At the end of the day')).toEqual(['nobody owes anything any more']);
    expect(under(stdout, 'The day as the bank counts it').map((line) => line.split(',')[0])).toEqual([
      ...['paid: 2 for USD 34000000.00', 'presented: 2 for USD 34000000.00', 'redeemed: 2 for USD 34000000.00'],
    ]);
    const right = under(stdout, "The bank's book and its statements, as they should be");
    expect(right.map((line) => line.split(':')[0])).toEqual([
      ...Array<string>(4).fill('MATCHED'),
      'Book and statements agree.',
    ]);
    const wrong = under(stdout, 'The same with three things wrong');
    expect(
      wrong
        .filter((line) => /^(MISSING|EXTRA|DIFFERENT) /.test(line))
        .map((line) => line.split(':')[0])
        .sort(),
    ).toEqual(['DIFFERENT AMOUNT_DIFFERS', 'EXTRA CREDIT_REPEATED', 'MISSING DEBIT_MISSING']);
  });

  saysHowItIsCalled(example);
});
