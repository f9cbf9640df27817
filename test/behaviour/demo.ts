/**
 * What the demo's document must say, written by hand from the deal: USD 34,000,000.00 and CNY 39,000,000.00 issued to the
 * supplier, USD 4,000,000.00 passed on to the contractor, everything paid.
 */
import { expect } from '@jest/globals';
import { resolve } from 'node:path';
import type { Outcome } from '../../examples/ansteel-rio-tinto/demo/print.js';

/** The demo as `npm run demo` runs it. */
export const DEMO = resolve(__dirname, '../../examples/dist/ansteel-rio-tinto/run.js');

/** Who, what, and the organisations whose endorsement it needs: those whose books it writes, and none besides. */
const STEPS = `
issuer/Admin       bootstrap the registry                                          majority
issuer/Admin       propose parties, policy, calendar                               majority
bank/Admin         approve parties, policy, calendar                               majority
supplier/Admin     approve parties, policy, calendar                               majority
operator/Checker   propose business date 2026-11-23                                majority
bank/Checker       approve business date 2026-11-23                                majority
bank/Maker         prepare line USD 36000000.00                                    BankMSP
bank/Checker       open line USD 36000000.00                                       BankMSP IssuerMSP
bank/Maker         prepare line CNY 40000000.00                                    BankMSP
bank/Checker       open line CNY 40000000.00                                       BankMSP IssuerMSP
issuer/Maker       claim documents/invoice-usd.xml                                 BankMSP IssuerMSP
issuer/Maker       claim documents/bill-of-lading-usd.json                         BankMSP IssuerMSP
issuer/Maker       draft USD 34000000.00                                           IssuerMSP
issuer/Checker     submit                                                          BankMSP IssuerMSP
bank/Maker         prepare the confirmation                                        BankMSP
bank/Checker       confirm                                                         BankMSP IssuerMSP
bank/Checker       offer to the payee                                              BankMSP SupplierMSP
supplier/Checker   accept: the root slice                                          BankMSP SupplierMSP
issuer/Maker       claim documents/invoice-cny.xml                                 BankMSP IssuerMSP
issuer/Maker       claim documents/bill-of-lading-cny.json                         BankMSP IssuerMSP
issuer/Maker       draft CNY 39000000.00                                           IssuerMSP
issuer/Checker     submit; the line confirms at once                               BankMSP IssuerMSP
bank/Checker       offer to the payee                                              BankMSP SupplierMSP
supplier/Checker   accept: the root slice                                          BankMSP SupplierMSP
issuer/Maker       claim documents/invoice-over-line.xml                           BankMSP IssuerMSP
issuer/Checker     draft USD 5000000.00                                            IssuerMSP
issuer/Maker       draft USD 5000000.00                                            IssuerMSP
issuer/Checker     submit                                                          BankMSP IssuerMSP
bank/Maker         prepare a confirmation                                          BankMSP
supplier/Checker   split the slice                                                 BankMSP SupplierMSP
supplier/Maker     prepare the transfer                                            SupplierMSP
supplier/Checker   offer USD 4000000.00                                            BankMSP ContractorMSP SupplierMSP
contractor/Checker accept the slice                                                BankMSP ContractorMSP
supplier/Maker     prepare a second transfer                                       SupplierMSP
operator/Checker   propose business date 2027-03-23                                majority
bank/Checker       approve business date 2027-03-23                                majority
supplier/Checker   present USD 30000000.00                                         BankMSP SupplierMSP
bank/Checker       report ACSP from payments/in-process.pacs.002.xml               BankMSP
bank/Maker         prepare a false attestation                                     BankMSP
bank/Maker         prepare the attestation                                         BankMSP
bank/Checker       attest the credit from payments/rio-tinto-usd.camt.054.xml      BankMSP
supplier/Checker   acknowledge the money                                           BankMSP SupplierMSP
bank/Checker       report ACCC from payments/rio-tinto-usd.pacs.002.xml            BankMSP
bank/Checker       release: the slice is paid                                      BankMSP SupplierMSP
contractor/Checker present USD 4000000.00                                          BankMSP ContractorMSP
bank/Checker       report ACCC from payments/pilbara-mining-usd.pacs.002.xml       BankMSP
bank/Maker         prepare the attestation                                         BankMSP
bank/Checker       attest the credit from payments/pilbara-mining-usd.camt.054.xml BankMSP
contractor/Checker acknowledge the money                                           BankMSP ContractorMSP
bank/Checker       release: the slice is paid                                      BankMSP ContractorMSP
supplier/Checker   present CNY 39000000.00                                         BankMSP SupplierMSP
bank/Checker       report ACCC from payments/rio-tinto-cny.pacs.002.xml            BankMSP
bank/Maker         prepare the attestation                                         BankMSP
bank/Checker       attest the credit from payments/rio-tinto-cny.camt.054.xml      BankMSP
supplier/Checker   acknowledge the money                                           BankMSP SupplierMSP
bank/Checker       release: the slice is paid                                      BankMSP SupplierMSP
bank/Checker       settle, restore the line                                        BankMSP IssuerMSP
bank/Checker       settle, restore the line                                        BankMSP IssuerMSP
`;

/** Steps that all organisations take side by side, in any order. */
const SIDE_BY_SIDE = `
bank/Admin         adopt the founding                                              BankMSP
bank/Admin         propose operators                                               majority
bank/Admin2        approve operators                                               majority
contractor/Admin   adopt the founding                                              ContractorMSP
contractor/Admin   propose operators                                               majority
contractor/Admin2  approve operators                                               majority
issuer/Admin       adopt the founding                                              IssuerMSP
issuer/Admin       propose operators                                               majority
issuer/Admin2      approve operators                                               majority
operator/Admin     adopt the founding                                              OperatorMSP
operator/Admin     propose operators                                               majority
operator/Admin2    approve operators                                               majority
supplier/Admin     adopt the founding                                              SupplierMSP
supplier/Admin     propose operators                                               majority
supplier/Admin2    approve operators                                               majority
`;

const REFUSALS = [
  ['issuer/Maker', 'finance one invoice twice, its number retyped', 'DOCUMENT_CLAIMED'],
  ['issuer/Checker', 'check what one has made oneself', 'SAME_PERSON'],
  ['bank/Checker', 'issue above the line', 'LINE_EXCEEDED'],
  ['supplier/Checker', 'transfer a slice twice', 'OPENING_MISMATCH'],
  ['supplier/Checker', 'forge an opening: twice the amount', 'OPENING_MISMATCH'],
  ['operator/Checker', 'read a certificate as a stranger', 'NOT_FOUND'],
  ['operator/Checker', 'move a slice as a stranger who got hold of its opening', 'CALLER_NOT_ALLOWED'],
  ['bank/Checker', 'settle on a camt.054 of another account', 'ACCOUNT_MISMATCH'],
  ['bank/Checker', 'settle on a pacs.002 that says ACSP', 'PAYMENT_NOT_FINAL'],
];

/** The former holder's copy of what it passed on is superseded; the operator, no party, has no position. */
const POSITIONS = [
  'bank line CNY 40000000.00 0.00 drawn current',
  'bank line USD 36000000.00 0.00 drawn current',
  'bank slice CNY 39000000.00 PAID current',
  'bank slice USD 30000000.00 PAID current',
  'bank slice USD 34000000.00 SPENT current',
  'bank slice USD 4000000.00 PAID current',
  'contractor slice USD 4000000.00 PAID current',
  'issuer line CNY 40000000.00 0.00 drawn current',
  'issuer line USD 36000000.00 0.00 drawn current',
  'supplier slice CNY 39000000.00 PAID current',
  'supplier slice USD 30000000.00 PAID current',
  'supplier slice USD 34000000.00 SPENT current',
  'supplier slice USD 4000000.00 OFFERED superseded',
];

const whole = (certificate: string, currency: string, face: string): object => ({
  ...{ certificate, currency, face, paid: face, live: '0.00', holds: true },
});

const rows = (table: string): string[] =>
  table
    .trim()
    .split('\n')
    .map((row) => row.replace(/ +/g, ' '));

const ORGANIZATIONS = ['BankMSP', 'ContractorMSP', 'IssuerMSP', 'OperatorMSP', 'SupplierMSP'];

/** The registry is public: the gateway chooses any three of the five, so that only that is said here. */
function endorsedBy(endorsers: readonly string[]): string {
  const known = endorsers.filter((mspId) => ORGANIZATIONS.includes(mspId));
  return new Set(known).size >= 3 ? 'majority' : endorsers.join(' ');
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
  expect(taken.filter((row) => !sideBySide.includes(row))).toEqual(rows(STEPS));
  expect(taken.filter((row) => sideBySide.includes(row)).sort()).toEqual(sideBySide);
  expect(outcome.refusals.map(({ who, what, code }) => [who, what, code])).toEqual(REFUSALS);
  expectLedger(outcome);
  const positions = outcome.positions.map(({ organization, record, amount, state, current }) =>
    [organization, record.replace(/ .*/, ''), amount, state, current ? 'current' : 'superseded'].join(' '),
  );
  expect(positions.sort()).toEqual(POSITIONS);
  expect(outcome.conservation).toEqual([
    whole('certificate-usd', 'USD', '34000000.00'),
    whole('certificate-cny', 'CNY', '39000000.00'),
  ]);
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
