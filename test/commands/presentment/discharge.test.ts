/** Slices become paid against proof of payment: of the whole amount, final, attested and, where it is needed, acknowledged. */
import { describe, expect, it } from '@jest/globals';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import { PAYMENT_STATUSES, type BookKind } from '../../../chaincode/src/protocol/records/index.js';
import { sharesBank } from '../../../chaincode/src/domain/presentments.js';
import {
  ACKNOWLEDGEMENT,
  ATTESTATION,
  changed,
  CONTRACTOR,
  DUE,
  FOREIGN_PRESENTMENT,
  idOf,
  MSP,
  NEIGHBOUR_BANK,
  OTHER_BANK,
  OTHER_UETR,
  PAYMENT,
  PRESENTMENT,
  REFERRED,
  presented,
  SLICE,
  STOOD_IN,
  TERMS,
  UETR,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  instead,
  neighbourBank,
  on,
  outcomeOf,
  party,
  put,
  record,
  request,
  sceneOf,
  taken,
  without,
  writtenBy,
  type Scene,
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
const paid = (from: typeof SLICE, ...copies: string[]): ReturnType<typeof put> => paidBy([UETR], from, ...copies);
const paidBy = (payments: string[] | undefined, from: typeof SLICE, ...copies: string[]): ReturnType<typeof put> => {
  const by = payments === undefined ? {} : { paidBy: payments };
  return put('slice', SLICE.id, unsaltedOf(from, { state: 'PAID', ...by }), {
    ...{ in: [MSP.bank], copies, policy: 'BankMSP' },
  });
};

describeCommand({
  of: discharge,
  scene,
  unvouched: [...PRESENTMENT_ROWS, ...SLICE_ROWS],
  books: [
    ['PAYMENT_RETURNED', 'the bank sent the money back', taken(MSP.bank, 'return', UETR), { kind: 'return', id: UETR }],
  ],
  elsewhere: ['OVERPAID', 'BATCH_MIXED'],
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
      'ATTESTATION_NEEDED',
      'the bank that payer and payee share does not attest',
      without('attestation'),
      { paymentId: UETR },
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
    ['PAYMENT_MISMATCH', 'the payment is of one unit more', record('payment', { amount: '601' })],
    ['PAYMENT_MISMATCH', 'the payment is in another currency', record('payment', { currency: 'CNY' })],
    [
      'PAYMENT_MISMATCH',
      'the attestation is for another presentment',
      record('attestation', { presentmentId: OTHER_PRESENTMENT }),
    ],
    ['PAYMENT_MISMATCH', 'the attestation is in another currency', record('attestation', { currency: 'CNY' })],
    ...PAYMENT_STATUSES.filter((status) => status !== 'ACCC').map((status): Row => [
      'PAYMENT_NOT_FINAL',
      `the payment is only ${status}`,
      record('payment', { status }),
      { status },
    ]),
    [
      'VALUE_DATE_AHEAD',
      'the money is worth something tomorrow',
      record('attestation', { valueDate: '2027-03-16' }),
      { paymentId: UETR },
    ],
    ['PAYMENT_MISMATCH', 'the payee speaks of another payment', record('acknowledgement', { paymentId: OTHER_UETR })],
    ['PAYMENT_MISMATCH', 'the payee speaks of one unit less', record('acknowledgement', { amount: '599' })],
    ['PAYMENT_MISMATCH', 'the payee speaks of another currency', record('acknowledgement', { currency: 'CNY' })],
    ['UNDERPAID', 'a charge of one unit was deducted on the way', record('attestation', { amount: '599' })],
    ['UNDERPAID', 'the payment is of less than what came', record('payment', { amount: '598' })],
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

it('takes the proofs of a payment without a UETR, and of no other', async () => {
  const [id, paymentId] = [PRESENTMENT.id, PRESENTMENT.id];
  const referred = all(instead(REFERRED), request({ uetr: undefined }));
  const proofs = [
    changed(PAYMENT, { id }),
    changed(ATTESTATION, { id }),
    changed(ACKNOWLEDGEMENT, { paymentId }),
    ...[REFERRED, acknowledged, TERMS],
  ];
  const paidHere = paidBy([paymentId], acknowledged, MSP.supplier);
  expect(await writtenBy(referred({ ...scene, shown: proofs }))).toEqual(paidHere);
  const ofAnother = proofs.map((each) => (each.kind === 'acknowledgement' ? ACKNOWLEDGEMENT : each));
  expect(await codeOf(referred({ ...scene, shown: ofAnother }))).toBe('PAYMENT_MISMATCH');
});

describe('who is silent', () => {
  it('leaves the copy of a silent holder as it is', async () => {
    expect(await writtenBy(request({ books: 'register' })(scene))).toEqual(paid(acknowledged));
  });

  it('needs no word of the payee where another bank attests', async () => {
    expect(await writtenBy(elsewhere)).toEqual(paid(presented(FOREIGN_PRESENTMENT), MSP.supplier));
    expect(await writtenBy(request({ books: 'register' })(elsewhere))).toEqual(paid(presented(FOREIGN_PRESENTMENT)));
  });

  it('waits for the value date that another bank attests', async () => {
    const ahead = record('attestation', { valueDate: '2027-03-16' });
    expect(await codeOf(ahead(elsewhere))).toBe('VALUE_DATE_AHEAD');
    expect(await codeOf(all(ahead, on('2027-03-16'))(elsewhere))).toBe('taken');
  });

  const unattested = without('attestation')(elsewhere);
  const spoken = (state: 'PRESENTED' | 'ACKNOWLEDGED', paymentId = UETR): typeof scene => ({
    ...unattested,
    shown: [
      ...unattested.shown.map((each) =>
        each.kind === 'slice' ? { ...each, record: { ...each.record, state } } : each,
      ),
      { kind: 'acknowledgement' as const, id: PRESENTMENT.id, record: { ...ACKNOWLEDGEMENT.record, paymentId } },
    ],
  });

  it("takes the payee's word where its bank, which is another one, does not attest", async () => {
    const acknowledgedThere = changed(presented(FOREIGN_PRESENTMENT), { state: 'ACKNOWLEDGED' });
    expect(await writtenBy(spoken('ACKNOWLEDGED'))).toEqual(paid(acknowledgedThere, MSP.supplier));
  });

  it('takes no word of the payee that was taken back, or is about another payment', async () => {
    expect(await codeOf(spoken('PRESENTED'))).toBe('STATE');
    expect(await codeOf(spoken('ACKNOWLEDGED', OTHER_UETR))).toBe('PAYMENT_MISMATCH');
  });

  it("takes no word of the payer's bank alone", async () => {
    expect(await codeOf(unattested)).toBe('ATTESTATION_NEEDED');
  });

  it('takes the attestation of another bank whatever the payee has said', async () => {
    const both = {
      ...spoken('ACKNOWLEDGED', OTHER_UETR),
      shown: [
        ...spoken('ACKNOWLEDGED', OTHER_UETR).shown,
        ...elsewhere.shown.filter(({ kind }) => kind === 'attestation'),
      ],
    };
    expect(await codeOf(both)).toBe('taken');
  });

  describe('after a return', () => {
    const returned = taken(MSP.otherBank, 'return', UETR);
    const firm = record('acknowledgement', { inSpiteOfReturn: true });

    it('the attestation of another bank proves nothing, nor does a word of the payee from before', async () => {
      expect(await codeOf(returned(elsewhere))).toBe('PAYMENT_RETURNED');
      expect(await codeOf(returned(spoken('ACKNOWLEDGED')))).toBe('PAYMENT_RETURNED');
    });

    const attestedToo = (state: 'PRESENTED' | 'ACKNOWLEDGED'): typeof scene => {
      const of = spoken(state);
      return { ...of, shown: [...of.shown, ...elsewhere.shown.filter(({ kind }) => kind === 'attestation')] };
    };

    it("the payee's word in spite of it proves the payment, with or without an attestation", async () => {
      const slice = changed(presented(FOREIGN_PRESENTMENT), { state: 'ACKNOWLEDGED' });
      // No payment is named: that the return stands there makes nothing owed again.
      const firmly = paidBy(undefined, slice, MSP.supplier);
      expect(await writtenBy(all(firm, returned)(spoken('ACKNOWLEDGED')))).toEqual(firmly);
      expect(await codeOf(all(firm, returned)(attestedToo('ACKNOWLEDGED')))).toBe('taken');
      expect(await codeOf(all(firm, taken(MSP.bank, 'return', UETR))(scene))).toBe('taken');
    });

    it('a word in spite of it counts only for its payment, while it was not taken back, and of the payee itself', async () => {
      expect(await codeOf(all(firm, returned)(spoken('ACKNOWLEDGED', OTHER_UETR)))).toBe('PAYMENT_RETURNED');
      expect(await codeOf(all(firm, returned)(spoken('PRESENTED')))).toBe('STATE');
      // A word that was taken back keeps nobody from looking for a return, and the attestation alone would need that.
      expect(await codeOf(all(firm, returned)(attestedToo('PRESENTED')))).toBe('STATE');
      const byStandIn = all(firm, taken(MSP.bank, 'return', UETR))(stoodIn(MSP.otherBank));
      expect(await codeOf(byStandIn)).toBe('PAYMENT_RETURNED');
    });

    it('of another payment, or in the book of another bank, nothing is looked for', async () => {
      expect(await codeOf(taken(MSP.otherBank, 'return', OTHER_UETR)(elsewhere))).toBe('taken');
      expect(await codeOf(taken(MSP.bank, 'return', UETR)(elsewhere))).toBe('taken');
    });
  });

  const stoodIn = (byMsp: string): typeof scene =>
    all(
      ...[instead(STOOD_IN), instead(changed(presented(STOOD_IN), { state: 'ACKNOWLEDGED' }))],
      record('acknowledgement', { byMsp }),
    )(scene);

  it('takes the word of the stand-in that the presentment names for that of a silent payee', async () => {
    const acknowledgedFor = changed(presented(STOOD_IN), { state: 'ACKNOWLEDGED' });
    expect(await writtenBy(request({ books: 'register' })(stoodIn(MSP.otherBank)))).toEqual(paid(acknowledgedFor));
    expect(await codeOf(stoodIn(MSP.supplier))).toBe('taken'); // the payee spoke after all
  });

  it('takes the word of no other organisation', async () => {
    expect(await codeOf(stoodIn(MSP.contractor))).toBe('OPENING_MISMATCH');
    expect(await codeOf(record('acknowledgement', { byMsp: MSP.otherBank })(scene))).toBe('OPENING_MISMATCH');
  });

  it('goes on when bank and holder were suspended: what was promised is paid', async () => {
    expect(
      await codeOf(party('bank', { status: 'SUSPENDED' })(party('supplier', { status: 'SUSPENDED' })(scene))),
    ).toBe('taken');
  });

  it("needs the payee to speak exactly where its bank is in the organisation of the payer's", () => {
    const sameHost = changed(FOREIGN_PRESENTMENT, { payeeBankMsp: MSP.bank });
    const needs = [PRESENTMENT, FOREIGN_PRESENTMENT, sameHost].map(({ record: each }) => sharesBank(each));
    expect(needs).toEqual([true, false, true]);
  });
});

describe('several together', () => {
  const SECOND_ID = idOf('supplier', 'supplier', 'presentment', 2);
  const SECOND_SLICE = idOf('bank', 'supplier', 'slice', 2);
  const theirs = (changes: Partial<typeof PRESENTMENT.record> = {}): readonly Opened<BookKind>[] => [
    changed(PRESENTMENT, { id: SECOND_ID, sliceIds: [SECOND_SLICE], ...changes }),
    changed(PAYMENT, { id: OTHER_UETR, presentmentId: SECOND_ID }),
    changed(ATTESTATION, {
      ...{ id: OTHER_UETR, presentmentId: SECOND_ID, payeeBankMsp: changes.payeeBankMsp ?? MSP.bank },
    }),
    changed(ACKNOWLEDGEMENT, { id: SECOND_ID, paymentId: OTHER_UETR, byMsp: changes.holderMsp ?? MSP.supplier }),
    changed(acknowledged, {
      ...{ id: SECOND_SLICE, lock: { kind: 'PRESENTMENT', id: SECOND_ID, counterpartyMsp: MSP.bank } },
      ...('holder' in changes ? { holder: changes.holder, holderMsp: changes.holderMsp } : {}),
    }),
  ];
  const ELSEWHERE_ID = idOf('contractor', 'contractor', 'presentment', 2);
  /** A holder in another organisation keeps its presentment there. */
  const elsewhere = JSON.parse(
    JSON.stringify(theirs({ holder: CONTRACTOR, holderMsp: MSP.contractor })).replaceAll(SECOND_ID, ELSEWHERE_ID),
  ) as readonly Opened<BookKind>[];
  const together = (shown = theirs()): Scene => {
    const { request: said, ...rest } = scene;
    return {
      ...rest,
      request: { ...said, furtherPresentmentIds: [SECOND_ID], furtherPresentmentUetrs: [OTHER_UETR] },
      shown: [...scene.shown, ...shown.map(({ kind, id, record: standing }) => ({ kind, id, record: standing }))],
    };
  };

  it('are discharged each by its own payment', async () => {
    const second = changed(acknowledged, {
      ...{ id: SECOND_SLICE, lock: { kind: 'PRESENTMENT', id: SECOND_ID, counterpartyMsp: MSP.bank } },
    });
    expect(await writtenBy(together())).toEqual({
      ...paid(acknowledged, MSP.supplier),
      ...put('slice', SECOND_SLICE, unsaltedOf(second, { state: 'PAID', paidBy: [OTHER_UETR] }), {
        ...{ in: [MSP.bank], copies: [MSP.supplier], policy: 'BankMSP' },
      }),
    });
  });

  it.each<[string, string, Scene, object]>([
    [
      'BATCH_MIXED',
      'the second is of a holder in another organisation',
      request({ furtherPresentmentIds: [ELSEWHERE_ID] })(together(elsewhere)),
      { presentmentId: ELSEWHERE_ID },
    ],
    [
      'BATCH_MIXED',
      'the second is of another bank of the organisation',
      neighbourBank(MSP.bank)(together(theirs({ bank: NEIGHBOUR_BANK }))),
      { presentmentId: SECOND_ID },
    ],
    [
      'BATCH_MIXED',
      "the payee's bank of the second would endorse for the first, too, as the holder does not",
      request({ books: 'register' })(together(theirs({ payeeBank: OTHER_BANK, payeeBankMsp: MSP.otherBank }))),
      { presentmentId: SECOND_ID },
    ],
    [
      'PAYMENT_MISMATCH',
      'the payment of the second is of the first',
      record('payment', { presentmentId: PRESENTMENT.id }, 1)(together()),
      { presentmentId: SECOND_ID },
    ],
    [
      'PAYMENT_NOT_FINAL',
      'the payment of the second is on its way',
      record('payment', { status: 'ACSP' }, 1)(together()),
      { status: 'ACSP', presentmentId: SECOND_ID },
    ],
    [
      'PAYMENT_RETURNED',
      'the money of the second was sent back',
      taken(MSP.bank, 'return', OTHER_UETR)(together()),
      { kind: 'return', id: OTHER_UETR },
    ],
    [
      'DUPLICATE_ITEM',
      'the first is named again',
      request({ furtherPresentmentIds: [PRESENTMENT.id] })(together()),
      { path: 'furtherPresentmentIds' },
    ],
    [
      'REQUEST_MALFORMED',
      'the second has no payment',
      request({ furtherPresentmentUetrs: undefined })(together()),
      { path: 'furtherPresentmentUetrs' },
    ],
  ])('are refused with %s: %s', async (code, _what, of, data) => {
    expect(await outcomeOf(of)).toEqual({ refused: code, data });
  });
});
