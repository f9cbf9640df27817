/** The readers of a deal's files. A file of another kind than its entry says is told apart from one that is damaged. */
import {
  DOCUMENT_KINDS,
  DocumentError,
  identifyDocument,
  readBillOfLading,
  readCreditNotification,
  readInvoice,
  readPaymentStatus,
  type BillOfLading,
  type CreditNotification,
  type DocumentErrorCode,
  type DocumentKind,
  type Invoice,
  type PaymentStatus,
} from '@tenor/client';
import { DealError, type NamedFile } from './dealError.js';
import { bytesOf } from './dealFiles.js';

/** A reader, and what it reads. */
interface FileReader<Read> {
  readonly read: (bytes: Uint8Array) => Read;
  /** With its article, as the object of a sentence. */
  readonly what: string;
  readonly kinds: readonly DocumentKind[];
}

/** Readers of trade documents, by the type that an entry gives. */
export const DOCUMENTS: {
  readonly INVOICE: FileReader<Invoice>;
  readonly BILL_OF_LADING: FileReader<BillOfLading>;
} = {
  INVOICE: { read: readInvoice, what: 'an invoice (UBL 2.1, or a Chinese digital invoice)', kinds: ['XML', 'OFD'] },
  BILL_OF_LADING: { read: readBillOfLading, what: 'a bill of lading in JSON', kinds: ['JSON'] },
};
/** Reader of what a bank reports of a payment. */
export const PAYMENT_STATUS: FileReader<PaymentStatus> = {
  ...{ read: readPaymentStatus, what: 'a payment status report (pacs.002)', kinds: ['XML'] },
};
/** Reader of what a bank has booked. */
export const CREDIT_NOTIFICATION: FileReader<CreditNotification> = {
  ...{ read: readCreditNotification, what: 'a credit notification (camt.054)', kinds: ['XML'] },
};

/** Codes by which a reader says that it met something else than it reads. */
const ANOTHER: ReadonlySet<DocumentErrorCode> = new Set([
  ...(['DOCUMENT_NOT_XML', 'DOCUMENT_NOT_JSON', 'DOCUMENT_NAMESPACE', 'DOCUMENT_DOCTYPE'] as const),
]);

/** What a file is, where it is of another kind than its reader takes. */
function otherKind({ code }: DocumentError, bytes: Uint8Array, kinds: readonly DocumentKind[]): string | undefined {
  const { kind, root, message } = identifyDocument(bytes);
  if (!ANOTHER.has(code) || (kinds.includes(kind) && code !== 'DOCUMENT_NAMESPACE')) return undefined;
  const name = message ?? root;
  return name === undefined ? DOCUMENT_KINDS[kind] : `${DOCUMENT_KINDS[kind]}, ${name}`;
}

/** Reads one file through a reader; what the reader refuses is told with the file's name. @throws DealError */
export async function readWith<Read>(
  folder: string,
  { file, entry }: NamedFile,
  { read, what, kinds }: FileReader<Read>,
): Promise<Read> {
  const bytes = await bytesOf(folder, file, entry);
  try {
    return read(bytes);
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    const other = otherKind(cause, bytes, kinds);
    if (other !== undefined)
      throw new DealError(file, '', `Name ${what} instead: this file is ${other}.`, { cause, entry });
    const { path } = cause.data;
    const remedy = path === undefined ? cause.message : cause.message.replace(` at ${path}`, '');
    throw new DealError(file, path ?? '', remedy, { cause, entry });
  }
}
