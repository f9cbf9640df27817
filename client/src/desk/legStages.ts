/** How far the legs of batches have come, and what their money waits for, as far as the own book tells. */
import { demandIdOf, registerOf } from '../../../chaincode/src/protocol/identifiers.js';
import { UNPAID_STATUSES, type BookRecord, type Slice } from '../../../chaincode/src/protocol/records/index.js';
import { byId, sumOf, type Counted, type CountedRecords } from './counted.js';
import { itemsBy } from './groups.js';

type Leg = BookRecord<'leg'>;

/**
 * How far a batch has come. `UNTOLD`: the own copy of the outcome is stale, so that nothing can be said. `ENDED`: nothing comes of it any more, because
 * it was aborted, declined, released or denied, or has expired.
 */
export type LegStage = 'INSTRUCTED' | 'AGREED' | 'COMMITTED' | 'ENDED' | 'UNTOLD';

/** A leg, with what the own book tells of its batch and its payments. */
export interface StagedLeg {
  readonly leg: Leg;
  readonly stage: LegStage;
  /** What the own organisation has said of the money. */
  readonly proof: BookRecord<'proof'>['what'] | undefined;
  readonly payments: readonly BookRecord<'payment'>[];
  readonly attestations: readonly BookRecord<'attestation'>[];
  readonly returns: readonly BookRecord<'return'>[];
  /** Payments that were attested and did not go back. */
  readonly standing: readonly BookRecord<'attestation'>[];
}

/** Whether a slice is locked for a leg. A slice that is paid or handed over was. */
const isLockedFor = ({ lock }: Slice, legId: string): boolean => lock?.kind === 'SETTLEMENT' && lock.id === legId;

/** All legs of the own book. @param asOf the day on which something has expired */
export function stagedLegs({ records, setAside }: Counted, asOf: string): readonly StagedLeg[] {
  const stageOf = stages(records, asOf);
  const proofs = byId(records.proof);
  const payments = itemsBy(records.payment, demandIdOf);
  const attestations = itemsBy(records.attestation, demandIdOf);
  const returns = itemsBy(records.return, demandIdOf);
  const stale = new Map(setAside.filter(({ kind }) => kind === 'outcome').map((each) => [each.id, each]));
  return records.leg.map((leg) => {
    const { id, batchId, legIds } = leg;
    const told = stageOf(leg);
    const aside = stale.get(batchId);
    const isUntold = aside?.reason === 'SUPERSEDED' && legIds.map(registerOf).includes(aside.register);
    const proof = proofs.get(id)?.what;
    const isDenied = proof === 'NOT_RECEIVED' && told !== 'COMMITTED';
    const before = isUntold && told === 'INSTRUCTED' ? 'UNTOLD' : told;
    const went = byId(returns(id));
    return {
      ...{ leg, stage: isDenied ? 'ENDED' : before, proof },
      ...{ payments: payments(id), attestations: attestations(id), returns: returns(id) },
      standing: attestations(id).filter((each) => !went.has(each.id)),
    };
  });
}

/** The stage of each leg's batch, as outcome, approval and slices tell it. */
function stages(records: CountedRecords, asOf: string): (leg: Leg) => LegStage {
  const outcomes = byId(records.outcome);
  const approvals = byId(records.approval);
  const slices = byId(records.slice);
  // What was allocated and is not locked any more was released, and then nothing comes of its batch.
  const isReleased = ({ id, sliceId = '' }: Leg): boolean => {
    const slice = slices.get(sliceId);
    return slice !== undefined && !isLockedFor(slice, id);
  };
  const released = new Set(records.leg.filter(isReleased).map(({ batchId }) => batchId));
  const isGivenUp = (batchId: string): boolean => released.has(batchId) || approvals.get(batchId)?.state === 'DECLINED';
  return ({ batchId, expiresOn }) => {
    const outcome = outcomes.get(batchId);
    if (outcome?.state === 'COMMITTED') return 'COMMITTED';
    if (outcome?.state === 'ABORTED' || isGivenUp(batchId)) return 'ENDED';
    if (outcome !== undefined) return isFreed(outcome, asOf) ? 'ENDED' : 'AGREED';
    return expiresOn < asOf ? 'ENDED' : 'INSTRUCTED';
  };
}

/** Blocked money is free again after the last day. So a batch of it is not committed any more. */
const isFreed = ({ sheet }: BookRecord<'outcome'>, asOf: string): boolean =>
  sheet.some((row) => row.what === 'BLOCK' && row.expiresOn < asOf);

/** What money of a leg waits for, and what to do. Codes are append-only. */
export const LEG_WAITS = {
  OUTCOME:
    'The own copy of the outcome of the batch is stale, so that the book does not tell how it ended. Take the current one with book:restore.',
  BLOCK: "The payer's bank has not blocked the money. It does so with cash:block; before that the batch is not agreed.",
  AGREEMENT:
    'The batch is instructed, and nothing is owed yet. All who give and take approve it with batch:approve, then any member calls batch:agree.',
  COMMITMENT:
    'The money is blocked until the batch is committed. Any member calls batch:commit when everything is proven.',
  PAYMENT: "The payer's bank has to pay, and to report the payment with payment:report.",
  PAYMENT_AGAIN:
    "A payment ended without paying, or came back. The payer's bank takes its mark back with cash:reopen, pays anew and reports that with payment:report.",
  CREDIT:
    "The money is to be credited. The payee's bank attests the credit with payment:attest; the payee says so with cash:acknowledge where its word is asked for.",
  REPAYMENT:
    "The money went back after the batch was committed, which stays so. If all of it did, the payer's bank pays the leg again and reports that with payment:report; of a part, the payee claims it from the payer, and the record of the return proves it. A payee whose money came takes the attestation of its bank with book:restore.",
  UNBLOCK: "Nothing comes of the batch. The payer's bank frees the money with cash:unblock.",
} as const;

/** Code of what is waited for. */
export type LegWait = keyof typeof LEG_WAITS;

/** Whether a payment of the leg is on its way, as far as the payer's bank itself has reported. What was attested has come. */
const isUnderWay = ({ payments, returns, standing }: StagedLeg): boolean =>
  payments.some(
    ({ id, status }) => !UNPAID_STATUSES.includes(status) && ![...returns, ...standing].some((each) => each.id === id),
  );

/** What keeps money from its credit once it may be sent. */
function waitForCredit(staged: StagedLeg, mspId: string): LegWait {
  if (staged.leg.cash?.payerBankMsp !== mspId || isUnderWay(staged)) return 'CREDIT';
  const isPart = staged.standing.length > 0;
  return !isPart && staged.payments.length + staged.returns.length > 0 ? 'PAYMENT_AGAIN' : 'PAYMENT';
}

/** What a leg of money waits for, how much, and on which day if not on its own. */
export interface LegDue {
  readonly waitsFor: LegWait;
  readonly amount: string;
  readonly on?: string;
}

type DueOf = (staged: StagedLeg, mspId: string) => LegDue | undefined;

function instructedDue({ leg, proof }: StagedLeg, mspId: string): LegDue {
  const isUnblocked = leg.what === 'BLOCK' && leg.cash?.payerBankMsp === mspId && proof !== 'BLOCKED';
  return { waitsFor: isUnblocked ? 'BLOCK' : 'AGREEMENT', amount: leg.amount };
}

function agreedDue(staged: StagedLeg, mspId: string): LegDue | undefined {
  const { leg, proof, returns } = staged;
  if (leg.what === 'BLOCK') return { waitsFor: 'COMMITMENT', amount: leg.amount };
  const hasCome = proof === 'CREDITED' || (proof === 'ACKNOWLEDGED' && returns.length === 0);
  return hasCome ? undefined : { waitsFor: waitForCredit(staged, mspId), amount: leg.amount };
}

/** A batch is committed only when the money of its credits is proven. */
function committedDue(staged: StagedLeg, mspId: string): LegDue | undefined {
  const { leg, returns } = staged;
  const back = returns.at(-1);
  if (back !== undefined) return { waitsFor: 'REPAYMENT', amount: back.amount, on: back.returnedOn };
  return leg.what === 'BLOCK' ? { waitsFor: waitForCredit(staged, mspId), amount: leg.amount } : undefined;
}

/** Whether all the money of a leg came back after the commitment: then the same leg is paid again, and the ledger takes the report of it. */
export const isPaidAgain = ({ leg, stage, returns }: StagedLeg): boolean =>
  stage === 'COMMITTED' && returns.some(({ amount }) => amount === leg.amount);

/** What a leg asks for besides what was attested and stays. */
export const outstandingOf = ({ leg, standing }: StagedLeg): bigint => BigInt(leg.amount) - sumOf(standing);

/** Nothing is due of what came. */
const unlessPaid =
  (due: DueOf): DueOf =>
  (staged, mspId) => {
    const outstanding = outstandingOf(staged);
    const found = outstanding <= 0n ? undefined : due(staged, mspId);
    return found === undefined || BigInt(found.amount) <= outstanding
      ? found
      : { ...found, amount: outstanding.toString() };
  };

const DUE: Readonly<Record<LegStage, DueOf>> = {
  UNTOLD: ({ leg }) => ({ waitsFor: 'OUTCOME', amount: leg.amount }),
  INSTRUCTED: instructedDue,
  AGREED: unlessPaid(agreedDue),
  COMMITTED: unlessPaid(committedDue),
  ENDED: () => undefined,
};

/** What a leg of money waits for; undefined where nothing is owed by it. */
export const dueOf: DueOf = (staged, mspId) => DUE[staged.stage](staged, mspId);
