/** What the payments of a presentment come to, as far as a book tells. Amounts are whole minor units. */
import { demandIdOf, UETR_PATTERN } from '../../../chaincode/src/protocol/identifiers.js';
import { UNPAID_STATUSES, type BookRecord, type Presentment } from '../../../chaincode/src/protocol/records/index.js';

/** Whether what was demanded is paid: by nothing, by a part of it, or in full. The words are those of corda-settler. */
export type SettlementStatus = 'UNSETTLED' | 'PARTIALLY_SETTLED' | 'SETTLED';

/** A payment that arrived and did not come back. */
export interface Part {
  readonly paymentId: string;
  readonly amount: bigint;
}

/** What a book has of payments, whatever they pay. */
export interface Told {
  readonly payment: readonly BookRecord<'payment'>[];
  readonly attestation: readonly BookRecord<'attestation'>[];
  readonly return: readonly BookRecord<'return'>[];
}

/**
 * The parts of a presentment that arrived: what the payee's bank attested, but no more than what was sent, and where it has not attested yet, what the payer's bank reported as arrived. What came back is no
 * part, and so is nothing of which the payer's bank says that it went unpaid.
 */
export function partsOf({ id }: Pick<Presentment, 'id'>, told: Told): readonly Part[] {
  const about = <Said extends { readonly presentmentId?: string | undefined }>(
    said: readonly Said[],
  ): readonly Said[] => said.filter((each) => demandIdOf(each) === id);
  const back = new Set(about(told.return).map((each) => each.id));
  const reported = new Map(about(told.payment).map((each) => [each.id, each]));
  const attested = about(told.attestation);
  const unattested = [...reported.values()].filter((each) => !attested.some((said) => said.id === each.id));
  const parts = [
    ...attested.filter((each) => !UNPAID_STATUSES.includes(reported.get(each.id)?.status ?? '')),
    ...unattested.filter(({ status }) => status === 'ACCC'),
  ];
  return parts
    .filter((each) => !back.has(each.id))
    .map(({ id: paymentId, amount }) => {
      const [said, sent] = [BigInt(amount), BigInt(reported.get(paymentId)?.amount ?? amount)];
      return { paymentId, amount: said < sent ? said : sent };
    });
}

/** What parts add up to. */
export const arrivedBy = (parts: readonly Part[]): bigint => parts.reduce((sum, { amount }) => sum + amount, 0n);

/** The status of a demand of which so much has arrived. */
export function settlementStatus(demanded: bigint, arrived: bigint): SettlementStatus {
  if (arrived <= 0n) return 'UNSETTLED';
  return arrived < demanded ? 'PARTIALLY_SETTLED' : 'SETTLED';
}

/** The payments of a presentment, as a discharge or an acknowledgement names them. */
export function namedBy(paymentIds: readonly string[]): { readonly uetr?: string; readonly furtherUetrs?: string[] } {
  const uetrs = paymentIds.filter((id) => UETR_PATTERN.test(id));
  // One payment may have no UETR. It is named by the presentment alone, and the others are named beside it.
  const [uetr, ...others]: readonly string[] = uetrs;
  if (uetrs.length < paymentIds.length) return uetrs.length > 0 ? { furtherUetrs: uetrs } : {};
  return { ...(uetr === undefined ? {} : { uetr }), ...(others.length > 0 ? { furtherUetrs: others } : {}) };
}
