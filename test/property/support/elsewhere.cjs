// Preloaded into a chaincode process: another clock, other chance. What the chaincode writes must not notice.
const shiftMs = Number(process.env.TENOR_SHIFT_MS ?? '0');
const RealDate = Date;
class ShiftedDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + shiftMs);
    else super(...parts);
  }
  static now() {
    return RealDate.now() + shiftMs;
  }
}
globalThis.Date = ShiftedDate;
// A generator of its own for each process.
const seed = Math.abs(shiftMs % 1000) / 1000;
Math.random = () => seed;
if (process.env.TENOR_SPOIL === 'yes') {
  // The control: a chaincode that does let its clock into what it writes.
  const { stringify } = JSON;
  JSON.stringify = (value, ...rest) =>
    stringify(typeof value === 'string' && value === 'FREE' ? `FREE${String(Date.now())}` : value, ...rest);
}
