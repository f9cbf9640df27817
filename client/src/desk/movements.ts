/** The movements of money that a book expects on statements: credits of payees, and debits of whoever pays. */
import { demandIdOf, UETR_PATTERN } from '../../../chaincode/src/protocol/identifiers.js';
import { UNPAID_STATUSES, type BookRecord, type Presentment } from '../../../chaincode/src/protocol/records/index.js';
import type { Account } from '../documents/values.js';
import { byId, isDischarged, type CountedRecords } from './counted.js';
import type { FindingCode } from './findings.js';
import { itemsBy } from './groups.js';

/** What every movement of money tells. */
export interface Movement {
  /** The presentment that is paid. Absent where a leg is. */
  readonly presentmentId?: string;
  /** The leg of a batch that is paid. */
  readonly legId?: string;
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
  /** The day until which it may come, where that is another one. It is missed only where statements tell of all days from the first to this one. */
  readonly until?: string;
}

/** A credit on the account of a payee. */
export interface ExpectedCredit extends Movement {
  readonly side: 'CREDIT';
  /** `COUNTED`: the book relies on it. `OPEN`: it is asked for. `EARLY`: not yet. `WITHDRAWN`: not any more. */
  readonly state: 'COUNTED' | 'OPEN' | 'EARLY' | 'WITHDRAWN';
  /** What the payee's bank attested, or what was agreed. */
  readonly valueDate?: string;
  /** What went back of it, and on which day. */
  readonly returned?: { readonly amount: bigint; readonly on: string };
  /** What is found where it comes and the book does not count on it, and where it does not come. */
  readonly codes: { readonly unasked: FindingCode; readonly missing: FindingCode };
}

/** A debit of the account from which a bank pays. */
export interface ExpectedDebit extends Movement {
  readonly side: 'DEBIT';
  /** `EARLY`: nothing is to be paid. */
  readonly state: 'PAID' | 'UNPAID' | 'UNDER_WAY' | 'EARLY';
  /** What went back of it, where the book knows how much that is to be. */
  readonly returned?: bigint;
  /** What is found where money comes back that the book does not explain. */
  readonly cameBack: FindingCode;
}

const about = ({ id, endToEndId, account, currency, amount, presentedOn }: Presentment): Omit<Movement, 'uetrs'> => ({
  ...{ presentmentId: id, account, currency, amount: BigInt(amount), day: presentedOn },
  ...(endToEndId === undefined ? {} : { endToEndId }),
});

/** Whether a payment is known by a UETR. */
export const isUetr = (text: string): boolean => UETR_PATTERN.test(text);

/** What is found where a credit of a presentment comes and nobody counts on it. */
function codesOf(state: ExpectedCredit['state'], isOwnBank: boolean): ExpectedCredit['codes'] {
  const open = isOwnBank ? 'CREDIT_NOT_ATTESTED' : 'CREDIT_NOT_ACKNOWLEDGED';
  return { unasked: state === 'WITHDRAWN' ? 'CREDIT_OF_WITHDRAWN' : open, missing: 'CREDIT_MISSING' };
}

function creditOf(
  presentment: Presentment,
  paymentId: string,
  {
    attested,
    returned,
    reported,
  }: {
    attested: BookRecord<'attestation'> | undefined;
    returned: BookRecord<'return'> | undefined;
    reported: BookRecord<'payment'> | undefined;
  },
  isOwnBank: boolean,
): ExpectedCredit {
  const { valueDate } = attested ?? {};
  const { amount } = attested ?? reported ?? presentment;
  return {
    ...{ ...about(presentment), amount: BigInt(amount) },
    ...{ side: 'CREDIT', state: 'COUNTED', paymentId, uetrs: isUetr(paymentId) ? [paymentId] : [] },
    codes: codesOf('COUNTED', isOwnBank),
    ...(valueDate === undefined ? {} : { valueDate, day: valueDate }),
    ...(returned === undefined ? {} : { returned: { amount: BigInt(returned.amount), on: returned.returnedOn } }),
  };
}

/** Credits of the presentments of own holders, and of those to whose holders an own bank credits. */
export function creditsIn(records: CountedRecords, mspId: string): readonly ExpectedCredit[] {
  const attestations = itemsBy(records.attestation, demandIdOf);
  const acknowledged = byId(records.acknowledgement);
  const payments = itemsBy(records.payment, demandIdOf);
  const returns = byId(records.return);
  const slices = byId(records.slice);
  const isPaid = ({ sliceIds }: Presentment): boolean => sliceIds.every((id) => isDischarged(slices.get(id)));
  return records.presentment
    .filter(({ holderMsp, payeeBankMsp }) => [holderMsp, payeeBankMsp].includes(mspId))
    .flatMap((presentment): readonly ExpectedCredit[] => {
      const isOwnBank = presentment.payeeBankMsp === mspId;
      const attested = byId(attestations(presentment.id));
      const spoken = acknowledged.get(presentment.id);
      const acknowledgedIds = spoken === undefined ? [] : [spoken.paymentId, ...(spoken.furtherPaymentIds ?? [])];
      const sent = byId(payments(presentment.id));
      // Of several payments that only the payee speaks of, its book may not tell how much each of them was.
      const isTold = (id: string): boolean => attested.has(id) || sent.has(id) || acknowledgedIds.length === 1;
      const known = [...new Set([...attested.keys(), ...acknowledgedIds])].filter(isTold);
      const credits = known.map((id) =>
        creditOf(
          presentment,
          id,
          { attested: attested.get(id), returned: returns.get(id), reported: sent.get(id) },
          isOwnBank,
        ),
      );
      const rest = BigInt(presentment.amount) - credits.reduce((sum, { amount }) => sum + amount, 0n);
      if (rest <= 0n) return credits;
      const state = isPaid(presentment) || spoken !== undefined ? 'COUNTED' : presentment.state;
      const others = [...acknowledgedIds.filter(isUetr), ...uetrsOf([...sent.values()])];
      const uetrs = [...new Set(others.filter((id) => !known.includes(id)))];
      const codes = codesOf(state, isOwnBank);
      return [...credits, { ...about(presentment), amount: rest, side: 'CREDIT', state, uetrs, codes }];
    });
}

/** What a presentment is known by where no single payment is: the UETRs of all payments that were sent for it. */
export const uetrsOf = (payments: readonly BookRecord<'payment'>[]): readonly string[] =>
  payments.map(({ id }) => id).filter(isUetr);

/** How far a payment has come, as its bank reported it. */
export const debitStateOf = ({ status }: BookRecord<'payment'>): ExpectedDebit['state'] => {
  if (status === 'ACCC') return 'PAID';
  return UNPAID_STATUSES.includes(status) ? 'UNPAID' : 'UNDER_WAY';
};

/** Payments of presentments by own banks. Only the payer's bank has records of them. */
export function debitsIn({ payment, presentment }: CountedRecords): readonly ExpectedDebit[] {
  const presentments = byId(presentment);
  return payment.flatMap((each): ExpectedDebit[] => {
    const asked = presentments.get(each.presentmentId ?? '');
    if (asked === undefined) return [];
    const uetrs = isUetr(each.id) ? [each.id] : [];
    const said = { amount: BigInt(each.amount), state: debitStateOf(each), paymentId: each.id, uetrs };
    return [{ ...about(asked), side: 'DEBIT', ...said, cameBack: 'PAYMENT_CAME_BACK' }];
  });
}
