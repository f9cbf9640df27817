/** Whether the parts of a deal agree with each other: parties, dates, lines, documents, transfers, and what it all adds up to. */
import { addMonths, exponentOf, weekday, type Invoice } from '@tenor/client';
import {
  certificateAt,
  holding,
  minor,
  partyAt,
  sum,
  type Deal,
  type DealBillOfLading,
  type DealCertificate,
  type DealInvoice,
  type DealTransfer,
} from './deal.js';
import { must } from './dealError.js';
import { isParty } from './dealInvoiceParties.js';
import { assertOrganizations } from './dealPartyChecks.js';

import { isAmount, type DealMoney, type DealParty } from './dealSchema.js';

function assertUnique(values: readonly string[], place: (index: number) => string, what: string): void {
  values.forEach((value, index) => {
    must(values.indexOf(value) === index, place(index), `Give it another ${what}: this one is taken.`);
  });
}

function assertKeys(deal: Deal): void {
  for (const list of ['parties', 'lines', 'certificates', 'transfers', 'payments'] as const) {
    assertUnique(
      deal[list].map((entry) => entry.key),
      (index) => `$.${list}[${String(index)}].key`,
      'key',
    );
  }
  assertUnique(
    deal.parties.map((party) => party.lei),
    (index) => `$.parties[${String(index)}].lei`,
    'LEI',
  );
  assertUnique(
    deal.payments.map((payment) => payment.uetr),
    (index) => `$.payments[${String(index)}].uetr`,
    'UETR',
  );
}

function isWorkday({ weekend, holidays, extraWorkdays, until }: Deal['calendar'], date: string): boolean {
  if (date > until) return false;
  return extraWorkdays.includes(date) || (!weekend.includes(weekday(date)) && !holidays.includes(date));
}

function assertDates(deal: Deal): void {
  const workday = `Choose a working day of the calendar ${deal.calendar.id}.`;
  must(isWorkday(deal.calendar, deal.businessDate), '$.businessDate', workday);
  must(isWorkday(deal.calendar, deal.maturityDate), '$.maturityDate', workday);
  must(
    deal.policy.effectiveFrom <= deal.businessDate,
    '$.policy.effectiveFrom',
    'Let the policy be in force on the business date.',
  );
}

/** The amount in 1/10000 of its currency, so that currencies of other decimals can be compared by a rate. */
const scaled = (money: DealMoney): bigint => minor(money) * 10n ** BigInt(4 - exponentOf(money.currency));

function assertWorth(deal: Deal): void {
  const { total, equivalent, rate } = deal.worth;
  const [numerator, denominator] = [BigInt(rate.numerator), BigInt(rate.denominator)];
  // everything times the denominator, so that nothing is divided
  const whole = scaled(total) * denominator;
  must(scaled(equivalent) * numerator === whole, '$.worth', 'Let total = equivalent x rate, exactly.');
  const parts = deal.certificates.map(({ amount }, index) => {
    const known = amount.currency === total.currency || amount.currency === equivalent.currency;
    must(
      known,
      `$.certificates[${String(index)}].amount.currency`,
      'Use a currency of the deal: its total or its equivalent.',
    );
    return scaled(amount) * (amount.currency === total.currency ? denominator : numerator);
  });
  must(sum(parts) === whole, '$.worth.total', 'Let the certificates, at the rate, add up to the total.');
}

function assertCertificateDates(
  deal: Deal,
  { dueDate, deliveredOn, offerExpiresOn }: DealCertificate,
  place: string,
): void {
  const { maxTenorMonths, justifyBeyondMonths } = deal.policy;
  const months = Math.min(maxTenorMonths, justifyBeyondMonths);
  must(
    dueDate <= addMonths(deal.businessDate, months),
    `${place}.dueDate`,
    `Choose a date at most ${String(months)} months after the business date.`,
  );
  must(
    isWorkday(deal.calendar, dueDate),
    `${place}.dueDate`,
    `Choose a working day of the calendar ${deal.calendar.id}.`,
  );
  must(dueDate <= deal.maturityDate, `${place}.dueDate`, 'Choose a date not after maturityDate.');
  must(deliveredOn <= deal.businessDate, `${place}.deliveredOn`, 'Choose a date not after the business date.');
  must(
    deal.businessDate < offerExpiresOn && offerExpiresOn < dueDate,
    `${place}.offerExpiresOn`,
    'Choose a date after the business date and before the due date.',
  );
}

function assertInvoice(invoice: DealInvoice, roles: { seller: DealParty; buyer: DealParty }, currency: string): void {
  const { document, file, capacity } = invoice;
  const party = '/Invoice/Accounting';
  must(
    isParty(document.seller, roles.seller),
    `${party}SupplierParty`,
    `Take an invoice of ${roles.seller.name}, with its LEI or its USCI.`,
    file,
  );
  must(
    isParty(document.buyer, roles.buyer),
    `${party}CustomerParty`,
    `Take an invoice to ${roles.buyer.name}, with its LEI or its USCI.`,
    file,
  );
  must(document.currency === currency, '/Invoice/DocumentCurrencyCode', `Take an invoice in ${currency}.`, file);
  const payable = document.payableAmount;
  const enough =
    isAmount(payable, currency) && minor({ amount: payable, currency }) >= minor({ amount: capacity, currency });
  must(
    enough,
    '/Invoice/LegalMonetaryTotal/PayableAmount',
    'Take an invoice of at least the capacity that deal.json gives it.',
    file,
  );
}

function assertBillOfLading(
  { document, file }: DealBillOfLading,
  invoices: readonly Invoice[],
  roles: { seller: DealParty; buyer: DealParty },
): void {
  const isNamed = invoices.some((invoice) => document.invoices.includes(invoice.number));
  must(isNamed, '/invoices', 'Take a bill of lading that names an invoice of this certificate.', file);
  must(
    document.shipper.lei === roles.seller.lei,
    '/shipper/lei',
    'Take a bill of lading whose shipper is the seller.',
    file,
  );
  must(
    document.consignee.lei === roles.buyer.lei,
    '/consignee/lei',
    'Take a bill of lading whose consignee is the buyer.',
    file,
  );
}

const isInvoice = (document: DealInvoice | DealBillOfLading): document is DealInvoice => document.type === 'INVOICE';

type Backed = Pick<DealCertificate, 'amount' | 'documents'>;

function assertDocuments(backed: Backed, roles: { seller: DealParty; buyer: DealParty }, place: string): void {
  const { documents } = backed;
  const { currency } = backed.amount;
  const invoices = documents.filter(isInvoice);
  documents.forEach((document, index) => {
    if (document.type === 'BILL_OF_LADING') {
      assertBillOfLading(
        document,
        invoices.map((invoice) => invoice.document),
        roles,
      );
      return;
    }
    const capacity = `${place}.documents[${String(index)}].capacity`;
    must(
      isAmount(document.capacity, currency),
      capacity,
      `Write an amount above zero with exactly the decimals of ${currency}.`,
    );
    assertInvoice(document, roles, currency);
  });
  const capacity = sum(invoices.map((invoice) => minor({ amount: invoice.capacity, currency })));
  must(
    capacity === minor(backed.amount),
    `${place}.documents`,
    'Let the capacities of the invoices add up to the amount.',
  );
}

/** One certificate against its line, its parties and its documents. What all certificates draw is checked apart. */
function assertCertificate(deal: Deal, certificate: DealCertificate, place: string): void {
  const issuer = partyAt(deal, certificate.issuer, 'issuer', `${place}.issuer`);
  const payee = partyAt(deal, certificate.payee, 'supplier', `${place}.payee`);
  partyAt(deal, certificate.bank, 'bank', `${place}.bank`);
  const line = deal.lines.find((candidate) => candidate.key === certificate.line);
  must(line !== undefined, `${place}.line`, `Name one of the lines: ${deal.lines.map((each) => each.key).join(', ')}.`);
  const fits =
    line.bank === certificate.bank &&
    line.issuer === certificate.issuer &&
    line.limit.currency === certificate.amount.currency;
  must(fits, `${place}.line`, 'Name a line of this bank to this issuer in this currency.');
  must(line.expiresOn >= certificate.dueDate, `${place}.line`, 'Name a line that does not expire before the due date.');
  assertCertificateDates(deal, certificate, place);
  assertDocuments(certificate, { seller: payee, buyer: issuer }, place);
  const delivered = certificate.documents
    .filter(isInvoice)
    // A Chinese invoice does not tell the date.
    .every(({ document: { deliveryDate } }) => (deliveryDate ?? certificate.deliveredOn) === certificate.deliveredOn);
  must(delivered, `${place}.deliveredOn`, 'Write the date of delivery that the invoices say.');
}

/** Minor units that the certificates of the deal draw on a line. */
const drawn = (deal: Deal, line: string): bigint =>
  sum(deal.certificates.filter((certificate) => certificate.line === line).map(({ amount }) => minor(amount)));

function assertLines(deal: Deal): void {
  deal.lines.forEach(({ key, bank, issuer, limit }, index) => {
    const place = `$.lines[${String(index)}]`;
    partyAt(deal, bank, 'bank', `${place}.bank`);
    partyAt(deal, issuer, 'issuer', `${place}.issuer`);
    must(
      drawn(deal, key) <= minor(limit),
      `${place}.limit`,
      'Raise the limit to what the certificates draw, or lower them.',
    );
  });
  const { line, amount } = deal.attempts.overLine;
  const limit = deal.lines.find((candidate) => candidate.key === line)?.limit;
  const exceeds = limit !== undefined && drawn(deal, line) + minor(amount) > minor(limit);
  must(
    exceeds,
    '$.attempts.overLine.amount',
    'Raise the amount above what the line leaves: this attempt must be refused.',
  );
}

function assertTransfer(deal: Deal, transfer: DealTransfer, index: number): void {
  const place = `$.transfers[${String(index)}]`;
  const from = partyAt(deal, transfer.from, 'supplier', `${place}.from`);
  const to = partyAt(deal, transfer.to, 'supplier', `${place}.to`);
  const certificate = certificateAt(deal, transfer.certificate, `${place}.certificate`);
  must(
    certificate.amount.currency === transfer.amount.currency,
    `${place}.amount.currency`,
    'Use the currency of the certificate.',
  );
  const enough = holding(deal, certificate, transfer.from, index) >= minor(transfer.amount);
  must(enough, `${place}.amount`, 'Transfer no more than the party holds by then.');
  const inTime = deal.businessDate < transfer.offerExpiresOn && transfer.offerExpiresOn < certificate.dueDate;
  must(inTime, `${place}.offerExpiresOn`, 'Choose a date after the business date and before the due date.');
  assertDocuments(transfer, { seller: to, buyer: from }, place);
}

function assertDocumentsOnce(deal: Deal): void {
  const documents = [...deal.certificates, ...deal.transfers, deal.attempts.overLine].flatMap(
    (entry) => entry.documents,
  );
  const hashes = documents.map(({ document }) => document.sha256);
  documents.forEach(({ document, file }, index) => {
    must(
      hashes.indexOf(document.sha256) === index,
      '',
      'Name another file: this document backs something else already.',
      file,
    );
  });
}

/** Checks what is owed to whom and why. @throws DealError naming the file, the place and the remedy */
export function assertTrade(deal: Deal): void {
  assertKeys(deal);
  assertOrganizations(deal);
  assertDates(deal);
  deal.certificates.forEach((certificate, index) => {
    assertCertificate(deal, certificate, `$.certificates[${String(index)}]`);
  });
  assertCertificate(deal, deal.attempts.overLine, '$.attempts.overLine');
  assertWorth(deal);
  assertLines(deal);
  deal.transfers.forEach((transfer, index) => {
    assertTransfer(deal, transfer, index);
  });
  assertDocumentsOnce(deal);
}
