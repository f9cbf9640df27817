/** What a call needs, from whoever has just read the records: it takes the place of a plan in the first attempt. */
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import type { Plan } from '../../chaincode/src/protocol/results.js';

/** What a plan would answer. The endorsers check it as they check every plan. */
export interface Ready {
  /** Bytes of the records that the call opens, as the own book has them, by `<kind>/<id>`. */
  readonly openings: Readonly<Record<string, string>>;
  readonly endorsingOrganizations: readonly string[];
}

const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64');

/** The plan that is ready. */
export const planned = ({ openings, endorsingOrganizations }: Ready, secret: unknown, seed: Uint8Array): Plan => ({
  endorsingOrganizations,
  transient: {
    ...{ openings: base64(canonicalJson(openings)), seed: base64(seed) },
    ...(secret === undefined ? {} : { private: base64(canonicalJson(secret)) }),
  },
  replayed: false,
});
