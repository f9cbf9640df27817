/**
 * Who signed the proposal. Fabric has validated the certificate; what is needed of it are the names, read straight from the
 * DER so that every Node version gives the same bytes (RFC 5280 section 4.1: tbsCertificate = version, serial, signature,
 * issuer, validity, subject, …).
 */
import { TenorError } from '../protocol/errors.js';
import type { Identity } from '../protocol/results.js';
import { sha256 } from './codec.js';

interface Element {
  readonly tag: number;
  /** Header and content. */
  readonly whole: Buffer;
  readonly content: Buffer;
}

const SEQUENCE = 0x30;
const VERSION = 0xa0;
/** Attribute type organizationalUnitName, 2.5.4.11. */
const OU = Buffer.from([0x55, 0x04, 0x0b]);

function readElement(der: Buffer, at: number): Element {
  const first = der.readUInt8(at + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const length = lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  if (start + length > der.length) throw new RangeError('DER element runs past its end');
  return {
    tag: der.readUInt8(at),
    whole: der.subarray(at, start + length),
    content: der.subarray(start, start + length),
  };
}

function elementsOf(content: Buffer): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < content.length;) {
    const element = readElement(content, at);
    elements.push(element);
    at += element.whole.length;
  }
  return elements;
}

function derOf(pem: string): Buffer {
  const body = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem)?.[1];
  if (body === undefined) throw new RangeError('not a PEM certificate');
  return Buffer.from(body, 'base64');
}

function organizationalUnits(name: Element): string[] {
  const attributes = elementsOf(name.content).flatMap((set) => elementsOf(set.content));
  return attributes.flatMap((attribute) => {
    const [type, value] = elementsOf(attribute.content);
    return type?.content.equals(OU) === true && value !== undefined ? [value.content.toString('utf8')] : [];
  });
}

function namesOf(pem: string): { issuer: Element; subject: Element } {
  const certificate = readElement(derOf(pem), 0);
  const fields = elementsOf(readElement(certificate.content, 0).content).filter(({ tag }) => tag !== VERSION);
  const [issuer, subject] = [fields[2], fields[4]];
  if (issuer?.tag !== SEQUENCE || subject?.tag !== SEQUENCE) throw new RangeError('no names in the certificate');
  return { issuer, subject };
}

/** Identity of a PEM certificate. Two certificates of one person (renewed, same names) are one identity. @throws TenorError CALLER_NOT_ALLOWED when it cannot be read */
export function identityOf(mspId: string, pem: string): Identity {
  try {
    const { issuer, subject } = namesOf(pem);
    const identity = sha256(Buffer.concat([issuer.whole, subject.whole]));
    return { mspId, identity, admin: organizationalUnits(subject).includes('admin') };
  } catch {
    throw new TenorError('CALLER_NOT_ALLOWED'); // not an X.509 certificate (an Idemix identity, say): nobody we could name
  }
}
