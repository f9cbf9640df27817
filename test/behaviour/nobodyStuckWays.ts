/** The ways on which certificates and slices go on while one side is silent, as the tables of states name them, and where each leads, by hand. */
import type { Move, Row, Side } from '../../chaincode/src/domain/states.js';
import { addDays } from '../../chaincode/src/protocol/dates.js';
import { LIMITS } from '../../chaincode/src/protocol/limits.js';
import type { PartyName } from '../support/world.js';

/** Whose peer is stopped where a side is silent. */
const PLAYER: Readonly<Record<Exclude<Side, 'bank'>, PartyName>> = {
  ...{ issuer: 'issuer', payee: 'supplier', holder: 'supplier', transferee: 'contractor', receiver: 'contractor' },
  ...{ prover: 'operator', pledgee: 'operator' },
  'holder at the bank of its payer': 'supplier',
  "payee's bank": 'operator',
};

/** What the ways of a certificate lead to: its state in the bank's register, or the outcome of its confirmation. */
export const CERTIFICATE_ENDS: Readonly<Record<string, string>> = {
  ...{ 'SUBMITTED without the issuer': 'REJECTED', 'SUBMITTED without the payee': 'UNWOUND' },
  'REJECTED without the payee': 'UNWOUND',
  ...{ 'CONFIRMED without the issuer': 'ACTIVE', 'CONFIRMED without the payee': 'UNWOUND' },
  ...{ 'OFFERED without the issuer': 'ACTIVE', 'OFFERED without the payee': 'UNWOUND' },
  ...{ 'LAPSED without the payee': 'UNWOUND', 'DECLINED without the payee': 'UNWOUND' },
  'ACTIVE without the payee': 'SETTLED',
};

/** What the ways of a slice lead to. */
export const SLICE_ENDS: Readonly<Record<string, string>> = {
  'FREE without the issuer': 'PRESENTED',
  'OFFERED without the holder': 'FREE in the hands of the contractor',
  // Its offer has lapsed, and the holder goes on with it.
  'OFFERED without the transferee': 'SPENT',
  'OFFERED without the issuer': 'FREE in the hands of the contractor',
  ...{
    'ALLOCATED without the holder': 'FREE in the hands of the contractor',
    'ALLOCATED without the holder at the bank of its payer': 'FREE in the hands of the contractor',
    'ALLOCATED without the receiver': 'FREE in the hands of the supplier',
    'ALLOCATED without the prover': 'FREE in the hands of the supplier',
    'ALLOCATED without the issuer': 'FREE in the hands of the contractor',
  },
  ...{
    'PLEDGED without the holder': 'FREE in the hands of the second bank',
    // It is no longer pledged, and the holder goes on with it.
    'PLEDGED without the pledgee': 'SPENT',
    'PLEDGED without the issuer': 'FREE in the hands of the second bank',
  },
  ...{ 'PRESENTED without the holder': 'PAID', "PRESENTED without the payee's bank": 'PAID' },
  'PRESENTED without the holder at the bank of its payer': 'PAID',
  'PRESENTED without the issuer': 'PAID',
  ...{ 'ACKNOWLEDGED without the holder': 'PAID', "ACKNOWLEDGED without the payee's bank": 'PAID' },
  'ACKNOWLEDGED without the holder at the bank of its payer': 'PAID',
  'ACKNOWLEDGED without the issuer': 'PAID',
  'PAID without the holder': 'counted',
  'RETURNED without the holder': 'out of the count',
  // Only the line is drawn again. The issuer, which keeps silent, keeps the old count.
  'RETURNED without the issuer': 'drawn again',
};

/** One way: what stands where, who is silent, and the moves of the others. */
export interface Way {
  readonly of: 'certificate' | 'slice';
  readonly name: string;
  readonly state: string;
  /** Whether payer and payee share the bank. */
  readonly sharesBank: boolean;
  readonly silent: PartyName;
  readonly moves: readonly Move[];
}

/** Every way that a table names; one without a move leads nowhere, because only the silent side waits. */
export function waysOf(of: Way['of'], table: Readonly<Record<string, Row<string>>>): Way[] {
  return Object.entries(table).flatMap(([state, { without }]) =>
    (Object.entries(without) as [Exclude<Side, 'bank'>, readonly Move[]][])
      .filter(([, moves]) => moves.length > 0)
      .map(([side, moves]) => ({
        ...{ of, name: `${state} without the ${side}`, state, silent: PLAYER[side], moves },
        sharesBank: side === 'holder at the bank of its payer',
      })),
  );
}

/** The states before the payment date come first: the date never goes back. */
const AT_MATURITY: readonly string[] = ['PRESENTED', 'ACKNOWLEDGED', 'PAID', 'RETURNED', 'ACTIVE', 'FREE'];
export const isLate = ({ state }: Way): boolean => AT_MATURITY.includes(state);

/** One group for each peer that is stopped, once for all ways of the group: stopping and starting it takes longer than most ways. */
export function bySilent(ways: readonly Way[]): { readonly silent: PartyName; readonly group: readonly Way[] }[] {
  return [...new Set(ways.map(({ silent }) => silent))].map((silent) => ({
    silent,
    // What is on offer until the next day is still to be accepted when the date moves.
    group: first(
      ways.filter((way) => way.silent === silent),
      ({ moves }) => !moves.includes('the date'),
    ),
  }));
}

/** Those of a kind, then the others. */
export const first = (ways: readonly Way[], isFirst: (way: Way) => boolean): Way[] => [
  ...ways.filter(isFirst),
  ...ways.filter((way) => !isFirst(way)),
];

/** As long as a stand-in waits. */
export const aWeekAfter = (date: string): string => addDays(date, LIMITS.silentDays);

/** When a silent side has lost its turn. What is offered or agreed here ends the next day; a pledgee has time after that to take the slice. */
export const whenOver = (date: string, { state, moves }: Way): string =>
  state === 'PLEDGED' && !moves.includes('slice:realise') ? addDays(date, LIMITS.realiseDays + 2) : aWeekAfter(date);
