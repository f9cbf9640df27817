/**
 * Batches of more and more legs: slices of one register that change hands between supplier and contractor. Committing opens nothing but hashes. Settling, where
 * all legs have one audience, opens them all. Held against a transfer of one slice, from offer to acceptance.
 */
import { performance } from 'node:perf_hooks';
import { common } from '@hyperledger/fabric-protos';
import type { FourEyesName, Input, Receipt, Tenor } from '@tenor/client';
import type { RunningNetwork } from '@tenor/network';
import { acceptanceInput, financingInput, quoteInput, transferInput } from '../../test/deal/inputs.js';
import { Meter, processesOf, type Processes } from './cpu.js';
import type { Options } from './options.js';
import type { Cast, Hands } from './people.js';
import { median, rounded } from './statistics.js';
import { forEach, settle as rest, type Stock } from './stock.js';

/** Legs of the batches that are compared. */
const SIZES = [2, 10, 50] as const;
const FEW = [2, 10] as const;
/**
 * Deals of a kind that are counted, and those before them that are not: a deal takes so little CPU that the clock's ticks of 10 ms show in it, and the first ones are made by code that is not compiled yet.
 */
const [DEALS, WARM_DEALS] = [9, 3];
/** Parts of one slice. */
const PARTS = 50;

/** How batches of one size came out: medians. */
export interface BatchFigure {
  readonly legs: number;
  /** From the call to the commit, plan included. */
  readonly commitMs: number;
  readonly settleMs: number;
  readonly commitBytes: number;
  readonly settleBytes: number;
}

/** What a deal takes from its first ticket to its end, all its transactions one after the other: medians. */
export interface DealFigure {
  readonly transactions: number;
  readonly ms: number;
  /** CPU time of the network and its client: the mean. */
  readonly cpuMs: number;
}

/** All sizes, and one transfer beside them; and a discount at the confirming bank, from its acceptance on, beside a whole transfer. */
export interface Batched {
  readonly figures: readonly BatchFigure[];
  readonly transferMs: number;
  /** Asking and quoting, before a discount. */
  readonly quote: DealFigure;
  /** From the ticket of the acceptance to the settlement. */
  readonly discount: DealFigure;
  readonly transfer: DealFigure;
}

interface Quoted {
  readonly requestId: string;
  readonly quoteId: string;
}

interface Traded {
  readonly legIds: readonly string[];
}

/** Who measures, and with what. */
interface On {
  readonly network: RunningNetwork;
  readonly cast: Cast;
  readonly stock: Stock;
}

/** A call under four eyes; only the checker's part is measured. */
async function prepared<Name extends FourEyesName>(
  { maker, party }: Hands,
  date: string,
  command: Name,
  input: Input<Name> & { readonly ticketId: string },
): Promise<void> {
  await maker.tenor.ticket.prepare(command, input, { party, expiresOn: date });
}

class Market {
  readonly #cast: Cast;
  readonly #mine: string[] = [];
  readonly #theirs: string[] = [];
  /** What the bank has quoted for and the supplier has not accepted. */
  readonly #quotes: Quoted[] = [];

  constructor(cast: Cast) {
    this.#cast = cast;
  }

  /** Gives the supplier free slices. */
  async fill(stock: Stock, count: number): Promise<void> {
    const { supplier } = this.#cast;
    const roots = await stock.roots(Math.ceil(count / PARTS), String(PARTS));
    const parts = await forEach(roots, async ({ sliceId }) => {
      const partIds = Array.from({ length: PARTS }, () => supplier.checker.tenor.newId(this.#cast.bank.mspId));
      await supplier.checker.tenor.slice.split({ sliceId, partIds, amounts: partIds.map(() => '1') });
      return partIds;
    });
    this.#mine.push(...parts.flat());
    await rest();
  }

  /** Passes one slice on by an offer. @returns milliseconds of offer and acceptance */
  async transfer(): Promise<number> {
    const { supplier, contractor, date } = this.#cast;
    const sliceId = this.#mine.pop() ?? '';
    const input = transferInput(this.#cast, sliceId);
    await prepared(supplier, date, 'slice:offer', input);
    const offered = await timed(() => supplier.checker.tenor.slice.offer(input));
    await rest();
    const { transferId } = input;
    const accepted = await timed(() => contractor.checker.tenor.slice.accept({ sliceId, transferId }));
    this.#theirs.push(sliceId);
    await rest();
    return offered.ms + accepted.ms;
  }

  /** A transfer with its ticket. @returns milliseconds of each transaction */
  async wholeTransfer(): Promise<number[]> {
    const { supplier, contractor } = this.#cast;
    const sliceId = this.#mine.pop() ?? '';
    const input = transferInput(this.#cast, sliceId);
    const { transferId } = input;
    return [
      ...(await this.#ticketed(supplier, 'slice:offer', input, (tenor) => tenor.slice.offer(input))),
      await step(() => contractor.checker.tenor.slice.accept({ sliceId, transferId })),
    ];
  }

  /** The supplier asks the confirming bank about a slice, and the bank quotes. It is so in every discount, however it is settled. @returns milliseconds of each transaction */
  async ask(): Promise<number[]> {
    const { supplier, bank } = this.#cast;
    const asked = {
      ...financingInput(this.#cast, [this.#mine.pop() ?? '']),
      interestPayer: { kind: 'SELLER' as const },
    };
    const { requestId } = asked;
    const quote = { ...quoteInput(this.#cast, requestId), fee: '0' };
    this.#quotes.push({ requestId, quoteId: quote.quoteId });
    return [
      await step(() => supplier.maker.tenor.financing.request(asked)),
      ...(await this.#ticketed(bank, 'financing:quote', quote, (tenor) => tenor.financing.quote(quote))),
    ];
  }

  /**
   * The supplier accepts the quote of the confirming bank, and the bank settles it by one call, against money that it has blocked in its own books. Every transaction counts, tickets too.
   * @returns milliseconds of each transaction
   */
  async discount(): Promise<number[]> {
    const { supplier, bank } = this.#cast;
    const { requestId, quoteId } = this.#quotes.pop() ?? { requestId: '', quoteId: '' };
    const word = { ...acceptanceInput(this.#cast, { requestId, quoteId }), atOnce: true as const };
    const order = { requestId, ticketId: bank.maker.tenor.newId() };
    return [
      ...(await this.#ticketed(supplier, 'financing:accept', word, (tenor) => tenor.financing.accept(word))),
      ...(await this.#ticketed(bank, 'financing:settle', order, (tenor) => tenor.financing.settle(order))),
    ];
  }

  /** A ticket of the maker, and the checker's call. */
  async #ticketed<Name extends FourEyesName>(
    hands: Hands,
    command: Name,
    input: Input<Name> & { readonly ticketId: string },
    call: (tenor: Tenor) => Promise<Receipt>,
  ): Promise<number[]> {
    const ticket = await step(() =>
      hands.maker.tenor.ticket.prepare(command, input, { party: hands.party, expiresOn: this.#cast.date }),
    );
    return [ticket, await step(() => call(hands.checker.tenor))];
  }

  /** A batch that both have approved: all legs but one go to the contractor. @param isKept whether they are handed over in the end */
  async trade(legs: number, isKept: boolean): Promise<Traded> {
    const { supplier, contractor, bank } = this.#cast;
    const back = contractor.checker.tenor.newId(bank.mspId);
    const there = Array.from({ length: legs - 1 }, () => supplier.checker.tenor.newId(bank.mspId));
    const legIds = [...there, back];
    const [first = ''] = there;
    const returned = this.#theirs.pop() ?? '';
    const given = there.map((legId) => ({ legId, sliceId: this.#mine.pop() ?? '' }));
    await forEach(given, (each) =>
      this.#allocate(supplier, { ...each, receiver: contractor.party, inReturn: back }, legIds),
    );
    const home = { legId: back, sliceId: returned, receiver: supplier.party, inReturn: first };
    await this.#allocate(contractor, home, legIds);
    await rest();
    for (const hands of [supplier, contractor]) await this.#approve(hands, legIds);
    await rest();
    if (isKept) this.#theirs.push(...given.map(({ sliceId }) => sliceId));
    return { legIds };
  }

  async #allocate(
    hands: Hands,
    said: Pick<Input<'slice:allocate'>, 'legId' | 'sliceId' | 'receiver' | 'inReturn'>,
    legIds: readonly string[],
  ): Promise<void> {
    const { date } = this.#cast;
    const input = { ...said, legIds: [...legIds], expiresOn: date, ticketId: hands.maker.tenor.newId() };
    await prepared(hands, date, 'slice:allocate', input);
    await hands.checker.tenor.slice.allocate(input);
  }

  async #approve(hands: Hands, legIds: readonly string[]): Promise<void> {
    const input = { legIds: [...legIds], party: hands.party, ticketId: hands.maker.tenor.newId() };
    await prepared(hands, this.#cast.date, 'batch:approve', input);
    await hands.checker.tenor.batch.approve(input);
  }
}

/** Measures batches one after the other. @throws TenorError */
export async function trade({ network, cast, stock }: On, { quick, repeats }: Options): Promise<Batched> {
  const sizes = quick ? FEW : SIZES;
  const counted = quick ? repeats : DEALS + WARM_DEALS;
  const market = new Market(cast);
  await market.fill(stock, 2 * repeats * sizes.reduce((sum, legs) => sum + legs, 0) + repeats + 2 * counted);
  const processes = await processesOf(network);
  const deals = { transfer: new Deals(processes), quote: new Deals(processes), discount: new Deals(processes) };
  // In turns, so that none of them has the warmer code.
  for (let made = 0; made < counted; made++) {
    await deals.transfer.make(() => market.wholeTransfer());
    await deals.quote.make(() => market.ask());
    await deals.discount.make(() => market.discount());
  }
  const transfers: number[] = [];
  while (transfers.length < repeats) transfers.push(await market.transfer());
  const settled: Timed[][] = [];
  const committed: Timed[][] = [];
  const { tenor } = cast.supplier.checker;
  // What is settled gives the contractor what it gives in the batches that are only committed.
  for (const legs of sizes)
    settled.push(
      await times(
        repeats,
        () => market.trade(legs, true),
        ({ legIds }) => tenor.batch.settle({ legIds: [...legIds] }),
      ),
    );
  for (const legs of sizes)
    committed.push(
      await times(
        repeats,
        () => market.trade(legs, false),
        async ({ legIds }) => tenor.batch.commit({ legIds: [...legIds], sheet: await tenor.batch.sheet(legIds) }),
      ),
    );
  const bytes = bytesById(await network.blocks('bank'));
  const figureOf = (legs: number, index: number): BatchFigure => {
    const [commits, settles] = [committed[index] ?? [], settled[index] ?? []];
    const size = (each: Timed[]): number => median(each.map(({ id }) => bytes.get(id) ?? 0));
    return {
      ...{ legs, commitMs: msOf(commits), settleMs: msOf(settles) },
      ...{ commitBytes: size(commits), settleBytes: size(settles) },
    };
  };
  return { figures: sizes.map(figureOf), transferMs: rounded(median(transfers)), ...figuresOf(deals) };
}

/** Deals of one kind. */
class Deals {
  readonly #meter: Meter;
  readonly #made: { readonly steps: readonly number[]; readonly cpuMs: number }[] = [];

  constructor(processes: Processes) {
    this.#meter = new Meter(processes);
  }

  /** One more. @param deal answers how long its transactions took */
  async make(deal: () => Promise<readonly number[]>): Promise<void> {
    this.#meter.lap();
    this.#made.push({ steps: await deal(), cpuMs: this.#meter.lap() });
  }

  get figure(): DealFigure {
    const counted = this.#made.slice(this.#made.length > WARM_DEALS ? WARM_DEALS : 0);
    return {
      transactions: counted[0]?.steps.length ?? 0,
      ms: rounded(median(counted.map(({ steps }) => steps.reduce((sum, ms) => sum + ms, 0)))),
      cpuMs: rounded(counted.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / counted.length),
    };
  }
}

const figuresOf = (
  deals: Readonly<Record<'transfer' | 'quote' | 'discount', Deals>>,
): Pick<Batched, keyof typeof deals> => ({
  ...{ transfer: deals.transfer.figure, quote: deals.quote.figure, discount: deals.discount.figure },
});

/** A transaction, and the pause after it that lets every peer commit it. The pause does not count. */
async function step(job: () => Promise<Receipt>): Promise<number> {
  const { ms } = await timed(job);
  await rest();
  return ms;
}

interface Timed {
  readonly ms: number;
  readonly id: string;
}

const msOf = (each: readonly Timed[]): number => rounded(median(each.map(({ ms }) => ms)));

async function timed(job: () => Promise<Receipt>): Promise<Timed> {
  const start = performance.now();
  const { transactionId = '' } = await job();
  return { ms: performance.now() - start, id: transactionId };
}

async function times(
  count: number,
  make: () => Promise<Traded>,
  job: (made: Traded) => Promise<Receipt>,
): Promise<Timed[]> {
  const all: Timed[] = [];
  while (all.length < count) {
    const made = await make();
    all.push(await timed(() => job(made)));
    await rest();
  }
  return all;
}

/** Bytes of every transaction as it is in its block. */
function bytesById(blocks: readonly Uint8Array[]): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const block of blocks)
    for (const envelope of common.Block.deserializeBinary(block).getData()?.getDataList_asU8() ?? []) {
      const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
      const header = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
      bytes.set(common.ChannelHeader.deserializeBinary(header).getTxId(), envelope.length);
    }
  return bytes;
}
