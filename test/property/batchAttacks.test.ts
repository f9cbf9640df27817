/** Attacks on batches that play with time and order: each is written out step by step, on the ledger in memory, with what it must come to. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { batchIdOf } from '../../client/src/batches.js';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { financed, quoted } from './support/batchQuotes.js';
import type { Attempt, BatchModel, LegModel, Model } from './support/batchLegs.js';
import { EFFECTS, type Verb } from './support/batchModel.js';
import { ACTS, nextOf, rowAt, type Real } from './support/batchSteps.js';
import { batchWorld, PART, type BatchWorld } from './support/batchWorld.js';
import { LEI, mspOf, outcomeOf, START, type MemoryWorld, type PartyName } from './support/memoryWorld.js';

const UETRS = ['1', '2'].map((digit) => `0f2d6f5e-0d5a-4c1e-9b1a-00000000000${digit}`) as [string, string];
const LATE = '2026-12-07';

let origin: BatchWorld;
beforeAll(async () => {
  origin = await batchWorld();
});

type Said = Pick<LegModel, 'what' | 'register' | 'sender' | 'receiver'> & Partial<LegModel>;

const legOf = (world: MemoryWorld, said: Said): LegModel => ({
  ...{ id: world.id(said.register, said.sender), payerBank: 'secondBank', payeeBank: 'thirdBank', slice: 1 },
  ...{ amount: PART.toString(), currency: 'USD', expiresOn: '2026-12-04', inReturn: '', row: undefined },
  ...{ state: 'DRAWN', isBlocked: false, sent: undefined, credited: undefined, isDenied: false, isAcknowledged: false },
  isAfterArrival: false,
  replaced: undefined,
  ...said,
});

interface Scene {
  readonly model: Model;
  readonly real: Real;
  readonly batch: BatchModel;
}

/** One batch of these legs, on a ledger of its own if none is given; of each the leg after it is what its sender takes in return. */
function sceneOf(said: readonly Said[], world = origin.world.clone()): Scene {
  const drawn = said.map((each) => legOf(world, each));
  const legs = drawn.map((leg, index) => ({ ...leg, inReturn: drawn[(index + 1) % drawn.length]?.id ?? '' }));
  const batch: BatchModel = { legs, said: new Map(), outcome: undefined };
  const slices = origin.pieces.map(({ holder }) => ({ holder, state: 'FREE' as const }));
  const none = { reported: new Map(), attested: new Map(), returned: new Map() };
  const real = { world, pieces: origin.pieces, told: [] };
  return { model: { date: START, batches: [batch], slices, ...none }, real, batch };
}

/** Takes a step, and answers its code. */
async function take({ model, real }: Scene, verb: Verb, attempt: Attempt): Promise<string> {
  const outcome = await outcomeOf(ACTS[verb](real, attempt));
  if (outcome !== 'done') return outcome;
  EFFECTS[verb](model, attempt);
  if (verb === 'instruct') attempt.leg.row = await rowAt(real, attempt.leg);
  return outcome;
}

/** Takes the batch as far as the step, or to its end. */
async function walk(scene: Scene, before?: Verb): Promise<void> {
  for (;;) {
    const [verb, attempt] = nextOf(scene.model, { batch: 0, uetr: UETRS[0], status: 'ACSP' }) ?? [];
    if (verb === undefined || attempt === undefined || verb === before) return;
    expect([verb, await take(scene, verb, attempt)]).toEqual([verb, 'done']);
  }
}

const legAt = ({ batch }: Scene, index: number): LegModel => {
  const leg = batch.legs[index];
  if (leg === undefined) throw new Error('there is no such leg');
  return leg;
};
const by = (scene: Scene, index: number, who: PartyName, said: Partial<Attempt> = {}): Attempt => ({
  ...{ batch: scene.batch, leg: legAt(scene, index), who, uetr: UETRS[0], status: 'ACSP', ...said },
});

/** The supplier's slice against the second bank's money, which comes to the third bank. */
const SALE: readonly Said[] = [
  { what: 'SLICE', register: 'bank', sender: 'supplier', receiver: 'secondBank' },
  { what: 'CREDIT', register: 'thirdBank', sender: 'secondBank', receiver: 'supplier' },
];

describe('a payment that is on its way, is rejected, and arrives all the same', () => {
  const report = (scene: Scene, status: Attempt['status'], uetr: string): Promise<string> =>
    take(scene, 'report', by(scene, 1, 'secondBank', { status, uetr }));
  const attest = (scene: Scene, uetr: string): Promise<string> =>
    take(scene, 'attest', by(scene, 1, 'thirdBank', { uetr }));

  it("pays the leg by the word of the payee's bank alone, whatever the bank of the payer has said in which order", async () => {
    const scene = sceneOf(SALE);
    await walk(scene, 'report');
    const words = ['ACSP', 'RJCT', 'ACCC'] as const;
    for (const status of words) expect(await report(scene, status, UETRS[0])).toBe('done');
    expect(await report(scene, 'RJCT', UETRS[0])).toBe('STATE');
    expect(await take(scene, 'commit', by(scene, 0, 'secondBank'))).toBe('NOT_PROVEN');
    expect(await attest(scene, UETRS[0])).toBe('done');
    expect(await take(scene, 'commit', by(scene, 0, 'secondBank'))).toBe('done');
  });

  it('is credited once, where another one was sent in its place', async () => {
    const scene = sceneOf(SALE);
    await walk(scene, 'report');
    for (const status of ['ACSP', 'RJCT'] as const) expect(await report(scene, status, UETRS[0])).toBe('done');
    expect(await report(scene, 'ACSP', UETRS[1])).toBe('done');
    expect(await report(scene, 'ACCC', UETRS[0])).toBe('PAYMENT_PENDING');
    expect(await attest(scene, UETRS[0])).toBe('done');
    // The second one goes back: the leg is paid.
    expect(await attest(scene, UETRS[1])).toBe('STATE');
    expect(await take(scene, 'commit', by(scene, 0, 'secondBank'))).toBe('done');
  });
});

describe('a netting set', () => {
  /** The supplier gives the issuer's slice back, the issuer the contractor's, and the contractor pays the supplier. */
  const RING: readonly Said[] = [
    { what: 'SURRENDER', register: 'bank', sender: 'supplier', receiver: 'issuer', nets: true, slice: 1 },
    { what: 'SURRENDER', register: 'bank', sender: 'issuer', receiver: 'contractor', nets: true, slice: 6 },
    { what: 'CREDIT', register: 'thirdBank', sender: 'contractor', receiver: 'supplier', nets: true },
  ];
  const stateOf = async ({ real }: Scene, index: number): Promise<unknown> =>
    (JSON.parse(await real.world.bytesOf('bank', 'slice', real.pieces[index]?.id ?? '')) as { state: unknown }).state;

  it('of which one item was settled meanwhile is not put together at all', async () => {
    const scene = sceneOf(RING);
    expect(await take(scene, 'instruct', by(scene, 1, 'issuer'))).toBe('done');
    // The item goes another way before it is locked.
    const { world } = scene.real;
    const elsewhere = sceneOf(
      [
        { what: 'SURRENDER', register: 'bank', sender: 'supplier', receiver: 'issuer' },
        { what: 'CREDIT', register: 'thirdBank', sender: 'issuer', receiver: 'supplier' },
      ],
      world,
    );
    await walk(elsewhere);
    expect(await take(scene, 'instruct', by(scene, 0, 'supplier'))).toBe('STATE');
    expect(await take(scene, 'instruct', by(scene, 2, 'contractor'))).toBe('done');
    // What is left is whole for the contractor alone. Nobody else approves what it would give for nothing, or get for nothing.
    expect(await take(scene, 'approve', by(scene, 1, 'contractor'))).toBe('done');
    for (const [who, index] of [
      ['issuer', 1],
      ['supplier', 2],
    ] as const) {
      const part = { legIds: [legAt(scene, index).id], party: LEI[who], ticketId: world.id(who) };
      expect(await outcomeOf(world.actWithTicket(who, 'batch:approve', part))).toBe('NET_MISMATCH');
    }
    expect(await take(scene, 'agree', by(scene, 1, 'contractor'))).toBe('NOT_ALLOCATED');
  });

  it('keeps its items: none is sold or split while it is locked', async () => {
    const scene = sceneOf(RING);
    await walk(scene, 'report');
    const { world, pieces } = scene.real;
    const sliceId = pieces[1]?.id ?? '';
    const partIds = [world.id('bank', 'supplier'), world.id('bank', 'supplier')];
    const split = world.act('supplier', 'maker', 'slice:split', { sliceId, partIds, amounts: ['40', '60'] });
    expect(await outcomeOf(split)).toBe('STATE');
    const second = sceneOf(SALE, world);
    expect(await take(second, 'instruct', by(second, 0, 'supplier'))).toBe('STATE');
  });

  it('closes nothing once one of its items was taken out after the last day', async () => {
    const scene = sceneOf(RING);
    await walk(scene, 'report');
    await scene.real.world.moveTo(LATE);
    expect(await take(scene, 'release', by(scene, 1, 'issuer'))).toBe('done');
    // The money comes all the same, and nobody's slice is closed by it.
    expect(await take(scene, 'report', by(scene, 2, 'secondBank'))).toBe('NOT_ALLOCATED');
    expect(await take(scene, 'attest', by(scene, 2, 'thirdBank'))).toBe('done');
    expect(await take(scene, 'commit', by(scene, 0, 'supplier'))).toBe('NOT_ALLOCATED');
    expect([await stateOf(scene, 1), await stateOf(scene, 6)]).toEqual(['ALLOCATED', 'FREE']);
  });
});

it('an outcome that a member writes which registers nothing counts nowhere', async () => {
  const scene = sceneOf(SALE);
  await walk(scene, 'report');
  const id = batchIdOf(scene.batch.legs.map((leg) => leg.id));
  const agreed = await scene.real.world.bytesOf('bank', 'outcome', id);
  const lie = agreed.replace('"AGREED"', '"COMMITTED"');
  expect(lie).not.toBe(agreed);
  const { world } = scene.real;
  for (const key of [ownKey('outcome', id), `shown/outcome/${mspOf('bank')}/${id}`])
    world.ledger.place(mspOf('secondBank'), key, lie);
  expect(await take(scene, 'complete', by(scene, 0, 'secondBank'))).toBe('OPENING_MISMATCH');
  expect(await take(scene, 'report', by(scene, 1, 'secondBank'))).not.toBe('done');
});

describe('a quote', () => {
  it.each([
    ['the acceptance', ['VALID', 'VALID']],
    ['the next day', ['VALID', 'MVCC_READ_CONFLICT']],
  ] as const)(
    'that is accepted in the block in which it expires counts by what comes first: %s',
    async (first, wanted) => {
      const world = origin.world.clone();
      const asked = await quoted(world, origin.pieces[1]?.id ?? '');
      const acceptance = await financed(world, asked);
      const held = await world.endorse('supplier', 'checker', 'financing:accept', acceptance);
      const both: string[] = [];
      const accept = (): void => void both.push(world.order(held));
      if (first === 'the acceptance') accept();
      await world.moveTo('2026-11-24');
      both.push('VALID');
      if (first === 'the next day') accept();
      expect(both).toEqual(wanted);
      const again = await outcomeOf(
        world.endorse('supplier', 'checker', 'financing:accept', await financed(world, asked)),
      );
      expect(again).toBe(first === 'the next day' ? 'QUOTE_LAPSED' : 'FINANCING_ACCEPTED');
      expect(world.ledger.records(mspOf('supplier'), 'acceptance')).toHaveLength(first === 'the acceptance' ? 1 : 0);
    },
  );
});
