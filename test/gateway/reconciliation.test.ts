/** The example of a day's end on devnet: what it says, and that it leaves nothing behind. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run, type Ended } from '../support/processes.js';

const EXAMPLE = resolve(__dirname, '../../examples/dist/reconciliation/run.js');
let work: string;
const example = (...args: string[]): Promise<Ended> =>
  run(process.execPath, [EXAMPLE, ...args], { env: { ...process.env, TMPDIR: work } });

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'tenor reconciliation '));
});
afterAll(() => rm(work, { recursive: true, force: true }));

/** What it says under a title. */
const under = (stdout: string, title: string): readonly string[] =>
  (stdout.split(`${title}\n`)[1]?.split('\n\n')[0] ?? '').split('\n').map((line) => line.trim());

describe('The example of a day end', () => {
  it('says what is owed, reconciles, and finds the three things that are wrong', async () => {
    const { code, stdout, stderr } = await example();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
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
    expect(await readdir(work)).toEqual([]);
  });

  it('says how it is called, and refuses what it does not know', async () => {
    expect(await example('--help')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^npm run reconciliation/),
    });
    expect(await example('--frobnicate')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/frobnicate[^]*npm run reconciliation/),
    });
  });
});
