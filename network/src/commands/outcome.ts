/** What a command has to say when it is done. */
export interface Outcome {
  /** For `--json`. */
  readonly data: unknown;
  /** For people. */
  readonly text: string;
}
