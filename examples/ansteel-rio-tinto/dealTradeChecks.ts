/** Whether the parts of a deal agree with each other: parties, dates, lines, documents, transfers, and what it all adds up to. */
import { addMonths, decimalOf, exponentOf, isDate, LIMITS } from '@tenor/client';
import {
  certificateAt,
  holding,
  minor,
  partyAt,
  sum,
  type Deal,
  type DealCertificate,
  type DealTransfer,
} from './deal.js';
import { isInvoice } from './dealClaims.js';
import { daysBetween, freeDueDate, isWorkday } from './dealDates.js';
import { assertDocuments, assertDocumentsTogether } from './dealDocumentChecks.js';
import { must } from './dealError.js';
import { assertOrganizations } from './dealPartyChecks.js';
import type { DealMoney } from './dealSchema.js';
import { largestOf, planTransfers } from './transferPlan.js';

/** Where a value may be left out, those who leave it out share nothing. */
function assertUnique(values: readonly (string | undefined)[], place: (index: number) => string, what: string): void {
  values.forEach((value, index) => {
    must(
      value === undefined || values.indexOf(value) === index,
      place(index),
      `Give it another ${what}: this one is taken.`,
    );
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
    deal.parties.map(({ usci }) => usci),
    (index) => `$.parties[${String(index)}].usci`,
    'USCI',
  );
  assertUnique(
    deal.payments.map(({ uetr }) => uetr),
    (index) => `$.payments[${String(index)}].uetr`,
    'UETR',
  );
  // Banks attest a reference once on an account, in letters of whatever case.
  assertUnique(
    deal.payments.map(({ uetr, account, endToEndId }) =>
      uetr === undefined ? `${account} ${endToEndId.toUpperCase()}` : undefined,
    ),
    (index) => `$.payments[${String(index)}].endToEndId`,
    'end-to-end id',
  );
}

/** A date must be a working day. Where the calendar ends before it, the calendar is what has to change. */
function assertWorkday({ calendar }: Deal, date: string, place: string): void {
  must(
    date <= calendar.until,
    '$.calendar.until',
    `Let the calendar reach ${date} (${place}): list its holidays up to then, and write that day or a later one.`,
  );
  must(isWorkday(calendar, date), place, `Choose a working day of the calendar ${calendar.id}.`);
}

function assertDates(deal: Deal): void {
  const { policy, businessDate, maturityDate, calendar } = deal;
  assertWorkday(deal, businessDate, '$.businessDate');
  assertWorkday(deal, maturityDate, '$.maturityDate');
  must(
    policy.effectiveFrom <= businessDate,
    '$.policy.effectiveFrom',
    `Let the policy be in force on the business date, ${businessDate}.`,
  );
  const isLeft = freeDueDate(deal, maturityDate) !== undefined;
  const month = addMonths(maturityDate, 1);
  must(
    isLeft || calendar.until >= month,
    '$.calendar.until',
    `Write ${month} or a later day: --keep leaves a promise that is due within the month after maturityDate.`,
  );
  must(
    isLeft && isDate(addMonths(maturityDate, 2)),
    '$.maturityDate',
    'Choose a date that a working day follows within a month, and within the term of an SME: --keep leaves a promise due then.',
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

/** An SME is paid within some days of delivery (State Council Order 802). */
function assertSmeTerm(deal: Deal, { dueDate, deliveredOn, payee }: DealCertificate, place: string): void {
  const { name, sme } = partyAt(deal, payee, 'supplier', `${place}.payee`);
  const [days, most] = [daysBetween(deliveredOn, dueDate), deal.policy.smePaymentDays];
  must(
    !sme || days <= most,
    `${place}.dueDate`,
    `Choose a date at most ${String(most)} days after delivery, not ${String(days)}: ${name} is a small or medium enterprise.`,
  );
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
    `Choose a date at most ${String(months)} months after the business date, or raise maxTenorMonths and justifyBeyondMonths of the policy.`,
  );
  const { businessDate, maturityDate } = deal;
  must(businessDate < dueDate, `${place}.dueDate`, `Choose a date after the business date, ${businessDate}.`);
  assertWorkday(deal, dueDate, `${place}.dueDate`);
  must(dueDate <= maturityDate, `${place}.dueDate`, `Choose a date not after maturityDate, ${maturityDate}.`);
  must(
    deliveredOn <= businessDate,
    `${place}.deliveredOn`,
    `Choose a date not after the business date, ${businessDate}.`,
  );
  must(
    businessDate < offerExpiresOn && offerExpiresOn < dueDate,
    `${place}.offerExpiresOn`,
    `Choose a date after the business date, ${businessDate}, and before the due date, ${dueDate}.`,
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
  must(issuer !== payee, `${place}.payee`, 'Name another party than the issuer: nobody promises a payment to itself.');
  assertCertificateDates(deal, certificate, place);
  assertSmeTerm(deal, certificate, place);
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
  deal.lines.forEach(({ key, bank, issuer, limit, expiresOn }, index) => {
    const place = `$.lines[${String(index)}]`;
    partyAt(deal, bank, 'bank', `${place}.bank`);
    partyAt(deal, issuer, 'issuer', `${place}.issuer`);
    must(
      expiresOn > deal.businessDate,
      `${place}.expiresOn`,
      `Choose a date after the business date, ${deal.businessDate}.`,
    );
    const last = addMonths(deal.businessDate, LIMITS.lineMonths);
    must(expiresOn <= last, `${place}.expiresOn`, `Choose ${last} or an earlier date: a line is opened for ten years.`);
    const draws = drawn(deal, key);
    must(
      draws <= minor(limit),
      `${place}.limit`,
      `Raise the limit to ${decimalOf(draws, limit.currency)}, which the certificates draw, or lower them.`,
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
    `Use ${certificate.amount.currency}, the currency of the certificate.`,
  );
  must(transfer.from !== transfer.to, `${place}.to`, 'Name another party: nobody passes a slice on to itself.');
  must(
    transfer.to !== certificate.issuer,
    `${place}.to`,
    'Name another party than the issuer of the certificate, which owes the payment.',
  );
  const held = holding(deal, certificate, transfer.from, index);
  must(
    held >= minor(transfer.amount),
    `${place}.amount`,
    `Transfer no more than ${transfer.from} holds by then: ${decimalOf(held, certificate.amount.currency)}.`,
  );
  const inTime = deal.businessDate < transfer.offerExpiresOn && transfer.offerExpiresOn < certificate.dueDate;
  must(
    inTime,
    `${place}.offerExpiresOn`,
    `Choose a date after the business date, ${deal.businessDate}, and before the due date, ${certificate.dueDate}.`,
  );
  assertDocuments(transfer, { seller: to, buyer: from }, place);
}

const MAX_HALF = LIMITS.amountMax / 2n;

/** What the plan of the transfers needs: slices that may change hands again, and few enough to be presented together. */
function assertPlan(deal: Deal): void {
  const { transfers, held } = planTransfers(deal);
  const next = `$.transfers[${String(transfers.length)}]`;
  must(
    transfers.length === deal.transfers.length,
    `${next}.amount`,
    `Transfer less, or raise $.policy.maxTier: a slice may change hands ${String(deal.policy.maxTier)} times.`,
  );
  deal.certificates.forEach(({ key }, index) => {
    const holders = (held.get(key) ?? []).map(({ holder }) => holder);
    const most = Math.max(...holders.map((holder) => holders.filter((other) => other === holder).length));
    must(
      most <= LIMITS.bulkItems,
      `$.certificates[${String(index)}]`,
      `Let nobody hold more than ${String(LIMITS.bulkItems)} slices in the end: transfer to each party less often.`,
    );
  });
  const { amount } = largestOf(transfers[0]?.held ?? []);
  must(
    amount >= 2n && amount <= MAX_HALF,
    '$.transfers[0].certificate',
    'Name a certificate of some minor units more, and not of the largest amounts: attempts halve and double a slice of it.',
  );
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
  assertPlan(deal);
  assertDocumentsTogether(deal);
}
