/** Slices become paid against proof of payment: the whole amount, final, attested, and where it needs it acknowledged. */
import { describe, expect, it } from '@jest/globals';
import { PAYMENT_STATUSES } from '../../../chaincode/src/protocol/records/index.js';
import { needsAcknowledgement } from '../../../chaincode/src/domain/presentments.js';
import {
  ACKNOWLEDGEMENT,
  ATTESTATION,
  changed,
  DUE,
  FOREIGN_PRESENTMENT,
  MSP,
  NEIGHBOUR_BANK,
  OTHER_UETR,
  PAYMENT,
  PRESENTMENT,
  presented,
  SLICE,
  TERMS,
  UETR,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  neighbourBank,
  party,
  put,
  record,
  request,
  sceneOf,
  without,
  writtenBy,
} from '../support/scene.js';
import { describeCommand, type Row } from '../support/table.js';
import { PRESENTMENT_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { FOREIGN_ROWS, OTHER_PRESENTMENT, PRESENTED_OTHERWISE } from './foreign.js';
import { discharge } from './discharge.case.js';

const acknowledged = changed(presented(PRESENTMENT), { state: 'ACKNOWLEDGED' });
const asked = { presentmentId: PRESENTMENT.id, uetr: UETR };
const scene = sceneOf('presentment:discharge', callerOf('bank', ['maker', 'checker']), asked, {
  shown: [PRESENTMENT, PAYMENT, ATTESTATION, ACKNOWLEDGEMENT, acknowledged, TERMS],
  date: DUE,
});
const elsewhere = sceneOf('presentment:discharge', callerOf('bank', ['maker', 'checker']), asked, {
  shown: [
    FOREIGN_PRESENTMENT,
    PAYMENT,
    changed(ATTESTATION, { payeeBankMsp: MSP.otherBank }),
    presented(FOREIGN_PRESENTMENT),
    TERMS,
  ],
  date: DUE,
});
const paid = (from: typeof SLICE, ...copies: string[]): ReturnType<typeof put> =>
  put('slice', SLICE.id, unsaltedOf(from, { state: 'PAID' }), { in: [MSP.bank], copies, policy: 'BankMSP' });

describeCommand({
  of: discharge,
  scene,
  unvouched: [...PRESENTMENT_ROWS, ...SLICE_ROWS],
  loose: [
    ...FOREIGN_ROWS,
    [
      'STATE',
      'the slice is of another bank of the organisation',
      all(
        neighbourBank(MSP.bank),
        record('terms', { bank: NEIGHBOUR_BANK }),
        as({ operator: { duties: ['maker'], parties: [NEIGHBOUR_BANK] } }),
      ),
    ],
    [
      'ACKNOWLEDGEMENT_NEEDED',
      "the payee is silent and its bank is the payer's",
      without('acknowledgement'),
      { presentmentId: PRESENTMENT.id },
    ],
  ],
  rules: [
    PRESENTED_OTHERWISE,
    ['STATE', 'the slice has no lock', record('slice', { lock: null })],
    [
      'PAYMENT_MISMATCH',
      'the payment is for another presentment',
      record('payment', { presentmentId: OTHER_PRESENTMENT }),
    ],
    ['PAYMENT_MISMATCH', 'the payment is of one unit less', record('payment', { amount: '599' })],
    ['PAYMENT_MISMATCH', 'the payment is of one unit more', record('payment', { amount: '601' })],
    ['PAYMENT_MISMATCH', 'the payment is in another currency', record('payment', { currency: 'CNY' })],
    [
      'PAYMENT_MISMATCH',
      'the attestation is for another presentment',
      record('attestation', { presentmentId: OTHER_PRESENTMENT }),
    ],
    ['PAYMENT_MISMATCH', 'the attestation is of one unit less', record('attestation', { amount: '599' })],
    ['PAYMENT_MISMATCH', 'the attestation is in another currency', record('attestation', { currency: 'CNY' })],
    ...PAYMENT_STATUSES.filter((status) => status !== 'ACCC').map((status): Row => [
      'PAYMENT_NOT_FINAL',
      `the payment is only ${status}`,
      record('payment', { status }),
      { status },
    ]),
    ['PAYMENT_MISMATCH', 'the payee speaks of another payment', record('acknowledgement', { uetr: OTHER_UETR })],
    ['PAYMENT_MISMATCH', 'the payee speaks of one unit less', record('acknowledgement', { amount: '599' })],
    ['PAYMENT_MISMATCH', 'the payee speaks of another currency', record('acknowledgement', { currency: 'CNY' })],
    [
      'STATE',
      'the slice is paid',
      record('slice', { state: 'PAID' }),
      { state: 'PAID', sliceId: SLICE.id, index: '0' },
    ],
    ['STATE', 'the slice is free', record('slice', { state: 'FREE' })],
    ['STATE', 'it was reopened: an earlier word alone is none', record('slice', { state: 'PRESENTED' })],
  ],
  writes: paid(acknowledged, MSP.supplier),
});

describe('who is silent', () => {
  it('leaves the copy of a silent holder as it is', async () => {
    expect(await writtenBy(request({ books: 'register' })(scene))).toEqual(paid(acknowledged));
  });

  it('needs no word of the payee where another bank attests', async () => {
    expect(await writtenBy(elsewhere)).toEqual(paid(presented(FOREIGN_PRESENTMENT), MSP.supplier));
    expect(await writtenBy(request({ books: 'register' })(elsewhere))).toEqual(paid(presented(FOREIGN_PRESENTMENT)));
  });

  it('goes on when bank and holder were suspended: what was promised is paid', async () => {
    expect(
      await codeOf(party('bank', { status: 'SUSPENDED' })(party('supplier', { status: 'SUSPENDED' })(scene))),
    ).toBe('taken');
  });

  it("needs the payee to speak exactly where its bank is in the organisation of the payer's", () => {
    const sameHost = changed(FOREIGN_PRESENTMENT, { payeeBankMsp: MSP.bank });
    const needs = [PRESENTMENT, FOREIGN_PRESENTMENT, sameHost].map(({ record: each }) => needsAcknowledgement(each));
    expect(needs).toEqual([true, false, true]);
  });
});
