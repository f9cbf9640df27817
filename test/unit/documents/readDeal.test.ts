/** The deal that ships with the project, and what happens when it is broken in one place. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isLei, isUsci, minorOf } from '../../../chaincode/src/protocol/index.js';
import { TOPOLOGIES } from '../../../network/src/topology.js';
import { DealError, readDeal } from '../../../examples/ansteel-rio-tinto/readDeal.js';
import { changeFile, copyOfDeal, withValues } from '../../support/dealFolder.js';
import { changed, DEAL_FOLDER, dealFile } from './support.js';

type Json = Record<string, unknown>;

/** Sets the value at a path such as `parties.0.lei`; `undefined` takes the field away. */
const withValue = (place: string, value: unknown): ((text: string) => string) => withValues({ [place]: value });

interface Broken {
  readonly what: string;
  readonly file?: string;
  readonly change: (text: string) => string;
  /** The file that the error must name, `deal.json` unless said. */
  readonly named?: string;
  readonly place: string;
}

const SHAPE: readonly Broken[] = [
  { what: 'no JSON', change: (text) => text.slice(1), place: 'line 2, column 11' },
  { what: 'half a file', change: () => '{\n  "format": [', place: 'line 2, column 14' },
  {
    what: 'an amount that stands twice',
    change: (text) => changed(text, /"amount": "34000000.00"/, '$&,\n"amount": "43000000.00"'),
    place: '/certificates/0/amount/amount, line 204',
  },
  { what: 'no transfer', change: withValue('transfers', []), place: '$.transfers' },
  { what: 'another format', change: withValue('format', 'tenor.deal/2'), place: '$.format' },
  { what: 'a field of its own', change: withValue('colour', 'red'), place: '$.colour' },
  { what: 'a field of its own further in', change: withValue('lines.0.limt', '1'), place: '$.lines[0].limt' },
  { what: 'no policy', change: withValue('policy', undefined), place: '$.policy' },
  {
    what: 'an amount as a number',
    change: withValue('certificates.0.amount.amount', 34000000),
    place: '$.certificates[0].amount.amount',
  },
  {
    what: 'an amount with one decimal',
    change: withValue('certificates.0.amount.amount', '34000000.0'),
    place: '$.certificates[0].amount.amount',
  },
  {
    what: 'an amount of zero',
    change: withValue('certificates.0.amount.amount', '0.00'),
    place: '$.certificates[0].amount.amount',
  },
  {
    what: 'a negative amount',
    change: withValue('transfers.0.amount.amount', '-4000000.00'),
    place: '$.transfers[0].amount.amount',
  },
  {
    what: 'a currency that does not exist',
    change: withValue('lines.1.limit.currency', 'RMB'),
    place: '$.lines[1].limit.amount',
  },
  {
    what: 'an LEI with a wrong digit',
    change: withValue('parties.0.lei', 'DEMO00ANSTEELTRADE97'),
    place: '$.parties[0].lei',
  },
  {
    what: 'a USCI with a wrong character',
    change: withValue('parties.0.usci', '91210000DEMAANTR85'),
    place: '$.parties[0].usci',
  },
  {
    what: 'a role that does not exist',
    change: withValue('parties.0.roles', ['king']),
    place: '$.parties[0].roles[0]',
  },
  { what: 'a date that does not exist', change: withValue('businessDate', '2026-02-29'), place: '$.businessDate' },
  { what: 'a UETR that is none', change: withValue('payments.0.uetr', 'x'), place: '$.payments[0].uetr' },
  {
    what: 'a file above the folder',
    change: withValue('payments.0.statusFile', '../secret.xml'),
    place: '$.payments[0].statusFile',
  },
  {
    what: 'an absolute file',
    change: withValue('payments.0.statusFile', '/etc/passwd'),
    place: '$.payments[0].statusFile',
  },
  { what: 'no certificates', change: withValue('certificates', []), place: '$.certificates' },
  {
    what: 'a document of an unknown type',
    change: withValue('certificates.0.documents.0.type', 'LETTER'),
    place: '$.certificates[0].documents[0].type',
  },
];

const AGREEMENT: readonly Broken[] = [
  {
    what: 'an organisation named like the orderer',
    change: withValue('parties.0.organization', 'orderer'),
    place: '$.parties[0].organization',
  },
  {
    what: 'issuer and bank in one organisation',
    change: withValue('parties.1.organization', 'issuer'),
    place: '$.parties[1].organization',
  },
  { what: 'no operator', change: withValue('parties.4.roles', ['supplier']), place: '$.parties' },
  {
    what: 'an operator that supplies too',
    change: withValue('parties.4.roles', ['operator', 'supplier']),
    place: '$.parties[4].roles',
  },
  {
    what: 'two parties of one LEI',
    change: withValue('parties.1.lei', 'DEMO00ANSTEELTRADE98'),
    place: '$.parties[1].lei',
  },
  { what: 'two lines of one key', change: withValue('lines.1.key', 'line-usd'), place: '$.lines[1].key' },
  {
    what: 'one UETR for two payments',
    change: (text) => text.replaceAll(UETRS[1] ?? '', UETRS[0] ?? ''),
    place: '$.payments[1].uetr',
  },
  { what: 'a start on a Sunday', change: withValue('businessDate', '2026-11-22'), place: '$.businessDate' },
  {
    what: 'a calendar that ends before the deal does',
    change: withValue('calendar.until', '2027-03-01'),
    place: '$.maturityDate',
  },
  { what: 'a maturity on a holiday', change: withValue('maturityDate', '2027-10-04'), place: '$.maturityDate' },
  {
    what: 'a policy of tomorrow',
    change: withValue('policy.effectiveFrom', '2026-11-24'),
    place: '$.policy.effectiveFrom',
  },
  {
    what: 'a payee that is not there',
    change: withValue('certificates.0.payee', 'bhp'),
    place: '$.certificates[0].payee',
  },
  { what: 'a bank that is none', change: withValue('certificates.0.bank', 'baowu'), place: '$.certificates[0].bank' },
  {
    what: 'a line in another currency',
    change: withValue('certificates.0.line', 'line-cny'),
    place: '$.certificates[0].line',
  },
  {
    what: 'a line that expires early',
    change: withValue('lines.0.expiresOn', '2027-03-22'),
    place: '$.certificates[0].line',
  },
  {
    what: 'a line that is too low',
    change: withValue('lines.1.limit.amount', '38999999.99'),
    place: '$.lines[1].limit',
  },
  {
    what: 'a due date on a Sunday',
    change: withValue('certificates.0.dueDate', '2027-03-21'),
    place: '$.certificates[0].dueDate',
  },
  {
    what: 'a due date beyond the policy',
    change: withValue('certificates.0.dueDate', '2027-05-24'),
    place: '$.certificates[0].dueDate',
  },
  {
    what: 'a due date after maturity',
    change: withValue('maturityDate', '2027-03-22'),
    place: '$.certificates[0].dueDate',
  },
  {
    what: 'another date of delivery',
    change: withValue('certificates.0.deliveredOn', '2026-11-17'),
    place: '$.certificates[0].deliveredOn',
  },
  {
    what: 'an offer that is over',
    change: withValue('certificates.0.offerExpiresOn', '2026-11-23'),
    place: '$.certificates[0].offerExpiresOn',
  },
  {
    what: 'a worth that is not the sum',
    change: withValue('worth', worth('266500000.00', '41000000.00')),
    place: '$.worth.total',
  },
  {
    what: 'a worth that is not the rate',
    change: withValue('worth.equivalent.amount', '40000000.01'),
    place: '$.worth',
  },
  {
    what: 'capacities that are not the face',
    change: withValue('certificates.0.documents.0.capacity', '33999999.99'),
    place: '$.certificates[0].documents',
  },
  {
    what: 'a capacity with one decimal',
    change: withValue('certificates.0.documents.0.capacity', '34000000.0'),
    place: '$.certificates[0].documents[0].capacity',
  },
  {
    what: 'a transfer of more than there is',
    change: withValue('transfers.0.amount.amount', '34000000.01'),
    place: '$.transfers[0].amount',
  },
  {
    what: 'a transfer by one who holds nothing',
    change: withValues({ 'transfers.0.from': 'pilbara-mining', 'transfers.0.to': 'rio-tinto' }),
    place: '$.transfers[0].amount',
  },
  {
    what: 'a payment short by a cent',
    change: withValue('payments.0.amount.amount', '29999999.99'),
    place: '$.payments[0].amount',
  },
  {
    what: 'a payment that is left out',
    change: (text) => withValue('payments', (JSON.parse(text) as { payments: unknown[] }).payments.slice(0, 2))(text),
    place: '$.certificates[1].amount',
  },
  {
    what: 'a payment to an account of another',
    change: withValue('payments.0.account', 'DEMO-ICBC-PILBARA-USD-01'),
    place: '$.payments[0].account',
  },
  {
    what: 'an attempt that the line would bear',
    change: withValue('lines.0.limit.amount', '39000000.00'),
    place: '$.attempts.overLine.amount',
  },
  {
    what: 'a final report among the false ones',
    change: withValue('attempts.inProcess.statusFile', 'payments/rio-tinto-usd.pacs.002.xml'),
    place: '$.attempts.inProcess.statusFile',
  },
  {
    what: 'the true credit among the false ones',
    change: withValue('attempts.anotherAccount.creditFile', 'payments/rio-tinto-usd.camt.054.xml'),
    place: '$.attempts.anotherAccount.creditFile',
  },
];

const LATER: readonly Broken[] = [
  {
    what: 'a line that is not there',
    change: withValue('certificates.0.line', 'line-eur'),
    place: '$.certificates[0].line',
  },
  {
    what: 'an offer of a transfer that is over',
    change: withValue('transfers.0.offerExpiresOn', '2026-11-23'),
    place: '$.transfers[0].offerExpiresOn',
  },
  {
    what: 'an offer of a transfer beyond the due date',
    change: withValue('transfers.0.offerExpiresOn', '2027-03-23'),
    place: '$.transfers[0].offerExpiresOn',
  },
  {
    what: 'goods delivered after the start',
    change: withValue('certificates.0.deliveredOn', '2026-11-24'),
    place: '$.certificates[0].deliveredOn',
  },
  {
    what: 'a value date before the due date',
    change: withValue('payments.0.valueDate', '2027-03-22'),
    place: '$.payments[0].valueDate',
  },
  {
    what: 'a false report of no payment',
    change: withValue('attempts.inProcess.payment', 'none'),
    place: '$.attempts.inProcess.payment',
  },
  {
    what: 'a false credit of no payment',
    change: withValue('attempts.anotherAccount.payment', 'none'),
    place: '$.attempts.anotherAccount.payment',
  },
];

const INVOICE = 'documents/invoice-usd.xml';
const BILL = 'documents/bill-of-lading-usd.json';
const STATUS = 'payments/rio-tinto-usd.pacs.002.xml';
const CREDIT = 'payments/rio-tinto-usd.camt.054.xml';
const edit =
  (from: string | RegExp, to: string) =>
  (text: string): string =>
    changed(text, from, to);

const FILES: readonly Broken[] = [
  {
    what: 'a file that is not there',
    change: withValue('payments.0.statusFile', 'payments/none.xml'),
    named: 'payments/none.xml',
    place: '',
  },
  {
    what: 'a Chinese invoice of a seller with another USCI',
    file: 'documents/invoice-cny.xml',
    change: (text) => changed(text, '91310000DEMRTTRDET', '91110000DEMBANKC9X'),
    named: 'documents/invoice-cny.xml',
    place: '/Invoice/AccountingSupplierParty',
  },
  {
    what: 'a Chinese invoice of a seller whose USCI is none',
    file: 'documents/invoice-cny.xml',
    change: (text) => changed(text, '91310000DEMRTTRDET', '91310000DEMRTTRDEU'),
    named: 'documents/invoice-cny.xml',
    place: '/Invoice/AccountingSupplierParty',
  },
  { what: 'an invoice that is no XML', file: INVOICE, change: () => '{}', named: INVOICE, place: 'line 1, column 2' },
  {
    what: 'an invoice without number',
    file: INVOICE,
    change: edit('<cbc:ID>RTIO-2026-11-0417</cbc:ID>', ''),
    named: INVOICE,
    place: '/Invoice/ID',
  },
  {
    what: 'an invoice of another seller',
    file: INVOICE,
    change: (text) => text.replaceAll('DEMO00RIOTINTOIRON56', 'DEMO00PILBARAMINES50'),
    named: INVOICE,
    place: '/Invoice/AccountingSupplierParty',
  },
  {
    what: 'an invoice to another buyer',
    file: INVOICE,
    change: (text) => text.replaceAll('DEMO00ANSTEELTRADE98', 'DEMO00PILBARAMINES50'),
    named: INVOICE,
    place: '/Invoice/AccountingCustomerParty',
  },
  {
    what: 'an invoice in another currency',
    file: INVOICE,
    change: (text) => text.replaceAll('USD', 'EUR'),
    named: INVOICE,
    place: '/Invoice/DocumentCurrencyCode',
  },
  {
    what: 'an invoice that owes less',
    file: INVOICE,
    change: edit('>34000000.00</cbc:PayableAmount>', '>33999999.99</cbc:PayableAmount>'),
    named: INVOICE,
    place: '/Invoice/LegalMonetaryTotal/PayableAmount',
  },
  {
    what: 'one document twice',
    change: withValue('certificates.0.documents.2', { type: 'BILL_OF_LADING', file: BILL }),
    named: BILL,
    place: '',
  },
  {
    what: 'a bill of lading for other invoices',
    file: BILL,
    change: edit(/RTIO-2026-11-0417/, 'RTIO-1'),
    named: BILL,
    place: '/invoices',
  },
  {
    what: 'a bill of lading of another shipper',
    file: BILL,
    change: edit('DEMO00RIOTINTOIRON56', 'DEMO00PILBARAMINES50'),
    named: BILL,
    place: '/shipper/lei',
  },
  {
    what: 'a report in process',
    file: STATUS,
    change: edit('ACCC', 'ACSP'),
    named: STATUS,
    place: '/Document/FIToFIPmtStsRpt/TxInfAndSts/TxSts',
  },
  {
    what: 'a report of another amount',
    file: STATUS,
    change: edit('30000000.00', '3000000.00'),
    named: STATUS,
    place: '/Document/FIToFIPmtStsRpt/TxInfAndSts',
  },
  {
    what: 'a credit to another account',
    file: CREDIT,
    change: edit('RIOTINTO-USD-01', 'RIOTINTO-USD-02'),
    named: CREDIT,
    place: '/Document/BkToCstmrDbtCdtNtfctn/Ntfctn/Acct',
  },
  {
    what: 'a credit that is pending',
    file: CREDIT,
    change: edit(/<Cd>BOOK<\/Cd>\s*<\/Sts>/, '<Cd>PDNG</Cd></Sts>'),
    named: CREDIT,
    place: '/Document/BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry',
  },
];

const UETRS = (JSON.parse(dealFile('deal.json')) as { payments: { uetr: string }[] }).payments.map(({ uetr }) => uetr);

function worth(total: string, equivalent: string): Json {
  const rate = { numerator: '65', denominator: '10', source: 'test' };
  return { total: { amount: total, currency: 'CNY' }, equivalent: { amount: equivalent, currency: 'USD' }, rate };
}

describe('The deal', () => {
  it('is read with all its files', async () => {
    const deal = await readDeal(DEAL_FOLDER);
    expect(deal.certificates.map(({ amount }) => amount)).toEqual([
      { amount: '34000000.00', currency: 'USD' },
      { amount: '39000000.00', currency: 'CNY' },
    ]);
    expect(deal.worth.total).toEqual({ amount: '260000000.00', currency: 'CNY' });
    expect(
      deal.certificates.map(({ documents }) => documents.map(({ type, document }) => [type, document.number])),
    ).toEqual([
      [
        ['INVOICE', 'RTIO-2026-11-0417'],
        ['BILL_OF_LADING', 'SOC-PWL-YIK-2611'],
      ],
      [
        ['INVOICE', '26312000000000000418'],
        ['BILL_OF_LADING', 'SOC-PWL-YIK-2612'],
      ],
    ]);
    expect(deal.payments.map(({ status }) => status.transactions[0]?.status)).toEqual(['ACCC', 'ACCC', 'ACCC']);
    expect(deal.attempts.inProcess.status.transactions[0]?.status).toBe('ACSP');
    expect(deal.attempts.anotherAccount.credit.accounts[0]?.account.id).toBe('DEMO-ICBC-RIOTINTO-USD-99');
  });

  it('gives each party an organisation of its own, all of them in the network', async () => {
    const { parties } = await readDeal(DEAL_FOLDER);
    const organizations = TOPOLOGIES['five-org'].organizations.map(({ name }) => name);
    expect(parties.map(({ organization }) => organization).sort()).toEqual([...organizations].sort());
    expect(parties.every(({ lei, usci }) => isLei(lei) && (usci === undefined || isUsci(usci)))).toBe(true);
    expect(parties.find(({ key }) => key === 'baowu')?.roles).toEqual(['operator']);
  });

  it.each(['invoice-usd.xml', 'invoice-contractor.xml', 'invoice-over-line.xml'])(
    'has lines in %s that multiply out and add up',
    (name) => {
      const xml = dealFile(`documents/${name}`);
      const numbers = (element: string): string[] =>
        [...xml.matchAll(new RegExp(`<cbc:${element}[^>]*>([0-9.]+)<`, 'g'))].map((match) => match[1] ?? '');
      const cents = (text: string): bigint => BigInt(minorOf(text, 'USD'));
      const quantities = numbers('InvoicedQuantity').map(BigInt);
      const lines = numbers('PriceAmount').map((price, index) => cents(price) * (quantities[index] ?? 0n));
      const [sum, ...extensions] = numbers('LineExtensionAmount').map(cents);
      expect(extensions).toEqual(lines);
      expect(sum).toBe(lines.reduce((total, line) => total + line, 0n));
      expect(numbers('PayableAmount').map(cents)).toEqual([sum]);
    },
  );

  it('has lines in the Chinese invoice that add up, and parties by their USCI', async () => {
    const xml = dealFile('documents/invoice-cny.xml');
    const sumOf = (element: string): bigint =>
      [...xml.matchAll(new RegExp(`<${element}>([0-9.]+)<`, 'g'))].reduce(
        (sum, [, text]) => sum + BigInt(minorOf(text ?? '', 'CNY')),
        0n,
      );
    expect([sumOf('Amount'), sumOf('ComTaxAm'), sumOf('TotaltaxIncludedAmount')]).toEqual(
      ['TotalAmWithoutTax', 'TotalTaxAm', 'TotalTax-includedAmount'].map(sumOf),
    );
    const { certificates, parties } = await readDeal(DEAL_FOLDER);
    const [invoice] = certificates[1]?.documents ?? [];
    expect(invoice?.document).toMatchObject({
      seller: { usci: parties.find(({ key }) => key === 'rio-tinto')?.usci },
      buyer: { usci: parties.find(({ key }) => key === 'ansteel')?.usci },
      ...{ taxExclusiveAmount: '34513274.34', taxAmount: '4486725.66', payableAmount: '39000000.00' },
    });
  });
});

describe('A deal', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await copyOfDeal(DEAL_FOLDER);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it.each([...SHAPE, ...AGREEMENT, ...LATER, ...FILES])(
    'with $what is refused, the place named',
    async ({ file = 'deal.json', change, named, place }) => {
      await changeFile(folder, file, change);
      const error: unknown = await readDeal(folder).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(DealError);
      if (!(error instanceof DealError)) return;
      expect([error.file, error.place]).toEqual([named ?? 'deal.json', place]);
      expect(error.remedy).toMatch(/^\S.{10,}\.$/);
      expect(error.message).toContain(error.remedy);
    },
  );

  it('that is not there is refused with the folder where it was looked for', async () => {
    const nowhere = path.join(folder, 'nowhere');
    const error: unknown = await readDeal(nowhere).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'DealError', file: 'deal.json' });
    expect(String(error)).toContain(nowhere);
  });
});
