// What a network is made from. The engine needs identities alone; the devnet adds what its gRPC servers need.
import type { ChaincodeLink } from './chaincode/link.js';

/** When the orderer cuts a block. */
export interface BatchOptions {
  /** Milliseconds from the first pending transaction; 0 cuts as soon as the previous block is committed. */
  readonly timeoutMs: number;
  readonly maxMessageCount: number;
  readonly preferredMaxBytes: number;
  /** Larger transactions are refused; 99 MB when absent. */
  readonly absoluteMaxBytes?: number;
}

/** 99 MB: larger transactions are refused unless the batch options say otherwise. */
export const ABSOLUTE_MAX_BYTES = 99 * 1024 * 1024;

/** Whom an organisation vouches for, as PEM texts. */
export interface MspOptions {
  readonly rootCertsPem: readonly string[];
  readonly intermediateCertsPem?: readonly string[];
  /** Revocation lists of these authorities. */
  readonly crlsPem?: readonly string[];
  readonly tlsRootCertsPem?: readonly string[];
}

export interface EngineOrganization {
  readonly mspId: string;
  /** Name of the organisation's one peer, as it appears in error details when there is no endpoint. */
  readonly hostAlias: string;
  /** The peer's signing identity. */
  readonly signCertPem: string;
  readonly signKeyPem: string;
  readonly msp: MspOptions;
}

export interface EngineOrderer extends MspOptions {
  readonly mspId: string;
  readonly signCertPem: string;
  readonly signKeyPem: string;
  /** host:port for those who read it in the channel's configuration. */
  readonly endpoint?: string;
}

/** An implicit meta policy as `configtx.yaml` says it: so many of the organisations' policies of this name. */
export type MetaRule = `${'ANY' | 'ALL' | 'MAJORITY'} ${string}`;

/** What the channel's configuration says beyond the defaults about who may use the peers' services. */
export interface AccessOptions {
  /** More policies of the Application group, by name. */
  readonly policies: Readonly<Record<string, MetaRule>>;
  /** By resource: a policy of the Application group by its name, or any by its whole path. */
  readonly list: Readonly<Record<string, string>>;
}

export interface EngineOptions {
  readonly channel: string;
  readonly batch: BatchOptions;
  readonly organizations: readonly EngineOrganization[];
  readonly orderer: EngineOrderer;
  /** The channel's access list; Fabric's defaults when absent. */
  readonly access?: AccessOptions;
  /** How long a chaincode may take for one call, in milliseconds; 30 000 when absent. */
  readonly executeTimeoutMs?: number;
  /** How long a gateway waits for the endorsement of another organisation's peer, in milliseconds; 30 000 when absent. */
  readonly endorsementTimeoutMs?: number;
  /** Decides the order in which concurrent endorsements and submits proceed: the same seed, the same order. */
  readonly seed?: number;
}

export interface DevnetOrganization extends EngineOrganization {
  /** Port of the peer on localhost; a free one when absent. */
  readonly port?: number;
  readonly tlsCertPem: string;
  readonly tlsKeyPem: string;
  /** host:port that error details name, where peers are known by other names than localhost (peer.gossip.externalEndpoint). */
  readonly externalEndpoint?: string;
  /** Where chaincodes dial the peer; it listens for none when absent. */
  readonly chaincodeListener?: ChaincodeListenerOptions;
}

/** The peer's port for chaincodes that dial it, as Go's and Java's `Start()` and `fabric-chaincode-node start` do. */
export interface ChaincodeListenerOptions {
  /** On localhost; a free one when absent. */
  readonly port?: number;
  /**
   * With TLS the peer shows its own certificate, and takes chaincodes that show one of the organisation's TLS authorities. Without, as
   * when absent, it takes everybody on this machine.
   */
  readonly tls?: boolean;
  /** How long a call waits for a chaincode that has not registered yet, in milliseconds; 10 000 when absent. */
  readonly startTimeoutMs?: number;
}

export interface DevnetOptions extends EngineOptions {
  readonly organizations: readonly DevnetOrganization[];
  /** With a TLS identity the orderer listens too, for clients that do not go through a gateway. */
  readonly orderer: EngineOrderer & {
    /** Port on localhost; a free one when absent. */
    readonly port?: number;
    readonly tlsCertPem?: string;
    readonly tlsKeyPem?: string;
  };
}

/** A chaincode definition. Deploying a name again is an upgrade: its sequence rises by one. */
export interface ChaincodeDefinitionOptions {
  readonly name: string;
  /** "1.0" when absent. */
  readonly version?: string;
  /** A serialized common.SignaturePolicyEnvelope; the channel's Endorsement policy when absent. */
  readonly endorsementPolicy?: Uint8Array;
  /** A serialized protos.CollectionConfigPackage; implicit collections need none. */
  readonly collections?: Uint8Array;
  /** The first call of every version must then be the chaincode's Init. False when absent. */
  readonly initRequired?: boolean;
}

export interface DeployOptions extends ChaincodeDefinitionOptions {
  /** What the chaincode server registers itself as. */
  readonly packageId: string;
  /** host:port of each organisation's chaincode server. An organisation named neither here nor below does not host the chaincode. */
  readonly addresses: Readonly<Record<string, string>>;
  /** The organisations whose chaincode dials its peer instead and registers as `packageId`, before or after this. */
  readonly registering?: readonly string[];
}

export interface InProcessDeployOptions extends ChaincodeDefinitionOptions {
  /** The chaincode's name when absent. */
  readonly packageId?: string;
  /** The organisations that host it; all of them when absent. */
  readonly hosts?: readonly string[];
  readonly connect: (mspId: string) => ChaincodeLink;
}
