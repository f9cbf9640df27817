/** Events: names and ids only, in ledger order, resumed where the last one was handled. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newFileCheckpointer, type TenorEvent, type Tenor } from '@tenor/client';
import { issue, offerSlice, split } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { World } from '../support/world.js';

/** Reads events until one of `transaction` has been handled. */
async function readUntil(
  client: Tenor,
  transaction: string,
  path: string | undefined,
  startBlock?: bigint,
): Promise<TenorEvent[]> {
  const stop = new AbortController();
  const seen: TenorEvent[] = [];
  const options = { signal: stop.signal, ...(path === undefined ? {} : { checkpointer: newFileCheckpointer(path) }) };
  for await (const event of client.events(startBlock === undefined ? options : { ...options, startBlock })) {
    seen.push(event);
    if (event.transaction === transaction) break;
  }
  stop.abort();
  return seen;
}

/** Events on any ledger. */
export function shouldTellWhatHappened(open: OpenLedger): void {
  describe('events', () => {
    let world: World;
    let folder: string;

    beforeAll(async () => {
      world = await World.found(await open());
      folder = await mkdtemp(join(tmpdir(), 'tenor-events-'));
    }, 120_000);

    afterAll(async () => {
      await world.close();
      await rm(folder, { recursive: true, force: true });
    });

    it('come in ledger order with the ids of their transaction and nothing else', async () => {
      const issued = await issue(world);
      const parts = await split(world, issued.sliceId, ['40000', '60000']);
      // The operator's organisation is no party: it sees the same names and ids.
      const seen = await readUntil(world.people('bank').checker, 'certificate:split', undefined, 0n);
      const names = seen.map(({ transaction }) => transaction).filter((name) => name.startsWith('certificate:'));
      expect(names).toEqual([
        ...[
          'certificate:prepare',
          'certificate:openLine',
          'certificate:claim',
          'certificate:draft',
          'certificate:submit',
        ],
        ...[
          'certificate:prepare',
          'certificate:confirm',
          'certificate:offer',
          'certificate:accept',
          'certificate:split',
        ],
      ]);
      const last = seen.at(-1);
      expect(last?.name).toBe('tenor.slice.split.v1');
      expect(last?.ids).toEqual({ sliceId: issued.sliceId, partIds: parts });
      expect(seen.find(({ transaction }) => transaction === 'certificate:accept')?.ids).toEqual({
        certificateIds: [issued.certificateId],
        sliceIds: [issued.sliceId],
      });
      const blocks = seen.map(({ blockNumber }) => blockNumber);
      expect([...blocks].sort((a, b) => Number(a - b))).toEqual(blocks);
    }, 120_000);

    it('resume after the last one handled, and repeat one that was not', async () => {
      const path = join(folder, 'checkpoint.json');
      const client = world.people('bank').checker;
      const first = await readUntil(client, 'certificate:openLine', path, 0n);
      // The loop was left while handling the opening of the line: it comes again.
      const second = await readUntil(client, 'certificate:split', path);
      expect(second[0]?.transactionId).toBe(first.at(-1)?.transactionId);
      expect(second.at(-1)?.transaction).toBe('certificate:split');
      const sliceId = String(second.at(-1)?.ids['partIds']?.[0]);
      const third = readUntil(client, 'certificate:transfer', path);
      await offerSlice(world, sliceId);
      expect((await third).map(({ transaction }) => transaction)).toEqual([
        'certificate:split',
        'certificate:prepare',
        'certificate:transfer',
      ]);
    }, 120_000);

    it('refuse a torn checkpoint instead of starting somewhere', async () => {
      const path = join(folder, 'torn.json');
      await writeFile(path, '{"blockNumber":"1');
      const events = world.people('bank').checker.events({ checkpointer: newFileCheckpointer(path) });
      await expect(events.next()).rejects.toMatchObject({ code: 'CONFIGURATION' });
    });
  });
}
