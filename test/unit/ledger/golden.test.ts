/**
 * The promise of compatibility: bytes that a release has stored load in every later one, and come out again as they were.
 * Files in test/golden are made once and never changed; a new version of a schema brings a folder of its own. What has no file yet
 * is kept by `npm run golden`; look at what it writes before you commit it, for it is a promise.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { decodeBookRecord, decodePublicRecord, encodeRecord } from '../../../chaincode/src/ledger/codec.js';
import { ownKey, placeOf, publicKey, shownKey } from '../../../chaincode/src/ledger/keys.js';
import { canonicalJson } from '../../../chaincode/src/protocol/canonical.js';
import { CLASS_OF } from '../../../chaincode/src/protocol/errorClasses.js';
import { EVENTS, type CommandName } from '../../../chaincode/src/protocol/commands/index.js';
import {
  BOOK_RECORDS,
  PUBLIC_RECORDS,
  type BookKind,
  type PublicKind,
} from '../../../chaincode/src/protocol/records/index.js';
import { MemoryWorld } from '../../property/support/memoryWorld.js';
import { tellStory } from '../../property/support/story.js';

const GOLDEN = path.resolve(__dirname, '../../golden');
const CLASSES = path.join(GOLDEN, 'error-classes.json');
/** Whether `npm run golden` asked to keep what has no file yet. */
const KEEPS = process.env['TENOR_GOLDEN'] === 'keep';

const goldenClasses = (): object => JSON.parse(readFileSync(CLASSES, 'utf8')) as object;

function read(folder: string): (readonly [name: string, content: unknown])[] {
  const names = readdirSync(path.join(GOLDEN, folder)).sort();
  return names.map((name) => [name, JSON.parse(readFileSync(path.join(GOLDEN, folder, name), 'utf8')) as unknown]);
}

interface GoldenRecord {
  readonly collection: string;
  readonly key: string;
  readonly bytes: string;
}

interface GoldenEvent {
  readonly name: string;
  readonly payload: string;
}

const RECORDS = read('records-v1') as (readonly [string, GoldenRecord])[];
const GOLDEN_EVENTS = read('events-v1') as (readonly [string, GoldenEvent])[];
const isPublic = ({ collection }: GoldenRecord): boolean => collection === 'public';
const kindOf = (record: GoldenRecord): string => record.key.split('/')[isPublic(record) ? 0 : 1] ?? '';

const keyOf = (kind: BookKind, id: string, register: string | undefined): string =>
  register === undefined ? ownKey(kind, id) : shownKey(register, kind, id);

describe('records, version 1', () => {
  it.each(RECORDS)('%s decodes, and encodes to the same bytes', (_name, record) => {
    const { bytes } = record;
    const decoded = isPublic(record)
      ? decodePublicRecord(kindOf(record) as PublicKind, bytes)
      : decodeBookRecord(kindOf(record) as BookKind, bytes);
    expect(encodeRecord(decoded)).toBe(bytes);
    expect(decoded).toEqual(JSON.parse(bytes));
    expect(decoded.schema).toBe(`tenor.${kindOf(record)}/1`);
  });

  it.each(RECORDS)('%s stands under the key that its id gives', (_name, record) => {
    const { id, ...said } = JSON.parse(record.bytes) as {
      readonly [Field in 'id' | 'mspId' | 'identity' | 'kind']?: string;
    };
    const kind = kindOf(record);
    // A place is one of many, and its number stands in its key alone.
    const place = /^own\/intake\/([a-z]+:[a-z]+~[A-Za-z0-9.-]+~\d{1,4})$/.exec(record.key)?.[1];
    // Their ids have several parts.
    const parts = { operator: [said.mspId, said.identity], voucher: [said.mspId, said.kind, id] }[kind];
    const expected = isPublic(record)
      ? publicKey(kind as PublicKind, parts?.join('/') ?? id)
      : keyOf(kind as BookKind, id ?? place ?? 'channel', placeOf(record.key)?.register);
    expect(record.key).toBe(expected);
  });

  it('has one of every kind', () => {
    const kinds = (open: boolean): string[] =>
      [
        ...new Set(
          RECORDS.map(([, record]) => record)
            .filter((record) => isPublic(record) === open)
            .map(kindOf),
        ),
      ].sort();
    expect(kinds(false)).toEqual(Object.keys(BOOK_RECORDS).sort());
    expect(kinds(true)).toEqual(Object.keys(PUBLIC_RECORDS).sort());
  });
});

describe('events, version 1', () => {
  it.each(GOLDEN_EVENTS)('%s keeps its name and its bytes', (_name, { name, payload }) => {
    const event = JSON.parse(payload) as { transaction: CommandName; ids: Record<string, unknown> };
    expect(EVENTS[event.transaction]).toBe(name);
    expect(canonicalJson(event)).toBe(payload);
    expect(Object.keys(event)).toEqual(['ids', 'transaction']);
  });

  it('has one of every command', () => {
    const names = GOLDEN_EVENTS.map(([, { payload }]) => (JSON.parse(payload) as { transaction: string }).transaction);
    expect([...new Set(names)].sort()).toEqual(Object.keys(EVENTS).sort());
  });
});

describe('refusals, version 1', () => {
  it('keep their codes and classes: applications decide by them. A new code is promised before it is used', () => {
    if (KEEPS) writeFileSync(CLASSES, `${JSON.stringify({ ...CLASS_OF, ...goldenClasses() }, null, 2)}\n`);
    expect(CLASS_OF).toEqual(goldenClasses());
  });
});

describe('the chaincode of today', () => {
  /** Fields that say what a record is at present. What they may say is part of the promise. */
  const TELLING = ['state', 'status', 'kind', 'what'];
  /** Names of fields, and what they hold, down to the leaves. */
  const shapeOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
    if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
    const told = (field: string, each: unknown): unknown =>
      TELLING.includes(field) && typeof each === 'string' ? each : shapeOf(each);
    return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, told(field, each)]));
  };
  const shapes = (texts: readonly string[]): string[] =>
    [...new Set(texts.map((text) => canonicalJson(shapeOf(JSON.parse(text)))))].sort();

  /** Keeps a file for each shape that has none. What is there is never written again. */
  function keepMissing({ history }: MemoryWorld): void {
    /** Events of two commands may look alike, and each has one. */
    const looksOf = (text: string): string =>
      `${(JSON.parse(text) as { transaction?: string }).transaction ?? ''} ${shapes([text]).join()}`;
    const kept = [...RECORDS.map(([, { bytes }]) => bytes), ...GOLDEN_EVENTS.map(([, { payload }]) => payload)];
    const seen = new Set(kept.map(looksOf));
    const keep = (folder: string, name: string, text: string, content: object): void => {
      if (seen.has(looksOf(text))) return;
      seen.add(looksOf(text));
      const names = readdirSync(path.join(GOLDEN, folder));
      const free = [name, ...names.map((_, index) => `${name}-${String(index + 2)}`)].find(
        (each) => !names.includes(`${each}.json`),
      );
      const bytes = `${JSON.stringify(content, null, 2)}\n`;
      writeFileSync(path.join(GOLDEN, folder, `${free ?? name}.json`), bytes, { flag: 'wx' });
    };
    for (const { endorsed } of history) {
      const { event, writes } = endorsed.simulation;
      if (event !== undefined) keep('events-v1', endorsed.call.name.replace(':', '-'), event.payload, event);
      for (const [place, { bytes }] of writes) {
        const [collection = '', key = ''] = place.split('\u0000');
        const record = { collection, key, bytes: bytes?.toString() ?? '' };
        const name = isPublic(record) ? `public-${kindOf(record)}` : kindOf(record);
        if (bytes !== undefined) keep('records-v1', name, record.bytes, record);
      }
    }
  }

  it('writes records and events of the golden shapes, and of no other', async () => {
    const world = await MemoryWorld.found();
    await tellStory(world);
    if (KEEPS) keepMissing(world);
    const writes = world.history.flatMap(({ endorsed }) => [...endorsed.simulation.writes.values()]);
    const [goldenRecords, goldenEventFiles] = [read('records-v1'), read('events-v1')] as [
      readonly (readonly [string, GoldenRecord])[],
      readonly (readonly [string, GoldenEvent])[],
    ];
    const written = shapes(writes.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes.toString()])));
    const golden = shapes(goldenRecords.map(([, { bytes }]) => bytes));
    expect(written.filter((shape) => !golden.includes(shape))).toEqual([]);
    const emitted = shapes(world.history.map(({ endorsed }) => endorsed.simulation.event?.payload ?? ''));
    const goldenEvents = shapes(goldenEventFiles.map(([, { payload }]) => payload));
    expect(emitted.filter((shape) => !goldenEvents.includes(shape))).toEqual([]);
  });
});
