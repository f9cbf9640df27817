/**
 * The contract API parses the caller's whole certificate for each call, which costs more than all else that it does, and nothing here
 * asks for it: who calls is read strictly in `ledger/identity.ts`. Parsed certificates are kept by their text, so it is parsed once.
 */
import { createRequire } from 'node:module';

interface CertificateParser {
  fromPEM(pem: string | Uint8Array): unknown;
}

/** Callers of a chaincode are few: an organisation's operators. */
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
