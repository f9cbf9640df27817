/** Invoices, in every form that is read, as one shape. */
import { CHINESE_INVOICES } from './chineseInvoice.js';
import { DocumentError } from './documentError.js';
import { readFile, xmlOf, type Entered } from './frontDoor.js';
import { sayElement } from './identify.js';
import { invoiceXmlIn } from './ofd.js';
import { UBL_INVOICE } from './ublInvoice.js';
import { XmlElement, type Vocabulary } from './xml.js';
import type { Content } from './xmlParser.js';

/** Seller or buyer of an invoice. */
export interface InvoiceParty {
  /** Legal Entity Identifier: an identifier of scheme 0199, check digits verified. */
  readonly lei?: string;
  /** Unified Social Credit Identifier (统一社会信用代码): the tax id of a Chinese invoice, where its check character agrees. */
  readonly usci?: string;
  /** The LEI if there is one, else the registration, identification, endpoint or tax id, in this order; else the name. */
  readonly id: string;
  /** Registered name, else trading name; of a Chinese invoice that has no name, the tax id. */
  readonly name: string;
}

/** The fields of an invoice that Tenor needs. */
export interface Invoice {
  readonly type: 'INVOICE';
  /** Runs of white space in it are one space. Of a Chinese invoice: 20 digits; of an older one its code and number, with a dash. */
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
  /** Of a Chinese invoice: amount without tax, in major units. With `taxAmount` it adds up to `payableAmount`. */
  readonly taxExclusiveAmount?: string;
  /** Of a Chinese invoice: tax, in major units. */
  readonly taxAmount?: string;
  /** SHA-256 of the file as it was received (of an OFD, of the OFD), lower-case hex. */
  readonly sha256: string;
}

/** A form in which a document may come, and its reader. */
export interface InvoiceForm<T> {
  readonly vocabulary: Vocabulary;
  readonly read: (root: XmlElement) => Omit<T, 'sha256'>;
}

const isOfForm = ({ root, namespaces }: Vocabulary, { name, namespace }: Content): boolean =>
  name === root && namespace === (namespaces[''] ?? '');

/**
 * Reads a document in one of several forms, as XML or as the XML in an OFD.
 * @throws DocumentError of the form; as `xmlOf`; DOCUMENT_ARCHIVE; DOCUMENT_NAMESPACE where it has none of these forms
 */
export function readForm<T extends object>(entered: Entered, forms: readonly InvoiceForm<T>[]): T {
  const formOf = (content: Content): InvoiceForm<T> | undefined =>
    forms.find(({ vocabulary }) => isOfForm(vocabulary, content));
  const content =
    entered.kind === 'OFD' ? invoiceXmlIn(entered.file.bytes, (each) => formOf(each) !== undefined) : xmlOf(entered);
  const form = formOf(content);
  if (form === undefined) {
    const expected = forms.map(({ vocabulary: { root, namespaces } }) =>
      sayElement({ name: root, namespace: namespaces[''] ?? '' }),
    );
    throw new DocumentError('DOCUMENT_NAMESPACE', { expected: expected.join(', or '), found: sayElement(content) });
  }
  const root = new XmlElement(content, `/${form.vocabulary.root}`, form.vocabulary);
  return { ...form.read(root), sha256: entered.sha256 } as T;
}

/**
 * Reads an invoice that claims money: UBL 2.1, or the digital invoice of China (数电票), as XML or in an OFD. A credit note, and a
 * red-letter invoice (红字发票), is none: `readCreditNote` reads those.
 * @throws DocumentError DOCUMENT_TOO_LARGE, DOCUMENT_EMPTY, DOCUMENT_PDF, DOCUMENT_ZIP, DOCUMENT_ARCHIVE, DOCUMENT_ENCODING,
 *   DOCUMENT_NOT_UTF8, DOCUMENT_DOCTYPE, DOCUMENT_TOO_DEEP, DOCUMENT_NOT_XML, DOCUMENT_NAMESPACE, DOCUMENT_FIELD_MISSING,
 *   DOCUMENT_FIELD_REPEATED, DOCUMENT_FIELD_INVALID
 */
export const readInvoice = (file: string | Uint8Array): Invoice =>
  readFile(file, (entered) => readForm(entered, [UBL_INVOICE, ...CHINESE_INVOICES]));
