/** The part of `LocalNetwork` that depends on the engine. The rest (chaincode processes, readiness, connections) is the same for both. */
import type { ChaincodeTerms, ProcessStatus } from '../driver.js';
import type { OrganizationSpec } from '../topology.js';

/** A chaincode that is to become known to the channel. */
export interface ChaincodeDefinition {
  readonly name: string;
  readonly packageId: string;
  readonly packageBytes: Uint8Array;
  /** `host:port` of each organisation's server, by organisation name. An organisation without one does not host it. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly terms: ChaincodeTerms;
  /** The organisations on the channel. */
  readonly members: readonly OrganizationSpec[];
}

/** What a peer that is set up again needs. */
export interface SettingUp {
  /** Names of the chaincodes to install. */
  readonly chaincodes: readonly string[];
  /** Returns when the peer has every block. */
  readonly caughtUp: () => Promise<void>;
}

/** The nodes of a running network. */
export interface Backend {
  readonly engine: 'devnet' | 'fabric';
  /** Makes a chaincode known to the channel and all peers. Does nothing when it is, at this sequence or a later one. */
  define(chaincode: ChaincodeDefinition): Promise<void>;
  stopPeer(organization: OrganizationSpec): Promise<void>;
  startPeer(organization: OrganizationSpec): Promise<void>;
  /** See `Faults.loseLedger`. The peer runs afterwards. */
  loseLedger(organization: OrganizationSpec, again: SettingUp): Promise<void>;
  peerIsRunning(organization: OrganizationSpec): boolean;
  /** Parts that are not processes of their own. */
  parts(): readonly ProcessStatus[];
}
