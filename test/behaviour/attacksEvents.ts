/**
 * Events of an attacker. One organisation with changed chaincode writes something into its own book, and emits any event it likes about
 * it under names of this chaincode. Every listener still has to receive the events that come after it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  LIMITS,
  newFileCheckpointer,
  newId,
  type EventOptions,
  type SkippedEvent,
  type SkipReason,
  type Tenor,
  type TenorEvent,
} from '@tenor/client';
import { Attackers, emit, write } from '../support/attack.js';
import { type PartyName } from '../support/world.js';
import { holdersOf, type Scene } from './attacksScene.js';

const LINE_OPENED = 'tenor.line.open.v1';
const RELEASED = 'tenor.presentment.discharge.v1';
const text = (payload: unknown): string => JSON.stringify(payload);
const opened = (ids: object, more: object = {}): string => text({ transaction: 'line:open', ids, ...more });
const anId = (): string => newId('BankMSP', 'BankMSP');
const good = { lineId: anId(), ticketId: anId() };

/** Payloads that are no event, by hand, with the reason for which a listener passes over them. */
const NONSENSE: readonly (readonly [what: string, name: string, payload: string, reason: SkipReason])[] = [
  ['no JSON', LINE_OPENED, 'x', 'PAYLOAD_MALFORMED'],
  ['nothing', LINE_OPENED, '', 'PAYLOAD_MALFORMED'],
  ['null', LINE_OPENED, 'null', 'PAYLOAD_MALFORMED'],
  ['a list', LINE_OPENED, '[]', 'PAYLOAD_MALFORMED'],
  ['bytes that are no text', LINE_OPENED, '\u0000\ufffd', 'PAYLOAD_MALFORMED'],
  ['no ids', LINE_OPENED, text({ transaction: 'line:open' }), 'PAYLOAD_MALFORMED'],
  ['an id too few', LINE_OPENED, opened({ lineId: good.lineId }), 'PAYLOAD_MALFORMED'],
  ['an id too many', LINE_OPENED, opened({ ...good, sliceId: anId() }), 'PAYLOAD_MALFORMED'],
  ['a field too many', LINE_OPENED, opened(good, { amount: '100' }), 'PAYLOAD_MALFORMED'],
  ['an id that is none', LINE_OPENED, opened({ ...good, lineId: '<script>' }), 'PAYLOAD_MALFORMED'],
  ['a number for an id', LINE_OPENED, opened({ ...good, lineId: 7 }), 'PAYLOAD_MALFORMED'],
  ['a list for an id', LINE_OPENED, opened({ ...good, lineId: [good.lineId] }), 'PAYLOAD_MALFORMED'],
  [
    'the name of another transaction',
    LINE_OPENED,
    text({ transaction: 'ticket:prepare', ids: { ticketId: anId() } }),
    'PAYLOAD_MALFORMED',
  ],
  [
    'lists out of step',
    'tenor.certificate.accept.v1',
    text({ transaction: 'certificate:accept', ids: { certificateIds: [anId(), anId()], sliceIds: [anId()] } }),
    'PAYLOAD_MALFORMED',
  ],
  ['more than an event may hold', LINE_OPENED, opened(good) + ' '.repeat(LIMITS.eventBytes), 'PAYLOAD_TOO_LARGE'],
  ['a name that is none of ours', 'tenor.money.printed.v1', opened(good), 'NAME_UNKNOWN'],
  ['a name of every object', 'constructor', opened(good), 'NAME_UNKNOWN'],
];

/** Hears what comes until a transaction has. */
async function listenUntil(
  tenor: Tenor,
  transactionId: string,
  options: EventOptions,
): Promise<{ heard: TenorEvent[]; skipped: SkippedEvent[]; counted: ReadonlyMap<SkipReason, number> }> {
  const [heard, skipped]: [TenorEvent[], SkippedEvent[]] = [[], []];
  const stop = new AbortController();
  const stream = tenor.events({ ...options, signal: stop.signal, onSkipped: (event) => skipped.push(event) });
  for await (const event of stream) {
    heard.push(event);
    if (event.transactionId === transactionId) stop.abort();
  }
  return { heard, skipped, counted: stream.skipped };
}

/** Listeners on a channel where one organisation emits what it likes. */
export function shouldHearThroughHostileEvents(scene: () => Scene): void {
  describe('with an organisation that emits what it likes', () => {
    const attacker = (): PartyName => holdersOf(scene()).holder;
    const folder = mkdtempSync(join(tmpdir(), 'tenor-hostile-events-'));
    let start = 0n;
    let forged = '';
    let honest = '';

    /** One more event that everybody hears, by somebody honest. */
    const prepare = async (): Promise<{ readonly transactionId: string; readonly blockNumber: bigint }> => {
      const { world } = scene();
      const { maker, party } = world.people('bank');
      const ticket = { party, command: 'slice:offer', payload: '{}', expiresOn: world.date };
      const receipt = await maker.sender.submit('ticket:prepare', { ticketId: maker.newId() }, ticket);
      return { transactionId: receipt.transactionId ?? '', blockNumber: receipt.blockNumber ?? 0n };
    };

    beforeAll(async () => {
      const { world } = scene();
      start = (await prepare()).blockNumber + 1n;
      const { mspId } = world.people(attacker());
      const attackers = await Attackers.corrupt(world, [attacker()]);
      const tell = (name: string, payload: string): Promise<{ transactionId: string | undefined }> =>
        attackers.send([write(mspId, `own/ticket/${anId()}`, { forged: true }), emit(name, payload)]);
      for (const [, name, payload] of NONSENSE) await tell(name, payload);
      const release = { transaction: 'presentment:discharge', ids: { presentmentId: anId(), uetr: UETR } };
      forged = (await tell(RELEASED, text(release))).transactionId ?? '';
      await attackers.surrender();
      honest = (await prepare()).transactionId;
    });

    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it('a listener passes over each, says why, and hears what comes after', async () => {
      const { heard, skipped, counted } = await listenUntil(scene().world.people('bank').maker, honest, {
        startBlock: start,
      });
      expect(skipped.map(({ reason }) => reason)).toEqual(NONSENSE.map(([, , , reason]) => reason));
      expect(heard.map(({ transactionId }) => transactionId)).toEqual([forged, honest]);
      expect(Object.fromEntries(counted)).toEqual({ NAME_UNKNOWN: 2, PAYLOAD_MALFORMED: 14, PAYLOAD_TOO_LARGE: 1 });
    });

    it('a forged event that is well formed comes with who sent it, and that it touched no book but the own one', async () => {
      const { world } = scene();
      const { mspId } = world.people(attacker());
      for (const name of ['bank', 'issuer', attacker()] as const) {
        const { heard } = await listenUntil(world.people(name).maker, forged, { startBlock: start });
        expect(heard.at(-1)).toMatchObject({
          ...{ name: RELEASED, creatorMspId: mspId, inOwnBook: world.together(name, attacker()) },
        });
      }
    });

    it('the checkpoint moves past what is skipped', async () => {
      const checkpointer = newFileCheckpointer(join(folder, 'skipped.json'));
      const { skipped } = await listenUntil(scene().world.people('issuer').maker, forged, {
        checkpointer,
        startBlock: start,
      });
      expect(skipped).toHaveLength(NONSENSE.length);
      expect(checkpointer.load()?.transactionId).toBe(forged);
      const again = await listenUntil(scene().world.people('issuer').maker, honest, { checkpointer });
      expect([again.skipped, again.heard.map(({ transactionId }) => transactionId)]).toEqual([[], [honest]]);
    });

    it('a listener that dies at a skipped event finds it again', async () => {
      const checkpointer = newFileCheckpointer(join(folder, 'dies.json'));
      const seen: SkippedEvent[] = [];
      const dies = (event: SkippedEvent): void => {
        if (seen.push(event) === 3) throw new Error('no more');
      };
      const { maker } = scene().world.people('issuer');
      const stream = maker.events({ checkpointer, startBlock: start, onSkipped: dies });
      await expect(stream.next()).rejects.toThrow('no more');
      expect(checkpointer.load()).toEqual(positionOf(seen[1]));
      const { skipped } = await listenUntil(maker, honest, { checkpointer });
      expect(skipped[0]).toEqual(seen[2]);
    });
  });
}

const UETR = '8a562c67-ca16-48ba-b074-65581be6f001';

const positionOf = (event: SkippedEvent | undefined): object => ({
  blockNumber: event?.blockNumber,
  transactionId: event?.transactionId,
});
