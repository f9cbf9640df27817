/** Credit notes, which lower what an invoice claims, in every form that is read, as one shape. */
import { CHINESE_CREDIT_NOTES } from './chineseInvoice.js';
import { readFile } from './frontDoor.js';
import { readForm, type InvoiceParty } from './invoice.js';
import { UBL_CREDIT_NOTE } from './ublInvoice.js';

/** A credit note. */
export interface CreditNote {
  readonly type: 'CREDIT_NOTE';
  /** As the number of an invoice. */
  readonly number: string;
  /** Code of UNTDID 1001, where it has one. */
  readonly typeCode?: string;
  readonly issueDate: string;
  readonly currency: string;
  /** By how much the invoices are lowered, tax included: without a sign, in major units, with exactly the decimals of `currency`. */
  readonly amount: string;
  /** Who issued the invoices that it corrects. */
  readonly seller: InvoiceParty;
  readonly buyer: InvoiceParty;
  /** Numbers of the invoices that it corrects; at least one. */
  readonly corrects: readonly string[];
  /** Of a Chinese one: the part of `amount` without tax, and the tax. */
  readonly taxExclusiveAmount?: string;
  readonly taxAmount?: string;
  /** SHA-256 of the file as it was received, lower-case hex. */
  readonly sha256: string;
}

/**
 * Reads a credit note: UBL 2.1, or a red-letter invoice of China (红字发票), as XML or in an OFD. One that does not name the invoices that
 * it corrects is refused.
 * @throws DocumentError as `readInvoice`
 */
export const readCreditNote = (file: string | Uint8Array): CreditNote =>
  readFile(file, (entered) => readForm(entered, [UBL_CREDIT_NOTE, ...CHINESE_CREDIT_NOTES]));
