/** What the demo tells in the end: tables, or one JSON document. */
import type { Afterwards } from './afterwards.js';
import type { Member, Trade } from './cast.js';
import type { FreeSlice } from './freeSlice.js';
import type { Position } from './positions.js';
import type { Conservation, OperatorView } from './report.js';
import { column } from '../../scene/print.js';
import type { Printer, Refusal, Step } from '../../scene/scene.js';

/** Everything that a run has to tell. */
export interface Outcome {
  readonly engine: string;
  readonly ok: boolean;
  readonly cast: readonly Member[];
  readonly trade: Trade;
  readonly steps: readonly Step[];
  readonly refusals: readonly Refusal[];
  readonly positions: readonly Position[];
  readonly operator: OperatorView;
  readonly conservation: readonly Conservation[];
  /** File with the picture of the deal, once it is drawn. */
  readonly picture?: string;
  /** What was settled after the deal. */
  readonly afterwards?: Afterwards;
  /** What a network that is kept leaves to do. */
  readonly kept?: Kept;
}

/** A slice to be split, how to connect, and the command that does it. */
export interface Kept {
  readonly free: FreeSlice;
  readonly connections: string;
  readonly command: string;
}

/** Says who is who and what is traded, before anything happens. */
export function introduce(printer: Printer, cast: readonly Member[], trade: Trade): void {
  printer.note('Who is who');
  for (const { name, company, mspId, does } of cast)
    printer.note(`    ${column(name, 27)} ${column(company, 40)} ${column(mspId, 14)} ${does}`);
  printer.note(`\nWhat is traded\n    ${trade.title}\n    worth ${trade.worth}`);
  for (const promise of trade.promises) printer.note(`    ${promise}`);
  printer.note('');
}

const booksOf = ({ books, superseded }: Position): string =>
  `in the books of ${books.join(', ')}${superseded.length > 0 ? `; a superseded copy at ${superseded.join(', ')}` : ''}`;

/** Prints the closing tables. */
export function printOutcome(outcome: Outcome): void {
  const { positions, operator, conservation, refusals, steps, ok } = outcome;
  console.log("\nPositions by holder, from every organisation's own book");
  for (const position of positions) {
    const { holder, company, kind, currency, amount, state } = position;
    console.log(
      `    ${column(holder, 27)} ${column(company, 40)} ${column(kind, 5)} ${currency} ${amount.padStart(13)}  ${state.padEnd(12)} ${booksOf(position)}`,
    );
  }
  console.log(
    `\nThe operator, no party: ${String(operator.records)} records in its book; ${String(operator.blocks)} blocks of hashes, no amount, document or term.`,
  );
  console.log("\nConservation, from the bank's register: paid + live = face");
  for (const { certificate, currency, face, paid, live, holds } of conservation) {
    console.log(
      `    ${column(certificate, 16)} ${currency} ${paid} + ${live} = ${face}  ${holds ? 'holds' : 'BROKEN'}`,
    );
  }
  const refused = refusals.filter(({ code, expected }) => code === expected).length;
  console.log(
    `\n${String(steps.length)} steps taken, ${String(refused)} of ${String(refusals.length)} forbidden attempts refused as expected: ${ok ? 'all is well' : 'SOMETHING IS WRONG'}`,
  );
}
