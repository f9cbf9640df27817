/** What commands leave for those that follow. A case takes from it what it needs; what nobody left is made. */
import { claimIdOf } from '../../../client/src/ids.js';
import { acceptanceInput, dueOf, financingInput, quoteInput, type Payment } from '../../deal/inputs.js';
import type { PlayerName } from '../../deal/players.js';
import { financingOf, reserveFunding, setLimit, takeUp, type Financing } from './financingSteps.js';
import { abort, agree, allocate, approve, commit, instruct, pledge, prove, tradeOf, type Trade } from './batchSteps.js';
import type { Stage } from './stage.js';
import {
  acknowledge,
  AMOUNT,
  confirmed,
  drafted,
  issued,
  mandated,
  offered,
  offerSlice,
  openLine,
  presented,
  proven,
  reserve,
  submitted,
} from './steps.js';

interface Certificate {
  readonly certificateId: string;
}
interface Slice extends Certificate {
  readonly sliceId: string;
  readonly amount: string;
  readonly dueOn: string;
}

/** What can be left. */
interface Goods {
  readonly line: { readonly lineId: string };
  /** A document that is claimed for {@link AMOUNT}, and not confirmed. */
  readonly reserved: { readonly reservationId: string; readonly claimId: string };
  /** A document that is claimed for {@link AMOUNT}. */
  readonly claim: { readonly claimId: string; readonly reservationId: string };
  readonly draft: Certificate;
  readonly submitted: Certificate;
  readonly confirmed: Certificate;
  readonly offered: Certificate;
  /** A certificate that its payee declined. */
  readonly declined: Certificate;
  /** A slice of the supplier that is free. */
  readonly slice: Slice;
  /** One that the bank is asked to finance. */
  readonly asked: Slice & { readonly requestId: string };
  /** One for which the bank has quoted. */
  readonly quoted: Slice & { readonly requestId: string; readonly quoteId: string };
  /** One of which the holder has accepted the bank's quote. */
  readonly financed: Slice & { readonly requestId: string; readonly quoteId: string };
  /** One of which the holder has accepted the bank's quote, to be settled by one call. */
  readonly takenUp: Slice & { readonly requestId: string; readonly quoteId: string };
  /** One that the bank has counted on its limits, before it settles it by one call. */
  readonly settleable: Slice & { readonly requestId: string; readonly quoteId: string };
  /** One that the bank has approved in a batch, and counted on its limit. */
  readonly counted: Financing;
  /** One that is offered to the contractor. */
  readonly transfer: Slice & { readonly transferId: string };
  /** One that the contractor took over. */
  readonly passed: Slice;
  /** A mandate of the supplier to the bank. */
  readonly mandate: { readonly mandateId: string };
  /** One that is presented. */
  readonly presented: Slice & Payment;
  /** One that is acknowledged, but not reported. */
  readonly acknowledged: Slice & Payment;
  /** A slice that is allocated to a batch, in which the contractor has instructed nothing yet. */
  readonly allocated: Slice & Trade;
  /** A batch whose money, to be credited before it is committed, is instructed. */
  readonly instructed: Slice & Trade;
  /** A batch whose money is instructed, to be blocked before it is committed. */
  readonly blockable: Slice & Trade;
  /** A batch that supplier and contractor have approved. */
  readonly approved: Slice & Trade;
  readonly agreed: Slice & Trade;
  /** An agreed batch whose money is proven. */
  readonly paid: Slice & Trade;
  readonly committed: Slice & Trade;
  /** A slice of the supplier that secures what the bank lent. */
  readonly pledged: Slice;
  /** A batch that was aborted because the contractor declined it. */
  readonly aborted: Slice & Trade;
}
type Good = keyof Goods;

/** Some of each, by name. */
export type Left = { readonly [Name in Good]?: readonly Goods[Name][] };

/** Offers lapse, and what is not in somebody's hands by then has no time left: of no use once the date has moved. */
const LASTING: readonly Good[] = ['slice', 'passed', 'mandate', 'presented', 'acknowledged'];

/** How to make what nobody left. */
const MAKE: { readonly [Name in Good]: (stage: Stage, stock: Stock) => Promise<Goods[Name]> } = {
  line: async (stage) => ({ lineId: await openLine(stage, AMOUNT) }),
  reserved: async (stage) => {
    const input = await reserve(stage, stage.reference(), AMOUNT);
    return { reservationId: input.reservationId, claimId: claimIdOf(input) };
  },
  claim: async (stage, stock) => {
    const found = await stock.take('reserved');
    await stage.act('bank', 'checker', 'document:confirm', { reservationId: found.reservationId });
    return found;
  },
  draft: async (stage) => ({ certificateId: await drafted(stage, AMOUNT) }),
  submitted: async (stage) => ({ certificateId: await submitted(stage, AMOUNT) }),
  confirmed: (stage) => confirmed(stage, AMOUNT),
  offered: (stage) => offered(stage, AMOUNT),
  declined: async (stage, stock) => {
    const { certificateId } = await stock.take('offered');
    await stage.act('supplier', 'maker', 'certificate:decline', { certificateId });
    return { certificateId };
  },
  slice: async (stage) => {
    const dueOn = dueOf(stage);
    return { ...(await issued(stage, AMOUNT)), amount: AMOUNT, dueOn };
  },
  asked: async (stage, stock) => {
    const slice = await stock.take('slice');
    const input = financingInput(stage, [slice.sliceId]);
    await stage.act('supplier', 'maker', 'financing:request', input);
    return { ...slice, requestId: input.requestId };
  },
  quoted: async (stage, stock) => {
    const asked = await stock.take('asked');
    const input = quoteInput(stage, asked.requestId);
    await stage.prepare('bank', 'financing:quote', input);
    await stage.act('bank', 'checker', 'financing:quote', input);
    return { ...asked, quoteId: input.quoteId };
  },
  financed: async (stage, stock) => {
    const { quoteId, ...quoted } = await stock.take('quoted');
    const input = acceptanceInput(stage, { ...quoted, quoteId });
    await stage.prepare('supplier', 'financing:accept', input);
    await stage.act('supplier', 'checker', 'financing:accept', input);
    return { ...quoted, quoteId };
  },
  takenUp: async (stage, stock) => {
    const slice = await stock.take('slice');
    return { ...slice, ...(await takeUp(stage, slice.sliceId)) };
  },
  settleable: async (stage, stock) => {
    const taken = await stock.take('takenUp');
    await reserveFunding(stage, taken.requestId);
    return taken;
  },
  counted: async (stage, stock) => {
    await setLimit(stage);
    const financing = await financingOf(stage, await stock.take('financed'));
    await approve(stage, 'bank', financing);
    return financing;
  },
  transfer: async (stage, stock) => {
    const slice = await stock.take('slice');
    return { ...slice, ...(await offerSlice(stage, slice.sliceId)) };
  },
  passed: async (stage, stock) => {
    const { transferId, ...slice } = await stock.take('transfer');
    await stage.act('contractor', 'maker', 'slice:accept', { sliceId: slice.sliceId, transferId });
    return slice;
  },
  mandate: (stage) => mandated(stage, 'supplier'),
  presented: async (stage, stock) => {
    const slice = await stock.due();
    return { ...slice, ...(await presented(stage, 'supplier', [slice.sliceId], slice.amount)) };
  },
  acknowledged: async (stage, stock) => {
    const found = await stock.take('presented');
    await acknowledge(stage, 'supplier', found);
    return found;
  },
  allocated: async (stage, stock) => {
    const slice = await stock.take('slice');
    const trade = { ...slice, ...tradeOf(stage, slice.sliceId) };
    await allocate(stage, trade);
    return trade;
  },
  instructed: after('allocated', instruct),
  blockable: after('allocated', (stage, trade) => instruct(stage, trade, { what: 'BLOCK' })),
  approved: after('instructed', async (stage, trade) => {
    await approve(stage, 'supplier', trade);
    await approve(stage, 'contractor', trade);
  }),
  agreed: after('approved', agree),
  paid: after('agreed', prove),
  committed: after('paid', commit),
  pledged: async (stage, stock) => {
    const slice = await stock.take('slice');
    await pledge(stage, slice.sliceId);
    return slice;
  },
  aborted: after('instructed', abort),
};

/** A batch one step further. */
function after(
  name: 'allocated' | 'instructed' | 'approved' | 'agreed' | 'paid',
  step: (stage: Stage, trade: Trade) => Promise<unknown>,
): (stage: Stage, stock: Stock) => Promise<Slice & Trade> {
  return async (stage, stock) => {
    const trade = await stock.take(name);
    await step(stage, trade);
    return trade;
  };
}

interface Entry {
  readonly date: string;
  readonly good: object;
}

/** What was left in one world. */
export class Stock {
  readonly #stage: Stage;
  readonly #entries = new Map<Good, Entry[]>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Keeps what a call left, once it was taken. */
  keep(left: Left): void {
    for (const [name, goods] of Object.entries(left) as [Good, readonly object[]][]) {
      const entries = goods.map((good) => ({ date: this.#stage.date, good }));
      this.#entries.set(name, [...(this.#entries.get(name) ?? []), ...entries]);
    }
  }

  /** One of these, left or made. What is to be traded is not due. */
  async take<Name extends Good>(name: Name): Promise<Goods[Name]> {
    const fits = ({ good }: Entry): boolean => name !== 'slice' || (good as Slice).dueOn > this.#stage.date;
    return this.#left(name, fits) ?? MAKE[name](this.#stage, this);
  }

  /** A slice of the supplier at its payment date. */
  async due(): Promise<Slice> {
    const slice = this.#left('slice', () => true) ?? (await MAKE.slice(this.#stage, this));
    if (slice.dueOn > this.#stage.date) await this.#stage.moveTo(slice.dueOn);
    return slice;
  }

  /** A presentment of such a slice with all that proves its payment. */
  async proven(holder: PlayerName = 'supplier'): Promise<Slice & Payment> {
    const slice = await this.due();
    const payment = await presented(this.#stage, holder, [slice.sliceId], slice.amount);
    await proven(this.#stage, holder, payment);
    return { ...slice, ...payment };
  }

  #left<Name extends Good>(name: Name, fits: (entry: Entry) => boolean): Goods[Name] | undefined {
    const entries = this.#entries.get(name) ?? [];
    const isOfUse = (entry: Entry): boolean =>
      fits(entry) && (LASTING.includes(name) || entry.date === this.#stage.date);
    const found = entries.find(isOfUse);
    this.#entries.set(
      name,
      entries.filter((entry) => entry !== found),
    );
    return found?.good as Goods[Name] | undefined;
  }
}
