/**
 * Where certificates and slices stand. One row a state says everything about it: who signs for its key, who may take which step out
 * of it, what the date does to it, and how it goes on while one side is silent. Rules, key policies, docs and the test that nobody is
 * stuck all read these rows.
 */
import type { CommandName } from '../protocol/commands/index.js';

/** What leads on: a command, or the business date. */
export type Move = CommandName | 'the date';

/** Who takes a step. */
export type Side =
  | 'bank'
  | 'issuer'
  | 'payee'
  | 'holder'
  | 'holder at the bank of its payer'
  | 'transferee'
  | 'receiver'
  | 'prover'
  | 'pledgee'
  | "payee's bank";

/** Whose peers endorse the next write of a certificate's status. Bank means the confirming bank. */
export type StatusKey = 'bank' | 'bank and issuer' | 'bank, and payee or issuer';

/**
 * Whose peers endorse the next write of a slice. The other side is whom it is offered to, the payee's bank, or the stand-in. The prover is who proves what
 * the holder of an allocated slice takes in return.
 */
export type SliceKey =
  | 'bank'
  | 'bank and holder'
  | 'bank, and holder or the other side'
  | 'bank, and holder or receiver and prover';

/** One state. */
export interface Row<Key extends string> {
  readonly key: Key;
  /** Each step out of it, and who takes it. */
  readonly steps: Readonly<Record<string, Side>>;
  /** The state that it passes into by itself when its last day is over. */
  readonly lapses?: string;
  /**
   * How it goes on while a side is silent or its peer is stopped. An empty list: it may stay as it is, since only the silent side
   * waits for more. The bank is no such side: it keeps the register, and nothing in it moves without its peer.
   */
  readonly without: Readonly<Partial<Record<Side, readonly Move[]>>>;
}

/** States of a certificate. Those before OFFERED, and LAPSED, are never stored: they follow from roots and date. */
export const CERTIFICATE_STATES = {
  SUBMITTED: {
    ...{ key: 'bank', steps: { confirm: 'bank', reject: 'bank' } },
    without: { issuer: ['certificate:reject'], payee: ['certificate:reject', 'certificate:unwind'] },
  },
  REJECTED: {
    ...{ key: 'bank', steps: { unwind: 'bank' } },
    without: { issuer: [], payee: ['certificate:unwind'] },
  },
  CONFIRMED: {
    // A payee that never endorses the offer must not hold line and documents for ever.
    ...{ key: 'bank', steps: { offer: 'bank', unwind: 'bank' } },
    without: { issuer: ['certificate:offer', 'certificate:accept'], payee: ['certificate:unwind'] },
  },
  OFFERED: {
    ...{ key: 'bank', steps: { accept: 'payee', decline: 'payee' }, lapses: 'LAPSED' },
    without: { issuer: ['certificate:accept'], payee: ['the date', 'certificate:unwind'] },
  },
  LAPSED: { key: 'bank', steps: { unwind: 'bank' }, without: { issuer: [], payee: ['certificate:unwind'] } },
  DECLINED: { key: 'bank', steps: { unwind: 'bank' }, without: { issuer: [], payee: ['certificate:unwind'] } },
  ACTIVE: {
    ...{ key: 'bank, and payee or issuer', steps: { redeem: 'bank', reinstate: 'bank' } },
    without: { issuer: [], payee: ['certificate:redeem'] },
  },
  // Money that came back is owed again, whoever would rather have it settled.
  SETTLED: { key: 'bank and issuer', steps: { reinstate: 'bank' }, without: {} },
  UNWOUND: { key: 'bank and issuer', steps: {}, without: {} },
} as const satisfies Record<string, Row<StatusKey>>;

/** What each payment needs: the word of the payer's bank, and of the payee's bank or the payee. */
const ATTESTED = ['payment:report', 'payment:attest', 'presentment:discharge'] as const;

/** States of a slice. */
export const SLICE_STATES = {
  FREE: {
    key: 'bank and holder',
    steps: {
      ...{ split: 'holder', offer: 'holder', allocate: 'holder', present: 'holder' },
      // By what the holder said before: its mandate, or the quote that it accepted to be settled so.
      ...{ presentUnderMandate: 'bank', settle: 'bank' },
    },
    without: { holder: [], issuer: ['slice:present'] },
  },
  OFFERED: {
    ...{ key: 'bank, and holder or the other side', steps: { accept: 'transferee', decline: 'transferee' } },
    lapses: 'FREE',
    without: { holder: ['slice:accept'], transferee: ['the date', 'slice:split'], issuer: ['slice:accept'] },
  },
  PLEDGED: {
    ...{ key: 'bank, and holder or the other side', steps: { unpledge: 'pledgee', realise: 'pledgee' } },
    lapses: 'FREE',
    without: {
      holder: ['the date', 'slice:realise'],
      pledgee: ['the date', 'slice:split'],
      issuer: ['the date', 'slice:realise'],
    },
  },
  ALLOCATED: {
    // What the batch decides is completed by any of its parties; until then nobody moves the slice.
    ...{ key: 'bank, and holder or receiver and prover', steps: { complete: 'receiver', release: 'holder' } },
    without: {
      holder: ['batch:commit', 'slice:complete'],
      // The bank proves nothing against itself. After some days the stand-in that the money names says what the holder does not, and signs in its place.
      'holder at the bank of its payer': ['the date', 'cash:acknowledge', 'batch:commit', 'slice:complete'],
      receiver: ['the date', 'slice:release'],
      prover: ['the date', 'slice:release'],
      issuer: ['batch:commit', 'slice:complete'],
    },
  },
  PRESENTED: {
    key: 'bank, and holder or the other side',
    steps: { report: 'bank', acknowledge: 'holder', withdraw: 'holder', discharge: 'bank' },
    without: {
      holder: ATTESTED,
      // The bank proves nothing against itself. After some days the stand-in that the presentment names says what the holder does not.
      'holder at the bank of its payer': [
        ...(['payment:report', 'payment:attest', 'the date'] as const),
        ...(['presentment:acknowledge', 'presentment:discharge'] as const),
      ],
      "payee's bank": ['payment:report', 'presentment:acknowledge', 'presentment:discharge'],
      issuer: ATTESTED,
    },
  },
  ACKNOWLEDGED: {
    // A word on the wrong payment must not stand in the way of the right one for ever, so the bank may reopen.
    ...{ key: 'bank', steps: { report: 'bank', reopen: 'bank', discharge: 'bank', dischargeAcknowledged: 'bank' } },
    without: {
      holder: ATTESTED,
      'holder at the bank of its payer': ATTESTED,
      "payee's bank": ['payment:report', 'presentment:discharge'],
      issuer: ATTESTED,
    },
  },
  SPENT: { key: 'bank and holder', steps: {}, without: {} },
  PAID: {
    // Only the holder waits for more, where the payment came back and the bank does not say so.
    ...{ key: 'bank', steps: { redeem: 'bank', reinstate: 'bank' } },
    without: { holder: ['certificate:redeem'], issuer: [] },
  },
  RETURNED: {
    // What came back is owed again already. If it was counted, the bank takes it out of the count, or at least draws the line again.
    ...{ key: 'bank', steps: { takeOut: 'bank' } },
    without: { holder: ['certificate:reinstate'], issuer: ['certificate:reinstate'] },
  },
} as const satisfies Record<string, Row<SliceKey>>;

type Rows = Readonly<Record<string, Row<string>>>;
type StepOf<Table extends Rows> = { [State in keyof Table]: keyof Table[State]['steps'] & string }[keyof Table];

/** From which states each step may be taken. */
function fromStates<Table extends Rows>(table: Table): Readonly<Record<StepOf<Table>, readonly (keyof Table)[]>> {
  const from: Record<string, (keyof Table)[]> = {};
  for (const [state, { steps }] of Object.entries(table))
    for (const step of Object.keys(steps)) (from[step] ??= []).push(state);
  return from as Record<StepOf<Table>, (keyof Table)[]>;
}

/** From which states a certificate may take each step. */
export const CERTIFICATE_STEPS = fromStates(CERTIFICATE_STATES);
/** From which states a slice may take each step. */
export const SLICE_STEPS = fromStates(SLICE_STATES);
