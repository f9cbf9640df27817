/** What a behaviour suite needs of an engine, so that it runs unchanged on every one. */
import type { Client } from '@grpc/grpc-js';
import type { Connection, Journal, Tenor } from '@tenor/client';
import type { Transport } from '../../client/src/transport.js';

/** Faults that only engines with real peers can inject. */
export interface LedgerFaults {
  stopPeer(organization: string): Promise<void>;
  startPeer(...organizations: readonly string[]): Promise<void>;
  /** Kills the organisation's chaincode and starts it again. */
  restartChaincode(organization: string): Promise<void>;
  /** The organisation's peer loses all that it has stored but its keys, and is set up again. */
  loseLedger(organization: string): Promise<void>;
  /** Runs the raw chaincode (any write it is told to make) in place of this organisation's: a tampered peer. */
  tamper(organization: string): Promise<void>;
  restore(organization: string): Promise<void>;
}

/** The gateway below a client, with the keys of its user: for attacks that no client makes. */
export interface Door extends Transport {
  readonly connection: Connection;
}

/** Whose certificate a guest shows: a user's, or the one of the organisation's peer. */
export type GuestIdentity = 'User1' | 'Admin' | 'peer';

/** Somebody of one organisation at the peer of another. */
export interface Guest {
  readonly connection: Connection;
  readonly grpcClient: Client;
}

/** A founding that was kept, so that a ledger without one can take it over instead of going through it. */
export interface KeptFounding {
  /** Whether one was kept, and is this ledger's now. */
  recall(): Promise<boolean>;
  keep(): void;
}

/** A network with the chaincode deployed. */
export interface Ledger {
  readonly engine: 'inProcess' | 'devnet' | 'fabric';
  /** Short names of the organisations with their MSP ids. */
  readonly organizations: readonly { readonly name: string; readonly mspId: string }[];
  /** With `certificate` in place of the user's own: it signs with the user's key all the same. With `journal` in place of one in memory. */
  connect(organization: string, user: string, certificate?: string, journal?: Journal): Tenor;
  door(organization: string, user: string): Door;
  /** An identity of `organization` on a line to the peer of `host`. Whoever asks closes the line. */
  guest(host: string, organization: string, identity: GuestIdentity): Guest;
  readonly faults: LedgerFaults;
  /** Absent where each world is founded by its own transactions. */
  readonly keptFounding?: KeptFounding;
  /** Folder with the logs and ledgers of the processes; undefined where all is in this process. */
  readonly dataPath: string | undefined;
  /**
   * An update of the channel that takes an organisation off it. Its own peer goes on with what it had, and is given no more
   * blocks; everybody else knows it no longer.
   */
  removeOrganization(organization: string): Promise<void>;
  /** An update that brings it back. */
  addOrganization(organization: string): Promise<void>;
  /** All blocks as one organisation's peer has them. */
  blocks(organization: string): Promise<readonly Uint8Array[]>;
  close(): Promise<void>;
}

/** Brings a ledger up for a suite. */
export type OpenLedger = () => Promise<Ledger>;
