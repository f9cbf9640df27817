/** Guards by table: each refuses by its own code, and where two fail the code that the docs list first is the one that comes. */
import { describe, expect, it } from '@jest/globals';
import type { ErrorData } from '../../../chaincode/src/protocol/errors.js';
import { codeOf } from '../protocol/support.js';

/** One way in which a call can be wrong, and where it says so what the refusal names. */
export type Wrong<Call> = readonly [code: string, what: string, breaks: (call: Call) => Call, data?: ErrorData];

/** Describes the guards of a rule in their documented order. Ways of one code must stand together. */
export function refusesInOrder<Call>(rule: (call: Call) => unknown, good: Call, wrongs: readonly Wrong<Call>[]): void {
  it('takes what is right', () => {
    expect(codeOf(() => rule(good))).toEqual({ answered: expect.anything() });
  });

  it.each(wrongs)('refuses with %s: %s', (...[code, , breaks, data]: Wrong<Call>) => {
    expect(codeOf(() => rule(breaks(good)), true)).toEqual([code, data ?? expect.anything()]);
  });

  const pairs = wrongs.flatMap((first, index) => wrongs.slice(index + 1).map((second) => ({ first, second })));
  describe.each(wrongs.slice(0, -1))('%s (%s)', (code, what) => {
    it('comes before all that stands behind it', () => {
      for (const { first, second } of pairs.filter((pair) => pair.first[0] === code && pair.first[1] === what)) {
        // The first breaks last, so that it is broken whatever the second did.
        const call = first[2](second[2](good));
        expect([second[1], codeOf(() => rule(call))]).toEqual([second[1], code]);
      }
    });
  });
}
