/** Events: one for each committed transaction, with ids and names only, in ledger order, at least once, resumable from a durable checkpoint. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { newFileCheckpointer, type EventOptions, type Receipt, type Tenor, type TenorEvent } from '@tenor/client';
import type { World, PartyName } from '../support/world.js';
import { textsIn } from './badInputSpoils.js';
import { refusal } from './dealBooks.js';
import { asGiven, stand, type Ready } from './dealStand.js';
import { walk } from './dealWalk.js';

/** Listens until the event of a transaction has come. */
async function listenUntil(
  tenor: Tenor,
  transactionId: string | undefined,
  options: EventOptions,
): Promise<TenorEvent[]> {
  const events: TenorEvent[] = [];
  const stop = new AbortController();
  for await (const event of tenor.events({ ...options, signal: stop.signal })) {
    events.push(event);
    if (event.transactionId === transactionId) stop.abort();
  }
  return events;
}

/** A step of the walk as it was taken. */
export interface Taken {
  readonly ready: Ready;
  readonly receipt: Receipt;
}

/** What the listeners hear of a whole deal, each step of which was taken. */
export function shouldTellEvents(world: () => World, taken: readonly Taken[]): void {
  describe('events', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenor-events-'));
    const listener = (): Tenor => world().people('operator').stranger;
    const last = (): string | undefined => taken.at(-1)?.receipt.transactionId;
    const heard = (): Promise<TenorEvent[]> => listenUntil(listener(), last(), { startBlock: 0n });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    whatIsTold(world, taken, heard);
    whereItResumes(() => ({ listener: listener(), last: last(), folder, heard }));
  });
}

function whatIsTold(world: () => World, taken: readonly Taken[], heard: () => Promise<TenorEvent[]>): void {
  it('tell of every command by its name, with its ids and nothing else', async () => {
    const events = new Map((await heard()).map((event) => [event.transactionId, event]));
    for (const { ready, receipt } of taken) {
      const event = events.get(receipt.transactionId ?? '');
      const [name, ids] = ready.step.event;
      expect(event).toMatchObject({ name, transaction: ready.step.name, blockNumber: receipt.blockNumber });
      expect(
        Object.keys(event?.ids ?? {})
          .sort()
          .join(' '),
      ).toBe(ids);
      expect(Object.keys(event ?? {}).sort()).toEqual([
        ...['blockNumber', 'creatorMspId', 'ids', 'inOwnBook', 'name', 'transaction', 'transactionId'],
      ]);
    }
  });

  it.each<PartyName>(['operator', 'bank'])(
    'say to %s who sent it, and whether it wrote into the own book',
    async (name) => {
      const { mspId, maker } = world().people(name);
      const told = await listenUntil(maker, taken.at(-1)?.receipt.transactionId, { startBlock: 0n });
      for (const { ready, receipt } of taken) {
        // The registry is public state: its changes are in nobody's book.
        const writes = !ready.step.name.startsWith('registry:') && ready.endorsers.includes(mspId);
        const event = told.find(({ transactionId }) => transactionId === receipt.transactionId);
        expect([ready.step.name, event?.creatorMspId, event?.inOwnBook]).toEqual([
          ready.step.name,
          ready.by.mspId,
          writes,
        ]);
      }
    },
  );

  it('carry the ids of the request as they are', async () => {
    const accepted = taken.find(({ ready }) => ready.step.name === 'certificate:accept');
    if (accepted === undefined) throw new Error('no case took certificate:accept');
    const { items } = accepted.ready.request as { items: { certificateId: string; sliceId: string }[] };
    const event = (await heard()).find(({ transactionId }) => transactionId === accepted.receipt.transactionId);
    expect(event?.ids).toEqual({
      certificateIds: items.map(({ certificateId }) => certificateId),
      sliceIds: items.map(({ sliceId }) => sliceId),
    });
  });

  it('hold nothing of any private part', async () => {
    const told = JSON.stringify(await heard(), (_key, value: unknown) => (typeof value === 'bigint' ? '' : value));
    const inPublic = JSON.stringify(taken.map(({ ready: { step, request } }) => [step.name, request]));
    const secrets = taken.flatMap(({ ready }) => textsIn(ready.secret)).filter((text) => !inPublic.includes(text));
    expect(secrets.length).toBeGreaterThan(20);
    expect(secrets.filter((text) => told.includes(text))).toEqual([]);
    // A random id may well hold the letters, and `financing:limit` is the name of a command.
    expect(told).not.toMatch(/"USD"|"CNY"|amount|"limit/);
  });

  it('come in ledger order, to every organisation alike', async () => {
    const [events, ofBank] = [
      await heard(),
      await listenUntil(world().people('bank').maker, taken.at(-1)?.receipt.transactionId, { startBlock: 0n }),
    ];
    const alike = (all: readonly TenorEvent[]): object[] => all.map(({ inOwnBook: _own, ...event }) => event);
    expect(alike(ofBank)).toEqual(alike(events));
    const blocks = events.map(({ blockNumber }) => Number(blockNumber));
    expect(blocks).toEqual([...blocks].sort((a, b) => a - b));
    const order = taken.map(({ receipt }) => receipt.transactionId);
    const told = events.map(({ transactionId }) => transactionId).filter((id) => order.includes(id));
    expect(told).toEqual(order);
  });

  it('tell nothing of what was refused or found invalid', async () => {
    const before = await heard();
    const { sender } = world().people('bank').maker;
    const [step] = walk(world).filter(({ name }) => name === 'ticket:prepare');
    if (step === undefined) throw new Error('the walk has no such step');
    const ready = await stand(world(), step);
    const { argument, transient } = asGiven(ready);
    const invalid = await refusal(sender.submitOnce(step.name, argument, transient, [world().people('issuer').mspId]));
    const valid = await sender.submitOnce(step.name, argument, transient, ready.endorsers);
    const after = await listenUntil(world().people('bank').maker, valid.transactionId, { startBlock: 0n });
    expect(after.length).toBe(before.length + 1);
    expect(after.map(({ transactionId }) => transactionId)).not.toContain(invalid.transactionId);
  });
}

interface Scene {
  readonly listener: Tenor;
  readonly last: string | undefined;
  readonly folder: string;
  readonly heard: () => Promise<TenorEvent[]>;
}

function whereItResumes(scene: () => Scene): void {
  it('resume after the last one handled, in another process', async () => {
    const { listener, last, folder, heard } = scene();
    const all = await heard();
    const path = join(folder, 'resume.json');
    const first = await listenUntil(listener, all[4]?.transactionId, {
      checkpointer: newFileCheckpointer(path),
      startBlock: 0n,
    });
    const second = await listenUntil(listener, last, { checkpointer: newFileCheckpointer(path), startBlock: 0n });
    expect([...first, ...second]).toEqual(all);
  });

  it('come again when handling them did not end', async () => {
    const { listener, folder, heard } = scene();
    const all = await heard();
    const options = { checkpointer: newFileCheckpointer(join(folder, 'again.json')), startBlock: 0n };
    let count = 0;
    for await (const { transactionId } of listener.events(options)) {
      expect(transactionId).toBe(all[count]?.transactionId);
      if (++count === 3) break; // the handler dies on the third
    }
    const [third] = await listenUntil(listener, all[2]?.transactionId, options);
    expect(third).toEqual(all[2]);
  });

  it.each([
    ['cut off', '{"blockNumber":"12","transactionId":"ab'],
    ['empty', ''],
    ['of another program', '{"blockNumber":"12"}'],
    ['with a number for a block', `{"blockNumber":12,"transactionId":"${'ab'.repeat(32)}"}`],
  ])('refuse a checkpoint that is %s, and name the file', async (what, content) => {
    const { listener, last, folder } = scene();
    const path = join(folder, `torn ${what}.json`);
    writeFileSync(path, content);
    const error = await refusal(
      listenUntil(listener, last, { checkpointer: newFileCheckpointer(path), startBlock: 0n }),
    );
    expect(error).toMatchObject({ code: 'CONFIGURATION', data: { problem: `not a checkpoint: ${path}` } });
  });

  it('refuse a checkpoint that cannot be read', async () => {
    const { listener, last, folder } = scene();
    const path = join(folder, 'a folder');
    mkdirSync(path);
    const error = await refusal(listenUntil(listener, last, { checkpointer: newFileCheckpointer(path) }));
    expect(error.code).toBe('CONFIGURATION');
  });
}
