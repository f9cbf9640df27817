/** Invoices in UBL 2.1, as Peppol BIS Billing 3 uses it. */
import { normalisedNumber } from '../../../chaincode/src/protocol/documentNumbers.js';
import { DocumentError } from './documentError.js';
import { amountOf, booleanOf, dateOf, leiOf, optionally, present } from './values.js';
import { readXml, type Vocabulary, type XmlElement } from './xml.js';

/** Seller or buyer of an invoice. */
export interface InvoiceParty {
  /** Legal Entity Identifier: an identifier of scheme 0199, check digits verified. */
  readonly lei?: string;
  /** The LEI if there is one, else the registration, identification, endpoint or tax id, in this order. */
  readonly id: string;
  /** Registered name, else trading name. */
  readonly name: string;
}

/** The fields of an invoice that Tenor needs. */
export interface Invoice {
  readonly type: 'INVOICE';
  /** Runs of white space in it are one space. */
  readonly number: string;
  /** Code of UNTDID 1001, where the invoice has one: only such as claim money for goods or services are read. */
  readonly typeCode?: string;
  readonly issueDate: string;
  readonly dueDate?: string;
  /** Actual date of delivery of the goods; of several deliveries the last. */
  readonly deliveryDate?: string;
  readonly currency: string;
  /** Amount due for payment in major units, with exactly the decimals of `currency`. */
  readonly payableAmount: string;
  readonly seller: InvoiceParty;
  readonly buyer: InvoiceParty;
  /** Who is to be paid, where that is not the seller: the claim was assigned, for example to a factor. */
  readonly payee?: InvoiceParty;
  /** True when the document says that it is a copy of another one. */
  readonly isCopy: boolean;
  /** Numbers of the invoices that a corrected invoice (384) stands in the place of. */
  readonly replaces: readonly string[];
  /** What was paid before, in major units: `payableAmount` is without it. */
  readonly prepaidAmount?: string;
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
}

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
const VOCABULARY: Vocabulary = {
  root: 'Invoice',
  namespaces: {
    '': `${UBL}:Invoice-2`,
    cac: `${UBL}:CommonAggregateComponents-2`,
    cbc: `${UBL}:CommonBasicComponents-2`,
  },
};

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

function partyOf(party: XmlElement): InvoiceParty {
  const identifiers = identifiersOf(party);
  const lei = leiAmong(identifiers, party);
  const id = lei ?? identifiers[0]?.text();
  if (id === undefined)
    throw new DocumentError('DOCUMENT_FIELD_MISSING', { path: `${party.path}/PartyLegalEntity/CompanyID` });
  const registered = party.optional('cac:PartyLegalEntity/cbc:RegistrationName');
  const name = (registered ?? party.one('cac:PartyName/cbc:Name')).text();
  return present<InvoiceParty>({ lei, id, name });
}

/** The code of what the document is. @throws DocumentError where that claims no money */
function typeOf(invoice: XmlElement): string | undefined {
  const type = invoice.optional('cbc:InvoiceTypeCode');
  const code = type?.text();
  if (type === undefined || code === undefined || CLAIMING_TYPES.has(code)) return code;
  throw new DocumentError('DOCUMENT_FIELD_INVALID', {
    path: type.path,
    expected:
      'the code (UNTDID 1001) of an invoice that claims money: no credit note, pro forma, copy for customs or factored invoice',
  });
}

/** A number by which documents can be told apart. @throws DocumentError */
function numberOf(element: XmlElement): string {
  const number = element.text().replace(/\s+/g, ' ');
  if (normalisedNumber(number) !== '') return number;
  throw new DocumentError('DOCUMENT_FIELD_INVALID', {
    path: element.path,
    expected: 'a number with a letter or a digit, in letters of Latin, Greek, Cyrillic, Chinese, Japanese or Korean',
  });
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

const replacedBy = (invoice: XmlElement, type: string | undefined): readonly string[] =>
  type === CORRECTED
    ? invoice
        .all('cac:BillingReference')
        .map((reference) => numberOf(reference.one('cac:InvoiceDocumentReference/cbc:ID')))
    : [];

/** An amount of the invoice's own currency. @throws DocumentError */
function amountIn(element: XmlElement, currency: string): string {
  const { amount, currency: own } = amountOf(element, 'currencyID');
  if (own === currency) return amount;
  throw new DocumentError('DOCUMENT_FIELD_INVALID', {
    path: `${element.path}/@currencyID`,
    expected: 'the currency of the invoice',
  });
}

/**
 * Reads a UBL 2.1 invoice. Its amounts must be in its own currency.
 * @throws DocumentError DOCUMENT_TOO_LARGE, DOCUMENT_EMPTY, DOCUMENT_PDF, DOCUMENT_ZIP, DOCUMENT_ENCODING, DOCUMENT_NOT_UTF8,
 *   DOCUMENT_DOCTYPE, DOCUMENT_TOO_DEEP, DOCUMENT_NOT_XML, DOCUMENT_NAMESPACE, DOCUMENT_FIELD_MISSING, DOCUMENT_FIELD_REPEATED,
 *   DOCUMENT_FIELD_INVALID
 */
export function readInvoice(xml: string | Uint8Array): Invoice {
  const { root, sha256 } = readXml(xml, VOCABULARY);
  const typeCode = typeOf(root);
  const currency = root.one('cbc:DocumentCurrencyCode').text();
  const total = root.one('cac:LegalMonetaryTotal');
  const prepaid = total.optional('cbc:PrepaidAmount');
  return present<Invoice>({
    type: 'INVOICE',
    number: numberOf(root.one('cbc:ID')),
    typeCode,
    issueDate: dateOf(root.one('cbc:IssueDate')),
    dueDate: optionalDate(root, 'cbc:DueDate'),
    deliveryDate: deliveredOn(root),
    currency,
    payableAmount: amountIn(total.one('cbc:PayableAmount'), currency),
    seller: partyOf(root.one('cac:AccountingSupplierParty/cac:Party')),
    buyer: partyOf(root.one('cac:AccountingCustomerParty/cac:Party')),
    payee: payeeOf(root),
    isCopy: optionally(root, 'cbc:CopyIndicator', booleanOf) ?? false,
    replaces: replacedBy(root, typeCode),
    prepaidAmount: prepaid && amountIn(prepaid, currency),
    sha256,
  });
}
