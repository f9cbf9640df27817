/**
 * The contract API parses the caller's whole certificate for each call. This costs more than everything else that it does, and this
 * chaincode does not need it, because `ledger/identity.ts` reads the caller strictly. So each certificate is parsed once and then kept.
 */
import { createRequire } from 'node:module';

interface CertificateParser {
  fromPEM(pem: string | Uint8Array): unknown;
}

/** A chaincode has few callers: the operators of an organisation. */
const KEPT = 1000;

/** Call it once, before the shim starts. */
export function keepParsedCertificates(): void {
  const shim = createRequire(__filename).resolve('fabric-shim');
  const { Certificate } = createRequire(shim)('@fidm/x509') as { readonly Certificate: CertificateParser };
  const parse = Certificate.fromPEM.bind(Certificate);
  const kept = new Map<string, unknown>();
  Certificate.fromPEM = (pem) => {
    const text = Buffer.from(pem).toString('latin1');
    const known = kept.get(text);
    if (known !== undefined) return known;
    const certificate = parse(pem);
    if (kept.size >= KEPT) kept.clear();
    kept.set(text, certificate);
    return certificate;
  };
}
