/** Invoices in UBL 2.1, as Peppol BIS Billing 3 uses it. */
import { DocumentError } from './documentError.js';
import { amountOf, dateOf, leiOf, present } from './values.js';
import { readXml, type Vocabulary, type XmlElement } from './xml.js';

/** Seller or buyer of an invoice. */
export interface InvoiceParty {
  /** Legal Entity Identifier: an identifier of scheme 0199, check digits verified. */
  readonly lei?: string;
  /** The LEI if there is one, else the registration, identification or endpoint id, in this order. */
  readonly id: string;
  /** Registered name, else trading name. */
  readonly name: string;
}

/** The fields of an invoice that Tenor needs. */
export interface Invoice {
  readonly type: 'INVOICE';
  readonly number: string;
  readonly issueDate: string;
  readonly dueDate?: string;
  /** Actual date of delivery of the goods. */
  readonly deliveryDate?: string;
  readonly currency: string;
  /** Amount due for payment in major units, with exactly the decimals of `currency`. */
  readonly payableAmount: string;
  readonly seller: InvoiceParty;
  readonly buyer: InvoiceParty;
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

/** Codes of UNTDID 1001 for credit notes. A credit note lowers what is owed, so it cannot back a certificate. */
const CREDIT_NOTE_TYPES: ReadonlySet<string> = new Set([
  '81',
  '83',
  '261',
  '262',
  '296',
  '308',
  '381',
  '396',
  '420',
  '458',
  '532',
]);

function identifiersOf(party: XmlElement): readonly XmlElement[] {
  const identifications = party.all('cac:PartyIdentification').map((identification) => identification.one('cbc:ID'));
  return [
    party.optional('cac:PartyLegalEntity/cbc:CompanyID'),
    ...identifications,
    party.optional('cbc:EndpointID'),
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

function refuseCreditNote(invoice: XmlElement): void {
  const type = invoice.optional('cbc:InvoiceTypeCode');
  if (type === undefined || !CREDIT_NOTE_TYPES.has(type.text())) return;
  throw new DocumentError('DOCUMENT_FIELD_INVALID', {
    path: type.path,
    expected: 'the code of an invoice, not of a credit note',
  });
}

const optionalDate = (invoice: XmlElement, path: string): string | undefined => {
  const element = invoice.optional(path);
  return element && dateOf(element);
};

/**
 * Reads a UBL 2.1 invoice. The payable amount must be in the invoice's own currency.
 * @throws DocumentError DOCUMENT_TOO_LARGE, DOCUMENT_NOT_UTF8, DOCUMENT_DOCTYPE, DOCUMENT_NOT_XML, DOCUMENT_NAMESPACE,
 *   DOCUMENT_FIELD_MISSING, DOCUMENT_FIELD_REPEATED, DOCUMENT_FIELD_INVALID
 */
export function readInvoice(xml: string | Uint8Array): Invoice {
  const { root, sha256 } = readXml(xml, VOCABULARY);
  refuseCreditNote(root);
  const currency = root.one('cbc:DocumentCurrencyCode').text();
  const payable = root.one('cac:LegalMonetaryTotal/cbc:PayableAmount');
  const { amount, currency: payableCurrency } = amountOf(payable, 'currencyID');
  if (payableCurrency !== currency) {
    throw new DocumentError('DOCUMENT_FIELD_INVALID', {
      path: `${payable.path}/@currencyID`,
      expected: 'the currency of the invoice',
    });
  }
  return present<Invoice>({
    type: 'INVOICE',
    number: root.one('cbc:ID').text(),
    issueDate: dateOf(root.one('cbc:IssueDate')),
    dueDate: optionalDate(root, 'cbc:DueDate'),
    deliveryDate: optionalDate(root, 'cac:Delivery/cbc:ActualDeliveryDate'),
    currency,
    payableAmount: amount,
    seller: partyOf(root.one('cac:AccountingSupplierParty/cac:Party')),
    buyer: partyOf(root.one('cac:AccountingCustomerParty/cac:Party')),
    sha256,
  });
}
