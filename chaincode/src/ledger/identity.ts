/**
 * Who signed the proposal. Fabric has validated the certificate and the signature. This chaincode needs the names in the certificate.
 * It reads them from the same DER bytes as Fabric. If it found them in any other way, a caller could show Fabric one certificate
 * and this chaincode another one. (RFC 5280 section 4.1: Certificate = tbsCertificate, signatureAlgorithm, signature; tbsCertificate
 * = version, serial, signature, issuer, validity, subject, …)
 */
import { TenorError } from '../protocol/errors.js';
import type { Identity } from '../protocol/results.js';
import { sha256 } from './codec.js';
import { elementsOf, type Element } from './der.js';
import { certificateIn } from './pem.js';

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OID = 0x06;
const UTF8_STRING = 0x0c;
const PRINTABLE_STRING = 0x13;
const SEQUENCE = 0x30;
const SET = 0x31;
const VERSION = 0xa0;

/** Attribute type organizationalUnitName, 2.5.4.11. */
const OU = Buffer.from([0x55, 0x04, 0x0b]);
/** The unit that makes an administrator, and those of the other roles, as Fabric's tools write them. */
const ADMIN = 'admin';
const OTHER_ROLES: readonly string[] = ['client', 'peer', 'orderer'];

/** The elements in these bytes: the first ones must have these tags. @throws RangeError */
function startingWith(content: Buffer, ...tags: readonly number[]): Element[] {
  const elements = elementsOf(content);
  if (tags.some((tag, index) => elements[index]?.tag !== tag)) throw new RangeError('not the elements that are due');
  return elements;
}

/** The elements in these bytes: they must have exactly these tags. @throws RangeError */
function exactly(content: Buffer, ...tags: readonly number[]): Element[] {
  const elements = startingWith(content, ...tags);
  if (elements.length !== tags.length) throw new RangeError('there is more than what is due');
  return elements;
}

function namesIn(der: Buffer): { issuer: Element; subject: Element } {
  const [certificate] = exactly(der, SEQUENCE) as [Element];
  const [signed] = exactly(certificate.content, SEQUENCE, SEQUENCE, BIT_STRING) as [Element];
  const version = signed.content[0] === VERSION ? [VERSION] : [];
  const due = [...version, INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE];
  const fields = startingWith(signed.content, ...due).slice(version.length);
  const [, , issuer, , subject] = fields as [Element, Element, Element, Element, Element];
  return { issuer, subject };
}

/** Every organisational unit of a name, whether its relative names have one attribute each or several. */
function organizationalUnits(name: Element): string[] {
  const relativeNames = elementsOf(name.content);
  if (relativeNames.some(({ tag }) => tag !== SET)) throw new RangeError('not a name');
  return relativeNames.flatMap((set) => elementsOf(set.content)).flatMap(unitIn);
}

function unitIn(attribute: Element): string[] {
  const [type, value] = attribute.tag === SEQUENCE ? elementsOf(attribute.content) : [];
  if (type?.tag !== OID || value === undefined) throw new RangeError('not an attribute');
  if (!type.content.equals(OU)) return [];
  // RFC 5280 has authorities use these two. In another kind of text Fabric may read a role that this comparison would not see.
  if (value.tag !== UTF8_STRING && value.tag !== PRINTABLE_STRING)
    throw new RangeError('not a kind of text that is read');
  return [value.content.toString('latin1')]; // one character a byte: what is compared are the bytes
}

/**
 * An administrator of its organisation carries the unit `admin` and none of the other roles. Whom an organisation's authority gives
 * that unit is the organisation's own matter, since nobody else can have its authority sign a certificate. Fabric refuses
 * certificates with two roles if the MSP's configuration names all four roles, but not if the configuration leaves `admin` out. A
 * client with an affiliation of that name (fabric-ca makes a unit of each affiliation) must not become an administrator then.
 */
function isAdministrator(units: readonly string[]): boolean {
  return units.includes(ADMIN) && !units.some((unit) => OTHER_ROLES.includes(unit));
}

/**
 * Identity in the creator's bytes. Two certificates of one person (renewed, same names) are one identity.
 * @throws TenorError CALLER_UNREADABLE
 */
export function identityOf(mspId: string, idBytes: Uint8Array): Identity {
  try {
    const { issuer, subject } = namesIn(certificateIn(idBytes));
    const identity = sha256(Buffer.concat([issuer.whole, subject.whole]));
    return { mspId, identity, admin: isAdministrator(organizationalUnits(subject)) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new TenorError('CALLER_UNREADABLE'); // nothing of it is repeated: those bytes are anybody's
  }
}
