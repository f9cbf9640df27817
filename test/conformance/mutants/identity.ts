/** Checks of what a creator's bytes are: protobuf, PEM, DER. */
import { mutantsOf, type Mutant } from './mutant.js';

const serialized = mutantsOf('identity/serialized.ts');
const wire = mutantsOf('wire.ts');
const decode = mutantsOf('decode.ts');
const pem = mutantsOf('identity/pem.ts');
const der = mutantsOf('identity/der.ts');
const certificate = mutantsOf('identity/certificate.ts');

export const IDENTITY: readonly Mutant[] = [
  decode.never('whatever the reader forgives', '!isRowOfFields(bytes)', 'bytes-gateway-evaluate'),
  wire.never('a field without number', 'number < 1n || number > numberMax', 'w-message-10,w-message-13'),
  wire.never('a name that is no text', '!isUtf8(bytes)', 'w-message-15'),
  wire.drop(
    'the end of a group that did not start',
    "throw new RangeError('no such type, or the end of a group that did not begin')",
    'return',
    'w-message-08,w-message-09',
  ),
  serialized.drop(
    'a number where a certificate is due',
    'number === BigInt(FIELD.idBytes) && type === WIRE.bytes',
    'number === BigInt(FIELD.idBytes)',
    'w-message-12',
  ),
  pem.drop('a block within a line', ' || !startsLine(text, from + begin, from)', '', 'w-odd-03,w-odd-04'),
  pem.drop('an end of another type', ' && closes(text, trailer, typeLine)', '', 'w-odd-19,w-odd-20'),
  pem.drop('headers as base64', 'afterHeaders(text, next) : next', 'next : next', 'w-odd-12,w-double-08'),
  pem.drop('base64 that is none', 'BASE64.test(base64) ?', 'true ?', 'w-double-05,w-odd-14'),
  pem.drop(
    'the first start of several',
    'text.slice(from, end).lastIndexOf(BEGIN)',
    'text.slice(from, end).indexOf(BEGIN)',
    'w-double-12',
  ),
  der.never('lengths in any form', 'length < 0x80 || length < 256 ** (size - 1)', 'w-der-07'),
  certificate.never('trailing data', 'whole.whole.length !== der.length', 'w-der-01,w-der-02'),
  certificate.drop(
    'what follows the signature',
    'new X509Certificate(write(signature))',
    'new X509Certificate(raw)',
    'w-der-04,w-der-05',
  ),
];
