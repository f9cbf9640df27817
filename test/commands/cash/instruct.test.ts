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
  CONTRACTOR,
  END_TO_END_ID,
  idOf,
  MSP,
  OTHER_BANK,
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
const scene = sceneOf(
  'cash:instruct',
  callerOf('contractor', ['checker']),
  { legId, legIds, ticketId },
  {
    secret: {
      ...{ what: 'CREDIT', sender: CONTRACTOR, receiver: SUPPLIER, currency: 'USD', amount: '590' },
      ...{ payerBank: BANK, payeeBank: OTHER_BANK, account: ACCOUNT, expiresOn: BATCH_END },
    },
  },
);
const inBatch = { id: legId, batchId: batchIdOf(legIds), legIds: [SLICE_LEG.id, legId] };
const register = { in: [MSP.otherBank], policy: 'ContractorMSP & OtherBankMSP' };
const written = (
  leg: ReturnType<typeof unsaltedOf<'leg'>>,
  banks: { payerBankMsp: string; payeeBankMsp: string },
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

  it.each(['bank', 'issuer', 'supplier'] as const)('may go to a %s', async (role) => {
    expect(await codeOf(party('supplier', { roles: [role] })(scene))).toBe('taken');
  });

  it('may go through one bank, which keeps it as the bank of either', async () => {
    const through: Change = secret({ payerBank: OTHER_BANK, payeeBank: OTHER_BANK });
    for (const what of ['CREDIT', 'BLOCK']) expect(await codeOf(all(through, secret({ what }))(scene))).toBe('taken');
  });
});
