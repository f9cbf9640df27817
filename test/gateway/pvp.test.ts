/** The example of payment against payment on devnet: what it says, and that it leaves nothing behind. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { survivors } from '../support/processes.js';
import { Example, refusalsIn, saysHowItIsCalled, under } from '../support/example.js';

const example = new Example('pvp');
beforeAll(() => example.prepare());
afterAll(() => example.clear());

describe('The example of payment against payment', () => {
  it('pays both amounts or none, and says who sees what', async () => {
    const stdout = await example.plays();
    // 1,000,000.50 at 7.1387 are 7,138,703.56 and 9,350 parts of 10,000 of a fen.
    expect(under(stdout, '1. Both banks block')[0]).toBe(
      'USD 1000000.50 against CNY 7138703.56, at 71387/10000 (CFETS); rounding leaves 9350/10000 of a minor unit, which is booked',
    );
    expect(refusalsIn(stdout)).toEqual([
      'commit while one amount is not blocked: NOT_PROVEN',
      'pay before the batch is committed: OUTCOME_MISSING',
      'give it free before the last day is over: BATCH_OPEN',
      'commit after the last day: NOT_PROVEN',
    ]);
    const seen = under(
      stdout,
      'What each sees of these 2 legs, in its own book. Of the others it sees hashes at most.',
    );
    expect(seen.slice(0, 5).map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      'supplier (rio-tinto) USD 1000000.50 rio-tinto > pilbara-mining: money',
      'CNY 7138703.56 pilbara-mining > rio-tinto: money',
      'contractor (pilbara-mining) USD 1000000.50 rio-tinto > pilbara-mining: money',
      'CNY 7138703.56 pilbara-mining > rio-tinto: money',
      'operator (baowu) nothing',
    ]);
    expect(stdout).toContain("Harbour Bank's book: COMMITTED; Southern Bank's book: COMMITTED");
    expect(stdout).toContain("Harbour Bank's book: no outcome; Southern Bank's book: no outcome");
  });

  it('stopped in the middle says so, and leaves nothing behind', async () => {
    const { program, below } = await example.until(/ok {2}block USD/);
    program.signal('SIGINT');
    expect(await program.ended).toMatchObject({
      ...{ code: 130, signal: null },
      stderr: 'Interrupted by Ctrl-C (SIGINT): npm run pvp was not finished. The network is stopped and removed.\n',
    });
    expect(await survivors(below)).toEqual([]);
    expect(await example.left()).toEqual([]);
  });

  it('whose network dies says which process is gone, and leaves nothing behind', async () => {
    const { program, below } = await example.until(/ok {2}instruct USD/);
    const peer = below.find(({ command }) => /drivers\/devnet\/process/.test(command));
    process.kill(peer?.pid ?? 0, 'SIGKILL');
    const { code, stderr } = await program.ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/Process devnet is not running/) });
    expect(stderr).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    expect(await survivors(below)).toEqual([]);
    expect(await example.left()).toEqual([]);
  });

  it('that has no folder to write to says what to do', async () => {
    const { code, stderr } = await example.runIn('/nowhere');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/nowhere.*Set TMPDIR/) });
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  saysHowItIsCalled(example);
});
