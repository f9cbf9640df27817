/**
 * Netting: members of a batch surrender what they hold of each other's promises, and who owes more than it is owed pays the difference. Each party checks
 * its own part when it approves, where everything that it gives and takes is open; together the parts are the whole.
 */
import { TenorError } from '../protocol/errors.js';
import { isAsset, type Leg } from '../protocol/records/index.js';
import { add, isEqual, money, moneyOf, type Money } from './money.js';
import type { HeldSlice } from './vouched.js';

const mismatch = (): TenorError => new TenorError('NET_MISMATCH');

/** What a party gives and gets by some legs. */
function turnover(
  legs: readonly Leg[],
  party: string,
  currency: string,
): { readonly given: Money; readonly got: Money } {
  let [given, got] = [money(currency, '0'), money(currency, '0')];
  for (const leg of legs) {
    if (leg.sender === party) given = add(given, moneyOf(leg));
    if (leg.receiver === party) got = add(got, moneyOf(leg));
  }
  return { given, got };
}

/**
 * All legs of a party net, or none does. Where they do, they have one currency and one payment date, move nothing to another holder, and the party gets
 * exactly as much as it gives. @throws TenorError NET_MISMATCH
 */
export function assertNets(legs: readonly Leg[], slices: readonly HeldSlice[], party: string): void {
  const netting = legs.filter(({ nets }) => nets === true);
  const [first] = netting;
  if (first === undefined) return;
  if (netting.length !== legs.length || legs.some(({ what }) => isAsset(what) && what !== 'SURRENDER'))
    throw mismatch();
  if (legs.some(({ currency }) => currency !== first.currency)) throw mismatch();
  const dates = new Set(slices.map(({ certificate }) => certificate.terms.record.paymentDate));
  if (dates.size > 1) throw mismatch();
  const { given, got } = turnover(legs, party, first.currency);
  if (!isEqual(given, got)) throw mismatch();
}
