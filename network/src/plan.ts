/** What `expand` makes of a topology: files to write, processes to start and commands to run, all as plain data. */

/** One text file of the data folder. */
export interface PlannedFile {
  /** Absolute path. */
  readonly path: string;
  readonly content: string;
  /** File mode, for example 0o600 for a key. */
  readonly mode: number;
}

/** A command that ends by itself. */
export interface CommandPlan {
  /** For error messages, for example `peer channel join (issuer)`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
}

/** A question whose answer shows that a server is there. */
export type Probe =
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

/** A process that stays until it is stopped. */
export interface ProcessPlan extends CommandPlan {
  readonly logPath: string;
  /** `host:port` for people. */
  readonly address: string;
  /** A Node process that takes messages from us. */
  readonly messages?: true;
  /** The process is ready when all of these answer. */
  readonly ready: readonly Probe[];
}

/** Ports of the ordering node. */
export interface OrdererPorts {
  readonly general: number;
  readonly admin: number;
  readonly operations: number;
}

/** Ports of one peer. */
export interface PeerPorts {
  readonly peer: number;
  readonly chaincode: number;
  readonly operations: number;
}

/** All ports of a network but those of chaincode servers, which are picked when a chaincode is deployed. */
export interface NetworkPorts {
  readonly orderer: OrdererPorts;
  /** By organisation name. */
  readonly organizations: Readonly<Record<string, PeerPorts>>;
}

/** Folders that Fabric's commands are run from. */
export interface FabricInstallation {
  /** Folder with peer, orderer, osnadmin and configtxgen. */
  readonly bin: string;
  /** Folder with core.yaml and orderer.yaml as they were released. */
  readonly config: string;
}
