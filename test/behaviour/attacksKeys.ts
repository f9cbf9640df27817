/** Everything that a changed chaincode can do to one key of a book. */
import { erase, guard, purge, write, type RawOperation } from '../support/attack.js';

/** One transaction of an attacker. */
export interface Attack {
  readonly what: string;
  readonly operations: readonly RawOperation[];
}

/** Changes it, empties it, removes it, and loosens what guards it: so that `gain` alone could write it. */
export function onKey(mspId: string, key: string, gain: string): Attack[] {
  return [
    { what: `overwrite ${key}`, operations: [write(mspId, key, { forged: true })] },
    { what: `empty ${key}`, operations: [write(mspId, key, '')] },
    { what: `delete ${key}`, operations: [erase(mspId, key)] },
    { what: `purge ${key}`, operations: [purge(mspId, key)] },
    { what: `delete and recreate ${key}`, operations: [erase(mspId, key), write(mspId, key, { forged: true })] },
    { what: `drop the policy of ${key}`, operations: [guard(mspId, key, [])] },
    { what: `weaken the policy of ${key}`, operations: [guard(mspId, key, [gain])] },
  ];
}
