/** Every command on a slice in every state of a slice, by the party that may use the command, before the payment date and on it. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newReference } from '@tenor/client';
import {
  ACCOUNT,
  accept,
  acknowledge,
  attest,
  confirm,
  offer,
  offerSlice,
  openLine,
  present,
  release,
  report,
  split,
  submitCertificate,
  type Presented,
} from '../support/deal.js';
import { DUE, LEI, type World } from '../support/world.js';
import { attempt, type Attempt } from './authorityAttempt.js';
import { ticketed } from './dealStep.js';

/** `due` DUE_REACHED, `early` DUE_NOT_REACHED, `ack` ACKNOWLEDGEMENT_NEEDED, `said` ACKNOWLEDGEMENT_EXISTS, `count` SLICE_COUNTED; the rest as for certificates. */
const CODES: Readonly<Record<string, string>> = {
  ...{ ok: 'ok', miss: 'OPENING_MISSING', state: 'STATE', lapse: 'OFFER_LAPSED' },
  ...{ due: 'DUE_REACHED', early: 'DUE_NOT_REACHED', ack: 'ACKNOWLEDGEMENT_NEEDED', said: 'ACKNOWLEDGEMENT_EXISTS' },
  ...{ count: 'SLICE_COUNTED' },
};

const BEFORE_MATURITY = `
         slice:split slice:offer slice:accept slice:decline slice:present certificate:redeem
FREE     ok          ok          state        state         early         state
OFFERED  state       state       ok           ok            state         state
LAPSED   ok          ok          lapse        lapse         early         state
SPENT    state       state       state        state         state         state
`;

const AT_MATURITY = `
              slice:split slice:offer slice:accept slice:decline slice:present presentment:acknowledge presentment:discharge certificate:redeem
FREE          due         due         state        state         ok            miss                    miss                  state
LAPSED        due         due         lapse        lapse         ok            miss                    miss                  state
SPENT         state       state       state        state         state         miss                    miss                  state
PRESENTED     state       state       state        state         state         ok                      ack                   state
ACKNOWLEDGED  state       state       state        state         state         said                    ok                    state
PAID          state       state       state        state         state         said                    state                 ok
COUNTED       state       state       state        state         state         said                    state                 count
`;

/** A slice with what commands on it name. */
interface Standing {
  readonly sliceId: string;
  readonly transferId: string;
  readonly presentmentId: string;
  readonly uetr: string;
}

interface Root {
  readonly certificateId: string;
  readonly lineId: string;
}

const NOBODYS = 'eb6305c9-1f7f-4baf-aed0-16487c27b42d';
const on = (world: World, sliceId: string, ids: Partial<Standing> = {}): Standing => ({
  sliceId,
  transferId: newReference(),
  presentmentId: world.newId('supplier'),
  uetr: NOBODYS,
  ...ids,
});
const onPresented = (world: World, sliceId: string, { presentmentId, uetr }: Presented): Standing =>
  on(world, sliceId, { presentmentId, uetr });

/** Every command on a slice, with the keys that it rests on; by hand. */
const ATTEMPTS: Readonly<Record<string, (world: World, root: Root, slice: Standing) => Promise<Attempt>>> = {
  'slice:split': (world, root, { sliceId }) =>
    Promise.resolve({
      ...{ name: 'slice:split', by: world.people('supplier').checker, keys: keysOf(root, sliceId) },
      ...{
        request: { sliceId, partIds: [world.newId('bank', 'supplier'), world.newId('bank', 'supplier')] },
        secret: { amounts: ['4', '6'] },
      },
    }),
  'slice:offer': async (world, root, { sliceId }) => {
    const request = { sliceId, transferId: newReference(), ticketId: world.newId('supplier') };
    const call = { request, secret: { transferee: LEI.contractor, expiresOn: world.date } };
    await ticketed(world.people('supplier'), world.date, 'slice:offer', call);
    const keys = [...keysOf(root, sliceId), `ticket/${request.ticketId}`];
    return { ...call, name: 'slice:offer', by: world.people('supplier').checker, keys };
  },
  'slice:accept': (world, root, slice) => answer(world, 'slice:accept', root, slice),
  'slice:decline': (world, root, slice) => answer(world, 'slice:decline', root, slice),
  'slice:present': async (world, root, { sliceId }) => {
    const [presentmentId, ticketId] = [world.newId('supplier'), world.newId('supplier')];
    const request = { presentmentId, sliceIds: [sliceId], ticketId };
    const call = { request, secret: { account: ACCOUNT, payeeBank: LEI.bank } };
    await ticketed(world.people('supplier'), world.date, 'slice:present', call);
    const keys = [...keysOf(root, sliceId), `ticket/${ticketId}`];
    return { ...call, name: 'slice:present', by: world.people('supplier').checker, keys };
  },
  'presentment:acknowledge': async (world, root, { sliceId, presentmentId, uetr }) => {
    const request = { presentmentId, uetr, ticketId: world.newId('supplier') };
    const call = { request, secret: {} };
    await ticketed(world.people('supplier'), world.date, 'presentment:acknowledge', call);
    const keys = [...keysOf(root, sliceId), `presentment/${presentmentId}`, `ticket/${request.ticketId}`];
    return { request, name: 'presentment:acknowledge', by: world.people('supplier').checker, keys };
  },
  'presentment:discharge': (world, root, { sliceId, presentmentId, uetr }) =>
    Promise.resolve({
      ...{ name: 'presentment:discharge', by: world.people('bank').checker, request: { presentmentId, uetr } },
      keys: [
        ...keysOf(root, sliceId),
        ...[
          `presentment/${presentmentId}`,
          `payment/${uetr}`,
          `attestation/${uetr}`,
          `acknowledgement/${presentmentId}`,
        ],
      ],
    }),
  'certificate:redeem': (world, { certificateId, lineId }, { sliceId }) =>
    Promise.resolve({
      ...{
        name: 'certificate:redeem',
        by: world.people('bank').checker,
        request: { certificateId, sliceIds: [sliceId] },
      },
      keys: [
        ...['face', 'confirmation', 'status', 'totals'].map((kind) => `${kind}/${certificateId}`),
        `line/${lineId}`,
        `slice/${sliceId}`,
      ],
    }),
};

const keysOf = ({ certificateId }: Root, sliceId: string): string[] => [`slice/${sliceId}`, `terms/${certificateId}`];

const answer = (world: World, name: Attempt['name'], root: Root, { sliceId, transferId }: Standing): Promise<Attempt> =>
  Promise.resolve({
    name,
    by: world.people('contractor').checker,
    request: { sliceId, transferId },
    keys: keysOf(root, sliceId),
  });

/** One row of a table as codes by command. */
function rowOf(table: string, state: string): Record<string, string> {
  const [header = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const row = rows.find(([first]) => first === state) ?? [];
  return Object.fromEntries(header.map((command, index) => [command, CODES[row[index + 1] ?? ''] ?? '']));
}

async function expectRow(
  world: World,
  table: string,
  state: string,
  root: Root,
  slice: Standing | undefined,
): Promise<void> {
  if (slice === undefined) throw new Error(`no slice is ${state}`);
  const expected = rowOf(table, state);
  const actual: Record<string, string> = {};
  for (const command of Object.keys(expected)) {
    const made = await ATTEMPTS[command]?.(world, root, slice);
    if (made !== undefined) actual[command] = await attempt(world, made);
  }
  expect(actual).toEqual(expected);
}

/** The two tables, and the way from one to the other. */
export function sliceStates(world: () => World): void {
  describe('of a slice', () => {
    const slices = new Map<string, Standing>();
    let root: Root;
    beforeAll(async () => {
      // The date stands between the first offers' end and this one's.
      const issued = await issueLate(world());
      root = issued;
      const parts = await split(world(), issued.sliceId, Array<string>(7).fill('10'));
      const [free = '', offered = '', lapsed = '', ...rest] = parts;
      slices.set('FREE', on(world(), free)).set('SPENT', on(world(), issued.sliceId));
      slices.set('LAPSED', on(world(), lapsed, { transferId: await offerSlice(world(), lapsed, world().date) }));
      await world().moveTo('2026-12-17');
      slices.set('OFFERED', on(world(), offered, { transferId: await offerSlice(world(), offered, '2026-12-31') }));
      for (const [index, state] of ['PRESENTED', 'ACKNOWLEDGED', 'PAID', 'COUNTED'].entries())
        slices.set(state, on(world(), rest[index] ?? ''));
    });

    it.each(['FREE', 'OFFERED', 'LAPSED', 'SPENT'])('%s, before maturity', async (state) => {
      await expectRow(world(), BEFORE_MATURITY, state, root, slices.get(state));
    });

    describe('at maturity', () => {
      beforeAll(async () => {
        await world().moveTo(DUE);
        await bringOn(world(), root, slices);
      });

      it.each(['FREE', 'LAPSED', 'SPENT', 'PRESENTED', 'ACKNOWLEDGED', 'PAID', 'COUNTED'])('%s', async (state) => {
        await expectRow(world(), AT_MATURITY, state, root, slices.get(state));
      });
    });
  });
}

/** A certificate whose offer is made after the first ones have lapsed. */
async function issueLate(world: World): Promise<Root & { readonly sliceId: string }> {
  const lineId = await openLine(world);
  const certificateId = await submitCertificate(world, '70');
  await confirm(world, lineId, [certificateId]);
  await offer(world, certificateId, '2026-12-31');
  return { lineId, certificateId, sliceId: await accept(world, certificateId) };
}

/** Brings one slice each to presented, acknowledged, paid and counted. */
async function bringOn(world: World, { certificateId }: Root, slices: Map<string, Standing>): Promise<void> {
  const ladder = ['PRESENTED', 'ACKNOWLEDGED', 'PAID', 'COUNTED'];
  for (const [height, state] of ladder.entries()) {
    const { sliceId } = slices.get(state) ?? on(world, '');
    const presented = await present(world, 'supplier', [sliceId]);
    slices.set(state, onPresented(world, sliceId, presented));
    await report(world, presented);
    await attest(world, presented);
    if (height >= 1) await acknowledge(world, 'supplier', presented);
    if (height >= 2) await release(world, presented);
    if (height >= 3) await world.people('bank').checker.certificate.redeem({ certificateId, sliceIds: [sliceId] });
  }
}
