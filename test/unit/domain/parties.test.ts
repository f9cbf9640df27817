/** Who may act at all: roles, bindings, duties, tickets. */
import { describe, expect, it } from '@jest/globals';
import { assertActsFor, assertAdministrator, assertDuty, type Caller } from '../../../chaincode/src/domain/callers.js';
import { atIndex, eachItem } from '../../../chaincode/src/domain/items.js';
import {
  assertApart,
  assertBankAndIssuer,
  assertBound,
  assertRole,
  isSameDeal,
} from '../../../chaincode/src/domain/parties.js';
import { spendTicket } from '../../../chaincode/src/domain/tickets.js';
import { TenorError } from '../../../chaincode/src/protocol/errors.js';
import { BANK, HASH, idOf, MSP, opened, OTHER_BANK, PARTY, TERMS, TODAY } from '../../commands/support/facts.js';
import { codeOf } from '../protocol/support.js';

const YES = { answered: undefined };
const refusal = (rule: () => void): unknown => codeOf(rule, true);
const person = (letter: string): string => letter.repeat(64);

describe('assertRole', () => {
  const bank = { ...PARTY.bank, roles: ['bank' as const, 'supplier' as const] };
  it.each([
    [bank, ['bank'], YES],
    [bank, ['supplier'], YES],
    [bank, ['issuer', 'supplier'], YES],
    [bank, ['issuer'], ['PARTY_ROLE', { role: 'issuer' }]],
    [bank, ['issuer', 'regulator'], ['PARTY_ROLE', { role: 'issuer|regulator' }]],
    [{ ...bank, status: 'SUSPENDED' as const }, ['bank'], ['PARTY_ROLE', { role: 'bank' }]],
  ] as const)('%#', (party, roles, outcome) => {
    expect(
      refusal(() => {
        assertRole(party, ...roles);
      }),
    ).toEqual(outcome);
  });
});

describe('bank and issuer', () => {
  const named = TERMS.record;
  const ask = (bank: typeof PARTY.bank, issuer: typeof PARTY.issuer, changes: object = {}): unknown =>
    refusal(() => {
      assertBankAndIssuer({ ...named, ...changes }, bank, issuer);
    });
  const suspended = { status: 'SUSPENDED' as const };

  it.each<[string, unknown, unknown]>([
    ['are those of the registry', ask(PARTY.bank, PARTY.issuer), YES],
    [
      'stay bound when they are suspended',
      ask({ ...PARTY.bank, ...suspended }, { ...PARTY.issuer, ...suspended }),
      YES,
    ],
    ['the bank moved', ask({ ...PARTY.bank, mspId: 'X' }, PARTY.issuer), ['PARTY_ROLE', { role: 'bank' }]],
    ['the bank is none', ask({ ...PARTY.bank, roles: ['issuer'] }, PARTY.issuer), ['PARTY_ROLE', { role: 'bank' }]],
    ['the bank is another', ask(PARTY.otherBank, PARTY.issuer), ['PARTY_ROLE', { role: 'bank' }]],
    ['the issuer moved', ask(PARTY.bank, { ...PARTY.issuer, mspId: 'X' }), ['PARTY_ROLE', { role: 'issuer' }]],
    ['the issuer is none', ask(PARTY.bank, { ...PARTY.issuer, roles: ['bank'] }), ['PARTY_ROLE', { role: 'issuer' }]],
    ['the issuer is another', ask(PARTY.bank, PARTY.contractor), ['PARTY_ROLE', { role: 'issuer' }]],
    [
      'are one organisation',
      ask(PARTY.bank, { ...PARTY.issuer, mspId: MSP.bank }, { issuerMsp: MSP.bank }),
      ['SAME_ORGANIZATION', { mspId: MSP.bank }],
    ],
  ])('%s', (_what, found, outcome) => {
    expect(found).toEqual(outcome);
  });

  it('are apart, and a deal is the same only in all four', () => {
    expect(
      refusal(() => {
        assertApart({ bankMsp: 'A', issuerMsp: 'B' });
      }),
    ).toEqual(YES);
    expect(
      refusal(() => {
        assertApart({ bankMsp: 'A', issuerMsp: 'A' });
      }),
    ).toEqual(['SAME_ORGANIZATION', { mspId: 'A' }]);
    const others = [{ bank: OTHER_BANK }, { bankMsp: 'X' }, { issuer: BANK }, { issuerMsp: 'X' }];
    expect([{}, ...others].map((changes) => isSameDeal(named, { ...named, ...changes }))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

it('binds a party without a role by organisation and id alone', () => {
  const bound = (changes: object): unknown =>
    refusal(() => {
      assertBound({ ...PARTY.supplier, ...changes }, PARTY.supplier.id, MSP.supplier, undefined);
    });
  expect(bound({ roles: ['operator'], status: 'SUSPENDED' })).toEqual(YES);
  expect([bound({ mspId: 'X' }), bound({ id: BANK })]).toEqual(Array(2).fill(['PARTY_ROLE', { role: 'holder' }]));
});

describe('callers', () => {
  const operator = { schema: 'tenor.operator/1' as const, mspId: MSP.bank, identity: person('c'), version: 1 };
  const caller = (changes: Partial<Caller['operator']> = {}): Caller => ({
    ...{ mspId: MSP.bank, identity: person('c'), admin: false },
    operator: { ...operator, duties: ['viewer', 'maker'], parties: [OTHER_BANK, BANK], ...changes },
  });
  const acts = (who: Caller, mspId: string, duties: ('maker' | 'checker')[], commits = false): unknown =>
    codeOf(() => {
      assertActsFor(who, { party: PARTY.bank, mspId }, duties, commits);
    });

  it('act with one of several duties for one of several parties, in the organisation that the records name', () => {
    expect(acts(caller(), MSP.bank, ['checker', 'maker'])).toEqual(YES);
    expect(acts(caller(), MSP.bank, ['checker'])).toBe('CALLER_NOT_ALLOWED');
    expect(acts(caller(), MSP.issuer, ['maker'])).toBe('CALLER_NOT_ALLOWED');
    expect(acts({ ...caller(), mspId: MSP.issuer }, MSP.bank, ['maker'])).toBe('CALLER_NOT_ALLOWED');
    expect(acts({ ...caller(), mspId: MSP.issuer }, MSP.issuer, ['maker'])).toBe('CALLER_NOT_ALLOWED');
  });

  it('of a suspended party end what it began, and take on nothing', () => {
    const suspended = { ...PARTY.bank, status: 'SUSPENDED' as const };
    const ask = (commits: boolean): unknown =>
      refusal(() => {
        assertActsFor(caller(), { party: suspended, mspId: MSP.bank }, ['maker'], commits);
      });
    expect([ask(false), ask(true)]).toEqual([YES, ['PARTY_SUSPENDED', { party: BANK }]]);
  });

  it('are administrators by their certificate, operators by the registry', () => {
    expect(
      codeOf(() => {
        assertAdministrator({ ...caller(), admin: true });
      }),
    ).toEqual(YES);
    expect(
      codeOf(() => {
        assertAdministrator(caller());
      }),
    ).toBe('CALLER_NOT_ADMIN');
    expect(
      codeOf(() => {
        assertDuty({ ...caller(), admin: true, operator: undefined }, ['maker']);
      }),
    ).toBe('CALLER_NOT_REGISTERED');
  });
});

describe('spendTicket', () => {
  const ticket = opened('ticket', {
    ...{
      schema: 'tenor.ticket/1',
      id: idOf('bank', 'bank', 'ticket'),
      party: BANK,
      command: 'line:open',
      payload: '{}',
    },
    ...{ maker: person('a'), expiresOn: TODAY, salt: HASH },
  });
  const asked = { command: 'line:open', payload: '{}', party: BANK };
  const checker: Caller = { mspId: MSP.bank, identity: person('c'), admin: false, operator: undefined };
  const spend = (changes: Partial<typeof asked>, date = TODAY, who = checker): unknown =>
    codeOf(() => spendTicket(ticket, { ...asked, ...changes }, who, date), true);
  const mismatch = ['TICKET_MISMATCH', { ticketId: ticket.id }];

  it('is spent by what it was prepared for, once, on its last day', () => {
    expect(spend({})).toEqual({ answered: { op: 'delete', kind: 'ticket', id: ticket.id, register: MSP.bank } });
  });

  it.each<[string, unknown, unknown]>([
    ['another command', spend({ command: 'slice:offer' }), mismatch],
    ['another content', spend({ payload: '{"a":1}' }), mismatch],
    ['another party', spend({ party: OTHER_BANK }), mismatch],
    ['its maker', spend({}, TODAY, { ...checker, identity: person('a') }), ['SAME_PERSON', {}]],
    ['a day later', spend({}, '2026-11-24'), ['TICKET_EXPIRED', { ticketId: ticket.id }]],
    [
      'its maker, for another command',
      spend({ command: 'x:y' }, TODAY, { ...checker, identity: person('a') }),
      mismatch,
    ],
  ])('is refused to %s', (_what, found, outcome) => {
    expect(found).toEqual(outcome);
  });
});

describe('items', () => {
  it('add the index to a refusal and leave every other error alone', () => {
    const bug = new Error('a bug');
    expect(atIndex(bug, 3)).toBe(bug);
    const refused = atIndex(new TenorError('STATE', { state: 'PAID' }), 3);
    expect([refused.code, refused.data]).toEqual(['STATE', { state: 'PAID', index: '3' }]);
  });

  it('are ruled on in order, and the first that is refused says which it is', () => {
    const rule = (item: number): number => {
      if (item > 1) throw new TenorError('STATE');
      return item * 10;
    };
    expect(eachItem([0, 1], rule)).toEqual([0, 10]);
    expect(codeOf(() => eachItem([0, 1, 2, 3], rule), true)).toEqual(['STATE', { index: '2' }]);
  });
});
