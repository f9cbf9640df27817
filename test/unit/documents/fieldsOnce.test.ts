/** Repeated fields in JSON are found wherever they are, and never reported if there are none. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertFieldsOnce } from '../../../client/src/documents/index.js';
import { refusalOf } from './support.js';

const place = (json: string): string | undefined => {
  JSON.parse(json); // what is asked about is JSON
  return refusalOf(() => {
    assertFieldsOnce(json);
  })?.[1];
};

const TWICE: readonly [what: string, json: string, place: string][] = [
  ['at the top', '{"a":1,"a":1}', '/a, line 1'],
  ['three lines down', '{\n"a": 1,\r\n"b": 2,\n"a": 3}', '/a, line 4'],
  ['after an object', '{"a":{"b":1},"a":2}', '/a, line 1'],
  ['after a list', '{"a":[1,2,{"a":1}],"b":[],"a":2}', '/a, line 1'],
  ['in the third of a list', '{"x":[{"a":1},[5,6],{"a":1,"b":2,"a":3}]}', '/x/2/a, line 1'],
  ['in a list of lists', '[[0],[0,{"a":1,"a":1}]]', '/1/1/a, line 1'],
  ['written with an escape', String.raw`{"a":1,"\u0061":2}`, '/a, line 1'],
  ['with an escaped quote in it', String.raw`{"a\"b":1,"a\"b":2}`, '/a"b, line 1'],
  ['that has no letters', '{"":1,"":2}', '/, line 1'],
  ['with a name that objects have by birth', '{"__proto__":1,"__proto__":2}', '/__proto__, line 1'],
];

const ONCE: readonly [what: string, json: string][] = [
  ['beside each other', '[{"a":1},{"a":1}]'],
  ['in each other', '{"a":{"a":{"a":1}}}'],
  ['as a value', '{"a":"a","b":"a","c":["a","a"]}'],
  ['inside a text', String.raw`{"a":"{\"a\":1,\"a\":2}","b":"\\","c":"},{"}`],
  ['that differ by case', '{"a":1,"A":2}'],
  ['in a list after an object', '[{"a":1},"a","a"]'],
  ['where there is no object', '"a"'],
];

describe('A field', () => {
  it.each(TWICE)('%s that stands twice is refused with its place', (_what, json, at) => {
    expect(place(json)).toBe(at);
  });

  it.each(ONCE)('of the same name %s is none that stands twice', (_what, json) => {
    expect(place(json)).toBeUndefined();
  });

  it('of any JSON stands once, and is refused wherever it is written a second time', () => {
    // What JSON.stringify writes names each field once. A marked one is written twice, somewhere in the middle.
    const marked = fc.tuple(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), fc.string());
    fc.assert(
      fc.property(marked, ([before, inside, after, name]) => {
        const json = JSON.stringify({ before, list: [before, { [name]: inside }, after], after }, undefined, 1);
        expect(place(json)).toBeUndefined();
        const field = JSON.stringify(name);
        const twice = `{"before":${JSON.stringify(before)},"list":[0,{${field}:${JSON.stringify(inside)},${field}:1}]}`;
        expect(place(twice)).toBe(`/list/1/${name}, line 1`);
      }),
    );
  });
});
