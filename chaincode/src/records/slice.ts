/** The confirming bank keeps slices; the holder reads them, and whom they are offered to. */
import type { KeyPolicy } from '../domain/decision.js';
import { SLICE_STATES, type SliceKey } from '../domain/states.js';
import type { RecordKind } from '../ledger/recordKind.js';
import { registerOf } from '../protocol/identifiers.js';
import type { Slice as Record } from '../protocol/records/index.js';

type Slice = Omit<Record, 'salt'>;

/** While nothing is agreed, bank and holder have to endorse together. */
const resting = ({ id, holderMsp }: Slice): KeyPolicy => ({ all: [registerOf(id), holderMsp] });

/**
 * While something is agreed, the bank and one of the two sides have to endorse, so that neither side can stall it. If the other side
 * belongs to the bank's own organisation, the bank alone could change the slice in this way. Then the holder has to endorse.
 */
function between(slice: Slice, counterpartyMsp: string): KeyPolicy {
  const bankMsp = registerOf(slice.id);
  return counterpartyMsp === bankMsp ? resting(slice) : { all: [bankMsp], any: [slice.holderMsp, counterpartyMsp] };
}

const agreed = (slice: Slice): KeyPolicy => between(slice, slice.lock?.counterpartyMsp ?? registerOf(slice.id));

/**
 * While the slice is allocated to a batch, the holder may be silent: then the receiver signs together with who proves what the holder takes in return. So
 * neither bank and receiver take it without the counter-value, nor can the holder stall.
 */
function allocated(slice: Slice): KeyPolicy {
  const { lock, holderMsp, id } = slice;
  if (lock?.kind !== 'SETTLEMENT') return resting(slice);
  // A pledgee gives it back to its holder. Either of them signs, as while it is pledged: or a pledgee that is silent in a batch could keep it.
  if (lock.pledge !== undefined) return between(slice, lock.pledge.counterpartyMsp);
  if (lock.proverMsp === undefined) return resting(slice);
  return { all: [registerOf(id)], any: [holderMsp, [lock.counterpartyMsp, lock.proverMsp]] };
}

/** A payee that has acknowledged the money cannot stall, and a paid slice never changes hands again. So the bank alone endorses. */
const bankAlone = ({ id }: Slice): KeyPolicy => ({ all: [registerOf(id)] });

/** Who guards a slice, as the table of its states says it. */
const GUARDS: { readonly [Key in SliceKey]: (slice: Slice) => KeyPolicy } = {
  'bank and holder': resting,
  'bank, and holder or the other side': agreed,
  'bank, and holder or receiver and prover': allocated,
  bank: bankAlone,
};

export const slice: RecordKind<'slice'> = {
  registers: ({ id }) => [registerOf(id)],
  copies: ({ holderMsp, lock }) =>
    lock?.kind === 'TRANSFER' || lock?.kind === 'PLEDGE' ? [holderMsp, lock.counterpartyMsp] : [holderMsp],
  policy: (record) => GUARDS[SLICE_STATES[record.state].key](record),
  policyOnChange: true,
  restorable: true,
};
