/** What an invoice says that whoever confirms its claim should look at. */
import { LIMITS } from '../../../chaincode/src/protocol/limits.js';
import { minorOf } from '../../../chaincode/src/protocol/money.js';
import type { TradeDocument } from '../../../chaincode/src/protocol/records/index.js';
import type { Invoice } from './invoice.js';
import { present } from './values.js';

/** The remarks of a claim. */
export type Remarks = NonNullable<TradeDocument['remarks']>;

const isZero = (amount: string): boolean => /^[0.]*$/.test(amount);

/**
 * The remarks that `document:claim` takes, or undefined where the invoice says nothing that is out of the ordinary. Whoever confirms the claim
 * reads the document itself as well, because the issuer could leave a remark out. The name of a payee keeps its first 500 letters.
 */
export function remarksOf({ payee, isCopy, replaces, prepaidAmount, currency }: Invoice): Remarks | undefined {
  const remarks = present<Remarks>({
    payee: payee === undefined ? undefined : Array.from(payee.name).slice(0, LIMITS.text).join(''),
    isCopy: isCopy ? true : undefined,
    replaces: replaces.length === 0 ? undefined : [...replaces],
    prepaidAmount: prepaidAmount === undefined || isZero(prepaidAmount) ? undefined : minorOf(prepaidAmount, currency),
  });
  return Object.keys(remarks).length === 0 ? undefined : remarks;
}
