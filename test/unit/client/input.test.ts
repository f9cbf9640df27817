/** One flat object a call: what is public goes into the block, everything else does not. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { assertCallable, splitInput, ticketPayload, type Input } from '../../../client/src/input.js';
import { BANK, HASH } from '../../commands/support/facts.js';
import { AMOUNT } from '../../commands/support/steps.js';
import { DEFINITIONS, type CommandName } from '../../../chaincode/src/protocol/commands/index.js';
import { codeOf } from '../protocol/support.js';
import { gatherSamples, SAMPLES } from '../protocol/samples.js';

const SUBMITS = (Object.keys(DEFINITIONS) as (keyof typeof DEFINITIONS)[]).filter(
  (name) => DEFINITIONS[name].kind === 'submit',
) as CommandName[];
beforeAll(gatherSamples);
const flat = (name: CommandName): Record<string, unknown> => {
  const { request, secret } = SAMPLES[name];
  return { ...request, ...secret };
};
const split = (name: CommandName, input: Record<string, unknown>): { request: unknown; secret: unknown } =>
  splitInput(name, input as unknown as Input<CommandName>);

describe('splitInput', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, ''],
    ['null', null, ''],
    ['a list', [], ''],
    ['a text', 'slice', ''],
    ['a fraction', { amounts: ['1', 1.5] }, 'amounts.1'],
    ['a bigint', { amounts: [15n] }, 'amounts.0'],
    ['a date', { sliceId: new Date(0) }, 'sliceId'],
    ['a hole in a list', { amounts: [undefined] }, 'amounts.0'],
    ['a function', { partIds: { a: () => '' } }, 'partIds.a'],
  ])('refuses %s with the path of what is no JSON', (_what, input, path) => {
    expect(codeOf(() => split('slice:split', input as Record<string, unknown>), true)).toEqual([
      'REQUEST_MALFORMED',
      { path },
    ]);
  });

  it.each(['slice:splitt', '', 'toString'])(
    'refuses a command that does not exist, %j, as the chaincode would',
    (name) => {
      expect(codeOf(() => split(name as CommandName, {}))).toBe('FUNCTION_UNKNOWN');
    },
  );

  it.each(SUBMITS)('%s: gives back request and private part', (name) => {
    const { request, secret } = SAMPLES[name];
    expect(split(name, flat(name))).toEqual({ request, secret });
  });

  it.each(SUBMITS)('%s: keeps a field that it does not know out of the block', (name) => {
    const { request, secret } = split(name, { ...flat(name), amonut: '100', toString: 'x' });
    expect(JSON.stringify(request)).not.toContain('amonut');
    expect(JSON.stringify(request)).not.toContain('toString');
    expect(secret).toMatchObject({ amonut: '100', toString: 'x' });
  });

  /** Secret is which of the legs, or of the organisations that these name, is meant. The ids of all of them are in the request. */
  const ONE_OF_MANY = ['slice:allocate inReturn', 'batch:abort declinedBy'];
  it.each(SUBMITS)('%s: publishes no amount, name, account, date or number', (name) => {
    const { request } = split(name, flat(name));
    const published = JSON.stringify(request);
    const isRegistry = name.startsWith('registry:'); // the registry is public as a whole
    const terms = [AMOUNT, 'AU063000', 'USD', '2026-11-23', '2027-03-15', 'furnace', 'GUARANTEED', 'ACCC', HASH, BANK];
    const secrets = Object.entries(SAMPLES[name].secret ?? {}).flatMap(([field, value]) =>
      typeof value === 'string' && !ONE_OF_MANY.includes(`${name} ${field}`) ? [value] : [],
    );
    expect(isRegistry ? [] : [...terms, ...secrets].filter((term) => published.includes(term))).toEqual([]);
  });

  it('leaves out what is undefined', () => {
    expect(split('certificate:submit', { certificateId: 'c', lineId: undefined })).toEqual({
      request: { certificateId: 'c' },
      secret: undefined,
    });
  });
});

const FOUR_EYES = SUBMITS.filter((name) => (DEFINITIONS[name] as { readonly fourEyes?: boolean }).fourEyes === true);

describe('assertCallable', () => {
  const check = (name: string, input: object): unknown =>
    codeOf(() => {
      assertCallable(name as CommandName, input as Input<CommandName>);
    }, true);

  it.each(FOUR_EYES)('takes what %s takes', (name) => {
    expect(check(name, flat(name))).toEqual({ answered: undefined });
  });

  it.each<[string, string, object, [string, object]]>([
    ['a currency that does not exist', 'line:open', { currency: 'RMB' }, ['CURRENCY_UNKNOWN', { path: 'currency' }]],
    ['an amount as decimal text', 'line:open', { limit: '1.00' }, ['AMOUNT_MALFORMED', { path: 'limit' }]],
    ['a field that it does not have', 'line:open', { colour: 'red' }, ['REQUEST_MALFORMED', { path: '' }]],
    ['a request without its ids', 'slice:offer', { sliceId: undefined }, ['ID_MALFORMED', { path: 'sliceId' }]],
    [
      'no private part',
      'slice:offer',
      { transferee: undefined, expiresOn: undefined },
      ['IDENTIFIER_CHECKSUM', { path: 'transferee' }],
    ],
  ])('refuses %s before a ticket holds it', (_what, name, change, refusal) => {
    expect(check(name, { ...flat(name as CommandName), ...change })).toEqual(refusal);
  });

  it('refuses a command that takes no ticket, and one that does not exist', () => {
    expect([check('slice:split', flat('slice:split')), check('line:opn', {})]).toEqual([
      ['REQUEST_MALFORMED', { path: 'command' }],
      ['FUNCTION_UNKNOWN', {}],
    ]);
  });
});

describe('ticketPayload', () => {
  it('is canonical: the same words whatever the order of the fields', () => {
    const input = { lineId: 'l', ticketId: 't', certificateIds: ['b', 'a'] };
    const text = '{"private":{},"request":{"certificateIds":["b","a"],"lineId":"l","ticketId":"t"}}';
    expect(ticketPayload('certificate:confirm', input)).toBe(text);
    expect(
      ticketPayload('certificate:confirm', Object.fromEntries(Object.entries(input).reverse()) as typeof input),
    ).toBe(text);
  });

  it('holds the private part beside the request', () => {
    const input = { sliceId: 's', transferId: 't', ticketId: 'k', transferee: 'P', expiresOn: 'D' };
    expect(ticketPayload('slice:offer', input)).toBe(
      '{"private":{"expiresOn":"D","transferee":"P"},"request":{"sliceId":"s","ticketId":"k","transferId":"t"}}',
    );
  });
});
