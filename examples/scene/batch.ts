/** The steps of a batch: what is to move, agreed by everybody whom it concerns, and moved together or not at all. */
import { sheetRowOf, type Account, type Input, type SheetRow } from '@tenor/client';
import { say, type Amount } from './money.js';
import { payLeg } from './payments.js';
import type { Scene } from './scene.js';

/** Money that is to move. Parties and banks by their keys. */
export interface MoneyLeg extends Amount {
  readonly legId: string;
  /** CREDIT: it is sent when the batch is agreed, and its credit is proven. BLOCK: it is blocked first, and sent when the batch is committed. */
  readonly what: 'CREDIT' | 'BLOCK';
  readonly from: string;
  readonly to: string;
  readonly payerBank: string;
  readonly payeeBank: string;
  readonly amount: string;
  /** The payee's. */
  readonly account: Account;
}

/** A slice that is to move. */
export interface SliceLeg extends Amount {
  readonly legId: string;
  readonly sliceId: string;
  readonly from: string;
  readonly to: string;
  /** The leg by which its holder is paid. */
  readonly inReturn: string;
}

/** What moves together or not at all. */
export interface BatchOf {
  readonly slices: readonly SliceLeg[];
  readonly money: readonly MoneyLeg[];
  /** Last day on which it can be agreed. */
  readonly expiresOn: string;
}

/** Draws a leg of money, for the book of the bank that proves it. */
export function drawMoney(scene: Scene, said: Omit<MoneyLeg, 'legId'>): MoneyLeg {
  const register = said.what === 'CREDIT' ? said.payeeBank : said.payerBank;
  return { ...said, legId: scene.newId(said.from, register) };
}

/** The legs of a batch by their ids, which together name it. */
export const legIdsOf = ({ slices, money }: BatchOf): string[] => [...slices, ...money].map(({ legId }) => legId);

/** Everybody who gives or gets something, each once. */
const membersOf = ({ slices, money }: BatchOf): readonly string[] => [
  ...new Set([...slices, ...money].flatMap(({ from, to }) => [from, to])),
];

/** The legs by which a party gives or gets something. */
const legsOf = ({ slices, money }: BatchOf, key: string): string[] =>
  [...slices, ...money].filter(({ from, to }) => from === key || to === key).map(({ legId }) => legId);

/** The holder of a slice locks it for the batch. */
export async function allocate(
  scene: Scene,
  batch: BatchOf,
  leg: SliceLeg,
  more: Partial<Input<'slice:allocate'>> = {},
): Promise<void> {
  await scene.underFourEyes(`lock a slice of ${say(leg)}`, leg.from, 'slice:allocate', {
    ...{ sliceId: leg.sliceId, legId: leg.legId, legIds: legIdsOf(batch), receiver: scene.lei(leg.to) },
    ...{ inReturn: leg.inReturn, expiresOn: batch.expiresOn, ...more },
  });
}

/** The payer instructs money. */
export async function instruct(
  scene: Scene,
  batch: BatchOf,
  leg: MoneyLeg,
  more: Partial<Input<'cash:instruct'>> = {},
): Promise<void> {
  const { legId, what, currency, amount, account } = leg;
  await scene.underFourEyes(`instruct ${say(leg)}`, leg.from, 'cash:instruct', {
    ...{ legId, legIds: legIdsOf(batch), what, currency, amount, account, expiresOn: batch.expiresOn },
    ...{ sender: scene.lei(leg.from), receiver: scene.lei(leg.to) },
    ...{ payerBank: scene.lei(leg.payerBank), payeeBank: scene.lei(leg.payeeBank), ...more },
  });
}

/** Everybody approves what it gives and gets. */
export async function approveAll(scene: Scene, batch: BatchOf): Promise<void> {
  for (const key of membersOf(batch)) {
    const legIds = legsOf(batch, key);
    await scene.underFourEyes('approve what it gives and gets', key, 'batch:approve', {
      ...{ legIds, party: scene.lei(key) },
    });
  }
}

/**
 * The sheet of a batch. A row shows whose leg it is, and a hash in place of what moves. Whoever writes the outcome has rows of its own; the others
 * are told by the parties of their legs.
 */
async function sheetFor(scene: Scene, key: string, batch: BatchOf): Promise<SheetRow[]> {
  const own = legsOf(batch, key);
  const told: SheetRow[] = [];
  for (const { legId, from } of [...batch.slices, ...batch.money])
    if (!own.includes(legId))
      told.push(await scene.read(from, async ({ book }) => sheetRowOf(await book.leg.get(legId))));
  return scene.read(key, (client) => client.batch.sheet(legIdsOf(batch), told));
}

/** One of the members has all registers record that everything is locked and approved. From then on money can be sent. */
export async function agree(scene: Scene, key: string, batch: BatchOf): Promise<void> {
  const sheet = await sheetFor(scene, key, batch);
  await scene.step('agree the batch in all registers', key, 'Checker', (client) =>
    client.batch.agree({ legIds: legIdsOf(batch), sheet }),
  );
}

/** One of the members has all registers record that it is done. A batch whose money is blocked needs no agreement before. */
export async function commit(scene: Scene, key: string, batch: BatchOf): Promise<void> {
  const call = await commitment(scene, key, batch);
  await scene.step('commit the batch in all registers', key, 'Checker', (client) => client.batch.commit(call));
}

/** What committing a batch takes. */
export async function commitment(scene: Scene, key: string, batch: BatchOf): Promise<Input<'batch:commit'>> {
  const isAgreed = batch.money.some(({ what }) => what === 'CREDIT');
  return { legIds: legIdsOf(batch), ...(isAgreed ? {} : { sheet: await sheetFor(scene, key, batch) }) };
}

/** The money of a batch is sent, and its arrival is proven. */
export async function payAll(scene: Scene, { money }: BatchOf): Promise<void> {
  for (const leg of money) await payLeg(scene, leg);
}

/** Every slice of a committed batch is taken over by its receiver. */
export async function completeAll(scene: Scene, { slices }: BatchOf, what = 'take over'): Promise<void> {
  for (const { sliceId, legId, to, ...amount } of slices)
    await scene.step(`${what} the slice of ${say(amount)}`, to, 'Checker', ({ slice }) =>
      slice.complete({ sliceId, legId }),
    );
}
