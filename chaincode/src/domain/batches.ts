/**
 * Batches: legs that move together or not at all. To everybody who is not a party of it, a leg is a row of the batch's sheet: a salted hash and the
 * organisations that answer for it. Covers, proofs and approvals hold no salt of their own, so their bytes follow from the sheet.
 */
import { rowOfLeg } from '../protocol/batches.js';
import { addDays } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';
import { LIMITS } from '../protocol/limits.js';
import { isAsset, type BookRecord, type Cash, type Leg, type SheetRow } from '../protocol/records/index.js';
import type { Opened } from './decision.js';

/** Organisations that register legs, in order: the outcome stands in the book of each. */
export const registersOf = (legIds: readonly string[]): readonly string[] =>
  [...new Set(legIds.map(registerOf))].sort();

/** Organisations that have to do with a row. */
const mspsOf = ({ id, receiverMsp, payerBankMsp, payeeBankMsp }: SheetRow): readonly string[] =>
  [registerOf(id), drawerOf(id), receiverMsp, payerBankMsp, payeeBankMsp].filter((mspId) => mspId !== undefined);

/** Organisations that have to do with any leg of a sheet. */
export const memberMspsOf = (sheet: readonly SheetRow[]): readonly string[] =>
  [...new Set(sheet.flatMap(mspsOf))].sort();

/** Whether the payee's bank belongs to the organisation that pays, or that pays for it. A bank in the payee's own organisation is on the payee's side. */
const sharesPayer = ({ id, receiverMsp, payerBankMsp, payeeBankMsp }: SheetRow): boolean =>
  payeeBankMsp !== receiverMsp && (payeeBankMsp === drawerOf(id) || payeeBankMsp === payerBankMsp);

/** Whether the payee's bank has a hand in an asset that the payee gives: it keeps the asset, or takes it. */
const hasInterest = ({ receiverMsp: payeeMsp, payeeBankMsp }: SheetRow, sheet: readonly SheetRow[]): boolean =>
  payeeBankMsp !== payeeMsp &&
  sheet.some(({ id, what, receiverMsp }) => {
    const isGiven = isAsset(what) && drawerOf(id) === payeeMsp;
    return isGiven && (registerOf(id) === payeeBankMsp || receiverMsp === payeeBankMsp);
  });

/**
 * Whether the payee has to say itself that the money came: its bank belongs to the organisation that pays or that pays for it, or it could alone give away or get
 * what the payee sells.
 */
export const needsPayee = (row: SheetRow, sheet: readonly SheetRow[]): boolean =>
  row.what === 'CREDIT' && (sharesPayer(row) || hasInterest(row, sheet));

/** The row of a leg. */
export const rowOf = ({ record, hash }: Opened<'leg'>): SheetRow => rowOfLeg(record, hash);

/** The cover of a row. */
export const coverOf = (row: SheetRow): BookRecord<'cover'> => ({ schema: 'tenor.cover/1', ...row });

/** What is said of a row's money. */
export const proofOf = (
  { id, batchId, legHash }: Pick<SheetRow, 'id' | 'batchId' | 'legHash'>,
  what: BookRecord<'proof'>['what'],
): BookRecord<'proof'> => ({ schema: 'tenor.proof/1', id, batchId, legHash, what });

/** The approval by an organisation of these legs. */
export const approvalOf = (id: string, mspId: string, legs: Approved[]): BookRecord<'approval'> => ({
  ...{ schema: 'tenor.approval/1', id, mspId, state: 'APPROVED', legs },
});

/** The approval of an organisation whose parties have approved everything that they give and take by a sheet. */
export function wholeApprovalOf(sheet: readonly SheetRow[], mspId: string): BookRecord<'approval'> {
  const legs = sheet.flatMap((row) => {
    const [gives, takes] = [drawerOf(row.id) === mspId, row.receiverMsp === mspId];
    return gives || takes ? [{ row, gives, takes }] : [];
  });
  return approvalOf(sheet[0]?.batchId ?? '', mspId, legs);
}

type Approved = BookRecord<'approval'>['legs'][number];

/** What an organisation's parties approve one after the other. A leg of two of them is approved by both. */
export function joined(before: readonly Approved[], said: readonly Approved[]): Approved[] {
  const byId = new Map(before.map((each) => [each.row.id, each]));
  for (const each of said) {
    const known = byId.get(each.row.id);
    byId.set(each.row.id, {
      ...each,
      gives: each.gives || known?.gives === true,
      takes: each.takes || known?.takes === true,
    });
  }
  return [...byId.values()].sort((a, b) => (a.row.id < b.row.id ? -1 : 1));
}

/** The word of an organisation that does not want the batch. */
export const refusalOf = (id: string, mspId: string): BookRecord<'approval'> => ({
  ...{ schema: 'tenor.approval/1', id, mspId, state: 'DECLINED', legs: [] },
});

/** Organisations that give or take. */
export const partiesOf = (sheet: readonly SheetRow[]): readonly string[] =>
  [...new Set(sheet.flatMap(({ id, receiverMsp }) => [drawerOf(id), receiverMsp]))].sort();

/** A batch can be agreed until the first of its legs expires. @throws TenorError BATCH_EXPIRED */
export function assertUnexpired(rows: readonly Pick<SheetRow, 'expiresOn'>[], businessDate: string): void {
  if (hasExpired(rows, businessDate)) throw new TenorError('BATCH_EXPIRED');
}

/** The last day of a leg that moves money. @throws TenorError OFFER_EXPIRY */
export function assertBatchTerm(expiresOn: string, businessDate: string): void {
  if (expiresOn < businessDate || expiresOn > addDays(businessDate, LIMITS.batchDays))
    throw new TenorError('OFFER_EXPIRY');
}

/** Whether one of these has expired. */
export const hasExpired = (rows: readonly Pick<SheetRow, 'expiresOn'>[], businessDate: string): boolean =>
  rows.some(({ expiresOn }) => expiresOn < businessDate);

/** A sheet holds the legs of the batch in the order of their ids, and speaks of no other batch. @throws TenorError SHEET_MISMATCH */
export function assertSheet(sheet: readonly SheetRow[], batchId: string, legIds: readonly string[]): void {
  const isWhole = sheet.length === legIds.length && sheet.every(({ id }, index) => id === legIds[index]);
  if (!isWhole || sheet.some((row) => row.batchId !== batchId)) throw new TenorError('SHEET_MISMATCH');
}

/** The sheet has this leg as it is. @throws TenorError LEG_FOREIGN */
export function assertInSheet(sheet: readonly SheetRow[], leg: Opened<'leg'>): void {
  if (!sheet.some(({ id, legHash }) => id === leg.id && legHash === leg.hash)) throw new TenorError('LEG_FOREIGN');
}

/** Only who has to do with the batch takes a step for it. @throws TenorError CALLER_NOT_ALLOWED */
export function assertMember(sheet: readonly SheetRow[], mspId: string): void {
  if (!memberMspsOf(sheet).includes(mspId)) throw new TenorError('CALLER_NOT_ALLOWED');
}

/** The party gives or takes by the leg. @throws TenorError LEG_FOREIGN */
export function assertPartyOf({ sender, receiver }: Leg, party: string): void {
  if (sender !== party && receiver !== party) throw new TenorError('LEG_FOREIGN');
}

/**
 * A party that gives approves by the same call what it takes. If it approved only what it gives, others could still say who takes the rest.
 * @throws TenorError BATCH_SIZE
 */
export function assertTakes(legs: readonly Leg[], party: string): void {
  const gives = legs.some(({ sender }) => sender === party);
  if (gives && !legs.some(({ receiver }) => receiver === party)) throw new TenorError('BATCH_SIZE');
}

/** The banks of a leg that moves money in one of these ways. @throws TenorError LEG_KIND */
export function cashOf({ what, cash }: Leg, ...kinds: readonly Leg['what'][]): Cash {
  if (cash === undefined || !kinds.includes(what)) throw new TenorError('LEG_KIND', { what });
  return cash;
}

/**
 * Whoever endorses may see every leg: the registers, and all who give and take, are parties of each leg or its banks. @throws TenorError AUDIENCE_MIXED
 */
export function assertOneAudience(sheet: readonly SheetRow[]): void {
  const endorsers = [...new Set([...sheet.map(({ id }) => registerOf(id)), ...partiesOf(sheet)])];
  const isShown = sheet.every((row) => endorsers.every((mspId) => mspsOf(row).includes(mspId)));
  if (!isShown) throw new TenorError('AUDIENCE_MIXED');
}
