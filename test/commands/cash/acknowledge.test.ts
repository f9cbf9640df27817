/** The payee says that the money of a leg has come: under four eyes, in its own book, and once. */
import { describe, expect, it } from '@jest/globals';
import {
  asKind,
  BATCH_ID,
  CREDIT_LEG,
  CREDIT_ROW,
  LEG_ATTESTATION,
  LEG_STAND_IN,
  LISTED,
  OTHER_LEG_ID,
  proofOf,
  SILENT_END,
  stands,
  STOOD_LEG,
  STOOD_ROW,
} from '../support/batchFacts.js';
import {
  idOf,
  MSP,
  OTHER_BANK,
  PARTY,
  POLICY,
  policiesOf,
  SUPPLIER,
  TODAY,
  UETR,
  type PartyName,
} from '../support/facts.js';
import {
  absent,
  all,
  as,
  callerOf,
  codeOf,
  gone,
  on,
  party,
  put,
  record,
  redrawnBy,
  registered,
  request,
  sceneOf,
  taken,
  ticket,
  without,
  writtenBy,
  type Change,
} from '../support/scene.js';
import { batchIdOf } from '../support/relinked.js';
import { describeCommand } from '../support/table.js';
import { cashLegRows, leftOutRow } from '../support/vouching.js';
import { acknowledge } from './acknowledge.case.js';

const ticketId = idOf('supplier', 'supplier', 'own-ticket');
const scene = sceneOf(
  'cash:acknowledge',
  callerOf('supplier', ['checker']),
  { legId: CREDIT_LEG.id, ticketId },
  { shown: [CREDIT_LEG] },
);

/** The payee lives with the other bank. */
const asPayee = all(
  redrawnBy(MSP.otherBank),
  as({ ...callerOf('supplier', ['checker']), mspId: MSP.otherBank }),
  ticket({ party: SUPPLIER }),
);

/** A week after the day of the instruction and of the credit. */
const WEEK_AFTER = '2026-11-30';
/** The stand-in says it for the payee, and relies on what the bank attests. */
const byStandIn: Change = (payees) =>
  all(
    ...[redrawnBy(MSP.issuer), as(callerOf('issuer', ['checker'])), request({ uetr: UETR }), on(WEEK_AFTER), LISTED],
    stands(MSP.otherBank, 'proof', proofOf(STOOD_ROW, 'CREDITED')),
  )({ ...payees, shown: [STOOD_LEG, LEG_ATTESTATION] });

describeCommand({
  of: acknowledge,
  scene,
  books: [
    [
      'ACKNOWLEDGEMENT_EXISTS',
      'it was said already',
      taken(MSP.supplier, 'proof', CREDIT_LEG.id),
      { kind: 'proof', id: CREDIT_LEG.id },
    ],
    [
      'ACKNOWLEDGEMENT_EXISTS',
      'the stand-in has said it already',
      all(byStandIn, taken(MSP.issuer, 'proof', CREDIT_LEG.id)),
    ],
    ['PAYMENT_RETURNED', 'the money went back', all(byStandIn, taken(MSP.otherBank, 'return', UETR))],
    [
      'NOT_PROVEN',
      'the register does not have the credit as the money of the leg',
      all(byStandIn, absent(MSP.otherBank, 'proof', CREDIT_LEG.id)),
      { kind: 'proof', id: CREDIT_LEG.id, mspId: MSP.otherBank },
    ],
    [
      'NOT_PROVEN',
      'the bank says that no money came',
      all(byStandIn, stands(MSP.otherBank, 'proof', proofOf(STOOD_ROW, 'NOT_RECEIVED'))),
    ],
  ],
  unvouched: [...cashLegRows(CREDIT_LEG), leftOutRow(CREDIT_LEG)],
  loose: [
    ['LEG_KIND', 'the money of the leg is blocked', asKind('BLOCK'), { what: 'BLOCK' }],
    ['LEG_KIND', 'the leg moves a slice', asKind('SLICE'), { what: 'SLICE' }],
    [
      'PARTY_ROLE',
      'the stand-in was suspended since',
      all(byStandIn, party('issuer', { status: 'SUSPENDED' })),
      { role: 'stand-in' },
    ],
    [
      'PAYMENT_MISMATCH',
      'the bank attests the credit of another leg',
      all(byStandIn, record('attestation', { legId: OTHER_LEG_ID })),
    ],
    ['PAYMENT_MISMATCH', 'the bank attests one unit more', all(byStandIn, record('attestation', { amount: '591' }))],
    ['STAND_IN_EARLY', 'the payee has been silent for six days', all(byStandIn, on('2026-11-29')), { since: TODAY }],
    [
      'STAND_IN_EARLY',
      'the money came in six days ago',
      all(byStandIn, record('attestation', { valueDate: '2026-11-24' })),
      { since: '2026-11-24' },
    ],
    [
      'STAND_IN_EARLY',
      'the bank attests only now what it says was there long ago',
      all(byStandIn, record('attestation', { attestedOn: WEEK_AFTER })),
      { since: WEEK_AFTER },
    ],
    [
      'STAND_IN_EARLY',
      'the bank says that the money was there before it was instructed',
      all(byStandIn, record('attestation', { valueDate: '2026-01-01', attestedOn: '2026-01-01' }), on('2026-11-29')),
      { since: TODAY },
    ],
    ['UNDERPAID', 'the bank attests one unit less', all(byStandIn, record('attestation', { amount: '589' }))],
    [
      'SAME_ORGANIZATION',
      "the bank of the payee is of the payee's own organisation, and attests it in the same book",
      all(party('supplier', { mspId: MSP.otherBank }), record('leg', { receiverMsp: MSP.otherBank }), asPayee),
      { mspId: MSP.otherBank },
    ],
  ],
  rules: [],
  writes: {
    ...put('proof', CREDIT_LEG.id, proofOf(CREDIT_ROW, 'ACKNOWLEDGED'), { in: [MSP.supplier] }),
    ...gone('ticket', ticketId, MSP.supplier),
  },
});

it('is said whatever the bank of the payee says, and however late', async () => {
  const attested = all(taken(MSP.otherBank, 'proof', CREDIT_LEG.id), taken(MSP.otherBank, 'outcome', BATCH_ID));
  expect(await codeOf(all(attested, on(SILENT_END))(scene))).toBe('taken');
});

it.each(['contractor', 'bank', 'otherBank'] as const)(
  'is refused to the %s: nobody says it for the payee',
  async (name) => {
    const caller = callerOf(name, ['checker']);
    expect(await codeOf(all(redrawnBy(caller.mspId), as(caller))(scene))).toBe('CALLER_NOT_ALLOWED');
  },
);

it('goes on when the payee was suspended: it takes on nothing new', async () => {
  expect(await codeOf(party('supplier', { status: 'SUSPENDED' })(scene))).toBe('taken');
});

describe('by a stand-in', () => {
  it('is kept in its own book, and nobody else endorses it', async () => {
    expect(await writtenBy(byStandIn(scene))).toEqual({
      ...put('proof', STOOD_LEG.id, proofOf(STOOD_ROW, 'ACKNOWLEDGED'), { in: [MSP.issuer] }),
      ...gone('ticket', idOf('issuer', 'issuer', 'own-ticket'), MSP.issuer),
    });
  });

  it('needs what the bank attests', async () => {
    expect(await codeOf(without('attestation')(byStandIn(scene)))).toBe('OPENING_MISSING');
    expect(await codeOf(taken(MSP.otherBank, 'attestation', UETR)(byStandIn(scene)))).toBe('OPENING_MISMATCH');
  });

  it.each(['contractor', 'bank', 'otherBank'] as const)(
    'is taken from nobody whom the leg does not name: not from the %s',
    async (name) => {
      const caller = callerOf(name, ['checker']);
      expect(await codeOf(all(redrawnBy(caller.mspId), as(caller))(byStandIn(scene)))).toBe('CALLER_NOT_ALLOWED');
    },
  );

  it('is taken from another party of its organisation as little as from whom the registry has elsewhere', async () => {
    const other = as({ operator: { duties: ['checker'], parties: [PARTY.bank.id] } });
    expect(await codeOf(all(byStandIn, other)(scene))).toBe('CALLER_NOT_ALLOWED');
    expect(await codeOf(all(byStandIn, party('issuer', { mspId: MSP.bank }))(scene))).toBe('CALLER_NOT_ALLOWED');
  });

  it('is refused while its organisation leaves', async () => {
    const organizations = [{ mspId: MSP.issuer, state: 'LEAVING' }];
    const leaving = registered('departures', { schema: 'tenor.departures/1', version: 1, organizations });
    expect(await codeOf(all(byStandIn, leaving)(scene))).toBe('PARTY_ROLE');
  });

  it('keeps the payee from nothing, which may speak at once, and whatever the payee has in its book does not keep it', async () => {
    const payees = { ...LISTED(scene), shown: [STOOD_LEG] };
    expect(await codeOf(payees)).toBe('taken');
    expect(await codeOf(taken(MSP.issuer, 'proof', STOOD_LEG.id)(payees))).toBe('taken');
    expect(await codeOf(all(byStandIn, taken(MSP.supplier, 'proof', STOOD_LEG.id))(scene))).toBe('taken');
  });

  it('is said also where the bank is of the organisation of the payee, whose lock it may have to open', async () => {
    const own = all(party('supplier', { mspId: MSP.otherBank }), record('leg', { receiverMsp: MSP.otherBank }));
    const proven = all(byStandIn, own);
    const leg = proven(scene);
    expect(await codeOf(leg)).toBe('taken');
  });

  it.each<[string, PartyName]>([
    ['the payer', 'contractor'],
    ['the payee', 'supplier'],
    ["the payer's bank", 'bank'],
    ["the payee's bank and register", 'otherBank'],
  ])('counts for nothing where the leg names %s', async (_who, name) => {
    const standIn = { party: PARTY[name].id, mspId: MSP[name] };
    const listed = registered('policies', policiesOf({ ...POLICY, standIns: [standIn] }));
    const leg = { ...STOOD_LEG.record, cash: { ...STOOD_LEG.record.cash, standIn } } as typeof STOOD_LEG.record;
    expect(await codeOf(all(record('leg', leg), listed)(byStandIn(scene)))).toBe('OPENING_MISMATCH');
  });

  it('counts for nothing where the money of the leg is blocked, or no policy ever named whom it names', async () => {
    const { cash } = STOOD_LEG.record;
    const blocked = { what: 'BLOCK', cash: { ...cash, payerBank: OTHER_BANK, payerBankMsp: MSP.otherBank } } as const;
    const payees = { ...LISTED(scene), shown: [STOOD_LEG] };
    expect(await codeOf(record('leg', blocked as Partial<typeof STOOD_LEG.record>)(payees))).toBe('OPENING_MISMATCH');
    expect(await codeOf(all(byStandIn, registered('policies', undefined))(scene))).toBe('OPENING_MISMATCH');
    const others = policiesOf({ ...POLICY, standIns: [{ ...LEG_STAND_IN, mspId: MSP.bank }] }, POLICY);
    expect(await codeOf(all(byStandIn, registered('policies', others))(scene))).toBe('OPENING_MISMATCH');
    const earlier = policiesOf({ ...POLICY, standIns: [LEG_STAND_IN] }, { ...POLICY, version: 2 });
    expect(await codeOf(all(byStandIn, registered('policies', earlier))(scene))).toBe('taken');
  });

  it('counts for nothing where it sends or registers another leg of the batch', async () => {
    for (const id of [idOf('issuer', 'supplier', 'leg', 7), idOf('bank', 'issuer', 'leg', 7)]) {
      const legIds = [...STOOD_LEG.record.legIds, id].sort();
      const joined = record('leg', { legIds, batchId: batchIdOf(legIds) });
      expect(await codeOf(all(byStandIn, joined)(scene))).toBe('OPENING_MISMATCH');
    }
  });
});
