/**
 * The generated attack. At each step of a deal, each opening that the step rests on is replaced by forgeries: the same record with one
 * field changed. The forgers keep their forgeries in their own books, on their own shelf and among their copies, where their changed
 * chaincode wrote them; then they ask every honest peer, as themselves and by the hand of the one whose step it is.
 *
 *   renamed     under the id of the real record, or under an id in a register of the forger's choice
 *   resettled   all that the step rests on moved to the forgers' own books and parties, with one field that names somebody honest
 *
 * However that ends, it changes nothing on the shelf of an honest organisation, and no refusal is a bug of ours.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookKind, Tenor } from '@tenor/client';
import { ownKey, shownKey } from '../../chaincode/src/ledger/keys.js';
import { ID_PATTERN, registerOf } from '../../chaincode/src/protocol/identifiers.js';
import { Attackers, ending, write } from '../support/attack.js';
import { forgeriesOf, type Values } from '../support/attackFields.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World, type PartyName } from '../support/world.js';
import { rowsOf } from './dealBooks.js';
import { asGiven, send, stand, type Ready } from './dealStand.js';
import type { Step } from './dealStep.js';
import { walk } from './dealWalk.js';

const HONEST = ['bank', 'issuer', 'supplier'] as const;
const FORGERS = ['operator', 'contractor'] as const;
/** Whom each honest party becomes among the forgers: a bank and an issuer in two organisations, and a holder in that of the bank. */
const INSTEAD: Readonly<Record<(typeof HONEST)[number], (typeof FORGERS)[number]>> = {
  ...{ bank: 'operator', issuer: 'contractor', supplier: 'operator' },
};
const KINDS: readonly BookKind[] = [
  ...(['founding', 'line', 'claim', 'draft', 'terms', 'face', 'confirmation', 'status', 'ticket', 'slice'] as const),
  ...(['presentment', 'payment', 'attestation', 'acknowledgement', 'totals', 'redeemed'] as const),
];

/** Hundreds of calls a step, on a machine that does other things too. */
const MANY_MS = 600_000;

/** One call of an attack: what is shown, by whom, to whose peers. */
interface Try {
  readonly what: string;
  readonly request: object;
  readonly secret: object | undefined;
  readonly openings: Readonly<Record<string, string>>;
  readonly by: Tenor;
  readonly endorsers: readonly string[];
}

/** An opening by its name. */
const partsOf = (opening: string): [BookKind, string] => {
  const slash = opening.indexOf('/');
  return [opening.slice(0, slash) as BookKind, opening.slice(slash + 1)];
};

/** Every step of a deal under attack. */
export function shouldWithstandForgeries(open: OpenLedger): void {
  describe('whatever a forger shows', () => {
    let world: World;
    const tally = new Map<string, number>();

    beforeAll(async () => {
      world = await World.found(await open());
      const roles = ['issuer' as const, 'bank' as const, 'supplier' as const];
      await world.decide(
        FORGERS.map((name) => {
          const { party: id, mspId } = world.people(name);
          return { kind: 'party', party: { id, name, mspId, roles, sme: false, status: 'ACTIVE' } };
        }),
      );
    });

    afterAll(() => world.close());

    // The registry's own steps open nothing.
    const steps = walk(() => world).filter(({ name }) => !name.startsWith('registry:'));
    it.each(steps)(
      '$name changes nothing that somebody honest vouches for',
      async (step) => {
        const ready = await stand(world, step);
        const before = await honestShelves(world);
        const wrong: string[] = [];
        for (const opening of Object.keys(ready.openings)) {
          for (const round of [renamed(world, ready, opening), resettled(world, step, ready, opening)]) {
            for await (const answer of tryAll(world, ready, round)) {
              tally.set(answer.code, (tally.get(answer.code) ?? 0) + 1);
              if (UNEXPLAINED.includes(answer.code)) wrong.push(`${answer.what}: ${answer.code}`);
              if (answer.code !== 'VALID') continue;
              if (JSON.stringify(await honestShelves(world)) !== JSON.stringify(before))
                wrong.push(`${answer.what}: taken`);
            }
          }
        }
        expect(wrong).toEqual([]);
        expect(await honestShelves(world)).toEqual(before);
        expect(await send(ready, ready.by, asGiven(ready))).toMatchObject({ replayed: false }); // the step itself is still to take
      },
      MANY_MS,
    );

    it('was refused by many codes, so that it came as far as the rules', () => {
      if (process.env['TENOR_TALLY']) console.log(JSON.stringify([...tally]));
      const refusals = [...tally.keys()].filter((code) => code !== 'VALID');
      for (const code of ['OPENING_MISMATCH', 'PARTY_ROLE', 'SAME_ORGANIZATION', 'CALLER_NOT_ALLOWED', 'STATE'])
        expect(refusals).toContain(code);
      expect([...tally.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5000);
    });
  });
}

/** A peer that gives no code, or says that it is broken. */
const UNEXPLAINED: readonly string[] = ['INTERNAL', 'REFUSED_BY_NETWORK', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'];

/** What honest organisations vouch for. */
async function honestShelves(world: World): Promise<Readonly<Record<string, string>>> {
  const shelves: Record<string, string> = {};
  for (const name of HONEST) {
    const { checker, mspId } = world.people(name);
    for (const kind of KINDS)
      for (const { id, register, opening } of await rowsOf(checker, kind))
        if (register === mspId) shelves[`${name}: ${kind}/${id}`] = opening;
  }
  return shelves;
}

/** What is planted together, and what is then tried. */
interface Round {
  /** By opening, in the order in which they are planted: forgeries of one key follow each other. */
  readonly planted: Readonly<Record<string, string>>;
  readonly tries: readonly Try[];
}

/** The values that a forger puts in the place of others: its own, and those of everybody honest. */
function valuesFor(world: World, own: PartyName): Values {
  const people = [own, ...HONEST].map((name) => world.people(name));
  return {
    mspIds: people.map(({ mspId }) => mspId),
    parties: people.map(({ party }) => party),
    ids: [world.newId(own), world.newId('bank', own)],
  };
}

/** Forgeries of one opening, under its own id and under one in the forger's register. All else is shown as it is. */
function* renamed(world: World, ready: Ready, opening: string): Generator<Round> {
  const forger = world.people('operator');
  const [kind, id] = partsOf(opening);
  const real = ready.openings[opening] ?? '';
  for (const { what, record } of forgeriesOf(kind, real, valuesFor(world, 'operator'))) {
    for (const newId of ID_PATTERN.test(id) ? [id, forger.checker.newId()] : [id]) {
      const forged = record.replaceAll(id, newId);
      const name = `${kind}/${newId}`;
      const { [opening]: _real, ...rest } = ready.openings;
      const request = JSON.parse(JSON.stringify(ready.request).replaceAll(id, newId)) as object;
      const secret = withForgery(ready.secret, real, forged);
      const tries = HONEST.flatMap((asked) =>
        [ready.by, forger.checker].map((by): Try => ({
          what: `${what} of ${name} by ${by.mspId} at ${asked}`,
          ...{ request, secret, by, openings: { ...rest, [name]: forged }, endorsers: [world.people(asked).mspId] },
        })),
      );
      yield { planted: { [name]: forged }, tries };
    }
  }
}

/** A private part that carries the record itself, for a restore. */
const withForgery = (secret: object | undefined, real: string, forged: string): object | undefined =>
  secret !== undefined && 'record' in secret && secret.record === real ? { ...secret, record: forged } : secret;

/** Everything moved to the forgers' own books, with one field of one record changed to name somebody honest. */
function* resettled(world: World, step: Step, ready: Ready, opening: string): Generator<Round> {
  const move = moved(world);
  const [kind] = partsOf(opening);
  const home = Object.fromEntries(
    Object.entries(ready.openings).map(([name, record]) => [move(name), move(record)] as const),
  );
  const request = JSON.parse(move(JSON.stringify(ready.request))) as object;
  const secret = ready.secret === undefined ? undefined : (JSON.parse(move(JSON.stringify(ready.secret))) as object);
  const [party, duty] = step.by;
  const by = world.people(party === 'contractor' ? party : INSTEAD[party as (typeof HONEST)[number]])[duty];
  const mspIds = FORGERS.map((name) => world.people(name).mspId);
  const name = move(opening);
  for (const { what, record } of forgeriesOf(kind, home[name] ?? '', valuesFor(world, 'contractor'))) {
    const openings = { ...home, [name]: record };
    const tries = HONEST.map((asked): Try => ({
      what: `${what} of ${name}, resettled, at ${asked}`,
      ...{ request, secret, openings, by, endorsers: [...mspIds, world.people(asked).mspId] },
    }));
    yield { planted: openings, tries };
  }
}

/** Puts the forgers in the place of the honest, in ids and in fields. */
function moved(world: World): (text: string) => string {
  return (text) =>
    HONEST.reduce((moving, name) => {
      const [from, to] = [world.people(name), world.people(INSTEAD[name])];
      return moving.replaceAll(from.mspId, to.mspId).replaceAll(LEI[name], to.party);
    }, text);
}

/** Plants, tries, and puts the books of the forgers back. */
async function* tryAll(
  world: World,
  ready: Ready,
  rounds: Iterable<Round>,
): AsyncGenerator<{ readonly what: string; readonly code: string }> {
  for (const { planted, tries } of rounds) {
    const undo = await plant(world, planted);
    for (const { what, by, request, secret, openings, endorsers } of tries) {
      const transient = {
        openings: Buffer.from(JSON.stringify(openings)),
        seed: randomBytes(32),
        ...(secret === undefined ? {} : { private: Buffer.from(JSON.stringify(secret)) }),
      };
      const call = by.sender.submitOnce(ready.name, JSON.stringify(request), transient, [...new Set(endorsers)]);
      yield { what, code: await ending(call) };
    }
    await undo();
  }
}

/** Writes records on the shelves and among the copies of both forgers, and says how to undo it. */
async function plant(world: World, planted: Readonly<Record<string, string>>): Promise<() => Promise<void>> {
  const keys = Object.entries(planted).flatMap(([opening, record]) => {
    const [kind, id] = partsOf(opening);
    const named = ID_PATTERN.test(id) ? [shownKey(registerOf(id), kind, id)] : [];
    return [ownKey(kind, id), ...named].map((key) => ({ key, record }));
  });
  const attackers = await Attackers.corrupt(world, FORGERS);
  const undo: Parameters<Attackers['commit']>[0][number][] = [];
  const writes: typeof undo = [];
  for (const name of FORGERS) {
    const { mspId } = world.people(name);
    undo.push(
      ...(await attackers.undo(
        mspId,
        keys.map(({ key }) => key),
        name,
      )),
    );
    writes.push(...keys.map(({ key, record }) => write(mspId, key, record)));
  }
  expect(await attackers.commit(writes)).toBe('VALID'); // at home, nobody else's business
  await attackers.surrender();
  return async () => {
    const again = await Attackers.corrupt(world, FORGERS);
    expect(await again.commit(undo)).toBe('VALID');
    await again.surrender();
  };
}
