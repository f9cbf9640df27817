/** Guesses of an outsider who knows the business: numbers, dates, names, and whole records of which only the salt is unknown. */
import { createHash } from 'node:crypto';
import { claimIdOf, type BookKind, type BookRecord, type View } from '@tenor/client';
import { ownKey, shownKey } from '../../chaincode/src/ledger/keys.js';
import { paperKey } from '../../chaincode/src/protocol/documentNumbers.js';
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import { ISSUED_ON } from '../deal/inputs.js';
import { LEI } from '../support/world.js';
import { BOOK_KINDS } from '../support/kinds.js';
import { SECRETS } from './canaryDeal.js';

const NO_SALTS: readonly string[] = ['', '0'.repeat(64), 'f'.repeat(64)];

/** Single values and ids that are worth a try. */
function words(): string[] {
  const counted = Array.from({ length: 100 }, (_, number) => String(number));
  const [year, days] = ['2027', ['01', '15', '22', '23', '24', '29', '31']];
  const dates = ['01', '03', '06', '09', '12'].flatMap((month) => days.map((day) => `${year}-${month}-${day}`));
  const numbers = [
    SECRETS.documentNumber,
    SECRETS.documentNumber.replace(/[^A-Z0-9]/g, ''),
    `INVOICE/${SECRETS.documentNumber}`,
  ];
  return [...Object.values(SECRETS), ...Object.values(LEI), ...numbers, ...dates, ...counted];
}

const fieldsOf = (record: BookRecord<BookKind>): Readonly<Record<string, unknown>> => ({ ...record });

/** A record as one would guess it: all right, but for the salt, for which one tries those of other records, lawfully seen. */
function withoutSalt(record: BookRecord<BookKind>, others: readonly BookRecord<BookKind>[]): string[] {
  const { salt: _salt, ...bare } = fieldsOf(record);
  const salts = [...NO_SALTS, ...others.map((other) => fieldsOf(other)['salt'])];
  return [canonicalJson(bare), JSON.stringify(bare), ...salts.map((salt) => canonicalJson({ ...bare, salt }))];
}

/** Guesses at values and at keys of what a book holds. */
export function guessesAt(
  views: readonly View<BookKind>[],
  mspIds: readonly string[],
): {
  readonly values: readonly string[];
  readonly keys: readonly string[];
} {
  const single = words();
  const records = views.map(({ record }) => record);
  const fields = records.flatMap((record) =>
    Object.entries(fieldsOf(record)).flatMap(([name, value]) => [
      `${name}=${String(value)}`,
      canonicalJson({ [name]: value }),
      JSON.stringify(value),
    ]),
  );
  const claim = claimIdOf({
    ...{ type: 'INVOICE', number: SECRETS.documentNumber, issuedOn: ISSUED_ON, seller: LEI.supplier },
  });
  const ids = [
    ...single,
    ...Object.values(LEI).flatMap((one) => Object.values(LEI).map((other) => `${one}/${other}`)),
    claim,
    createHash('sha256')
      .update(paperKey({ documentHash: SECRETS.documentHash, seller: LEI.supplier }))
      .digest('hex'),
  ];
  return {
    values: [
      ...single,
      ...single.map((word) => JSON.stringify(word)),
      ...fields,
      ...records.flatMap((record, index) =>
        withoutSalt(
          record,
          records.filter((_, other) => other !== index),
        ),
      ),
    ],
    keys: ids.flatMap((id) => [
      id,
      ...BOOK_KINDS.flatMap((kind) => [ownKey(kind, id), ...mspIds.map((mspId) => shownKey(mspId, kind, id))]),
    ]),
  };
}
