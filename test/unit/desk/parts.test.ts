/** Presentments that are paid in parts, as a desk sees them: what is outstanding, and what it expects on statements. */
import { describe, expect, it } from '@jest/globals';
import { obligationsOf } from '../../../client/src/desk/index.js';
import { countedOf } from '../../../client/src/desk/counted.js';
import { creditsIn, debitsIn } from '../../../client/src/desk/movements.js';
import { namedBy, partsOf, settlementStatus } from '../../../client/src/desk/parts.js';
import {
  acknowledgement,
  attestation,
  deskOf,
  MSP,
  payment,
  presentment,
  PRESENTMENT,
  returned,
  row,
  slice,
  terms,
  UETR,
  type Rows,
} from './rows.js';

const SECOND = '11111111-2222-4333-8444-555555555555';
const [first, second] = [payment({ amount: '40000' }), payment({ id: SECOND, amount: '20000' })];
const [came, rest] = [attestation({ amount: '39990' }), attestation({ id: SECOND, amount: '20000' })];

/** The payer's bank's book: what both banks say of the presentment. */
const bankRows = (changes: Rows = {}): Rows => ({
  terms: [row('terms', terms(), MSP.bank)],
  slice: [row('slice', slice('kept', { state: 'PRESENTED' }), MSP.bank)],
  presentment: [row('presentment', presentment(), MSP.supplier)],
  payment: [row('payment', first, MSP.bank)],
  ...changes,
});
const presentedIn = (rows: Rows): unknown[] =>
  obligationsOf(deskOf('bank', rows)).presented.map(({ arrived, outstanding, status }) => [
    arrived,
    outstanding,
    status,
  ]);

describe('what is outstanding of a presentment', () => {
  it.each<[string, Rows, readonly [bigint, bigint, string]]>([
    ['all of it, while nothing arrived', { payment: [] }, [0n, 60000n, 'UNSETTLED']],
    [
      'all of it, while a payment is on its way',
      { payment: [row('payment', { ...first, status: 'ACSP' }, MSP.bank)] },
      [0n, 60000n, 'UNSETTLED'],
    ],
    ['what a first payment leaves', {}, [40000n, 20000n, 'PARTIALLY_SETTLED']],
    [
      'what was attested counts, and not what was sent',
      { attestation: [row('attestation', came, MSP.operator)] },
      [39990n, 20010n, 'PARTIALLY_SETTLED'],
    ],
    [
      'of what was attested no more counts than was sent',
      { attestation: [row('attestation', attestation({ amount: '40001' }), MSP.operator)] },
      [40000n, 20000n, 'PARTIALLY_SETTLED'],
    ],
    [
      'nothing, once all parts are there',
      { payment: [row('payment', first, MSP.bank), row('payment', second, MSP.bank)] },
      [60000n, 0n, 'SETTLED'],
    ],
    [
      'what came back is outstanding again',
      { return: [row('return', returned({ amount: '1' }), MSP.operator)] },
      [0n, 60000n, 'UNSETTLED'],
    ],
    [
      'what went unpaid has not arrived, whatever is attested',
      {
        payment: [row('payment', { ...first, status: 'RJCT' }, MSP.bank)],
        attestation: [row('attestation', came, MSP.operator)],
      },
      [0n, 60000n, 'UNSETTLED'],
    ],
    [
      'nothing, once the payee has said so',
      { acknowledgement: [row('acknowledgement', acknowledgement(), MSP.supplier)] },
      [60000n, 0n, 'SETTLED'],
    ],
    [
      'what a stranger attests counts for nothing',
      { attestation: [row('attestation', attestation({ amount: '60000' }), MSP.contractor)] },
      [40000n, 20000n, 'PARTIALLY_SETTLED'],
    ],
  ])('%s', (_what, changes, expected) => {
    expect(presentedIn(bankRows(changes))).toEqual([expected]);
  });

  it('is told of no presentment that was discharged or withdrawn, whatever came back since', () => {
    expect(presentedIn(bankRows({ slice: [row('slice', slice('kept', { state: 'RETURNED' }), MSP.bank)] }))).toEqual(
      [],
    );
    expect(presentedIn(bankRows({ slice: [row('slice', slice('kept', { state: 'PAID' }), MSP.bank)] }))).toEqual([]);
    const withdrawn = row('presentment', presentment({ state: 'WITHDRAWN' }), MSP.supplier);
    expect(presentedIn(bankRows({ presentment: [withdrawn] }))).toEqual([]);
  });

  it('has the status of what arrived', () => {
    expect([0n, 1n, 99n, 100n, 101n].map((arrived) => settlementStatus(100n, arrived))).toEqual([
      ...['UNSETTLED', 'PARTIALLY_SETTLED', 'PARTIALLY_SETTLED', 'SETTLED', 'SETTLED'],
    ]);
  });
});

describe('movements of parts', () => {
  const both: Rows = {
    payment: [row('payment', first, MSP.bank), row('payment', second, MSP.bank)],
    attestation: [row('attestation', came, MSP.operator), row('attestation', rest, MSP.operator)],
  };
  const credits = (name: 'supplier' | 'operator', rows: Rows): unknown[] =>
    creditsIn(countedOf(deskOf(name, rows)).records, MSP[name]).map(({ amount, state, paymentId, uetrs }) => [
      amount,
      state,
      paymentId,
      uetrs,
    ]);

  it('are debits of what was sent', () => {
    const debits = debitsIn(countedOf(deskOf('bank', bankRows(both))).records);
    expect(debits.map(({ amount }) => amount)).toEqual([40000n, 20000n]);
  });

  it('are credits of what came, and of the rest that is still open', () => {
    const { payment: _banks, ...rows } = bankRows(both);
    expect(credits('operator', rows)).toEqual([
      [39990n, 'COUNTED', UETR, [UETR]],
      [20000n, 'COUNTED', SECOND, [SECOND]],
      [10n, 'OPEN', undefined, []],
    ]);
  });

  it('are one credit by several names, where only the payee speaks of them', () => {
    const spoken = acknowledgement({ furtherPaymentIds: [SECOND] });
    const { payment: _banks, ...rows } = bankRows({ acknowledgement: [row('acknowledgement', spoken, MSP.supplier)] });
    expect(credits('supplier', rows)).toEqual([[60000n, 'COUNTED', undefined, [UETR, SECOND]]]);
  });
});

describe('payments as a call names them', () => {
  it.each([
    ['one', [UETR], { uetr: UETR }],
    ['two', [UETR, SECOND], { uetr: UETR, furtherUetrs: [SECOND] }],
    ['one without a UETR', [PRESENTMENT], {}],
    ['one without a UETR, and another one', [UETR, PRESENTMENT], { furtherUetrs: [UETR] }],
  ])('%s', (_what, ids, named) => {
    expect(namedBy(ids)).toEqual(named);
  });

  it('are parts of their own presentment alone', () => {
    const told = { payment: [first, { ...second, presentmentId: `${PRESENTMENT}x` }], attestation: [], return: [] };
    expect(partsOf(presentment(), told)).toEqual([{ paymentId: UETR, amount: 40000n }]);
  });
});
