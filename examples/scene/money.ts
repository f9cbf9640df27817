/** How amounts are said. */
import { decimalOf } from '@tenor/client';

/** An amount in minor units of its currency. */
export interface Amount {
  readonly currency: string;
  readonly amount: string | bigint;
}

/** `USD 1000.00` */
export const say = ({ currency, amount }: Amount): string => `${currency} ${decimalOf(amount, currency)}`;
