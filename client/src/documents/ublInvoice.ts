/** Invoices and credit notes in UBL 2.1, as Peppol BIS Billing 3 uses it. */
import { DocumentError } from './documentError.js';
import { amountOf, booleanOf, dateOf, leiOf, numberOf, optionally, present } from './values.js';
import type { CreditNote } from './creditNote.js';
import type { Invoice, InvoiceForm, InvoiceParty } from './invoice.js';
import type { Vocabulary, XmlElement } from './xml.js';

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
const vocabularyOf = (root: string): Vocabulary => ({
  root,
  namespaces: {
    '': `${UBL}:${root}-2`,
    cac: `${UBL}:CommonAggregateComponents-2`,
    cbc: `${UBL}:CommonBasicComponents-2`,
  },
});

/** ISO 6523 code of the LEI among identifier schemes. */
const LEI_SCHEME = '0199';

/**
 * Codes of UNTDID 1001 for documents that claim money for goods or services delivered. Not among them: credit notes, which lower what is
 * owed; pro forma, customs and consular invoices, which claim nothing; prepayments; consolidated invoices, which claim what others claim;
 * and factored invoices, whose claim is another's (393, 502, 503).
 */
const CLAIMING_TYPES: ReadonlySet<string> = new Set([
  ...['80', '82', '326', '331', '380', '383', '384', '387', '388', '389', '527', '623', '780', '875', '876', '877'],
]);
/** Codes of UNTDID 1001 for documents that lower what is owed for goods or services, in the hands of the seller or self-billed. */
const CREDITING_TYPES: ReadonlySet<string> = new Set(['81', '83', '261', '381']);
/** Code of a corrected invoice. */
const CORRECTED = '384';

function identifiersOf(party: XmlElement): readonly XmlElement[] {
  const identifications = party.all('cac:PartyIdentification').map((identification) => identification.one('cbc:ID'));
  return [
    party.optional('cac:PartyLegalEntity/cbc:CompanyID'),
    ...identifications,
    party.optional('cbc:EndpointID'),
    ...party.all('cac:PartyTaxScheme').map((scheme) => scheme.optional('cbc:CompanyID')),
  ].filter((element) => element !== undefined);
}

function leiAmong(identifiers: readonly XmlElement[], party: XmlElement): string | undefined {
  const leis = new Set(identifiers.filter((element) => element.attribute('schemeID') === LEI_SCHEME).map(leiOf));
  if (leis.size > 1)
    throw new DocumentError('DOCUMENT_FIELD_INVALID', {
      path: party.path,
      expected: 'one and the same LEI everywhere',
    });
  return [...leis][0];
}

const nameOf = (party: XmlElement): string =>
  (party.optional('cac:PartyLegalEntity/cbc:RegistrationName') ?? party.one('cac:PartyName/cbc:Name')).text();

/** The seller, who must have an id: nobody is paid by name alone. */
function sellerOf(party: XmlElement): InvoiceParty {
  const identifiers = identifiersOf(party);
  const lei = leiAmong(identifiers, party);
  const id = lei ?? identifiers[0]?.text();
  if (id === undefined)
    throw new DocumentError('DOCUMENT_FIELD_MISSING', { path: `${party.path}/PartyLegalEntity/CompanyID` });
  return present<InvoiceParty>({ lei, id, name: nameOf(party) });
}

/** The buyer, who may have a name alone (EN 16931). */
function buyerOf(party: XmlElement): InvoiceParty {
  const identifiers = identifiersOf(party);
  const lei = leiAmong(identifiers, party);
  const name = nameOf(party);
  return present<InvoiceParty>({ lei, id: lei ?? identifiers[0]?.text() ?? name, name });
}

/** The code of what the document is. @throws DocumentError where it is not among those that are read */
function typeOf(type: XmlElement | undefined, allowed: ReadonlySet<string>, expected: string): string | undefined {
  const code = type?.text();
  if (type === undefined || code === undefined || allowed.has(code)) return code;
  throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: type.path, expected });
}

const optionalDate = (invoice: XmlElement, path: string): string | undefined => {
  const element = invoice.optional(path);
  return element && dateOf(element);
};

/** The last of the dates on which goods were delivered. */
const deliveredOn = (invoice: XmlElement): string | undefined =>
  invoice
    .all('cac:Delivery')
    .flatMap((delivery) => optionalDate(delivery, 'cbc:ActualDeliveryDate') ?? [])
    .sort()
    .at(-1);

/** Who is to be paid. A payee's name may stand alone. */
function payeeOf(invoice: XmlElement): InvoiceParty | undefined {
  const payee = invoice.optional('cac:PayeeParty');
  if (payee === undefined) return undefined;
  const identifiers = identifiersOf(payee);
  const lei = leiAmong(identifiers, payee);
  const name = (
    payee.optional('cac:PartyName/cbc:Name') ?? payee.one('cac:PartyLegalEntity/cbc:RegistrationName')
  ).text();
  return present<InvoiceParty>({ lei, id: lei ?? identifiers[0]?.text() ?? name, name });
}

/** Numbers of the invoices that a document stands in the place of, or corrects. */
const numbersOf = (references: readonly XmlElement[]): readonly string[] =>
  references.map((reference) => numberOf(reference.one('cac:InvoiceDocumentReference/cbc:ID')));

/** An amount of the invoice's own currency. @throws DocumentError */
function amountIn(element: XmlElement, currency: string): string {
  const { amount, currency: own } = amountOf(element, 'currencyID');
  if (own === currency) return amount;
  throw new DocumentError('DOCUMENT_FIELD_INVALID', {
    path: `${element.path}/@currencyID`,
    expected: 'the currency of the invoice',
  });
}

function invoiceOf(root: XmlElement): Omit<Invoice, 'sha256'> {
  const typeCode = typeOf(
    root.optional('cbc:InvoiceTypeCode'),
    CLAIMING_TYPES,
    'the code (UNTDID 1001) of an invoice that claims money: no credit note, pro forma, copy for customs or factored invoice',
  );
  const currency = root.one('cbc:DocumentCurrencyCode').text();
  const total = root.one('cac:LegalMonetaryTotal');
  const prepaid = total.optional('cbc:PrepaidAmount');
  return present<Omit<Invoice, 'sha256'>>({
    type: 'INVOICE',
    number: numberOf(root.one('cbc:ID')),
    typeCode,
    issueDate: dateOf(root.one('cbc:IssueDate')),
    dueDate: optionalDate(root, 'cbc:DueDate'),
    deliveryDate: deliveredOn(root),
    currency,
    payableAmount: amountIn(total.one('cbc:PayableAmount'), currency),
    seller: sellerOf(root.one('cac:AccountingSupplierParty/cac:Party')),
    buyer: buyerOf(root.one('cac:AccountingCustomerParty/cac:Party')),
    payee: payeeOf(root),
    isCopy: optionally(root, 'cbc:CopyIndicator', booleanOf) ?? false,
    replaces: typeCode === CORRECTED ? numbersOf(root.all('cac:BillingReference')) : [],
    prepaidAmount: prepaid && amountIn(prepaid, currency),
  });
}

function creditNoteOf(root: XmlElement): Omit<CreditNote, 'sha256'> {
  const expected =
    'the code (UNTDID 1001) of a credit note of the seller, or one that is self-billed: 81, 83, 261 or 381';
  const typeCode = typeOf(root.optional('cbc:CreditNoteTypeCode'), CREDITING_TYPES, expected);
  const currency = root.one('cbc:DocumentCurrencyCode').text();
  const total = root.one('cac:LegalMonetaryTotal');
  return present<Omit<CreditNote, 'sha256'>>({
    type: 'CREDIT_NOTE',
    number: numberOf(root.one('cbc:ID')),
    typeCode,
    issueDate: dateOf(root.one('cbc:IssueDate')),
    currency,
    amount: amountIn(total.optional('cbc:TaxInclusiveAmount') ?? total.one('cbc:PayableAmount'), currency),
    seller: sellerOf(root.one('cac:AccountingSupplierParty/cac:Party')),
    buyer: buyerOf(root.one('cac:AccountingCustomerParty/cac:Party')),
    corrects: numbersOf(root.some('cac:BillingReference')),
  });
}

/** UBL's invoice. */
export const UBL_INVOICE: InvoiceForm<Invoice> = { vocabulary: vocabularyOf('Invoice'), read: invoiceOf };
/** UBL's credit note. */
export const UBL_CREDIT_NOTE: InvoiceForm<CreditNote> = { vocabulary: vocabularyOf('CreditNote'), read: creditNoteOf };
