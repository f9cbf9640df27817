/** One value, one text: keys sorted, no white space, only strings, booleans, null, safe integers, arrays and plain objects. */

// The text is put together here: an object made of sorted entries would list keys that look like numbers first.
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
