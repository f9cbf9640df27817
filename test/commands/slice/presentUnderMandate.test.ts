/** The bank presents due slices by the mandate of their holder, into the account that it names and no other. */
import { describe, expect, it } from '@jest/globals';
import { consolidationIdOf } from '../../../chaincode/src/ledger/keys.js';
import { takesNoPartOfAnother } from '../support/consolidated.js';
import {
  BANK,
  changed,
  CONSOLIDATION,
  CONTRACTOR,
  DUE,
  HASH,
  idOf,
  MANDATE,
  MSP,
  NEIGHBOUR,
  NEIGHBOUR_BANK,
  OTHER_BANK,
  partyOf,
  POLICY,
  presented,
  PRESENTMENT,
  SLICE,
  STAND_IN,
  SUPPLIER,
  TERMS,
  TRANSFER_LOCK,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  callerOf,
  codeOf,
  neighbour,
  on,
  party,
  put,
  record,
  registered,
  request,
  sceneOf,
  secret,
  taken,
  writtenBy,
  type Change,
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { MANDATE_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { presentUnderMandate } from './presentUnderMandate.case.js';

const OTHER_ROOT = changed(TERMS, { id: idOf('bank', 'issuer', 'certificate', 2) });
const SECOND = changed(SLICE, {
  ...{ id: idOf('bank', 'supplier', 'slice', 2), certificateId: OTHER_ROOT.id, termsHash: OTHER_ROOT.hash },
  amount: '70',
});
/** The holder's account is at another bank. */
const ELSEWHERE = changed(MANDATE, { payeeBank: OTHER_BANK, payeeBankMsp: MSP.otherBank });
const ID = idOf('supplier', 'bank', 'new-presentment');
const scene = sceneOf(
  'slice:presentUnderMandate',
  callerOf('bank', ['maker']),
  { presentmentId: ID, mandateId: MANDATE.id, sliceIds: [SLICE.id, SECOND.id] },
  { shown: [ELSEWHERE, SLICE, TERMS, SECOND, OTHER_ROOT], date: DUE },
);
/** The payment that the bank is about to send. */
const UETR = '3f0c1f4e-0b7a-4c1e-9d2a-5b6c7d8e9f01';
const announced = (changes: object = {}): Change =>
  secret({ announced: { uetr: UETR, currency: 'USD', amount: '670', messageHash: HASH, ...changes } });
const mandate = (changes: Partial<typeof MANDATE.record>): Change => record('mandate', changes);
const slice = (changes: Partial<typeof SLICE.record>): Change => record('slice', changes, 1);
const terms = (changes: Partial<typeof TERMS.record>): Change => record('terms', changes, 1);

const WHOLE = idOf('bank', 'bank', 'whole');
const SECOND_WHOLE = idOf('bank', 'bank', 'whole', 2);
/** The bank merges them by certificate. */
const merged = (count: 1 | 2): Change => request({ mergedIds: [WHOLE, SECOND_WHOLE].slice(0, count) });
const ofOneCertificateRecord = { certificateId: TERMS.id, termsHash: TERMS.hash };
/** Both slices are of the first certificate. */
const ofOneCertificate = (changes: Partial<typeof SLICE.record> = {}): Change =>
  slice({ ...ofOneCertificateRecord, ...changes });

/** Under the second spare id, because the first is that of another holder or bank in the same table. */
const neighbourIssuer = registered(`party/${NEIGHBOUR_BANK}`, partyOf(NEIGHBOUR_BANK, MSP.issuer, ['issuer']));

interface Paid {
  readonly payeeBank?: string;
  readonly payeeBankMsp?: string;
  readonly copies?: string[];
  readonly policy?: string;
  readonly standIn?: { readonly party: string; readonly mspId: string };
}

const written = ({
  payeeBank = OTHER_BANK,
  payeeBankMsp = MSP.otherBank,
  copies = [MSP.bank, MSP.otherBank],
  policy = 'BankMSP & (OtherBankMSP | SupplierMSP)',
  standIn,
}: Paid = {}): Written => {
  const lock = { kind: 'PRESENTMENT' as const, id: ID, counterpartyMsp: standIn?.mspId ?? payeeBankMsp };
  const locked = (of: typeof SLICE): Written =>
    put('slice', of.id, unsaltedOf(of, { state: 'PRESENTED', lock }), {
      in: [MSP.bank],
      copies: [MSP.supplier],
      policy,
    });
  return {
    ...put(
      'presentment',
      ID,
      unsaltedOf(PRESENTMENT, {
        ...{ id: ID, payeeBank, payeeBankMsp, mandateId: MANDATE.id, amount: '670', sliceIds: [SLICE.id, SECOND.id] },
        ...(standIn === undefined ? {} : { standIn }),
      }),
      { in: [MSP.supplier], copies, policy: 'BankMSP & SupplierMSP' },
    ),
    ...locked(SLICE),
    ...locked(SECOND),
  };
};

describeCommand({
  of: presentUnderMandate,
  suspended: 'PARTY_ROLE',
  scene,
  books: [
    ['ID_TAKEN', 'the id is used already', taken(MSP.supplier, 'presentment', ID), { kind: 'presentment', id: ID }],
    ['ID_FOREIGN', 'the holder drew the id', request({ presentmentId: idOf('supplier', 'supplier', 'presentment') })],
    [
      'ID_TAKEN',
      'the id of a merged slice is used already',
      all(merged(2), taken(MSP.bank, 'slice', WHOLE)),
      { kind: 'slice', id: WHOLE },
    ],
    [
      'ID_FOREIGN',
      'the holder drew the id of a merged slice',
      request({ mergedIds: [WHOLE, idOf('bank', 'supplier', 'whole')] }),
    ],
    [
      'ID_FOREIGN',
      "the id of a merged slice names the holder's book",
      request({ mergedIds: [idOf('supplier', 'bank', 'whole'), WHOLE] }),
    ],
    [
      'UETR_USED',
      'the UETR of the announced payment is used already',
      all(announced(), taken(MSP.bank, 'payment', UETR)),
      { kind: 'payment', id: UETR },
    ],
    [
      'PAYMENT_PENDING',
      'a payment of this presentment is marked already',
      all(announced(), taken(MSP.bank, 'remittance', ID)),
      { kind: 'remittance', id: ID },
    ],
    ['ID_FOREIGN', "the id names the bank's book", request({ presentmentId: idOf('bank', 'bank', 'presentment') })],
  ],
  unvouched: [...SLICE_ROWS, ...MANDATE_ROWS],
  rules: [
    ['MANDATE_ENDED', 'it ended yesterday', mandate({ until: '2027-03-14' }), { mandateId: MANDATE.id }],
    [
      'MANDATE_SCOPE',
      'the second is held by another party of the organisation',
      all(neighbour(MSP.supplier, 'supplier'), slice({ holder: NEIGHBOUR })),
      { mandateId: MANDATE.id, sliceId: SECOND.id, index: '1' },
    ],
    [
      'MANDATE_SCOPE',
      'it is the mandate of another party of the organisation',
      all(neighbour(MSP.supplier, 'supplier'), mandate({ holder: NEIGHBOUR })),
      { mandateId: MANDATE.id, sliceId: SLICE.id, index: '0' },
    ],
    [
      'MANDATE_SCOPE',
      'the second is of another bank of the organisation',
      all(neighbour(MSP.bank, 'bank'), terms({ bank: NEIGHBOUR })),
    ],
    ['MANDATE_SCOPE', 'it is for the other certificate alone', mandate({ certificateId: OTHER_ROOT.id })],
    ['PARTY_ROLE', 'the bank of the payee is suspended', party('otherBank', { status: 'SUSPENDED' }), { role: 'bank' }],
    ['BATCH_MIXED', 'the second is in another currency', all(slice({ currency: 'CNY' }), terms({ currency: 'CNY' }))],
    [
      'BATCH_MIXED',
      'the second is owed by another issuer of the organisation',
      all(neighbourIssuer, terms({ issuer: NEIGHBOUR_BANK })),
    ],
    [
      'STATE',
      'the second is presented already',
      slice({ state: 'PRESENTED', lock: presented(PRESENTMENT).record.lock }),
    ],
    ['STATE', 'the second was split', slice({ state: 'SPENT' })],
    ['STATE', 'the second is paid', slice({ state: 'PAID' })],
    [
      'DUE_NOT_REACHED',
      'the second is due tomorrow',
      terms({ paymentDate: '2027-03-16' }),
      { certificateId: OTHER_ROOT.id, index: '1' },
    ],
    ['AMOUNT_OUT_OF_RANGE', 'the sum is more than any payment carries', slice({ amount: '1000000000000000000' })],
    ['PAYMENT_MISMATCH', 'the payment that is announced is of less', announced({ amount: '669' })],
    ['PAYMENT_MISMATCH', 'the payment that is announced is in another currency', announced({ currency: 'CNY' })],
  ],
  writes: written(),
  enters: [MSP.otherBank],
});

takesNoPartOfAnother(scene);

const AT_ITS_PAYER: Paid = { payeeBank: BANK, payeeBankMsp: MSP.bank, copies: [MSP.bank] };
const atItsPayer = mandate({ payeeBank: BANK, payeeBankMsp: MSP.bank });

it('shows no other bank the presentment where payer and payee share the bank', async () => {
  expect(await writtenBy(atItsPayer(scene))).toEqual(written({ ...AT_ITS_PAYER, policy: 'BankMSP & SupplierMSP' }));
});

it('names the stand-in of the policy there, as a presentment of the holder does', async () => {
  const versions = [{ ...POLICY, effectiveFrom: DUE, standIns: [STAND_IN] }];
  const policies = registered('policies', { schema: 'tenor.policies/1', versions });
  expect(await writtenBy(all(atItsPayer, policies)(scene))).toEqual(written({ ...AT_ITS_PAYER, standIn: STAND_IN }));
});

it('announces the payment in the book of the bank, which is as if it had reported it as pending', async () => {
  expect(await writtenBy(announced()(scene))).toEqual({
    ...written(),
    ...put(
      'payment',
      UETR,
      {
        ...{
          schema: 'tenor.payment/1',
          id: UETR,
          presentmentId: ID,
          bankMsp: MSP.bank,
          currency: 'USD',
          amount: '670',
        },
        ...{ status: 'PDNG', messageHash: HASH },
      },
      { in: [MSP.bank] },
    ),
    ...put(
      'remittance',
      ID,
      { schema: 'tenor.remittance/1', id: ID, bankMsp: MSP.bank, paymentId: UETR },
      { in: [MSP.bank] },
    ),
  });
});

it("is of no use at a bank's own book, whatever the mandate there names", async () => {
  const own = { ...MANDATE.record, id: idOf('bank', 'bank', 'mandate'), holderMsp: MSP.bank };
  const forged = {
    ...scene,
    shown: scene.shown.map((each) => (each.kind === 'mandate' ? { kind: each.kind, id: own.id, record: own } : each)),
  };
  const presentmentId = idOf('bank', 'bank', 'new-presentment');
  expect(await codeOf(request({ mandateId: own.id, presentmentId })(forged))).toBe('PARTY_ROLE');
});

describe('merged', () => {
  const lock = { kind: 'PRESENTMENT' as const, id: ID, counterpartyMsp: MSP.otherBank };
  const presentment = (sliceIds: string[]): Written =>
    put(
      'presentment',
      ID,
      unsaltedOf(PRESENTMENT, {
        ...{
          id: ID,
          payeeBank: OTHER_BANK,
          payeeBankMsp: MSP.otherBank,
          mandateId: MANDATE.id,
          amount: '670',
          sliceIds,
        },
      }),
      { in: [MSP.supplier], copies: [MSP.bank, MSP.otherBank], policy: 'BankMSP & SupplierMSP' },
    );
  const at = { in: [MSP.bank], copies: [MSP.supplier] };
  /** What is said of the slices of one certificate. They are not written. */
  const listed = (ofCertificate: string, ...wholes: { id: string; sliceIds: string[] }[]): Written =>
    put(
      'consolidation',
      consolidationIdOf({ certificateId: ofCertificate, holder: SUPPLIER }),
      unsaltedOf(CONSOLIDATION, {
        id: consolidationIdOf({ certificateId: ofCertificate, holder: SUPPLIER }),
        ...{ certificateId: ofCertificate, wholes },
      }),
      { ...at, policy: 'BankMSP & SupplierMSP' },
    );
  const spent = (of: typeof SLICE, into: string, changes: Partial<typeof SLICE.record> = {}): Written =>
    put('slice', of.id, unsaltedOf(of, { ...changes, state: 'SPENT', children: [into] }), {
      ...at,
      policy: 'BankMSP & SupplierMSP',
    });
  const whole = (id: string, of: typeof SLICE, changes: Partial<typeof SLICE.record> = {}): Written =>
    put('slice', id, unsaltedOf(of, { id, parentId: of.id, state: 'PRESENTED', lock, ...changes }), {
      ...at,
      policy: 'BankMSP & (OtherBankMSP | SupplierMSP)',
    });

  it('slices of one certificate become one, which has passed through as many hands as any of them', async () => {
    expect(await writtenBy(all(merged(1), ofOneCertificate({ tier: 2 }))(scene))).toEqual({
      ...presentment([WHOLE]),
      ...listed(TERMS.id, { id: WHOLE, sliceIds: [SLICE.id, SECOND.id] }),
      ...whole(WHOLE, SLICE, { amount: '670', tier: 2 }),
    });
  });

  it('each certificate has a slice of its own', async () => {
    expect(await writtenBy(merged(2)(scene))).toEqual({
      ...presentment([WHOLE, SECOND_WHOLE]),
      ...listed(TERMS.id, { id: WHOLE, sliceIds: [SLICE.id] }),
      ...listed(OTHER_ROOT.id, { id: SECOND_WHOLE, sliceIds: [SECOND.id] }),
      ...whole(WHOLE, SLICE),
      ...whole(SECOND_WHOLE, SECOND),
    });
  });

  const earlier = { id: idOf('bank', 'bank', 'whole', 9), sliceIds: [idOf('bank', 'supplier', 'slice', 9)] };
  const showing =
    (wholes: { id: string; sliceIds: string[] }[]): Change =>
    (before) => ({
      ...before,
      shown: [
        ...before.shown,
        { kind: CONSOLIDATION.kind, id: CONSOLIDATION.id, record: { ...CONSOLIDATION.record, wholes } },
      ],
    });

  it('what was said of others before stays said', async () => {
    expect(await writtenBy(all(merged(1), ofOneCertificate(), showing([earlier]))(scene))).toMatchObject(
      listed(TERMS.id, earlier, { id: WHOLE, sliceIds: [SLICE.id, SECOND.id] }),
    );
  });

  it('a slice whose offer has lapsed is rewritten, because its record says who may take it', async () => {
    const lapsed = { ...ofOneCertificateRecord, state: 'OFFERED' as const, lock: TRANSFER_LOCK };
    expect(await writtenBy(all(merged(1), slice(lapsed))(scene))).toEqual({
      ...presentment([WHOLE]),
      ...listed(TERMS.id, { id: WHOLE, sliceIds: [SLICE.id] }),
      ...spent(SECOND, WHOLE, ofOneCertificateRecord),
      ...whole(WHOLE, SLICE, { amount: '670' }),
    });
  });

  it('slices beyond what a list holds are rewritten one by one', async () => {
    const full = Array.from({ length: 5 }, (_, index) => ({
      id: idOf('bank', 'bank', 'whole', index + 9),
      sliceIds: Array.from({ length: index === 4 ? 199 : 200 }, (_each, place) =>
        idOf('bank', 'supplier', 'slice', 1000 * (index + 1) + place),
      ),
    }));
    expect(await writtenBy(all(merged(1), ofOneCertificate(), showing(full))(scene))).toEqual({
      ...presentment([WHOLE]),
      ...spent(SLICE, WHOLE),
      ...spent(SECOND, WHOLE, ofOneCertificateRecord),
      ...whole(WHOLE, SLICE, { amount: '670' }),
    });
  });

  it.each<[string, Change]>([
    [
      'another is liable for the second of those that become one',
      ofOneCertificate({ liable: [{ party: CONTRACTOR, mspId: MSP.contractor }] }),
    ],
    [
      'the second of those that become one succeeds one that is in the count still',
      ofOneCertificate({ awaits: idOf('bank', 'supplier', 'slice', 9) }),
    ],
    ['two certificates become one slice', (of) => of],
    ['one certificate becomes two slices', all(merged(2), ofOneCertificate())],
  ])('refuses with BATCH_MIXED: %s', async (_what, breaks) => {
    expect(await codeOf(all(merged(1), breaks)(scene))).toBe('BATCH_MIXED');
  });

  it('more than fifty can be presented, and not without', async () => {
    const many = request({
      sliceIds: Array.from({ length: 51 }, (_, index) => idOf('bank', 'supplier', 'slice', index + 1)),
    });
    expect(await codeOf(many(scene))).toBe('REQUEST_MALFORMED');
    expect(await codeOf(all(many, merged(1))(scene))).toBe('OPENING_MISSING');
  });
});

it('ends with the last day of the mandate', async () => {
  expect(await codeOf(scene)).toBe('taken');
  expect(await codeOf(on('2027-03-16')(scene))).toBe('MANDATE_ENDED');
});
