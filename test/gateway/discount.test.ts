/** The example of a discount on devnet: what it says, and that it leaves nothing behind. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Example, refusalsIn, saysHowItIsCalled, under } from '../support/example.js';

const example = new Example('discount');
beforeAll(() => example.prepare());
afterAll(() => example.clear());

const plain = (line: string): string => line.replaceAll(/ +/g, ' ');

describe('The example of a discount', () => {
  it('asks three banks of which none sees the others, takes the better of two quotes, and says who sees what', async () => {
    const stdout = await example.plays();
    expect(under(stdout, 'What each bank sees of the requests, in its own book').map(plain)).toEqual([
      'bank (icbc) its own: 1; of others: 0',
      'second-bank (harbour) its own: 1; of others: 0',
      'fourth-bank (eastern) its own: 1; of others: 0',
    ]);
    // 6,000,000.00 for 120 days of 360: at 2.85 % 57,000.00 and a fee of 100.00, at 3.10 % 62,000.00.
    const compared = under(stdout, 'What Rio Tinto Iron Ore compares, in its own book').map(plain);
    expect(compared.map((line) => line.replace(/ at .+ recourse; /, ' '))).toEqual([
      'Harbour Bank USD 6000000.00 pays USD 5942900.00',
      'Industrial and Commercial Bank of China USD 6000000.00 pays USD 5938000.00',
    ]);
    expect(refusalsIn(stdout)).toEqual([
      "read another bank's request: NOT_FOUND",
      'commit before the money has come: NOT_PROVEN',
      'take the slice before the commitment: OUTCOME_MISSING',
    ]);
    const [, seen = ''] = stdout.split('What each sees of these 3 legs');
    expect(/bank \(icbc\) +([^]+?)\n {4}\w/.exec(seen)?.[1]?.split(/\n +/)).toEqual([
      'USD 4000000.00 rio-tinto > harbour: a slice',
      'USD 2000000.00 rio-tinto > harbour: a slice',
    ]);
    expect(seen).toMatch(/fourth-bank \(eastern\) +nothing\n/);
    // 4,000,000.00 at 3.10 % for 120 days of 360: 41,333.33.
    expect(stdout).toContain('ICBC holds the slice, and owes USD 3958666.67 on ');
    expect(under(stdout, "In ICBC's register")).toEqual([
      'slice of USD 4000000.00, FREE: Harbour Bank; answers with recourse: Rio Tinto Iron Ore',
      'slice of USD 2000000.00, FREE: Harbour Bank; answers with recourse: Rio Tinto Iron Ore',
    ]);
  });

  saysHowItIsCalled(example);
});
