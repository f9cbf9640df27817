/** A discount: a holder asks banks what they would pay today for slices that are due later, accepts one quote, and delivers against payment. */
import { settlingIdsOf, type Account, type BookRecord, type Input } from '@tenor/client';
import {
  agree,
  allocate,
  approveAll,
  commit,
  commitment,
  completeAll,
  drawMoney,
  instruct,
  payAll,
  type BatchOf,
  type SliceLeg,
} from '../scene/batch.js';
import { say, type Amount } from '../scene/money.js';
import { nameOf } from '../scene/names.js';
import { column } from '../scene/print.js';
import type { Scene } from '../scene/scene.js';

/** A free slice that is for sale. */
export interface ForSale extends Amount {
  readonly sliceId: string;
  readonly amount: string;
}

/** Who sells what, and where the price is to come. Parties by their keys. */
export interface Seller {
  readonly seller: string;
  readonly slices: readonly ForSale[];
  /** The bank that keeps the seller's account. */
  readonly payeeBank: string;
  readonly account: Account;
}

/** How a bank quotes. */
export type Terms = Pick<Input<'financing:quote'>, 'rate' | 'dayCount' | 'fee' | 'recourse'>;
type Quote = BookRecord<'quote'>;

/** How long a request and a batch stay open. */
export interface Until {
  readonly expiresOn: string;
}

/** The holder asks each bank by a request of its own. @returns the requests by funder */
export async function ask(
  scene: Scene,
  { seller, slices }: Seller,
  funders: readonly string[],
  { expiresOn }: Until,
): Promise<ReadonlyMap<string, string>> {
  const requests = new Map<string, string>();
  for (const funder of funders) {
    const requestId = scene.newId(seller);
    const input = {
      ...{ requestId, sliceIds: slices.map(({ sliceId }) => sliceId), funder: scene.lei(funder), expiresOn },
      interestPayer: { kind: 'SELLER' as const },
    };
    await scene.step(`ask ${funder} for a price`, seller, 'Maker', ({ financing }) => financing.request(input));
    requests.set(funder, requestId);
  }
  return requests;
}

/** A bank quotes: the chaincode counts what it comes to. @returns the quote's id */
export async function quote(scene: Scene, funder: string, requestId: string, terms: Terms): Promise<string> {
  const quoteId = scene.newId(funder);
  await scene.underFourEyes(`quote ${terms.rate} % a year, ${terms.dayCount}`, funder, 'financing:quote', {
    ...{ quoteId, requestId, ...terms, valueDate: scene.date, validUntil: scene.date },
  });
  return quoteId;
}

/** Says what each bank knows of the requests: its own, and of the others nothing. @returns how many stand in each bank's book */
export async function sayWhoWasAsked(scene: Scene, funders: readonly string[]): Promise<readonly number[]> {
  const counts: number[] = [];
  scene.note('\nWhat each bank sees of the requests, in its own book');
  for (const funder of funders) {
    const seen = await scene.read(funder, async ({ book }) => {
      const asked: string[] = [];
      for await (const { record } of book.financingRequest.all()) if (record !== undefined) asked.push(record.funder);
      return asked;
    });
    const own = seen.filter((lei) => lei === scene.lei(funder)).length;
    scene.note(
      `    ${column(nameOf(scene.party(funder)), 27)} its own: ${String(own)}; of others: ${String(seen.length - own)}`,
    );
    counts.push(seen.length);
  }
  return counts;
}

/** The holder reads all quotes in its own book, compares them, and takes the one that brings most. */
export async function best(scene: Scene, { seller }: Seller): Promise<Quote> {
  const quotes = await scene.read(seller, async ({ book }) => {
    const found: Quote[] = [];
    for await (const { record } of book.quote.all()) if (record !== undefined) found.push(record);
    return found;
  });
  quotes.sort((one, other) => (BigInt(one.net) > BigInt(other.net) ? -1 : 1));
  scene.note(`\nWhat ${scene.party(seller).name} compares, in its own book`);
  for (const { funder, rate, dayCount, valueDate, paymentDate, currency, recourse, ...figures } of quotes) {
    const name = scene.cast.parties.find(({ lei }) => lei === funder)?.name ?? funder;
    const said = (amount: string): string => say({ currency, amount });
    scene.note(
      `    ${column(name, 40)} ${said(figures.amount)} at ${rate} % (${dayCount}) from ${valueDate} to ${paymentDate}: ` +
        `interest ${said(figures.interest)}, fee ${said(figures.fee)}, ${recourse ? 'with' : 'without'} recourse; pays ${said(figures.net)}`,
    );
  }
  const [first] = quotes;
  if (first === undefined) throw new Error('nobody has quoted');
  scene.note('');
  return first;
}

/** Accepts a quote, and names the account to which the money is to come. @param how `atOnce` where the funder may settle by one call */
export async function accept(
  scene: Scene,
  { seller, payeeBank, account }: Seller,
  taken: Quote,
  how: Pick<Input<'financing:accept'>, 'atOnce'> = {},
): Promise<void> {
  const { id: quoteId, requestId } = taken;
  const what = `accept ${say({ currency: taken.currency, amount: taken.net })}`;
  await scene.underFourEyes(what, seller, 'financing:accept', {
    ...{ requestId, quoteId, payeeBank: scene.lei(payeeBank), account, ...how },
  });
}

/** Sells to the bank that keeps the slices and the account: nobody else has to see anything of it, so this bank settles by one call. @returns the money that it owes then */
export async function sellAtOnce(
  scene: Scene,
  sold: Seller,
  { terms, until }: { readonly terms: Terms; readonly until: Until },
): Promise<BookRecord<'leg'>> {
  const funder = sold.payeeBank;
  const requestId = (await ask(scene, sold, [funder], until)).get(funder) ?? '';
  const quoteId = await quote(scene, funder, requestId, terms);
  const { record: taken } = await scene.read(sold.seller, ({ book }) => book.quote.get(quoteId));
  await accept(scene, sold, taken, { atOnce: true });
  await scene.underFourEyes('settle by one call', funder, 'financing:settle', { requestId });
  const { price } = settlingIdsOf(taken);
  return (await scene.read(sold.seller, ({ book }) => book.leg.get(price))).record;
}

/** Draws the batch that carries out what was accepted: every slice against the price. */
function drawSale(scene: Scene, { seller, slices, payeeBank, account }: Seller, taken: Quote, until: Until): BatchOf {
  const buyer = scene.cast.parties.find(({ lei }) => lei === taken.funder)?.key ?? '';
  const cash = drawMoney(scene, {
    ...{ what: 'CREDIT', from: buyer, to: seller, payerBank: buyer, payeeBank, account },
    ...{ currency: taken.currency, amount: taken.net },
  });
  const legs = slices.map(({ sliceId, currency, amount }): SliceLeg => ({
    ...{ legId: scene.newIdBeside(seller, sliceId), sliceId, from: seller, to: buyer, currency, amount },
    inReturn: cash.legId,
  }));
  return { slices: legs, money: [cash], expiresOn: until.expiresOn };
}

/** Delivers the slices against the price. On the way it tries what must not be possible. @returns the batch */
export async function deliver(scene: Scene, sold: Seller, taken: Quote, until: Until): Promise<BatchOf> {
  const batch = drawSale(scene, sold, taken, until);
  const [cash] = batch.money;
  const [slice] = batch.slices;
  if (cash === undefined || slice === undefined) throw new Error('a sale has slices and a price');
  const financing = taken.requestId;
  for (const leg of batch.slices)
    await allocate(scene, batch, leg, { financing, ...(taken.recourse ? { recourse: true } : {}) });
  await instruct(scene, batch, cash, { financing });
  await approveAll(scene, batch);
  await agree(scene, sold.seller, batch);
  await scene.step('enter it in the registry of movables', cash.from, 'Maker', (client) =>
    client.financing.register({ requestId: financing, registrationNo: '0471123900123456789', searchedOn: scene.date }),
  );
  const early = await commitment(scene, cash.from, batch);
  await scene.refused('commit before the money has come', cash.from, 'Checker', 'NOT_PROVEN', (client) =>
    client.batch.commit(early),
  );
  await scene.refused('take the slice before the commitment', cash.from, 'Checker', 'OUTCOME_MISSING', (client) =>
    client.slice.complete({ sliceId: slice.sliceId, legId: slice.legId }),
  );
  await payAll(scene, batch);
  await commit(scene, sold.seller, batch);
  await completeAll(scene, batch);
  return batch;
}
