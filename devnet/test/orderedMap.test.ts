// The order of keys, and scans of a store that others write to meanwhile.
import { describe, expect, it } from '@jest/globals';
import { OrderedMap } from '../src/ledger/orderedMap.js';

describe('a scan', () => {
  it('goes on where it was when keys are added before and after its place', () => {
    const map = new OrderedMap<number>();
    ['b', 'd', 'f'].forEach((key, index) => {
      map.set(key, index);
    });
    const scan = map.range('', '');
    expect(scan.next().value).toEqual(['b', 0]);
    map.set('a', 3);
    map.set('e', 4);
    expect([...map.range('', '')].map(([key]) => key)).toEqual(['a', 'b', 'd', 'e', 'f']);
    expect([...scan].map(([key]) => key)).toEqual(['d', 'f']);
  });
});
