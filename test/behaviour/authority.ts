/** The authority matrix: every command by every caller in the state that allows it, four eyes, and every command in every state. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tenor } from '@tenor/client';
import { registerOf } from '../../chaincode/src/protocol/identifiers.js';
import type { TopologyName } from '@tenor/network';
import { stepsOn } from '../support/hosting.js';
import type { OpenLedger } from '../support/ledger.js';
import { World, type People } from '../support/world.js';
import { certificateStates, settledCertificate, type Standings } from './authorityCertificates.js';
import { expectedOf, isForAdministrators, OPERATORS, unfitFor } from './authorityPeople.js';
import { sliceStates } from './authoritySlices.js';
import { outcome } from './dealBooks.js';
import { asGiven, send, stand, type Ready } from './dealStand.js';
import { payloadOf, type Step } from './dealStep.js';
import { walk } from './dealWalk.js';

/** Every command x everyone, and x every state. */
export function shouldKeepAuthority(open: OpenLedger, on: TopologyName = 'five-org'): void {
  describe('authority', () => {
    describe('of everyone, at each step of a deal', () => {
      let world: World;
      beforeAll(async () => {
        world = await World.found(await open());
        for (const name of ['issuer', 'bank', 'supplier', 'contractor'] as const)
          await registerBoth(world.people(name), world.hostedWith(name));
      });
      afterAll(() => world.close());
      it.each(
        stepsOn(
          on,
          walk(() => world),
        ),
      )('$name', (step) => expectAuthority(world, step));
    });

    describe('in every state', () => {
      let world: World;
      beforeAll(async () => {
        world = await World.found(await open());
      });
      afterAll(() => world.close());
      const standing: Standings = new Map();
      certificateStates(() => world, standing);
      sliceStates(() => world);
      settledCertificate(() => world, standing);
    });
  });
}

async function expectAuthority(world: World, step: Step): Promise<void> {
  const ready = await stand(world, step);
  const actual: string[] = [];
  for (const [party, duty] of OPERATORS) actual.push(await verdict(ready, world.people(party)[duty], ready.by));
  expect(actual).toEqual(expectedOf(step, (one, other) => world.together(one, other)));
  const own = world.people(step.by[0]);
  expect(await verdict(ready, own.admin, ready.by)).toBe(isForAdministrators(step) ? 'ok' : 'CALLER_NOT_REGISTERED');
  expect(await verdict(ready, own.stranger, ready.by)).toBe(unfitFor(step).stranger);
  if (step.fourEyes !== undefined) await expectFourEyes(world, step, ready);
  await send(ready, ready.by, asGiven(ready));
}

/** What somebody meets with the very proposal of the one whose step it is. Who may take it is asked for a plan, which writes nothing. */
async function verdict(ready: Ready, by: Tenor, rightful: Tenor): Promise<string> {
  const {
    step: { name },
    request,
    secret,
  } = ready;
  const planned = await outcome(by.sender.plan(name, request, secret as never, randomBytes(32)));
  if (by === rightful || planned === 'ok') return planned;
  return outcome(send(ready, by, asGiven(ready)));
}

/** One person with both duties may do either half, never both. */
async function expectFourEyes(world: World, step: Step, ready: Ready): Promise<void> {
  const { admin2: both, checker, party } = world.people(step.by[0]);
  expect(await verdict(ready, both, ready.by)).toBe('ok');
  const call = await sameCallBy(both, step, ready, party, world.date);
  const plan = await checker.sender.plan(step.name, call.request, call.secret as never, randomBytes(32));
  const transient = Object.fromEntries(
    Object.entries(plan.transient).map(([field, text]) => [field, Buffer.from(text, 'base64')]),
  );
  const mine = { ...ready, ...call, transient };
  expect(await outcome(send(mine, both, asGiven(mine)))).toBe('SAME_PERSON');
  expect(await outcome(both.sender.submit(step.name, call.request as never, call.secret as never))).toBe('SAME_PERSON');
}

/** The same call once more, prepared by `both`: under a ticket of its own, or as a draft of its own. */
async function sameCallBy(
  both: Tenor,
  step: Step,
  ready: Ready,
  party: string,
  expiresOn: string,
): Promise<Pick<Ready, 'request' | 'secret'>> {
  if (step.fourEyes === 'draft') {
    const { certificateId: first } = ready.request as { readonly certificateId: string };
    const certificateId = both.newId(registerOf(first));
    const [draft] = Object.values(ready.openings).filter((opening) => opening.includes('tenor.draft/1'));
    const { content } = JSON.parse(draft ?? '') as { content: object };
    await both.sender.submit('certificate:draft', { certificateId }, content as never);
    return { request: { certificateId } };
  }
  const ticketId = both.newId();
  const call = {
    ...(ready.secret === undefined ? {} : { secret: ready.secret }),
    request: { ...ready.request, ticketId },
  };
  await both.sender.submit(
    'ticket:prepare',
    { ticketId },
    { party, command: step.name, payload: payloadOf(call), expiresOn },
  );
  return call;
}

/** The second administrator becomes maker and checker at once. */
async function registerBoth({ admin, admin2 }: People, parties: string[]): Promise<void> {
  const { identity } = await admin2.registry.whoami();
  const proposalId = admin.newId();
  const operator = { identity, duties: ['maker' as const, 'checker' as const], parties };
  await admin.registry.propose({ proposalId, changes: [{ kind: 'operator', operator }] });
  await admin2.registry.approve({ proposalId });
}
