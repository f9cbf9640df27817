/** Slices that the supplier sells for money, each in a batch of its own: what the attacks on batches find, step by step. */
import { sheetRowOf, type Receipt, type SheetRow } from '@tenor/client';
import { daysAfter } from '../deal/inputs.js';
import {
  allocate,
  approve,
  attest,
  instruct,
  moneyLeg,
  paymentOf,
  report,
  type LegPayment,
  type Money,
} from './batches.js';
import { issue, split, transfer } from './deal.js';
import type { PartyName, World } from './world.js';

/** Who buys, and where its money moves. */
export interface Terms {
  readonly buyer: PartyName;
  readonly payerBank: PartyName;
  readonly payeeBank: PartyName;
  readonly what?: Money['what'];
  /** Legs besides the slice and the money. */
  readonly more?: readonly string[];
}

/** One sale. */
export interface Trade {
  readonly sliceId: string;
  /** The leg by which the slice moves. */
  readonly legId: string;
  readonly buyer: PartyName;
  readonly cash: Money;
  readonly legIds: readonly string[];
  readonly expiresOn: string;
}

/** The second bank buys, and its money comes to the supplier's account at the third bank. */
export const APART: Terms = { buyer: 'secondBank', payerBank: 'secondBank', payeeBank: 'thirdBank' };

/** How many slices the contractor has. */
const PASSED_ON = 2;

/** Many small slices of the supplier, and some of the contractor, in the bank's book. */
export class Market {
  readonly world: World;
  readonly #parts: string[];
  readonly #passedOn: string[];

  private constructor(world: World, parts: string[], passedOn: string[]) {
    this.world = world;
    this.#parts = parts;
    this.#passedOn = passedOn;
  }

  static async open(world: World): Promise<Market> {
    const { sliceId } = await issue(world, '5000');
    const parts = await split(world, sliceId, Array<string>(50).fill('100'));
    const passedOn = parts.splice(0, PASSED_ON);
    for (const part of passedOn) await transfer(world, part);
    return new Market(world, parts, passedOn);
  }

  /** One more slice of the supplier. */
  part(): string {
    return this.#parts.pop() ?? '';
  }

  /** One that the contractor holds. */
  partOfContractor(): string {
    return this.#passedOn.pop() ?? '';
  }

  /** Draws the ids of a sale that lasts a week. */
  draw({ buyer, payerBank, payeeBank, what = 'CREDIT', more = [] }: Terms = APART): Trade {
    const { world } = this;
    const legId = world.newId('bank', 'supplier');
    const money = { currency: 'USD', amount: '97' };
    const cash = moneyLeg(world, { what, from: buyer, to: 'supplier', payerBank, payeeBank, ...money });
    const legIds = [legId, cash.legId, ...more];
    return { sliceId: this.part(), legId, buyer, cash, legIds, expiresOn: daysAfter(world.date, 7) };
  }

  /** The supplier allocates the slice. @param inReturn another leg than the money @param counterValue the row of the money, where it is instructed already */
  give(
    { sliceId, legId, buyer, cash, legIds, expiresOn }: Trade,
    inReturn = cash.legId,
    counterValue?: SheetRow,
  ): Promise<Receipt> {
    const paidBy = counterValue === undefined ? {} : { counterValue };
    return allocate(this.world, 'supplier', { sliceId, legId, to: buyer, inReturn }, legIds, { expiresOn, ...paidBy });
  }

  /** The money is instructed first, so that the slice is locked for whoever stands in for its holder too; both have approved it, and it is agreed. */
  async agreedWithStandIn(terms: Terms): Promise<Trade> {
    const trade = this.draw(terms);
    await this.pay(trade);
    await this.give(trade, trade.cash.legId, await this.rowOfMoney(trade));
    for (const name of ['supplier', trade.buyer] as const) await approve(this.world, name, pair(trade));
    await this.agree(trade);
    return trade;
  }

  /** The row of the money, from the holder's own copy of its leg. */
  async rowOfMoney({ cash }: Trade): Promise<SheetRow> {
    return sheetRowOf(await this.world.people('supplier').checker.book.leg.get(cash.legId));
  }

  pay({ cash, legIds, expiresOn }: Trade): Promise<Receipt> {
    return instruct(this.world, cash, legIds, { expiresOn });
  }

  /** Both legs stand. */
  async instructed(terms?: Terms): Promise<Trade> {
    const trade = this.draw(terms);
    await this.give(trade);
    await this.pay(trade);
    return trade;
  }

  /** And both have approved them. */
  async approved(terms?: Terms): Promise<Trade> {
    const trade = await this.instructed(terms);
    for (const name of ['supplier', trade.buyer] as const) await approve(this.world, name, pair(trade));
    return trade;
  }

  /** And all registers have it that the batch is agreed. */
  async agreed(terms?: Terms): Promise<Trade> {
    const trade = await this.approved(terms);
    await this.agree(trade);
    return trade;
  }

  async agree({ buyer, legIds }: Trade, sheet?: SheetRow[]): Promise<Receipt> {
    const { checker } = this.world.people(buyer);
    return checker.batch.agree({ legIds: [...legIds], sheet: sheet ?? (await checker.batch.sheet(legIds)) });
  }

  /** The money is on its way. */
  async sent(trade: Trade): Promise<LegPayment> {
    const payment = paymentOf(trade.cash);
    await report(this.world, trade.cash.payerBank, payment);
    return payment;
  }

  /** It has come, whether anybody reported that it was sent or not. */
  async attested(trade: Trade, payment = paymentOf(trade.cash)): Promise<LegPayment> {
    await attest(this.world, trade.cash.payeeBank, payment);
    return payment;
  }

  /** It was sent, and has come. */
  async credited(trade: Trade): Promise<LegPayment> {
    return this.attested(trade, await this.sent(trade));
  }

  commit({ buyer, legIds }: Trade): Promise<Receipt> {
    return this.world.people(buyer).checker.batch.commit({ legIds: [...legIds] });
  }

  complete({ sliceId, legId }: Trade, name: PartyName): Promise<Receipt> {
    return this.world.people(name).checker.slice.complete({ sliceId, legId });
  }

  release({ sliceId, legId }: Trade): Promise<Receipt> {
    return this.world.people('supplier').checker.slice.release({ sliceId, legId });
  }

  /** The sheet, from the legs as its buyer has them. */
  sheet({ buyer, cash, legId }: Trade): Promise<SheetRow[]> {
    return this.world.people(buyer).checker.batch.sheet([legId, cash.legId]);
  }
}

const pair = ({ legId, cash }: Trade): string[] => [legId, cash.legId];
