/** Every definition's schema: strict, bounded, and each field refused by its own code. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { LIMITS } from '../../../chaincode/src/protocol/limits.js';
import { DEFINITIONS, EVENTS, type Name } from '../../../chaincode/src/protocol/commands/index.js';
import { parseBy } from '../../../chaincode/src/protocol/parseBy.js';
import { codeOf } from './support.js';
import { HASH } from '../../commands/support/facts.js';
import { ALL } from '../../commands/cases.js';
import type { Case } from '../../commands/support/case.js';
import { optionalOf } from '../../commands/support/fields.js';
import { gatherSamples, SAMPLES } from './samples.js';

const NAMES = Object.keys(DEFINITIONS) as Name[];
type Path = readonly (string | number)[];
type Json = string | number | boolean | null | { [key: string]: Json } | Json[];

interface Part {
  readonly name: Name;
  readonly part: 'request' | 'private';
  readonly value: Json;
}

/** Parts of every transaction whose contents the schema fixes; the openings of plan and open are whatever the command takes. */
const PARTS: readonly Part[] = NAMES.flatMap((name) => {
  const isOpen = name === 'command:open' || name === 'command:plan';
  return (isOpen ? ['request' as const] : ['request' as const, 'private' as const]).map((part) => ({
    ...{ name, part },
    get value(): Json {
      const { request, secret } = SAMPLES[name] as { request: Json; secret?: Json };
      return part === 'request' ? request : (secret ?? {});
    },
  }));
});

beforeAll(gatherSamples);

const parse = ({ name, part }: Part, value: Json): unknown => codeOf(() => parseBy(DEFINITIONS[name][part], value));

/** Every place inside a value, itself first. */
function places(value: Json, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const entries: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [at, ...entries.flatMap(([key, each]) => places(each, [...at, key]))];
}

function valueAt(value: Json, at: Path): Json {
  return at.reduce<Json>((current, key) => (current as Record<string | number, Json>)[key] ?? null, value);
}

/** The value with something else in one place; `undefined` removes it. */
function replaced(value: Json, [key, ...rest]: Path, by: Json | undefined): Json {
  if (key === undefined) return by ?? null;
  const copy = structuredClone(value) as Record<string | number, Json>;
  if (rest.length > 0 || by !== undefined) copy[key] = replaced(copy[key] ?? null, rest, by);
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else Reflect.deleteProperty(copy, key);
  return copy;
}

const isPlainObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Places of a kind, except inside the free contents of a plan's request. */
function placesOf(part: Part, is: (value: Json) => boolean): Path[] {
  const isFree = (at: Path): boolean => part.name.startsWith('command:') && at[0] === 'request';
  return places(part.value).filter((at) => is(valueAt(part.value, at)) && !isFree(at));
}

/** What may be left out of queries. */
const OPTIONAL: Partial<Record<Name, readonly string[]>> = {
  'registry:get': ['id'],
  'book:get': ['register'],
  'book:list': ['bookmark', 'limit', 'certificateIds'],
  'command:open': ['request'],
  'command:plan': ['request', 'check'],
};

const caseOf = (name: Name): Case | undefined => ALL.find((each) => each.name === name);

/** Fields that may be left out of a part. */
function optionalIn({ name, part }: Part): readonly string[] {
  const known = caseOf(name);
  if (known === undefined) return OPTIONAL[name] ?? [];
  return optionalOf(part === 'request' ? known.request : known.secret);
}

/** Texts that may be of any length and hold anything. */
const isFreeText = ({ name }: Part, field: string): boolean =>
  ['command', 'bookmark'].includes(field) || caseOf(name)?.secret?.[field] === 'command';

describe.each(PARTS)('$name, $part', (part) => {
  it('takes the sample', () => {
    expect(parse(part, part.value)).toEqual({ answered: part.value });
  });

  it('refuses a field too many, at every level', () => {
    for (const at of placesOf(part, isPlainObject)) {
      const value = valueAt(part.value, at) as { [key: string]: Json };
      expect([at, parse(part, replaced(part.value, at, { ...value, extra: 'x' }))]).toEqual([at, 'REQUEST_MALFORMED']);
      const hidden = JSON.parse(JSON.stringify({ ...value, proto: 1 }).replace('"proto"', '"__proto__"')) as Json;
      expect([at, parse(part, replaced(part.value, at, hidden))]).toEqual([at, 'REQUEST_MALFORMED']);
    }
  });

  it('refuses a field too few', () => {
    for (const at of places(part.value).filter((path) => typeof path.at(-1) === 'string')) {
      const isTopLevelFree = part.name.startsWith('command:') && at[0] === 'request';
      // What may be left out may have parts that may be left out. The row of a leg that moves no money names no banks.
      const isBankOfRow = at[0] === 'sheet' && ['payerBankMsp', 'payeeBankMsp'].includes(String(at.at(-1)));
      if (isTopLevelFree || isBankOfRow || optionalIn(part).includes(String(at[0]))) continue;
      expect([at, typeof parse(part, replaced(part.value, at, undefined))]).toEqual([at, 'string']);
    }
  });

  it('refuses another type in every place', () => {
    for (const at of placesOf(part, () => true)) {
      const kind = (value: Json): string => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value);
      const others = [null, true, 7, 1.5, 'x', [], {}, [[]]].filter(
        (other) => kind(other) !== kind(valueAt(part.value, at)),
      );
      for (const other of others)
        expect([at, other, typeof parse(part, replaced(part.value, at, other))]).toEqual([at, other, 'string']);
    }
  });

  it('bounds every text', () => {
    for (const at of placesOf(part, (value) => typeof value === 'string')) {
      for (const letter of ['9', 'A', 'a']) {
        expect([at, typeof parse(part, replaced(part.value, at, letter.repeat(LIMITS.transientBytes + 1)))]).toEqual([
          at,
          'string',
        ]);
      }
      if (!isFreeText(part, String(at.at(-1))))
        expect([
          at,
          typeof parse(part, replaced(part.value, at, `${JSON.stringify(valueAt(part.value, at)).slice(1, -1)}\u0000`)),
        ]).toEqual([at, 'string']);
    }
  });

  it('bounds every list', () => {
    for (const at of placesOf(part, Array.isArray)) {
      const list = valueAt(part.value, at) as Json[];
      const long = Array.from({ length: LIMITS.calendarDates + 1 }, () => list[0] ?? null);
      expect([at, typeof parse(part, replaced(part.value, at, long))]).toEqual([at, 'string']);
    }
  });

  it('bounds every number', () => {
    for (const at of placesOf(part, (value) => typeof value === 'number')) {
      for (const number of [-1, 10_001, 1.5, Number.MAX_SAFE_INTEGER]) {
        expect([at, number, typeof parse(part, replaced(part.value, at, number))]).toEqual([at, number, 'string']);
      }
    }
  });
});

describe('codes', () => {
  const at = (name: Name, part: 'request' | 'private', path: Path, by: Json): unknown => {
    const found = PARTS.find((each) => each.name === name && each.part === part);
    if (found === undefined) throw new Error('no such part');
    return codeOf(() => parseBy(DEFINITIONS[name][part], replaced(found.value, path, by)), true);
  };

  it.each<[Name, 'request' | 'private', Path, Json, string]>([
    ['certificate:confirm', 'request', ['certificateIds', 0], 'short', 'ID_MALFORMED'],
    ['certificate:confirm', 'request', ['lineId'], `${'a'.repeat(16)}/b`, 'ID_MALFORMED'],
    ['certificate:confirm', 'request', ['lineId'], 7, 'ID_MALFORMED'],
    ['line:open', 'private', ['limit'], '0', 'AMOUNT_OUT_OF_RANGE'],
    ['line:open', 'private', ['limit'], '1000000000000000001', 'AMOUNT_OUT_OF_RANGE'],
    ['line:open', 'private', ['limit'], '-1', 'AMOUNT_MALFORMED'],
    ['line:open', 'private', ['limit'], '01', 'AMOUNT_MALFORMED'],
    ['line:open', 'private', ['limit'], '1.5', 'AMOUNT_MALFORMED'],
    ['line:open', 'private', ['limit'], 100, 'AMOUNT_MALFORMED'],
    ['line:open', 'private', ['currency'], 'USX', 'CURRENCY_UNKNOWN'],
    ['line:open', 'private', ['bank'], 'HWUPKR0MPOU8FGXBT395', 'IDENTIFIER_CHECKSUM'],
    ['line:open', 'private', ['expiresOn'], '2027-02-29', 'DATE_MALFORMED'],
    ['certificate:draft', 'private', ['claims', 0, 'amount'], '', 'AMOUNT_MALFORMED'],
    ['payment:report', 'request', ['uetr'], '97ED4827-7B6F-4491-A06F-B548D5A7512D', 'UETR_MALFORMED'],
    ['payment:report', 'private', ['status'], 'ACCX', 'REQUEST_MALFORMED'],
    ['slice:present', 'private', ['account'], 'DE89370400440532013000', 'REQUEST_MALFORMED'],
    ['slice:present', 'private', ['account', 'id'], '', 'ACCOUNT_MALFORMED'],
    ['slice:present', 'private', ['account', 'id'], 'a\ud800', 'ACCOUNT_MALFORMED'],
    ['slice:present', 'private', ['account', 'id'], 'x'.repeat(35), 'ACCOUNT_MALFORMED'],
    ['slice:present', 'private', ['account', 'scheme'], 'SORT', 'REQUEST_MALFORMED'],
    ['document:release', 'request', ['claimId'], HASH.toUpperCase(), 'REQUEST_MALFORMED'],
    ['registry:adopt', 'request', ['founders', 0], 'Bank MSP', 'REQUEST_MALFORMED'],
    ['registry:propose', 'request', ['changes', 0, 'kind'], 'coup', 'REQUEST_MALFORMED'],
    ['registry:propose', 'request', ['changes', 0, 'party', 'roles', 0], 'king', 'REQUEST_MALFORMED'],
    ['registry:propose', 'request', ['changes', 2, 'policy', 'maxChildren'], 1, 'REQUEST_MALFORMED'],
    ['registry:propose', 'request', ['changes', 2, 'policy', 'maxChildren'], 51, 'REQUEST_MALFORMED'],
  ])('%s, %s %j = %j: %s', (name, part, path, by, code) => {
    expect(at(name, part, path, by)).toEqual([code, { path: path.join('.') }]);
  });

  it.each(['DE89370400440532013000', 'de89370400440532013000'])('slice:present, OTHER %s: it is an IBAN', (id) => {
    const refused = at('slice:present', 'private', ['account'], { scheme: 'OTHER', id });
    expect(refused).toEqual(['ACCOUNT_MALFORMED', { path: 'account.id' }]);
  });

  it.each<[Name, Path, number, boolean]>([
    ['certificate:confirm', ['certificateIds'], 50, true],
    ['certificate:confirm', ['certificateIds'], 51, false],
    ['certificate:confirm', ['certificateIds'], 0, false],
    ['certificate:accept', ['items'], 50, true],
    ['certificate:accept', ['items'], 51, false],
    ['slice:present', ['sliceIds'], 50, true],
    ['slice:present', ['sliceIds'], 51, false],
    ['certificate:redeem', ['sliceIds'], 51, false],
    ['slice:split', ['partIds'], 50, true],
    ['slice:split', ['partIds'], 51, false],
    ['registry:propose', ['changes'], 51, false],
    ['registry:adopt', ['founders'], 51, false],
  ])('%s takes %j of length %i: %p', (name, path, length, taken) => {
    const sample = SAMPLES[name].request as Json;
    const [item] = valueAt(sample, path) as Json[];
    const value = replaced(
      sample,
      path,
      Array.from({ length }, () => item ?? null),
    );
    expect(codeOf(() => parseBy(DEFINITIONS[name].request, value)) !== 'REQUEST_MALFORMED').toBe(taken);
  });
});

describe('ids', () => {
  const take = (id: unknown): unknown =>
    codeOf(() => parseBy(DEFINITIONS['certificate:reject'].request, { certificateId: id }));
  const random = 'a'.repeat(16);

  it.each([`BankMSP~IssuerMSP~${random}`, `a.b-c~${'M'.repeat(64)}~${'_-'.repeat(32)}`])('%s is one', (id) => {
    expect(take(id)).toHaveProperty('answered');
  });

  it.each<[string, unknown]>([
    ['a reference alone', random],
    ['one organisation', `BankMSP~${random}`],
    ['three organisations', `A~B~C~${random}`],
    ['no register', `~IssuerMSP~${random}`],
    ['no drawer', `BankMSP~~${random}`],
    ['a slash in the register', `own/Bank~IssuerMSP~${random}`],
    ['a slash in what is random', `BankMSP~IssuerMSP~${random}/own`],
    ['too little that is random', `BankMSP~IssuerMSP~${'a'.repeat(15)}`],
    ['too much that is random', `BankMSP~IssuerMSP~${'a'.repeat(65)}`],
    ['a long register', `${'M'.repeat(65)}~IssuerMSP~${random}`],
    ['a line break at the end', `BankMSP~IssuerMSP~${random}\n`],
    ['a null byte', `BankMSP\u0000~IssuerMSP~${random}`],
    ['letters that look like others', `BаnkMSP~IssuerMSP~${random}`],
    ['a number', 7],
    ['nothing', ''],
  ])('%s is none', (_what, id) => {
    expect(take(id)).toBe('ID_MALFORMED');
  });
});

it('names one event, as the command itself is named, for every command', () => {
  const commands = NAMES.filter((name) => DEFINITIONS[name].kind === 'submit');
  expect(EVENTS).toEqual(Object.fromEntries(commands.map((name) => [name, `tenor.${name.replace(':', '.')}.v1`])));
});

it('says of every command and query in one line what it does, without a full stop', () => {
  for (const name of NAMES)
    expect([name, DEFINITIONS[name].summary]).toEqual([name, expect.stringMatching(/^[a-z][^\n]{8,120}[^.\n]$/)]);
});

it('names no code twice', () => {
  for (const name of NAMES) {
    const { refuses } = DEFINITIONS[name];
    expect([name, [...new Set<string>(refuses)]]).toEqual([name, [...refuses]]);
  }
});
