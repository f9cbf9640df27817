/**
 * A certificate in PEM, in the one form that every decoder reads in the same way. Fabric's decoder looks for the first block that it
 * can read and skips what it cannot read. A decoder that looks in another way may find another certificate in the same bytes than the
 * one whose key signed. So this code does not look for a block: the bytes must be exactly one block, otherwise they are refused.
 */

/** There is nothing before, between or after the lines. A line ends with LF or CRLF; the last line may end without. */
const ONE_BLOCK =
  /^-----BEGIN CERTIFICATE-----\r?\n((?:[A-Za-z0-9+/]+={0,2}\r?\n)+)-----END CERTIFICATE-----(?:\r?\n)?$/;

/**
 * The DER in these bytes. Base64 in an unusual form (bits left over, padding missing or not at the end) is refused, because only some
 * decoders accept it. @throws RangeError when they are not one PEM block of a certificate
 */
export function certificateIn(bytes: Uint8Array): Buffer {
  // Each byte becomes one character. Read as UTF-8, all invalid bytes would become the same character.
  const lines = ONE_BLOCK.exec(Buffer.from(bytes).toString('latin1'))?.[1];
  if (lines === undefined) throw new RangeError('not exactly one PEM block of a certificate');
  const base64 = lines.replaceAll(/\r?\n/g, '');
  const der = Buffer.from(base64, 'base64');
  if (der.toString('base64') !== base64) throw new RangeError('the base64 is not canonical');
  return der;
}
