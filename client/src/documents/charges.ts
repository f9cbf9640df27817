/**
 * Charges as messages about payments tell of them. They are kept as they are told and change no amount: what a payment brought is what was credited, and
 * a charge that was deducted on the way makes it a part of what was sent.
 */
import { amountOf, booleanOf, optionally, optionalText, present, type DocumentAmount } from './values.js';
import type { XmlElement } from './xml.js';

/** One charge. */
export interface Charge extends DocumentAmount {
  /** Who bears it, as ISO 20022 says it: `DEBT` the debtor, `CRED` the creditor, `SHAR` each side its own, `SLEV` as the scheme has it. */
  readonly bearer?: string;
  /** Whether the amount beside it has the charge deducted or added already. */
  readonly isIncluded?: boolean;
}

const chargeOf = (charge: XmlElement): Charge => {
  const bearer = optionalText(charge, 'Br');
  const isIncluded = optionally(charge, 'ChrgInclInd', booleanOf);
  return present<Charge>({ ...amountOf(charge.one('Amt'), 'Ccy'), bearer, isIncluded });
};

/** The charges that a part of a message tells of, or undefined where it tells of none. @throws DocumentError */
export function chargesOf(elements: readonly XmlElement[]): readonly Charge[] | undefined {
  return elements.length === 0 ? undefined : elements.map(chargeOf);
}

/** The charges of a booking, or of one of its payments (`Chrgs`). @throws DocumentError */
export const chargesIn = (booking: XmlElement): readonly Charge[] | undefined =>
  chargesOf(booking.all('Chrgs').flatMap((charges) => charges.all('Rcrd')));
