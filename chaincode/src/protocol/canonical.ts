/** One value, one text: keys sorted, no white space, only strings, booleans, null, safe integers, arrays and plain objects. */

function canonical(value: unknown): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    throw new TypeError(`not ledger data: ${typeof value}`);
  }
  const present = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(present.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, canonical(field)]));
}

/** Canonical JSON. A float, a bigint, a Date or a class instance is a bug here, not a surprise at endorsement. @throws TypeError */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(canonical(value));
}
