/** The same race for a line through the real client, shim and validator, in orders that come from a seed. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { TenorError } from '@tenor/client';
import { openLine, submitCertificate } from '../support/deal.js';
import { openInProcess } from '../support/inProcessLedger.js';
import { World } from '../support/world.js';
import { SEED } from './support/report.js';

const AMOUNTS = ['300', '400', '500', '600'];
const LIMIT = 1000n;

let world: World | undefined;
afterEach(async () => {
  await world?.close();
});

async function outcomeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
    return 'committed';
  } catch (error) {
    if (error instanceof TenorError) return error.code;
    throw error;
  }
}

describe.each([SEED, SEED + 1])('with seed %i', (seed) => {
  it('confirms what fits the line, and no more, when all are confirmed at once', async () => {
    world = await World.found(await openInProcess('five-org', seed));
    const lineId = await openLine(world, { limit: LIMIT.toString() });
    const calls: { certificateIds: string[]; lineId: string; ticketId: string }[] = [];
    for (const amount of AMOUNTS) {
      calls.push({
        certificateIds: [await submitCertificate(world, amount)],
        lineId,
        ticketId: world.people('bank').checker.newId(),
      });
    }
    const { maker, checker, party } = world.people('bank');
    for (const call of calls) await maker.ticket.prepare('certificate:confirm', call, { party, expiresOn: world.date });
    const outcomes = await Promise.all(calls.map((call) => outcomeOf(checker.certificate.confirm(call))));
    const confirmed = AMOUNTS.filter((_, index) => outcomes[index] === 'committed').map(BigInt);
    const drawn = confirmed.reduce((sum, amount) => sum + amount, 0n);
    const { record, current } = await checker.book.line.get(lineId);
    expect([record.utilised, current]).toEqual([drawn.toString(), true]);
    expect(drawn > 0n && drawn <= LIMIT).toBe(true);
    expect(outcomes.filter((outcome) => !['committed', 'LINE_EXCEEDED', 'CONFLICT'].includes(outcome))).toEqual([]);
  });
});
