/**
 * Payments that come back, model based: whatever is presented, paid, counted, sent back in whole or in part, reinstated and taken out of the count,
 * and in whatever order. Nothing is lost or made, a return reinstates once, the totals stay within the face and are what the marks come to, and the
 * line is drawn by all that is not counted.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BookRecord, Slice } from '../../chaincode/src/protocol/records/index.js';
import { issued, presented, proven } from '../commands/support/steps.js';
import { reinstateInput, returnInput, type Payment } from '../deal/inputs.js';
import { slicesOf } from './support/books.js';
import { DUE, MemoryWorld, mspOf, outcomeOf } from './support/memoryWorld.js';
import { runs } from './support/report.js';

const FACE = 1000n;
const PARTS = ['100', '200', '300', '400'];

/** A payment that discharged a presentment. */
interface Paid extends Payment {
  readonly sliceIds: readonly string[];
  back: bigint;
  isReinstated: boolean;
}

interface Play {
  readonly world: MemoryWorld;
  readonly certificateId: string;
  readonly payments: Paid[];
}

let origin: Play;
beforeAll(async () => {
  const world = await MemoryWorld.found();
  const { certificateId, sliceId } = await issued(world, FACE.toString());
  const partIds = PARTS.map(() => world.id('bank', 'supplier'));
  await world.act('supplier', 'maker', 'slice:split', { sliceId, partIds, amounts: PARTS });
  await world.moveTo(DUE);
  origin = { world, certificateId, payments: [] };
});
const start = (): Play => ({ ...origin, world: origin.world.clone(), payments: [] });

const total = (amounts: readonly { readonly amount: string }[]): bigint =>
  amounts.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
const marksIn = ({ world }: Play): BookRecord<'redeemed'>[] =>
  world.ledger.records(mspOf('issuer'), 'redeemed') as unknown as BookRecord<'redeemed'>[];
const isOver = ({ state }: Slice): boolean => state === 'SPENT' || state === 'RETURNED';
const free = (play: Play): Slice[] => slicesOf(play.world).filter(({ state }) => state === 'FREE');
const at = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % items.length];

/** Parts come to the whole, and each return took away what it said, once, or nothing yet. */
function checkSlices({ world, payments }: Play): void {
  const slices = slicesOf(world);
  const byId = new Map(slices.map((slice) => [slice.id, slice]));
  expect(total(slices.filter((slice) => !isOver(slice)))).toBe(FACE);
  for (const slice of slices.filter(isOver))
    expect(total(slice.children.map((id) => byId.get(id) ?? { amount: '0' }))).toBe(BigInt(slice.amount));
  for (const { uetr, back, isReinstated } of payments) {
    const taken = slices.flatMap(({ returned }) => (returned?.paymentId === uetr ? [returned] : []));
    expect(total(taken)).toBe(isReinstated ? back : 0n);
  }
}

/** One record of a world that has one of the kind at most. */
const only = ({ world }: Play, party: 'bank' | 'issuer', kind: 'totals' | 'line' | 'status', field: string): unknown =>
  world.ledger.records(mspOf(party), kind)[0]?.[field];

/** What the bank's copy says was counted: bank and issuer count alike. */
function copiedTotals({ world }: Play): unknown {
  const isCopy = ({ collection, key }: { readonly collection: string; readonly key: string }): boolean =>
    collection === `_implicit_org_${mspOf('bank')}` && key.startsWith('shown/totals/');
  const copy = world.ledger.entries().find(isCopy);
  return copy === undefined ? undefined : (JSON.parse(copy.bytes) as { readonly paid: string }).paid;
}

/** What holds in every state that can be reached. */
function check(play: Play): void {
  checkSlices(play);
  const states = new Map(slicesOf(play.world).map(({ id, state }) => [id, state]));
  const marks = marksIn(play).filter(({ isReturned }) => isReturned !== true);
  const counted = total(marks);
  const said = only(play, 'issuer', 'totals', 'paid');
  expect(said ?? '0').toBe(counted.toString());
  expect(copiedTotals(play)).toBe(said);
  expect(counted <= FACE).toBe(true);
  expect(only(play, 'bank', 'line', 'utilised')).toBe((FACE - counted).toString());
  // What is in the count is paid, or was and is still to be taken out.
  for (const { id } of marks) expect(['PAID', 'RETURNED']).toContain(states.get(id));
  expect(only(play, 'bank', 'status', 'state')).toBe(counted === FACE ? 'SETTLED' : 'ACTIVE');
}

type Step = (play: Play) => Promise<unknown>;

/** One to three free slices are paid by one payment. */
const pay =
  (index: number, count: number): Step =>
  async (play) => {
    const { world } = play;
    const owed = free(play);
    const slices = [...new Set([...owed.slice(index % (owed.length || 1)), ...owed])].slice(0, count);
    if (slices.length === 0) return;
    const sliceIds = slices.map(({ id }) => id);
    const payment = await presented(world, 'supplier', sliceIds, total(slices).toString());
    await proven(world, 'supplier', payment);
    await world.act('bank', 'maker', 'presentment:discharge', {
      presentmentId: payment.presentmentId,
      uetr: payment.uetr,
    });
    play.payments.push({ ...payment, sliceIds, back: 0n, isReinstated: false });
  };

const sendBack =
  (index: number, per: number): Step =>
  async ({ world, payments }) => {
    const payment = at(payments, index);
    if (payment === undefined) return;
    const amount = ((BigInt(payment.amount) - 1n) * BigInt(per)) / 100n + 1n;
    const outcome = await outcomeOf(
      world.actWithTicket('bank', 'payment:return', { ...returnInput(world, payment), amount: amount.toString() }),
    );
    expect(outcome).toBe(payment.back > 0n ? 'RETURN_EXISTS' : 'done');
    if (outcome === 'done') payment.back = amount;
  };

const reinstate =
  (index: number): Step =>
  async ({ world, payments }) => {
    const payment = at(payments, index);
    if (payment === undefined) return;
    const outcome = await outcomeOf(world.actWithTicket('bank', 'slice:reinstate', reinstateInput(world, payment)));
    const refused = payment.isReinstated ? 'RETURN_USED' : 'NOT_FOUND';
    expect(outcome).toBe(payment.back > 0n && !payment.isReinstated ? 'done' : refused);
    payment.isReinstated ||= outcome === 'done';
  };

/** Counts, or takes out of the count, any slice: what must not be is refused, and `check` finds what was done too much. */
const count =
  (name: 'certificate:redeem' | 'certificate:reinstate', index: number): Step =>
  async (play) => {
    const { world, certificateId } = play;
    const slice = at(slicesOf(world), index);
    if (slice === undefined) return;
    const outcome = await outcomeOf(world.act('bank', 'maker', name, { certificateId, sliceIds: [slice.id] }));
    const { state, awaits } = slice;
    const mark = marksIn(play).find(({ id }) => id === slice.id);
    if (name === 'certificate:redeem' && state === 'PAID' && awaits === undefined)
      expect(['done', 'SLICE_COUNTED', 'replayed']).toContain(outcome);
    if (name === 'certificate:reinstate' && state === 'RETURNED')
      expect(mark === undefined).toBe(outcome === 'NOT_FOUND');
  };

const index = fc.nat({ max: 40 });
const steps = fc.oneof(
  fc
    .tuple(index, fc.integer({ min: 1, max: 3 }))
    .map(([from, many]): [string, Step] => [`pay ${String(many)}`, pay(from, many)]),
  fc
    .tuple(index, fc.nat({ max: 100 }))
    .map(([of, per]): [string, Step] => [`return ${String(per)} %`, sendBack(of, per)]),
  index.map((of): [string, Step] => [`reinstate ${String(of)}`, reinstate(of)]),
  index.map((of): [string, Step] => [`redeem ${String(of)}`, count('certificate:redeem', of)]),
  index.map((of): [string, Step] => [`take out ${String(of)}`, count('certificate:reinstate', of)]),
);

/** All that came back is taken out of the count, what stayed paid of it after the whole. */
async function takeOutAll(play: Play): Promise<void> {
  const { world, certificateId } = play;
  const isIn = (sliceId: string): boolean =>
    marksIn(play).some(({ id, isReturned }) => id === sliceId && isReturned !== true);
  const next = (): Slice | undefined => slicesOf(world).find(({ id, state }) => state === 'RETURNED' && isIn(id));
  for (let slice = next(); slice !== undefined; slice = next())
    await world.act('bank', 'maker', 'certificate:reinstate', { certificateId, sliceIds: [slice.id] });
}

/** All that came back is reinstated and taken out, and all is paid and counted: the certificate ends at its face. */
async function settle(play: Play): Promise<void> {
  const { world, certificateId, payments } = play;
  for (const [place, { back, isReinstated }] of payments.entries())
    if (back > 0n && !isReinstated) await reinstate(place)(play);
  await takeOutAll(play);
  while (free(play).length > 0) await pay(0, 3)(play);
  const isMarked = new Set(marksIn(play).map(({ id }) => id));
  for (const { id } of slicesOf(world).filter((slice) => slice.state === 'PAID' && !isMarked.has(slice.id)))
    await world.act('bank', 'maker', 'certificate:redeem', { certificateId, sliceIds: [id] });
  check(play);
  expect(only(play, 'bank', 'status', 'state')).toBe('SETTLED');
}

describe('payments that come back', () => {
  it('leave every slice paid or owed once, in whatever order books are brought up to date', async () => {
    const property = fc.asyncProperty(fc.array(steps, { minLength: 8, maxLength: 30, size: 'max' }), async (said) => {
      const play = start();
      for (const [, step] of said) {
        await step(play);
        check(play);
      }
      await settle(play);
    });
    await fc.assert(property, runs(25));
  });

  it('wait with the count for the first of them, however often the same money comes back', async () => {
    const play = start();
    const { world, certificateId } = play;
    await pay(0, 1)(play);
    const [first = ''] = play.payments[0]?.sliceIds ?? [];
    await world.act('bank', 'maker', 'certificate:redeem', { certificateId, sliceIds: [first] });
    const owedAgain = async (nth: number, sliceId: string): Promise<string> => {
      await sendBack(nth, 100)(play);
      await reinstate(nth)(play);
      return slicesOf(world).find(({ id }) => id === sliceId)?.children[0] ?? '';
    };
    const payOnly = async (sliceId: string): Promise<void> => {
      await pay(
        free(play).findIndex(({ id }) => id === sliceId),
        1,
      )(play);
    };
    const second = await owedAgain(0, first);
    await payOnly(second);
    const third = await owedAgain(1, second);
    await payOnly(third);
    const count = (name: 'certificate:redeem' | 'certificate:reinstate', sliceId: string): Promise<string> =>
      outcomeOf(world.act('bank', 'maker', name, { certificateId, sliceIds: [sliceId] }));
    expect(await count('certificate:redeem', third)).toBe('RETURN_UNCOUNTED');
    expect(await count('certificate:reinstate', second)).toBe('NOT_FOUND');
    expect(await count('certificate:reinstate', first)).toBe('done');
    expect(await count('certificate:redeem', third)).toBe('done');
    check(play);
  });

  it.each([
    ['counted first', ['certificate:redeem', 'slice:reinstate'] as const, ['VALID', 'MVCC_READ_CONFLICT']],
    ['reinstated first', ['slice:reinstate', 'certificate:redeem'] as const, ['VALID', 'MVCC_READ_CONFLICT']],
  ])('%s, of a count and a reinstatement in one block the other is invalid', async (_what, order, expected) => {
    const play = start();
    const { world, certificateId } = play;
    await pay(0, 1)(play);
    await sendBack(0, 100)(play);
    const [payment] = play.payments;
    if (payment === undefined) throw new Error('a payment was made');
    const input = reinstateInput(world, payment);
    await world.prepare('bank', 'slice:reinstate', input);
    const endorsed = {
      'slice:reinstate': await world.endorse('bank', 'checker', 'slice:reinstate', input),
      'certificate:redeem': await world.endorse('bank', 'maker', 'certificate:redeem', {
        ...{ certificateId, sliceIds: [...payment.sliceIds] },
      }),
    };
    expect(order.map((name) => world.order(endorsed[name]))).toEqual(expected);
    payment.isReinstated = order[0] === 'slice:reinstate';
    check(play);
  });
});
