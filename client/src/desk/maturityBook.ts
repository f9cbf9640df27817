/** What a confirming bank's own book says of the slices that are due on a date. */
import { LIMITS } from '../../../chaincode/src/protocol/limits.js';
import type { BookKind, BookRecord, Slice, Terms } from '../../../chaincode/src/protocol/records/index.js';
import type { View } from '../../../chaincode/src/protocol/results.js';
import type { Asked, Reader } from '../resources/books.js';
import type { Tenor } from '../tenor.js';
import { partsOf, type Part, type Told } from './parts.js';

/** A presentment of due slices, with the payment that is marked for it. */
export interface DuePresentment {
  readonly record: BookRecord<'presentment'>;
  readonly payment: BookRecord<'payment'> | undefined;
  /** The payments that arrived, each with what came of it. */
  readonly parts: readonly Part[];
  /** Whether one of its payments came back. */
  readonly hasReturn: boolean;
}

/** Everything that a maturity run looks at. */
export interface DueBook {
  readonly terms: ReadonlyMap<string, Terms>;
  /** The line on which each certificate draws. */
  readonly lines: ReadonlyMap<string, string>;
  readonly slices: readonly Slice[];
  readonly consolidations: readonly BookRecord<'consolidation'>[];
  readonly mandates: readonly BookRecord<'mandate'>[];
  readonly presentments: readonly DuePresentment[];
  /** Ids of slices that were counted against the face. */
  readonly redeemed: ReadonlySet<string>;
  /** Those of them that are in the count still: their payment did not come back, or was not taken out yet. */
  readonly inCount: ReadonlySet<string>;
  /** Bytes of the slices, their terms and the mandates, by `<kind>/<id>`: what presenting has to show. */
  readonly openings: ReadonlyMap<string, string>;
}

/**
 * Reads it, each kind once. What is not current proves nothing and is left out, and so is a record that another register than its own vouches
 * for. @throws TenorError
 */
export async function readDueBook(tenor: Tenor, dueOn: string): Promise<DueBook> {
  const { mspId } = tenor;
  const openings = new Map<string, string>();
  const kept = <Kind extends BookKind>(
    kind: Kind,
    isMeant: (view: View<Kind>) => boolean,
    only: Asked = {},
  ): Promise<BookRecord<Kind>[]> => {
    const keep = (view: View<Kind>): boolean => {
      const isKept = isMeant(view);
      if (isKept) openings.set(`${kind}/${view.id}`, view.opening);
      return isKept;
    };
    return currentOf(tenor, kind, keep, only);
  };
  const roots = await kept('terms', ({ record }) => record.paymentDate === dueOn && record.bankMsp === mspId);
  const terms = new Map(roots.map((record) => [record.id, record]));
  // What else is in the book is not asked for, where the certificates are few enough to be named.
  const asked = terms.size > 0 && terms.size <= LIMITS.bulkItems ? { certificateIds: [...terms.keys()] } : {};
  const isOwn = ({ register, record }: View<'slice'>): boolean => register === mspId && terms.has(record.certificateId);
  const [confirmations, slices, consolidations, redeemed, mandates] = await Promise.all([
    currentOf(tenor, 'confirmation', ({ id }) => terms.has(id), asked),
    kept('slice', isOwn, asked),
    kept('consolidation', ({ register, record }) => register === mspId && terms.has(record.certificateId), asked),
    currentOf(tenor, 'redeemed', ({ record }) => terms.has(record.certificateId), asked),
    kept('mandate', ({ register, record }) => register === record.holderMsp),
  ]);
  // A paid slice keeps its lock: it says by which presentment it was paid.
  const isUnpaid = ({ state }: Slice): boolean => state === 'PRESENTED' || state === 'ACKNOWLEDGED';
  const locks = new Set(slices.filter(isUnpaid).flatMap(({ lock }) => (lock === null ? [] : [lock.id])));
  return {
    lines: new Map(confirmations.map(({ id, lineId = '' }) => [id, lineId])),
    ...{ terms, slices, consolidations, mandates, openings, redeemed: new Set(redeemed.map(({ id }) => id)) },
    inCount: new Set(redeemed.flatMap(({ id, isReturned }) => (isReturned === true ? [] : [id]))),
    presentments: locks.size === 0 ? [] : await presentmentsOf(tenor, locks),
  };
}

type Sides = Pick<BookRecord<'presentment'>, 'bankMsp' | 'payeeBankMsp'>;

async function presentmentsOf(tenor: Tenor, ids: ReadonlySet<string>): Promise<DuePresentment[]> {
  const { mspId } = tenor;
  const isMeant = ({ register, record }: View<'presentment'>): boolean =>
    ids.has(record.id) && register === record.holderMsp;
  // What another bank than the payee's says that it credited or sent back is nothing.
  const ofPayee = ({ register, record }: View<'attestation' | 'return'>): boolean => register === record.payeeBankMsp;
  const [records, marks, payments, attestations, returns] = await Promise.all([
    currentOf(tenor, 'presentment', isMeant),
    currentOf(tenor, 'remittance', ({ register, id }) => register === mspId && ids.has(id)),
    currentOf(tenor, 'payment', ({ register }) => register === mspId),
    currentOf(tenor, 'attestation', ofPayee),
    currentOf(tenor, 'return', ofPayee),
  ]);
  const told: Told = { payment: payments, attestation: attestations, return: returns };
  const paymentOf = new Map(payments.map((payment) => [payment.id, payment]));
  const markOf = new Map(marks.map(({ id, paymentId }) => [id, paymentId]));
  const sides = ({ payeeBankMsp, bankMsp }: Sides): string => `${bankMsp} ${payeeBankMsp}`;
  const saidOf = (record: BookRecord<'presentment'>): Told => ({
    ...told,
    attestation: told.attestation.filter((each) => sides(each) === sides(record)),
    return: told.return.filter((each) => sides(each) === sides(record)),
  });
  return records.map((record) => ({
    ...{ record, payment: paymentOf.get(markOf.get(record.id) ?? '') },
    parts: partsOf(record, saidOf(record)),
    hasReturn: saidOf(record).return.some(({ presentmentId }) => presentmentId === record.id),
  }));
}

/** The current records of a kind that are meant. */
async function currentOf<Kind extends BookKind>(
  tenor: Tenor,
  kind: Kind,
  isMeant: (view: View<Kind>) => boolean,
  asked: Asked = {},
): Promise<BookRecord<Kind>[]> {
  const found: BookRecord<Kind>[] = [];
  const reader = tenor.book[kind] as unknown as Reader<Kind>;
  for await (const row of reader.all(asked)) {
    if (row.current && isMeant(row)) found.push(row.record);
  }
  return found;
}
