/**
 * A certificate in PEM, in the one form that every decoder reads in the same way. Fabric's decoder looks for the first block that it
 * can read and passes over what it cannot. Whoever looks in another way may find another certificate in the same bytes than the one
 * whose key signed. So nothing is looked for here: the bytes are exactly one block, or they are refused.
 */

/** Nothing before, between or after the lines; a line ends with LF or CRLF, the last one may do without. */
const ONE_BLOCK =
  /^-----BEGIN CERTIFICATE-----\r?\n((?:[A-Za-z0-9+/]+={0,2}\r?\n)+)-----END CERTIFICATE-----(?:\r?\n)?$/;

/**
 * The DER in these bytes. Base64 that another text would decode to as well (bits left over, padding missing or not at the end) is
 * refused: some decoders take it, some do not. @throws RangeError when they are not one PEM block of a certificate
 */
export function certificateIn(bytes: Uint8Array): Buffer {
  // One character a byte. As UTF-8, bytes that are none would all become the same character.
  const lines = ONE_BLOCK.exec(Buffer.from(bytes).toString('latin1'))?.[1];
  if (lines === undefined) throw new RangeError('not exactly one PEM block of a certificate');
  const base64 = lines.replaceAll(/\r?\n/g, '');
  const der = Buffer.from(base64, 'base64');
  if (der.toString('base64') !== base64) throw new RangeError('the base64 is not canonical');
  return der;
}
