/**
 * A batch in records, for the tables of rules: a slice for money, of which one part is credited and one is blocked. Written by hand. Covers, proofs and
 * approvals are never opened; they stand in the books under bytes that follow from the legs.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import { encodeRecord } from '../../../chaincode/src/ledger/codec.js';
import type { BookKind, BookRecord, SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import {
  ACCOUNT,
  BANK,
  changed,
  CONTRACTOR,
  HASH,
  idOf,
  ISSUER,
  MSP,
  OFFER_END,
  opened,
  OTHER_BANK,
  policiesOf,
  POLICY,
  SLICE,
  SUPPLIER,
  TODAY,
  UETR,
} from './facts.js';
import { batchIdOf } from './relinked.js';
import { record, registered, SALTED, taken, type Change } from './scene.js';

/** Last day of the batch, and the day after it. */
export const BATCH_END = OFFER_END;
export const AFTER_END = '2026-12-16';
/** A week after the last day. */
export const SILENT_END = '2026-12-22';

/** A leg that is of no batch here. */
export const OTHER_LEG_ID = idOf('otherBank', 'contractor', 'leg', 9);
const SLICE_LEG_ID = idOf('bank', 'supplier', 'leg', 1);
const CREDIT_LEG_ID = idOf('otherBank', 'contractor', 'leg', 2);
const BLOCK_LEG_ID = idOf('otherBank', 'contractor', 'leg', 3);

/** All legs, in order. */
export const LEG_IDS = [SLICE_LEG_ID, CREDIT_LEG_ID, BLOCK_LEG_ID];
export const BATCH_ID = batchIdOf(LEG_IDS);

const batch = { batchId: BATCH_ID, legIds: LEG_IDS, expiresOn: BATCH_END, instructedOn: TODAY };
const gives = { sender: SUPPLIER, senderMsp: MSP.supplier, receiver: CONTRACTOR, receiverMsp: MSP.contractor };
const pays = { sender: CONTRACTOR, senderMsp: MSP.contractor, receiver: SUPPLIER, receiverMsp: MSP.supplier };

/** The supplier gives its slice to the contractor. */
export const SLICE_LEG = opened('leg', {
  ...{ schema: 'tenor.leg/1', id: SLICE_LEG_ID, ...batch, what: 'SLICE', ...gives },
  ...{ currency: 'USD', amount: '600', sliceId: SLICE.id, salt: HASH },
});
/** The contractor pays from the bank to the account of the supplier at the other bank, which proves the credit. */
export const CREDIT_LEG = opened('leg', {
  ...{ schema: 'tenor.leg/1', id: CREDIT_LEG_ID, ...batch, what: 'CREDIT', ...pays, currency: 'USD', amount: '590' },
  cash: {
    ...{ payerBank: BANK, payerBankMsp: MSP.bank, payeeBank: OTHER_BANK, payeeBankMsp: MSP.otherBank },
    account: ACCOUNT,
  },
  salt: HASH,
});
/** The contractor pays from the other bank, which blocks the money, to the account of the supplier at the bank. */
export const BLOCK_LEG = opened('leg', {
  ...{ schema: 'tenor.leg/1', id: BLOCK_LEG_ID, ...batch, what: 'BLOCK', ...pays, currency: 'CNY', amount: '70' },
  cash: {
    ...{ payerBank: OTHER_BANK, payerBankMsp: MSP.otherBank, payeeBank: BANK, payeeBankMsp: MSP.bank },
    account: ACCOUNT,
  },
  salt: HASH,
});

/** The slice as the batch locks it. The other bank proves what the holder takes for it. */
export const SETTLEMENT_LOCK = {
  ...{ kind: 'SETTLEMENT' as const, id: SLICE_LEG_ID, counterpartyMsp: MSP.contractor as string },
  proverMsp: MSP.otherBank as string,
};
export const ALLOCATED_SLICE = changed(SLICE, { state: 'ALLOCATED', lock: SETTLEMENT_LOCK });

const legOf = ({ hash }: Opened<'leg'>): { batchId: string; legHash: string; expiresOn: string } => ({
  ...{ batchId: BATCH_ID, legHash: hash, expiresOn: BATCH_END },
});
/** Rows of the sheet. */
export const SLICE_ROW: SheetRow = {
  ...{ id: SLICE_LEG_ID, ...legOf(SLICE_LEG), what: 'SLICE', receiverMsp: MSP.contractor },
};
export const CREDIT_ROW: SheetRow = {
  ...{ id: CREDIT_LEG_ID, ...legOf(CREDIT_LEG), what: 'CREDIT', receiverMsp: MSP.supplier },
  ...{ payerBankMsp: MSP.bank, payeeBankMsp: MSP.otherBank },
};
export const BLOCK_ROW: SheetRow = {
  ...{ id: BLOCK_LEG_ID, ...legOf(BLOCK_LEG), what: 'BLOCK', receiverMsp: MSP.supplier },
  ...{ payerBankMsp: MSP.otherBank, payeeBankMsp: MSP.bank },
};
export const SHEET = [SLICE_ROW, CREDIT_ROW, BLOCK_ROW];

/** The row of any leg. */
export const rowOf = ({ record: leg, hash }: Opened<'leg'>): SheetRow => ({
  ...{ id: leg.id, batchId: leg.batchId, legHash: hash, what: leg.what, receiverMsp: leg.receiverMsp },
  ...(leg.cash === undefined ? {} : { payerBankMsp: leg.cash.payerBankMsp, payeeBankMsp: leg.cash.payeeBankMsp }),
  ...(leg.cash?.standIn === undefined ? {} : { standInMsp: leg.cash.standIn.mspId }),
  expiresOn: leg.expiresOn,
});

/** The issuer has no part in these batches, so it may speak for a supplier that was paid and is silent. */
export const LEG_STAND_IN = { party: ISSUER, mspId: MSP.issuer };
/** The policy lists it. */
export const LISTED: Change = registered('policies', policiesOf({ ...POLICY, standIns: [LEG_STAND_IN] }));
const { cash: CREDIT_CASH } = CREDIT_LEG.record;
if (CREDIT_CASH === undefined) throw new Error('a leg of money has two banks');
/** The leg CREDIT, which names it. */
export const STOOD_LEG = changed(CREDIT_LEG, { cash: { ...CREDIT_CASH, standIn: LEG_STAND_IN } });
export const STOOD_ROW = rowOf(STOOD_LEG);
/** The bank of the payee attests the credit of the leg. */
export const LEG_ATTESTATION = opened('attestation', {
  ...{ schema: 'tenor.attestation/1', id: UETR, legId: CREDIT_LEG_ID, bankMsp: MSP.bank, payeeBankMsp: MSP.otherBank },
  ...{ currency: 'USD', amount: '590', valueDate: TODAY, attestedOn: TODAY, creditId: HASH, messageHash: HASH },
  salt: HASH,
});

/** The mark of a row in its register. */
export const coverOf = (row: SheetRow): BookRecord<'cover'> => ({ schema: 'tenor.cover/1', ...row });
/** What is said of the money of a row. */
export const proofOf = (
  { id, batchId, legHash }: Pick<SheetRow, 'id' | 'batchId' | 'legHash'>,
  what: BookRecord<'proof'>['what'],
): BookRecord<'proof'> => ({ schema: 'tenor.proof/1', id, batchId, legHash, what });

/** The row of a leg that a call writes: its hash is that of the leg with the salt that the call's seed gives it. */
export function writtenRow(
  leg: { readonly id: string; readonly batchId: string; readonly expiresOn: string },
  rest: Pick<SheetRow, 'what' | 'receiverMsp' | 'payerBankMsp' | 'payeeBankMsp' | 'standInMsp'>,
): SheetRow {
  const { id, batchId, expiresOn } = leg;
  const salt = createHmac('sha256', SALTED).update(`own/leg/${id}`).digest('hex');
  const legHash = createHash('sha256')
    .update(encodeRecord({ ...leg, salt }))
    .digest('hex');
  return { id, batchId, legHash, expiresOn, ...rest };
}

type Approved = BookRecord<'approval'>['legs'][number];
/** A leg as an approval binds it. */
export const approved = (row: SheetRow, what: 'gives' | 'takes' | 'both'): Approved => ({
  ...{ row, gives: what !== 'takes', takes: what !== 'gives' },
});
/** What an organisation says of the batch. */
export const approvalOf = (mspId: string, ...legs: Approved[]): BookRecord<'approval'> => ({
  ...{ schema: 'tenor.approval/1', id: BATCH_ID, mspId, state: 'APPROVED', legs },
});
export const SUPPLIER_APPROVAL = approvalOf(
  MSP.supplier,
  ...[approved(SLICE_ROW, 'gives'), approved(CREDIT_ROW, 'takes'), approved(BLOCK_ROW, 'takes')],
);
export const CONTRACTOR_APPROVAL = approvalOf(
  MSP.contractor,
  ...[approved(SLICE_ROW, 'takes'), approved(CREDIT_ROW, 'gives'), approved(BLOCK_ROW, 'gives')],
);
/** Every organisation has approved what a sheet says of it, be that nothing. */
export function approvedByAll(sheet: readonly SheetRow[]): Change {
  return (scene) =>
    Object.values(MSP).reduce((before, mspId) => {
      const legs = sheet.flatMap((row) => {
        const [gives, takes] = [row.id.split('~')[1] === mspId, row.receiverMsp === mspId];
        return gives || takes ? [{ row, gives, takes }] : [];
      });
      const approval = { ...approvalOf(mspId, ...legs), id: sheet[0]?.batchId ?? '' };
      return stands(mspId, 'approval', approval)(before);
    }, scene);
}
/** The word of an organisation that does not want the batch. */
export const refusalOf = (mspId: string): BookRecord<'approval'> => ({
  ...{ schema: 'tenor.approval/1', id: BATCH_ID, mspId, state: 'DECLINED', legs: [] },
});

/** An outcome of the batch, as all its registers hold it. */
export const outcomeWith = (state: BookRecord<'outcome'>['state'], sheet: SheetRow[] = SHEET): Opened<'outcome'> =>
  opened('outcome', {
    ...{ schema: 'tenor.outcome/1', id: sheet[0]?.batchId ?? BATCH_ID, state, sheet, salt: HASH },
  });
export const AGREED = outcomeWith('AGREED');
export const COMMITTED = outcomeWith('COMMITTED');
export const ABORTED = outcomeWith('ABORTED');

/** The payer's bank says that the money of the leg CREDIT is on its way. */
export const LEG_PAYMENT = opened('payment', {
  ...{ schema: 'tenor.payment/1', id: UETR, legId: CREDIT_LEG_ID, bankMsp: MSP.bank, currency: 'USD', amount: '590' },
  ...{ status: 'ACSP', messageHash: HASH, salt: HASH },
});
export const LEG_REMITTANCE = opened('remittance', {
  ...{ schema: 'tenor.remittance/1', id: CREDIT_LEG_ID, bankMsp: MSP.bank, paymentId: UETR, salt: HASH },
});

/** A record stands in a book that nobody shows. */
export const stands = (mspId: string, kind: BookKind, record: object & { readonly id: string }): Change =>
  taken(mspId, kind, record.id, encodeRecord(record));
/** A leg is allocated: its register has the mark. */
export const covered = (...rows: readonly SheetRow[]): Change =>
  rows.reduce<Change>(
    (before, row) => (scene) => stands(row.id.split('~')[0] ?? '', 'cover', coverOf(row))(before(scene)),
    (scene) => scene,
  );

/** A leg of money says that it is of another kind, and stands in the same book as before. */
export const asKind = (what: 'SLICE' | 'CREDIT' | 'BLOCK'): Change => {
  const { cash } = CREDIT_LEG.record;
  if (what === 'SLICE' || cash === undefined)
    return record('leg', { what: 'SLICE', sliceId: idOf('otherBank', 'contractor', 'slice'), cash: undefined });
  return record('leg', { what, cash: { ...cash, payerBank: OTHER_BANK, payerBankMsp: MSP.otherBank } });
};

/** A batch of these rows and no others. */
export function asBatch(rows: readonly SheetRow[]): SheetRow[] {
  const batchId = batchIdOf(rows.map(({ id }) => id));
  return rows.map((row) => ({ ...row, batchId }));
}
