/**
 * The steps of a batch that cases begin with: the supplier's slice passes to the contractor, against the contractor's money; or it secures what the bank
 * lends. All have their accounts at the bank, which registers both legs.
 */
import { randomUUID } from 'node:crypto';
import { sheetRowOf, type SheetRow } from '../../../client/src/index.js';
import type { Input } from '../../../client/src/input.js';
import type { CommandName } from '../../../chaincode/src/protocol/commands/index.js';
import { ACCOUNT, attestInput, offerEndOf, reportInput } from '../../deal/inputs.js';
import { LEI, type PlayerName } from '../../deal/players.js';
import type { Stage } from './stage.js';

/** What the contractor pays, in cents: digits that appear nowhere else. */
export const PRICE = '89918171';

/** The ids of a batch, and what it moves. */
export interface Trade {
  /** Who takes the slice, and pays. */
  readonly taker: PlayerName;
  readonly sliceId: string;
  /** The leg by which the slice passes. */
  readonly deliveryId: string;
  /** The leg by which the money passes. */
  readonly moneyId: string;
  readonly legIds: readonly string[];
}

/** Draws the legs of a batch that gives a slice. */
export function tradeOf(stage: Stage, sliceId: string, taker: PlayerName = 'contractor'): Trade {
  const [deliveryId, moneyId] = [stage.id('bank', 'supplier'), stage.id('bank', taker)];
  return { taker, sliceId, deliveryId, moneyId, legIds: [deliveryId, moneyId] };
}

type Ticketed<Name extends CommandName> = Input<Name> & { readonly ticketId: string };

/** The supplier allocates its slice. */
export const allocateInput = (
  stage: Stage,
  { taker, sliceId, deliveryId, moneyId, legIds }: Trade,
  changes: Partial<Input<'slice:allocate'>> = {},
): Ticketed<'slice:allocate'> => ({
  ...{ sliceId, legId: deliveryId, legIds: [...legIds], ticketId: stage.id('supplier'), receiver: LEI[taker] },
  ...{ expiresOn: offerEndOf(stage), inReturn: moneyId, ...changes },
});

/** Who takes the slice instructs its money. */
export const instructInput = (
  stage: Stage,
  { taker, moneyId, legIds }: Trade,
  changes: Partial<Input<'cash:instruct'>> = {},
): Ticketed<'cash:instruct'> => ({
  ...{ legId: moneyId, legIds: [...legIds], ticketId: stage.id(taker), what: 'CREDIT', sender: LEI[taker] },
  ...{ receiver: LEI.supplier, currency: 'USD', amount: PRICE, payerBank: LEI.bank, payeeBank: LEI.bank },
  ...{ account: ACCOUNT, expiresOn: offerEndOf(stage), ...changes },
});

/** A party approves what it gives and takes. */
export const approveInput = (stage: Stage, player: PlayerName, { legIds }: Trade): Ticketed<'batch:approve'> => ({
  legIds: [...legIds],
  ticketId: stage.id(player),
  party: LEI[player],
});

/** The rows of a batch, from the legs in its register. */
export async function sheetOf(stage: Stage, { legIds }: Trade): Promise<SheetRow[]> {
  const rows = [...legIds].sort().map(async (id) => {
    const opening = await stage.bytesOf('bank', 'leg', id);
    return sheetRowOf({ record: JSON.parse(opening) as Parameters<typeof sheetRowOf>[0]['record'], opening });
  });
  return Promise.all(rows);
}

/** Acts under a ticket of the player's maker. */
async function ticketed<Name extends CommandName>(
  stage: Stage,
  player: PlayerName,
  name: Name,
  input: Ticketed<Name>,
): Promise<void> {
  await stage.prepare(player, name, input);
  await stage.act(player, 'checker', name, input);
}

export const allocate = (stage: Stage, trade: Trade, changes: Partial<Input<'slice:allocate'>> = {}): Promise<void> =>
  ticketed(stage, 'supplier', 'slice:allocate', allocateInput(stage, trade, changes));

export const instruct = (stage: Stage, trade: Trade, changes: Partial<Input<'cash:instruct'>> = {}): Promise<void> =>
  ticketed(stage, trade.taker, 'cash:instruct', instructInput(stage, trade, changes));

export const approve = (stage: Stage, player: PlayerName, trade: Trade): Promise<void> =>
  ticketed(stage, player, 'batch:approve', approveInput(stage, player, trade));

export async function agree(stage: Stage, trade: Trade): Promise<void> {
  const sheet = await sheetOf(stage, trade);
  await stage.act('supplier', 'maker', 'batch:agree', { legIds: [...trade.legIds], sheet });
}

/** The bank states that it has blocked the money. */
export const block = (stage: Stage, { moneyId }: Trade): Promise<void> =>
  ticketed(stage, 'bank', 'cash:block', { legId: moneyId, ticketId: stage.id('bank') });

/** The contractor declines. */
export const decline = (stage: Stage, { moneyId }: Trade): Promise<unknown> =>
  stage.act('contractor', 'maker', 'batch:decline', { legId: moneyId, party: LEI.contractor });

/** What aborting a batch takes that the contractor declined. */
export const abortInput = async (stage: Stage, trade: Trade): Promise<Input<'batch:abort'>> => ({
  ...{ legIds: [...trade.legIds], sheet: await sheetOf(stage, trade), declinedBy: stage.mspOf('contractor') },
});

/** A batch that the contractor declined, and somebody aborted. */
export async function abort(stage: Stage, trade: Trade): Promise<void> {
  await decline(stage, trade);
  await stage.act('supplier', 'maker', 'batch:abort', await abortInput(stage, trade));
}

/** What is said of a payment that pays a leg in place of a presentment. */
const ofLeg = <Said extends { readonly presentmentId?: string | undefined }>(
  { presentmentId: _none, ...said }: Said,
  legId: string,
): Omit<Said, 'presentmentId'> & { readonly legId: string } => ({ ...said, legId });

/** Whom a leg of money pays, and what. */
interface Paid {
  readonly payee: PlayerName;
  readonly currency: string;
  readonly amount: string;
}
const PRICE_PAID: Paid = { payee: 'supplier', currency: 'USD', amount: PRICE };

/** The payment of the money. */
const paymentFor = (uetr: string, { currency, amount }: Paid): Parameters<typeof reportInput>[0] => ({
  ...{ presentmentId: '', uetr, currency, amount },
});

/** The bank reports the payment. */
export async function reportMoney(
  stage: Stage,
  { moneyId }: Trade,
  status: Input<'payment:report'>['status'] = 'ACSP',
  paid = PRICE_PAID,
): Promise<{ readonly uetr: string }> {
  const uetr = randomUUID();
  await stage.act('bank', 'checker', 'payment:report', ofLeg(reportInput(paymentFor(uetr, paid), status), moneyId));
  return { uetr };
}

/**
 * Reports and attests the money. The bank is the payer's bank too, so its word alone proves nothing: the payee says that it has the money, unless its own
 * organisation has said so already.
 */
export async function prove(stage: Stage, trade: Trade, paid = PRICE_PAID): Promise<void> {
  const { payee } = paid;
  const { uetr } = await reportMoney(stage, trade, 'ACSP', paid);
  const attested = ofLeg(attestInput(stage, paymentFor(uetr, paid)), trade.moneyId);
  await ticketed(stage, 'bank', 'payment:attest', attested as Ticketed<'payment:attest'>);
  if (stage.mspOf(payee) === stage.mspOf('bank')) return;
  const input = { legId: trade.moneyId, ticketId: stage.id(payee) };
  await ticketed(stage, payee, 'cash:acknowledge', input);
}

export const commit = (stage: Stage, { legIds }: Trade): Promise<unknown> =>
  stage.act('supplier', 'maker', 'batch:commit', { legIds: [...legIds] });

/** The bank lends for the supplier's slice, which is to be redeemed by the last day of the batch, and the batch is settled. */
export async function pledge(stage: Stage, sliceId: string): Promise<Trade> {
  const trade = tradeOf(stage, sliceId, 'bank');
  await allocate(stage, trade, { what: 'PLEDGE', pledgedUntil: offerEndOf(stage) });
  await instruct(stage, trade);
  for (const player of ['supplier', 'bank'] as const) await approve(stage, player, trade);
  await agree(stage, trade);
  await prove(stage, trade);
  await commit(stage, trade);
  await stage.act('supplier', 'maker', 'slice:complete', { sliceId, legId: trade.deliveryId });
  return trade;
}
