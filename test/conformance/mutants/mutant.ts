/** What a mutant is: devnet with one check taken out. */

/** One edit of a file of devnet/src. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Cases that should notice, as `--only` takes them; tried first. `blocks` needs no network: the quickest. */
  readonly by: string;
}

/** Mutants of one file. */
interface MutantsOf {
  /** A condition that then never holds. */
  never(name: string, condition: string, by: string): Mutant;
  /** A condition among others that then always holds. */
  always(name: string, condition: string, by: string): Mutant;
  /** A text that another takes the place of. */
  drop(name: string, from: string, to: string, by: string): Mutant;
}

export const mutantsOf = (file: string): MutantsOf => ({
  never: (name, condition, by) => ({
    ...{ name, file, by },
    from: `if (${condition})`,
    to: `if (false && (${condition}))`,
  }),
  always: (name, condition, by) => ({ name, file, by, from: condition, to: 'true' }),
  drop: (name, from, to, by) => ({ name, file, from, to, by }),
});
