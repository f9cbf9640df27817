/** Every command on a certificate in every state of a certificate, by the party that may use the command. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { accept, claimInvoice, confirm, contentOf, offer, openLine, pay } from '../support/deal.js';
import type { World } from '../support/world.js';
import { attempt, openingOf, type Attempt } from './authorityAttempt.js';
import { ticketed } from './dealStep.js';

/** The business date of most of the table: after the first offers have lapsed. */
export const AFTER_LAPSE = '2026-12-16';
const LATER = '2026-12-31';

/** `ok`, `miss` OPENING_MISSING, `mism` OPENING_MISMATCH, `state` STATE, `lapse` OFFER_LAPSED, `said` CONFIRMATION_EXISTS, `count` SLICE_COUNTED. */
const TABLE = `
           submit confirm reject offer accept decline unwind redeem
DRAFT      ok     miss    miss   miss  miss   miss    miss   miss
SUBMITTED  mism   ok      ok     miss  miss   miss    miss   miss
CONFIRMED  mism   said    said   ok    state  state   ok     state
OFFERED    mism   said    said   state ok     ok      state  state
LAPSED     mism   said    said   state lapse  lapse   ok     state
ACTIVE     mism   said    said   state state  state   state  state
DECLINED   mism   said    said   state state  state   ok     state
REJECTED   mism   said    said   state state  state   ok     state
UNWOUND    mism   said    said   state state  state   state  state
SETTLED    mism   said    said   state state  state   state  count
`;

const CODES: Readonly<Record<string, string>> = {
  ...{ ok: 'ok', miss: 'OPENING_MISSING', mism: 'OPENING_MISMATCH', state: 'STATE', lapse: 'OFFER_LAPSED' },
  ...{ said: 'CONFIRMATION_EXISTS', count: 'SLICE_COUNTED' },
};

type State =
  | 'DRAFT'
  | 'SUBMITTED'
  | 'CONFIRMED'
  | 'OFFERED'
  | 'LAPSED'
  | 'ACTIVE'
  | 'DECLINED'
  | 'REJECTED'
  | 'UNWOUND'
  | 'SETTLED';

/** A certificate that stands in a state, with what commands on it name. */
export interface Standing {
  readonly certificateId: string;
  readonly lineId: string;
  readonly claimId: string;
  readonly sliceId: string;
  /** Draft as it was before it was submitted. */
  readonly draft: string;
}

const AMOUNT = '5000';

async function stood(
  world: World,
  path: (certificateId: string, lineId: string) => Promise<unknown>,
): Promise<Standing> {
  const { maker, checker } = world.people('issuer');
  const lineId = await openLine(world, { limit: AMOUNT });
  const [certificateId, claimId] = [world.newId('bank', 'issuer'), await claimInvoice(world, AMOUNT)];
  await maker.certificate.draft({ certificateId, ...contentOf(AMOUNT, claimId) });
  const draft = (await openingOf(world, `draft/${certificateId}`)) ?? '';
  await checker.certificate.submit({ certificateId });
  const sliceId = await path(certificateId, lineId);
  return {
    certificateId,
    lineId,
    claimId,
    sliceId: typeof sliceId === 'string' ? sliceId : world.newId('bank', 'supplier'),
    draft,
  };
}

async function drafted(world: World): Promise<Standing> {
  const [certificateId, claimId] = [world.newId('bank', 'issuer'), await claimInvoice(world, AMOUNT)];
  await world.people('issuer').maker.certificate.draft({ certificateId, ...contentOf(AMOUNT, claimId) });
  return { certificateId, claimId, lineId: await openLine(world), sliceId: world.newId('bank', 'supplier'), draft: '' };
}

/** How a certificate comes into each state. */
const PATHS: Readonly<Record<Exclude<State, 'DRAFT'>, (world: World, id: string, lineId: string) => Promise<unknown>>> =
  {
    SUBMITTED: () => Promise.resolve(),
    CONFIRMED: (world, id, lineId) => confirm(world, lineId, [id]),
    OFFERED: async (world, id, lineId) => {
      await confirm(world, lineId, [id]);
      await offer(world, id, LATER);
    },
    LAPSED: async (world, id, lineId) => {
      await confirm(world, lineId, [id]);
      await offer(world, id);
    },
    ACTIVE: async (world, id, lineId) => {
      await PATHS.OFFERED(world, id, lineId);
      return accept(world, id);
    },
    DECLINED: async (world, id, lineId) => {
      await PATHS.OFFERED(world, id, lineId);
      await world.people('supplier').checker.certificate.decline({ certificateId: id });
    },
    REJECTED: (world, id) => world.people('bank').checker.certificate.reject({ certificateId: id }),
    UNWOUND: async (world, id, lineId) => {
      await PATHS.DECLINED(world, id, lineId);
      await world.people('bank').checker.certificate.unwind({ certificateId: id });
    },
    SETTLED: (world, id, lineId) => PATHS.ACTIVE(world, id, lineId),
  };

/** Every command on a certificate, with the keys that it rests on; by hand. */
const ATTEMPTS: Readonly<Record<string, (world: World, on: Standing) => Promise<Attempt>>> = {
  submit: (world, { certificateId, claimId }) =>
    Promise.resolve({
      ...{ name: 'certificate:submit', by: world.people('issuer').checker, request: { certificateId } },
      keys: [`claim/${claimId}`],
    }),
  confirm: async (world, { certificateId, lineId }) => {
    const request = { certificateIds: [certificateId], lineId, ticketId: world.newId('bank') };
    await ticketed(world.people('bank'), world.date, 'certificate:confirm', { request });
    const keys = [`line/${lineId}`, `face/${certificateId}`, `ticket/${request.ticketId}`];
    return { name: 'certificate:confirm', by: world.people('bank').checker, request, keys };
  },
  reject: (world, { certificateId }) => byBank(world, 'certificate:reject', certificateId, ['face']),
  offer: async (world, { certificateId }) => ({
    ...(await byBank(world, 'certificate:offer', certificateId, ['terms', 'face', 'confirmation', 'status'])),
    secret: { expiresOn: world.date },
  }),
  accept: (world, { certificateId }) =>
    Promise.resolve({
      ...{ name: 'certificate:accept', by: world.people('supplier').checker },
      ...{
        request: { items: [{ certificateId, sliceId: world.newId('bank', 'supplier') }] },
        keys: offeredKeys(certificateId),
      },
    }),
  decline: (world, { certificateId }) =>
    Promise.resolve({
      ...{ name: 'certificate:decline', by: world.people('supplier').checker },
      ...{ request: { certificateId }, keys: offeredKeys(certificateId) },
    }),
  unwind: async (world, { certificateId, lineId, claimId }) => {
    const unwind = await byBank(world, 'certificate:unwind', certificateId, ['face', 'confirmation', 'status']);
    return { ...unwind, keys: [...unwind.keys, `line/${lineId}`, `claim/${claimId}`] };
  },
  redeem: async (world, { certificateId, lineId, sliceId }) => {
    const redeem = await byBank(world, 'certificate:redeem', certificateId, [
      'face',
      'confirmation',
      'status',
      'totals',
    ]);
    return {
      ...redeem,
      request: { certificateId, sliceIds: [sliceId] },
      keys: [...redeem.keys, `line/${lineId}`, `slice/${sliceId}`],
    };
  },
};

const offeredKeys = (id: string): string[] =>
  ['terms', 'face', 'confirmation', 'status'].map((kind) => `${kind}/${id}`);

const byBank = (
  world: World,
  name: Attempt['name'],
  certificateId: string,
  kinds: readonly string[],
): Promise<Attempt> =>
  Promise.resolve({
    name,
    by: world.people('bank').checker,
    request: { certificateId },
    keys: kinds.map((kind) => `${kind}/${certificateId}`),
  });

function rowOf(state: State): Record<string, string> {
  const lines = TABLE.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const [header = []] = lines;
  const row = lines.find(([first]) => first === state) ?? [];
  return Object.fromEntries(header.map((command, index) => [command, CODES[row[index + 1] ?? ''] ?? '']));
}

async function tryAll(world: World, on: Standing | undefined): Promise<Record<string, string>> {
  if (on === undefined) throw new Error('no certificate stands in that state');
  const actual: Record<string, string> = {};
  for (const [command, attemptOf] of Object.entries(ATTEMPTS)) {
    const shown = command === 'submit' && on.draft !== '' ? { [`draft/${on.certificateId}`]: on.draft } : {};
    actual[command] = await attempt(world, await attemptOf(world, on), shown);
  }
  return actual;
}

/** Certificates by the state that they were brought into. */
export type Standings = Map<string, Standing>;

const STATES = [
  'SUBMITTED',
  'CONFIRMED',
  'OFFERED',
  'LAPSED',
  'ACTIVE',
  'DECLINED',
  'REJECTED',
  'UNWOUND',
  'SETTLED',
] as const;

/** The table, state by state, up to the day before maturity. */
export function certificateStates(world: () => World, standing: Standings): void {
  describe('of a certificate', () => {
    beforeAll(async () => {
      standing.set('DRAFT', await drafted(world()));
      for (const state of STATES)
        standing.set(state, await stood(world(), (id, lineId) => PATHS[state](world(), id, lineId)));
      await world().moveTo(AFTER_LAPSE);
    });

    it.each(['DRAFT', ...STATES.filter((state) => state !== 'SETTLED')] as const)('%s', async (state) => {
      expect(await tryAll(world(), withSlice(standing, state))).toEqual(rowOf(state));
    });
  });
}

/** A certificate, and where none of its own exists yet a slice of the one that is active, for a bank that tries to redeem it. */
function withSlice(standing: Standings, state: string): Standing | undefined {
  const [on, active] = [standing.get(state), standing.get('ACTIVE')];
  return on === undefined || active === undefined ? undefined : { ...on, sliceId: active.sliceId };
}

/** The last row, at maturity. */
export function settledCertificate(world: () => World, standing: Standings): void {
  it('of a certificate SETTLED', async () => {
    const on = standing.get('SETTLED');
    const { certificateId = '', sliceId = '' } = on ?? {};
    await pay(world(), 'supplier', [sliceId]);
    await world()
      .people('bank')
      .checker.certificate.redeem({ certificateId, sliceIds: [sliceId] });
    expect(await tryAll(world(), on)).toEqual(rowOf('SETTLED'));
  });
}
