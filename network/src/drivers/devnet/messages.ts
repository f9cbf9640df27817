/** What the driver asks of the devnet process, over the message channel between parent and child. */

/** Commands by name. */
export interface Commands {
  deploy: { readonly name: string; readonly packageId: string; readonly addresses: Readonly<Record<string, string>> };
  stopPeer: { readonly mspId: string };
  startPeer: { readonly mspId: string };
  /** Answered with the blocks in base64. */
  blocks: { readonly mspId: string };
}

/** One command with a number that its answer carries. */
export interface CommandMessage<Name extends keyof Commands> {
  readonly id: number;
  readonly name: Name;
  readonly argument: Commands[Name];
}

/** Answer to a command. */
export interface AnswerMessage {
  readonly id: number;
  readonly result?: readonly string[];
  /** Left out: done. */
  readonly error?: string;
}
