/** Canonical JSON: one value, one text (as RFC 8785 orders it, without its floats). */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../../chaincode/src/protocol/canonical.js';

class Amount {
  readonly minor = '1';
}

describe('canonicalJson', () => {
  it.each([
    [null, 'null'],
    [true, 'true'],
    ['a', '"a"'],
    [0, '0'],
    [-0, '0'],
    [-7, '-7'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [[], '[]'],
    [{}, '{}'],
    [[3, 1, 2], '[3,1,2]'],
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ b: [{ d: 1, c: 2 }], a: null }, '{"a":null,"b":[{"c":2,"d":1}]}'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    ['\u20ac$\u000f\nA\'B"\\\\"/', '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
    ['\ud83d\ude00', '"\ud83d\ude00"'],
  ])('%p is %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('sorts keys by UTF-16 code units (RFC 8785, section 3.2.3)', () => {
    const value = { '\u20ac': 5, '\r': 1, '\ufb33': 7, '1': 2, '\ud83d\ude00': 6, '\u0080': 3, '\u00f6': 4 };
    const text = canonicalJson(value);
    const order = ['\\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    expect(text).toBe(`{${order.map((key, index) => `"${key}":${String(index + 1)}`).join(',')}}`);
  });

  it('sorts keys that look like numbers as text too', () => {
    expect(canonicalJson({ b: 1, '9': 1, '10': 1, '-1': 1 })).toBe('{"-1":1,"10":1,"9":1,"b":1}');
  });

  it('keeps a key named __proto__ as data', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1},"b":1}');
  });

  it.each<[string, unknown]>([
    ['a float', 1.5],
    ['a number beyond 2^53', 2 ** 53],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a bigint', 1n],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['a hole in a list', new Array<number>(2)],
    ['a date', new Date(0)],
    ['an instance of a class', new Amount()],
    ['a map', new Map([['a', 1]])],
    ['a set', new Set([1])],
    ['bytes', new Uint8Array([1])],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['an object without prototype', Object.create(null)],
    ['a boxed number', Object(1)],
    ['a float deep inside', { a: [{ b: 0.1 }] }],
    ['a date deep inside', { a: { b: new Date(0) } }],
  ])('refuses %s', (_what, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('gives one text for one value, whatever the order of its keys', () => {
    const scalar = fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.maxSafeInteger());
    const tree = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        scalar,
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('any'), { maxKeys: 5, noNullPrototype: true }),
      ),
    })).any;
    fc.assert(
      fc.property(tree, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, reversed(each)]),
  );
}
