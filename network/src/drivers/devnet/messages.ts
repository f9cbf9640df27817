/** What the driver asks of the devnet process, over the message channel between parent and child. */

/** Commands by name. */
export interface Commands {
  deploy: {
    readonly name: string;
    readonly packageId: string;
    readonly version: string;
    readonly initRequired: boolean;
    /** By MSP id of each host. */
    readonly addresses: Readonly<Record<string, string>>;
    /** Base64. */
    readonly endorsementPolicy?: string;
    /** Base64. */
    readonly collections?: string;
  };
  stopPeer: { readonly mspId: string };
  startPeer: { readonly mspId: string };
  loseLedger: { readonly mspId: string };
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
  /** Left out: done. */
  readonly error?: string;
}
