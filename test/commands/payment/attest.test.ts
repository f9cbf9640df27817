/** The payee's bank attests the credit under four eyes: the paying bank may know of it, but not the account. */
import { createHmac } from 'node:crypto';
import { expect, it } from '@jest/globals';
import {
  ACCOUNT,
  ATTESTATION,
  changed,
  CREDIT,
  CREDIT_REFERENCE,
  CREDIT_SECRET,
  creditIdOf,
  DUE,
  END_TO_END_ID,
  FOREIGN_PRESENTMENT,
  FOREIGN_REFERRED,
  HASH,
  idOf,
  MSP,
  RECEIPT,
  referenceIdOf,
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
  repeated,
  request,
  sceneOf,
  secret,
  taken,
  without,
  writtenBy,
  type Change,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { PRESENTMENT_ROWS } from '../support/vouching.js';
import { attest } from './attest.case.js';

const ticketId = idOf('otherBank', 'otherBank', 'own-ticket');
/** The number behind the IBAN. A bank names the account as the presentment does. */
const OWN_NUMBER = { scheme: 'OTHER' as const, id: ACCOUNT.id.slice(4) };
const scene = sceneOf(
  'payment:attest',
  callerOf('otherBank', ['checker']),
  { uetr: UETR, presentmentId: FOREIGN_PRESENTMENT.id, ticketId },
  {
    secret: {
      currency: 'USD',
      amount: '600',
      valueDate: DUE,
      account: ACCOUNT,
      creditReference: CREDIT_REFERENCE,
      messageHash: HASH,
    },
    shown: [FOREIGN_PRESENTMENT, CREDIT_SECRET],
    date: DUE,
  },
);

/** A payment without a UETR, which carries the reference that the presentment gave. */
const referred = all(instead(FOREIGN_REFERRED), request({ uetr: undefined }));
const REFERENCE_ID = referenceIdOf(CREDIT_SECRET.record.salt, END_TO_END_ID.toUpperCase());

describeCommand({
  of: attest,
  party: 'otherBank',
  scene,
  books: [
    ['UETR_USED', 'the payment is attested already', taken(MSP.otherBank, 'attestation', UETR)],
    ['PAYMENT_RETURNED', 'the payment was sent back already', taken(MSP.otherBank, 'return', UETR)],
    [
      'CREDIT_USED',
      'the entry is attested for another payment',
      taken(MSP.otherBank, 'credit', CREDIT.id),
      { kind: 'credit', id: CREDIT.id },
    ],
    [
      'REFERENCE_USED',
      'the reference is attested for another presentment',
      all(referred, taken(MSP.otherBank, 'credit', REFERENCE_ID)),
      { kind: 'credit', id: REFERENCE_ID },
    ],
  ],
  elsewhere: ['LEG_KIND', 'PAYMENTS_EXCEEDED'],
  unvouched: PRESENTMENT_ROWS,
  rules: [
    ['REFERENCE_MISSING', 'no UETR is named and the presentment gave no reference', request({ uetr: undefined })],
    [
      'ACCOUNT_MISMATCH',
      'another account was credited',
      secret({ account: { ...ACCOUNT, id: 'GB82WEST12345698765432' } }),
    ],
    ['ACCOUNT_MISMATCH', "the bank's own number of it", secret({ account: OWN_NUMBER })],
    ['STATE', 'the presentment was withdrawn', record('presentment', { state: 'WITHDRAWN' }), { state: 'WITHDRAWN' }],
    ['PAYMENT_MISMATCH', 'the same amount in another currency', secret({ currency: 'CNY' })],
    ['PAYMENT_MISMATCH', 'a part of it in another currency', secret({ currency: 'CNY', amount: '599' })],
    ['OVERPAID', 'one unit more', secret({ amount: '601' })],
    ['VALUE_DATE', 'the money was there 18 days before it was asked for', secret({ valueDate: '2027-02-25' })],
    [
      'VALUE_DATE',
      'the date was taken back since, and the money was there 18 days before it',
      all(record('presentment', { presentedOn: '2027-09-15' }), secret({ valueDate: '2027-02-25' })),
    ],
    [
      'VALUE_DATE',
      'the date went on since, and the money was there 18 days before it was asked for',
      all(on('2027-03-25'), secret({ valueDate: '2027-02-25' })),
    ],
    ['VALUE_DATE', 'the money was there in another century', secret({ valueDate: '1950-01-01' })],
    ['VALUE_DATE', 'the money is worth something after more than a month', secret({ valueDate: '2027-04-16' })],
    ['VALUE_DATE', 'the money is worth something in a year', secret({ valueDate: '2028-03-15' })],
  ],
  writes: {
    ...put('attestation', UETR, unsaltedOf(ATTESTATION, { payeeBankMsp: MSP.otherBank, attestedOn: DUE }), {
      ...{ in: [MSP.otherBank], copies: [MSP.bank], policy: 'BankMSP & OtherBankMSP' },
    }),
    ...put('credit', CREDIT.id, unsaltedOf(CREDIT), { in: [MSP.otherBank], policy: 'BankMSP & OtherBankMSP' }),
    ...put('receipt', FOREIGN_PRESENTMENT.id, unsaltedOf(RECEIPT, { payeeBankMsp: MSP.otherBank }), {
      ...{ in: [MSP.bank], copies: [MSP.otherBank], policy: 'BankMSP & OtherBankMSP' },
    }),
    ...gone('ticket', ticketId, MSP.otherBank),
  },
  enters: [MSP.bank],
});

/** What the record of a bank's secret is salted with, where the seed of the call is 32 times 7. */
const FIRST_SECRET = createHmac('sha256', Buffer.alloc(32, 7)).update('own/creditSecret/credits').digest('hex');

it('makes the secret of the book with its first attestation, and keys the entry by it', async () => {
  const [id, written] = [creditIdOf(FIRST_SECRET), await writtenBy(without('creditSecret')(scene))];
  expect(written).toMatchObject({
    ...put('creditSecret', 'credits', unsaltedOf(CREDIT_SECRET), { in: [MSP.otherBank] }),
    ...put('credit', id, unsaltedOf(changed(CREDIT, { id })), {
      in: [MSP.otherBank],
      policy: 'BankMSP & OtherBankMSP',
    }),
  });
  const used = taken(MSP.otherBank, 'credit', id);
  expect(await codeOf(all(without('creditSecret'), used)(scene))).toBe('CREDIT_USED');
  expect(await repeated(without('creditSecret')(scene))).toBe('replayed');
});

it('takes another entry on the account, and knows an entry by no secret but its own', async () => {
  const used = taken(MSP.otherBank, 'credit', CREDIT.id);
  expect(await codeOf(all(used, secret({ creditReference: 'AcctSvcrRef ENTRY-2' }))(scene))).toBe('taken');
  expect(await codeOf(all(used, record('creditSecret', { salt: 'cd'.repeat(32) }))(scene))).toBe('taken');
});

it('knows an account by its number, in letters of either case', async () => {
  const under = (id: string): Change => {
    const account = { scheme: 'OTHER' as const, id };
    return all(record('presentment', { account }), secret({ account }));
  };
  const creditOf = async (id: string): Promise<string[]> =>
    Object.keys(await writtenBy(under(id)(scene))).filter((key) => key.includes('credit/'));
  const [lower, upper, other] = [await creditOf('west1234'), await creditOf('WEST1234'), await creditOf('WEST1235')];
  expect(lower).toHaveLength(1);
  expect(lower).toEqual(upper);
  expect(lower).not.toEqual(other);
});

it('knows a payment without a UETR by its presentment, and marks its reference besides the entry', async () => {
  const paymentId = FOREIGN_PRESENTMENT.id;
  const marks = { in: [MSP.otherBank], policy: 'BankMSP & OtherBankMSP' };
  const written = await writtenBy(referred(scene));
  expect(written).toMatchObject({
    ...put(
      'attestation',
      paymentId,
      unsaltedOf(ATTESTATION, { id: paymentId, payeeBankMsp: MSP.otherBank, attestedOn: DUE }),
      { ...{ in: [MSP.otherBank], copies: [MSP.bank], policy: 'BankMSP & OtherBankMSP' } },
    ),
    ...put('credit', CREDIT.id, unsaltedOf(CREDIT, { paymentId }), marks),
    ...put('credit', REFERENCE_ID, unsaltedOf(CREDIT, { id: REFERENCE_ID, paymentId }), marks),
  });
});

it('takes a reference once on an account, in letters of either case', async () => {
  const used = all(referred, taken(MSP.otherBank, 'credit', REFERENCE_ID));
  expect(await codeOf(used(scene))).toBe('REFERENCE_USED');
  expect(await codeOf(all(used, record('presentment', { endToEndId: 'rt-2027/0042A' }))(scene))).toBe('REFERENCE_USED');
  expect(await codeOf(all(used, record('presentment', { endToEndId: 'RT-2027/0043' }))(scene))).toBe('taken');
});

it('asks for no reference where the payment has a UETR', async () => {
  const used = all(instead(FOREIGN_REFERRED), taken(MSP.otherBank, 'credit', REFERENCE_ID));
  expect(await codeOf(used(scene))).toBe('taken');
  expect(Object.keys(await writtenBy(instead(FOREIGN_REFERRED)(scene)))).toEqual(Object.keys(await writtenBy(scene)));
});

it('takes a value date a month ahead: the discharge waits for it', async () => {
  expect(await codeOf(secret({ valueDate: '2027-04-15' })(scene))).toBe('taken');
  expect(await codeOf(all(secret({ valueDate: '2027-04-16' }), on('2027-03-16'))(scene))).toBe('taken');
});

it('takes a value date of the last days before the presentment: the business date runs ahead of the day of the bank', async () => {
  for (const valueDate of ['2027-03-12', '2027-02-26'])
    expect(await codeOf(secret({ valueDate })(scene))).toBe('taken');
  const late = all(on('2027-03-25'), secret({ valueDate: '2027-02-26' }));
  expect(await codeOf(late(scene))).toBe('taken');
});

it('takes the value date of a payment that was presented on a wrong date, which was taken back', async () => {
  const presentedAhead = record('presentment', { presentedOn: '2027-09-15' });
  for (const valueDate of ['2027-03-15', '2027-03-12', '2027-02-26'])
    expect(await codeOf(all(presentedAhead, secret({ valueDate }))(scene))).toBe('taken');
});

it.each(['bank', 'supplier'] as const)('is refused to the %s: the other side says it', async (name) => {
  const caller = callerOf(name, ['checker']);
  expect(await codeOf(all(redrawnBy(caller.mspId), as(caller))(scene))).toBe('CALLER_NOT_ALLOWED');
});

it("goes on when the payee's bank was suspended: it takes on nothing new", async () => {
  expect(await codeOf(party('otherBank', { status: 'SUSPENDED' })(scene))).toBe('taken');
});
