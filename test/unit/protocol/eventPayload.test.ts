/** What an event must carry: every event that this release emits, and nothing that is off by a field. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CASES } from '../../commands/cases.js';
import { optionalOf } from '../../commands/support/fields.js';
import { isEventName, parseEventPayload } from '../../../chaincode/src/protocol/eventPayload.js';
import { EVENTS, type EventName, type EventPayload } from '../../../chaincode/src/protocol/commands/index.js';

const FOLDER = join(__dirname, '../../golden/events-v1');
const GOLDEN = readdirSync(FOLDER).map(
  (file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { name: EventName; payload: string },
);

describe.each(GOLDEN)('$name', ({ name, payload }) => {
  const told = JSON.parse(payload) as EventPayload;
  const parse = (changed: object): unknown => parseEventPayload(name, JSON.stringify(changed));
  const withIds = (ids: object): object => ({ ...told, ids: { ...told.ids, ...ids } });

  it('is taken as it was emitted', () => {
    expect(isEventName(name)).toBe(true);
    expect(parseEventPayload(name, payload)).toEqual(told);
  });

  it('is not taken with a field too many', () => {
    expect(parse({ ...told, amount: '1' })).toBeUndefined();
    expect(parse(withIds({ another: 'id-of-something-0001' }))).toBeUndefined();
  });

  it('is not taken without one of its ids, or with another thing in its place', () => {
    const fields = Object.keys(told.ids);
    for (const field of fields) {
      const { [field]: _left, ...rest } = told.ids;
      if (!optionalOf(CASES[told.transaction].request).includes(field))
        expect([field, parse({ ...told, ids: rest })]).toEqual([field, undefined]);
      for (const other of [7, null, {}, '', [], [7], ['']]) expect(parse(withIds({ [field]: other }))).toBeUndefined();
    }
  });

  it('is not taken under the name of another', () => {
    for (const other of Object.values(EVENTS).filter((each) => each !== name))
      expect([other, parseEventPayload(other, payload)]).toEqual([other, undefined]);
  });
});

it('knows every event of this release, and no property that every object has', () => {
  expect(new Set(GOLDEN.map(({ name }) => name))).toEqual(new Set(Object.values(EVENTS)));
  for (const name of ['', 'constructor', '__proto__', 'toString', 'tenor.line.opened.v2'])
    expect(isEventName(name)).toBe(false);
});
