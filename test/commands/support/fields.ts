/** What the fields of a command take, as cases write it down from the documentation; `?` marks what may be left out. */

/** What a field takes. */
export type FieldType =
  | 'id'
  | 'ids'
  | 'manyIds'
  | 'hash'
  | 'party'
  | 'amount'
  | 'amounts'
  | 'currency'
  | 'date'
  | 'uetr'
  | 'uetrs'
  | 'endToEndId'
  | 'account'
  | 'interestPayer'
  | 'rate'
  | 'total'
  | 'text'
  | 'flag'
  | 'word'
  | 'command'
  | 'msp'
  | 'msps'
  | 'reference'
  | 'list'
  | 'sheet';

/** Field names with what they take. */
export type Fields = Readonly<Record<string, FieldType | `${FieldType}?`>>;

/** Fields of a sum of money. */
export const MONEY: Fields = { currency: 'currency', amount: 'amount' };
/** A payment pays a presentment or a leg of a batch: what is wrong where it names both, or neither. */
export const PAYS_ONE = [
  ['both a presentment and a leg', 'REQUEST_MALFORMED', { legId: 'BankMSP~SupplierMSP~abcdefghijklmnop' }],
  ['neither a presentment nor a leg', 'REQUEST_MALFORMED', { presentmentId: undefined }],
] as const;
/** Several payments that pay together: what is wrong where one of them is named twice. */
export const NAMED_ONCE = [
  [
    'a further payment named twice',
    'DUPLICATE_ITEM',
    { furtherUetrs: Array<string>(2).fill('eb6305c9-1f7f-49de-aed0-16487c27b42d') },
  ],
] as const;
/** Fields of an offer of a slice. */
export const TRANSFER: Fields = { sliceId: 'id', transferId: 'reference' };

/** The type of a field, whether it may be left out or not. */
export const typeOf = (type: Fields[string]): FieldType => type.replace('?', '') as FieldType;

/** Fields that may be left out. */
export const optionalOf = (fields: Fields = {}): string[] =>
  Object.entries(fields).flatMap(([field, type]) => (type.endsWith('?') ? [field] : []));
