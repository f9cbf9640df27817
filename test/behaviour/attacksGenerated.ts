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
import type { User } from '../commands/support/stage.js';
import { BOOK_KINDS } from '../support/kinds.js';
import { forgeriesOf, type Values } from '../support/attackFields.js';
import type { Door, OpenLedger } from '../support/ledger.js';
import { refusalsOfAll } from '../support/refusals.js';
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
/** Hundreds of calls a step, on a machine that does other things too. */
const MANY_MS = 600_000;

/** Who asks: a client, and the door below it. */
interface Asker {
  readonly tenor: Tenor;
  readonly door: Door;
}

/** One call of an attack: what is shown, by whom, to whose peers. */
interface Try {
  readonly what: string;
  readonly request: object;
  readonly secret: object | undefined;
  readonly openings: Readonly<Record<string, string>>;
  readonly by: Asker;
  readonly endorsers: readonly string[];
  /** Each of them is asked for its own word, as if it were the only one. */
  readonly apart: boolean;
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

    afterAll(async () => {
      for (const door of doors.values()) door.close();
      await world.close();
    });

    /** Tries all of a list: what should not have happened, and what was taken and so must have changed nothing of the honest. */
    async function tried(ready: Ready, tries: readonly Try[]): Promise<Outcomes> {
      const [wrong, taken]: [string[], string[]] = [[], []];
      for (const each of tries) {
        for (const { what, code } of await answersTo(ready, each)) {
          tally.set(code, (tally.get(code) ?? 0) + 1);
          if (UNEXPLAINED.includes(code)) wrong.push(`${what}: ${code}`);
          if (code === 'VALID') taken.push(what);
        }
      }
      return { wrong, taken };
    }

    const doors = new Map<string, Door>();
    /** The person of a party, with a door that stays open for all calls. */
    function asker(name: PartyName, duty: User): Asker {
      const { organization, [duty]: tenor } = world.people(name);
      const user = `${duty.charAt(0).toUpperCase()}${duty.slice(1)}`;
      const door = doors.get(`${organization} ${user}`) ?? world.ledger.door(organization, user);
      doors.set(`${organization} ${user}`, door);
      return { tenor, door };
    }

    /** Everything that is tried with one opening. */
    async function attackOn(step: Step, ready: Ready, opening: string): Promise<Outcomes[]> {
      const [party, duty] = step.by;
      const forger = party === 'contractor' ? party : INSTEAD[party as (typeof HONEST)[number]];
      const [own, other] = [asker(party, duty), asker('operator', 'checker')];
      const overwritten = overwriting(world, ready, opening, [own, other]);
      const elsewhere = [
        ...renamed(world, ready, opening, [own, other]),
        ...resettled(world, ready, opening, asker(forger, duty)),
      ];
      const outcomes: Outcomes[] = [];
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
      const home = await Garden.of(world, Object.keys(planted));
      await home.plant(planted);
      for (const { tries } of elsewhere) outcomes.push(await tried(ready, tries));
      await home.clear();
      return outcomes;
    }

    // The registry's own steps open nothing.
    const steps = walk(() => world).filter(({ name }) => !name.startsWith('registry:'));
    it.each(steps)(
      '$name changes nothing that somebody honest vouches for',
      async (step) => {
        const ready = await stand(world, step);
        const before = await honestShelves(world);
        const outcomes: Outcomes[] = [];
        for (const opening of Object.keys(ready.openings)) outcomes.push(...(await attackOn(step, ready, opening)));
        expect(outcomes.flatMap(({ wrong }) => wrong)).toEqual([]);
        // What is written there is never undone, so that one look shows it. One of those that were taken did it.
        const after = await honestShelves(world);
        const taken = isDeepStrictEqual(after, before) ? [] : outcomes.flatMap((each) => each.taken);
        expect({ after, taken }).toEqual({ after: before, taken: [] });
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

/** Of some calls: what should not have happened, and what was taken. */
interface Outcomes {
  readonly wrong: readonly string[];
  readonly taken: readonly string[];
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

/** The values that a forger puts in the place of others: names of these, and ids of its own. */
function valuesFor(world: World, names: readonly PartyName[] = [...FORGERS, ...HONEST]): Values {
  const people = names.map((name) => world.people(name));
  return {
    mspIds: people.map(({ mspId }) => mspId),
    parties: people.map(({ party }) => party),
    ids: [world.newId('operator'), world.newId('bank', 'operator')],
  };
}

/**
 * Forgeries of one opening, under its own id. They stand in the forgers' books alone, so that none but their names could lead a peer
 * there.
 */
const overwriting = (world: World, ready: Ready, opening: string, by: readonly [Asker, Asker]): Round[] =>
  inPlaceOf(world, ready, opening, { by, names: FORGERS, under: (id) => id });

/** Forgeries of one opening, each under an id in the forger's own register. */
function renamed(world: World, ready: Ready, opening: string, by: readonly [Asker, Asker]): Round[] {
  const under = (): string => world.newId('operator');
  return ID_PATTERN.test(partsOf(opening)[1])
    ? inPlaceOf(world, ready, opening, { by, names: [...FORGERS, ...HONEST], under })
    : [];
}

interface Placing {
  /** Whose step it is, and a forger. */
  readonly by: readonly [Asker, Asker];
  /** Whose names the forgeries put in the place of others. */
  readonly names: readonly PartyName[];
  readonly under: (id: string) => string;
}

/** Forgeries of one opening in its place; all else is shown as it is. */
function inPlaceOf(world: World, ready: Ready, opening: string, { by, names, under }: Placing): Round[] {
  const [own, forger] = by;
  const [kind, id] = partsOf(opening);
  const honest = HONEST.map((name) => world.people(name).mspId);
  const real = ready.openings[opening] ?? '';
  return forgeriesOf(kind, real, valuesFor(world, names)).map(({ what, record }) => {
    const newId = under(id);
    const [name, forged] = [`${kind}/${newId}`, record.replaceAll(id, newId)];
    const { [opening]: _real, ...rest } = ready.openings;
    const request = JSON.parse(JSON.stringify(ready.request).replaceAll(id, newId)) as object;
    const shown = { request, secret: withForgery(ready.secret, real, forged), openings: { ...rest, [name]: forged } };
    // The caller is looked at only where the books were found to agree, and all honest peers look the same way.
    const asks = [[own, honest] as const, [forger, [world.people('bank').mspId]] as const];
    const tries = asks.map(([by, endorsers]): Try => ({
      what: `${what} of ${name} by ${by.tenor.mspId}`,
      ...{ ...shown, by, endorsers, apart: true },
    }));
    return { planted: { [name]: forged }, tries };
  });
}

/** A private part that carries the record itself, for a restore. */
const withForgery = (secret: object | undefined, real: string, forged: string): object | undefined =>
  secret !== undefined && 'record' in secret && secret.record === real ? { ...secret, record: forged } : secret;

/** Everything moved to the forgers' own books, with one field of one record changed: a deal of their own for each try. */
function resettled(world: World, ready: Ready, opening: string, by: Asker): Round[] {
  const [kind] = partsOf(opening);
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
    const call = { what, request, secret: secret ?? undefined, openings, by, endorsers, apart: false };
    return [{ planted: openings, tries: [call] }];
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

/** How an endorsement, and a commit where there is one, ends: of one call, or of each peer's own. */
async function answersTo({ step: { name } }: Ready, tried: Try): Promise<{ what: string; code: string }[]> {
  const { by, request, secret, openings, endorsers, apart } = tried;
  const argument = JSON.stringify(request);
  const transient = {
    openings: Buffer.from(JSON.stringify(openings)),
    seed: randomBytes(32),
    ...(secret === undefined ? {} : { private: Buffer.from(JSON.stringify(secret)) }),
  };
  const submitted = (peers: readonly string[]): Promise<string> =>
    ending(by.tenor.sender.submitOnce(name, argument, transient, [...new Set(peers)]));
  if (!apart) return [{ what: tried.what, code: await submitted(endorsers) }];
  const refused = await refusalsOfAll(by.door, { name, argument, transient, endorsers });
  const answers: { what: string; code: string }[] = [];
  // Where one of them does not refuse, each is asked alone, so that what it endorses is committed.
  for (const [index, mspId] of endorsers.entries())
    answers.push({ what: `${tried.what} at ${mspId}`, code: refused?.[index] ?? (await submitted([mspId])) });
  return answers;
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
