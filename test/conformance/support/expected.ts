/** What real Fabric gave, as it was recorded, and how an outcome is held against it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { EXPLAINED } from '../explained.js';
import type { Json } from './names.js';

/** The release whose behaviour counts. */
export const VERSION = '3.1.5';

/** Folder of the suite's sources, also when the compiled program runs. */
export const SUITE = resolve(__dirname, __dirname.includes('dist') ? '../..' : '..');

const FILE = join(SUITE, 'expected', `v${VERSION}.json`);

interface Recorded {
  readonly fabric: string;
  /** Hash of the sources (sources.ts) with which real Fabric gave all outcomes; missing when that is not known. */
  readonly sources?: string | undefined;
  readonly cases: Readonly<Record<string, Json>>;
}

function read(): Recorded {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Recorded) : { fabric: VERSION, cases: {} };
}

/** Outcomes by case id; none before the first record. */
export const readExpected = (): Readonly<Record<string, Json>> => read().cases;

/** Hash of the sources with which real Fabric last gave every recorded outcome. */
export const recordedSources = (): string | undefined => read().sources;

/** Adds outcomes to the record, or replaces those of the same cases; `known` are the ids that exist, `sources` those of a whole run. */
export function writeExpected(outcomes: ReadonlyMap<string, Json>, known: readonly string[], sources?: string): void {
  const cases = { ...readExpected(), ...Object.fromEntries(outcomes) };
  const ordered = Object.fromEntries(known.flatMap((id) => (cases[id] === undefined ? [] : [[id, cases[id]]])));
  const recorded: Recorded = { fabric: VERSION, sources, cases: ordered };
  writeFileSync(FILE, `${JSON.stringify(recorded, null, 2)}\n`);
}

/** An outcome that is not the expected one. */
export interface Difference {
  readonly id: string;
  readonly expected: Json;
  readonly got: Json;
}

/** The outcome that an engine must give: Fabric's, or the one devnet is known and meant to give instead. */
export function expectedOn(engine: 'devnet' | 'fabric', id: string, recorded: Json): Json {
  const explained = engine === 'devnet' ? EXPLAINED[id] : undefined;
  return explained === undefined ? recorded : (explained.devnet as Json);
}

/** Outcomes that differ from the record. A case without a record differs. */
export function differences(engine: 'devnet' | 'fabric', outcomes: ReadonlyMap<string, Json>): Difference[] {
  const recorded = readExpected();
  return differencesFrom((id) => expectedOn(engine, id, recorded[id] ?? 'never recorded'), outcomes);
}

/** Outcomes that are not as they should be. */
export function differencesFrom(expectedOf: (id: string) => Json, outcomes: ReadonlyMap<string, Json>): Difference[] {
  return [...outcomes].flatMap(([id, got]) => {
    const expected = expectedOf(id);
    return isDeepStrictEqual(expected, got) ? [] : [{ id, expected, got }];
  });
}

/** A part of an outcome, by its path, that differs. */
interface DifferentPart {
  readonly at: string;
  readonly expected: Json | undefined;
  readonly got: Json | undefined;
}

type Container = Readonly<Record<string, Json>>;

/** Arrays too: by their indexes. */
const isContainer = (value: Json | undefined): value is Container => typeof value === 'object' && value !== null;

/** The smallest parts in which two outcomes differ. */
export function parts(expected: Json | undefined, got: Json | undefined, at = ''): DifferentPart[] {
  if (isDeepStrictEqual(expected, got)) return [];
  if (!isContainer(expected) || !isContainer(got)) return [{ at, expected, got }];
  const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
  return [...names].flatMap((name) => parts(expected[name], got[name], `${at}/${name}`));
}
