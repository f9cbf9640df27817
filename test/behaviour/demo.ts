/**
 * What the demo's document must say, written by hand from the deal: USD 34,000,000.00 and CNY 39,000,000.00 issued to the
 * supplier, USD 4,000,000.00 passed on to the contractor, everything paid. What is settled afterwards is in demoAfterwards.ts.
 */
import { expect } from '@jest/globals';
import { resolve } from 'node:path';
import { POSITIONS_AFTERWARDS, REFUSALS_AFTERWARDS, SEEN_AFTERWARDS, STEPS_AFTERWARDS } from './demoAfterwards.js';
import type { Position } from '../../examples/ansteel-rio-tinto/demo/positions.js';
import type { Outcome } from '../../examples/ansteel-rio-tinto/demo/print.js';

/** The demo as `npm run demo` runs it. */
export const DEMO = resolve(__dirname, '../../examples/dist/ansteel-rio-tinto/run.js');

/** The last that a demo prints which stays: the command that splits the free slice. */
export const LEFT_TO_DO = /run in another terminal:\n {2}(.+)\n/;

/** Who, what, and the organisations whose endorsement it needs: those whose books it writes, and none besides. */
const STEPS = `
issuer (ansteel) Admin       bootstrap the registry                                          majority
issuer (ansteel) Admin       propose parties, policy, calendar                               majority
bank (icbc) Admin         approve parties, policy, calendar                               majority
supplier (rio-tinto) Admin     approve parties, policy, calendar                               majority
issuer (ansteel) Admin      propose business date 2026-11-23                                majority
bank (icbc) Admin          approve business date 2026-11-23                                majority
supplier (rio-tinto) Admin approve business date 2026-11-23                                majority
bank (icbc) Maker         prepare line USD 36000000.00                                    BankMSP
bank (icbc) Checker       open line USD 36000000.00                                       BankMSP IssuerMSP
bank (icbc) Maker         prepare line CNY 40000000.00                                    BankMSP
bank (icbc) Checker       open line CNY 40000000.00                                       BankMSP IssuerMSP
issuer (ansteel) Maker       claim documents/invoice-usd.xml                                 BankMSP IssuerMSP SupplierMSP
bank (icbc) Checker       confirm documents/invoice-usd.xml                               BankMSP IssuerMSP
issuer (ansteel) Maker       claim documents/bill-of-lading-usd.json                         BankMSP IssuerMSP SupplierMSP
bank (icbc) Checker       confirm documents/bill-of-lading-usd.json                       BankMSP IssuerMSP
issuer (ansteel) Maker       draft USD 34000000.00                                           IssuerMSP
issuer (ansteel) Checker     submit                                                          BankMSP IssuerMSP
bank (icbc) Maker         prepare the confirmation                                        BankMSP
bank (icbc) Checker       confirm                                                         BankMSP IssuerMSP
bank (icbc) Checker       offer to the payee                                              BankMSP SupplierMSP
supplier (rio-tinto) Checker   accept: the root slice                                          BankMSP SupplierMSP
issuer (ansteel) Maker       claim documents/invoice-cny.xml                                 BankMSP IssuerMSP SupplierMSP
bank (icbc) Checker       confirm documents/invoice-cny.xml                               BankMSP IssuerMSP
issuer (ansteel) Maker       claim documents/bill-of-lading-cny.json                         BankMSP IssuerMSP SupplierMSP
bank (icbc) Checker       confirm documents/bill-of-lading-cny.json                       BankMSP IssuerMSP
issuer (ansteel) Maker       draft CNY 39000000.00                                           IssuerMSP
issuer (ansteel) Checker     submit; the line confirms at once                               BankMSP IssuerMSP
bank (icbc) Checker       offer to the payee                                              BankMSP SupplierMSP
supplier (rio-tinto) Checker   accept: the root slice                                          BankMSP SupplierMSP
issuer (ansteel) Maker       claim documents/invoice-over-line.xml                           BankMSP IssuerMSP SupplierMSP
bank (icbc) Checker       confirm documents/invoice-over-line.xml                         BankMSP IssuerMSP
issuer (ansteel) Checker     draft USD 5000000.00                                            IssuerMSP
issuer (ansteel) Maker       draft USD 5000000.00                                            IssuerMSP
issuer (ansteel) Checker     submit                                                          BankMSP IssuerMSP
bank (icbc) Maker         prepare a confirmation                                          BankMSP
supplier (rio-tinto) Checker   split the slice                                                 BankMSP SupplierMSP
supplier (rio-tinto) Maker     prepare the transfer                                            SupplierMSP
supplier (rio-tinto) Checker   offer USD 4000000.00                                            BankMSP ContractorMSP SupplierMSP
contractor (pilbara-mining) Checker accept the slice                                                BankMSP ContractorMSP
supplier (rio-tinto) Maker     prepare a second transfer                                       SupplierMSP
issuer (ansteel) Admin      propose business date 2027-03-23                                majority
bank (icbc) Admin          approve business date 2027-03-23                                majority
supplier (rio-tinto) Admin approve business date 2027-03-23                                majority
supplier (rio-tinto) Maker     prepare the presentment                                         SupplierMSP
supplier (rio-tinto) Checker   present USD 30000000.00                                         BankMSP SupplierMSP
bank (icbc) Checker       report ACSP from payments/in-process.pacs.002.xml               BankMSP
bank (icbc) Maker         prepare a false attestation                                     BankMSP
bank (icbc) Maker         prepare the attestation                                         BankMSP
bank (icbc) Checker       attest the credit from payments/rio-tinto-usd.camt.054.xml      BankMSP
supplier (rio-tinto) Maker     prepare the acknowledgement                                     SupplierMSP
supplier (rio-tinto) Checker   acknowledge the money                                           BankMSP SupplierMSP
bank (icbc) Checker       report ACCC from payments/rio-tinto-usd.pacs.002.xml            BankMSP
bank (icbc) Checker       discharge: the slice is paid                                      BankMSP SupplierMSP
contractor (pilbara-mining) Maker   prepare the presentment                                         ContractorMSP
contractor (pilbara-mining) Checker present USD 4000000.00                                          BankMSP ContractorMSP
bank (icbc) Checker       report ACCC from payments/pilbara-mining-usd.pacs.002.xml       BankMSP
bank (icbc) Maker         prepare the attestation                                         BankMSP
bank (icbc) Checker       attest the credit from payments/pilbara-mining-usd.camt.054.xml BankMSP
contractor (pilbara-mining) Maker   prepare the acknowledgement                                     ContractorMSP
contractor (pilbara-mining) Checker acknowledge the money                                           BankMSP ContractorMSP
bank (icbc) Checker       discharge: the slice is paid                                      BankMSP ContractorMSP
supplier (rio-tinto) Maker     prepare the presentment                                         SupplierMSP
supplier (rio-tinto) Checker   present CNY 39000000.00                                         BankMSP SupplierMSP
bank (icbc) Checker       report ACCC from payments/rio-tinto-cny.pacs.002.xml            BankMSP
bank (icbc) Maker         prepare the attestation                                         BankMSP
bank (icbc) Checker       attest the credit from payments/rio-tinto-cny.camt.054.xml      BankMSP
supplier (rio-tinto) Maker     prepare the acknowledgement                                     SupplierMSP
supplier (rio-tinto) Checker   acknowledge the money                                           BankMSP SupplierMSP
bank (icbc) Checker       discharge: the slice is paid                                      BankMSP SupplierMSP
bank (icbc) Checker       redeem: count what is paid, restore the line                                        BankMSP IssuerMSP
bank (icbc) Checker       redeem: count what is paid, restore the line                                        BankMSP IssuerMSP
`;

/** Steps that all organisations take side by side, in any order. */
const SIDE_BY_SIDE = `
bank (icbc) Admin         adopt the founding                                              BankMSP
bank (icbc) Admin         propose operators                                               majority
bank (icbc) Admin2        approve operators                                               majority
contractor (pilbara-mining) Admin   adopt the founding                                              ContractorMSP
contractor (pilbara-mining) Admin   propose operators                                               majority
contractor (pilbara-mining) Admin2  approve operators                                               majority
issuer (ansteel) Admin       adopt the founding                                              IssuerMSP
issuer (ansteel) Admin       propose operators                                               majority
issuer (ansteel) Admin2      approve operators                                               majority
operator (baowu) Admin     adopt the founding                                              OperatorMSP
operator (baowu) Admin     propose operators                                               majority
operator (baowu) Admin2    approve operators                                               majority
second-bank (harbour) Admin adopt the founding SecondBankMSP
second-bank (harbour) Admin propose operators majority
second-bank (harbour) Admin2 approve operators majority
supplier (rio-tinto) Admin     adopt the founding                                              SupplierMSP
supplier (rio-tinto) Admin     propose operators                                               majority
supplier (rio-tinto) Admin2    approve operators                                               majority
third-bank (southern) Admin adopt the founding ThirdBankMSP
third-bank (southern) Admin propose operators majority
third-bank (southern) Admin2 approve operators majority
`;

const REFUSALS = [
  ['issuer (ansteel) Maker', 'finance one invoice twice, its number retyped', 'DOCUMENT_CLAIMED'],
  ['issuer (ansteel) Checker', 'check what one has made oneself', 'SAME_PERSON'],
  ['bank (icbc) Checker', 'issue above the line', 'LINE_EXCEEDED'],
  ['supplier (rio-tinto) Checker', 'transfer a slice twice', 'OPENING_MISMATCH'],
  ['supplier (rio-tinto) Checker', 'forge an opening: twice the amount', 'OPENING_MISMATCH'],
  ['operator (baowu) Checker', 'read a certificate as a stranger', 'NOT_FOUND'],
  ['operator (baowu) Checker', 'move a slice as a stranger who got hold of its opening', 'CALLER_NOT_ALLOWED'],
  ['bank (icbc) Checker', 'attest a camt.054 of another account', 'ACCOUNT_MISMATCH'],
  ['bank (icbc) Checker', 'discharge on a pacs.002 that says ACSP', 'PAYMENT_NOT_FINAL'],
];

/** By holder. The former holder's copy of what it passed on is superseded; the operator, no party, has no position. */
const POSITIONS = [
  'contractor (pilbara-mining), Pilbara Mining Contractors: slice USD 4000000.00 PAID at bank contractor, superseded at supplier',
  'issuer (ansteel), Ansteel International Trade: line CNY 40000000.00 0.00 drawn at bank issuer',
  'issuer (ansteel), Ansteel International Trade: line USD 36000000.00 0.00 drawn at bank issuer',
  'supplier (rio-tinto), Rio Tinto Iron Ore: slice CNY 39000000.00 PAID at bank supplier',
  'supplier (rio-tinto), Rio Tinto Iron Ore: slice USD 30000000.00 PAID at bank supplier',
  'supplier (rio-tinto), Rio Tinto Iron Ore: slice USD 34000000.00 SPENT at bank supplier',
];

/** Who is who: the names that steps and positions use, and each organisation's MSP. */
const CAST = [
  ['issuer (ansteel)', 'Ansteel International Trade', 'IssuerMSP'],
  ['bank (icbc)', 'Industrial and Commercial Bank of China', 'BankMSP'],
  ['supplier (rio-tinto)', 'Rio Tinto Iron Ore', 'SupplierMSP'],
  ['contractor (pilbara-mining)', 'Pilbara Mining Contractors', 'ContractorMSP'],
  ['operator (baowu)', 'Baowu settlement platform', 'OperatorMSP'],
  ['second-bank (harbour)', 'Harbour Bank', 'SecondBankMSP'],
  ['third-bank (southern)', 'Southern Bank', 'ThirdBankMSP'],
];

const whole = (certificate: string, currency: string, face: string): object => ({
  ...{ certificate, currency, face, paid: face, live: '0.00', holds: true },
});

const rows = (table: string): string[] =>
  table
    .trim()
    .split('\n')
    .map((row) => row.replace(/ +/g, ' '));

const ORGANIZATIONS = [
  ...['BankMSP', 'ContractorMSP', 'IssuerMSP', 'OperatorMSP', 'SupplierMSP', 'SecondBankMSP', 'ThirdBankMSP'],
];

/** The registry is public: the gateway chooses any four of the seven, so that only that is said here. */
function endorsedBy(endorsers: readonly string[]): string {
  const known = endorsers.filter((mspId) => ORGANIZATIONS.includes(mspId));
  return new Set(known).size >= 4 ? 'majority' : endorsers.join(' ');
}

const PUBLIC = /^(bootstrap|propose|approve) /;

/** Holds the document of a whole run against what it must say. */
export function expectWholeDeal(document: string, engine: 'devnet' | 'fabric'): void {
  const outcome = JSON.parse(document) as Outcome;
  expect(outcome).toMatchObject({ engine, ok: true });
  const sideBySide = rows(SIDE_BY_SIDE);
  const taken = outcome.steps.map(({ who, what, endorsers }) =>
    [who, what, PUBLIC.test(what) ? endorsedBy(endorsers) : endorsers.join(' ')].join(' '),
  );
  expect(taken.filter((row) => !sideBySide.includes(row))).toEqual([...rows(STEPS), ...STEPS_AFTERWARDS]);
  expect(taken.filter((row) => sideBySide.includes(row)).sort()).toEqual(sideBySide);
  expect(outcome.refusals.map(({ who, what, code }) => [who, what, code])).toEqual([
    ...REFUSALS,
    ...REFUSALS_AFTERWARDS,
  ]);
  expect(outcome.afterwards).toEqual(SEEN_AFTERWARDS);
  expectLedger(outcome);
  expect(outcome.cast.map(({ name, company, mspId }) => [name, company, mspId])).toEqual(CAST);
  expect(outcome.trade.worth).toBe('CNY 260000000.00, or USD 40000000.00');
  expect(outcome.trade.promises[0]).toBe(
    'certificate-usd: Ansteel International Trade promises Rio Tinto Iron Ore USD 34000000.00 on 2027-03-23, ' +
      'confirmed by Industrial and Commercial Bank of China',
  );
  const positions = outcome.positions.map(positionRow);
  expect(positions.sort()).toEqual([...POSITIONS, ...POSITIONS_AFTERWARDS].sort());
  expect(outcome.conservation).toEqual([
    whole('certificate-usd', 'USD', '34000000.00'),
    whole('certificate-cny', 'CNY', '39000000.00'),
  ]);
}

function positionRow({ holder, company, kind, currency, amount, state, books, superseded }: Position): string {
  const at = [...books].sort().join(' ');
  const old = superseded.length > 0 ? `, superseded at ${superseded.join(' ')}` : '';
  return `${holder}, ${company}: ${kind} ${currency} ${amount} ${state} at ${at}${old}`;
}

/** Every step is a transaction of its own in a block; the operator keeps all blocks and holds no record. */
function expectLedger({ steps, operator }: Outcome): void {
  const ids = steps.map(({ transactionId }) => transactionId);
  expect(new Set(ids).size).toBe(steps.length);
  expect(ids.filter((id) => !/^[0-9a-f]{64}$/.test(id ?? ''))).toEqual([]);
  const inOrder = steps.filter(({ what }) => !/adopt|operators/.test(what)).map(({ block }) => Number(block));
  expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
  expect(operator.records).toBe(0);
  expect(operator.blocks).toBeGreaterThan(Math.max(...inOrder));
}
