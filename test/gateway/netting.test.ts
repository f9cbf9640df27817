/** The example of netting on devnet: what it says, and that it leaves nothing behind. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Example, refusalsIn, saysHowItIsCalled, under } from '../support/example.js';

const example = new Example('netting');
beforeAll(() => example.prepare());
afterAll(() => example.clear());

describe('The example of netting', () => {
  it('closes the promises of four companies with two payments, and says who sees what', async () => {
    const stdout = await example.plays();
    expect(under(stdout, 'Before the netting').filter((line) => line.includes(' owes '))).toEqual([
      'Ansteel International Trade owes CNY 100000000.00 on 2027-03-23',
      'Rio Tinto Iron Ore owes CNY 80000000.00 on 2027-03-23',
      'North Railway owes CNY 110000000.00 on 2027-03-23',
      'Pilbara Power owes CNY 80000000.00 on 2027-03-23',
    ]);
    expect(under(stdout, 'The netting')[0]).toBe(
      '4 promises of CNY 370000000.00 in all; CNY 50000000.00 of money is left to pay',
    );
    expect(refusalsIn(stdout)).toEqual(['approve without the money: NET_MISMATCH']);
    expect(stdout.match(/^ok {2}pay CNY \d+\.\d\d, report ACCC/gm)).toEqual([
      'ok  pay CNY 20000000.00, report ACCC',
      'ok  pay CNY 30000000.00, report ACCC',
    ]);
    const [, seen = ''] = stdout.split('What each sees of these 6 legs');
    // The railway sees neither the mill's promise nor what the mill pays, and the bank of the payees sees no promise at all.
    expect(/railway \(north-rail\) +([^]+?)\n {4}\w/.exec(seen)?.[1]?.split(/\n +/)).toEqual([
      'CNY 80000000.00 north-rail > rio-tinto: a slice, back to its issuer',
      'CNY 110000000.00 pilbara-power > north-rail: a slice, back to its issuer',
      'CNY 30000000.00 north-rail > pilbara-power: money',
    ]);
    expect(/third-bank \(southern\) +([^]+?)\n\n/.exec(seen)?.[1]?.split(/\n +/)).toEqual([
      'CNY 20000000.00 ansteel > rio-tinto: money',
      'CNY 30000000.00 north-rail > pilbara-power: money',
    ]);
    expect(seen).toMatch(/operator \(baowu\) +nothing\n/);
    expect(under(stdout, 'After the netting')).toEqual(['nobody owes anything any more']);
  });

  saysHowItIsCalled(example);
});
