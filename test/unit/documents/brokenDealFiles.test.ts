/** The deal that ships with the project, with one file that is broken, or that another entry should name. */
import { describe } from '@jest/globals';
import { refusesBroken, withValue, type Broken } from '../../support/brokenDeal.js';
import { changed } from './support.js';

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
  { what: 'an invoice that is no XML', file: INVOICE, change: () => '{}', named: INVOICE, place: '' },
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
    place: '$.certificates[0].documents[2].file',
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

describe('A deal', () => {
  refusesBroken(FILES);
});
