/** How properties run: a seed that stands in the file, and can be replaced from outside to look further. */
import type fc from 'fast-check';

/** Pinned, so that a run repeats exactly. `TENOR_SEED=… npx jest --selectProjects property` looks elsewhere; failures print seed and path. */
export const SEED = Number(process.env['TENOR_SEED'] ?? 20_261_123);

/** Parameters of a property. `TENOR_RUNS=10` multiplies the runs. */
export function runs<Values>(numRuns: number): fc.Parameters<Values> {
  return { seed: SEED, numRuns: numRuns * Number(process.env['TENOR_RUNS'] ?? 1), endOnFailure: false };
}
