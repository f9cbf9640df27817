/** A batch by hand for the tests to change: the supplier's slice against the contractor's money, which the second bank pays and the third one credits. */
import { createHash } from 'node:crypto';
import { rowOfLeg } from '../../../chaincode/src/protocol/batches.js';
import { canonicalJson } from '../../../chaincode/src/protocol/canonical.js';
import type { BookRecord, SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import { batchIdOf } from '../../../client/src/batches.js';
import { LEI, type PlayerName } from '../../deal/players.js';
import { ACCOUNT, attestation, idOf, MSP, payment, returned, row, slice, type Rows } from './rows.js';

type Leg = BookRecord<'leg'>;
const SALT = 'ab'.repeat(32);

export const LAST_DAY = '2026-12-15';
export const SLICE_LEG = idOf('bank', 'supplier', 'sliceLeg');
export const CASH_LEG = idOf('thirdBank', 'contractor', 'cashLeg');
export const BLOCK_LEG = idOf('secondBank', 'contractor', 'blockLeg');

/** Which legs a batch has, and how far it has come. */
export interface BatchSaid {
  readonly money?: Partial<Leg>;
  readonly asset?: Partial<Leg>;
  readonly cash?: Partial<NonNullable<Leg['cash']>>;
  readonly outcome?: BookRecord<'outcome'>['state'] | 'NONE';
}

const hashOf = (leg: Leg): string => createHash('sha256').update(canonicalJson(leg)).digest('hex');
export const sheetRow = (leg: Leg): SheetRow => rowOfLeg(leg, hashOf(leg));

/** The two legs. */
export function legsOf({ money = {}, asset = {}, cash = {} }: BatchSaid = {}): readonly [slice: Leg, money: Leg] {
  const moneyId = money.what === 'BLOCK' ? BLOCK_LEG : CASH_LEG;
  const legIds = [SLICE_LEG, moneyId].sort();
  const batch = { schema: 'tenor.leg/1', batchId: batchIdOf(legIds), legIds, currency: 'USD', salt: SALT } as const;
  const days = { expiresOn: LAST_DAY, instructedOn: '2026-11-23' };
  const banks = {
    ...{ payerBank: LEI.secondBank, payerBankMsp: MSP.secondBank, payeeBank: LEI.thirdBank },
    ...{ payeeBankMsp: MSP.thirdBank, account: ACCOUNT, ...cash },
  };
  const [supplier, contractor] = [LEI.supplier, LEI.contractor];
  return [
    {
      ...{ ...batch, ...days, id: SLICE_LEG, what: 'SLICE', sender: supplier, senderMsp: MSP.supplier },
      ...{ receiver: contractor, receiverMsp: MSP.contractor, amount: '60000', sliceId: slice('kept').id, ...asset },
    },
    {
      ...{ ...batch, ...days, id: moneyId, what: 'CREDIT', sender: contractor, senderMsp: MSP.contractor },
      ...{ receiver: supplier, receiverMsp: MSP.supplier, amount: '59000', cash: banks, ...money },
    },
  ];
}

/** The slice as it is locked for its leg. */
export const locked = slice('kept', {
  state: 'ALLOCATED',
  lock: { kind: 'SETTLEMENT', id: SLICE_LEG, counterpartyMsp: MSP.contractor },
});

/** The own word of an organisation on these legs. */
export const approval = (mspId: string, ...legs: readonly Leg[]): BookRecord<'approval'> => ({
  ...{ schema: 'tenor.approval/1', id: legs[0]?.batchId ?? '', mspId, state: 'APPROVED' },
  legs: legs
    .filter(({ senderMsp, receiverMsp }) => [senderMsp, receiverMsp].includes(mspId))
    .map((leg) => ({ row: sheetRow(leg), gives: leg.senderMsp === mspId, takes: leg.receiverMsp === mspId })),
});

export const outcomeOf = (state: BookRecord<'outcome'>['state'], ...legs: readonly Leg[]): BookRecord<'outcome'> => ({
  ...{ schema: 'tenor.outcome/1', id: legs[0]?.batchId ?? '', state, salt: SALT },
  sheet: [...legs].sort((one, other) => (one.id < other.id ? -1 : 1)).map(sheetRow),
});

export const proofOf = (leg: Leg, what: BookRecord<'proof'>['what']): BookRecord<'proof'> => ({
  ...{ schema: 'tenor.proof/1', id: leg.id, batchId: leg.batchId, legHash: sheetRow(leg).legHash, what },
});

/** What a member's book holds of the batch. */
export function batchRows(player: PlayerName, said: BatchSaid = {}, more: Rows = {}): Rows {
  const legs = legsOf(said);
  const { outcome = 'AGREED' } = said;
  const shown = legs.filter(({ id, senderMsp, receiverMsp, cash }) =>
    [senderMsp, receiverMsp, id.split('~')[0], cash?.payerBankMsp, cash?.payeeBankMsp].includes(MSP[player]),
  );
  const [first = ''] = [...new Set(legs.map(({ id }) => id.split('~')[0] ?? ''))].sort();
  const isParty = legs.some(({ senderMsp, receiverMsp }) => [senderMsp, receiverMsp].includes(MSP[player]));
  return {
    leg: shown.map((leg) => row('leg', leg, leg.id.split('~')[0] ?? '')),
    approval: isParty ? [row('approval', approval(MSP[player], ...legs), MSP[player])] : [],
    outcome: outcome === 'NONE' ? [] : [row('outcome', outcomeOf(outcome, ...legs), first)],
    ...more,
  };
}

const paidBy = { bankMsp: MSP.secondBank, amount: '59000' } as const;
const ofLeg = (legId: string): { legId: string; presentmentId: never } => ({
  legId,
  presentmentId: undefined as never,
});
const clean = <Record extends object>(record: Record): Record =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Record;

export const legPayment = (changes: Partial<BookRecord<'payment'>> = {}, legId = CASH_LEG): BookRecord<'payment'> =>
  clean(payment({ ...paidBy, ...ofLeg(legId), ...changes }));
export const legAttestation = (
  changes: Partial<BookRecord<'attestation'>> = {},
  legId = CASH_LEG,
): BookRecord<'attestation'> =>
  clean(attestation({ ...paidBy, ...ofLeg(legId), payeeBankMsp: MSP.thirdBank, valueDate: LAST_DAY, ...changes }));
export const legReturn = (changes: Partial<BookRecord<'return'>> = {}, legId = CASH_LEG): BookRecord<'return'> =>
  clean(
    returned({
      ...{ ...paidBy, ...ofLeg(legId), payeeBankMsp: MSP.thirdBank, holderMsp: MSP.supplier },
      ...{ returnedOn: LAST_DAY, ...changes },
    }),
  );
