/** A presentment that is paid in parts: what is outstanding, which payments pay together, and what each of those who speak of them may say. */
import { describe, expect, it } from '@jest/globals';
import { voucherId } from '../../chaincode/src/ledger/keys.js';
import {
  ACCOUNT,
  ACKNOWLEDGEMENT,
  ATTESTATION,
  changed,
  CREDIT_REFERENCE,
  CREDIT_SECRET,
  DUE,
  FOREIGN_PRESENTMENT,
  HASH,
  idOf,
  MSP,
  OTHER_UETR,
  PAYMENT,
  PRESENTMENT,
  presented,
  RECEIPT,
  REMITTANCE,
  STOOD_IN,
  TERMS,
  UETR,
  unsaltedOf,
} from './support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  instead,
  on,
  put,
  record,
  redrawnBy,
  registered,
  request,
  sceneOf,
  secret,
  taken,
  without,
  writtenBy,
  type Change,
  type Scene,
} from './support/scene.js';

const { id } = FOREIGN_PRESENTMENT;
const ELSEWHERE = idOf('supplier', 'supplier', 'presentment', 2);
/** The payment before, of which 200 were sent, and what the other bank says of it. */
const before = changed(PAYMENT, { id: OTHER_UETR, amount: '200' });
const came = (amount: string): typeof ATTESTATION =>
  changed(ATTESTATION, { id: OTHER_UETR, amount, payeeBankMsp: MSP.otherBank });
const receipt = changed(RECEIPT, { paymentId: OTHER_UETR, payeeBankMsp: MSP.otherBank });
const marked = changed(REMITTANCE, { paymentId: OTHER_UETR });
const returned = taken(MSP.otherBank, 'return', OTHER_UETR);
const uetrs = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `aaaaaaa${String(index)}-2222-4333-8444-555555555555`);

const showing =
  (...more: Scene['shown']): Change =>
  (scene) => ({ ...scene, shown: [...scene.shown, ...more] });

const leaving = (state: 'LEAVING' | 'LEFT'): Change =>
  registered('departures', {
    ...{ schema: 'tenor.departures/1', version: 1 },
    organizations: [{ mspId: MSP.otherBank, state }],
  });
const preserved = (kind: string, of: string): Change =>
  registered(`voucher/${voucherId(MSP.otherBank, kind, of)}`, {
    ...{ schema: 'tenor.voucher/1', mspId: MSP.otherBank, kind, id: of, hash: HASH },
  });

describe('a further report', () => {
  const scene = sceneOf(
    'payment:report',
    callerOf('bank', ['maker', 'checker']),
    { uetr: UETR, presentmentId: id },
    {
      secret: { currency: 'USD', amount: '400', status: 'PDNG', messageHash: HASH },
      shown: [FOREIGN_PRESENTMENT, marked, before, presented(FOREIGN_PRESENTMENT), TERMS],
      date: DUE,
    },
  );
  const attested = showing(receipt, came('200'));
  const anew = request({ anew: true });
  const markAfter = (changes: object): ReturnType<typeof put> =>
    put('remittance', id, unsaltedOf(REMITTANCE, changes), { in: [MSP.bank] });

  it('is of what is outstanding, and its mark names the payments that pay together with it', async () => {
    const mark = markAfter({ arrivedPaymentIds: [OTHER_UETR] });
    expect(await writtenBy(attested(scene))).toMatchObject(mark);
    expect(await writtenBy(scene)).toMatchObject(mark);
    expect(await codeOf(all(attested, secret({ amount: '1' }))(scene))).toBe('taken');
  });

  it.each<[string, string, string, Change]>(
    [
      ['OVERPAID', '401', 'of a unit more than is outstanding', attested],
      ['OVERPAID', '600', 'of the whole amount, of which a part was attested', attested],
      ['taken', '401', 'of the charge too that was deducted on the way', showing(receipt, came('199'))],
      ['OVERPAID', '402', 'of more than that charge', showing(receipt, came('199'))],
      ['OVERPAID', '401', 'of more than was not reported as arrived, while nothing is attested', (of: Scene) => of],
      ['taken', '600', 'of the whole amount anew, while nothing is attested', anew],
      ['PAYMENT_PENDING', '600', 'of the whole once more, by who does not say that it is anew', (of: Scene) => of],
      ['OVERPAID', '600', 'of the whole anew, of which a part was attested', all(attested, anew)],
      ['taken', '600', 'of the whole amount after a return', all(attested, returned)],
      ['OVERPAID', '601', 'of more than that after a return', all(attested, returned)],
      [
        'taken',
        '600',
        'of the whole after a part that was rejected here, whatever is attested of it',
        all(attested, record('payment', { status: 'RJCT' })),
      ],
      [
        'taken',
        '600',
        'of the whole, where the part was attested for another presentment',
        all(attested, record('attestation', { presentmentId: ELSEWHERE }), anew),
      ],
      [
        'OVERPAID',
        '401',
        'of more than was attested, before anything was reported',
        all(without('remittance'), without('payment'), attested),
      ],
      [
        'taken',
        '400',
        'of the rest of what was attested before anything was reported',
        all(without('remittance'), without('payment'), attested),
      ],
      ['taken', '400', 'of the rest, where more is attested than was sent', showing(receipt, came('201'))],
      ['OVERPAID', '401', 'of more than the rest, where more is attested than was sent', showing(receipt, came('201'))],
      ['OPENING_MISSING', '400', 'that leaves out what was attested', showing(receipt)],
      ['PAYMENT_PENDING', '400', 'while the part is on its way', record('payment', { status: 'ACSP' })],
    ].map(([code, amount, what, change]) => [code, amount, what, change] as [string, string, string, Change]),
  )('%s: %s %s', async (code, amount, _what, change) => {
    // Where the attestation is missing the register has it all the same.
    const there = code === 'OPENING_MISSING' ? taken(MSP.otherBank, 'attestation', OTHER_UETR) : (of: Scene) => of;
    expect(await codeOf(all(change, secret({ amount }), there)(scene))).toBe(code);
  });

  it('pays the whole anew beside a payment that was attested and rejected here', async () => {
    const [rejected = ''] = uetrs(1);
    const also = showing(
      changed(receipt, { paymentId: rejected }),
      changed(came('600'), { id: rejected }),
      changed(PAYMENT, { id: rejected, status: 'RJCT' }),
    );
    expect(await codeOf(all(also, secret({ amount: '600' }), anew)(scene))).toBe('taken');
  });

  it('names no payment that came back, nor one in whose place it pays the whole', async () => {
    const whole = secret({ amount: '600' });
    const alone = markAfter({ isAfterArrival: true });
    expect(await writtenBy(all(attested, returned, whole)(scene))).toMatchObject(alone);
    expect(await writtenBy(all(whole, anew)(scene))).toMatchObject(alone);
  });

  it('keeps the payments that arrived before one that was rejected', async () => {
    const [earlier] = uetrs(1);
    const rejected = all(
      record('remittance', { arrivedPaymentIds: [earlier ?? ''] }),
      record('payment', { status: 'RJCT' }),
      showing(changed(PAYMENT, { id: earlier ?? '', amount: '150' })),
    );
    const mark = markAfter({ arrivedPaymentIds: [earlier] });
    expect(await writtenBy(all(rejected, secret({ amount: '450' }))(scene))).toMatchObject(mark);
    expect(await codeOf(all(rejected, secret({ amount: '451' }))(scene))).toBe('OVERPAID');
  });

  describe('where the bank of the payee has left', () => {
    const left = all(attested, leaving('LEFT'));

    it('counts what was reported: nothing keeps its attestation, and whoever shows it is not refused for that', async () => {
      expect(await codeOf(left(scene))).toBe('taken');
      expect(await codeOf(all(left, secret({ amount: '401' }))(scene))).toBe('OVERPAID');
    });

    it('counts no payment that came back, as far as its return was preserved, and asks its book for none', async () => {
      const more = all(left, secret({ amount: '500' }));
      expect(await codeOf(all(more, returned)(scene))).toBe('OVERPAID');
      expect(await codeOf(all(more, preserved('return', OTHER_UETR))(scene))).toBe('taken');
    });
  });

  it('is the tenth at most', async () => {
    const nine = uetrs(9);
    const many = (arrivedPaymentIds: string[]): Change =>
      all(
        record('remittance', { arrivedPaymentIds, isAfterArrival: true }),
        showing(...arrivedPaymentIds.map((each) => changed(PAYMENT, { id: each, amount: '1' }))),
        secret({ amount: '1' }),
      );
    expect(await codeOf(many(nine.slice(0, 8))(scene))).toBe('taken');
    expect(await codeOf(many(nine)(scene))).toBe('PAYMENTS_EXCEEDED');
  });

  it('tells how a payment goes on that was announced, whatever came besides, and asks no other book for it', async () => {
    const onItsWay = changed(PAYMENT, { status: 'PDNG' });
    const told: Scene = { ...scene, shown: [FOREIGN_PRESENTMENT, REMITTANCE, onItsWay] };
    const whole = all(secret({ amount: '600', status: 'ACCC' }), taken(MSP.bank, 'receipt', id));
    expect(await codeOf(whole(told))).toBe('taken');
    expect(await codeOf(all(whole, secret({ amount: '599' }))(told))).toBe('taken');
    const more = all(secret({ amount: '500', status: 'ACCC' }), record('payment', { amount: '300' }));
    expect(await codeOf(more(told))).toBe('taken');
    expect(await codeOf(all(more, attested)(told))).toBe('OVERPAID');
  });
});

describe('a further attestation', () => {
  const scene = sceneOf(
    'payment:attest',
    callerOf('otherBank', ['checker']),
    { uetr: UETR, presentmentId: id, ticketId: idOf('otherBank', 'otherBank', 'own-ticket') },
    {
      secret: {
        ...{ currency: 'USD', amount: '400', valueDate: DUE, account: ACCOUNT },
        ...{ creditReference: CREDIT_REFERENCE, messageHash: HASH },
      },
      shown: [FOREIGN_PRESENTMENT, CREDIT_SECRET, receipt, came('200')],
      date: DUE,
    },
  );
  const receiptAfter = (...furtherPaymentIds: string[]): ReturnType<typeof put> =>
    put('receipt', id, unsaltedOf(receipt, { furtherPaymentIds }), {
      ...{ in: [MSP.bank], copies: [MSP.otherBank], policy: 'BankMSP & OtherBankMSP' },
    });

  it('adds the payment to the receipt, which names all of them', async () => {
    expect(await writtenBy(scene)).toMatchObject(receiptAfter(UETR));
  });

  it.each([
    ['OVERPAID', '401', 'than is outstanding', (of: Scene) => of],
    ['OVERPAID', '600', 'than is outstanding, as if nothing had come', (of: Scene) => of],
    ['taken', '1', 'and less', (of: Scene) => of],
    ['taken', '600', 'after the first came back', returned],
    ['OVERPAID', '601', 'after the first came back', returned],
    [
      'OPENING_MISSING',
      '400',
      'while the first is left out',
      all(without('attestation'), taken(MSP.otherBank, 'attestation', OTHER_UETR)),
    ],
  ] as const)('%s: %s, %s', async (code, amount, _what, change) => {
    expect(await codeOf(all(change, secret({ amount }))(scene))).toBe(code);
  });

  it('drops from the receipt what came back, the first one excepted', async () => {
    const [second = ''] = uetrs(1);
    const two = all(record('receipt', { furtherPaymentIds: [second] }), showing(changed(came('100'), { id: second })));
    expect(await writtenBy(all(two, secret({ amount: '300' }))(scene))).toMatchObject(receiptAfter(second, UETR));
    const back = all(two, taken(MSP.otherBank, 'return', second));
    expect(await writtenBy(back(scene))).toMatchObject(receiptAfter(UETR));
    expect(await writtenBy(all(two, returned)(scene))).toMatchObject(receiptAfter(second, UETR));
  });

  it('is the tenth at most', async () => {
    const many = (count: number): Change => {
      const furtherPaymentIds = uetrs(count);
      const others = furtherPaymentIds.map((each) => changed(came('1'), { id: each }));
      return all(record('receipt', { furtherPaymentIds }), showing(...others), secret({ amount: '1' }));
    };
    expect(await codeOf(many(8)(scene))).toBe('taken');
    expect(await codeOf(many(9)(scene))).toBe('PAYMENTS_EXCEEDED');
    expect(await codeOf(all(many(9), returned)(scene))).toBe('taken');
  });
});

describe('a discharge by several payments', () => {
  const rest = changed(PAYMENT, { amount: '400' });
  const restCame = changed(ATTESTATION, { amount: '400', payeeBankMsp: MSP.otherBank });
  const scene = sceneOf(
    'presentment:discharge',
    callerOf('bank', ['maker', 'checker']),
    { presentmentId: id, uetr: OTHER_UETR, furtherUetrs: [UETR] },
    {
      shown: [FOREIGN_PRESENTMENT, before, rest, came('200'), restCame, presented(FOREIGN_PRESENTMENT), TERMS],
      date: DUE,
    },
  );
  const paid = changed(presented(FOREIGN_PRESENTMENT), { state: 'PAID' });

  it('pays the slices only together', async () => {
    const written = (...paidBy: string[]): ReturnType<typeof put> =>
      put('slice', paid.id, unsaltedOf(paid, { paidBy }), {
        ...{ in: [MSP.bank], copies: [MSP.supplier], policy: 'BankMSP' },
      });
    expect(await writtenBy(scene)).toEqual(written(OTHER_UETR, UETR));
    expect(await writtenBy(request({ uetr: UETR, furtherUetrs: [OTHER_UETR] })(scene))).toEqual(
      written(UETR, OTHER_UETR),
    );
  });

  it.each<[string, string, Change]>([
    ['UNDERPAID', 'one of them alone', request({ furtherUetrs: undefined })],
    ['UNDERPAID', 'a charge was deducted from one', record('attestation', { amount: '199' }, 0)],
    [
      'OVERPAID',
      'together they are more',
      all(record('payment', { amount: '401' }, 1), record('attestation', { amount: '401' }, 1)),
    ],
    ['DUPLICATE_ITEM', 'one arrival counted twice', request({ furtherUetrs: [OTHER_UETR] })],
    ['DUPLICATE_ITEM', 'one arrival counted twice among the others', request({ furtherUetrs: [UETR, UETR] })],
    ['PAYMENT_RETURNED', 'the first came back', returned],
    ['PAYMENT_RETURNED', 'the second came back', taken(MSP.otherBank, 'return', UETR)],
    ['PAYMENT_MISMATCH', 'one is a part of another presentment', record('payment', { presentmentId: ELSEWHERE }, 1)],
    [
      'PAYMENT_MISMATCH',
      'one was attested for another presentment',
      record('attestation', { presentmentId: ELSEWHERE }, 1),
    ],
    ['UNDERPAID', 'more is said to have come of one than was sent', record('payment', { amount: '199' }, 0)],
    ['PAYMENT_MISMATCH', 'one is in another currency', record('attestation', { currency: 'CNY' }, 1)],
    ['PAYMENT_NOT_FINAL', 'one is on its way', record('payment', { status: 'ACSP' }, 1)],
    ['VALUE_DATE_AHEAD', 'one is worth something tomorrow', record('attestation', { valueDate: '2027-03-16' }, 1)],
    [
      'ATTESTATION_NEEDED',
      'one is not attested, and the payee is silent',
      (of) => ({ ...of, shown: of.shown.filter((each) => each.kind !== 'attestation' || each.id !== UETR) }),
    ],
  ])('%s: %s', async (code, _what, change) => {
    expect(await codeOf(change(scene))).toBe(code);
  });

  it('counts what came of a payment, where more was sent to cover the charges', async () => {
    const sent = record('payment', { amount: '210' }, 0);
    expect(await codeOf(sent(scene))).toBe('taken');
  });

  describe('that the payee acknowledges', () => {
    const spoken = (changes: object = {}): Change =>
      all(
        record('slice', { state: 'ACKNOWLEDGED' }),
        showing(changed(ACKNOWLEDGEMENT, { paymentId: OTHER_UETR, furtherPaymentIds: [UETR], ...changes })),
      );
    const unattested = all(without('attestation'), spoken());

    it('takes its word for what its bank does not attest, about exactly these payments', async () => {
      expect(await codeOf(unattested(scene))).toBe('taken');
      const turned = { paymentId: UETR, furtherPaymentIds: [OTHER_UETR] };
      expect(await codeOf(all(without('attestation'), spoken(turned))(scene))).toBe('taken');
      const [other = ''] = uetrs(1);
      for (const changes of [
        { furtherPaymentIds: undefined },
        { furtherPaymentIds: [UETR, other] },
        { paymentId: other },
      ])
        expect(await codeOf(all(without('attestation'), spoken(changes))(scene))).toBe('PAYMENT_MISMATCH');
    });

    it('counts what was reported where nothing is attested, and what was attested where something is', async () => {
      expect(await codeOf(all(unattested, record('payment', { amount: '199' }, 0))(scene))).toBe('UNDERPAID');
      expect(await codeOf(all(spoken(), record('attestation', { amount: '199' }, 0))(scene))).toBe('UNDERPAID');
    });

    it('takes its word against its bank, that attests less than came, or speaks of a return', async () => {
      const firm = spoken({ inSpiteOfReturn: true });
      const less = record('attestation', { amount: '1' }, 0);
      expect(await codeOf(all(firm, less)(scene))).toBe('taken');
      expect(await codeOf(all(firm, less, returned)(scene))).toBe('taken');
      expect(await codeOf(all(firm, record('payment', { amount: '199' }, 0), less)(scene))).toBe('UNDERPAID');
      const other = spoken({ inSpiteOfReturn: true, furtherPaymentIds: undefined });
      expect(await codeOf(all(other, returned)(scene))).toBe('PAYMENT_RETURNED');
    });

    it('takes its word against a return also where charges were deducted and paid by a payment of their own', async () => {
      const charged = all(record('payment', { amount: '210' }, 0), spoken({ inSpiteOfReturn: true }));
      expect(await codeOf(charged(scene))).toBe('taken');
      expect(await codeOf(all(charged, returned)(scene))).toBe('taken');
      expect(await codeOf(all(charged, record('payment', { amount: '389' }, 1))(scene))).toBe('UNDERPAID');
    });

    it('counts what was sent where its bank attests that more came, which would keep the presentment open for ever', async () => {
      const more = record('attestation', { amount: '201' }, 0);
      expect(await codeOf(all(more, spoken())(scene))).toBe('taken');
      expect(await codeOf(more(scene))).toBe('taken');
    });

    it('takes its word where its bank has left, whose attestations nothing keeps', async () => {
      const left = leaving('LEFT');
      expect(await codeOf(left(scene))).toBe('ATTESTATION_NEEDED');
      expect(await codeOf(all(left, spoken())(scene))).toBe('taken');
      expect(await codeOf(all(left, spoken(), preserved('return', UETR))(scene))).toBe('PAYMENT_RETURNED');
    });

    it('needs its word on all of them where payer and payee share the bank', async () => {
      const shared = all(
        instead(PRESENTMENT),
        instead(presented(PRESENTMENT)),
        record('attestation', { payeeBankMsp: MSP.bank }),
      );
      expect(await codeOf(shared(scene))).toBe('ACKNOWLEDGEMENT_NEEDED');
      expect(await codeOf(all(shared, spoken())(scene))).toBe('taken');
      expect(await codeOf(all(shared, spoken({ furtherPaymentIds: undefined }))(scene))).toBe('PAYMENT_MISMATCH');
    });
  });
});

describe('an acknowledgement of several payments', () => {
  const ticketId = idOf('supplier', 'supplier', 'own-ticket');
  const scene = sceneOf(
    'presentment:acknowledge',
    callerOf('supplier', ['checker']),
    { presentmentId: id, uetr: OTHER_UETR, furtherUetrs: [UETR], ticketId },
    { shown: [PRESENTMENT, presented(PRESENTMENT), TERMS], date: DUE },
  );
  const said = { paymentId: OTHER_UETR, furtherPaymentIds: [UETR] };

  it('names all of them', async () => {
    expect(await writtenBy(scene)).toMatchObject(
      put('acknowledgement', id, unsaltedOf(ACKNOWLEDGEMENT, said), {
        ...{ in: [MSP.supplier], copies: [MSP.bank], policy: 'BankMSP & SupplierMSP' },
      }),
    );
  });

  it.each([
    ['DUPLICATE_ITEM', 'one is named twice', request({ furtherUetrs: [OTHER_UETR] })],
    ['PAYMENT_RETURNED', 'the first came back', taken(MSP.bank, 'return', OTHER_UETR)],
    ['PAYMENT_RETURNED', 'the second came back', taken(MSP.bank, 'return', UETR)],
  ])('%s: %s', async (code, _what, change) => {
    expect(await codeOf(change(scene))).toBe(code);
  });

  it('is made stronger for the same payments, in whatever order, and turned to no others', async () => {
    const firmly = request({ inSpiteOfReturn: true });
    const spoken = (changes: object): Change =>
      all(
        record('slice', { state: 'ACKNOWLEDGED' }),
        showing(changed(ACKNOWLEDGEMENT, { ...said, ...changes })),
        firmly,
      );
    expect(await codeOf(spoken({})(scene))).toBe('taken');
    expect(await codeOf(spoken({ paymentId: UETR, furtherPaymentIds: [OTHER_UETR] })(scene))).toBe('taken');
    expect(await codeOf(spoken({ furtherPaymentIds: undefined })(scene))).toBe('STATE');
  });

  describe('by a stand-in', () => {
    const standIn: Change = (payees) => ({
      ...all(on('2027-03-22'), redrawnBy(MSP.otherBank), as(callerOf('otherBank', ['checker'])))(payees),
      shown: [
        ...[STOOD_IN, presented(STOOD_IN), TERMS],
        ...[changed(came('200'), { payeeBankMsp: MSP.bank }), changed(ATTESTATION, { amount: '400' })],
      ],
    });

    it.each([
      ['taken', 'the bank attests all of it', (of: Scene) => of],
      ['UNDERPAID', 'a part is missing', request({ furtherUetrs: undefined })],
      ['UNDERPAID', 'a charge was deducted', record('attestation', { amount: '199' }, 0)],
      ['OVERPAID', 'it is more', record('attestation', { amount: '201' }, 0)],
      ['PAYMENT_MISMATCH', 'one is for another presentment', record('attestation', { presentmentId: ELSEWHERE }, 1)],
      ['STAND_IN_EARLY', 'one came in six days ago', record('attestation', { valueDate: '2027-03-16' }, 1)],
      ['OPENING_MISSING', 'one is not attested', without('attestation')],
    ])('%s: %s', async (code, _what, change) => {
      expect(await codeOf(all(standIn, change)(scene))).toBe(code);
    });
  });
});

describe('reopening', () => {
  const scene = sceneOf(
    'presentment:reopen',
    callerOf('bank', ['checker']),
    { presentmentId: id, uetr: UETR, ticketId: idOf('bank', 'bank', 'own-ticket') },
    {
      shown: [
        ...[PRESENTMENT, changed(PAYMENT, { amount: '400' })],
        changed(REMITTANCE, { arrivedPaymentIds: [OTHER_UETR] }),
        changed(ACKNOWLEDGEMENT, { paymentId: OTHER_UETR, furtherPaymentIds: [UETR] }),
        ...[changed(presented(PRESENTMENT), { state: 'ACKNOWLEDGED' }), TERMS],
      ],
      date: DUE,
    },
  );

  it('leaves a word on exactly the payments that pay together, in whatever order', async () => {
    expect(await codeOf(scene)).toBe('PAYMENT_PENDING');
    const turned = record('acknowledgement', { paymentId: UETR, furtherPaymentIds: [OTHER_UETR] });
    expect(await codeOf(turned(scene))).toBe('PAYMENT_PENDING');
  });

  it('cancels a word on some of them, or on others: the presentment would never be discharged', async () => {
    for (const furtherPaymentIds of [undefined, [UETR, ...uetrs(1)]])
      expect(await codeOf(record('acknowledgement', { furtherPaymentIds })(scene))).toBe('taken');
    expect(await codeOf(record('acknowledgement', { paymentId: UETR, furtherPaymentIds: undefined })(scene))).toBe(
      'taken',
    );
  });

  it('keeps the mark of a rejected part after one that arrived', async () => {
    const rejected = all(record('payment', { status: 'RJCT' }), without('acknowledgement'));
    const written = await writtenBy(rejected(scene));
    expect(Object.keys(written).filter((key) => key.includes('remittance'))).toEqual([]);
  });
});
