/** Messages between a network that runs in the background and those who use it. */
import { NetworkError, type ChaincodeSource, type ProcessStatus, type RunningNetwork } from '../driver.js';
import type { Topology } from '../topology.js';

/** What can be asked of a network in the background. Arguments and results are plain JSON. */
export interface Calls {
  deploy: { args: [ChaincodeSource]; result: null };
  withdraw: { args: [name: string]; result: null };
  status: { args: []; result: readonly ProcessStatus[] };
  /** Base64. */
  blocks: { args: [organization: string]; result: readonly string[] };
  stopPeer: { args: [organization: string]; result: null };
  startPeer: { args: readonly string[]; result: null };
  loseLedger: { args: [organization: string]; result: null };
  removeOrganization: { args: [organization: string]; result: null };
  addOrganization: { args: [organization: string]; result: null };
  replaceChaincode: { args: [organization: string, source: ChaincodeSource]; result: null };
  restoreChaincode: { args: [organization: string, name: string]; result: null };
  restartChaincode: { args: [organization: string, name: string]; result: null };
  down: { args: []; result: null };
}

/** Name of a call. */
export type CallName = keyof Calls;

/** One call on the socket: one line of JSON, answered by one line. */
export interface Request {
  readonly name: CallName;
  readonly args: readonly unknown[];
}

/** An error as plain data. */
export interface PlainError {
  readonly message: string;
  readonly process?: string;
  readonly logTail?: string;
}

/** Answer to a call. */
export type Response = { readonly result: unknown } | { readonly error: PlainError };

/** First message to the background process: what to bring up. */
export interface StartMessage {
  readonly engine: RunningNetwork['engine'];
  readonly topology: Topology;
  readonly dataPath: string;
  readonly fabricBin?: string;
}

/** What the background process reports to the one that started it. */
export type StartReport =
  | { readonly kind: 'progress'; readonly line: string }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: PlainError };

/** An error as it travels. */
export function toPlainError(cause: unknown): PlainError {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (!(cause instanceof NetworkError)) return { message };
  return {
    message,
    ...(cause.process === undefined ? {} : { process: cause.process }),
    ...(cause.logTail === undefined ? {} : { logTail: cause.logTail }),
  };
}

/** The error that travelled. */
export const fromPlainError = ({ message, ...at }: PlainError): NetworkError => new NetworkError(message, at);
