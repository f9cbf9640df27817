/** Whether the records of a bank's own book agree with each other: balances are built again from single records and held against the registered ones. */
import type { BookRecord } from '../../../chaincode/src/protocol/records/index.js';
import { byCertificate, byId, countedOf, sumOf, type CountedRecords } from './counted.js';
import type { Desk } from './desk.js';

/** What two records of a book say differently, and what to do. Codes are append-only. */
export const BOOK_FAULTS = {
  FACE_DIFFERS:
    'The slices of the certificate do not add up to its face. Read the book again; if it stays so, stop discharging and look for the slice that is missing or set aside.',
  TOTALS_DIFFER:
    'The slices that were counted against the face do not add up to what is counted as paid. Read the book again; if it stays so, compare both books with the issuer.',
  LINE_DIFFERS:
    'What the certificates on the line draw is not what the line says. Read the book again; if it stays so, confirm nothing more on this line before it is explained.',
} as const;

/** Code of a fault. */
export type BookFault = keyof typeof BOOK_FAULTS;

/** A balance that is not what its single records add up to. */
export interface BookDifference {
  readonly code: BookFault;
  /** Id of the certificate or the line. */
  readonly id: string;
  readonly currency: string;
  /** What the record says. */
  readonly registered: bigint;
  /** What the single records add up to. */
  readonly rebuilt: bigint;
}

/** Only the bank has every slice of a certificate. */
function faces({ face, slice, status }: CountedRecords, mspId: string): readonly BookDifference[] {
  const live = new Set(status.filter(({ state }) => state === 'ACTIVE' || state === 'SETTLED').map(({ id }) => id));
  const slicesOf = byCertificate(slice);
  return face
    .filter(({ id, bankMsp }) => bankMsp === mspId && live.has(id))
    .map(({ id, currency, amount }) => {
      // What came of a slice that was split, or of which a payment came back, its children are.
      const parts = slicesOf(id).filter(({ state }) => state !== 'SPENT' && state !== 'RETURNED');
      return { code: 'FACE_DIFFERS', id, currency, registered: BigInt(amount), rebuilt: sumOf(parts) } as const;
    });
}

function totals({ totals, redeemed }: CountedRecords): readonly BookDifference[] {
  const countedOn = byCertificate(redeemed.filter(({ isReturned }) => isReturned !== true));
  return totals.map(({ id, currency, paid }) => {
    return { code: 'TOTALS_DIFFER', id, currency, registered: BigInt(paid), rebuilt: sumOf(countedOn(id)) };
  });
}

/** What the bank drew again by itself for what came back, and is in the count still, because the issuer is silent. */
function redrawnAlone({ slice, redeemed }: CountedRecords): (certificateId: string) => bigint {
  const takenOut = new Set(redeemed.filter(({ isReturned }) => isReturned === true).map(({ id }) => id));
  const slicesOf = byCertificate(slice.filter(({ id }) => !takenOut.has(id)));
  return (id) => slicesOf(id).reduce((sum, { redrawn = '0' }) => sum + BigInt(redrawn), 0n);
}

/** What a certificate still draws: all of its face until it is unwound; on a revolving line, less what was redeemed and has not come back. */
function drawnBy(records: CountedRecords): (line: BookRecord<'line'>) => bigint {
  const [faceOf, statusOf, totalsOf] = [byId(records.face), byId(records.status), byId(records.totals)];
  const redrawn = redrawnAlone(records);
  return ({ id: lineId, revolving }) => {
    const confirmed = records.confirmation.filter((each) => each.outcome === 'CONFIRMED' && each.lineId === lineId);
    const drawing = confirmed.filter(({ id }) => statusOf.get(id)?.state !== 'UNWOUND');
    return drawing.reduce((sum, { id }) => {
      const restored = revolving ? BigInt(totalsOf.get(id)?.paid ?? '0') - redrawn(id) : 0n;
      return sum + BigInt(faceOf.get(id)?.amount ?? '0') - restored;
    }, 0n);
  };
}

function lines(records: CountedRecords): readonly BookDifference[] {
  const drawn = drawnBy(records);
  return records.line.map((line) => {
    const { id, currency, utilised } = line;
    return { code: 'LINE_DIFFERS', id, currency, registered: BigInt(utilised), rebuilt: drawn(line) };
  });
}

/** Balances of the own book that are not what their single records add up to. A book in which nothing is wrong has none. */
export function bookDifferences(desk: Desk): readonly BookDifference[] {
  const { records } = countedOf(desk);
  const all = [...faces(records, desk.mspId), ...totals(records), ...lines(records)];
  return all.filter(({ registered, rebuilt }) => registered !== rebuilt);
}
