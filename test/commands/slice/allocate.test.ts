/** A whole slice is locked for a batch: under four eyes, by the holder, for one receiver and until a date. */
import { describe, expect, it } from '@jest/globals';
import {
  ALLOCATED_SLICE,
  BATCH_END,
  coverOf,
  CREDIT_LEG,
  CREDIT_ROW,
  OTHER_LEG_ID,
  SETTLEMENT_LOCK,
  SLICE_LEG,
  writtenRow,
} from '../support/batchFacts.js';
import { takesNoPartOfAnother } from '../support/consolidated.js';
import {
  changed,
  CONTRACTOR,
  DUE,
  idOf,
  ISSUER,
  MSP,
  OFFERED_SLICE,
  OTHER_BANK,
  presented,
  PRESENTMENT,
  SLICE,
  SUPPLIER,
  TERMS,
  unsaltedOf,
  YESTERDAY,
} from '../support/facts.js';
import { batchIdOf } from '../support/relinked.js';
import {
  absent,
  all,
  callerOf,
  codeOf,
  gone,
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
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { LONG_LOCK, SLICE_ROWS } from '../support/vouching.js';
import { allocate } from './allocate.case.js';

const ticketId = idOf('supplier', 'supplier', 'own-ticket');
const legId = idOf('bank', 'supplier', 'new-leg');
const legIds = [CREDIT_LEG.id, legId];
const scene = sceneOf(
  'slice:allocate',
  callerOf('supplier', ['checker']),
  { sliceId: SLICE.id, legId, legIds, ticketId },
  { secret: { receiver: CONTRACTOR, expiresOn: BATCH_END, inReturn: CREDIT_LEG.id }, shown: [SLICE, TERMS] },
);

const PLEDGE_LOCK = {
  ...{ kind: 'PLEDGE' as const, id: idOf('bank', 'supplier', 'leg', 7), counterparty: OTHER_BANK },
  ...{ counterpartyMsp: MSP.otherBank as string, expiresOn: '2027-01-15' },
};
/** Pledged for so long that no other guard sees the pledge lapse first. */
const LONG_PLEDGE = { ...PLEDGE_LOCK, expiresOn: '2028-01-01' };
const PLEDGED = changed(SLICE, { state: 'PLEDGED', lock: PLEDGE_LOCK });
const SELLER = { party: ISSUER, mspId: MSP.issuer };
const leg = unsaltedOf(SLICE_LEG, { id: legId, batchId: batchIdOf(legIds), legIds: [legId, CREDIT_LEG.id] });
const readers = [MSP.supplier, MSP.contractor];
/** The row of the money that pays for the slice. */
const PRICE_ROW = { ...CREDIT_ROW, batchId: batchIdOf(legIds) };
const APART = 'BankMSP & (ContractorMSP & OtherBankMSP | SupplierMSP)';
const sliceWith = (lock: object, policy: string): Written =>
  put('slice', SLICE.id, unsaltedOf(ALLOCATED_SLICE, { lock: { ...SETTLEMENT_LOCK, id: legId, ...lock } }), {
    ...{ in: [MSP.bank], copies: readers, policy },
  });

describeCommand({
  of: allocate,
  scene,
  books: [
    ['ID_FOREIGN', 'the leg is drawn by another', request({ legId: idOf('bank', 'contractor', 'leg') })],
    ['ID_FOREIGN', 'the leg is drawn for another bank', request({ legId: idOf('otherBank', 'supplier', 'leg') })],
    ['ID_TAKEN', 'there is a leg of that id', taken(MSP.bank, 'leg', legId), { kind: 'leg', id: legId }],
    [
      'ID_TAKEN',
      'there is a cover of that id',
      all(taken(MSP.bank, 'cover', legId), request({ legIds: [legId] })),
      { kind: 'cover', id: legId },
    ],
    [
      'NOT_ALLOCATED',
      'the money that pays for it is not instructed so',
      all(secret({ counterValue: PRICE_ROW }), absent(MSP.otherBank, 'cover', CREDIT_LEG.id)),
      { kind: 'cover', id: CREDIT_LEG.id },
    ],
  ],
  elsewhere: ['PLEDGE_TERM', 'LEG_KIND'],
  unvouched: SLICE_ROWS,
  loose: [
    ['BATCH_SIZE', 'the leg is alone', request({ legIds: [legId] })],
    ['LEG_FOREIGN', 'the batch is without the leg', request({ legIds: [CREDIT_LEG.id, OTHER_LEG_ID] })],
  ],
  rules: [
    ['LEG_FOREIGN', 'it would be paid by the leg itself', secret({ inReturn: legId })],
    ['LEG_FOREIGN', 'it would be paid by a leg of another batch', secret({ inReturn: OTHER_LEG_ID })],
    ['STATE', 'the slice is on offer', record('slice', { state: 'OFFERED', lock: LONG_LOCK })],
    ['STATE', 'the slice is allocated already', record('slice', { state: 'ALLOCATED', lock: SETTLEMENT_LOCK })],
    ['STATE', 'the slice is presented', instead(presented(PRESENTMENT))],
    ['STATE', 'the slice was split', record('slice', { state: 'SPENT' })],
    ['STATE', 'the slice is paid', record('slice', { state: 'PAID' })],
    ['DUE_REACHED', 'the payment date has come', on(DUE), { certificateId: TERMS.id }],
    [
      'PARTY_ROLE',
      'the receiver is neither supplier nor bank',
      all(secret({ receiver: CONTRACTOR }), party('contractor', { roles: ['issuer', 'operator', 'regulator'] })),
      { role: 'supplier|bank' },
    ],
    [
      'PARTY_ROLE',
      'the receiver is suspended',
      all(secret({ receiver: CONTRACTOR }), party('contractor', { status: 'SUSPENDED' })),
    ],
    ['SELF_TRANSFER', 'the receiver is the holder', secret({ receiver: SUPPLIER })],
    ['TIER_EXCEEDED', 'the slice has passed through as many hands as the terms allow', record('slice', { tier: 2 })],
    ['OFFER_EXPIRY', 'it would expire yesterday', secret({ expiresOn: YESTERDAY })],
    ['OFFER_EXPIRY', 'it would expire on the payment date', secret({ expiresOn: DUE })],
    [
      'LIABLE_EXCEEDED',
      'as many sellers as a slice may name answer for it already',
      all(secret({ recourse: true }), record('slice', { liable: Array.from({ length: 20 }, () => SELLER) })),
    ],
  ],
  writes: {
    ...put('leg', legId, leg, { in: [MSP.bank], copies: readers, policy: 'BankMSP & SupplierMSP' }),
    ...put('cover', legId, coverOf(writtenRow(leg, { what: 'SLICE', receiverMsp: MSP.contractor })), {
      in: [MSP.bank],
    }),
    ...sliceWith({}, APART),
    [`${MSP.contractor} shown/terms/${MSP.bank}/${TERMS.id}`]: { record: unsaltedOf(TERMS) },
    ...gone('ticket', ticketId, MSP.supplier),
  },
  enters: [MSP.contractor],
});

takesNoPartOfAnother(scene);

it.each(['2026-11-23', '2027-03-14'])('may expire on %s', async (expiresOn) => {
  expect(await codeOf(secret({ expiresOn })(scene))).toBe('taken');
});

it('may go to a bank, and once more where the terms leave one more hand', async () => {
  expect(await codeOf(party('contractor', { roles: ['bank'] })(scene))).toBe('taken');
  expect(await codeOf(record('slice', { tier: 1 })(scene))).toBe('taken');
});

it('locks a slice whose offer lapsed', async () => {
  const lapsed = all(instead(OFFERED_SLICE), on('2026-12-16'), secret({ expiresOn: '2026-12-16' }));
  expect(await writtenBy(lapsed(scene))).toMatchObject(sliceWith({}, APART));
});

it.each([
  ['the bank of the slice', idOf('bank', 'contractor', 'leg')],
  ['the holder', idOf('supplier', 'contractor', 'leg')],
  ['the receiver', idOf('contractor', 'contractor', 'leg')],
])('asks the holder to sign where %s itself would prove that it is paid', async (_who, inReturn) => {
  const written = await writtenBy(all(secret({ inReturn }), request({ legIds: [legId, inReturn] }))(scene));
  const { proverMsp: _none, ...lock } = { ...SETTLEMENT_LOCK, id: legId };
  expect(written[`${MSP.bank} own/slice/${SLICE.id}`]).toEqual({
    ...{ record: unsaltedOf(ALLOCATED_SLICE, { lock }), policy: 'BankMSP & SupplierMSP' },
  });
});

it('is taken while issuer and bank are suspended: old paper is passed on', async () => {
  const suspended = all(...(['issuer', 'bank'] as const).map((name) => party(name, { status: 'SUSPENDED' })));
  expect(await codeOf(suspended(scene))).toBe('taken');
});

it('says that the seller answers for it, and that the batch nets, in the leg alone', async () => {
  const written = await writtenBy(
    all(secret({ recourse: true, nets: true }), record('slice', { liable: [SELLER] }))(scene),
  );
  expect(written[`${MSP.bank} own/leg/${legId}`]?.record).toEqual({ ...leg, recourse: true, nets: true });
  expect(written[`${MSP.bank} own/slice/${SLICE.id}`]).toMatchObject({ record: { liable: [SELLER] } });
  const nineteen = record('slice', { liable: Array.from({ length: 19 }, () => SELLER) });
  expect(await codeOf(all(secret({ recourse: true }), nineteen)(scene))).toBe('taken');
  const twenty = record('slice', { liable: Array.from({ length: 20 }, () => SELLER) });
  expect(await codeOf(twenty(scene))).toBe('taken');
});

describe('a pledge', () => {
  const until = '2027-01-15';
  const toBank = { what: 'PLEDGE', receiver: OTHER_BANK, pledgedUntil: until } as const;
  const pledge = secret(toBank)(scene);
  const { proverMsp: _none, ...lock } = { ...SETTLEMENT_LOCK, id: legId, counterpartyMsp: MSP.otherBank };
  const pledged = {
    ...leg,
    ...{ what: 'PLEDGE' as const, receiver: OTHER_BANK, receiverMsp: MSP.otherBank, pledgedUntil: until },
  };
  const shownTo = [MSP.supplier, MSP.otherBank];

  describeCommand({
    of: allocate,
    scene: pledge,
    elsewhere: [
      ...([
        'ID_FOREIGN',
        'ID_TAKEN',
        'BATCH_SIZE',
        'LEG_FOREIGN',
        'NOT_ALLOCATED',
        'TIER_EXCEEDED',
        'LIABLE_EXCEEDED',
      ] as const),
    ],
    unvouched: SLICE_ROWS,
    rules: [
      ['STATE', 'the slice is pledged already', record('slice', { state: 'PLEDGED', lock: LONG_PLEDGE })],
      ['STATE', 'the slice is paid', record('slice', { state: 'PAID' })],
      ['DUE_REACHED', 'the payment date has come', on(DUE), { certificateId: TERMS.id }],
      ['PARTY_ROLE', 'the lender is no bank', secret({ receiver: CONTRACTOR }), { role: 'bank' }],
      [
        'PARTY_ROLE',
        'the lender is suspended',
        all(secret({ receiver: OTHER_BANK }), party('otherBank', { status: 'SUSPENDED' })),
      ],
      [
        'SELF_TRANSFER',
        'the lender is the holder, which is a bank',
        all(secret({ receiver: SUPPLIER }), party('supplier', { roles: ['bank'] })),
      ],
      ['OFFER_EXPIRY', 'the batch would expire yesterday', secret({ expiresOn: YESTERDAY })],
      ['OFFER_EXPIRY', 'the batch would expire on the payment date', secret({ expiresOn: DUE })],
      ['PLEDGE_TERM', 'no last day is named', secret({ pledgedUntil: undefined })],
      ['PLEDGE_TERM', 'the pledge would end before its batch', secret({ pledgedUntil: '2026-12-14' })],
      ['PLEDGE_TERM', 'the pledge would end on the payment date', secret({ pledgedUntil: DUE })],
      ['LEG_KIND', 'who pledges a slice does not sell it', secret({ recourse: true }), { what: 'PLEDGE' }],
    ],
    writes: {
      ...put('leg', legId, pledged, { in: [MSP.bank], copies: shownTo, policy: 'BankMSP & SupplierMSP' }),
      ...put('cover', legId, coverOf(writtenRow(pledged, { what: 'PLEDGE', receiverMsp: MSP.otherBank })), {
        in: [MSP.bank],
      }),
      ...put('slice', SLICE.id, unsaltedOf(ALLOCATED_SLICE, { lock }), {
        ...{ in: [MSP.bank], copies: shownTo, policy: 'BankMSP & SupplierMSP' },
      }),
      [`${MSP.otherBank} shown/terms/${MSP.bank}/${TERMS.id}`]: { record: unsaltedOf(TERMS) },
      ...gone('ticket', ticketId, MSP.supplier),
    },
    enters: [MSP.otherBank],
  });

  it.each([BATCH_END, '2027-03-14'])('may end on %s, however many hands the slice has passed through', async (day) => {
    expect(await codeOf(all(secret({ pledgedUntil: day }), record('slice', { tier: 2 }))(pledge))).toBe('taken');
  });
});

describe('a slice that is pledged', () => {
  const back = idOf('bank', 'otherBank', 'new-leg');
  const ids = [CREDIT_LEG.id, back];
  const own = idOf('otherBank', 'otherBank', 'own-ticket');
  const unpledge = sceneOf(
    'slice:allocate',
    callerOf('otherBank', ['checker']),
    { sliceId: SLICE.id, legId: back, legIds: ids, ticketId: own },
    {
      secret: { what: 'UNPLEDGE', receiver: SUPPLIER, expiresOn: BATCH_END, inReturn: CREDIT_LEG.id },
      shown: [PLEDGED, TERMS],
    },
  );

  it('goes back by its pledgee, and keeps its pledge until then', async () => {
    const { kind: _kind, ...pledge } = PLEDGE_LOCK;
    const settlement = { kind: 'SETTLEMENT' as const, id: back, counterpartyMsp: MSP.supplier, pledge };
    const returned = {
      ...{ ...leg, id: back, batchId: batchIdOf(ids), legIds: [...ids].sort(), what: 'UNPLEDGE' as const },
      ...{ sender: OTHER_BANK, senderMsp: MSP.otherBank, receiver: SUPPLIER, receiverMsp: MSP.supplier },
    };
    const copies = [MSP.otherBank, MSP.supplier];
    expect(await writtenBy(unpledge)).toEqual({
      ...put('leg', back, returned, { in: [MSP.bank], copies, policy: 'BankMSP & OtherBankMSP' }),
      ...put('cover', back, coverOf(writtenRow(returned, { what: 'UNPLEDGE', receiverMsp: MSP.supplier })), {
        in: [MSP.bank],
      }),
      ...put('slice', SLICE.id, unsaltedOf(ALLOCATED_SLICE, { lock: settlement }), {
        ...{ in: [MSP.bank], copies, policy: 'BankMSP & (OtherBankMSP | SupplierMSP)' },
      }),
      [`${MSP.supplier} shown/terms/${MSP.bank}/${TERMS.id}`]: { record: unsaltedOf(TERMS) },
      ...gone('ticket', own, MSP.otherBank),
    });
  });

  it.each([
    ['CALLER_NOT_ALLOWED', 'it is not pledged', instead(SLICE)],
    ['STATE', 'the pledgee did nothing for 30 days', on('2027-02-15')],
    ['PARTY_ROLE', 'it would go to another than its holder', secret({ receiver: CONTRACTOR })],
    ['OFFER_EXPIRY', 'the batch would expire yesterday', secret({ expiresOn: YESTERDAY })],
    ['OFFER_EXPIRY', 'the batch would be open for more than 92 days', secret({ expiresOn: '2027-02-24' })],
    ['LEG_KIND', 'who gives it back does not sell it', secret({ recourse: true })],
  ])('is refused with %s where %s', async (code, _what, breaks) => {
    expect(await codeOf(breaks(unpledge))).toBe(code);
  });

  it('does not pass on by its holder or its pledgee, and does not go back by its holder', async () => {
    for (const what of ['SLICE', 'SURRENDER', 'PLEDGE'] as const)
      for (const by of [instead(PLEDGED)(scene), unpledge]) {
        const code = by === unpledge ? 'CALLER_NOT_ALLOWED' : 'STATE';
        expect([what, await codeOf(secret({ what })(by))]).toEqual([what, code]);
      }
    const byHolder = all(instead(PLEDGED), secret({ what: 'UNPLEDGE', receiver: SUPPLIER }));
    expect(await codeOf(byHolder(scene))).toBe('CALLER_NOT_ALLOWED');
  });
});

describe('a slice that goes back to its issuer', () => {
  const surrender = secret({ what: 'SURRENDER', receiver: ISSUER })(scene);

  it('is locked for the issuer, also when it is due, and while the issuer is suspended', async () => {
    const written = await writtenBy(surrender);
    const returned = { ...leg, what: 'SURRENDER', receiver: ISSUER, receiverMsp: MSP.issuer };
    expect(written[`${MSP.bank} own/leg/${legId}`]?.record).toEqual(returned);
    expect(written).toMatchObject(
      put(
        'slice',
        SLICE.id,
        unsaltedOf(ALLOCATED_SLICE, { lock: { ...SETTLEMENT_LOCK, id: legId, counterpartyMsp: MSP.issuer } }),
        {
          ...{ in: [MSP.bank], copies: [MSP.supplier, MSP.issuer] },
        },
      ),
    );
    const late = all(
      on(DUE),
      secret({ expiresOn: DUE }),
      party('issuer', { status: 'SUSPENDED' }),
      record('slice', { tier: 2 }),
    );
    expect(await codeOf(late(surrender))).toBe('taken');
  });

  it.each([
    ['STATE', 'it is paid', record('slice', { state: 'PAID' })],
    [
      'PARTY_ROLE',
      'the receiver is another issuer',
      all(secret({ receiver: CONTRACTOR }), party('contractor', { roles: ['issuer'] })),
    ],
    ['OFFER_EXPIRY', 'the batch would expire yesterday', secret({ expiresOn: YESTERDAY })],
    ['OFFER_EXPIRY', 'the batch would be open for more than 92 days', secret({ expiresOn: '2027-02-24' })],
    ['LEG_KIND', 'who is paid by the issuer answers to nobody', secret({ recourse: true })],
  ])('is refused with %s where %s', async (code, _what, breaks) => {
    expect(await codeOf(breaks(surrender))).toBe(code);
  });
});
