/** How the demo prints: a line a step, tables in the end; or one JSON document. */
import type { Conservation, OperatorView, Position } from './report.js';
import type { Printer, Refusal, Step } from './stage.js';

const column = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);

/** Prints for people. */
export const forPeople: Printer = {
  step: ({ what, who, transactionId, block, endorsers, milliseconds }) => {
    const id = transactionId?.slice(0, 12) ?? 'replayed';
    const at = `block ${block ?? '-'}`;
    console.log(
      `ok  ${column(what, 48)} ${column(who, 19)} ${column(id, 12)}  ${column(at, 9)} ${column(endorsers.join(' '), 38)} ${String(milliseconds)} ms`,
    );
  },
  refusal: ({ what, who, expected, code }) => {
    const mark = expected === code ? 'no ' : '!! ';
    const detail = expected === code ? code : `${code}, expected ${expected}`;
    console.log(`${mark} ${column(what, 48)} ${column(who, 19)} refused: ${detail}`);
  },
  note: (line) => {
    console.log(line);
  },
};

/** Keeps standard output free for the document. */
export const forMachines: Printer = {
  step: ({ what }) => {
    console.error(what);
  },
  refusal: ({ what, code }) => {
    console.error(`${what}: ${code}`);
  },
  note: (line) => {
    console.error(line);
  },
};

/** Everything that a run has to tell. */
export interface Outcome {
  readonly engine: string;
  readonly ok: boolean;
  readonly steps: readonly Step[];
  readonly refusals: readonly Refusal[];
  readonly positions: readonly Position[];
  readonly operator: OperatorView;
  readonly conservation: readonly Conservation[];
}

/** Prints the closing tables. */
export function printOutcome({ positions, operator, conservation, refusals, steps, ok }: Outcome): void {
  console.log("\nPositions, each from the organisation's own book");
  for (const { organization, record, amount, state, current } of positions) {
    console.log(
      `    ${column(organization, 11)} ${column(record, 29)} ${amount.padStart(18)}  ${column(state, 20)} ${current ? 'current' : 'superseded copy'}`,
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
