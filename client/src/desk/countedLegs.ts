/** Which rows count that tell of legs of batches: register, organisations and batch agree, and what is said of a leg is of these very bytes. */
import { drawerOf, registerOf } from '../../../chaincode/src/protocol/identifiers.js';
import { isAsset, type BookRecord, type SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import type { View } from '../../../chaincode/src/protocol/results.js';
import { batchIdOf, sheetRowOf } from '../batches.js';

/** A party, and the organisation that a record names for it. */
export type Bound = readonly [party: string, mspId: string];

/** Kinds of records that tell of legs. */
export type LegKind = 'leg' | 'approval' | 'outcome' | 'proof';

type Leg = BookRecord<'leg'>;

/** The organisation that keeps a leg: the bank of the slice, the bank that proves the credit, or the bank that blocks the money. */
function keeperOf({ what, sliceId = '', cash }: Leg): string | undefined {
  if (isAsset(what)) return registerOf(sliceId);
  return what === 'CREDIT' ? cash?.payeeBankMsp : cash?.payerBankMsp;
}

/** The id of a leg names who keeps it and whose it is, and its batch is named by its legs. */
export function registersOfLeg(leg: Leg): readonly string[] {
  const { id, senderMsp, legIds, batchId } = leg;
  const isWhole = legIds.includes(id) && batchIdOf(legIds) === batchId && drawerOf(id) === senderMsp;
  const keeper = keeperOf(leg);
  return isWhole && keeper !== undefined && keeper === registerOf(id) ? [keeper] : [];
}

/** Everybody whom a leg names. */
export const partiesOfLeg = ({ sender, senderMsp, receiver, receiverMsp, cash }: Leg): readonly Bound[] => [
  [sender, senderMsp],
  [receiver, receiverMsp],
  ...(cash === undefined
    ? []
    : [[cash.payerBank, cash.payerBankMsp] as const, [cash.payeeBank, cash.payeeBankMsp] as const]),
];

/** All who register a leg of the batch. An outcome whose sheet is of another batch is nobody's. */
export function registersOfOutcome({ id, sheet }: BookRecord<'outcome'>): readonly string[] {
  const isOfBatch = sheet.every(({ batchId }) => batchId === id) && batchIdOf(sheet.map((row) => row.id)) === id;
  return isOfBatch ? [...new Set(sheet.map((row) => registerOf(row.id)))] : [];
}

/** The legs of a book, to hold against them what is said of them. */
export interface CountedLegs {
  /** Whether an outcome has every leg of its batch that is in the book, and at least one. */
  areIn(outcome: BookRecord<'outcome'>): boolean;
  /** Whether an approval speaks of no leg otherwise than the book has it. */
  areSaidBy(approval: BookRecord<'approval'>): boolean;
  /** Whether an organisation has approved all that its parties give and take in a batch. */
  areApproved(batchId: string, approvals: readonly BookRecord<'approval'>[], mspId: string): boolean;
  /** Whether a proof is of the leg that the book has, and its organisation may say so. */
  areProvenBy(proof: BookRecord<'proof'>, mspId: string): boolean;
}

/** The legs that count, by their hashes. */
export function countedLegs(views: readonly View<'leg'>[]): CountedLegs {
  const rowOf = new Map(views.map((view) => [view.id, sheetRowOf(view)]));
  const legOf = new Map(views.map(({ id, record }) => [id, record]));
  const batches = new Map<string, Leg[]>();
  for (const leg of legOf.values()) batches.set(leg.batchId, [...(batches.get(leg.batchId) ?? []), leg]);
  const batchOf = (batchId: string): readonly Leg[] => batches.get(batchId) ?? [];
  const isSame = (row: Pick<SheetRow, 'id' | 'legHash'>): boolean => rowOf.get(row.id)?.legHash === row.legHash;
  return {
    areIn: ({ id, sheet }) => {
      const legs = batchOf(id);
      return legs.length > 0 && legs.every((leg) => sheet.some((row) => row.id === leg.id && isSame(row)));
    },
    areSaidBy: ({ legs }) => legs.every(({ row }) => isSame(row)),
    areApproved: (batchId, approvals, mspId) => {
      const said = approvals.find(({ id, state }) => id === batchId && state === 'APPROVED')?.legs ?? [];
      return batchOf(batchId).every(({ id, senderMsp, receiverMsp }) => {
        const approved = said.find(({ row }) => row.id === id);
        const isGiven = senderMsp !== mspId || approved?.gives === true;
        return isGiven && (receiverMsp !== mspId || approved?.takes === true);
      });
    },
    areProvenBy: (proof, mspId) => {
      const leg = legOf.get(proof.id);
      if (leg === undefined || leg.batchId !== proof.batchId || !isSame(proof)) return false;
      return MAY_SAY[proof.what](leg).includes(mspId);
    },
  };
}

/** Whose word each proof is. */
const MAY_SAY: { readonly [What in BookRecord<'proof'>['what']]: (leg: Leg) => readonly string[] } = {
  BLOCKED: ({ id, what }) => (what === 'BLOCK' ? [registerOf(id)] : []),
  CREDITED: ({ id, what }) => (what === 'CREDIT' ? [registerOf(id)] : []),
  PARTLY_CREDITED: ({ id, what }) => (what === 'CREDIT' ? [registerOf(id)] : []),
  NOT_RECEIVED: ({ id, receiverMsp }) => [registerOf(id), receiverMsp],
  ACKNOWLEDGED: ({ receiverMsp }) => [receiverMsp],
};
