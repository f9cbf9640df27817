/** The deal that ships with the project, broken in one place of deal.json. */
import { describe } from '@jest/globals';
import { refusesBroken, withValue, type Broken } from '../../support/brokenDeal.js';
import { withValues } from '../../support/dealFolder.js';
import { changed, dealFile } from './support.js';

type Json = Record<string, unknown>;

const SHAPE: readonly Broken[] = [
  { what: 'no JSON', change: (text) => text.slice(1), place: 'line 2, column 11' },
  { what: 'half a file', change: () => '{\n  "format": [', place: 'line 2, column 14' },
  {
    what: 'an amount that stands twice',
    change: (text) => changed(text, /"amount": "34000000.00"/, '$&,\n"amount": "43000000.00"'),
    place: '$.certificates[0].amount.amount',
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
    place: '$.lines[1].limit.currency',
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
    place: '$.calendar.until',
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
    place: '$.payments',
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

const UETRS = (JSON.parse(dealFile('deal.json')) as { payments: { uetr: string }[] }).payments.map(({ uetr }) => uetr);

function worth(total: string, equivalent: string): Json {
  const rate = { numerator: '65', denominator: '10', source: 'test' };
  return { total: { amount: total, currency: 'CNY' }, equivalent: { amount: equivalent, currency: 'USD' }, rate };
}

describe('A deal', () => {
  refusesBroken([...SHAPE, ...AGREEMENT, ...LATER]);
});
