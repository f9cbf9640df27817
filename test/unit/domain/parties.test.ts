/** Who may act at all: roles, vouchers, and the record of the caller. */
import { describe, expect, it } from '@jest/globals';
import { assertActsFor } from '../../../chaincode/src/domain/decision.js';
import { assertApart, assertRole, assertTwoVoices, assertVouched } from '../../../chaincode/src/domain/parties.js';
import { assertRoot } from '../../../chaincode/src/domain/slices.js';
import { atIndex } from '../../../chaincode/src/domain/roots.js';
import { TenorError } from '../../../chaincode/src/protocol/errors.js';
import { codeOf } from '../protocol/support.js';
import { BANK, callerOf, changed, idOf, MSP, PARTY, SLICE, TERMS } from './facts.js';

const YES = { answered: undefined };

describe('assertRole', () => {
  const bank = { ...PARTY.bank, roles: ['bank' as const, 'supplier' as const] };
  it.each([
    [bank, ['bank'], YES],
    [bank, ['supplier'], YES],
    [bank, ['issuer', 'supplier'], YES],
    [bank, ['issuer'], 'PARTY_ROLE'],
    [bank, ['issuer', 'regulator'], 'PARTY_ROLE'],
    [{ ...bank, status: 'SUSPENDED' as const }, ['bank'], 'PARTY_ROLE'],
  ] as const)('%#', (party, roles, outcome) => {
    expect(
      codeOf(() => {
        assertRole(party, ...roles);
      }),
    ).toEqual(outcome);
  });

  it('names the role that is missing', () => {
    expect(
      codeOf(() => {
        assertRole(bank, 'issuer', 'regulator');
      }, true),
    ).toEqual(['PARTY_ROLE', { role: 'issuer|regulator' }]);
  });
});

it('says which of the two does not vouch', () => {
  const terms = TERMS.record;
  const ask = (bank: typeof PARTY.bank, issuer: typeof PARTY.issuer): unknown =>
    codeOf(() => {
      assertVouched(terms, bank, issuer);
    }, true);
  expect(ask(PARTY.bank, PARTY.issuer)).toEqual(YES);
  expect(ask({ ...PARTY.bank, mspId: 'X' }, PARTY.issuer)).toEqual(['PARTY_ROLE', { role: 'bank' }]);
  expect(ask(PARTY.bank, { ...PARTY.issuer, mspId: 'X' })).toEqual(['PARTY_ROLE', { role: 'issuer' }]);
});

it('hears two voices only where two organisations speak', () => {
  const ask = (issuerMsp: string, bankMsp: string): unknown =>
    codeOf(() => {
      assertTwoVoices({ issuerMsp, bankMsp });
    }, true);
  expect(ask(MSP.issuer, MSP.bank)).toEqual(YES);
  expect(ask(MSP.issuer, MSP.issuer)).toEqual(['SAME_ORGANIZATION', { mspId: MSP.issuer }]);
  expect(ask('IssuerMSP', 'issuerMSP')).toEqual(YES); // MSP ids differ by case too
});

it('keeps issuer and bank apart', () => {
  expect(
    codeOf(() => {
      assertApart(PARTY.issuer, PARTY.bank);
    }),
  ).toEqual(YES);
  expect(
    codeOf(() => {
      assertApart(PARTY.issuer, { ...PARTY.bank, mspId: MSP.issuer });
    }, true),
  ).toEqual(['SAME_ORGANIZATION', { mspId: MSP.issuer }]);
});

it('takes a slice with the terms of its own root only', () => {
  const other = changed(TERMS, { id: idOf('certificate', 2) });
  expect(
    codeOf(() => {
      assertRoot(SLICE, TERMS);
    }),
  ).toEqual(YES);
  expect(
    codeOf(() => {
      assertRoot(SLICE, other);
    }, true),
  ).toEqual(['OPENING_MISMATCH', { kind: 'terms', id: other.id }]);
});

describe('assertActsFor', () => {
  it('takes one of several duties for one of several parties', () => {
    const caller = callerOf('bank', ['viewer', 'maker']);
    const many = {
      ...caller,
      operator: { ...callerOf('bank').operator, duties: ['viewer', 'maker'], parties: [PARTY.otherBank.id, BANK] },
    } as typeof caller;
    expect(
      codeOf(() => {
        assertActsFor(many, BANK, MSP.bank, ['checker', 'maker']);
      }),
    ).toEqual(YES);
    expect(
      codeOf(() => {
        assertActsFor(many, BANK, MSP.bank, ['checker']);
      }),
    ).toBe('CALLER_NOT_ALLOWED');
    expect(
      codeOf(() => {
        assertActsFor(many, BANK, MSP.issuer, ['maker']);
      }),
    ).toBe('CALLER_NOT_ALLOWED');
  });
});

it('adds the index to a refusal and leaves every other error alone', () => {
  const bug = new Error('a bug');
  expect(atIndex(bug, 3)).toBe(bug);
  const refusal = atIndex(new TenorError('STATE', { state: 'PAID' }), 3);
  expect([refusal.code, refusal.data]).toEqual(['STATE', { state: 'PAID', index: '3' }]);
});
