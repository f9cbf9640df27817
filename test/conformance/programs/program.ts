/** A program of concurrent transactions that a seed decides: what each does, who endorses it, in what order it is ordered. */
import { outOf } from '../support/policy.js';
import type { Step } from '../support/step.js';
import { Chance, type Weighted } from './chance.js';

/** One transaction: endorsed with the others of its wave, on the same state. */
export interface Draw {
  readonly chaincode: 'any' | 'each';
  readonly steps: readonly Step[];
  /** MSP ids of those who endorse; left out: the gateway plans. */
  readonly targets?: readonly string[];
  /** Ordered with the next wave: what it read may have changed by then. */
  readonly late: boolean;
  /** Ordered twice. */
  readonly twice: boolean;
}

/** Transactions that share a block, with the late ones of the wave before. */
export interface Wave {
  readonly draws: readonly Draw[];
  /** Mixes the order in which the block has them. */
  readonly order: <T>(values: readonly T[]) => T[];
}

/**
 * The keys that programs quarrel about. The lasting ones are never deleted. The others are, and so get a policy only
 * together with a value: a policy alone, after a delete in the same block, brings every Fabric peer down for good.
 */
const LASTING = ['a', 'b'] as const;
const FLEETING = ['c', 'd', 'e'] as const;
export const KEYS = [...LASTING, ...FLEETING] as const;
export const VALUES = ['v', 'v1', 'v2', 'v3', 'v4'] as const;
/** Collections by who may endorse: all, the chaincode's policy; one's own; somebody else's. */
export const COLLECTIONS = ['all', 'one', 'own', 'shared', '_implicit_org_Org1MSP', '_implicit_org_Org2MSP'] as const;
export const CHAINCODES = ['any', 'each'] as const;

const ORG1 = 'Org1MSP';
const ORG2 = 'Org2MSP';
const ORG3 = 'Org3MSP';
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const BY_ORG1 = base64(outOf(1, 'Org1MSP.peer'));
const BY_ORG2 = base64(outOf(1, 'Org2MSP.peer'));
const BY_BOTH = base64(outOf(2, 'Org1MSP.peer', 'Org2MSP.peer'));
const NONE = '';
export const POLICIES = [BY_ORG1, BY_ORG2, BY_BOTH, base64(outOf(1, 'Org1MSP.member', 'Org3MSP.member')), NONE];
/** Nobody but its owner gets what is written into these: a write without the owner would hold up its peer for a minute. */
const OWNED: Readonly<Record<string, readonly string[]>> = {
  _implicit_org_Org1MSP: [BY_ORG1, BY_BOTH, NONE],
  _implicit_org_Org2MSP: [BY_ORG2, BY_BOTH, NONE],
};
const TARGETS: Weighted<readonly string[] | undefined> = [
  [4, undefined],
  [3, [ORG1, ORG2, ORG3]],
  [2, [ORG1]],
  [1, [ORG2]],
  [2, [ORG1, ORG2]],
  [1, [ORG2, ORG3]],
];

type KeyOf = (short: string) => string;
type Draws = (chance: Chance, key: KeyOf) => Step;
type Place = Partial<Record<'collection', string>>;

const inside = (chance: Chance): { collection: string } => ({ collection: chance.pick(COLLECTIONS) });
const some = (chance: Chance, key: KeyOf): { key: string } => ({ key: key(chance.pick(KEYS)) });
const fleeting = (chance: Chance, key: KeyOf): { key: string } => ({ key: key(chance.pick(FLEETING)) });
const value = (chance: Chance): { value: string } => ({ value: chance.pick(VALUES) });

function policy(chance: Chance, key: KeyOf, place: Place): Step {
  const short = chance.pick(KEYS);
  const at = { ...place, key: key(short) };
  const set: Step = { do: 'policy', ...at, policy: chance.pick(OWNED[place.collection ?? ''] ?? POLICIES) };
  return LASTING.some((each) => each === short)
    ? set
    : { do: 'all', steps: [{ do: 'put', ...at, ...value(chance) }, set] };
}

const STEPS: Weighted<Draws> = [
  [6, (chance, key) => ({ do: 'get', ...some(chance, key) })],
  [8, (chance, key) => ({ do: 'put', ...some(chance, key), ...value(chance) })],
  [3, (chance, key) => ({ do: 'del', ...fleeting(chance, key) })],
  [4, range],
  [3, (chance, key) => policy(chance, key, {})],
  [1, (chance, key) => ({ do: 'getPolicy', ...some(chance, key) })],
  [1, (chance, key) => ({ do: 'history', ...some(chance, key) })],
  [5, (chance, key) => ({ do: 'put', ...some(chance, key), ...inside(chance), ...value(chance) })],
  [1, (chance, key) => ({ do: 'get', ...some(chance, key), ...inside(chance) })],
  [3, (chance, key) => ({ do: 'hash', ...some(chance, key), ...inside(chance) })],
  [2, (chance, key) => ({ do: 'del', ...fleeting(chance, key), ...inside(chance) })],
  [1, (chance, key) => ({ do: 'purge', ...fleeting(chance, key), ...inside(chance) })],
  [2, (chance, key) => policy(chance, key, inside(chance))],
  [1, (chance, key) => ({ do: 'getPolicy', ...some(chance, key), ...inside(chance) })],
  [2, call],
];

/** Between two keys, the second one left out, and sometimes only its beginning. */
function range(chance: Chance, key: KeyOf): Step {
  const ends = [...KEYS, 'f'];
  const start = chance.between(0, KEYS.length - 1);
  const end = chance.between(start + 1, KEYS.length);
  return {
    ...{ do: 'range', start: key(ends[start] ?? ''), end: key(ends[end] ?? '') },
    ...(chance.percent(30) ? { take: 1 } : {}),
  };
}

function call(chance: Chance, key: KeyOf): Step {
  const step = (): Step => chance.weighted(STEPS.filter(([, each]) => each !== call))(chance, key);
  return { do: 'call', chaincode: chance.pick(CHAINCODES), steps: [step()], caught: true };
}

function draw(chance: Chance, key: KeyOf): Draw {
  const targets = chance.weighted(TARGETS);
  return {
    chaincode: chance.weighted([
      [3, 'any'],
      [2, 'each'],
    ]),
    steps: Array.from({ length: chance.between(1, 4) }, () => chance.weighted(STEPS)(chance, key)),
    ...(targets === undefined ? {} : { targets }),
    late: chance.percent(15),
    twice: chance.percent(5),
  };
}

/** Fills the keys, so that there is something to read, and then quarrels about them. */
export function programOf(seed: number, key: KeyOf): readonly Wave[] {
  const chance = new Chance(seed);
  const order = <T>(values: readonly T[]): T[] => chance.shuffle(values);
  const plain = { chaincode: 'any', targets: [ORG1, ORG2, ORG3], late: false, twice: false } as const;
  const filled = KEYS.filter(() => chance.percent(60));
  const given: Draw[] = filled.flatMap((short): Draw[] => [
    { ...plain, steps: [{ do: 'put', key: key(short) }] },
    { ...plain, steps: [{ do: 'put', key: key(short), collection: chance.pick(COLLECTIONS) }] },
  ]);
  const waves = Array.from({ length: chance.between(3, 5) }, () =>
    Array.from({ length: chance.between(3, 7) }, () => draw(chance, key)),
  );
  return [given, ...waves].map((draws) => ({ draws, order }));
}
