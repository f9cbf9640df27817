/** The steps of batches as their members send them. Whoever writes an outcome has been told the rows that it does not see. */
import { batchIdOf } from '../../../client/src/batches.js';
import { sha256 } from '../../../chaincode/src/ledger/codec.js';
import { rowOfLeg } from '../../../chaincode/src/protocol/batches.js';
import type { Leg, SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import { ACCOUNT } from '../../deal/inputs.js';
import { isOneAudience } from './batchKinds.js';
import {
  isAsset,
  isMoney,
  legsOf,
  partiesOf,
  type Attempt,
  type BatchModel,
  type LegModel,
  type Model,
} from './batchLegs.js';
import { declinersOf, needsPayee, type Verb } from './batchModel.js';
import { PART, type Piece } from './batchWorld.js';
import { LEI, mspOf, type Endorsed, type MemoryWorld, type PartyName } from './memoryWorld.js';

/** The ledger of a run. */
export interface Real {
  readonly world: MemoryWorld;
  readonly pieces: readonly Piece[];
  /** What was tried so far, for whoever reads a failure. */
  readonly told: string[];
}

const QUOTED_AT = '2026-11-20T08:00:00Z';
const MESSAGE_HASH = 'ab'.repeat(32);
const idsOf = ({ legs }: BatchModel): string[] => legs.map(({ id }) => id);

/** A row for a leg that nobody has instructed. */
const imagined = (batch: BatchModel, leg: LegModel): SheetRow => ({
  ...{ id: leg.id, batchId: batchIdOf(idsOf(batch)), legHash: MESSAGE_HASH, what: leg.what },
  ...{ receiverMsp: mspOf(leg.receiver), expiresOn: leg.expiresOn },
  ...(isMoney(leg) ? { payerBankMsp: mspOf(leg.payerBank), payeeBankMsp: mspOf(leg.payeeBank) } : {}),
});

const sheetOf = (batch: BatchModel): SheetRow[] =>
  batch.legs.map((leg) => leg.row ?? imagined(batch, leg)).sort((a, b) => (a.id < b.id ? -1 : 1));

/** The row of a leg as its register has it. */
export async function rowAt({ world }: Real, { id, register }: LegModel): Promise<SheetRow> {
  const bytes = await world.bytesOf(register, 'leg', id);
  return rowOfLeg(JSON.parse(bytes) as Leg, sha256(bytes));
}

type Act = (real: Real, attempt: Attempt) => Promise<Endorsed>;

function instruct({ world, pieces }: Real, { batch, leg, who }: Attempt): Promise<Endorsed> {
  const { nets, exchange, what, pledgedUntil } = leg;
  const drawn = {
    ...{ legId: leg.id, legIds: idsOf(batch), ticketId: world.id(who), expiresOn: leg.expiresOn },
    ...(nets === undefined ? {} : { nets }),
  };
  return isMoney(leg)
    ? world.actWithTicket(who, 'cash:instruct', {
        ...{ ...drawn, what: leg.what as 'CREDIT' | 'BLOCK', sender: LEI[leg.sender], receiver: LEI[leg.receiver] },
        ...{ currency: leg.currency, amount: leg.amount, account: ACCOUNT },
        ...{ payerBank: LEI[leg.payerBank], payeeBank: LEI[leg.payeeBank] },
        ...(exchange === undefined ? {} : { exchange: { ...exchange, quotedAt: QUOTED_AT } }),
      })
    : world.actWithTicket(who, 'slice:allocate', {
        ...{ ...drawn, sliceId: pieces[leg.slice]?.id ?? '', receiver: LEI[leg.receiver], inReturn: leg.inReturn },
        ...(what === 'SLICE' ? {} : { what: what as 'SURRENDER' | 'PLEDGE' | 'UNPLEDGE' }),
        ...(pledgedUntil === undefined ? {} : { pledgedUntil }),
      });
}

/** What is said of the money of a leg. */
const moneyOf = ({ leg, uetr }: Attempt): { legId: string; uetr: string; currency: string; amount: string } => ({
  ...{ legId: leg.id, uetr, currency: leg.currency },
  amount: isMoney(leg) ? leg.amount : PART.toString(),
});

const approve: Act = ({ world }, { batch, who }) => {
  const own = legsOf(batch, who);
  const legIds = (own.length === 0 ? batch.legs : own).map(({ id }) => id);
  return world.actWithTicket(who, 'batch:approve', { legIds, party: LEI[who], ticketId: world.id(who) });
};

const overSlice = ({ pieces }: Real, { leg }: Attempt): { readonly sliceId: string; readonly legId: string } => ({
  sliceId: pieces[leg.slice]?.id ?? '',
  legId: leg.id,
});

const abort: Act = ({ world }, { batch, leg, who }) => {
  const secret = { sheet: sheetOf(batch), declinedBy: mspOf(declinersOf(batch, leg.sender)[0]) };
  return world.act(who, 'maker', 'batch:abort', { legIds: idsOf(batch), ...secret });
};

/** How each step is sent. */
export const ACTS: { readonly [Each in Verb]: Act } = {
  ...{ instruct, approve, abort },
  decline: ({ world }, { leg, who }) => world.act(who, 'maker', 'batch:decline', { legId: leg.id, party: LEI[who] }),
  agree: ({ world }, { batch, who }) =>
    world.act(who, 'maker', 'batch:agree', { legIds: idsOf(batch), sheet: sheetOf(batch) }),
  commit: ({ world }, { batch, who }) =>
    world.act(who, 'maker', 'batch:commit', { legIds: idsOf(batch), sheet: sheetOf(batch) }),
  settle: ({ world }, { batch, who }) => world.act(who, 'maker', 'batch:settle', { legIds: idsOf(batch) }),
  block: ({ world }, { leg, who }) =>
    world.actWithTicket(who, 'cash:block', { legId: leg.id, ticketId: world.id(who) }),
  unblock: ({ world }, { leg, who }) => world.act(who, 'maker', 'cash:unblock', { legId: leg.id }),
  report: ({ world }, attempt) =>
    world.act(attempt.who, 'maker', 'payment:report', {
      ...{ ...moneyOf(attempt), status: attempt.status, messageHash: MESSAGE_HASH, anew: true },
    }),
  attest: ({ world }, attempt) =>
    world.actWithTicket(attempt.who, 'payment:attest', {
      ...{ ...moneyOf(attempt), account: ACCOUNT, ticketId: world.id(attempt.who), valueDate: world.date },
      ...{ creditReference: attempt.uetr, messageHash: MESSAGE_HASH },
    }),
  return: ({ world }, attempt) =>
    world.actWithTicket(attempt.who, 'payment:return', {
      ...{ ...moneyOf(attempt), ticketId: world.id(attempt.who), returnedOn: world.date, messageHash: MESSAGE_HASH },
    }),
  acknowledge: ({ world }, { leg, who }) =>
    world.actWithTicket(who, 'cash:acknowledge', { legId: leg.id, ticketId: world.id(who) }),
  deny: ({ world }, { leg, who }) => world.actWithTicket(who, 'cash:deny', { legId: leg.id, ticketId: world.id(who) }),
  reopen: ({ world }, { leg, who, uetr }) =>
    world.actWithTicket(who, 'cash:reopen', { legId: leg.id, uetr, ticketId: world.id(who) }),
  release: (real, attempt) => real.world.act(attempt.who, 'maker', 'slice:release', overSlice(real, attempt)),
  complete: (real, attempt) => real.world.act(attempt.who, 'maker', 'slice:complete', overSlice(real, attempt)),
  realise: ({ world, pieces }, { leg, who }) =>
    world.actWithTicket(who, 'slice:realise', { sliceId: pieces[leg.slice]?.id ?? '', ticketId: world.id(who) }),
};

/** The step that a batch waits for, with whoever has to take it: what a batch comes to if nothing stands in its way. */
export function nextOf(
  { batches }: Model,
  { batch: index, ...payment }: Pick<Attempt, 'uetr' | 'status'> & { readonly batch: number },
): readonly [Verb, Attempt] | undefined {
  const batch = batches[index % batches.length];
  if (batch === undefined) throw new Error('a model has batches');
  const found = waitingIn(batch);
  if (found === undefined) return undefined;
  const [verb, leg, who] = found;
  const { uetr, status } = payment;
  return [verb, { batch, leg, who, uetr, status }];
}

type Waiting = readonly [verb: Verb, leg: LegModel, who: PartyName];

/** The step of the first leg that waits for it. */
function ofLegs(
  { legs }: BatchModel,
  verb: Verb,
  isWaiting: (leg: LegModel) => boolean,
  by: 'sender' | 'receiver' | 'payerBank' | 'payeeBank',
): Waiting | undefined {
  const leg = legs.find(isWaiting);
  return leg === undefined ? undefined : [verb, leg, leg[by]];
}

/** A step of the whole batch. */
function whole({ legs: [first] }: BatchModel, verb: Verb, who = first?.receiver): Waiting {
  if (first === undefined || who === undefined) throw new Error('a batch has legs');
  return [verb, first, who];
}

function waitingIn(batch: BatchModel): Waiting | undefined {
  if (batch.outcome === 'ABORTED') return undefined;
  return batch.outcome === 'COMMITTED' ? afterIn(batch) : (beforeIn(batch) ?? moneyIn(batch));
}

const afterIn = (batch: BatchModel): Waiting | undefined =>
  ofLegs(batch, 'complete', (leg) => isAsset(leg) && leg.state === 'INSTRUCTED', 'receiver') ??
  ofLegs(batch, 'report', ({ what, sent }) => what === 'BLOCK' && sent === undefined, 'payerBank');

function beforeIn(batch: BatchModel): Waiting | undefined {
  const silent = partiesOf(batch).find((party) => !batch.said.has(party));
  return (
    ofLegs(batch, 'instruct', ({ state }) => state === 'DRAWN', 'sender') ??
    (silent === undefined ? undefined : whole(batch, 'approve', silent)) ??
    ofLegs(batch, 'block', ({ what, isBlocked }) => what === 'BLOCK' && !isBlocked, 'payerBank')
  );
}

function moneyIn(batch: BatchModel): Waiting {
  const needsMoney = batch.legs.some(({ what }) => what === 'CREDIT');
  if (batch.outcome === undefined && needsMoney) return whole(batch, 'agree');
  // Nobody is told to pay for what was released; whose money comes all the same must not bring the rest about.
  const isWhole = batch.legs.every(({ state }) => state !== 'RELEASED');
  return (
    ofLegs(batch, 'report', ({ what, sent }) => isWhole && what === 'CREDIT' && sent === undefined, 'payerBank') ??
    ofLegs(batch, 'attest', ({ what, credited }) => what === 'CREDIT' && credited === undefined, 'payeeBank') ??
    ofLegs(batch, 'acknowledge', (leg) => needsPayee(batch, leg) && !leg.isAcknowledged, 'receiver') ??
    whole(batch, isOneAudience(batch) ? 'settle' : 'commit')
  );
}
