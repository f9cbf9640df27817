/** Lines: drawn within bounds for certificates of their own parties and currency, and given back exactly. */
import { describe, expect, it } from '@jest/globals';
import { assertLineOf, draw, drawingOf, drawnLine, giveBack } from '../../../chaincode/src/domain/lines.js';
import { money } from '../../../chaincode/src/domain/money.js';
import { vouchDeal, type Vouched } from '../../../chaincode/src/domain/vouched.js';
import { BANK, changed, CONTRACTOR, DUE, ISSUER, LINE, MSP, PARTY, SUPPLIER } from '../../commands/support/facts.js';
import { codeOf } from '../protocol/support.js';

const vouched = (changes: Partial<typeof LINE.record> = {}): Vouched<'line'> =>
  vouchDeal(changed(LINE, changes), { bank: PARTY.bank, issuer: PARTY.issuer });
const certificate = { issuer: ISSUER, issuerMsp: MSP.issuer, bank: BANK, bankMsp: MSP.bank, dueDate: DUE };
const drawn = (line: Vouched<'line'>, amount: string, changes: object = {}, currency = 'USD'): unknown =>
  codeOf(() => drawnLine(draw(drawingOf(line), { ...certificate, ...changes }, money(currency, amount))), true);
const of = (utilised: string): unknown => ({ answered: { ...LINE.record, utilised } });

describe('draw', () => {
  it.each<[string, object, string, string, unknown]>([
    ['all that is available', {}, 'USD', '600', of('1000')],
    ['one unit', {}, 'USD', '1', of('401')],
    ['for a certificate due on the day the line ends', { dueDate: '2027-12-31' }, 'USD', '600', of('1000')],
    ['for another issuer', { issuer: CONTRACTOR }, 'USD', '1', ['LINE_FOREIGN', { lineId: LINE.id }]],
    ['for another bank', { bank: SUPPLIER }, 'USD', '1', ['LINE_FOREIGN', { lineId: LINE.id }]],
    ["for the issuer's name elsewhere", { issuerMsp: MSP.bank }, 'USD', '1', ['LINE_FOREIGN', { lineId: LINE.id }]],
    ["for the bank's name elsewhere", { bankMsp: MSP.issuer }, 'USD', '1', ['LINE_FOREIGN', { lineId: LINE.id }]],
    ['in another currency', {}, 'CNY', '1', ['CURRENCY_MISMATCH', {}]],
    ['for one due after it ends', { dueDate: '2028-01-01' }, 'USD', '1', ['LINE_EXPIRED', { lineId: LINE.id }]],
    ['one unit too much', {}, 'USD', '601', ['LINE_EXCEEDED', { lineId: LINE.id }]],
    [
      'too much, for one due after it ends',
      { dueDate: '2028-01-01' },
      'USD',
      '601',
      ['LINE_EXPIRED', { lineId: LINE.id }],
    ],
    ['too much, in another currency', {}, 'CNY', '601', ['CURRENCY_MISMATCH', {}]],
  ])('%s', (_what, changes, currency, amount, outcome) => {
    expect(drawn(vouched(), amount, changes, currency)).toEqual(outcome);
  });

  it('counts what was drawn before in one decision', () => {
    const half = draw(drawingOf(vouched()), certificate, money('USD', '300'));
    expect(drawnLine(draw(half, certificate, money('USD', '300'))).utilised).toBe('1000');
    expect(codeOf(() => draw(half, certificate, money('USD', '301')))).toBe('LINE_EXCEEDED');
  });

  it('counts beyond what a float holds', () => {
    const large = vouched({ limit: '9007199254740993', utilised: '1' });
    expect(drawn(large, '9007199254740992')).toMatchObject({ answered: { utilised: '9007199254740993' } });
    expect(drawn(large, '9007199254740993')).toEqual(['LINE_EXCEEDED', { lineId: LINE.id }]);
  });
});

describe('giveBack', () => {
  const back = (amount: string, currency = 'USD'): unknown =>
    codeOf(() => drawnLine(giveBack(drawingOf(vouched()), money(currency, amount))));
  it('undoes a draw exactly', () => {
    expect([back('400'), back('1')]).toEqual([of('0'), of('399')]);
  });

  it('gives nothing back in another currency', () => {
    expect(back('1', 'KWD')).toBe('CURRENCY_MISMATCH');
  });

  it('never gives more back than was drawn: only a bank with changed chaincode can have such a line', () => {
    expect(back('401')).toBe('LINE_UNDRAWN');
  });
});

it('belongs to certificates of its own bank and issuer alone', () => {
  const belongs = (changes: object): unknown =>
    codeOf(() => {
      assertLineOf(vouched(), { ...certificate, ...changes });
    });
  expect(belongs({})).toEqual({ answered: undefined });
  expect([{ bank: ISSUER }, { issuer: BANK }, { bankMsp: 'X' }, { issuerMsp: 'X' }].map(belongs)).toEqual(
    Array(4).fill('LINE_FOREIGN'),
  );
});
