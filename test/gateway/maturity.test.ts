/** The example of a maturity run on devnet: what it says, and that it leaves nothing behind. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Example, saysHowItIsCalled, under } from '../support/example.js';

const example = new Example('maturity');
beforeAll(() => example.prepare());
afterAll(() => example.clear());

/** How many slices took a step, over all runs. */
const taken = (stdout: string, step: string): number =>
  [...stdout.matchAll(new RegExp(`^ok {2}${step} +(\\d+) slices `, 'gm'))].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );

describe('The example of a maturity run', () => {
  it('is interrupted, goes on where it stopped, and takes each step once', async () => {
    const stdout = await example.plays();
    const first = under(stdout, '1. It is 2027-03-23. ICBC runs, and is interrupted after 3 steps');
    expect(first.filter((line) => line.startsWith('ok ')).length).toBeGreaterThanOrEqual(3);
    expect(first.join('\n')).toMatch(
      /^\d+ slices are left at \w+: STOPPED\. The run was told to stop before this step\. Run again\.$/m,
    );
    const second = under(stdout, '2. Another process of ICBC runs again: it finds on the ledger what was done');
    expect(second.at(-1)).toMatch(/^20 slices are left at discharge: ATTESTATION_NEEDED\. \w/);
    expect(under(stdout, '4. ICBC runs once more').at(-1)).toBe('nothing is left');
    for (const step of ['present', 'announce', 'report', 'discharge', 'redeem'])
      expect({ step, slices: taken(stdout, step) }).toEqual({ step, slices: 20 });
    expect(
      under(stdout, 'How many presentments each sees, in its own book').map((line) => line.replaceAll(/ +/g, ' ')),
    ).toEqual([
      'issuer (ansteel) none',
      'bank (icbc) CNY 2000000.00, CNY 6000000.00, USD 4000000.00, USD 8000000.00',
      'supplier (rio-tinto) CNY 6000000.00, USD 8000000.00',
      'contractor (pilbara-mining) CNY 2000000.00, USD 4000000.00',
      'operator (baowu) none',
      'second-bank (harbour) CNY 2000000.00, USD 4000000.00',
      'third-bank (southern) CNY 6000000.00, USD 8000000.00',
    ]);
    expect(stdout).toContain('4 payments were sent for 4 presentments: CNY 8000000.00 and USD 12000000.00');
    expect(stdout).toContain('The certificates are SETTLED.');
  });

  saysHowItIsCalled(example);
});
