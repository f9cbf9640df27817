/** A rule may rely on a record only if register, parties, organisations, currency and registry agree, which is tested field by field. */
import { describe, expect, it } from '@jest/globals';
import {
  vouchCertificate,
  vouchConfirmed,
  vouchDeal,
  vouchFace,
  vouchOffered,
  vouchPresentment,
  vouchSlice,
} from '../../../chaincode/src/domain/vouched.js';
import {
  changed,
  CLAIM,
  CONFIRMATION,
  CONTRACTOR,
  FACE,
  HASH,
  idOf,
  LINE,
  MSP,
  OFFERED,
  OTHER_BANK,
  PARTY,
  PRESENTMENT,
  SLICE,
  SUPPLIER,
  TERMS,
} from '../../commands/support/facts.js';
import { codeOf } from '../protocol/support.js';

const both = { bank: PARTY.bank, issuer: PARTY.issuer };
const certificate = vouchCertificate(TERMS, both);
const faced = vouchFace(FACE, both);
const confirmed = vouchConfirmed(faced, { payee: PARTY.supplier, confirmation: CONFIRMATION, status: OFFERED });
const other = idOf('bank', 'issuer', 'certificate', 2);
const mismatch = (kind: string, id: string): unknown => ['OPENING_MISMATCH', { kind, id }];
const role = (name: string): unknown => ['PARTY_ROLE', { role: name }];
const found = (vouch: () => unknown): unknown => {
  const outcome = codeOf(vouch, true);
  return Array.isArray(outcome) ? outcome : 'vouched';
};

describe.each(['terms', 'face'] as const)('%s', (kind) => {
  const vouch = (changes: object, bank = PARTY.bank, issuer = PARTY.issuer): unknown =>
    found(() =>
      kind === 'terms'
        ? vouchCertificate(changed(TERMS, changes), { bank, issuer })
        : vouchFace(changed(FACE, changes), { bank, issuer }),
    );
  const { id } = TERMS;
  const house = idOf('bank', 'bank', 'certificate');

  it.each<[string, unknown, unknown]>([
    ['as it should be', vouch({}), 'vouched'],
    ['the register is not that of the id', vouch({ bankMsp: MSP.otherBank }), mismatch(kind, id)],
    ['the issuer is not the drawer of the id', vouch({ issuerMsp: MSP.contractor }), mismatch(kind, id)],
    ['the two are swapped', vouch({ bankMsp: MSP.issuer, issuerMsp: MSP.bank }), mismatch(kind, id)],
    [
      'the id names another register',
      vouch({ id: idOf('otherBank', 'issuer', 'certificate') }),
      mismatch(kind, idOf('otherBank', 'issuer', 'certificate')),
    ],
    [
      'the id names another drawer',
      vouch({ id: idOf('bank', 'contractor', 'certificate') }),
      mismatch(kind, idOf('bank', 'contractor', 'certificate')),
    ],
    [
      'one organisation in both roles',
      vouch({ id: house, issuerMsp: MSP.bank }, PARTY.bank, { ...PARTY.issuer, mspId: MSP.bank }),
      ['SAME_ORGANIZATION', { mspId: MSP.bank }],
    ],
    ['another bank', vouch({ bank: OTHER_BANK }), role('bank')],
    ['another issuer', vouch({ issuer: CONTRACTOR }), role('issuer')],
    ['a bank that moved', vouch({}, { ...PARTY.bank, mspId: MSP.otherBank }), role('bank')],
    ['an issuer that moved', vouch({}, PARTY.bank, { ...PARTY.issuer, mspId: MSP.contractor }), role('issuer')],
    ['a bank without the role', vouch({}, { ...PARTY.bank, roles: ['issuer'] }), role('bank')],
    ['an issuer without the role', vouch({}, PARTY.bank, { ...PARTY.issuer, roles: ['bank'] }), role('issuer')],
  ])('%s', (_what, outcome, expected) => {
    expect(outcome).toEqual(expected);
  });
});

describe('a certificate on which the bank has spoken', () => {
  const vouch = (changes: { confirmation?: object; status?: object; payee?: object; face?: object }): unknown =>
    found(() =>
      vouchConfirmed(vouchFace(changed(FACE, changes.face ?? {}), both), {
        payee: { ...PARTY.supplier, ...changes.payee },
        confirmation: changed(CONFIRMATION, changes.confirmation ?? {}),
        status: changes.status === undefined ? undefined : changed(OFFERED, changes.status),
      }),
    );
  it.each<[string, unknown, unknown]>([
    ['without a status', vouch({}), 'vouched'],
    ['with its status', vouch({ status: {} }), 'vouched'],
    [
      'the confirmation draws on no line',
      vouch({ confirmation: { lineId: undefined } }),
      mismatch('confirmation', CONFIRMATION.id),
    ],
    [
      'a rejection draws on a line',
      vouch({ confirmation: { outcome: 'REJECTED' } }),
      mismatch('confirmation', CONFIRMATION.id),
    ],
    ['the confirmation is of another', vouch({ confirmation: { id: other } }), mismatch('confirmation', other)],
    ['the status is of another', vouch({ status: { id: other } }), mismatch('status', TERMS.id)],
    ['the status is of another payee', vouch({ status: { payeeMsp: MSP.contractor } }), mismatch('status', TERMS.id)],
    ['the payee moved', vouch({ payee: { mspId: MSP.contractor } }), role('holder')],
    ['the face names another payee', vouch({ face: { payee: CONTRACTOR } }), role('holder')],
    ['the face names another organisation of the payee', vouch({ face: { payeeMsp: MSP.contractor } }), role('holder')],
    ['a suspended payee stays its payee', vouch({ payee: { status: 'SUSPENDED', roles: ['bank'] } }), 'vouched'],
  ])('%s', (_what, outcome, expected) => {
    expect(outcome).toEqual(expected);
  });
});

describe('terms and face', () => {
  const vouch = (changes: object, bank = PARTY.bank, issuer = PARTY.issuer): unknown =>
    found(() => vouchOffered(confirmed, vouchCertificate(changed(TERMS, changes), { bank, issuer })));
  const neighbourBank = { ...PARTY.otherBank, mspId: MSP.bank };
  const neighbourIssuer = { ...PARTY.contractor, mspId: MSP.issuer, roles: ['issuer' as const] };
  it.each<[string, unknown, unknown]>([
    ['belong together', vouch({}), 'vouched'],
    ['of another certificate', vouch({ id: other }), mismatch('terms', other)],
    ['in another currency', vouch({ currency: 'KWD' }), mismatch('terms', TERMS.id)],
    ['due on another date', vouch({ dueDate: '2027-03-14' }), mismatch('terms', TERMS.id)],
    ['of another bank of the organisation', vouch({ bank: OTHER_BANK }, neighbourBank), mismatch('terms', TERMS.id)],
    [
      'of another issuer of the organisation',
      vouch({ issuer: CONTRACTOR }, PARTY.bank, neighbourIssuer),
      mismatch('terms', TERMS.id),
    ],
  ])('%s', (_what, outcome, expected) => {
    expect(outcome).toEqual(expected);
  });
});

describe('a slice', () => {
  const vouch = (changes: object, holder: object = {}): unknown =>
    found(() =>
      vouchSlice(changed(SLICE, changes), {
        ...{ certificate, holder: { ...PARTY.supplier, ...holder }, consolidation: undefined },
      }),
    );
  const elsewhere = idOf('otherBank', 'supplier', 'slice');
  it.each<[string, unknown, unknown]>([
    ['of this certificate', vouch({}), 'vouched'],
    ['of another certificate', vouch({ certificateId: other }), mismatch('slice', SLICE.id)],
    ['of other terms than were accepted', vouch({ termsHash: HASH }), mismatch('slice', SLICE.id)],
    ['in another currency', vouch({ currency: 'KWD' }), mismatch('slice', SLICE.id)],
    ['in the register of another bank', vouch({ id: elsewhere }), mismatch('slice', elsewhere)],
    ['of another holder', vouch({ holder: CONTRACTOR }), role('holder')],
    ['of the holder elsewhere', vouch({ holderMsp: MSP.contractor }), role('holder')],
    ['of a holder that moved', vouch({}, { mspId: MSP.contractor }), role('holder')],
    ['of a suspended holder', vouch({}, { status: 'SUSPENDED', roles: ['operator'] }), 'vouched'],
  ])('%s', (_what, outcome, expected) => {
    expect(outcome).toEqual(expected);
  });
});

describe.each(['line', 'claim'] as const)('a %s', (kind) => {
  const vouch = (changes: object, bank: object = {}, issuer: object = {}): unknown => {
    const vouchers = { bank: { ...PARTY.bank, ...bank }, issuer: { ...PARTY.issuer, ...issuer } };
    return found(() =>
      kind === 'line' ? vouchDeal(changed(LINE, changes), vouchers) : vouchDeal(changed(CLAIM, changes), vouchers),
    );
  };
  it.each<[string, unknown, unknown]>([
    ['of bank and issuer', vouch({}), 'vouched'],
    [
      'of one organisation',
      vouch({ issuerMsp: MSP.bank }, {}, { mspId: MSP.bank }),
      ['SAME_ORGANIZATION', { mspId: MSP.bank }],
    ],
    ['of another bank', vouch({ bank: OTHER_BANK }), role('bank')],
    ['of another organisation of the bank', vouch({ bankMsp: MSP.otherBank }), role('bank')],
    ['of another issuer', vouch({ issuer: CONTRACTOR }), role('issuer')],
    ['of another organisation of the issuer', vouch({ issuerMsp: MSP.contractor }), role('issuer')],
    ['of a bank without the role', vouch({}, { roles: ['issuer'] }), role('bank')],
    ['of an issuer without the role', vouch({}, {}, { roles: ['bank'] }), role('issuer')],
  ])('%s', (_what, outcome, expected) => {
    expect(outcome).toEqual(expected);
  });
});

describe('a presentment', () => {
  const apart = mismatch('presentment', PRESENTMENT.id);
  const vouch = (changes: object, named: object = {}): unknown =>
    found(() =>
      vouchPresentment(changed(PRESENTMENT, changes), {
        ...{ holder: PARTY.supplier, bank: PARTY.bank, payeeBank: PARTY.bank, standIn: PARTY.contractor },
        ...named,
      }),
    );
  const standIn = { party: CONTRACTOR, mspId: MSP.contractor };
  const elsewhere = { payeeBank: OTHER_BANK, payeeBankMsp: MSP.otherBank };
  it.each<[string, unknown, unknown]>([
    ['of its parties', vouch({}), 'vouched'],
    ['with a stand-in', vouch({ standIn }), 'vouched'],
    ['with a stand-in beside another bank', vouch({ standIn, ...elsewhere }, { payeeBank: PARTY.otherBank }), apart],
    ['with the bank as stand-in', vouch({ standIn: { ...standIn, mspId: MSP.bank } }), apart],
    ['with the holder as stand-in', vouch({ standIn: { ...standIn, mspId: MSP.supplier } }), apart],
    ['with a stand-in that is not registered', vouch({ standIn }, { standIn: undefined }), apart],
    ['with the stand-in elsewhere', vouch({ standIn: { ...standIn, mspId: MSP.otherBank } }), role('holder')],
    ['with another stand-in', vouch({ standIn: { ...standIn, party: OTHER_BANK } }), role('holder')],
    ['of another holder', vouch({ holder: CONTRACTOR }), role('holder')],
    ['of the holder elsewhere', vouch({ holderMsp: MSP.contractor }), role('holder')],
    ['of another bank', vouch({ bank: OTHER_BANK }), role('bank')],
    ['of the bank elsewhere', vouch({ bankMsp: MSP.otherBank }), role('bank')],
    ["of another bank of the payee's", vouch({ payeeBank: OTHER_BANK }), role('bank')],
    ["of the payee's bank elsewhere", vouch({ payeeBankMsp: MSP.otherBank }), role('bank')],
    ['of a bank that is none', vouch({}, { bank: { ...PARTY.bank, roles: ['supplier'] } }), role('bank')],
    [
      "of a payee's bank that is none",
      vouch({ payeeBank: SUPPLIER, payeeBankMsp: MSP.supplier }, { payeeBank: PARTY.supplier }),
      role('bank'),
    ],
  ])('%s', (_what, outcome, expected) => {
    expect(outcome).toEqual(expected);
  });
});
