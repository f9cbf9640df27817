/** The only way to open what a batch consists of. */
import { coverOf, denierOf, needsPayee, partiesOf, proofOf, registersOf, wholeApprovalOf } from '../domain/batches.js';
import type { Opened } from '../domain/decision.js';
import { demandOf, vouchLeg, type VouchedLeg } from '../domain/legs.js';
import type { Demand } from '../domain/presentments.js';
import { standInOf } from '../domain/standIns.js';
import { encodeRecord, sha256 } from '../ledger/codec.js';
import { Pending, type PublicRef } from '../ledger/pending.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import { batchText, inOrder } from '../protocol/batches.js';
import { TenorError, type ErrorCode } from '../protocol/errors.js';
import { registerOf, type Paid } from '../protocol/identifiers.js';
import type { BookRecord, Leg, SheetRow, Slice } from '../protocol/records/index.js';
import { openPresentment } from './loaders.js';
import { hasLeft } from './standing.js';

/** Id of the batch that has exactly these legs. Whoever sees it can make no other batch under it, because each leg's id is its drawer's. */
export const batchIdOf = (legIds: readonly string[]): string => sha256(batchText(legIds));

const POLICIES: readonly PublicRef[] = [['policies']];

/** Opens a leg. @throws TenorError OPENING_MISMATCH, PARTY_ROLE */
export async function openLeg(tx: LedgerTransaction, id: string): Promise<Pending<VouchedLeg>> {
  const leg = await tx.open('leg', id);
  const { sender, receiver, cash, legIds, batchId } = leg.record;
  if (batchIdOf(legIds) !== batchId) throw new TenorError('OPENING_MISMATCH', { kind: 'leg', id });
  const banks = cash === undefined ? [] : [cash.payerBank, cash.payeeBank];
  const parties = [sender, receiver, ...banks].map((party): PublicRef => ['party', party]);
  const isStoodIn = cash?.standIn !== undefined;
  return new Pending([...parties, ...(isStoodIn ? POLICIES : [])], (registry) => {
    const [from, to, payerBank, payeeBank] = parties.map(([, party]) => registry.get('party', party, 'PARTY_UNKNOWN'));
    if (from === undefined || to === undefined) throw new Error('a leg has two parties');
    const policies = isStoodIn ? registry.find('policies') : undefined;
    return vouchLeg(leg, { sender: from, receiver: to, payerBank, payeeBank }, policies);
  });
}

/** The outcome of a batch if one is shown: the same bytes in all its registers. Without one, its registers must hold none. @throws TenorError OPENING_MISMATCH */
export async function openOutcome(
  tx: LedgerTransaction,
  legIds: readonly string[],
): Promise<Opened<'outcome'> | undefined> {
  const opened = await openOutcomeIfShown(tx, legIds);
  if (opened === undefined) expectNoOutcome(tx, legIds);
  return opened;
}

/** Expects that no register of the batch holds an outcome. */
export function expectNoOutcome(
  tx: LedgerTransaction,
  legIds: readonly string[],
  otherwise: ErrorCode = 'OUTCOME_EXISTS',
): void {
  for (const mspId of registersOf(legIds)) tx.expectAbsent('outcome', batchIdOf(legIds), mspId, otherwise);
}

/** As {@link openOutcome}, and says nothing of the registers if none is shown. */
export async function openOutcomeIfShown(
  tx: LedgerTransaction,
  legIds: readonly string[],
): Promise<Opened<'outcome'> | undefined> {
  const [register = ''] = registersOf(legIds);
  const id = batchIdOf(legIds);
  const opened = await tx.openIfShown('outcome', id, register);
  const isOfThese = opened?.record.sheet.every((row, index) => row.id === inOrder(legIds)[index] && row.batchId === id);
  if (isOfThese === false || (opened !== undefined && opened.record.sheet.length !== legIds.length))
    throw new TenorError('OPENING_MISMATCH', { kind: 'outcome', id });
  return opened;
}

/** Expects the marks of these rows in the books of their registers: their legs are allocated. */
export function expectAllocated(tx: LedgerTransaction, rows: readonly SheetRow[]): void {
  for (const row of rows) tx.expectStanding('cover', coverOf(row), registerOf(row.id), 'NOT_ALLOCATED');
}

/** Expects that every organisation whose parties give or take has approved all of it. @param by which of them, if not all */
export function expectApproved(
  tx: LedgerTransaction,
  sheet: readonly SheetRow[],
  by: readonly string[] = partiesOf(sheet),
): void {
  for (const mspId of by)
    tx.expectStanding('approval', wholeApprovalOf(sheet, mspId), mspId, 'NOT_APPROVED', { mspId });
}

/** What proves each kind of leg that moves money, in the book of its register. */
const PROVED_BY: { readonly [What in SheetRow['what']]?: BookRecord<'proof'>['what'] } = {
  CREDIT: 'CREDITED',
  BLOCK: 'BLOCKED',
};

/** Expects that what is to be blocked is blocked. */
export function expectBlocked(tx: LedgerTransaction, sheet: readonly SheetRow[]): void {
  const blocks = sheet.filter(({ what }) => what === 'BLOCK');
  expectProofs(tx, blocks);
}

/** Expects that banks prove the money of these rows. */
function expectProofs(tx: LedgerTransaction, rows: readonly SheetRow[]): void {
  for (const row of rows) {
    const proven = PROVED_BY[row.what];
    if (proven === undefined) continue;
    const mspId = registerOf(row.id);
    tx.expectStanding('proof', proofOf(row, proven), mspId, 'NOT_PROVEN', { mspId });
  }
}

/** Expects that the money of every cash leg is proven. */
export async function expectProven(tx: LedgerTransaction, sheet: readonly SheetRow[]): Promise<void> {
  expectProofs(tx, sheet);
  for (const mspId of partiesOf(sheet)) await expectAcknowledged(tx, sheet, mspId);
}

/**
 * Expects that an organisation, whose parties are paid, says so itself where it has to, or its stand-in. Where the stand-in has spoken the payee's book is not
 * looked into: the payee could write into it in every block, and so hold up everybody who looks.
 */
async function expectAcknowledged(tx: LedgerTransaction, sheet: readonly SheetRow[], mspId: string): Promise<void> {
  for (const row of sheet) {
    if (row.receiverMsp !== mspId || !needsPayee(row, sheet)) continue;
    const [said, standInMsp] = [proofOf(row, 'ACKNOWLEDGED'), standInOf(row, sheet)];
    const isStoodIn = standInMsp !== undefined && (await isStanding(tx, said, standInMsp));
    tx.expectStanding('proof', said, isStoodIn ? standInMsp : mspId, 'NOT_PROVEN', { mspId });
  }
}

/**
 * Expects in the books of those who endorse a handover what their own people have said. All registers of a batch together can write any outcome, and some batches
 * have one register. So nobody gets a slice that it did not approve; and where no register proves the holder's counter-value, the word of the stand-in counts on
 * the leg that the holder named, or else the holder's peer looks into its own book before it signs.
 */
export async function expectOwnWords(
  tx: LedgerTransaction,
  sheet: readonly SheetRow[],
  { senderMsp, receiverMsp, batchId }: Leg,
  { lock }: Slice,
): Promise<void> {
  const word = wordFor(lock, batchId);
  if (word !== undefined && (await isStanding(tx, word.said, word.mspId))) {
    expectApproved(tx, sheet, [receiverMsp]);
    tx.expectStanding('proof', word.said, word.mspId, 'NOT_PROVEN', { mspId: word.mspId });
    return;
  }
  const isGuardedByHolder = lock?.kind === 'SETTLEMENT' && (lock.proverMsp === undefined || word !== undefined);
  expectApproved(tx, sheet, isGuardedByHolder ? [receiverMsp, senderMsp] : [receiverMsp]);
  if (isGuardedByHolder) await expectAcknowledged(tx, sheet, senderMsp);
}

/** What the stand-in that a lock names has to have said, and in whose book. */
function wordFor(
  lock: Slice['lock'],
  batchId: string,
): { readonly said: BookRecord<'proof'>; readonly mspId: string } | undefined {
  if (lock?.kind !== 'SETTLEMENT' || lock.counterValue === undefined || lock.proverMsp === undefined) return undefined;
  return { said: proofOf({ ...lock.counterValue, batchId }, 'ACKNOWLEDGED'), mspId: lock.proverMsp };
}

/**
 * Expects that no money is on its way for a sheet: no bank has said that it was sent or has come, or who is to know it says that none came. Which of the two is read
 * from the ledger, because the one who asks may not know.
 */
export async function expectUnsent(tx: LedgerTransaction, sheet: readonly SheetRow[]): Promise<void> {
  for (const row of sheet) {
    const { payerBankMsp } = row;
    if (row.what !== 'CREDIT' || payerBankMsp === undefined) continue;
    const [denied, mspId] = [proofOf(row, 'NOT_RECEIVED'), denierOf(row)];
    const isDenied = (await isStanding(tx, denied, mspId)) && !(await isStoodIn(tx, row, sheet));
    if (isDenied) tx.expectStanding('proof', denied, mspId, 'FUNDS_SENT');
    else {
      tx.expectAbsent('remittance', row.id, payerBankMsp, 'FUNDS_SENT');
      // Money may come that nobody reported.
      tx.expectAbsent('proof', row.id, registerOf(row.id), 'FUNDS_SENT');
    }
  }
}

/** Whether the stand-in of a row has said that the money came, and it is there still. Then a payee that was silent until now does not undo it by its word. */
async function isStoodIn(tx: LedgerTransaction, row: SheetRow, sheet: readonly SheetRow[]): Promise<boolean> {
  const standInMsp = standInOf(row, sheet);
  if (standInMsp === undefined || !(await isStanding(tx, proofOf(row, 'CREDITED'), registerOf(row.id)))) return false;
  return isStanding(tx, proofOf(row, 'ACKNOWLEDGED'), standInMsp);
}

/** Whether a book holds this proof now. An organisation that has left says nothing. Whoever relies on the answer states it as an expectation. */
export async function isStanding(tx: LedgerTransaction, proof: BookRecord<'proof'>, mspId: string): Promise<boolean> {
  if (await hasLeft(tx, mspId)) return false;
  try {
    return (await tx.hash('proof', proof.id, mspId)) === sha256(encodeRecord(proof));
  } catch (error) {
    if (error instanceof TenorError && error.code === 'MSP_UNKNOWN') return false;
    throw error;
  }
}

/** Something that a payment pays, and what of it names keys. */
export interface OpenedDemand {
  readonly demand: Pending<Demand>;
  readonly at: Pick<Demand['record'], 'bankMsp' | 'payeeBankMsp' | 'payeeBank' | 'endToEndId'>;
  /** The slices of a presentment. */
  readonly sliceIds: readonly string[];
  /** The leg, if it is one. */
  readonly leg: Leg | undefined;
}

/** Opens what a payment pays: a presentment, or a leg that moves money. @throws TenorError LEG_KIND */
export async function openDemand(tx: LedgerTransaction, { presentmentId, legId = '' }: Paid): Promise<OpenedDemand> {
  if (presentmentId !== undefined) {
    const demand = await openPresentment(tx, presentmentId);
    const { record } = await tx.open('presentment', presentmentId);
    return { demand, at: record, sliceIds: record.sliceIds, leg: undefined };
  }
  const vouched = await openLeg(tx, legId);
  const { record } = await tx.open('leg', legId);
  const { cash } = record;
  if (cash === undefined) throw new TenorError('LEG_KIND', { what: record.what });
  return { demand: vouched.map(demandOf), at: { ...cash, bankMsp: cash.payerBankMsp }, sliceIds: [], leg: record };
}
