/** Money is instructed for a batch, in the book of the bank that will prove it. Nobody in whose book it appears has asked for it. */
import { describe, expect, it } from '@jest/globals';
import {
  BATCH_END,
  BLOCK_LEG,
  coverOf,
  CREDIT_LEG,
  OTHER_LEG_ID,
  SLICE_LEG,
  writtenRow,
} from '../support/batchFacts.js';
import {
  ACCOUNT,
  BANK,
  CALENDAR,
  CONTRACTOR,
  END_TO_END_ID,
  idOf,
  ISSUER,
  MSP,
  OTHER_BANK,
  PARTY,
  policiesOf,
  POLICY,
  SUPPLIER,
  TODAY,
  unsaltedOf,
  YESTERDAY,
} from '../support/facts.js';
import { enteredBy } from '../support/places.js';
import { batchIdOf } from '../support/relinked.js';
import {
  all,
  callerOf,
  codeOf,
  gone,
  party,
  put,
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
import { instruct } from './instruct.case.js';

const ticketId = idOf('contractor', 'contractor', 'own-ticket');
const legId = idOf('otherBank', 'contractor', 'new-leg');
const legIds = [legId, SLICE_LEG.id];
const inCalendar = registered('calendar/CN', CALENDAR);
const scene = inCalendar(
  sceneOf(
    'cash:instruct',
    callerOf('contractor', ['checker']),
    { legId, legIds, ticketId },
    {
      secret: {
        ...{ what: 'CREDIT', sender: CONTRACTOR, receiver: SUPPLIER, currency: 'USD', amount: '590' },
        ...{ payerBank: BANK, payeeBank: OTHER_BANK, account: ACCOUNT, expiresOn: BATCH_END },
      },
    },
  ),
);
const inBatch = { id: legId, batchId: batchIdOf(legIds), legIds: [SLICE_LEG.id, legId] };
const register = { in: [MSP.otherBank], policy: 'ContractorMSP & OtherBankMSP' };
const written = (
  leg: ReturnType<typeof unsaltedOf<'leg'>>,
  banks: { payerBankMsp: string; payeeBankMsp: string; standInMsp?: string },
): Written => ({
  ...put('leg', legId, leg, { ...register, copies: [MSP.contractor, MSP.supplier, MSP.bank] }),
  ...put('cover', legId, coverOf(writtenRow(leg, { what: leg.what, receiverMsp: MSP.supplier, ...banks })), {
    in: [MSP.otherBank],
  }),
  ...gone('ticket', ticketId, MSP.contractor),
});
const credited = (changes: Parameters<typeof unsaltedOf<'leg'>>[1] = {}): Written =>
  written(unsaltedOf(CREDIT_LEG, { ...inBatch, ...changes }), { payerBankMsp: MSP.bank, payeeBankMsp: MSP.otherBank });
/** The other bank, which keeps the leg, is the payer's, and blocks the money. */
const blocked = secret({ what: 'BLOCK', payerBank: OTHER_BANK, payeeBank: BANK, currency: 'CNY', amount: '70' });

/** Business days that both sides agree on. */
const onDay = (valueDate: string | undefined, ...calendars: string[]): Change =>
  secret({ valueDate, calendars: calendars.length === 0 ? undefined : calendars });
const calendar = (changes: object): Change => registered(`calendar/CN`, { ...CALENDAR, ...changes });
const exchange = {
  ...{ baseLegId: legId, quoteLegId: SLICE_LEG.id, numerator: '7', denominator: '1', residual: '0' },
  ...{ source: 'the fixing of a central bank', quotedAt: '2026-11-23T09:00:00Z', validUntil: TODAY },
};
const exchangedBy = (changes: object): Change => secret({ exchange: { ...exchange, ...changes } });

describeCommand({
  of: instruct,
  scene,
  books: [
    ['ID_FOREIGN', 'the leg is drawn by another', request({ legId: idOf('otherBank', 'supplier', 'leg') })],
    ['ID_TAKEN', 'there is a leg of that id', taken(MSP.otherBank, 'leg', legId), { kind: 'leg', id: legId }],
    [
      'ID_TAKEN',
      'there is a cover of that id',
      all(taken(MSP.otherBank, 'cover', legId), request({ legIds: [legId] })),
      { kind: 'cover', id: legId },
    ],
  ],
  loose: [
    ['BATCH_SIZE', 'the leg is alone', request({ legIds: [legId] })],
    ['LEG_FOREIGN', 'the batch is without the leg', request({ legIds: [SLICE_LEG.id, OTHER_LEG_ID] })],
    ['CALENDAR_UNKNOWN', 'the registry has no such calendar', onDay('2026-12-01', 'CN', 'GB')],
  ],
  rules: [
    [
      'ID_FOREIGN',
      'the credit would be kept by the bank of the payer',
      secret({ payerBank: OTHER_BANK, payeeBank: BANK }),
    ],
    ['ID_FOREIGN', 'the money would be blocked in the book of the bank of the payee', secret({ what: 'BLOCK' })],
    [
      'PARTY_ROLE',
      'the receiver is none who is paid',
      all(secret({ receiver: SUPPLIER }), party('supplier', { roles: ['operator', 'regulator'] })),
      { role: 'supplier|bank|issuer' },
    ],
    [
      'PARTY_ROLE',
      'the receiver is suspended',
      all(secret({ receiver: SUPPLIER }), party('supplier', { status: 'SUSPENDED' })),
    ],
    ['PARTY_ROLE', 'the bank of the payer is none', secret({ payerBank: SUPPLIER }), { role: 'bank' }],
    ['PARTY_ROLE', 'the bank of the payer is suspended', party('bank', { status: 'SUSPENDED' })],
    ['PARTY_ROLE', 'the bank of the payee is none', party('otherBank', { roles: ['supplier'] }), { role: 'bank' }],
    ['PARTY_ROLE', 'the bank of the payee is suspended', party('otherBank', { status: 'SUSPENDED' })],
    ['SELF_TRANSFER', 'the receiver is the payer', secret({ receiver: CONTRACTOR })],
    ['OFFER_EXPIRY', 'it would expire yesterday', secret({ expiresOn: YESTERDAY })],
    ['OFFER_EXPIRY', 'it would be open for more than 92 days', secret({ expiresOn: '2027-02-24' })],
    ['VALUE_DATE', 'a day is agreed by no calendar', onDay('2026-12-01')],
    ['VALUE_DATE', 'calendars are named for no day', onDay(undefined, 'CN')],
    ['VALUE_DATE', 'the day is over', onDay(YESTERDAY, 'CN')],
    ['VALUE_DATE', 'the day lies more than 92 days ahead', onDay('2027-02-24', 'CN')],
    [
      'CALENDAR_ENDS',
      'nobody knows yet what the day will be',
      all(onDay('2026-12-01', 'CN'), calendar({ until: '2026-11-30' })),
      { calendar: 'CN', until: '2026-11-30' },
    ],
    ['NOT_A_BUSINESS_DAY', 'the day is a Saturday', onDay('2026-11-28', 'CN')],
    [
      'NOT_A_BUSINESS_DAY',
      'the day is a holiday of the second calendar',
      all(
        onDay('2026-12-01', 'CN', 'GB'),
        registered('calendar/GB', { ...CALENDAR, id: 'GB', holidays: ['2026-12-01'] }),
      ),
    ],
    ['EXCHANGE_MISMATCH', 'the leg is exchanged for itself', exchangedBy({ quoteLegId: legId })],
    ['EXCHANGE_MISMATCH', 'the other leg is of another batch', exchangedBy({ quoteLegId: OTHER_LEG_ID })],
    [
      'EXCHANGE_MISMATCH',
      'the leg is none of the two',
      all(request({ legIds: [...legIds, OTHER_LEG_ID] }), exchangedBy({ baseLegId: OTHER_LEG_ID })),
    ],
  ],
  writes: credited(),
  enters: [MSP.supplier, MSP.bank, MSP.otherBank],
});

describe('money', () => {
  it.each([TODAY, '2027-02-23'])('may be open until %s', async (expiresOn) => {
    expect(await writtenBy(secret({ expiresOn })(scene))).toEqual(credited({ expiresOn }));
  });

  it('is blocked in the book of the bank of the payer', async () => {
    const leg = unsaltedOf(BLOCK_LEG, inBatch);
    const banks = { payerBankMsp: MSP.otherBank, payeeBankMsp: MSP.bank };
    expect(await writtenBy(blocked(scene))).toEqual(written(leg, banks));
    expect(Object.keys(await enteredBy(blocked(scene))).sort()).toEqual([MSP.bank, MSP.otherBank, MSP.supplier]);
  });

  it('carries the reference that the payer asks for', async () => {
    const { cash } = CREDIT_LEG.record;
    if (cash === undefined) throw new Error('a leg of money has two banks');
    const endToEndId = END_TO_END_ID;
    expect(await writtenBy(secret({ endToEndId })(scene))).toEqual(credited({ cash: { ...cash, endToEndId } }));
  });

  it.each([TODAY, '2026-12-01', '2027-02-23'])('may be agreed for %s, a business day of its calendars', async (day) => {
    const { cash } = CREDIT_LEG.record;
    const agreed = { ...cash, valueDate: day } as NonNullable<typeof cash>;
    expect(await writtenBy(onDay(day, 'CN')(scene))).toEqual(credited({ cash: agreed }));
  });

  it('carries the exchange of which it is one side, and that its batch nets', async () => {
    const { cash } = CREDIT_LEG.record;
    const exchanging = { ...cash, exchange } as NonNullable<typeof cash>;
    const both = all(exchangedBy({}), secret({ nets: true }));
    expect(await writtenBy(both(scene))).toEqual(credited({ cash: exchanging, nets: true }));
    const quoting = { ...exchange, baseLegId: SLICE_LEG.id, quoteLegId: legId };
    expect(await codeOf(exchangedBy(quoting)(scene))).toBe('taken');
  });

  it.each(['bank', 'issuer', 'supplier'] as const)('may go to a %s', async (role) => {
    expect(await codeOf(party('supplier', { roles: [role] })(scene))).toBe('taken');
  });

  it('may go through one bank, which keeps it as the bank of either', async () => {
    const through: Change = secret({ payerBank: OTHER_BANK, payeeBank: OTHER_BANK });
    for (const what of ['CREDIT', 'BLOCK']) expect(await codeOf(all(through, secret({ what }))(scene))).toBe('taken');
  });
});

describe('who may speak for a silent payee', () => {
  const issuer = { party: ISSUER, mspId: MSP.issuer };
  const listing = (...standIns: { readonly party: string; readonly mspId: string }[]): Change =>
    registered('policies', policiesOf({ ...POLICY, standIns }));
  const { cash } = CREDIT_LEG.record;
  const naming = (standIn: typeof issuer): Written =>
    written(unsaltedOf(CREDIT_LEG, { ...inBatch, cash: { ...cash, standIn } as NonNullable<typeof cash> }), {
      ...{ payerBankMsp: MSP.bank, payeeBankMsp: MSP.otherBank, standInMsp: standIn.mspId },
    });
  const sides = (['contractor', 'supplier', 'bank', 'otherBank'] as const).map((name) => ({
    ...{ party: PARTY[name].id, mspId: MSP[name] },
  }));

  it('is the first of the policy that is neither payer, nor payee, nor bank of one of them', async () => {
    expect(await writtenBy(listing(...sides, issuer)(scene))).toEqual(naming(issuer));
    expect(await writtenBy(listing(...sides)(scene))).toEqual(credited());
  });

  it('is nobody who sends or registers another leg of the batch, nor whose organisation leaves', async () => {
    for (const id of [idOf('issuer', 'supplier', 'leg', 7), idOf('bank', 'issuer', 'leg', 7)])
      expect(await writtenBy(all(listing(issuer), request({ legIds: [...legIds, id] }))(scene))).not.toHaveProperty([
        `${MSP.otherBank} own/cover/${legId}`,
        'record',
        'standInMsp',
      ]);
    const organizations = [{ mspId: MSP.issuer, state: 'LEAVING' }];
    const leaving = registered('departures', { schema: 'tenor.departures/1', version: 1, organizations });
    expect(await writtenBy(all(listing(issuer), leaving)(scene))).toEqual(credited());
  });

  it('is whom the policy in force names, and not an earlier or a later one', async () => {
    const policies = policiesOf(
      ...[
        { ...POLICY, standIns: [issuer] },
        { ...POLICY, version: 2, effectiveFrom: TODAY },
      ],
      { ...POLICY, version: 3, effectiveFrom: '2026-11-24', standIns: [issuer] },
    );
    expect(await writtenBy(registered('policies', policies)(scene))).toEqual(credited());
  });

  it('is nobody where money is blocked: it comes when the batch is committed', async () => {
    const leg = unsaltedOf(BLOCK_LEG, inBatch);
    const banks = { payerBankMsp: MSP.otherBank, payeeBankMsp: MSP.bank };
    expect(await writtenBy(all(blocked, listing(issuer))(scene))).toEqual(written(leg, banks));
  });
});
