/** Identifiers of records, parties and payments, with their checks. */

/** The random part of an id: at least 64 random bits, never a business number, because Fabric publishes the SHA-256 of every key. */
export const RANDOM_PATTERN = /^[A-Za-z0-9_-]{16,64}$/;

/**
 * Grammar of record ids: `<register>~<drawer>~<random>`. The first MSP id names the organisation whose book keeps the record, as an
 * account number names its bank. The second names the organisation that drew the id. Only that one can create a record under it.
 */
export const ID_PATTERN = /^[A-Za-z0-9.-]{1,64}~[A-Za-z0-9.-]{1,64}~[A-Za-z0-9_-]{16,64}$/;

/** MSP id of the organisation whose book is the register of an id. */
export const registerOf = (id: string): string => id.slice(0, id.indexOf('~'));

/** MSP id of the organisation that drew an id. */
export const drawerOf = (id: string): string => id.slice(id.indexOf('~') + 1, id.lastIndexOf('~'));

/** UETR: a UUID version 4 in lower case (ISO 20022, element UETR). */
export const UETR_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What banks write where a payment has no reference. */
export const NO_REFERENCE: readonly string[] = ['NOTPROVIDED', 'NONREF'];

/**
 * True for an end-to-end reference that reaches the payee as it was given: the Latin letters, digits and signs that banks pass on, without a slash at
 * either end or two together (SEPA credit transfer implementation guidelines, section 1.4), and not what stands for no reference.
 */
export function isEndToEndId(text: string): boolean {
  const isPassedOn = /^[A-Za-z0-9+?:().,'/-](?:[A-Za-z0-9+?:().,'/ -]{0,33}[A-Za-z0-9+?:().,'/-])?$/.test(text);
  return isPassedOn && !/^\/|\/$|\/\//.test(text) && !NO_REFERENCE.includes(text.toUpperCase());
}

/** What a payment pays: a presentment of due slices, or a leg of a batch. */
export interface Paid {
  readonly presentmentId?: string | undefined;
  readonly legId?: string | undefined;
}

/** Only that of something which says what is paid. */
export const paidOf = ({ presentmentId, legId }: Paid): Paid => (legId === undefined ? { presentmentId } : { legId });

/** Id of what a payment pays. */
export const demandIdOf = ({ presentmentId, legId }: Paid): string => presentmentId ?? legId ?? '';

/** What a payment is known by on the ledger: its UETR, or, where it has none, what it pays, whose end-to-end reference it carries. */
export const paymentIdOf = ({ uetr, ...paid }: Paid & { readonly uetr?: string | undefined }): string =>
  uetr ?? demandIdOf(paid);

/** What all payments of a presentment are known by that a request names. */
export const paymentIdsOf = ({
  furtherUetrs = [],
  ...first
}: Paid & { readonly uetr?: string | undefined; readonly furtherUetrs?: readonly string[] | undefined }): readonly [
  string,
  ...string[],
] => [paymentIdOf(first), ...furtherUetrs];

/** MSP ids as Fabric's policy language accepts them. */
export const MSP_PATTERN = /^[A-Za-z0-9.-]{1,64}$/;

/** True for a Legal Entity Identifier with valid check digits, which run from 02 to 98 (ISO 17442, ISO 7064 MOD 97-10). */
export function isLei(text: string): boolean {
  if (!/^[0-9A-Z]{18}[0-9]{2}$/.test(text) || /(?:00|01|99)$/.test(text)) return false;
  return remainderOf97(text) === 1;
}

/** True for an IBAN in electronic form whose check digits agree, which run from 02 to 98 (ISO 13616, ISO 7064 MOD 97-10). */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/.test(text) || /^..(?:00|01|99)/.test(text)) return false;
  return remainderOf97(text.slice(4) + text.slice(0, 4)) === 1;
}

/** Letters count from A = 10 to Z = 35 (ISO 7064 MOD 97-10). */
function remainderOf97(text: string): number {
  let remainder = 0;
  for (const letter of text) {
    const value = Number.parseInt(letter, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

const USCI_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** True for a Unified Social Credit Identifier with a valid check character (GB 32100-2015, modulus 31). */
export function isUsci(text: string): boolean {
  if (!/^[0-9A-HJ-NP-RTUWXY]{18}$/.test(text)) return false;
  let sum = 0;
  let weight = 1;
  for (const letter of text.slice(0, 17)) {
    sum += USCI_ALPHABET.indexOf(letter) * weight;
    weight = (weight * 3) % 31;
  }
  return USCI_ALPHABET[(31 - (sum % 31)) % 31] === text[17];
}

/** True for an id by which a party can be registered: an LEI or a USCI. */
export const isPartyId = (text: string): boolean => isLei(text) || isUsci(text);
