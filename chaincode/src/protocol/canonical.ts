/** Canonical JSON: each value has exactly one text. Keys are sorted, without white space; only strings, booleans, null, safe integers, arrays and plain objects. */

// The text is built by hand, because JSON.stringify of an object with sorted entries would put keys that look like numbers first.
function objectText(value: object): string {
  const present = Object.entries(value).filter(([, field]) => field !== undefined);
  const sorted = present.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
}

/** Canonical JSON. A float, a bigint, a Date or a class instance is a bug here, not a surprise at endorsement. @throws TypeError */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) return objectText(value);
  throw new TypeError(`not ledger data: ${typeof value}`);
}
