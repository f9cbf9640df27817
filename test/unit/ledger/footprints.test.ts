/**
 * What a valid call of each command touches: the books that it writes, the records that it relies on, and the key policies that it
 * leaves. It is recorded from the cases in test/golden/footprints.json, where a change is read as a diff, and docs/ARCHITECTURE.md
 * shows it as a table.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { ALL } from '../../commands/cases.js';
import { reached, type Case } from '../../commands/support/case.js';
import { policyText } from '../../commands/support/scene.js';
import { Stock } from '../../commands/support/stock.js';
import { PLAYERS } from '../../commands/support/stage.js';
import { mspOf, MemoryWorld, type Endorsed } from '../../property/support/memoryWorld.js';

const FILE = join(__dirname, '../../golden/footprints.json');
const BOOK = '_implicit_org_';

interface Place {
  /** The organisation whose book it is, by the name of its player; `registry` for public state. */
  readonly book: string;
  readonly shelf: string;
  readonly kind: string;
}

function placeOf(text: string): Place {
  const [collection = '', key = ''] = text.split('\u0000');
  const player = PLAYERS.find((each) => collection === `${BOOK}${mspOf(each)}`);
  const [first = '', second = ''] = key.split('/');
  return player === undefined
    ? { book: 'registry', shelf: 'public', kind: first }
    : { book: player, shelf: first, kind: second };
}

const named = (text: string): string => PLAYERS.reduce((said, each) => said.replaceAll(mspOf(each), each), text);
/** A policy in words. */
const inWords = (policy: string): string => named(policy).replaceAll(' & ', ' and ').replaceAll(' | ', ' or ');
const list = (texts: readonly string[]): string => [...new Set(texts)].sort().join(', ');

/** `kind (book, book)` for each kind among some places. */
function byKind(places: readonly Place[]): string {
  const books = new Map<string, string[]>();
  for (const { book, kind } of places) books.set(kind, [...(books.get(kind) ?? []), book]);
  return [...books]
    .map(([kind, where]) => `${kind} (${list(where)})`)
    .sort()
    .join(', ');
}

/** What a call touches, in words. */
function footprintOf({ simulation, endorsers }: Endorsed): object {
  const writes = [...simulation.writes].map(([place, { bytes }]) => {
    const policy = bytes === undefined ? undefined : simulation.policyAfter(place);
    return { ...placeOf(place), bytes, policy };
  });
  const reads = [...simulation.reads].map(([place, version]) => ({ ...placeOf(place), version }));
  const relied = reads.filter(({ shelf }) => shelf === 'own');
  const policies = writes.flatMap(({ kind, policy }) =>
    policy === undefined ? [] : [`${kind}: ${inWords(policyText(policy))}`],
  );
  return {
    books: list(writes.map(({ book }) => book)),
    endorsers: writes.some(({ shelf }) => shelf === 'public')
      ? 'as the chaincode policy says'
      : list(endorsers.map(named)),
    registers: byKind(writes.filter(({ shelf, bytes }) => shelf !== 'shown' && bytes !== undefined)),
    copies: byKind(writes.filter(({ shelf }) => shelf === 'shown')),
    deleted: byKind(writes.filter(({ bytes }) => bytes === undefined)),
    present: byKind(relied.filter(({ version }) => version !== undefined)),
    absent: byKind(relied.filter(({ version }) => version === undefined)),
    policies: list(policies),
  };
}

let founded: MemoryWorld;
let empty: MemoryWorld;
beforeAll(async () => {
  [founded, empty] = [await MemoryWorld.found(), await MemoryWorld.unfounded()];
});

async function touchedBy(each: Case): Promise<object> {
  const world = (each.unfounded === true ? empty : founded).clone();
  const { input } = await reached(world, each, new Stock(world));
  return footprintOf(await world.endorse(...each.by, each.name, input));
}

it('every command touches what its golden footprints say', async () => {
  const found: Record<string, object> = {};
  for (const each of ALL) found[each.name] = await touchedBy(each);
  if (process.env['TENOR_GOLDEN'] === 'keep') writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
  expect(found).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
});
