/** What the measured commands consume, made by the commands that come before them in a deal, many side by side. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimIdOf, newId, type DraftContent } from '@tenor/client';
import { DUE, type Cast } from './people.js';
import { TOPOLOGY } from './testNetwork.js';

/** Chains of steps side by side while something is made. */
const SIDE_BY_SIDE = 64;
/** Certificates behind one claim: it keeps an allocation for each, and has room for 50. */
const PER_CLAIM = 20;
const AMOUNT = '100000';
const PARTS = 50;
const OFFER_EXPIRES = '2026-12-15';

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
export interface Confirmable {
  readonly certificateIds: string[];
  readonly lineId: string;
  readonly ticketId: string;
}

/** An offer of a slice that can be sent: its ticket is there. */
export interface Transferable {
  readonly sliceId: string;
  readonly transferId: string;
  readonly ticketId: string;
  readonly transferee: string;
  readonly expiresOn: string;
}

/** Makes lines, certificates and slices. */
export class Stock {
  readonly #cast: Cast;
  readonly #lines: string[];
  #nextLine = 0;

  private constructor(cast: Cast, lines: string[]) {
    this.#cast = cast;
    this.#lines = lines;
  }

  /** Opens the lines. */
  static async open(cast: Cast, lines: number): Promise<Stock> {
    const { bank, issuer } = cast;
    const lineIds = await forEach(numbers(lines), async () => {
      const terms = {
        currency: 'USD',
        limit: '1000000000000000000',
        expiresOn: '2027-12-31',
        revolving: true,
        autoConfirm: false,
      };
      const input = { lineId: newId(), ticketId: newId(), bank: bank.party, issuer: issuer.party, ...terms };
      await bank.maker.tenor.tickets.prepare('certificate:openLine', input, {
        party: bank.party,
        expiresOn: cast.date,
      });
      await bank.checker.tenor.lines.open(input);
      return input.lineId;
    });
    return new Stock(cast, lineIds);
  }

  /** Submitted certificates with tickets to confirm them, `bulk` at once, each call on a line of its own. */
  async confirmables(count: number, bulk: number, amount = AMOUNT): Promise<Confirmable[]> {
    const { bank, date } = this.#cast;
    const certificates = groupsOf(await this.#certificates(count * bulk, amount), bulk);
    const made = await forEach(certificates, async (certificateIds) => {
      const input = { certificateIds, lineId: this.#line(), ticketId: newId() };
      await bank.maker.tenor.tickets.prepare('certificate:confirm', input, { party: bank.party, expiresOn: date });
      return input;
    });
    await settle();
    return made;
  }

  /** Free slices of the supplier with tickets to offer them to the contractor. */
  async transferables(count: number): Promise<Transferable[]> {
    const { supplier, contractor, date } = this.#cast;
    const slices = (await this.#slices(Math.ceil(count / PARTS))).slice(0, count);
    const made = await forEach(slices, async (sliceId) => {
      const input = {
        sliceId,
        transferId: newId(),
        ticketId: newId(),
        transferee: contractor.party,
        expiresOn: OFFER_EXPIRES,
      };
      await supplier.maker.tenor.tickets.prepare('certificate:transfer', input, {
        party: supplier.party,
        expiresOn: date,
      });
      return input;
    });
    await settle();
    return made;
  }

  /** Slices that the supplier has offered to the contractor. */
  async offered(count: number): Promise<Transferable[]> {
    const offered = await this.transferables(count);
    await forEach(offered, (input) => this.#cast.supplier.checker.tenor.slices.transfer(input));
    await settle();
    return offered;
  }

  #line(): string {
    const line = this.#lines[this.#nextLine++ % this.#lines.length];
    if (line === undefined) throw new Error('no line was opened');
    return line;
  }

  /** Certificates of one claim wait for each other, since each changes it; claims do not. */
  async #certificates(count: number, amount: string): Promise<string[]> {
    const { maker, checker } = this.#cast.issuer;
    const perClaim = Math.max(1, Math.min(PER_CLAIM, Math.ceil(count / SIDE_BY_SIDE)));
    const made = await forEach(groupsOf(numbers(count), perClaim), async (group) => {
      const claimId = await this.#claim();
      const certificateIds = group.map(() => newId());
      for (const certificateId of certificateIds) {
        await maker.tenor.certificates.draft({ certificateId, ...this.#content(claimId, amount) });
        await checker.tenor.certificates.submit({ certificateId });
      }
      return certificateIds;
    });
    await settle();
    return made.flat();
  }

  async #claim(): Promise<string> {
    const { issuer, bank, supplier } = this.#cast;
    const document = { type: 'INVOICE' as const, number: newId(), seller: supplier.party };
    const claimId = claimIdOf(document);
    const documentHash = createHash('sha256').update(claimId).digest('hex');
    const parties = { issuer: issuer.party, bank: bank.party };
    await issuer.maker.tenor.documents.claim({
      claimId,
      ...document,
      ...parties,
      currency: 'USD',
      capacity: '1000000000000',
      documentHash,
    });
    return claimId;
  }

  #content(claimId: string, amount: string): DraftContent {
    const { issuer, bank, supplier } = this.#cast;
    return {
      ...{
        issuer: issuer.party,
        bank: bank.party,
        payee: supplier.party,
        currency: 'USD',
        amount,
        dueDate: DUE,
        calendar: 'CN',
      },
      ...{ mode: 'GUARANTEED', deliveredOn: '2026-11-20', claims: [{ claimId, amount }] },
    };
  }

  /** Root slices, each split as far as it goes. */
  async #slices(certificates: number): Promise<string[]> {
    const { bank, supplier } = this.#cast;
    const confirmables = await this.confirmables(certificates, 1, String(PARTS * 1000));
    const parts = await forEach(confirmables, async (input) => {
      await bank.checker.tenor.certificates.confirm(input);
      const [certificateId = ''] = input.certificateIds;
      await bank.checker.tenor.certificates.offer({ certificateId, expiresOn: OFFER_EXPIRES });
      await settle();
      const sliceId = newId();
      await supplier.checker.tenor.certificates.accept({ items: [{ certificateId, sliceId }] });
      const partIds = numbers(PARTS).map(() => newId());
      await supplier.checker.tenor.slices.split({ sliceId, partIds, amounts: partIds.map(() => '1000') });
      return partIds;
    });
    return parts.flat();
  }
}
