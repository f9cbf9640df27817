/** Callers with certificates of their own, made at once: only the names in a certificate count here, so nothing is signed. */
import { createHash } from 'node:crypto';

/** A person of an organisation: the certificate's common name, and whether it carries the unit of administrators. */
export interface Person {
  readonly mspId: string;
  readonly name: string;
  readonly admin: boolean;
}

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};

const [INTEGER, BITS, OID, TEXT, SEQUENCE, SET] = [0x02, 0x03, 0x06, 0x0c, 0x30, 0x31] as const;
const ATTRIBUTE = { commonName: 3, organization: 10, unit: 11 } as const;

const nameOf = (entries: readonly (readonly [keyof typeof ATTRIBUTE, string])[]): Buffer =>
  der(
    SEQUENCE,
    ...entries.map(([type, value]) =>
      der(SET, der(SEQUENCE, der(OID, Buffer.from([0x55, 0x04, ATTRIBUTE[type]])), der(TEXT, Buffer.from(value)))),
    ),
  );

const issuerOf = ({ mspId }: Person): Buffer => nameOf([['commonName', `root.${mspId}`]]);
const subjectOf = ({ mspId, name, admin }: Person): Buffer =>
  nameOf([
    ['commonName', name],
    ['unit', admin ? 'admin' : 'client'],
    ['organization', mspId],
  ]);

/** The identity under which the person is registered: SHA-256 over both names of the certificate. */
export const identityOf = (person: Person): string =>
  createHash('sha256').update(issuerOf(person)).update(subjectOf(person)).digest('hex');

/** The person's certificate. */
export function certificateOf(person: Person): string {
  const none = der(SEQUENCE);
  const signed = der(SEQUENCE, der(INTEGER, Buffer.from([1])), none, issuerOf(person), none, subjectOf(person), none);
  const base64 = der(SEQUENCE, signed, none, der(BITS, Buffer.from([0]))).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
