/** The payee says that it has the money. From then on the bank alone can end it. */
import { describe, expect, it } from '@jest/globals';
import {
  ACKNOWLEDGEMENT,
  ATTESTATION,
  changed,
  DUE,
  FOREIGN_PRESENTMENT,
  idOf,
  MSP,
  OTHER_UETR,
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
  gone,
  instead,
  on,
  party,
  put,
  record,
  redrawnBy,
  request,
  sceneOf,
  taken,
  without,
  writtenBy,
  type Change,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { PRESENTMENT_BANK_ROWS, PRESENTMENT_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { FOREIGN_ROWS, OF_ANOTHER_BANK, PRESENTED_OTHERWISE, TRANSFER_OF_THAT_ID } from './foreign.js';
import { acknowledge } from './acknowledge.case.js';

const ticketId = idOf('supplier', 'supplier', 'own-ticket');
const scene = sceneOf(
  'presentment:acknowledge',
  callerOf('supplier', ['checker']),
  { presentmentId: PRESENTMENT.id, uetr: UETR, ticketId },
  {
    ...{ shown: [PRESENTMENT, presented(PRESENTMENT), TERMS], date: DUE },
  },
);

/** A week after the payment date the stand-in says it for the payee, and relies on what the bank attests. */
const standIn: Change = (payees) => ({
  ...all(
    ...[instead(STOOD_IN), instead(presented(STOOD_IN)), on('2027-03-22')],
    ...[redrawnBy(MSP.otherBank), as(callerOf('otherBank', ['checker']))],
  )(payees),
  shown: [STOOD_IN, presented(STOOD_IN), TERMS, ATTESTATION],
});

describeCommand({
  of: acknowledge,
  elsewhere: ['OVERPAID'],
  scene,
  books: [
    [
      'ACKNOWLEDGEMENT_EXISTS',
      'it was said already',
      taken(MSP.supplier, 'acknowledgement', PRESENTMENT.id),
      { kind: 'acknowledgement', id: PRESENTMENT.id },
    ],
    ['PAYMENT_RETURNED', "the payee's bank sent the money back", taken(MSP.bank, 'return', UETR)],
  ],
  unvouched: [...PRESENTMENT_ROWS, ...PRESENTMENT_BANK_ROWS, ...SLICE_ROWS],
  loose: [
    ...FOREIGN_ROWS,
    OF_ANOTHER_BANK,
    ['STAND_IN_EARLY', 'the payee has been silent for six days', all(standIn, on('2027-03-21')), { since: DUE }],
    [
      'STAND_IN_EARLY',
      'the money came in six days ago',
      all(standIn, record('attestation', { valueDate: '2027-03-16' })),
      { since: '2027-03-16' },
    ],
    [
      'STAND_IN_EARLY',
      'the bank says that the money was there before it was presented',
      all(standIn, record('attestation', { valueDate: '2027-01-01', attestedOn: '2027-01-01' }), on('2027-03-21')),
      { since: DUE },
    ],
    [
      'STAND_IN_EARLY',
      'the bank attests only now',
      all(standIn, record('attestation', { attestedOn: '2027-03-22' })),
      { since: '2027-03-22' },
    ],
    [
      'PARTY_ROLE',
      'the stand-in was suspended since',
      all(standIn, party('otherBank', { status: 'SUSPENDED' })),
      { role: 'stand-in' },
    ],
    [
      'PAYMENT_MISMATCH',
      'the bank attests it for another presentment',
      all(standIn, record('attestation', { presentmentId: idOf('supplier', 'supplier', 'presentment', 2) })),
    ],
    ['UNDERPAID', 'the bank attests one unit less', all(standIn, record('attestation', { amount: '599' }))],
    ['PAYMENT_MISMATCH', 'the bank attests another currency', all(standIn, record('attestation', { currency: 'CNY' }))],
  ],
  rules: [
    ['REFERENCE_MISSING', 'no UETR is named and the presentment gave no reference', request({ uetr: undefined })],
    PRESENTED_OTHERWISE,
    [
      'STATE',
      'the slice has no lock',
      record('slice', { lock: null }),
      { state: 'PRESENTED', sliceId: SLICE.id, index: '0' },
    ],
    ['STATE', 'the slice is locked for a transfer of that id', record('slice', { lock: TRANSFER_OF_THAT_ID })],
    ['STATE', 'it was acknowledged', record('slice', { state: 'ACKNOWLEDGED' })],
    ['STATE', 'it is paid', record('slice', { state: 'PAID' })],
  ],
  writes: {
    ...put('acknowledgement', PRESENTMENT.id, unsaltedOf(ACKNOWLEDGEMENT), {
      ...{ in: [MSP.supplier], copies: [MSP.bank], policy: 'BankMSP & SupplierMSP' },
    }),
    ...put('slice', SLICE.id, unsaltedOf(presented(PRESENTMENT), { state: 'ACKNOWLEDGED' }), {
      ...{ in: [MSP.bank], copies: [MSP.supplier], policy: 'BankMSP' },
    }),
    ...gone('ticket', ticketId, MSP.supplier),
  },
});

it('knows a payment without a UETR by its presentment', async () => {
  const paymentId = PRESENTMENT.id;
  const written = await writtenBy(all(instead(REFERRED), request({ uetr: undefined }))(scene));
  expect(written).toMatchObject(
    put('acknowledgement', PRESENTMENT.id, unsaltedOf(ACKNOWLEDGEMENT, { paymentId }), {
      ...{ in: [MSP.supplier], copies: [MSP.bank], policy: 'BankMSP & SupplierMSP' },
    }),
  );
});

it('takes the place of an earlier word, once the bank has reopened the presentment', async () => {
  const reopened = { ...scene, shown: [...scene.shown, ACKNOWLEDGEMENT] };
  expect(await codeOf(record('acknowledgement', { paymentId: OTHER_UETR })(reopened))).toBe('taken');
  expect(await codeOf(reopened)).toBe('taken');
  expect(await codeOf(record('slice', { state: 'ACKNOWLEDGED' })(reopened))).toBe('STATE');
});

describe('in spite of a return', () => {
  const returned = taken(MSP.bank, 'return', UETR);
  const firmly = request({ inSpiteOfReturn: true });
  const spokenFor = (paymentId: string): Change =>
    all(record('slice', { state: 'ACKNOWLEDGED' }), (of) => ({
      ...of,
      shown: [...of.shown, changed(ACKNOWLEDGEMENT, { paymentId })],
    }));
  const firm = put('acknowledgement', PRESENTMENT.id, unsaltedOf(ACKNOWLEDGEMENT, { inSpiteOfReturn: true }), {
    ...{ in: [MSP.supplier], copies: [MSP.bank], policy: 'BankMSP & SupplierMSP' },
  });

  it('is said by the payee, whatever stands in the book of its bank', async () => {
    expect(await writtenBy(all(returned, firmly)(scene))).toMatchObject(firm);
    expect(await writtenBy(firmly(scene))).toMatchObject(firm);
    expect(await codeOf(all(returned, request({ inSpiteOfReturn: false }))(scene))).toBe('PAYMENT_RETURNED');
  });

  it('is said after an earlier word on the same payment, and changes no slice', async () => {
    expect(await writtenBy(all(spokenFor(UETR), returned, firmly)(scene))).toEqual({
      ...firm,
      ...gone('ticket', ticketId, MSP.supplier),
    });
  });

  it('turns no word to another payment, and brings back no slice that is paid', async () => {
    expect(await codeOf(all(spokenFor(OTHER_UETR), firmly)(scene))).toBe('STATE');
    expect(await codeOf(all(spokenFor(UETR), record('slice', { state: 'PAID' }), firmly)(scene))).toBe('STATE');
    expect(await codeOf(all(record('slice', { state: 'ACKNOWLEDGED' }), firmly)(scene))).toBe('STATE');
  });

  it('is not said by a stand-in, which has only the word of the bank', async () => {
    expect(await codeOf(all(standIn, firmly)(scene))).toBe('PAYMENT_RETURNED');
    expect(await codeOf(all(standIn, returned)(scene))).toBe('PAYMENT_RETURNED');
  });
});

it('is taken where another bank is to attest: that bank may be silent', async () => {
  const elsewhere = all(instead(FOREIGN_PRESENTMENT), instead(presented(FOREIGN_PRESENTMENT)))(scene);
  expect(await writtenBy(elsewhere)).toMatchObject({
    [`BankMSP own/slice/${SLICE.id}`]: { policy: 'BankMSP' },
  });
});

it('is refused to the bank: nobody says it for the payee', async () => {
  expect(await codeOf(all(redrawnBy(MSP.bank), as(callerOf('bank', ['checker'])))(scene))).toBe('CALLER_NOT_ALLOWED');
});

describe('by a stand-in', () => {
  it('is kept in its own book, and leaves the copy of the silent holder as it is', async () => {
    const said = unsaltedOf(ACKNOWLEDGEMENT, { byMsp: MSP.otherBank });
    expect(await writtenBy(standIn(scene))).toEqual({
      ...put('acknowledgement', PRESENTMENT.id, said, {
        ...{ in: [MSP.otherBank], copies: [MSP.bank], policy: 'BankMSP & OtherBankMSP' },
      }),
      ...put('slice', SLICE.id, unsaltedOf(presented(STOOD_IN), { state: 'ACKNOWLEDGED' }), {
        ...{ in: [MSP.bank], copies: [], policy: 'BankMSP' },
      }),
      ...gone('ticket', idOf('otherBank', 'otherBank', 'own-ticket'), MSP.otherBank),
    });
  });

  it('needs what the bank attests', async () => {
    expect(await codeOf(without('attestation')(standIn(scene)))).toBe('OPENING_MISSING');
  });

  it('is taken from nobody whom the presentment does not name', async () => {
    expect(await codeOf(all(redrawnBy(MSP.contractor), as(callerOf('contractor', ['checker'])))(standIn(scene)))).toBe(
      'CALLER_NOT_ALLOWED',
    );
    const unnamed = all(standIn, instead(PRESENTMENT), instead(presented(PRESENTMENT)));
    expect(await codeOf(unnamed(scene))).toBe('CALLER_NOT_ALLOWED');
  });

  it('keeps the payee from nothing, which may speak at once', async () => {
    const named = all(instead(STOOD_IN), instead(presented(STOOD_IN)));
    expect(await codeOf(named(scene))).toBe('taken');
  });

  it('is said beside a word of the payee on another payment, and the slices stay as they are', async () => {
    const onAnother = all(standIn, record('slice', { state: 'ACKNOWLEDGED' }));
    expect(Object.keys(await writtenBy(onAnother(scene))).sort()).toEqual([
      `BankMSP shown/acknowledgement/OtherBankMSP/${PRESENTMENT.id}`,
      `OtherBankMSP own/acknowledgement/${PRESENTMENT.id}`,
      `OtherBankMSP own/ticket/${idOf('otherBank', 'otherBank', 'own-ticket')}`,
    ]);
    expect(await codeOf(record('slice', { state: 'PAID' })(standIn(scene)))).toBe('STATE');
  });

  it('stands against nothing that the payee has said of another payment before', async () => {
    const earlier = taken(MSP.supplier, 'acknowledgement', PRESENTMENT.id);
    expect(await codeOf(all(standIn, earlier)(scene))).toBe('taken');
  });
});
