/** Puts presentments together that one call discharges. */
import { LIMITS } from '../../../chaincode/src/protocol/limits.js';
import { UETR_PATTERN } from '../../../chaincode/src/protocol/identifiers.js';
import type { Presentment } from '../../../chaincode/src/protocol/records/index.js';
import { groupsBy } from './groups.js';

/** What a run needs to know of a presentment. */
export type Payable = Pick<
  Presentment,
  'id' | 'bank' | 'holder' | 'holderMsp' | 'payeeBank' | 'account' | 'currency' | 'amount' | 'sliceIds'
>;

/** A presentment that is paid, and the payments that pay it. */
interface Discharging {
  readonly record: Payable;
  readonly paymentIds: readonly string[];
}

/** A presentment that is paid, and waits for the proofs of its payments. */
export interface Awaited extends Discharging {
  /** Undefined: nobody can say whether they are proven. */
  readonly proof: Promise<boolean | undefined>;
}

/** Presentments that one call discharges, one at least. */
export type Dischargeable = readonly [Discharging, ...Discharging[]];

/** Slices that one call discharges, so that several calls are worked on side by side. */
const DISCHARGED_SLICES = 50;

/** Those of holders in one organisation, which sees all of them, that are paid by one payment each. All others are alone. */
export function dischargeablesOf(all: readonly Discharging[]): Dischargeable[] {
  const isSimple = ({ paymentIds: [first = '', ...others] }: Discharging): boolean =>
    others.length === 0 && UETR_PATTERN.test(first);
  const simple = groupsBy(all.filter(isSimple), ({ record: { bank, holderMsp } }) => `${bank} ${holderMsp}`);
  const alone = all.filter((each) => !isSimple(each)).map((each): Dischargeable => [each]);
  return [...[...simple.values()].flatMap(packed), ...alone];
}

function packed(all: readonly Discharging[]): Dischargeable[] {
  const calls: [Discharging, ...Discharging[]][] = [];
  let slices = 0;
  for (const each of all) {
    const last = calls.at(-1);
    slices += each.record.sliceIds.length;
    if (last !== undefined && last.length < LIMITS.dischargedTogether && slices <= DISCHARGED_SLICES) last.push(each);
    else {
      calls.push([each]);
      slices = each.record.sliceIds.length;
    }
  }
  return calls;
}

/** How a call names the presentments after the first. */
export const furtherOf = (
  others: readonly Discharging[],
): { readonly furtherPresentmentIds?: string[]; readonly furtherPresentmentUetrs?: string[] } =>
  others.length === 0
    ? {}
    : {
        furtherPresentmentIds: others.map(({ record }) => record.id),
        furtherPresentmentUetrs: others.map(({ paymentIds: [uetr = ''] }) => uetr),
      };
