/** Whether the documents of a deal say what it says, and back no more than they are worth. */
import { claimIdOf, commands, decimalOf, firstIssueDate, LIMITS, TenorError, type Invoice } from '@tenor/client';
import { minor, sum, type Deal, type DealBillOfLading, type DealCertificate, type DealInvoice } from './deal.js';
import { claimInput, isBillOfLading, isInvoice, usesOf, type Use } from './dealClaims.js';
import { DealError, must } from './dealError.js';
import { isParty } from './dealInvoiceParties.js';
import { amountRemedy, isAmount, type DealParty } from './dealSchema.js';

interface Roles {
  readonly seller: DealParty;
  readonly buyer: DealParty;
}

function assertInvoice(
  { document, file }: DealInvoice,
  { seller, buyer }: Roles,
  { currency, entry }: { readonly currency: string; readonly entry: string },
): void {
  const named = { file, entry };
  const party = '/Invoice/Accounting';
  must(
    isParty(document.seller, seller),
    `${party}SupplierParty`,
    `Take an invoice of ${seller.name}, with its LEI or its USCI.`,
    named,
  );
  must(
    isParty(document.buyer, buyer),
    `${party}CustomerParty`,
    `Take an invoice to ${buyer.name}, with its LEI or its USCI.`,
    named,
  );
  must(document.currency === currency, '/Invoice/DocumentCurrencyCode', `Take an invoice in ${currency}.`, named);
}

function assertBillOfLading(
  { document, file }: DealBillOfLading,
  invoices: readonly Invoice[],
  { seller, buyer }: Roles,
  entry: string,
): void {
  const named = { file, entry };
  const isNamed = invoices.some((invoice) => document.invoices.includes(invoice.number));
  must(isNamed, '/invoices', 'Take a bill of lading that names an invoice of this certificate.', named);
  must(
    document.shipper.lei === seller.lei,
    '/shipper/lei',
    'Take a bill of lading whose shipper is the seller.',
    named,
  );
  must(
    document.consignee.lei === buyer.lei,
    '/consignee/lei',
    'Take a bill of lading whose consignee is the buyer.',
    named,
  );
}

type Backed = Pick<DealCertificate, 'amount' | 'documents'>;

/** Several bills of lading share the face as the invoices do that they name, so each invoice must be named by one of them. */
function assertBillsCover({ documents }: Backed, place: string): void {
  const bills = documents.filter(isBillOfLading);
  const isNamedOnce = ({ document: { number } }: DealInvoice): boolean =>
    bills.filter(({ document }) => document.invoices.includes(number)).length === 1;
  must(
    bills.length < 2 || documents.filter(isInvoice).every(isNamedOnce),
    `${place}.documents`,
    'Let each invoice be named by exactly one of the bills of lading, or take one bill of lading for all.',
  );
}

/** The documents of one certificate or transfer. @throws DealError */
export function assertDocuments(backed: Backed, roles: Roles, place: string): void {
  const { documents } = backed;
  const { currency } = backed.amount;
  const invoices = documents.filter(isInvoice);
  documents.forEach((document, index) => {
    const here = `${place}.documents[${String(index)}]`;
    if (document.type === 'BILL_OF_LADING') {
      assertBillOfLading(
        document,
        invoices.map((invoice) => invoice.document),
        roles,
        `${here}.file`,
      );
      return;
    }
    const capacity = `${here}.capacity`;
    must(isAmount(document.capacity, currency), capacity, amountRemedy(currency));
    assertInvoice(document, roles, { currency, entry: `${here}.file` });
  });
  const hashes = documents.map(({ document }) => document.sha256);
  hashes.forEach((hash, index) => {
    const first = hashes.indexOf(hash);
    must(
      first === index,
      `${place}.documents[${String(index)}].file`,
      `Name another file: documents[${String(first)}] is the same document already.`,
    );
  });
  const capacity = sum(invoices.map((invoice) => minor({ amount: invoice.capacity, currency })));
  must(
    capacity === minor(backed.amount),
    `${place}.documents`,
    `Let the capacities of the invoices add up to ${backed.amount.amount}, the amount: they are ${decimalOf(capacity, currency)}.`,
  );
  assertBillsCover(backed, place);
}

/** A document, and the entry that names its file. */
type Named = Pick<Use, 'document' | 'entry'>;

/** What an invoice backs in all, of certificates or of transfers, and what it is worth. */
function assertWorth(uses: readonly Named[]): void {
  const invoices = uses.map(({ document }) => document).filter(isInvoice);
  for (const { document: invoice, entry } of uses) {
    if (!isInvoice(invoice)) continue;
    const { document, file } = invoice;
    const { payableAmount, currency } = document;
    const backed = sum(
      invoices
        .filter((other) => other.document.sha256 === document.sha256)
        .map(({ capacity }) => minor({ amount: capacity, currency })),
    );
    must(
      isAmount(payableAmount, currency) && minor({ amount: payableAmount, currency }) >= backed,
      '/Invoice/LegalMonetaryTotal/PayableAmount',
      `Take an invoice of at least ${decimalOf(backed, currency)}, the capacity that deal.json gives it in all.`,
      { file, entry },
    );
  }
}

/** A document is claimed under its number: it must have one that can be claimed. @returns the claim's id */
function idOfClaim(deal: Deal, { certificate, document, entry }: Use): string {
  const named = { file: document.file, entry };
  const place = document.type === 'INVOICE' ? '/Invoice/ID' : '/number';
  const remedy = 'Take a document whose number has letters or digits that cannot be mistaken for others, at most 500.';
  try {
    const secret = claimInput(deal, certificate, document);
    must(commands.document.claim.private.safeParse(secret).success, place, remedy, named);
    return claimIdOf(secret);
  } catch (error) {
    if (!(error instanceof TenorError)) throw error;
    throw new DealError(document.file, place, remedy, { cause: error, entry });
  }
}

/** The ledger takes no document that is issued later than it is claimed, and no very old one. */
function assertIssued({ businessDate }: Deal, { document: { type, file, document }, entry }: Named): void {
  const { issueDate } = document;
  const first = firstIssueDate(businessDate);
  must(
    first <= issueDate && issueDate <= businessDate,
    type === 'INVOICE' ? '/Invoice/IssueDate' : '/issueDate',
    `Take a document that was issued from ${first} to ${businessDate}, the business date of the deal.`,
    { file, entry },
  );
}

const isSameDeal = (one: DealCertificate, other: DealCertificate): boolean =>
  one.bank === other.bank && one.issuer === other.issuer && one.payee === other.payee;

/** A document is claimed once: under one number stands one file, and all that it backs is between the same three parties. */
function assertClaims(deal: Deal): void {
  const uses = usesOf(deal);
  const first = new Map<string, Use>();
  const ids: string[] = [];
  for (const use of uses) {
    const { certificate, document, place, entry } = use;
    const id = idOfClaim(deal, use);
    assertIssued(deal, use);
    const earlier = first.get(id) ?? use;
    first.set(id, earlier);
    ids.push(id);
    must(
      ids.filter((other) => other === id).length <= LIMITS.allocationsPerClaim,
      `${place}.documents`,
      `Let ${document.file} back at most ${String(LIMITS.allocationsPerClaim)} certificates.`,
    );
    must(
      earlier.document.document.sha256 === document.document.sha256,
      '',
      `Name another file: ${earlier.document.file} is a document of the same number, and a document is claimed once.`,
      { file: document.file, entry },
    );
    must(
      isSameDeal(certificate, earlier.certificate) &&
        certificate.amount.currency === earlier.certificate.amount.currency,
      `${place}.documents`,
      `Name another document than ${document.file}: it backs a certificate of another bank, issuer, payee or currency.`,
    );
  }
}

/** All documents of the deal together. @throws DealError */
export function assertDocumentsTogether(deal: Deal): void {
  assertClaims(deal);
  assertWorth(usesOf(deal));
  assertWorth(
    deal.transfers.flatMap(({ documents }, at) =>
      documents.map((document, index) => ({
        document,
        entry: `$.transfers[${String(at)}].documents[${String(index)}].file`,
      })),
    ),
  );
}
