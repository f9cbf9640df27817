/** Makes the records that the measured commands need, with the commands that come before them in a deal, many at the same time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { claimIdOf, type Input } from '@tenor/client';
import {
  claimInput,
  confirmInput,
  daysAfter,
  draftInput,
  lineInput,
  presentInput,
  transferInput,
} from '../../test/deal/inputs.js';
import type { Cast } from './people.js';
import { prove, type Proven } from './proof.js';
import { TOPOLOGY } from './testNetwork.js';

/** Chains of steps side by side while something is made. */
const SIDE_BY_SIDE = 64;
/** Certificates behind one claim: it keeps an allocation for each, and has room for 50. */
const PER_CLAIM = 20;
const CAPACITY = '1000000000000';
const AMOUNT = '100000';
const PARTS = 50;
const PART_AMOUNT = 1000;
/** Holders of one certificate that is spread, and slices of each. */
const [SHARES, SHARE] = [5, 10];
/** Items of a bulk command where it is not the one that is measured. */
const TOGETHER = 20;
/** Offers are open for some days; certificates fall due on a Monday well ahead, those to be presented on the next one. */
const OFFER_DAYS = 5;
const DUE_DAYS = 16 * 7;
const SOON_DAYS = 7;

/**
 * Calls that put something into another organisation's book before the business date moves on: fewer than the places that are there for one
 * command on one date, all commands taken together (docs/decisions/0029).
 */
export const CALLS_A_DATE = 4000;

/** Runs a job for each item, some side by side, and keeps their order. */
export async function forEach<Item, Result>(
  items: readonly Item[],
  job: (item: Item) => Promise<Result>,
  sideBySide = SIDE_BY_SIDE,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await job(item);
  };
  await Promise.all(Array.from({ length: Math.min(sideBySide, items.length) }, worker));
  return results;
}

/** Waits until every peer has surely committed what one of them has. */
export const settle = (): Promise<void> => sleep(3 * TOPOLOGY.batch.timeoutMs);

/** Groups of at most `size`. */
export const groupsOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A confirmation that can be sent: its ticket is there. */
type Confirmable = Input<'certificate:confirm'>;
/** An offer of a slice that can be sent: its ticket is there. */
type Transferable = Input<'slice:offer'>;
/** A presentment that can be sent: its ticket is there. */
type Presentable = Input<'slice:present'>;

/** A certificate with the slice that holds all of it. */
export interface Root {
  readonly certificateId: string;
  readonly sliceId: string;
}

/** Makes lines, certificates and slices. */
export class Stock {
  readonly #cast: Cast;
  readonly #lines: string[];
  #nextLine = 0;
  #calls = 0;

  private constructor(cast: Cast, lines: string[]) {
    this.#cast = cast;
    this.#lines = lines;
  }

  /** Opens the lines. */
  static async open(cast: Cast, lines: number): Promise<Stock> {
    const { bank, date } = cast;
    const lineIds = await forEach(numbers(lines), async () => {
      const input = lineInput(cast, { limit: '1000000000000000000' });
      await bank.maker.tenor.ticket.prepare('line:open', input, { party: bank.party, expiresOn: date });
      await bank.checker.tenor.line.open(input);
      return input.lineId;
    });
    return new Stock(cast, lineIds);
  }

  /** Submitted certificates with tickets to confirm them, `bulk` at once, each call on a line of its own. */
  async confirmables(count: number, bulk: number, amount = AMOUNT, dueDays = DUE_DAYS): Promise<Confirmable[]> {
    return this.#ticketed(await this.#certificates(count * bulk, amount, dueDays), bulk, () => this.#line());
  }

  /** The same, all on one line. */
  async onOneLine(count: number, bulk: number): Promise<Confirmable[]> {
    const line = this.#line();
    return this.#ticketed(await this.#certificates(count * bulk, AMOUNT, DUE_DAYS), bulk, () => line);
  }

  async #ticketed(certificateIds: readonly string[], bulk: number, line: () => string): Promise<Confirmable[]> {
    const { bank, date } = this.#cast;
    const made = await forEach(groupsOf(certificateIds, bulk), async (group) => {
      const input = confirmInput(this.#cast, line(), group);
      await bank.maker.tenor.ticket.prepare('certificate:confirm', input, { party: bank.party, expiresOn: date });
      return input;
    });
    await settle();
    return made;
  }

  /** Free slices of the supplier with tickets to offer them to the contractor. */
  async transferables(count: number): Promise<Transferable[]> {
    const slices = (await this.#slices(Math.ceil(count / PARTS))).slice(0, count);
    await this.#makeRoom(count);
    const { supplier, date } = this.#cast;
    const made = await forEach(slices, async (sliceId) => {
      const input = transferInput(this.#cast, sliceId, daysAfter(date, OFFER_DAYS));
      await supplier.maker.tenor.ticket.prepare('slice:offer', input, { party: supplier.party, expiresOn: date });
      return input;
    });
    await settle();
    return made;
  }

  /** Slices that the supplier has offered to the contractor. */
  async offered(count: number): Promise<Transferable[]> {
    const offered = await this.transferables(count);
    await forEach(offered, (input) => this.#cast.supplier.checker.tenor.slice.offer(input));
    await settle();
    return offered;
  }

  #line(): string {
    const line = this.#lines[this.#nextLine++ % this.#lines.length];
    if (line === undefined) throw new Error('no line was opened');
    return line;
  }

  /** Certificates of one claim wait for each other, since each changes it; claims do not. */
  async #certificates(count: number, amount: string, dueDays: number): Promise<string[]> {
    const made: string[] = [];
    for (const some of groupsOf(numbers(count), CALLS_A_DATE)) {
      await this.#makeRoom(some.length);
      made.push(...(await this.#submitted(some.length, amount, dueDays)));
    }
    return made;
  }

  async #submitted(count: number, amount: string, dueDays: number): Promise<string[]> {
    const { date } = this.#cast;
    const { maker, checker } = this.#cast.issuer;
    const perClaim = Math.max(1, Math.min(PER_CLAIM, Math.ceil(count / SIDE_BY_SIDE)));
    const made = await forEach(groupsOf(numbers(count), perClaim), async (group) => {
      const claim = claimInput(this.#cast, this.#cast.reference(), CAPACITY);
      const { reservationId } = claim;
      await maker.tenor.document.claim({ ...claim, books: 'register' });
      await this.#cast.bank.checker.tenor.document.confirm({ reservationId });
      const claimId = claimIdOf(claim);
      const changes = { dueDate: daysAfter(date, dueDays), deliveredOn: daysAfter(date, -3) };
      const drafts = group.map(() => draftInput(this.#cast, claimId, amount, changes));
      for (const input of drafts) {
        await maker.tenor.certificate.draft(input);
        await checker.tenor.certificate.submit({ certificateId: input.certificateId });
      }
      return drafts.map(({ certificateId }) => certificateId);
    });
    await settle();
    return made.flat();
  }

  /** Certificates that the supplier can accept, so many on one line. */
  async acceptables(count: number, amount = AMOUNT, dueDays = DUE_DAYS, together = TOGETHER): Promise<string[]> {
    const certificateIds = await this.#certificates(count, amount, dueDays);
    const { bank, date } = this.#cast;
    const confirmables = await this.#ticketed(certificateIds, together, () => this.#line());
    await forEach(confirmables, (input) => bank.checker.tenor.certificate.confirm(input));
    await settle();
    await forEach(certificateIds, (certificateId) =>
      bank.checker.tenor.certificate.offer({ certificateId, expiresOn: daysAfter(date, OFFER_DAYS) }),
    );
    await settle();
    return certificateIds;
  }

  /** Root slices of the supplier, each on a certificate of its own. */
  async roots(count: number, amount = AMOUNT, dueDays = DUE_DAYS, together = TOGETHER): Promise<Root[]> {
    const { bank, supplier } = this.#cast;
    const certificateIds = await this.acceptables(count, amount, dueDays, together);
    const roots = certificateIds.map((certificateId) => ({
      certificateId,
      sliceId: supplier.checker.tenor.newId(bank.mspId),
    }));
    await forEach(groupsOf(roots, TOGETHER), (items) => supplier.checker.tenor.certificate.accept({ items }));
    await settle();
    return roots;
  }

  /** Slices of the supplier that have just become due, `together` certificates on one line. A call for each of them finds a place, because the date has just moved on. */
  async due(count: number, together = TOGETHER): Promise<string[]> {
    const slices = await this.#slices(Math.ceil(count / PARTS), SOON_DAYS, together);
    await this.#mature();
    return slices.slice(0, count);
  }

  /**
   * The same many slices of small holders: the supplier has passed each certificate on to five of them, and each has split what it got. Each certificate
   * is on a line of its own.
   */
  async spread(count: number): Promise<void> {
    const { bank, supplier, holders } = this.#cast;
    const { maker, checker } = supplier;
    const roots = await this.roots(Math.ceil(count / PARTS), String(PARTS * PART_AMOUNT), SOON_DAYS, 1);
    const shares = await forEach([...roots.entries()], async ([place, { sliceId }]) => {
      const partIds = numbers(SHARES).map(() => checker.tenor.newId(bank.mspId));
      await checker.tenor.slice.split({ sliceId, partIds, amounts: partIds.map(() => String(PART_AMOUNT * SHARE)) });
      return partIds.map((id, index) => ({ id, holder: holders[(place + 2 * index) % holders.length] ?? '' }));
    });
    await settle();
    await forEach(shares.flat(), async ({ id: sliceId, holder: transferee }) => {
      const input = { ...transferInput(this.#cast, sliceId, daysAfter(this.#cast.date, OFFER_DAYS)), transferee };
      const { transferId, expiresOn } = input;
      await maker.tenor.ticket.prepare('slice:offer', input, { party: supplier.party, expiresOn });
      await checker.tenor.slice.offer(input);
      await checker.tenor.slice.accept({ sliceId, transferId });
      const partIds = numbers(SHARE).map(() => checker.tenor.newId(bank.mspId));
      await checker.tenor.slice.split({ sliceId, partIds, amounts: partIds.map(() => String(PART_AMOUNT)) });
    });
    await settle();
    await this.#mature();
  }

  /** Tickets to present such slices, `bulk` at once. */
  async presentables(count: number, bulk: number): Promise<Presentable[]> {
    const slices = groupsOf(await this.due(count * bulk), bulk);
    const { supplier, date } = this.#cast; // the slices have become due by a move of the date
    const made = await forEach(slices, async (sliceIds) => {
      const input = presentInput(this.#cast, 'supplier', sliceIds);
      await supplier.maker.tenor.ticket.prepare('slice:present', input, { party: supplier.party, expiresOn: date });
      return input;
    });
    await settle();
    return made;
  }

  /** Presentments of `bulk` slices each, paid, attested and acknowledged, but not discharged. */
  async proven(count: number, bulk: number): Promise<Proven[]> {
    const slices = groupsOf(await this.due(count * bulk), bulk);
    const made = await forEach(slices, (sliceIds) => prove(this.#cast, sliceIds, PART_AMOUNT));
    await settle();
    return made;
  }

  /** Certificates whose one slice is paid, each on a line of its own: a redemption restores it. */
  async paid(count: number): Promise<Root[]> {
    const roots = await this.roots(count, AMOUNT, SOON_DAYS, 1);
    await this.#mature();
    const proven = await forEach(groupsOf(roots, TOGETHER), (group) =>
      prove(
        this.#cast,
        group.map(({ sliceId }) => sliceId),
        Number(AMOUNT),
      ),
    );
    // The acknowledgement came by the supplier's peer: the bank's may be a block behind.
    await settle();
    const { presentment } = this.#cast.bank.checker.tenor;
    await forEach(proven, ({ presentmentId, uetr }) => presentment.discharge({ presentmentId, uetr }));
    await settle();
    return roots;
  }

  /** Moves the business date on where the calls to come would not find places. Tickets and offers that are there already end by it. */
  async #makeRoom(calls: number): Promise<void> {
    if (this.#calls + calls > CALLS_A_DATE) await this.#mature();
    this.#calls += calls;
  }

  async #mature(): Promise<void> {
    await this.#cast.advance();
    this.#calls = 0;
    await settle();
  }

  /** Parts of root slices, each split as far as it goes. */
  async #slices(certificates: number, dueDays = DUE_DAYS, together = TOGETHER): Promise<string[]> {
    const { bank, supplier } = this.#cast;
    const roots = await this.roots(certificates, String(PARTS * PART_AMOUNT), dueDays, together);
    const parts = await forEach(roots, async ({ sliceId }) => {
      const partIds = numbers(PARTS).map(() => supplier.checker.tenor.newId(bank.mspId));
      const amounts = partIds.map(() => String(PART_AMOUNT));
      await supplier.checker.tenor.slice.split({ sliceId, partIds, amounts });
      return partIds;
    });
    await settle();
    return parts.flat();
  }
}
