// The channel's MSPs: from the bytes of a SerializedIdentity to an identity that can verify and that has a role.
import { msp } from '@hyperledger/fabric-protos';
import { isIssuedBy, parseCertificate, type Certificate } from './certificate.js';
import { sha256, verifyLowS } from './ecdsa.js';

export type NodeRole = 'client' | 'peer' | 'admin' | 'orderer';

export interface Identity {
  readonly mspId: string;
  /** Equal for equal certificates of one MSP. */
  readonly key: string;
  /** With exactly one role, and no authority itself. */
  readonly valid: boolean;
  readonly role: NodeRole | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  verify(data: Uint8Array, signature: Uint8Array): boolean;
}

export interface MspDefinition {
  readonly mspId: string;
  readonly rootCertsPem: readonly string[];
}

export interface SignedData {
  readonly data: Uint8Array;
  readonly identity: Uint8Array;
  readonly signature: Uint8Array;
}

const ROLES: ReadonlySet<string> = new Set<NodeRole>(['client', 'peer', 'admin', 'orderer']);
const VERIFIED_MAX = 20_000;

export class Membership {
  readonly #roots = new Map<string, readonly Certificate[]>();
  readonly #identities = new Map<string, Identity>();
  /** Every peer verifies the same signatures: in one process the answer is worked out once. */
  readonly #verified = new Map<string, boolean>();

  /** Throws when a root certificate cannot be read. */
  constructor(definitions: readonly MspDefinition[]) {
    for (const { mspId, rootCertsPem } of definitions) {
      this.#roots.set(
        mspId,
        rootCertsPem.map((pem) => readRoot(mspId, pem)),
      );
    }
  }

  /** The identity in these bytes; undefined when its MSP is unknown, or its certificate unreadable or not of this MSP. */
  identify(serialized: Uint8Array): Identity | undefined {
    const cacheKey = Buffer.from(serialized).toString('latin1');
    const known = this.#identities.get(cacheKey);
    if (known) {
      return known;
    }
    const identity = this.#read(serialized);
    if (identity) {
      this.#identities.set(cacheKey, identity);
    }
    return identity;
  }

  /** Remembers a signature that a node of this process has just made: it need not be worked out again. */
  vouch({ data, identity: serialized, signature }: SignedData): void {
    const identity = this.identify(serialized);
    if (identity) {
      this.#remember(question(identity.key, data, signature), true);
    }
  }

  /** The distinct identities whose signature is right, in the order given. Wrong ones are ignored, as in Fabric. */
  signers(signatures: readonly SignedData[]): Identity[] {
    const found = new Map<string, Identity>();
    for (const { data, identity: serialized, signature } of signatures) {
      const identity = this.identify(serialized);
      if (identity && !found.has(identity.key) && identity.verify(data, signature)) {
        found.set(identity.key, identity);
      }
    }
    return [...found.values()];
  }

  #read(serialized: Uint8Array): Identity | undefined {
    const { mspId, idBytes } = decode(serialized);
    const roots = this.#roots.get(mspId);
    const certificate = roots && parseCertificate(idBytes);
    if (!certificate || !isIssuedBy(certificate, roots)) {
      return undefined;
    }
    const key = `${mspId}\0${sha256(certificate.x509.raw).toString('hex')}`;
    const roles = certificate.organizationalUnits.filter((unit) => ROLES.has(unit)) as NodeRole[];
    const role = roles.length === 1 ? roles[0] : undefined;
    return {
      mspId,
      key,
      role,
      valid: role !== undefined && !certificate.x509.ca,
      expiresAt: certificate.notAfter,
      verify: (data, signature) => this.#verify(key, certificate, data, signature),
    };
  }

  #verify(key: string, certificate: Certificate, data: Uint8Array, signature: Uint8Array): boolean {
    const asked = question(key, data, signature);
    const known = this.#verified.get(asked);
    if (known !== undefined) {
      return known;
    }
    const answer = verifyLowS(certificate.publicKey, data, signature);
    this.#remember(asked, answer);
    return answer;
  }

  #remember(asked: string, answer: boolean): void {
    if (this.#verified.size >= VERIFIED_MAX) {
      this.#verified.clear();
    }
    this.#verified.set(asked, answer);
  }
}

function question(key: string, data: Uint8Array, signature: Uint8Array): string {
  return `${key}\0${sha256(data).toString('latin1')}\0${Buffer.from(signature).toString('latin1')}`;
}

/** The bytes under which a certificate of an organisation signs. */
export function serializeIdentity(mspId: string, certPem: string): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(certPem));
  return identity.serializeBinary();
}

function decode(serialized: Uint8Array): { mspId: string; idBytes: Uint8Array } {
  try {
    const identity = msp.SerializedIdentity.deserializeBinary(serialized);
    return { mspId: identity.getMspid(), idBytes: identity.getIdBytes_asU8() };
  } catch {
    return { mspId: '', idBytes: new Uint8Array() }; // no MSP has the empty name: refused as unknown
  }
}

function readRoot(mspId: string, pem: string): Certificate {
  const root = parseCertificate(Buffer.from(pem));
  if (!root) {
    throw new Error(`root certificate of ${mspId} cannot be read`);
  }
  return root;
}
