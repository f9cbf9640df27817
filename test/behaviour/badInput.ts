/**
 * Bad input, command by command. A valid call is spoiled in one place at a time, and each spoiled call is refused with its documented
 * code. Nothing is ordered, the refusal repeats nothing of the input, and the valid call still succeeds afterwards.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { TenorError, type BookKind, type Tenor } from '@tenor/client';
import { issue } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World } from '../support/world.js';
import { unfitFor } from './authorityPeople.js';
import {
  spoiledArguments,
  spoiledItems,
  spoiledOpenings,
  spoiledPrivate,
  spoiledRequest,
  spoiledTransient,
  textsIn,
  type OpeningFacts,
  type Spoil,
} from './badInputSpoils.js';
import { outcome, snapshot, viewsOf } from './dealBooks.js';
import { foundersOf, type Step } from './dealStep.js';
import { asGiven, booksOf, heightOf, send, stand, type Ready } from './dealStand.js';
import { walk } from './dealWalk.js';

/** All that a refusal says, on its way too. */
function saidBy(error: TenorError): string {
  const { cause } = error;
  const details = cause instanceof GatewayError ? [cause.message, ...cause.details.map(({ message }) => message)] : [];
  return [error.message, JSON.stringify(error.data), ...details].join('\n');
}

/** Sends every spoil and compares what came back, all at once so that one look shows every wrong row. */
async function expectRefused(ready: Ready, spoils: readonly Spoil[]): Promise<void> {
  const actual: Record<string, string> = {};
  const kept = textsIn(ready.secret).filter((text) => !JSON.stringify(ready.request).includes(text));
  for (const spoil of spoils) {
    try {
      await send(ready, ready.by, spoil);
      actual[spoil.what] = 'ok';
    } catch (error) {
      if (!(error instanceof TenorError)) throw error;
      const echoed = [...spoil.unheard, ...kept].find((text) => saidBy(error).includes(text));
      actual[spoil.what] = echoed === undefined ? error.code : `${error.code} repeating ${echoed}`;
    }
  }
  expect(actual).toEqual(Object.fromEntries(spoils.map(({ what, code }) => [what, code])));
}

/** Everything that must be refused of every command. */
export function shouldRefuseBadInput(open: OpenLedger): void {
  describe('bad input', () => {
    let world: World;
    const seen = new Map<string, string>();
    const steps = walk(() => world);
    beforeAll(async () => {
      world = await World.found(await open());
      await registerViewers(world);
      await issueDecoy(world);
    });
    afterAll(() => world.close());

    it('names no transaction that does not exist', async () => {
      const { sender } = world.people('bank').checker;
      const names = ['certificate:mint', 'toString', '__proto__', 'certificate', '', 'org.hyperledger.fabric:Other'];
      for (const name of names) {
        expect(await outcome(sender.submitOnce(name, '{}', {}, foundersOf(world)))).toBe('FUNCTION_UNKNOWN');
      }
    });

    describe.each(steps)('$name', (step) => {
      refusesEverySpoil(() => world, step, seen);
    });
  });
}

function refusesEverySpoil(world: () => World, step: Step, seen: Map<string, string>): void {
  let ready: Ready;
  let height: number;
  let before: object;
  const books = step.books ?? [];
  beforeAll(async () => {
    ready = await stand(world(), step);
    before = await snapshot(world(), books, step.writes);
    height = await heightOf(world());
  });

  it('is planned with exactly the organisations whose books it writes', () => {
    const expected = step.books === undefined ? undefined : booksOf(world(), books);
    expect(ready.plan.endorsingOrganizations).toEqual(expected);
  });

  it('refuses a malformed or oversized argument', () => expectRefused(ready, spoiledArguments(ready)));
  it('refuses what a field must not hold', () =>
    expectRefused(ready, [...spoiledRequest(ready), ...spoiledItems(ready)]));
  it('refuses a malformed private part', () => expectRefused(ready, spoiledPrivate(ready)));
  it('refuses a wrong seed and unknown transient fields', () => expectRefused(ready, spoiledTransient(ready)));
  it('refuses openings that do not hold', async () => {
    await expectRefused(ready, spoiledOpenings(ready, ready.openings, await openingFacts(ready, seen)));
  });

  it('refuses everyone who may not call it', async () => {
    const actual: Record<string, string> = {};
    for (const who of Object.keys(unfitFor(step))) {
      actual[who] = await outcome(send(ready, callerOf(world(), step, who), asGiven(ready)));
    }
    expect(actual).toEqual(unfitFor(step));
  });

  it('has ordered and written nothing so far', async () => {
    expect(await heightOf(world())).toBe(height);
    expect(await snapshot(world(), books, step.writes)).toEqual(before);
  });

  it('still takes the call as it was meant, and not once more under another seed', async () => {
    for (const [key, opening] of Object.entries(ready.openings)) seen.set(key, opening);
    await send(ready, ready.by, asGiven(ready));
    const again = { ...asGiven(ready), transient: { ...ready.transient, seed: randomBytes(32) } };
    expect(await outcome(send(ready, ready.by, again))).toBe(againOf(world(), step));
  });
}

/** Two voices, the proposer's and this one, close a proposal where two are a majority of the founders. */
export const againOf = (world: World, { name, again }: Step): string =>
  name === 'registry:approve' && 2 > world.ledger.organizations.length / 2 ? 'PROPOSAL_CLOSED' : again;

/** What the caller's book holds besides each opening: another record of the kind, and what the key held before. */
async function openingFacts({ by, openings }: Ready, seen: ReadonlyMap<string, string>): Promise<OpeningFacts[]> {
  const facts: OpeningFacts[] = [];
  for (const [key, opening] of Object.entries(openings)) {
    const slash = key.indexOf('/');
    const [kind, id] = [key.slice(0, slash) as BookKind, key.slice(slash + 1)];
    const views = await viewsOf(by, kind);
    const other = views.find((view) => view.id !== id && view.current)?.opening;
    const earlier = seen.get(key);
    facts.push({ key, other, stale: earlier === opening ? undefined : earlier });
  }
  return facts;
}

/** Somebody who may not take a step. */
export function callerOf(world: World, { by: [party] }: Step, who: string): Tenor {
  if (who === 'another party') return world.people(world.apartFrom(party, 'operator', 'bank')).checker;
  const { stranger, admin } = world.people(party);
  return who === 'stranger' ? stranger : admin;
}

/** An administrator of each organisation is registered as one who only reads. */
export async function registerViewers(world: World): Promise<void> {
  for (const name of ['issuer', 'bank', 'supplier', 'contractor'] as const) {
    const { admin, admin2 } = world.people(name);
    const { identity } = await admin.registry.whoami();
    const proposalId = admin.newId();
    const operator = { identity, duties: ['viewer' as const], parties: world.hostedWith(name) };
    await admin.registry.propose({ proposalId, changes: [{ kind: 'operator', operator }] });
    await admin2.registry.approve({ proposalId });
  }
}

/** Another certificate, so that there is another record of every kind to show in the place of the right one. */
async function issueDecoy(world: World): Promise<void> {
  await issue(world, '4321');
  await world
    .people('bank')
    .maker.sender.submit(
      'ticket:prepare',
      { ticketId: world.newId('bank') },
      { party: LEI.bank, command: 'certificate:confirm', payload: '{}', expiresOn: world.date },
    );
}
