/** Programs as cases: their names are their seeds. */
import type { Case } from '../support/suite.js';
import { runProgram } from './run.js';

/** The cases of seeds from `first` on. */
export const programs = (first: number, count: number): Case[] =>
  Array.from({ length: count }, (_, index) => first + index).map((seed) => ({
    id: `random-${String(seed)}`,
    name: `The program of concurrent transactions that seed ${String(seed)} draws`,
    // Its transactions are to share blocks, and with nobody else's they do.
    alone: true,
    run: (t) => runProgram(t, seed),
  }));
