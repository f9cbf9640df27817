/**
 * The generated attack. At each step of a deal, each opening that the step rests on is replaced by forgeries: the same record with one
 * field changed. The forgers keep their forgeries in their own books, on their own shelf and among their copies, where their changed
 * chaincode wrote them; then they ask every honest peer, as themselves and by the hand of the one whose step it is.
 *
 *   overwriting  under the id of the real record
 *   renamed      under an id in the forger's own register
 *   resettled    all that the step rests on moved to the forgers' own books and parties, with one field that names somebody honest
 *
 * However that ends, it changes nothing on the shelf of an honest organisation, and no refusal is a bug of ours.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type BookKind, type Tenor } from '@tenor/client';
import { ownKey, shownKey } from '../../chaincode/src/ledger/keys.js';
import { drawerOf, ID_PATTERN, registerOf } from '../../chaincode/src/protocol/identifiers.js';
import { Attackers, ending, write, type RawOperation } from '../support/attack.js';
import { BOOK_KINDS } from '../support/kinds.js';
import { forgeriesOf, type Values } from '../support/attackFields.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World } from '../support/world.js';
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

    /** Tries all of a list: what should not have happened, and what was taken and so must have changed nothing of the honest. */
    async function tried(ready: Ready, tries: readonly Try[]): Promise<{ wrong: string[]; taken: string[] }> {
      const [wrong, taken]: [string[], string[]] = [[], []];
      for (const each of tries) {
        const code = await answerTo(ready, each);
        tally.set(code, (tally.get(code) ?? 0) + 1);
        if (UNEXPLAINED.includes(code)) wrong.push(`${each.what}: ${code}`);
        if (code === 'VALID') taken.push(each.what);
      }
      return { wrong, taken };
    }

    /** Everything that is tried with one opening. The shelves are read once for all that was taken: what is written there is never undone. */
    async function attackOn(step: Step, ready: Ready, opening: string, before: object): Promise<string[]> {
      const overwritten = overwriting(world, ready, opening);
      const elsewhere = [...renamed(world, ready, opening), ...resettled(world, step, ready, opening)];
      const outcomes: { wrong: string[]; taken: string[] }[] = [];
      const garden = await Garden.of(
        world,
        overwritten.flatMap(({ planted }) => Object.keys(planted)),
      );
      for (const { planted, tries } of overwritten) {
        await garden.plant(planted); // in the place of the forgery before
        outcomes.push(await tried(ready, tries));
      }
      await garden.clear();
      // These are under ids of their own, so that all of them stand there together.
      const planted = Object.assign({}, ...elsewhere.map((round) => round.planted)) as Planted;
      const other = await Garden.of(world, Object.keys(planted));
      await other.plant(planted);
      for (const { tries } of elsewhere) outcomes.push(await tried(ready, tries));
      await other.clear();
      const taken = outcomes.flatMap((each) => each.taken);
      const changed = taken.length > 0 && !isDeepStrictEqual(await honestShelves(world), before);
      return [...outcomes.flatMap(({ wrong }) => wrong), ...(changed ? taken.map((what) => `${what}: taken`) : [])];
    }

    // The registry's own steps open nothing.
    const steps = walk(() => world).filter(({ name }) => !name.startsWith('registry:'));
    it.each(steps)(
      '$name changes nothing that somebody honest vouches for',
      async (step) => {
        const ready = await stand(world, step);
        const before = await honestShelves(world);
        const wrong: string[] = [];
        for (const opening of Object.keys(ready.openings))
          wrong.push(...(await attackOn(step, ready, opening, before)));
        expect(wrong).toEqual([]);
        expect(await honestShelves(world)).toEqual(before);
        // The step itself is still to take.
        expect(await send(ready, ready.by, asGiven(ready))).toMatchObject({ replayed: false });
      },
      MANY_MS,
    );

    it('was refused by many codes, so that it came as far as the rules', () => {
      expect([...tally.keys()]).toEqual(
        expect.arrayContaining(['OPENING_MISMATCH', 'PARTY_ROLE', 'SAME_ORGANIZATION']),
      );
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
    for (const kind of BOOK_KINDS)
      for (const { id, register, opening } of await rowsOf(checker, kind))
        if (register === mspId) shelves[`${name}: ${kind}/${id}`] = opening;
  }
  return shelves;
}

/** Records by opening. */
type Planted = Readonly<Record<string, string>>;

/** What is planted together, and what is then tried. */
interface Round {
  readonly planted: Planted;
  readonly tries: readonly Try[];
}

/** The values that a forger puts in the place of others: its own, and those of everybody honest. */
function valuesFor(world: World): Values {
  const people = [...FORGERS, ...HONEST].map((name) => world.people(name));
  return {
    mspIds: people.map(({ mspId }) => mspId),
    parties: people.map(({ party }) => party),
    ids: [world.newId('operator'), world.newId('bank', 'operator')],
  };
}

/** Forgeries of one opening, under its own id. */
const overwriting = (world: World, ready: Ready, opening: string): Round[] =>
  inPlaceOf(world, ready, opening, (id) => id);

/** Forgeries of one opening, each under an id in the forger's own register. */
function renamed(world: World, ready: Ready, opening: string): Round[] {
  return ID_PATTERN.test(partsOf(opening)[1]) ? inPlaceOf(world, ready, opening, () => world.newId('operator')) : [];
}

/** Forgeries of one opening in its place; all else is shown as it is. */
function inPlaceOf(world: World, ready: Ready, opening: string, under: (id: string) => string): Round[] {
  const [kind, id] = partsOf(opening);
  const real = ready.openings[opening] ?? '';
  return forgeriesOf(kind, real, valuesFor(world)).map(({ what, record }) => {
    const newId = under(id);
    const [name, forged] = [`${kind}/${newId}`, record.replaceAll(id, newId)];
    const { [opening]: _real, ...rest } = ready.openings;
    const request = JSON.parse(JSON.stringify(ready.request).replaceAll(id, newId)) as object;
    const shown = { request, secret: withForgery(ready.secret, real, forged), openings: { ...rest, [name]: forged } };
    // The caller is looked at only where the books were found to agree, and all honest peers look the same way.
    const asks = [
      ...HONEST.map((asked) => [ready.by, asked] as const),
      [world.people('operator').checker, 'bank'] as const,
    ];
    const tries = asks.map(([by, asked]): Try => ({
      what: `${what} of ${name} by ${by.mspId} at ${asked}`,
      ...{ ...shown, by, endorsers: [world.people(asked).mspId] },
    }));
    return { planted: { [name]: forged }, tries };
  });
}

/** A private part that carries the record itself, for a restore. */
const withForgery = (secret: object | undefined, real: string, forged: string): object | undefined =>
  secret !== undefined && 'record' in secret && secret.record === real ? { ...secret, record: forged } : secret;

/** Everything moved to the forgers' own books, with one field of one record changed: a deal of their own for each try. */
function resettled(world: World, step: Step, ready: Ready, opening: string): Round[] {
  const [kind] = partsOf(opening);
  const [party, duty] = step.by;
  const by = world.people(party === 'contractor' ? party : INSTEAD[party as (typeof HONEST)[number]])[duty];
  const own = FORGERS.map((name) => world.people(name).mspId);
  const values = valuesFor(world);
  const all = forgeriesOf(kind, ready.openings[opening] ?? '', values);
  // The honest peers take turns: each forgery needs a deal of its own, and they all run the same rules.
  return all.flatMap((_, index): Round[] => {
    const asked = HONEST[index % HONEST.length] ?? 'bank';
    const move = moved(world);
    const home = Object.fromEntries(Object.entries(ready.openings).map((entry) => entry.map(move) as [string, string]));
    const name = move(opening);
    const forgery = forgeriesOf(kind, home[name] ?? '', values)[index];
    if (forgery === undefined) return []; // the field says that already
    const openings = { ...home, [name]: forgery.record };
    const request = JSON.parse(move(JSON.stringify(ready.request))) as object;
    const secret = JSON.parse(move(JSON.stringify(ready.secret ?? null))) as object | null;
    const what = `${forgery.what} of ${name}, resettled, at ${asked}`;
    const endorsers = [...own, world.people(asked).mspId];
    return [{ planted: openings, tries: [{ what, request, secret: secret ?? undefined, openings, by, endorsers }] }];
  });
}

const ID = /[A-Za-z0-9.-]+~[A-Za-z0-9.-]+~[A-Za-z0-9_-]{16,64}/g;
const UETR = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/** Puts the forgers in the place of the honest, in ids and in fields, and gives every id and UETR another one. */
function moved(world: World): (text: string) => string {
  const fresh = new Map<string, string>();
  const renew = (old: string, make: () => string): string => {
    const made = fresh.get(old) ?? make();
    fresh.set(old, made);
    return made;
  };
  return (text) =>
    HONEST.reduce((moving, name) => {
      const [from, to] = [world.people(name), world.people(INSTEAD[name])];
      return moving.replaceAll(from.mspId, to.mspId).replaceAll(LEI[name], to.party);
    }, text)
      .replace(ID, (id) => renew(id, () => newId(registerOf(id), drawerOf(id))))
      .replace(UETR, (uetr) => renew(uetr, randomUUID));
}

/** How an endorsement, and a commit where there is one, ends. */
function answerTo(ready: Ready, { by, request, secret, openings, endorsers }: Try): Promise<string> {
  const transient = {
    openings: Buffer.from(JSON.stringify(openings)),
    seed: randomBytes(32),
    ...(secret === undefined ? {} : { private: Buffer.from(JSON.stringify(secret)) }),
  };
  return ending(by.sender.submitOnce(ready.step.name, JSON.stringify(request), transient, [...new Set(endorsers)]));
}

/** What forgers keep under some openings, on the shelves and among the copies of both, until it is put back as it was. */
class Garden {
  readonly #world: World;
  readonly #undo: readonly RawOperation[];

  private constructor(world: World, undo: readonly RawOperation[]) {
    this.#world = world;
    this.#undo = undo;
  }

  /** Notes what stands there now. */
  static async of(world: World, openings: readonly string[]): Promise<Garden> {
    const attackers = await Attackers.corrupt(world, FORGERS);
    const keys = [...new Set(openings.flatMap(keysOf))];
    const undo = await Promise.all(FORGERS.map((name) => attackers.undo(world.people(name).mspId, keys, name)));
    await attackers.surrender();
    return new Garden(world, undo.flat());
  }

  /** Writes records under their openings. */
  plant(planted: Planted): Promise<void> {
    const records = Object.entries(planted).flatMap(([opening, record]) =>
      keysOf(opening).map((key): [string, string] => [key, record]),
    );
    return this.#commit(
      FORGERS.flatMap((name) => records.map(([key, record]) => write(this.#world.people(name).mspId, key, record))),
    );
  }

  /** Puts everything back. */
  clear(): Promise<void> {
    return this.#commit(this.#undo);
  }

  async #commit(operations: readonly RawOperation[]): Promise<void> {
    const attackers = await Attackers.corrupt(this.#world, FORGERS);
    expect(await attackers.commit(operations)).toBe('VALID'); // at home, nobody else's business
    await attackers.surrender();
  }
}

/** Where a forger writes a record: on its own shelf, and among its copies. */
function keysOf(opening: string): string[] {
  const [kind, id] = partsOf(opening);
  return [ownKey(kind, id), ...(ID_PATTERN.test(id) ? [shownKey(registerOf(id), kind, id)] : [])];
}
