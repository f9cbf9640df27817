/** What the story tells of batches besides the cases: a sale with recourse, a surrender, a pledge that is redeemed, an exchange. */
import type { Input } from '../../../client/src/input.js';
import {
  agree,
  allocate,
  allocateInput,
  approve,
  commit,
  instruct,
  pledge,
  PRICE,
  prove,
  tradeOf,
  type Trade,
} from '../../commands/support/batchSteps.js';
import { issued } from '../../commands/support/steps.js';
import { LEI, type MemoryWorld, type PartyName } from './memoryWorld.js';

/** Each of them, from its certificate on. */
export async function settledBatches(world: MemoryWorld): Promise<void> {
  await sold(world, 'contractor', { recourse: true });
  await sold(world, 'issuer', { what: 'SURRENDER' });
  await redeemed(world);
  await exchanged(world);
}

const sliceOf = async (world: MemoryWorld): Promise<string> => (await issued(world, '1000')).sliceId;

/** The supplier's slice goes to whoever pays for it. */
async function sold(world: MemoryWorld, to: PartyName, how: Partial<Input<'slice:allocate'>>): Promise<void> {
  const trade = tradeOf(world, await sliceOf(world), to);
  await allocate(world, trade, how);
  await instruct(world, trade);
  await agreed(world, trade, ['supplier', to]);
  await prove(world, trade);
  await handedOver(world, trade);
}

async function agreed(world: MemoryWorld, trade: Trade, parties: readonly PartyName[]): Promise<void> {
  for (const party of parties) await approve(world, party, trade);
  await agree(world, trade);
}

async function handedOver(world: MemoryWorld, trade: Trade): Promise<void> {
  const { sliceId, deliveryId: legId } = trade;
  await commit(world, trade);
  await world.act('supplier', 'maker', 'slice:complete', { sliceId, legId });
}

/** The supplier repays what the bank lent, and has its slice free again. */
async function redeemed(world: MemoryWorld): Promise<void> {
  const sliceId = await sliceOf(world);
  await pledge(world, sliceId);
  const [deliveryId, moneyId] = [world.id('bank'), world.id('bank', 'supplier')];
  const back: Trade = { taker: 'supplier', sliceId, deliveryId, moneyId, legIds: [deliveryId, moneyId] };
  const given = allocateInput(world, back, { what: 'UNPLEDGE' });
  await world.actWithTicket('bank', 'slice:allocate', { ...given, ticketId: world.id('bank') });
  await instruct(world, back, { receiver: LEI.bank });
  await agreed(world, back, ['bank', 'supplier']);
  await prove(world, back, { payee: 'bank', currency: 'USD', amount: PRICE });
  await handedOver(world, back);
}

/** What the yuan come to at the rate, and the 0.1185 of a fen that rounding takes. */
const RATE = { numerator: '71235', denominator: '10000', residual: '1185' };
const YUAN = '640532091';

/** The contractor pays the supplier in dollars, and is paid in yuan. */
async function exchanged(world: MemoryWorld): Promise<void> {
  const [base, quote] = [world.id('bank', 'contractor'), world.id('bank', 'supplier')];
  const legs = { sliceId: '', deliveryId: '', legIds: [base, quote] };
  const dollars: Trade = { ...legs, taker: 'contractor', moneyId: base };
  const yuan: Trade = { ...legs, taker: 'supplier', moneyId: quote };
  const exchange = {
    ...{ baseLegId: base, quoteLegId: quote, ...RATE, source: 'CFETS', quotedAt: '2026-11-23T01:15:00Z' },
    validUntil: world.date,
  };
  await instruct(world, dollars, { exchange });
  await instruct(world, yuan, { receiver: LEI.contractor, currency: 'CNY', amount: YUAN, exchange });
  await agreed(world, dollars, ['supplier', 'contractor']);
  await prove(world, dollars);
  await prove(world, yuan, { payee: 'contractor', currency: 'CNY', amount: YUAN });
  await commit(world, dollars);
}
