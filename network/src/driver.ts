/**
 * The interface that both engines implement. Code above `network/` does not know which of them runs.
 */
import type { Topology } from './topology.js';

/** How to start a chaincode process. It is started once for each organisation, as a chaincode server (`CHAINCODE_SERVER_ADDRESS`, `CHAINCODE_ID`). */
export interface ChaincodeSource {
  /** Chaincode name on the channel. */
  readonly name: string;
  /**
   * Name of the program, by which its package and its processes are known. Chaincodes with one program share both: what the first
   * one started serves all of them, and goes on when one of them is withdrawn. Left out: a program of its own.
   */
  readonly program?: string;
  /** Executable, for example `process.execPath`. */
  readonly command: string;
  readonly args: readonly string[];
  /** Working directory of the process. */
  readonly cwd: string;
  /** Added to a minimal environment (PATH, HOME, CORE_PEER_LOCALMSPID and the two above). */
  readonly env?: Readonly<Record<string, string>>;
}

/** The terms of a chaincode on which the channel agrees. By default: the channel's default policy, and every organisation runs it. */
export interface ChaincodeTerms {
  /** "1" when left out. */
  readonly version?: string;
  /** 1 when left out. A higher one than the committed upgrades the definition; the program may stay the same. */
  readonly sequence?: number;
  /** Serialized `common.SignaturePolicyEnvelope`. Left out: the channel's Endorsement policy. */
  readonly endorsementPolicy?: Uint8Array;
  /** Serialized `protos.CollectionConfigPackage`. Implicit collections need none. */
  readonly collections?: Uint8Array;
  /** Every version must first be called as init. False when left out. */
  readonly initRequired?: boolean;
  /** Short names of the organisations that install and run it. Left out: all. */
  readonly hosts?: readonly string[];
}

/** All that a gateway client needs to act as one user of one organisation, on that organisation's own peer. */
export interface UserConnection {
  readonly mspId: string;
  readonly channel: string;
  /** `host:port` of the organisation's peer. */
  readonly endpoint: string;
  /** TLS server name of the peer. */
  readonly hostAlias: string;
  /** PEM file with the TLS root certificate of the peer. */
  readonly tlsRootCertPath: string;
  /** MSP folder of the user: `signcerts/` and `keystore/`. */
  readonly mspPath: string;
}

/** Faults that suites inject. Every one can be undone. */
export interface Faults {
  stopPeer(organization: string): Promise<void>;
  /**
   * Starts them together. One alone, while another is still stopped, may not learn of all the others before the next block: Fabric's gossip lays aside what it
   * is told of the peers of a channel from the first on whose identity it does not know.
   */
  startPeer(...organizations: readonly string[]): Promise<void>;
  /**
   * The organisation's peer loses all that it has stored, and only its keys are left. It is set up again: it joins the channel
   * from the first block, and its chaincodes are installed. What was private to the organisation does not come back.
   */
  loseLedger(organization: string): Promise<void>;
  /** Runs other code in place of this organisation's chaincode, under the same package id: a tampered peer. */
  replaceChaincode(organization: string, source: ChaincodeSource): Promise<void>;
  restoreChaincode(organization: string, name: string): Promise<void>;
  /** Kills the chaincode process (SIGKILL) and starts it again. */
  restartChaincode(organization: string, name: string): Promise<void>;
}

/** One line of `status`: a process, or a part of the devnet process. */
export interface ProcessStatus {
  readonly name: string;
  readonly pid?: number;
  readonly running: boolean;
  readonly logPath?: string;
  readonly address?: string;
}

/** A network that is up. */
export interface RunningNetwork {
  readonly engine: 'devnet' | 'fabric';
  readonly topology: Topology;
  /** Folder with identities, logs, ledgers. */
  readonly dataPath: string;
  readonly faults: Faults;
  /** Deploys and returns when every gateway can have a call endorsed by every organisation that hosts the chaincode. */
  deploy(source: ChaincodeSource, terms?: ChaincodeTerms): Promise<void>;
  /** Stops the servers of a deployed chaincode for good. Its definition and what it wrote stay on the channel. */
  withdraw(name: string): Promise<void>;
  connectionFor(organization: string, user: string): UserConnection;
  /**
   * Takes an organisation off the channel, by an update that a majority of administrators signs; returns when the peers of all
   * others have it. The organisation's own peer goes on with what it had: it is given no more blocks.
   */
  removeOrganization(organization: string): Promise<void>;
  /** Brings it back as it was in the channel's first block; returns when its peer, too, has every block, if it runs. */
  addOrganization(organization: string): Promise<void>;
  status(): Promise<readonly ProcessStatus[]>;
  /** Every block of the channel from 0 as serialized `common.Block`, read from this organisation's peer by the system query. */
  blocks(organization: string): Promise<readonly Uint8Array[]>;
  /** Stops every process that this network started, by id, and waits until they are gone. */
  down(): Promise<void>;
}

/** Options of `up`. */
export interface UpOptions {
  /** Folder for identities, ledgers and logs. Created when missing. A folder that holds an earlier run is started again from its data (fabric). */
  readonly dataPath: string;
  /** One line per step, for people. */
  readonly onProgress?: (line: string) => void;
  /** Directory with Fabric's commands; looked for in $FABRIC_BIN, the cache and PATH when left out. */
  readonly fabricBin?: string;
}

/** An engine that can bring a topology up. */
export interface NetworkDriver {
  readonly engine: 'devnet' | 'fabric';
  up(topology: Topology, options: UpOptions): Promise<RunningNetwork>;
}

/** A process of the network that did not start or died, with the end of its log. */
export class NetworkError extends Error {
  override readonly name: string = 'NetworkError';
  readonly process: string | undefined;
  readonly logTail: string | undefined;

  constructor(message: string, at: { process?: string; logTail?: string; cause?: unknown } = {}) {
    super(message, at.cause === undefined ? undefined : { cause: at.cause });
    this.process = at.process;
    this.logTail = at.logTail;
  }
}

/** A wrong request, which fails whatever the network does: for example a folder that cannot be written, or a release that does not exist. */
export class UsageError extends NetworkError {
  override readonly name = 'UsageError';
}
