/** Forgeries of a record: the same bytes but for one field, made from the names of the fields. */
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import type { BookKind } from '@tenor/client';

/** What a forger puts in the place of what a record says. */
export interface Values {
  readonly mspIds: readonly string[];
  readonly parties: readonly string[];
  readonly ids: readonly string[];
}

/** A record with one field changed. */
export interface Forgery {
  /** The field, and what it says now. */
  readonly what: string;
  readonly record: string;
}

const STATES: Partial<Record<BookKind, readonly string[]>> = {
  slice: ['FREE', 'OFFERED', 'PRESENTED', 'ACKNOWLEDGED', 'SPENT', 'PAID'],
  status: ['OFFERED', 'ACTIVE', 'DECLINED', 'SETTLED', 'UNWOUND'],
  confirmation: ['CONFIRMED', 'REJECTED', 'UNWOUND'],
  payment: ['ACCC', 'RJCT', 'ACSP'],
};

/** Fields by what they hold. The first that fits says what stands there instead. */
const FIELDS: readonly (readonly [RegExp, (values: Values, kind: BookKind, old: unknown) => readonly unknown[]])[] = [
  [/Msp$/, ({ mspIds }) => mspIds],
  [/^(issuer|bank|payee|holder|payeeBank|seller|counterparty|party|funder)$/, ({ parties }) => parties],
  [/^(certificateId|presentmentId|lineId|parentId|requestId)$/, ({ ids }) => ids],
  [/^(amount|limit|utilised|capacity|paid)$/, () => ['1', '900000000']],
  [/^currency$/, () => ['KWD']],
  [/^(state|outcome|status)$/, (_values, kind) => STATES[kind] ?? []],
  [/(On|Date)$/, () => ['2099-12-31', '2026-11-01']],
  [/^(tier|maxTier|maxChildren|policyVersion)$/, (_values, _kind, old) => [Number(old) + 1]],
  [/^(revolving|autoConfirm)$/, (_values, _kind, old) => [old !== true]],
  [/^(claims|allocations|children|sliceIds)$/, ({ ids }) => [[], ids.slice(0, 1)]],
  [/^interestPayer$/, () => [{ kind: 'ISSUER' }]],
  [/^account$/, () => [{ scheme: 'OTHER', id: 'X1' }]],
  [/^(maker|messageHash|documentHash|salt)$/, () => ['ef'.repeat(32)]],
];

/** Every forgery of a record. */
export function forgeriesOf(kind: BookKind, opening: string, values: Values): Forgery[] {
  const record = JSON.parse(opening) as Readonly<Record<string, unknown>>;
  const changed = changes(record, kind, values).map(([field, value, now]) => ({
    ...{ what: `${field} ${JSON.stringify(value)}`, record: canonicalJson(now) },
  }));
  const lock = { kind: 'TRANSFER', id: 'abcdefghijklmnop', expiresOn: '2099-12-31' };
  const offered = { ...lock, counterparty: values.parties[0], counterpartyMsp: values.mspIds[0] };
  const locks = kind === 'slice' ? [null, offered].map((each) => ({ ...record, lock: each })) : [];
  const all = [...changed, ...locks.map((each) => ({ what: 'lock', record: canonicalJson(each) }))];
  return all.filter((forgery) => forgery.record !== opening);
}

type Change = readonly [field: string, value: unknown, record: Readonly<Record<string, unknown>>];

function changes(record: Readonly<Record<string, unknown>>, kind: BookKind, values: Values): Change[] {
  return Object.entries(record).flatMap(([field, old]): Change[] => {
    const inside =
      typeof old === 'object' && old !== null && !Array.isArray(old)
        ? changes(old as Readonly<Record<string, unknown>>, kind, values)
        : [];
    const instead = FIELDS.find(([pattern]) => pattern.test(field))?.[1](values, kind, old) ?? [];
    return [
      ...inside.map(([deeper, value, now]): Change => [`${field}.${deeper}`, value, { ...record, [field]: now }]),
      ...instead.map((value): Change => [field, value, { ...record, [field]: value }]),
    ];
  });
}
