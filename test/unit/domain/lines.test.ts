/** Lines: opened under four eyes, drawn within bounds, restored exactly. */
import { describe, expect, it } from '@jest/globals';
import { drawLine, openLine, restoreLine, type OpenLineFacts } from '../../../chaincode/src/domain/line.js';
import type { ParsedPrivate } from '../../../chaincode/src/protocol/commands/index.js';
import { codeOf } from '../protocol/support.js';
import {
  BANK,
  callerOf,
  CONTRACTOR,
  DUE,
  ISSUER,
  LINE,
  MSP,
  PARTY,
  SUPPLIER,
  TICKET,
  TODAY,
  TOMORROW,
} from './facts.js';
import { refusesInOrder, type Wrong } from './refusals.js';
import { wrongCallers, wrongTickets } from './wrongs.js';

describe('openLine', () => {
  interface Call {
    readonly secret: ParsedPrivate<'line:open'>;
    readonly facts: OpenLineFacts;
  }
  const good: Call = {
    secret: {
      bank: BANK,
      issuer: ISSUER,
      currency: 'USD',
      limit: '1000',
      expiresOn: TOMORROW,
      revolving: false,
      autoConfirm: true,
    },
    facts: { caller: callerOf('bank'), bank: PARTY.bank, issuer: PARTY.issuer, ticket: TICKET, businessDate: TODAY },
  };
  const open = ({ secret, facts }: Call): unknown =>
    openLine({ lineId: LINE.id, ticketId: TICKET.opened.id }, secret, facts);
  const facts = (changes: Partial<OpenLineFacts>) => (call: Call) => ({
    ...call,
    facts: { ...call.facts, ...changes },
  });

  refusesInOrder<Call>(open, good, [
    ...wrongCallers<Call>('bank', ['checker'], (caller) => facts({ caller })),
    ['PARTY_ROLE', 'the bank is none', facts({ bank: { ...PARTY.bank, roles: ['operator', 'issuer', 'supplier'] } })],
    ['PARTY_ROLE', 'the bank is suspended', facts({ bank: { ...PARTY.bank, status: 'SUSPENDED' } })],
    ['PARTY_ROLE', 'the issuer is none', facts({ issuer: { ...PARTY.issuer, roles: ['supplier', 'bank'] } })],
    ['PARTY_ROLE', 'the issuer is suspended', facts({ issuer: { ...PARTY.issuer, status: 'SUSPENDED' } })],
    [
      'SAME_ORGANIZATION',
      'issuer and bank live in one organisation',
      facts({ issuer: { ...PARTY.issuer, mspId: MSP.bank } }),
    ],
    ...wrongTickets<Call>((change) => (call) => facts({ ticket: change(call.facts.ticket) })(call)),
    ['LINE_EXPIRED', 'it ends today', (call) => ({ ...call, secret: { ...call.secret, expiresOn: TODAY } })],
  ]);

  it('writes an unused line into both books and spends the ticket', () => {
    const line = {
      ...{
        schema: 'tenor.line/1',
        id: LINE.id,
        bank: BANK,
        bankMsp: MSP.bank,
        issuer: ISSUER,
        issuerMsp: MSP.issuer,
        currency: 'USD',
      },
      ...{ limit: '1000', utilised: '0', expiresOn: TOMORROW, revolving: false, autoConfirm: true },
    };
    expect(open(good)).toEqual({
      writes: [
        { op: 'put', kind: 'line', id: LINE.id, record: line, books: [{ mspId: MSP.bank }, { mspId: MSP.issuer }] },
        { op: 'delete', kind: 'ticket', id: TICKET.opened.id, books: [{ mspId: MSP.bank }] },
      ],
    });
  });
});

describe('drawLine', () => {
  interface Call {
    readonly line: typeof LINE.record;
    readonly certificate: {
      readonly issuer: string;
      readonly issuerMsp: string;
      readonly bank: string;
      readonly bankMsp: string;
      readonly currency: string;
      readonly dueDate: string;
    };
    readonly amount: bigint;
  }
  const good: Call = {
    line: LINE.record,
    certificate: {
      ...{ issuer: ISSUER, issuerMsp: MSP.issuer, bank: BANK, bankMsp: MSP.bank, currency: 'USD', dueDate: DUE },
    },
    amount: 600n,
  };
  const draw = ({ line, certificate, amount }: Call): unknown => drawLine(line, certificate, amount);
  const of = (changes: Partial<Call['certificate']>) => (call: Call) => ({
    ...call,
    certificate: { ...call.certificate, ...changes },
  });
  const wrongs: readonly Wrong<Call>[] = [
    ['BATCH_MIXED', 'another issuer', of({ issuer: CONTRACTOR })],
    ['BATCH_MIXED', 'another bank', of({ bank: SUPPLIER }), { lineId: LINE.id }],
    // A line names its own register: one that names another is of whoever wrote it there.
    ['BATCH_MIXED', "the issuer's name in another organisation", of({ issuerMsp: MSP.bank })],
    ['BATCH_MIXED', "the bank's name in another organisation", of({ bankMsp: MSP.issuer })],
    ['CURRENCY_MISMATCH', 'another currency', of({ currency: 'CNY' })],
    ['LINE_EXPIRED', 'due a day after the line ends', of({ dueDate: '2028-01-01' }), { lineId: LINE.id }],
    ['LINE_EXCEEDED', 'one unit too much', (call) => ({ ...call, amount: 601n })],
  ];
  refusesInOrder<Call>(draw, good, wrongs);

  it.each([
    [600n, '1000'],
    [1n, '401'],
  ])('of 600 available draws %p', (amount, utilised) => {
    expect(draw({ ...good, amount })).toEqual({ ...LINE.record, utilised });
  });

  it('draws for a certificate due on the day the line ends', () => {
    expect(codeOf(() => draw(of({ dueDate: '2027-12-31' })(good)))).toEqual({
      answered: { ...LINE.record, utilised: '1000' },
    });
  });

  it('counts beyond what a float holds', () => {
    const line = { ...LINE.record, limit: '9007199254740993', utilised: '1' };
    expect(drawLine(line, good.certificate, 9_007_199_254_740_992n).utilised).toBe('9007199254740993');
    expect(codeOf(() => drawLine(line, good.certificate, 9_007_199_254_740_993n))).toBe('LINE_EXCEEDED');
  });
});

describe('restoreLine', () => {
  it('undoes a draw exactly', () => {
    expect(restoreLine(LINE.record, 400n)).toEqual({ ...LINE.record, utilised: '0' });
    expect(restoreLine(LINE.record, 1n).utilised).toBe('399');
  });

  it('never restores more than was drawn: that would be a bug, not a refusal', () => {
    expect(() => restoreLine(LINE.record, 401n)).toThrow('restored beyond');
  });
});
