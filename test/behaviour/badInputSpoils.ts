/** Valid calls, spoiled one thing at a time, each with the code that must come back. */
import { LIMITS, type BookKind, type ErrorCode } from '@tenor/client';
import type { Case } from '../commands/support/case.js';
import { CANARY } from '../commands/support/facts.js';
import { optionalOf, typeOf, type Fields } from '../commands/support/fields.js';
import { BAD_VALUES, MISSING } from './badInputValues.js';
import type { Proposal } from './dealStand.js';
import type { Call } from './dealStep.js';

/** A proposal that must be refused. */
export interface Spoil extends Proposal {
  readonly what: string;
  readonly code: ErrorCode;
  /** Texts that the refusal must not repeat. */
  readonly unheard: readonly string[];
}

/** A call that would pass, with the transient fields that its plan gave. */
export interface Base extends Call {
  readonly step: Case;
  readonly transient: Readonly<Record<string, Uint8Array>>;
}

type Openings = Readonly<Record<string, string>>;
type Members = Readonly<Record<string, unknown>>;

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** All texts in a value that are long enough not to turn up by chance. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 8 ? [value] : [];
  if (typeof value === 'number') return String(value).length >= 6 ? [String(value)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

const argumentOf = ({ request }: Base): string => JSON.stringify(request);

function withArgument(
  base: Base,
  what: string,
  code: ErrorCode,
  argument: string,
  unheard: readonly string[] = [CANARY],
): Spoil {
  return { what, code, argument, transient: base.transient, unheard };
}

function withTransient(
  base: Base,
  what: string,
  code: ErrorCode,
  changes: Readonly<Record<string, Uint8Array | undefined>>,
  unheard: readonly string[] = [CANARY],
): Spoil {
  const fields = Object.entries({ ...base.transient, ...changes }).filter(
    (entry): entry is [string, Uint8Array] => entry[1] !== undefined,
  );
  return { what, code, argument: argumentOf(base), transient: Object.fromEntries(fields), unheard };
}

/** The argument as a whole: no JSON, no object, too much. */
export function spoiledArguments(base: Base): Spoil[] {
  const spread = JSON.stringify({ ...base.request, [CANARY]: CANARY });
  const polluted = `{"__proto__":{"${CANARY}":1},${argumentOf(base).slice(1)}`;
  return [
    withArgument(base, 'cut off', 'REQUEST_MALFORMED', argumentOf(base).slice(0, -1)),
    withArgument(base, 'no JSON', 'REQUEST_MALFORMED', `${CANARY}: no JSON`),
    ...['null', '[]', `"${CANARY}"`, '20270315', 'true'].map((json) =>
      withArgument(base, json, 'REQUEST_MALFORMED', json),
    ),
    withArgument(base, 'two documents', 'REQUEST_MALFORMED', `${argumentOf(base)}${argumentOf(base)}`),
    withArgument(base, 'one field more', 'REQUEST_MALFORMED', spread),
    withArgument(base, 'a prototype', 'REQUEST_MALFORMED', polluted),
    withArgument(base, 'too large', 'REQUEST_TOO_LARGE', argumentOf(base).padEnd(LIMITS.requestBytes + 1)),
  ];
}

function without(members: Members, field: string): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== field));
}

/** Each field by itself: missing, or holding what it must not. */
function* badMembers(
  fields: Fields,
  members: Members,
): Generator<{ what: string; code: ErrorCode; members: Members; unheard: string[] }> {
  for (const [field, declared] of Object.entries(fields)) {
    const type = typeOf(declared);
    if (type === declared)
      yield { what: `no ${field}`, code: MISSING[type], members: without(members, field), unheard: [CANARY] };
    for (const { what, value, code } of BAD_VALUES[type]) {
      yield { what: `${field}: ${what}`, code, members: { ...members, [field]: value }, unheard: textsIn(value) };
    }
  }
}

/** Every field of the public request. */
export function spoiledRequest(base: Base): Spoil[] {
  const spoils = [...badMembers(base.step.request, base.request as Members)];
  return spoils.map(({ what, code, members, unheard }) =>
    withArgument(base, what, code, JSON.stringify(members), unheard),
  );
}

/** Every field of the private part, and the part as a whole. */
export function spoiledPrivate(base: Base): Spoil[] {
  const fields = base.step.secret;
  const members = (base.secret ?? {}) as Members;
  const put = (what: string, code: ErrorCode, value: Uint8Array, unheard?: readonly string[]): Spoil =>
    withTransient(base, `private: ${what}`, code, { private: value }, unheard);
  const spoils = [
    put('no JSON', 'PRIVATE_MISSING', Buffer.from(`{${CANARY}`)),
    put('empty', 'PRIVATE_MISSING', Buffer.alloc(0)),
    put('a list', 'REQUEST_MALFORMED', Buffer.from('[]')),
    put('null', 'REQUEST_MALFORMED', Buffer.from('null')),
    put('one field more', 'REQUEST_MALFORMED', bytesOf({ ...members, [CANARY]: CANARY })),
    put('too large', 'REQUEST_TOO_LARGE', Buffer.from(JSON.stringify(members).padEnd(LIMITS.transientBytes + 1))),
  ];
  if (fields === undefined) return spoils;
  const mayBeMissing = optionalOf(fields).length === Object.keys(fields).length;
  return [
    ...spoils,
    ...(mayBeMissing ? [] : [withTransient(base, 'private: missing', 'PRIVATE_MISSING', { private: undefined })]),
    ...[...badMembers(fields, members)].map((bad) => put(bad.what, bad.code, bytesOf(bad.members), bad.unheard)),
  ];
}

/** Seed and unknown fields of the transient map. Registry records carry no salt: only there the seed may be missing. */
export function spoiledTransient(base: Base): Spoil[] {
  const seeds = [0, 1, 31, 33, 64].map((length) =>
    withTransient(base, `a seed of ${String(length)} bytes`, 'SEED_INVALID', { seed: Buffer.alloc(length, 7) }),
  );
  const missing = base.step.name.startsWith('registry:')
    ? []
    : [withTransient(base, 'no seed', 'SEED_INVALID', { seed: undefined })];
  return [
    ...seeds,
    ...missing,
    withTransient(base, 'an unknown field', 'REQUEST_MALFORMED', { [CANARY]: Buffer.from(CANARY) }),
    withTransient(base, 'a field in capitals', 'REQUEST_MALFORMED', { Private: Buffer.from(CANARY) }),
  ];
}

/** Items inside lists. */
export function spoiledItems(base: Base): Spoil[] {
  return (base.step.spoils ?? []).map(([what, code, field]) => {
    const isPublic = Object.keys(field).every((name) => name in base.step.request);
    return isPublic
      ? withArgument(base, what, code, JSON.stringify({ ...base.request, ...field }))
      : withTransient(base, what, code, { private: bytesOf({ ...base.secret, ...field }) });
  });
}

/** One opening of a call, with what the books hold besides it. */
export interface OpeningFacts {
  readonly key: string;
  /** Another current record of the same kind. */
  readonly other: string | undefined;
  /** What the key held earlier, where it has changed. */
  readonly stale: string | undefined;
}

/** A row of a leg that nobody instructed. */
const FORGED_ROW: Members = {
  ...{ id: 'BankMSP~BankMSP~abcdefghijklmnop', batchId: 'ef'.repeat(32), legHash: 'ef'.repeat(32), what: 'SLICE' },
  ...{ receiverMsp: 'BankMSP', expiresOn: '2199-12-31' },
};

/** A field of each kind that someone would like to say something else. */
const FORGED: Readonly<Partial<Record<BookKind, Members>>> = {
  line: { limit: '999999999999999999' },
  reservation: { capacity: '999999999999999999' },
  claim: { capacity: '999999999999999999' },
  draft: { maker: 'ef'.repeat(32) },
  terms: { maxTier: 9999 },
  face: { amount: '999999999999999999' },
  confirmation: { by: 'LINE' },
  status: { state: 'OFFERED', offerExpiresOn: '2199-12-31' },
  ticket: { maker: 'ef'.repeat(32) },
  slice: { amount: '999999999999999999' },
  consolidation: {
    wholes: [{ id: 'BankMSP~BankMSP~abcdefghijklmnop', sliceIds: ['BankMSP~BankMSP~abcdefghijklmnop'] }],
  },
  mandate: { account: { scheme: 'OTHER', id: 'XX00000099999999' } },
  financingRequest: { interestPayer: { kind: 'ISSUER' } },
  quote: { net: '999999999999999999' },
  acceptance: { account: { scheme: 'OTHER', id: 'XX00000099999999' } },
  registration: { registrationNo: 'ef' },
  fundingLimit: { limit: '999999999999999999' },
  financed: { expiresOn: '2026-01-01' },
  presentment: { account: { scheme: 'OTHER', id: 'XX00000099999999' } },
  payment: { amount: '999999999999999999' },
  attestation: { amount: '999999999999999999' },
  acknowledgement: { amount: '999999999999999999' },
  remittance: { paymentId: '00000000-0000-4000-8000-000000000000' },
  creditSecret: { salt: 'cd'.repeat(32) },
  credit: { paymentId: '00000000-0000-4000-8000-000000000000' },
  receipt: { paymentId: '00000000-0000-4000-8000-000000000000' },
  leg: { amount: '999999999999999999' },
  outcome: { state: 'COMMITTED', sheet: [FORGED_ROW] },
  return: { amount: '999999999999999999' },
  totals: { paid: '999999999999999999' },
  redeemed: { amount: '999999999999999999' },
};

/** Every opening: missing, forged, stale, malformed, of another record. What is restored stands in the private part, not among the openings. */
export function spoiledOpenings(base: Base, openings: Openings, facts: readonly OpeningFacts[]): Spoil[] {
  const put = (what: string, code: ErrorCode, value: unknown): Spoil =>
    withTransient(base, what, code, { openings: bytesOf(value) });
  const whole = [
    withTransient(base, 'openings: no JSON', 'OPENING_MALFORMED', { openings: Buffer.from(`{${CANARY}`) }),
    put('openings: a list', 'OPENING_MALFORMED', [CANARY]),
    put('openings: a number in them', 'OPENING_MALFORMED', { ...openings, [CANARY]: 1 }),
    withTransient(base, 'openings: too large', 'REQUEST_TOO_LARGE', {
      openings: Buffer.from(JSON.stringify(openings).padEnd(LIMITS.transientBytes + 1)),
    }),
  ];
  return [...whole, ...facts.flatMap((each) => spoiledOpening(base, openings, each, put))];
}

function spoiledOpening(
  base: Base,
  openings: Openings,
  { key, other, stale }: OpeningFacts,
  put: (what: string, code: ErrorCode, value: unknown) => Spoil,
): Spoil[] {
  const kind = key.slice(0, key.indexOf('/')) as BookKind;
  const record = JSON.parse(openings[key] ?? '') as Members;
  const isRestored = base.step.name === 'book:restore';
  const shown = (what: string, code: ErrorCode, value: string): Spoil =>
    isRestored
      ? withTransient(base, `${kind}: ${what}`, code, { private: bytesOf({ record: value }) })
      : put(`${kind}: ${what}`, code, { ...openings, [key]: value });
  const missing = base.step.unopened?.[kind] ?? 'OPENING_MISSING';
  return [
    ...(isRestored || missing === 'taken' ? [] : [put(`${kind}: missing`, missing, without(openings, key))]),
    shown('no JSON', 'OPENING_MALFORMED', CANARY),
    shown('empty', 'OPENING_MALFORMED', ''),
    shown('lacking a field', 'OPENING_MALFORMED', JSON.stringify(without(record, 'salt'))),
    shown('with one field more', 'OPENING_MALFORMED', JSON.stringify({ ...record, [CANARY]: CANARY })),
    shown('of another schema', 'OPENING_MALFORMED', JSON.stringify({ ...record, schema: `tenor.${kind}/2` })),
    shown('under another salt', 'OPENING_MISMATCH', JSON.stringify({ ...record, salt: 'ef'.repeat(32) })),
    shown('written with blanks', 'OPENING_MISMATCH', ` ${openings[key] ?? ''}`),
    shown('forged', 'OPENING_MISMATCH', JSON.stringify({ ...record, ...FORGED[kind] })),
    ...(other === undefined ? [] : [shown('of another record', 'OPENING_MISMATCH', other)]),
    ...(stale === undefined ? [] : [shown('stale', 'OPENING_MISMATCH', stale)]),
  ];
}
