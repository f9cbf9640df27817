/** What `close-books` takes, apart from what it does: the command line knows it without loading what talks to a channel. */

/** Steps that one administrator takes. */
export const STEPS = ['prepare', 'sign', 'send'] as const;

/** One of them. */
export type StepName = (typeof STEPS)[number];

/** Who acts, on which peer and channel. What is left out is taken from the variables of the `peer` command. */
export interface StepOptions {
  readonly channel?: string;
  readonly file: string;
  readonly peer?: string;
  readonly peerHost?: string;
  readonly peerCa?: string;
  readonly mspId?: string;
  readonly msp?: string;
  readonly orderer?: string;
  readonly ordererHost?: string;
  readonly ordererCa?: string;
}
