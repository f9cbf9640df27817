/** The movements of money that a book expects on statements: credits of payees, and debits of whoever pays. */
import { demandIdOf, UETR_PATTERN } from '../../../chaincode/src/protocol/identifiers.js';
import { UNPAID_STATUSES, type BookRecord, type Presentment } from '../../../chaincode/src/protocol/records/index.js';
import type { Account } from '../documents/values.js';
import { byId, type CountedRecords } from './counted.js';

interface Movement {
  readonly presentmentId: string;
  /** The payment, where the book names one. */
  readonly paymentId?: string;
  /** UETRs by which the book knows the payment. */
  readonly uetrs: readonly string[];
  /** The reference that the presentment gave for payments without a UETR. */
  readonly endToEndId?: string;
  /** The payee's account. */
  readonly account: Account;
  readonly currency: string;
  readonly amount: bigint;
  /** The day on which it is expected at the earliest. */
  readonly day: string;
}

/** A credit on the account of a payee. */
export interface ExpectedCredit extends Movement {
  readonly side: 'CREDIT';
  /** `COUNTED`: the book relies on it. `OPEN`: it is asked for. `WITHDRAWN`: it is not asked for any more. */
  readonly state: 'COUNTED' | 'OPEN' | 'WITHDRAWN';
  /** What the payee's bank attested. */
  readonly valueDate?: string;
  /** What went back of it, and on which day. */
  readonly returned?: { readonly amount: bigint; readonly on: string };
  /** Whether the own organisation has the payee's bank, which attests. */
  readonly isOwnBank: boolean;
}

/** A debit of the account from which a bank pays. */
export interface ExpectedDebit extends Movement {
  readonly side: 'DEBIT';
  readonly state: 'PAID' | 'UNPAID' | 'UNDER_WAY';
}

/** Items grouped by a key. */
function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const about = ({ id, endToEndId, account, currency, amount, presentedOn }: Presentment): Omit<Movement, 'uetrs'> => ({
  ...{ presentmentId: id, account, currency, amount: BigInt(amount), day: presentedOn },
  ...(endToEndId === undefined ? {} : { endToEndId }),
});

const isUetr = (text: string): boolean => UETR_PATTERN.test(text);

function creditOf(
  presentment: Presentment,
  paymentId: string,
  {
    attested,
    returned,
  }: { attested: BookRecord<'attestation'> | undefined; returned: BookRecord<'return'> | undefined },
  isOwnBank: boolean,
): ExpectedCredit {
  const { valueDate } = attested ?? {};
  return {
    ...about(presentment),
    ...{ side: 'CREDIT', state: 'COUNTED', paymentId, uetrs: isUetr(paymentId) ? [paymentId] : [], isOwnBank },
    ...(valueDate === undefined ? {} : { valueDate, day: valueDate }),
    ...(returned === undefined ? {} : { returned: { amount: BigInt(returned.amount), on: returned.returnedOn } }),
  };
}

/** Credits of the presentments of own holders, and of those to whose holders an own bank credits. */
export function creditsIn(records: CountedRecords, mspId: string): readonly ExpectedCredit[] {
  const attestations = grouped(records.attestation, demandIdOf);
  const acknowledged = byId(records.acknowledgement);
  const payments = grouped(records.payment, demandIdOf);
  const returns = byId(records.return);
  const slices = byId(records.slice);
  // What was paid by a payment that came back was paid by it all the same.
  const isPaid = ({ sliceIds }: Presentment): boolean =>
    sliceIds.every((id) => ['PAID', 'RETURNED'].includes(slices.get(id)?.state ?? ''));
  return records.presentment
    .filter(({ holderMsp, payeeBankMsp }) => [holderMsp, payeeBankMsp].includes(mspId))
    .flatMap((presentment): readonly ExpectedCredit[] => {
      const isOwnBank = presentment.payeeBankMsp === mspId;
      const attested = byId(attestations.get(presentment.id) ?? []);
      const spoken = acknowledged.get(presentment.id);
      const known = [...new Set([...attested.keys(), ...(spoken === undefined ? [] : [spoken.paymentId])])];
      if (known.length > 0)
        return known.map((id) => {
          return creditOf(presentment, id, { attested: attested.get(id), returned: returns.get(id) }, isOwnBank);
        });
      const state = isPaid(presentment) ? 'COUNTED' : presentment.state;
      return [
        { ...about(presentment), side: 'CREDIT', state, uetrs: uetrsOf(payments.get(presentment.id) ?? []), isOwnBank },
      ];
    });
}

/** What a presentment is known by where no single payment is: the UETRs of all payments that were sent for it. */
const uetrsOf = (payments: readonly BookRecord<'payment'>[]): readonly string[] =>
  payments.map(({ id }) => id).filter(isUetr);

const stateOf = ({ status }: BookRecord<'payment'>): ExpectedDebit['state'] => {
  if (status === 'ACCC') return 'PAID';
  return UNPAID_STATUSES.includes(status) ? 'UNPAID' : 'UNDER_WAY';
};

/** Payments of own banks. Only the payer's bank has records of them. */
export function debitsIn({ payment, presentment }: CountedRecords): readonly ExpectedDebit[] {
  const presentments = byId(presentment);
  return payment.flatMap((each): ExpectedDebit[] => {
    const asked = presentments.get(demandIdOf(each));
    if (asked === undefined) return [];
    const uetrs = isUetr(each.id) ? [each.id] : [];
    return [{ ...about(asked), side: 'DEBIT', state: stateOf(each), paymentId: each.id, uetrs }];
  });
}
