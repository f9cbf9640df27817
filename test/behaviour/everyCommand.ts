/**
 * Every command once, over the connection to real peers. It is refused with each code that the walk has not met before, and found
 * invalid without the owner of each book that it writes. Then it succeeds in its valid form, and everybody gets its event. The suites of
 * bad input, authority and lifecycles ask for all refusals of each command in process. Here the refusals have to come back through
 * real peers.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '@tenor/client';
import type { TopologyName } from '@tenor/network';
import { stepsOn } from '../support/hosting.js';
import type { OpenLedger } from '../support/ledger.js';
import { World } from '../support/world.js';
import { againOf, callerOf, registerViewers } from './badInput.js';
import { unfitFor } from './authorityPeople.js';
import { expectEveryOneNeeded } from './badInputEndorsers.js';
import {
  spoiledArguments,
  spoiledItems,
  spoiledOpenings,
  spoiledPrivate,
  spoiledRequest,
  spoiledTransient,
  type Spoil,
} from './badInputSpoils.js';
import { outcome } from './dealBooks.js';
import { asGiven, heightOf, send, stand, type Ready } from './dealStand.js';
import { REPEATS, walk } from './dealWalk.js';
import { shouldTellEvents, type Taken } from './events.js';

/** What the walk must have been refused with at its end. */
const CODES: readonly ErrorCode[] = [
  ...(['REQUEST_MALFORMED', 'REQUEST_TOO_LARGE', 'PRIVATE_MISSING', 'SEED_INVALID', 'ID_MALFORMED'] as const),
  ...(['AMOUNT_MALFORMED', 'AMOUNT_OUT_OF_RANGE', 'CURRENCY_UNKNOWN', 'DATE_MALFORMED'] as const),
  ...(['IDENTIFIER_CHECKSUM', 'UETR_MALFORMED', 'RATE_MALFORMED'] as const),
  ...(['OPENING_MISSING', 'OPENING_MALFORMED', 'OPENING_MISMATCH'] as const),
  ...(['CALLER_NOT_ADMIN', 'CALLER_NOT_REGISTERED', 'CALLER_NOT_ALLOWED', 'ACKNOWLEDGEMENT_NEEDED'] as const),
  ...(['ID_TAKEN', 'ID_FOREIGN', 'REGISTRY_FOUNDED', 'CONFIRMATION_EXISTS'] as const),
  ...(['ACKNOWLEDGEMENT_EXISTS', 'UETR_USED'] as const),
];

/** Every command, with one refusal of each code on the way. */
export function shouldTakeEveryCommand(open: OpenLedger, on: TopologyName = 'five-org'): void {
  describe('every command', () => {
    let world: World;
    const refused = new Set<string>();
    const taken: Taken[] = [];
    beforeAll(async () => {
      world = await World.found(await open());
      await registerViewers(world);
    });
    afterAll(() => world.close());

    const steps = stepsOn(
      on,
      walk(() => world),
    );
    it.each(steps)(
      '$name is refused with what was not refused before, needs every endorser, and is taken',
      async (step) => {
        const ready = await stand(world, step);
        await expectRefused(world, ready, refused);
        if (!REPEATS.includes(step.name)) await expectEveryOneNeeded(world, ready);
        const receipt = await send(ready, ready.by, asGiven(ready));
        if (!REPEATS.includes(step.name)) taken.push({ ready, receipt });
        refused.add(await refusedAgain(world, ready));
      },
    );

    it('has come to every code that it was to be refused with', () => {
      expect(CODES.filter((code) => !refused.has(code))).toEqual([]);
    });

    shouldTellEvents(() => world, taken);
  });
}

/** Calls of a step that must be refused, one for each code that is not among those refused before. */
function firstOfEach(spoils: readonly Spoil[], refused: ReadonlySet<string>): Spoil[] {
  const byCode = new Map(spoils.map((spoil) => [spoil.code, spoil]));
  return [...byCode.values()].filter(({ code }) => !refused.has(code));
}

function spoilsOf(ready: Ready): Spoil[] {
  const facts = Object.keys(ready.openings).map((key) => ({ key, other: undefined, stale: undefined }));
  return [
    ...[...spoiledArguments(ready), ...spoiledRequest(ready), ...spoiledItems(ready), ...spoiledPrivate(ready)],
    ...[...spoiledTransient(ready), ...spoiledOpenings(ready, ready.openings, facts)],
  ];
}

/** Sends one call for each code that was not met before, and orders nothing. */
async function expectRefused(world: World, ready: Ready, refused: Set<string>): Promise<void> {
  const { step } = ready;
  const height = await heightOf(world);
  for (const spoil of firstOfEach(spoilsOf(ready), refused)) {
    expect([spoil.what, await outcome(send(ready, ready.by, spoil))]).toEqual([spoil.what, spoil.code]);
    refused.add(spoil.code);
  }
  for (const [who, code] of Object.entries(unfitFor(step)).filter(([, each]) => !refused.has(each))) {
    expect([who, await outcome(send(ready, callerOf(world, step, who), asGiven(ready)))]).toEqual([who, code]);
    refused.add(code);
  }
  expect(await heightOf(world)).toBe(height);
}

/** The same again in an envelope of its own: the code that it must be refused with. */
async function refusedAgain(world: World, ready: Ready): Promise<string> {
  const again = { ...asGiven(ready), transient: { ...ready.transient, seed: randomBytes(32) } };
  const code = againOf(world, ready.step);
  expect(await outcome(send(ready, ready.by, again))).toBe(code);
  return code;
}
