// The channel's MSPs: from the bytes of a SerializedIdentity to an identity that can verify and that has a role.
import type { MspOptions } from '../options.js';
import { issuerOf, parseCertificate, type Certificate } from './certificate.js';
import { revokedBy } from './revocation.js';
import { sha256, verifyLowS } from './ecdsa.js';
import { readSerialized } from './serialized.js';

export type NodeRole = 'client' | 'peer' | 'admin' | 'orderer';

export interface Identity {
  readonly mspId: string;
  /** Equal for equal certificates of one MSP. */
  readonly key: string;
  /** With exactly one role, not revoked, and no authority itself. */
  readonly valid: boolean;
  readonly role: NodeRole | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  verify(data: Uint8Array, signature: Uint8Array): boolean;
}

export interface MspDefinition extends MspOptions {
  readonly mspId: string;
}

/** One authority of an MSP. */
interface Authority {
  readonly certificate: Certificate;
  /** Others below it vouch for identities; it does not do so itself. */
  readonly isInner: boolean;
  readonly revoked: ReadonlySet<string>;
}

export interface SignedData {
  readonly data: Uint8Array;
  readonly identity: Uint8Array;
  readonly signature: Uint8Array;
}

const ROLES: ReadonlySet<string> = new Set<NodeRole>(['client', 'peer', 'admin', 'orderer']);
const VERIFIED_MAX = 20_000;
/** No MSP has the empty name. */
const NOBODY = { mspId: '', idBytes: new Uint8Array() };

export class Membership {
  readonly #authorities = new Map<string, readonly Authority[]>();
  readonly #identities = new Map<string, Identity>();
  /** Every peer verifies the same signatures: in one process the answer is worked out once. */
  readonly #verified = new Map<string, boolean>();

  /** Throws when a certificate of an authority or a revocation list cannot be read. */
  constructor(definitions: readonly MspDefinition[]) {
    for (const definition of definitions) {
      this.#authorities.set(definition.mspId, readAuthorities(definition));
    }
  }

  /** Whether there is an MSP of this id. */
  has(mspId: string): boolean {
    return this.#authorities.has(mspId);
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

  /** When the certificate in these bytes expires, whoever signed it; undefined when there is none. Milliseconds since the epoch. */
  expiryOf(serialized: Uint8Array): number | undefined {
    const known = this.#identities.get(Buffer.from(serialized).toString('latin1'));
    return known?.expiresAt ?? parseCertificate(readSerialized(serialized)?.idBytes ?? NOBODY.idBytes)?.notAfter;
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
    const { mspId, idBytes } = readSerialized(serialized) ?? NOBODY;
    const authorities = this.#authorities.get(mspId) ?? [];
    const certificate = authorities.length > 0 ? parseCertificate(idBytes) : undefined;
    const issuer =
      certificate &&
      issuerOf(
        certificate,
        authorities.map((authority) => authority.certificate),
      );
    const authority = authorities.find((candidate) => candidate.certificate === issuer);
    if (!certificate || !authority) {
      return undefined;
    }
    const key = `${mspId}\0${sha256(certificate.bytesSignedBy(authority.certificate)).toString('hex')}`;
    const roles = certificate.organizationalUnits.filter((unit) => ROLES.has(unit)) as NodeRole[];
    const role = roles.length === 1 ? roles[0] : undefined;
    return {
      mspId,
      key,
      role,
      valid: role !== undefined && !certificate.isAuthority && vouchesFor(authority, certificate),
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

/** Roots first, then the authorities that they have set up. */
function readAuthorities({ mspId, rootCertsPem, intermediateCertsPem = [], crlsPem = [] }: MspDefinition): Authority[] {
  const read = (pem: string): Certificate => {
    const certificate = parseCertificate(Buffer.from(pem));
    if (!certificate) {
      throw new Error(`certificate of an authority of ${mspId} cannot be read`);
    }
    return certificate;
  };
  const all = [...rootCertsPem, ...intermediateCertsPem].map(read);
  const intermediates = all.slice(rootCertsPem.length);
  return all.map((certificate) => ({
    certificate,
    isInner: intermediates.some((lower) => lower !== certificate && issuerOf(lower, [certificate]) !== undefined),
    revoked: revokedBy(certificate, crlsPem),
  }));
}

function vouchesFor({ isInner, revoked }: Authority, { x509 }: Certificate): boolean {
  return !isInner && !revoked.has(x509.serialNumber);
}
