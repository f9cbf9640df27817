/** What the steps of a whole batch have in common: what must stand in the books, and how each of it can be wrong. */
import type { ErrorData } from '../../../chaincode/src/protocol/errors.js';
import type { BookRecord } from '../../../chaincode/src/protocol/records/index.js';
import {
  approvalOf,
  approved,
  approvedByAll,
  BATCH_ID,
  BLOCK_ROW,
  CONTRACTOR_APPROVAL,
  coverOf,
  covered,
  CREDIT_ROW,
  LEG_IDS,
  OTHER_LEG_ID,
  refusalOf,
  SHEET,
  SLICE_ROW,
  stands,
  SUPPLIER_APPROVAL,
} from './batchFacts.js';
import { HASH, MSP } from './facts.js';
import { absent, all, request, secret, taken, type Change } from './scene.js';
import type { Row } from './table.js';

const notApproved = (mspId: string): ErrorData => ({ kind: 'approval', id: BATCH_ID, mspId });

/** Sheets that are not those of the batch. */
export const SHEET_ROWS: readonly Row[] = [
  ['SHEET_MISMATCH', 'a row is missing', secret({ sheet: SHEET.slice(0, 2) })],
  ['SHEET_MISMATCH', 'the rows are in another order', secret({ sheet: [...SHEET].reverse() })],
  ['SHEET_MISMATCH', 'a row is there twice', secret({ sheet: [SLICE_ROW, SLICE_ROW, CREDIT_ROW] })],
  ['SHEET_MISMATCH', 'a row is one too many', secret({ sheet: [...SHEET, { ...BLOCK_ROW, id: OTHER_LEG_ID }] })],
  [
    'SHEET_MISMATCH',
    'a row is of another batch',
    secret({ sheet: [SLICE_ROW, { ...CREDIT_ROW, batchId: HASH }, BLOCK_ROW] }),
  ],
  ['SHEET_MISMATCH', 'the legs are those of another batch', request({ legIds: LEG_IDS.slice(0, 2) })],
];

/** Outcomes that are there already, in any of the registers. */
export const OUTCOME_ROWS: readonly Row[] = [MSP.bank, MSP.otherBank].map((mspId): Row => [
  'OUTCOME_EXISTS',
  `the book of ${mspId} has an outcome`,
  taken(mspId, 'outcome', BATCH_ID),
  { kind: 'outcome', id: BATCH_ID },
]);

/** Legs of the sheet that are not allocated so. */
export const COVER_ROWS: readonly Row[] = [
  ...SHEET.map((row): Row => [
    'NOT_ALLOCATED',
    `the leg ${row.what} was released`,
    absent(row.id.split('~')[0] ?? '', 'cover', row.id),
    { kind: 'cover', id: row.id },
  ]),
  [
    'NOT_ALLOCATED',
    'the mark is of other bytes of the leg',
    stands(MSP.bank, 'cover', coverOf({ ...SLICE_ROW, legHash: HASH })),
  ],
  [
    'NOT_ALLOCATED',
    'the mark names another receiver',
    stands(MSP.bank, 'cover', coverOf({ ...SLICE_ROW, receiverMsp: MSP.issuer })),
  ],
];

/** Organisations that have not approved everything. */
export const APPROVAL_ROWS: readonly Row[] = [
  ['NOT_APPROVED', 'the payer is silent', absent(MSP.contractor, 'approval', BATCH_ID), notApproved(MSP.contractor)],
  ['NOT_APPROVED', 'the holder is silent', absent(MSP.supplier, 'approval', BATCH_ID), notApproved(MSP.supplier)],
  ['NOT_APPROVED', 'the payer declined', stands(MSP.contractor, 'approval', refusalOf(MSP.contractor))],
  [
    'NOT_APPROVED',
    'the holder has approved only what it gives',
    stands(MSP.supplier, 'approval', approvalOf(MSP.supplier, approved(SLICE_ROW, 'gives'))),
  ],
  [
    'NOT_APPROVED',
    'the holder has approved another leg in the place of one',
    stands(
      MSP.supplier,
      'approval',
      approvalOf(
        MSP.supplier,
        ...[
          approved(SLICE_ROW, 'gives'),
          approved({ ...CREDIT_ROW, legHash: HASH }, 'takes'),
          approved(BLOCK_ROW, 'takes'),
        ],
      ),
    ),
  ],
];

const NAMING_ROW = { ...CREDIT_ROW, payerBankMsp: MSP.issuer as string };
const NAMING_SHEET = [SLICE_ROW, NAMING_ROW, BLOCK_ROW];
/** The sheet names an organisation that has approved nothing and keeps nothing: the issuer's, as that of the payer's bank. */
export const namesBystander: Change = all(
  ...[secret({ sheet: NAMING_SHEET }), covered(NAMING_ROW), approvedByAll(NAMING_SHEET)],
);

/** Every organisation has approved the outcome that is shown, whatever this says: what is wrong with it is then found by itself. */
export const approvedAsShown: Change = (scene) => {
  const outcome = scene.shown.find(({ kind }) => kind === 'outcome');
  return outcome === undefined ? scene : approvedByAll((outcome.record as BookRecord<'outcome'>).sheet)(scene);
};
/** The same after each of these. */
export const rowsApproved = (rows: readonly Row[]): readonly Row[] =>
  rows.map(([code, what, breaks, ...data]): Row => [code, what, all(breaks, approvedAsShown), ...data]);

/** Everything stands as the sheet says, and everybody has approved. */
export const ready: Change = all(
  ...[covered(...SHEET), stands(MSP.supplier, 'approval', SUPPLIER_APPROVAL)],
  stands(MSP.contractor, 'approval', CONTRACTOR_APPROVAL),
);
