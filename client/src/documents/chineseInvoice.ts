/**
 * Digital invoices of China: EInvoice, as the tax administration issues it (数电票, versions 0.2 and later), and eInvoice, the older
 * electronic one with a code and a number. The seal of the tax administration is not checked here: ask its platform whether it is genuine.
 */
import { isDate } from '../../../chaincode/src/protocol/dates.js';
import { isUsci } from '../../../chaincode/src/protocol/identifiers.js';
import type { CreditNote } from './creditNote.js';
import { DocumentError } from './documentError.js';
import type { Invoice, InvoiceForm, InvoiceParty } from './invoice.js';
import { decimalIn, present } from './values.js';
import type { Vocabulary, XmlElement } from './xml.js';

/** Every amount is in it, and no element says so. */
const CURRENCY = 'CNY';

/** Where an amount stands, and what it is. */
interface Amount {
  readonly path: string;
  readonly isNegative: boolean;
  /** Without its sign. */
  readonly text: string;
}

/** What both forms tell. */
interface Paper {
  readonly number: string;
  readonly issueDate: string;
  readonly seller: InvoiceParty;
  readonly buyer: InvoiceParty;
  readonly taxExclusive?: Amount;
  readonly tax?: Amount;
  readonly total: Amount;
  /** Place of what says that it is red, and so lowers another invoice. */
  readonly red?: string;
  /** Number of the blue invoice that it corrects. */
  readonly corrects?: string;
}

const invalid = (path: string, expected: string): DocumentError =>
  new DocumentError('DOCUMENT_FIELD_INVALID', { path, expected });

function amountOf(element: XmlElement): Amount {
  const text = element.text();
  const isNegative = text.startsWith('-');
  return { path: element.path, isNegative, text: decimalIn(isNegative ? text.slice(1) : text, CURRENCY, element.path) };
}

/** An amount, where there is one: what is free of tax may show none, or asterisks. */
function optionalAmount(parent: XmlElement, name: string): Amount | undefined {
  const element = parent.optional(name);
  return element?.isText === true && !/^\*+$/.test(element.text()) ? amountOf(element) : undefined;
}

const minorOf = ({ isNegative, text }: Amount): bigint => BigInt(text.replace('.', '')) * (isNegative ? -1n : 1n);

/** Amount without tax and tax have the sign of the total, and add up to it. Where neither is told, there is nothing to add. */
function assertSum({ taxExclusive, tax, total }: Paper, missing: string): void {
  if (taxExclusive === undefined && tax === undefined) return;
  if (taxExclusive === undefined) throw new DocumentError('DOCUMENT_FIELD_MISSING', { path: missing });
  const parts = [taxExclusive, ...(tax === undefined ? [] : [tax])];
  const sum = parts.reduce((added, part) => added + minorOf(part), 0n);
  const isMixed = parts.some((part) => minorOf(part) !== 0n && part.isNegative !== total.isNegative);
  if (isMixed || sum !== minorOf(total))
    throw invalid(total.path, 'the amount without tax and the tax, added, of one sign');
}

/** Red is what says so and is negative; blue is neither. What says one and shows the other is refused. */
function assertColour({ red, total }: Paper): void {
  if ((red !== undefined) !== total.isNegative)
    throw invalid(total.path, 'a negative amount on a red-letter invoice, and on no other');
}

/** A party by its tax id and its name. One of them may be missing. */
function partyOf(party: XmlElement, idName: string, nameName: string): InvoiceParty {
  const [taxId, named] = [idName, nameName].map((each) => {
    const element = party.optional(each);
    return element?.isText === true ? element.text() : undefined;
  });
  const [id, name] = [taxId ?? named, named ?? taxId];
  if (id === undefined || name === undefined)
    throw new DocumentError('DOCUMENT_FIELD_MISSING', { path: `${party.path}/${idName}` });
  return present<InvoiceParty>({ usci: taxId !== undefined && isUsci(taxId) ? taxId : undefined, id, name });
}

/** The seller, who must have a tax id: nobody is paid by name alone. */
function sellerOf(party: XmlElement, idName: string, nameName: string): InvoiceParty {
  party.one(idName).text();
  return partyOf(party, idName, nameName);
}

/** Forms of a date: as XML has it, with a time behind it, with Chinese letters, and of digits alone. */
const DATES = [
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T][0-9]{2}:[0-9]{2}:[0-9]{2})?$/,
  /^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日$/,
  /^([0-9]{4})([0-9]{2})([0-9]{2})$/,
];

function dateOf(element: XmlElement): string {
  const text = element.text();
  const [, year = '', month = '', day = ''] = DATES.map((form) => form.exec(text)).find((each) => each !== null) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isDate(date)) throw invalid(element.path, 'a date that exists, YYYY-MM-DD or YYYY年MM月DD日');
  return date;
}

function digitsOf(element: XmlElement, pattern: RegExp, expected: string): string {
  const text = element.text();
  if (!pattern.test(text)) throw invalid(element.path, expected);
  return text;
}

const TWENTY = /^[0-9]{20}$/;
const TWENTY_DIGITS = 'a number of 20 digits';

/** How remarks name the blue invoice that a red one corrects: by 20 digits, or by code and number. */
const REMARKS = [
  /被红冲蓝字数电(?:发)?票号码[:：]\s*([0-9]{20})(?![0-9])/,
  /对应正数发票代码[:：]\s*([0-9]{10}|[0-9]{12})\s*号码[:：]\s*([0-9]{8})(?![0-9])/,
];

const correctedBy = (remarks: readonly string[]): string | undefined =>
  remarks
    .flatMap((remark) => REMARKS.map((form) => form.exec(remark)?.slice(1).filter(Boolean).join('-')))
    .find((number) => number !== undefined);

/** The number in both places where an EInvoice has it. */
function numberOfEInvoice(root: XmlElement): string {
  const issued = root.optional('TaxSupervisionInfo/InvoiceNumber');
  const id = root.optional('Header/EIid');
  const element = issued ?? id ?? root.one('TaxSupervisionInfo/InvoiceNumber');
  const number = digitsOf(element, TWENTY, TWENTY_DIGITS);
  if (id !== undefined && id.text() !== number) throw invalid(id.path, 'the number of the invoice');
  return number;
}

/** The label that says whether an EInvoice is blue (是否蓝字发票标志). */
function isLabelledBlue(label: XmlElement): boolean {
  const code = label.text();
  if (code !== 'Y' && code !== 'N') throw invalid(label.path, 'Y for a blue-letter invoice, or N for a red-letter one');
  return code === 'Y';
}

/** Place of what says that an EInvoice is red: its label, or the invoice that it names as the blue one. */
function redOfEInvoice(root: XmlElement): string | undefined {
  const label = root.optional('Header/InherentLabel/InIssuType/LabelCode');
  const blue = root.optional('EInvoiceData/SpecificInformation/RedEInvoice');
  if (label === undefined) return blue?.path;
  if (!isLabelledBlue(label)) return label.path;
  if (blue !== undefined) throw invalid(label.path, 'N, since it names the blue-letter invoice that it corrects');
  return undefined;
}

function blueOfEInvoice(root: XmlElement): string | undefined {
  const told = root.optional('EInvoiceData/SpecificInformation/RedEInvoice/OriginalInvoiceCode');
  const remarked = correctedBy(root.textsWithin('Remark'));
  if (told === undefined) return remarked;
  const number = digitsOf(told, TWENTY, TWENTY_DIGITS);
  if (remarked !== undefined && remarked !== number) throw invalid(told.path, 'the number that the remark names');
  return number;
}

function paperOfEInvoice(root: XmlElement): Paper {
  const data = root.one('EInvoiceData');
  const basic = data.one('BasicInformation');
  const red = redOfEInvoice(root);
  const paper = present<Paper>({
    number: numberOfEInvoice(root),
    issueDate: dateOf(root.one('TaxSupervisionInfo/IssueTime')),
    seller: sellerOf(data.one('SellerInformation'), 'SellerIdNum', 'SellerName'),
    buyer: partyOf(data.one('BuyerInformation'), 'BuyerIdNum', 'BuyerName'),
    taxExclusive: optionalAmount(basic, 'TotalAmWithoutTax'),
    tax: optionalAmount(basic, 'TotalTaxAm'),
    total: amountOf(basic.one('TotalTax-includedAmount')),
    red,
    corrects: red === undefined ? undefined : blueOfEInvoice(root),
  });
  assertSum(paper, `${basic.path}/TotalAmWithoutTax`);
  assertColour(paper);
  return paper;
}

/** Of an older one: code and number, since the number alone is used again and again. */
function numberOfOlder(root: XmlElement): string {
  const number = root.one('fp:InvoiceNo');
  if (TWENTY.test(number.text())) return number.text();
  const code = digitsOf(root.one('fp:InvoiceCode'), /^(?:[0-9]{10}|[0-9]{12})$/, 'a code of 10 or 12 digits');
  return `${code}-${digitsOf(number, /^[0-9]{8}$/, 'a number of 8 digits beside its code, or of 20')}`;
}

function redOfOlder(root: XmlElement): string | undefined {
  const type = root.one('fp:TypeCode');
  const code = type.text();
  if (code !== '0' && code !== '1') throw invalid(type.path, '0 for a blue-letter invoice, or 1 for a red-letter one');
  return code === '1' ? type.path : undefined;
}

function paperOfOlder(root: XmlElement): Paper {
  const red = redOfOlder(root);
  const paper = present<Paper>({
    number: numberOfOlder(root),
    issueDate: dateOf(root.one('fp:IssueDate')),
    seller: sellerOf(root.one('fp:Seller'), 'fp:SellerTaxID', 'fp:SellerName'),
    buyer: partyOf(root.one('fp:Buyer'), 'fp:BuyerTaxID', 'fp:BuyerName'),
    taxExclusive: optionalAmount(root, 'fp:TaxExclusiveTotalAmount'),
    tax: optionalAmount(root, 'fp:TaxTotalAmount'),
    total: amountOf(root.one('fp:TaxInclusiveTotalAmount')),
    red,
    corrects: red === undefined ? undefined : correctedBy(root.textsWithin('Note')),
  });
  assertSum(paper, `${root.path}/TaxExclusiveTotalAmount`);
  assertColour(paper);
  return paper;
}

/** What an invoice and a credit note have in common. */
type Core = Pick<Invoice, 'number' | 'issueDate' | 'currency' | 'seller' | 'buyer'> & {
  readonly taxExclusiveAmount: string | undefined;
  readonly taxAmount: string | undefined;
};

const coreOf = ({ number, issueDate, seller, buyer, taxExclusive, tax }: Paper): Core => ({
  ...{ number, issueDate, currency: CURRENCY, seller, buyer },
  ...{ taxExclusiveAmount: taxExclusive?.text, taxAmount: tax?.text },
});

function invoiceOf(paper: Paper): Omit<Invoice, 'sha256'> {
  if (paper.red !== undefined) throw invalid(paper.red, 'a blue-letter invoice; a red-letter one is a credit note');
  return present<Omit<Invoice, 'sha256'>>({
    ...{ type: 'INVOICE', ...coreOf(paper), payableAmount: paper.total.text },
    ...{ isCopy: false, replaces: [] },
  });
}

function creditNoteOf(paper: Paper): Omit<CreditNote, 'sha256'> {
  if (paper.red === undefined) throw invalid(paper.total.path, 'a red-letter invoice, which lowers another one');
  if (paper.corrects === undefined)
    throw new DocumentError('DOCUMENT_FIELD_MISSING', {
      path: paper.red,
      expected: 'beside it the number of the blue-letter invoice that it corrects',
    });
  return present<Omit<CreditNote, 'sha256'>>({
    ...{ type: 'CREDIT_NOTE', ...coreOf(paper), amount: paper.total.text },
    corrects: [paper.corrects],
  });
}

const PAPERS: readonly (readonly [Vocabulary, (root: XmlElement) => Paper])[] = [
  [{ root: 'EInvoice', namespaces: { '': '' } }, paperOfEInvoice],
  [{ root: 'eInvoice', namespaces: { '': '', fp: 'http://www.edrm.org.cn/schema/e-invoice/2019' } }, paperOfOlder],
];

/** Blue-letter invoices, which claim money. */
export const CHINESE_INVOICES: readonly InvoiceForm<Invoice>[] = PAPERS.map(([vocabulary, paperOf]) => ({
  vocabulary,
  read: (root) => invoiceOf(paperOf(root)),
}));

/** Red-letter invoices, which lower others. */
export const CHINESE_CREDIT_NOTES: readonly InvoiceForm<CreditNote>[] = PAPERS.map(([vocabulary, paperOf]) => ({
  vocabulary,
  read: (root) => creditNoteOf(paperOf(root)),
}));
