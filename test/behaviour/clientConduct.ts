/**
 * The client with peers that stop and come back, and many clients at once on one line. Within its deadlines the client names the peer
 * that it cannot reach. It resumes operations whose outcome it lost. Whatever the order of the calls, nothing is drawn twice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenorError, newFileCheckpointer, newReference, type Tenor, type TenorEvent } from '@tenor/client';
import { claimDocument, claimInvoice, contentOf, openLine, submitCertificate } from '../support/deal.js';
import type { TopologyName } from '@tenor/network';
import { itApart } from '../support/hosting.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World } from '../support/world.js';
import { outcome, refusal, utilised } from './dealBooks.js';

const AMOUNT = 1_000n;
/** Longest that a call may take when a peer is stopped: the endorse deadline with some room. */
const PATIENCE_MS = 12_000;
/** Longest that a peer which is back is not found, however long it was away. */
const RETURN_MS = 5_000;

/** Peers that stop, races, streams that break. */
export function shouldConductItself(open: OpenLedger, on: TopologyName = 'five-org'): void {
  describe('the client', () => {
    let world: World;
    beforeAll(async () => {
      world = await World.found(await open());
    });
    afterAll(() => world.close());

    onALineThatManyWant(() => world);
    whenAPeerStops(on, () => world);
    whenItsStreamBreaks(() => world);
  });
}

interface Race {
  readonly ready: (() => Promise<string>)[];
  readonly lineId: string;
}

/** As many certificates as asked for, each with a ticket of its own, to be confirmed on one line. */
async function prepareRace(world: World, count: number, limit: bigint): Promise<Race> {
  const { maker, checker, party } = world.people('bank');
  const lineId = await openLine(world, { limit: limit.toString() });
  const ready: (() => Promise<string>)[] = [];
  for (let index = 0; index < count; index += 1) {
    const certificateId = await submitCertificate(world, AMOUNT.toString());
    const input = { certificateIds: [certificateId], lineId, ticketId: maker.newId() };
    await maker.ticket.prepare('certificate:confirm', input, { party, expiresOn: world.date });
    ready.push(() => outcome(checker.certificate.confirm(input)));
  }
  return { ready, lineId };
}

function onALineThatManyWant(world: () => World): void {
  it.each([
    ['has room for all', 6, 6n],
    ['has room for some', 6, 4n],
  ])('confirms at once on one line that %s: never more than it has', async (_how, count, room) => {
    const { ready, lineId } = await prepareRace(world(), count, room * AMOUNT);
    const outcomes = await Promise.all(ready.map((confirm) => confirm()));
    const confirmed = BigInt(outcomes.filter((code) => code === 'ok').length);
    expect(outcomes.filter((code) => !['ok', 'CONFLICT', 'LINE_EXCEEDED'].includes(code))).toEqual([]);
    for (const name of ['bank', 'issuer'] as const)
      expect(await utilised(world(), name, lineId)).toBe((confirmed * AMOUNT).toString());
    expect(confirmed).toBeLessThanOrEqual(room);
    // Who lost too often tries later, alone: then there is room, or there is none.
    for (const [index, code] of outcomes.entries())
      if (code === 'CONFLICT') outcomes[index] = (await ready[index]?.()) ?? '';
    expect(outcomes.filter((code) => code === 'ok')).toHaveLength(Number(room));
    expect(await utilised(world(), 'issuer', lineId)).toBe((room * AMOUNT).toString());
  });
}

/** Calls until the peer is found again; whatever is not about that is thrown on. */
async function eventually<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof TenorError) || error.code !== 'UNAVAILABLE') throw error;
      await sleep(50);
    }
  }
}

async function within<Answer>(ms: number, act: () => Promise<Answer>): Promise<Answer> {
  const started = performance.now();
  const answer = await act();
  expect(performance.now() - started).toBeLessThan(ms);
  return answer;
}

function whenAPeerStops(on: TopologyName, world: () => World): void {
  it('names an endorser that it cannot reach, sends nothing, and goes on when that is back', async () => {
    const { faults } = world().ledger;
    const { maker } = world().people('issuer');
    const number = newReference();
    await faults.stopPeer(world().people('bank').organization);
    const error = await within(PATIENCE_MS, () => refusal(claimInvoice(world(), '100', 'USD', number)));
    expect(error.code).toBe('UNAVAILABLE');
    expect(maker.pending()).toEqual([]);
    await faults.startPeer(world().people('bank').organization);
    await claimInvoice(world(), '100', 'USD', number);
  });

  itApart(on, 'needs no peer but those whose books it writes', async () => {
    const { faults } = world().ledger;
    const { maker } = world().people('issuer');
    await faults.stopPeer(world().people('supplier').organization);
    const claimId = await claimDocument(world(), { books: 'register' });
    await maker.certificate.draft({ certificateId: world().newId('bank', 'issuer'), ...contentOf('100', claimId) });
    await faults.startPeer(world().people('supplier').organization);
  });

  it('finds its own peer again when that comes back', async () => {
    const { faults } = world().ledger;
    const { checker } = world().people('bank');
    await faults.stopPeer(world().people('bank').organization);
    expect((await within(PATIENCE_MS, () => refusal(checker.registry.whoami()))).code).toBe('UNAVAILABLE');
    await faults.startPeer(world().people('bank').organization);
    const { mspId } = await within(RETURN_MS, () => eventually(() => checker.registry.whoami()));
    expect(mspId).toBe(world().people('bank').mspId);
  });
}

/** Events in the background, as an application handles them. */
class Listener {
  readonly heard: TenorEvent[] = [];
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;

  constructor(client: Tenor, path: string) {
    this.#ended = this.#listen(client, path);
  }

  async #listen(client: Tenor, path: string): Promise<void> {
    const options = { checkpointer: newFileCheckpointer(path), startBlock: 0n, signal: this.#stop.signal };
    for await (const event of client.events(options)) this.heard.push(event);
  }

  /** Waits for the event of a transaction. */
  async hears(transactionId: string | undefined): Promise<void> {
    while (!this.heard.some((event) => event.transactionId === transactionId)) await sleep(20);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }
}

function whenItsStreamBreaks(world: () => World): void {
  const folder = mkdtempSync(join(tmpdir(), 'tenor-events-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('hears what happened while its peer was away, each event once and in order, and resumes from its file', async () => {
    const { faults } = world().ledger;
    const { organization, checker } = world().people(world().apartFrom('bank', 'supplier', 'issuer'));
    const path = join(folder, 'checkpoint.json');
    const listener = new Listener(checker, path);
    const step = async (): Promise<string | undefined> => {
      const { maker } = world().people('bank');
      const changes = {
        party: LEI.bank,
        command: 'certificate:confirm',
        payload: newReference(),
        expiresOn: world().date,
      };
      return (await maker.sender.submit('ticket:prepare', { ticketId: maker.newId() }, changes)).transactionId;
    };
    const before = await step();
    await listener.hears(before);
    await faults.stopPeer(organization);
    const during = [await step(), await step()];
    await faults.startPeer(organization);
    await listener.hears(during[1]);
    await listener.stop();
    const missed = [await step(), await step()];
    const resumed = new Listener(checker, path);
    await resumed.hears(missed[1]);
    await resumed.stop();
    const ids = [...listener.heard, ...resumed.heard].map(({ transactionId }) => transactionId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.slice(-5)).toEqual([before, ...during, ...missed]);
  });
}
