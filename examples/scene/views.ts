/** What each side sees of a batch, read from everybody's own book. */
import type { BookRecord } from '@tenor/client';
import { legIdsOf, type BatchOf } from './batch.js';
import { say } from './money.js';
import { nameOf } from './names.js';
import { column } from './print.js';
import type { Scene } from './scene.js';

type Leg = BookRecord<'leg'>;

const KINDS: Readonly<Record<Leg['what'], string>> = {
  SLICE: 'a slice',
  SURRENDER: 'a slice, back to its issuer',
  PLEDGE: 'a slice as a pledge',
  UNPLEDGE: 'a pledge that is given back',
  CREDIT: 'money',
  BLOCK: 'money',
};

/** What somebody sees of a batch. */
export interface Seen {
  readonly who: string;
  /** The legs that stand in its book, in words. */
  readonly legs: readonly string[];
  /** How many there are that do not. */
  readonly hidden: number;
}

function inWords(scene: Scene, { what, sender, receiver, currency, amount }: Leg): string {
  const nameAt = (lei: string): string => scene.cast.parties.find((party) => party.lei === lei)?.key ?? lei;
  return `${say({ currency, amount })} ${nameAt(sender)} > ${nameAt(receiver)}: ${KINDS[what]}`;
}

async function seenBy(scene: Scene, key: string, legIds: readonly string[]): Promise<readonly string[]> {
  const found = new Map<string, Leg>();
  await scene.read(key, async ({ book }) => {
    for await (const { id, record } of book.leg.all()) if (record !== undefined) found.set(id, record);
  });
  return legIds.flatMap((legId) => {
    const leg = found.get(legId);
    return leg === undefined ? [] : [inWords(scene, leg)];
  });
}

/** Reads everybody's book, and says what stands there of a batch. */
export async function sayWhoSeesWhat(scene: Scene, batch: BatchOf): Promise<readonly Seen[]> {
  const legIds = legIdsOf(batch);
  const all: Seen[] = [];
  for (const party of scene.cast.parties) {
    const legs = await seenBy(scene, party.key, legIds);
    all.push({ who: nameOf(party), legs, hidden: legIds.length - legs.length });
  }
  scene.note(
    `\nWhat each sees of these ${String(legIds.length)} legs, in its own book. Of the others it sees hashes at most.`,
  );
  for (const { who, legs } of all) {
    const [first = 'nothing', ...others] = legs;
    scene.note(`    ${column(who, 27)} ${first}`);
    for (const other of others) scene.note(`    ${column('', 27)} ${other}`);
  }
  return all;
}
