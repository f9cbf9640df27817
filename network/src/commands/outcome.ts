/** The result of a command. */
export interface Outcome {
  /** For `--json`. */
  readonly data: unknown;
  /** For people. */
  readonly text: string;
}
