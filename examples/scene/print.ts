/** How steps are printed: a line each, for people; or on standard error, where standard output is for a document. */
import type { Printer } from './scene.js';

/** A text of exactly this width. */
export const column = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);

/** Prints for people. */
export const forPeople: Printer = {
  step: ({ what, who, transactionId, block, endorsers, milliseconds }) => {
    const id = transactionId?.slice(0, 12) ?? 'replayed';
    const at = `block ${block ?? '-'}`;
    console.log(
      `ok  ${column(what, 44)} ${column(who, 35)} ${column(id, 12)}  ${column(at, 9)} ${endorsers.join(' ').padEnd(38)} ${String(milliseconds)} ms`,
    );
  },
  refusal: ({ what, who, expected, code }) => {
    const mark = expected === code ? 'no ' : '!! ';
    const detail = expected === code ? code : `${code}, expected ${expected}`;
    console.log(`${mark} ${column(what, 44)} ${column(who, 35)} refused: ${detail}`);
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

const nobody = (): void => undefined;
/** Prints nothing. */
export const silent: Printer = { step: nobody, refusal: nobody, note: nobody };
