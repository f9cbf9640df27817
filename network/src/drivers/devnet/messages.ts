/** What the driver asks of the devnet process, over the message channel between parent and child. */

/** Commands by name. */
export interface Commands {
  deploy: { readonly name: string; readonly packageId: string; readonly addresses: Readonly<Record<string, string>> };
  stopPeer: { readonly mspId: string };
  startPeer: { readonly mspId: string };
}

/** One command with a number that its answer carries. */
export type CommandMessage = {
  [Name in keyof Commands]: { readonly id: number; readonly name: Name; readonly argument: Commands[Name] };
}[keyof Commands];

/** Answer to a command. */
export interface AnswerMessage {
  readonly id: number;
  /** Left out: done. */
  readonly error?: string;
}
