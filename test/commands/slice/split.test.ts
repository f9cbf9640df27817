/** Splits: the parts add up, the whole becomes a tombstone, and nothing else about the slice changes. */
import { expect, it } from '@jest/globals';
import { takesNoPartOfAnother } from '../support/consolidated.js';
import { DUE, idOf, MSP, OFFERED_SLICE, presented, PRESENTMENT, SLICE, TERMS, unsaltedOf } from '../support/facts.js';
import {
  all,
  callerOf,
  codeOf,
  instead,
  on,
  party,
  put,
  record,
  request,
  sceneOf,
  secret,
  taken,
  writtenBy,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { LONG_LOCK, SLICE_ROWS } from '../support/vouching.js';
import { split } from './split.case.js';

const part = (number: number): string => idOf('bank', 'supplier', 'new-slice', number);
const [A, B] = [part(1), part(2)];
const scene = sceneOf(
  'slice:split',
  callerOf('supplier', ['maker', 'checker']),
  { sliceId: SLICE.id, partIds: [A, B] },
  {
    secret: { amounts: ['200', '400'] },
    shown: [SLICE, TERMS],
  },
);
const parts = (count: number, amounts: string[]): ReturnType<typeof all> =>
  all(request({ partIds: Array.from({ length: count }, (_, index) => part(index + 1)) }), secret({ amounts }));

const atRest = { in: [MSP.bank], copies: [MSP.supplier], policy: 'BankMSP & SupplierMSP' };
const writes = {
  ...put('slice', SLICE.id, unsaltedOf(SLICE, { state: 'SPENT', children: [A, B] }), atRest),
  ...put('slice', A, unsaltedOf(SLICE, { id: A, parentId: SLICE.id, amount: '200' }), atRest),
  ...put('slice', B, unsaltedOf(SLICE, { id: B, parentId: SLICE.id, amount: '400' }), atRest),
};

describeCommand({
  of: split,
  scene,
  books: [
    ['ID_TAKEN', 'a part exists already', taken(MSP.bank, 'slice', B), { kind: 'slice', id: B }],
    ['ID_FOREIGN', 'a part is drawn by another', request({ partIds: [A, idOf('bank', 'contractor', 'slice', 3)] })],
    [
      'ID_FOREIGN',
      'a part is drawn for another bank',
      request({ partIds: [A, idOf('otherBank', 'supplier', 'slice', 3)] }),
    ],
  ],
  unvouched: SLICE_ROWS,
  rules: [
    [
      'STATE',
      'the slice was split already',
      record('slice', { state: 'SPENT' }),
      { state: 'SPENT', sliceId: SLICE.id },
    ],
    ['STATE', 'the slice is on offer', record('slice', { state: 'OFFERED', lock: LONG_LOCK })],
    ['STATE', 'the slice is presented', instead(presented(PRESENTMENT))],
    ['STATE', 'the slice is paid', record('slice', { state: 'PAID' })],
    ['DUE_REACHED', 'the payment date has come', on(DUE), { certificateId: TERMS.id }],
    ['CHILDREN_EXCEEDED', 'there are more parts than the terms allow', parts(5, ['100', '100', '100', '100', '200'])],
    ['CHILDREN_EXCEEDED', 'there is one part', parts(1, ['600'])],
    ['SUM_MISMATCH', 'the parts are one unit less', secret({ amounts: ['200', '399'] })],
    ['SUM_MISMATCH', 'the parts are one unit more', secret({ amounts: ['200', '401'] })],
    ['SUM_MISMATCH', 'there are fewer amounts than parts', secret({ amounts: ['600'] })],
    ['SUM_MISMATCH', 'there are more amounts than parts', secret({ amounts: ['200', '200', '200'] })],
  ],
  writes,
});

takesNoPartOfAnother(scene);

it('takes as many parts as the terms allow', async () => {
  expect(Object.keys(await writtenBy(parts(4, ['100', '100', '100', '300'])(scene)))).toHaveLength(10);
});

it('drops the lock of an offer that lapsed, so that nobody can answer it any more', async () => {
  expect(await writtenBy(all(instead(OFFERED_SLICE), on('2026-12-16'))(scene))).toEqual(writes);
});

it('keeps tier and holder', async () => {
  const written = Object.values(await writtenBy(record('slice', { tier: 2 })(scene)));
  expect(written.map(({ record: slice }) => slice)).toEqual(written.map(() => expect.objectContaining({ tier: 2 })));
});

it('counts beyond what a float holds', async () => {
  const large = record('slice', { amount: '9007199254740993' })(scene);
  expect(await codeOf(secret({ amounts: ['9007199254740992', '1'] })(large))).toBe('taken');
  expect(await codeOf(secret({ amounts: ['9007199254740992', '2'] })(large))).toBe('SUM_MISMATCH');
});

it('is open to a holder that was suspended: it takes on nothing new', async () => {
  expect(await codeOf(party('supplier', { status: 'SUSPENDED' })(scene))).toBe('taken');
});
