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

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

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

/** The hash of a leg, and what one would take it for. */
interface GuessedLeg {
  readonly hash: string;
  readonly guesses: readonly string[];
}

/** Cover, proof and approval hold no salt: they repeat the hash of a leg, which does. So one has to guess that, from a leg that is all right but for its salt. */
function withoutLegHash(record: BookRecord<BookKind>, legs: readonly GuessedLeg[]): string[] {
  const text = canonicalJson(fieldsOf(record));
  const known = legs.filter(({ hash }) => text.includes(hash));
  if (known.length === 0)
    throw new Error(`${record.schema} holds neither a salt nor the hash of a leg: it can be guessed`);
  const places = known[0]?.guesses.map((_, index) => index) ?? [];
  return places.map((at) => known.reduce((left, { hash, guesses }) => left.replaceAll(hash, guesses[at] ?? ''), text));
}

/** The legs among what a book holds. */
const legsOf = (views: readonly View<BookKind>[]): GuessedLeg[] =>
  views
    .filter(({ record }) => record.schema.startsWith('tenor.leg/'))
    .map(({ record, opening }) => {
      const others = views.map((view) => view.record).filter((other) => other !== record && 'salt' in other);
      return { hash: sha256(opening), guesses: withoutSalt(record, others).map(sha256) };
    });

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
  const salted = records.filter((record) => 'salt' in record);
  const legs = legsOf(views);
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
    sha256(paperKey({ documentHash: SECRETS.documentHash, seller: LEI.supplier })),
  ];
  return {
    values: [
      ...single,
      ...single.map((word) => JSON.stringify(word)),
      ...fields,
      ...salted.flatMap((record, index) =>
        withoutSalt(
          record,
          salted.filter((_, other) => other !== index),
        ),
      ),
      ...records.filter((record) => !('salt' in record)).flatMap((record) => withoutLegHash(record, legs)),
    ],
    keys: ids.flatMap((id) => [
      id,
      ...BOOK_KINDS.flatMap((kind) => [ownKey(kind, id), ...mspIds.map((mspId) => shownKey(mspId, kind, id))]),
    ]),
  };
}
