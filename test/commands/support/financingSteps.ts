/** The steps of a financing that is carried out by a batch: the supplier's slice passes to the bank for the price, and the issuer pays its part of the interest. */
import type { Input } from '../../../client/src/input.js';
import type { BookRecord } from '../../../chaincode/src/protocol/records/index.js';
import { acceptanceInput, financingInput, limitInput, quoteInput } from '../../deal/inputs.js';
import { LEI } from '../../deal/players.js';
import { allocate, instruct, sheetOf, type Trade } from './batchSteps.js';
import type { Stage } from './stage.js';

/** The batch of a financing. */
export interface Financing extends Trade {
  readonly quoteId: string;
  /** The leg by which the issuer pays its part of the interest. */
  readonly interestId: string;
}

/** The bank sets how much it finances for the supplier. */
export async function setLimit(stage: Stage, changes: Partial<Input<'financing:limit'>> = {}): Promise<void> {
  const input = { ...limitInput(stage), ...changes };
  await stage.prepare('bank', 'financing:limit', input);
  await stage.act('bank', 'checker', 'financing:limit', input);
}

/** The bank quotes for the supplier's slice, and the supplier accepts, to be settled by one call: it pays the interest itself. */
export async function takeUp(
  stage: Stage,
  sliceId: string,
): Promise<{ readonly requestId: string; readonly quoteId: string }> {
  const asked = { ...financingInput(stage, [sliceId]), interestPayer: { kind: 'SELLER' as const } };
  await stage.act('supplier', 'maker', 'financing:request', asked);
  const quote = quoteInput(stage, asked.requestId);
  await stage.prepare('bank', 'financing:quote', quote);
  await stage.act('bank', 'checker', 'financing:quote', quote);
  const input = {
    ...acceptanceInput(stage, { requestId: asked.requestId, quoteId: quote.quoteId }),
    atOnce: true as const,
  };
  await stage.prepare('supplier', 'financing:accept', input);
  await stage.act('supplier', 'checker', 'financing:accept', input);
  return { requestId: asked.requestId, quoteId: quote.quoteId };
}

/** The bank counts it on its limits, if it keeps any. */
export async function reserveFunding(stage: Stage, requestId: string): Promise<void> {
  const input = { requestId, ticketId: stage.id('bank') };
  await stage.prepare('bank', 'financing:reserve', input);
  await stage.act('bank', 'checker', 'financing:reserve', input);
}

/** Allocates and instructs the batch that carries out an accepted quote. */
export async function financingOf(
  stage: Stage,
  { requestId, quoteId, sliceId }: { readonly requestId: string; readonly quoteId: string; readonly sliceId: string },
): Promise<Financing> {
  const quote = JSON.parse(await stage.bytesOf('bank', 'quote', quoteId)) as BookRecord<'quote'>;
  const [deliveryId, moneyId, interestId] = [
    stage.id('bank', 'supplier'),
    stage.id('bank', 'bank'),
    stage.id('bank', 'issuer'),
  ];
  const legIds = [deliveryId, moneyId, interestId];
  const trade: Trade = { taker: 'bank', sliceId, deliveryId, moneyId, legIds };
  await allocate(stage, trade, { financing: requestId });
  await instruct(stage, trade, { amount: quote.net, financing: requestId });
  const interest = { ...trade, taker: 'issuer', moneyId: interestId } as const;
  await instruct(stage, interest, { receiver: LEI.bank, amount: quote.issuerInterest });
  return { ...trade, quoteId, interestId };
}

/** The issuer declines to pay the interest, and somebody aborts the batch. */
export async function giveUp(stage: Stage, financing: Financing): Promise<void> {
  const { interestId, legIds } = financing;
  await stage.act('issuer', 'maker', 'batch:decline', { legId: interestId, party: LEI.issuer });
  const sheet = await sheetOf(stage, financing);
  const declinedBy = stage.mspOf('issuer');
  await stage.act('issuer', 'maker', 'batch:abort', { legIds: [...legIds], sheet, declinedBy });
}
