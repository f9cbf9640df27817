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

export interface EngineOrganization {
  readonly mspId: string;
  /** Name of the organisation's one peer, as it appears in error details when there is no endpoint. */
  readonly hostAlias: string;
  /** The peer's signing identity. */
  readonly signCertPem: string;
  readonly signKeyPem: string;
  readonly msp: { readonly rootCertsPem: readonly string[]; readonly tlsRootCertsPem?: readonly string[] };
}

export interface EngineOptions {
  readonly channel: string;
  readonly batch: BatchOptions;
  readonly organizations: readonly EngineOrganization[];
  readonly orderer: {
    readonly mspId: string;
    readonly signCertPem: string;
    readonly signKeyPem: string;
    readonly rootCertsPem: readonly string[];
  };
  /** How long a chaincode may take for one call, in milliseconds; 30 000 when absent. */
  readonly executeTimeoutMs?: number;
  /** Decides the order in which concurrent endorsements and submits proceed: the same seed, the same order. */
  readonly seed?: number;
}

export interface DevnetOrganization extends EngineOrganization {
  /** Port of the peer on localhost; a free one when absent. */
  readonly port?: number;
  readonly tlsCertPem: string;
  readonly tlsKeyPem: string;
}

export interface DevnetOptions extends EngineOptions {
  readonly organizations: readonly DevnetOrganization[];
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
  /** host:port of each organisation's chaincode server; an organisation left out does not host the chaincode. */
  readonly addresses: Readonly<Record<string, string>>;
}

export interface InProcessDeployOptions extends ChaincodeDefinitionOptions {
  /** The chaincode's name when absent. */
  readonly packageId?: string;
  /** The organisations that host it; all of them when absent. */
  readonly hosts?: readonly string[];
  readonly connect: (mspId: string) => ChaincodeLink;
}
