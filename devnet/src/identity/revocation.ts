// Certificate revocation lists: which serial numbers an authority has taken back.
import { verify } from 'node:crypto';
import type { Certificate } from './certificate.js';
import { elements, TAG, type Element } from './der.js';

/** The serial numbers (hexadecimal, upper case) on those of the lists that the authority has signed. */
export function revokedBy(authority: Certificate, crlsPem: readonly string[]): ReadonlySet<string> {
  return new Set(crlsPem.flatMap((pem) => serialsOn(derOf(pem), authority)));
}

/** CertificateList: what is signed, the algorithm, and a bit string with the signature. Throws when it is no list. */
function serialsOn(der: Buffer, authority: Certificate): string[] {
  const [signed, , signature] = partsOf(der);
  if (!signed || !signature) {
    throw new Error('certificate revocation list cannot be read');
  }
  const bits = signature.content.subarray(1); // the first byte counts unused bits
  const isOwn = ['sha256', 'sha384'].some((hash) => verify(hash, signed.whole, authority.publicKey, bits));
  return isOwn ? serials(elements(signed.content)) : [];
}

function partsOf(der: Buffer): Element[] {
  try {
    return elements(elements(der)[0]?.content ?? Buffer.alloc(0));
  } catch (cause) {
    throw new Error('certificate revocation list cannot be read', { cause });
  }
}

/** The list of entries comes after one or two times; each begins with the serial number. */
function serials(fields: readonly Element[]): string[] {
  const lastTime = fields.map(isTime).lastIndexOf(true);
  const list = fields[lastTime + 1];
  if (list?.tag !== TAG.sequence) {
    return []; // nothing is revoked
  }
  return elements(list.content)
    .map((entry) => elements(entry.content)[0])
    .filter((serial) => serial?.tag === TAG.integer)
    .map((serial) => serialText(serial?.content ?? Buffer.alloc(0)));
}

function isTime({ tag }: Element): boolean {
  return tag === TAG.utcTime || tag === TAG.generalizedTime;
}

/** As Node prints it: without the zero byte that keeps a number positive. */
function serialText(content: Buffer): string {
  return content
    .toString('hex')
    .replace(/^(00)+(?=..)/, '')
    .toUpperCase();
}

function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
}
