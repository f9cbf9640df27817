/** The movements of money that legs of batches make a book expect on statements. */
import type { BookRecord, Cash } from '../../../chaincode/src/protocol/records/index.js';
import type { FindingCode } from './findings.js';
import { isPaidAgain, outstandingOf, type StagedLeg } from './legStages.js';
import { debitStateOf, isUetr, uetrsOf, type ExpectedCredit, type ExpectedDebit, type Movement } from './movements.js';

/** A leg of money. */
type Staged = StagedLeg & { readonly cash: Cash };

/** The day on which the money of a leg is to be there at the latest. */
const lastDayOf = ({ leg, cash }: Staged): string => cash.valueDate ?? leg.expiresOn;

function about({ leg, cash }: Staged): Omit<Movement, 'uetrs'> {
  const { id, currency, amount, instructedOn } = leg;
  const { account, endToEndId, valueDate } = cash;
  return {
    ...{ legId: id, account, currency, amount: BigInt(amount), day: valueDate ?? instructedOn },
    ...(endToEndId === undefined ? {} : { endToEndId }),
  };
}

/** Legs of money for which this holds. */
const moneyOf = (legs: readonly StagedLeg[], isMeant: (leg: BookRecord<'leg'>, cash: Cash) => boolean): Staged[] =>
  legs.flatMap((staged) => {
    const { cash } = staged.leg;
    return cash !== undefined && isMeant(staged.leg, cash) ? [{ ...staged, cash }] : [];
  });

/** What a credit is to the book that no attestation or return names: money of a block is asked for by the commitment, other money by the agreement. */
function askedState(staged: Staged, isOwnBank: boolean): ExpectedCredit['state'] {
  const { leg, stage, proof } = staged;
  if (isPaidAgain(staged)) return 'OPEN';
  if (stage === 'ENDED') return 'WITHDRAWN';
  if (stage === 'INSTRUCTED' || stage === 'UNTOLD') return 'EARLY';
  if (leg.what === 'BLOCK') {
    if (stage === 'AGREED') return 'EARLY';
    return isOwnBank ? 'OPEN' : 'COUNTED';
  }
  return stage === 'COMMITTED' || proof === 'ACKNOWLEDGED' ? 'COUNTED' : 'OPEN';
}

/** What is found where a credit comes that nobody counts on. */
const UNASKED: Readonly<Record<ExpectedCredit['state'], (isOwnBank: boolean) => FindingCode>> = {
  COUNTED: () => 'LEG_NOT_ATTESTED',
  OPEN: (isOwnBank) => (isOwnBank ? 'LEG_NOT_ATTESTED' : 'LEG_NOT_ACKNOWLEDGED'),
  EARLY: () => 'LEG_CREDIT_EARLY',
  WITHDRAWN: () => 'LEG_CREDIT_OF_ENDED',
};

/** A payment that the book names: attested, or sent back. */
function namedCredit(staged: Staged, paymentId: string): ExpectedCredit {
  const attested = staged.attestations.find(({ id }) => id === paymentId);
  const back = staged.returns.find(({ id }) => id === paymentId);
  return {
    ...about(staged),
    ...(attested === undefined ? {} : { amount: BigInt(attested.amount) }),
    ...{ side: 'CREDIT', state: 'COUNTED', paymentId, uetrs: isUetr(paymentId) ? [paymentId] : [] },
    codes: { unasked: 'LEG_NOT_ATTESTED', missing: 'CREDIT_MISSING' },
    ...(attested === undefined ? {} : { valueDate: attested.valueDate, day: attested.valueDate }),
    ...(back === undefined ? {} : { returned: { amount: BigInt(back.amount), on: back.returnedOn } }),
  };
}

/** The credit that a leg asks for, which no record names yet. */
function askedCredit(staged: Staged, isOwnBank: boolean, businessDate: string): ExpectedCredit {
  const { leg, cash, payments, standing } = staged;
  const state = askedState(staged, isOwnBank);
  const lastDay = lastDayOf(staged);
  const isBlock = leg.what === 'BLOCK';
  const isAgain = isPaidAgain(staged);
  // Nobody knows when money comes that went back before. That it is owed, the obligations tell.
  const isMissed = !isAgain && mayBeMissed(state, isBlock, lastDay < businessDate);
  return {
    ...{ ...about(staged), amount: outstandingOf(staged) },
    ...{ side: 'CREDIT', state, uetrs: uetrsOf(payments.filter(({ id }) => !standing.some((each) => each.id === id))) },
    ...(isMissed ? { until: lastDay } : {}),
    ...(cash.valueDate === undefined ? {} : { valueDate: cash.valueDate }),
    codes: {
      unasked: isAgain && !isOwnBank ? 'LEG_PAID_AGAIN' : UNASKED[state](isOwnBank),
      missing: missingOf(isBlock, state),
    },
  };
}

/** Nobody knows when the bank sends what it has blocked, or when somebody pays. What is only asked for is missed once the last day is over. */
const mayBeMissed = (state: ExpectedCredit['state'], isBlock: boolean, isOverdue: boolean): boolean =>
  (state === 'COUNTED' && isBlock) || (state === 'OPEN' && isOverdue);

function missingOf(isBlock: boolean, state: ExpectedCredit['state']): FindingCode {
  if (isBlock) return 'LEG_RELEASE_MISSING';
  return state === 'COUNTED' ? 'CREDIT_MISSING' : 'LEG_CREDIT_MISSING';
}

/** Credits of legs of which own parties are the payees, and of those whose payees have their accounts at an own bank. */
export function creditsOfLegs(legs: readonly StagedLeg[], mspId: string, businessDate: string): ExpectedCredit[] {
  const meant = moneyOf(legs, (leg, cash) => [leg.receiverMsp, cash.payeeBankMsp].includes(mspId));
  return meant.flatMap((staged) => {
    const { attestations, returns, stage } = staged;
    const named = [...new Set([...attestations, ...returns].map(({ id }) => id))];
    const credits = named.map((paymentId) => namedCredit(staged, paymentId));
    const isOwnBank = staged.cash.payeeBankMsp === mspId;
    // The bank that attests what was blocked knows what is to come. Other money of a committed batch came before, and what went back of it is claimed outside, unless the leg is paid again.
    const isOpen = isPaidAgain(staged) || (isOwnBank && staged.leg.what === 'BLOCK');
    const isAnswered = outstandingOf(staged) <= 0n || (stage === 'COMMITTED' && named.length > 0 && !isOpen);
    return isAnswered ? credits : [...credits, askedCredit(staged, isOwnBank, businessDate)];
  });
}

/** Payments of legs by own banks: those that they reported, and those that carry the reference of a leg and were not reported. */
export function debitsOfLegs(legs: readonly StagedLeg[], mspId: string): ExpectedDebit[] {
  return moneyOf(legs, (_leg, cash) => cash.payerBankMsp === mspId).flatMap((staged): ExpectedDebit[] => {
    const side = { ...about(staged), side: 'DEBIT', cameBack: 'LEG_PAYMENT_CAME_BACK' } as const;
    if (staged.payments.length === 0) return [{ ...side, state: isOrdered(staged) ? 'UNDER_WAY' : 'EARLY', uetrs: [] }];
    return staged.payments.map((payment): ExpectedDebit => {
      const { id } = payment;
      const back = staged.returns.find((each) => each.id === id);
      return {
        ...{
          ...side,
          amount: BigInt(payment.amount),
          state: debitStateOf(payment),
          paymentId: id,
          uetrs: isUetr(id) ? [id] : [],
        },
        ...(back === undefined ? {} : { returned: BigInt(back.amount) }),
      };
    });
  });
}

/** Whether the bank may send the money: for a credit from the agreement on, for a block from the commitment on. */
const isOrdered = ({ leg, stage }: Staged): boolean =>
  stage === 'COMMITTED' || (stage === 'AGREED' && leg.what === 'CREDIT');
