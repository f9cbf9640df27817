/** Creators that are written in other ways than tools write them, among them ways that show two parsers two certificates. */
import type { Chance } from '../programs/chance.js';

/** Whose certificate it is. */
export interface Holder {
  readonly mspId: string;
  readonly certPem: string;
}

/** The bytes of a `msp.SerializedIdentity` whose sender owns `own`; `other` is somebody else's certificate. */
export type Form = (own: Holder, other: Holder) => Uint8Array;
/** In place of the PEM text, a character a byte. */
type Text = (own: string, other: string) => string;

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';

const base64Of = (pem: string): string => pem.replaceAll(/-----[^-]+-----|\s/g, '');
const derOf = (pem: string): Buffer => Buffer.from(base64Of(pem), 'base64');
const lines = (base64: string, width: number, end = '\n'): string =>
  (base64.match(new RegExp(`.{1,${String(width)}}`, 'g')) ?? []).map((line) => line + end).join('');
const block = (base64: string, label = 'CERTIFICATE'): string =>
  `-----BEGIN ${label}-----\n${lines(base64, 64)}-----END ${label}-----\n`;
const pemOf = (der: Uint8Array): string => block(Buffer.from(der).toString('base64'));
/** All on one line, as no decoder finds it that asks for lines. */
const flat = (pem: string): string => `${BEGIN}${base64Of(pem)}${END}`;

/** Bits that base64 leaves over at its end, set to one. Where none are left over, the certificate is made longer first. */
function looseBits(pem: string): string {
  const base64 = base64Of(pem);
  const text = base64.endsWith('=') ? base64 : base64Of(pemOf(inside(derOf(pem), Buffer.alloc(1))));
  const last = text.replace(/=+$/, '').length - 1;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const loose = alphabet.charAt(alphabet.indexOf(text.charAt(last)) + 1);
  return block(text.slice(0, last) + loose + text.slice(last + 1));
}

/** Base64 without its padding, or where it has none, without its last character. */
const unpadded = (base64: string): string => (base64.endsWith('=') ? base64.replace(/=+$/, '') : base64.slice(0, -1));

// ---- DER -----------------------------------------------------------------------------------------------------------------

/** Of an element of at least 256 bytes, which a certificate is. */
const HEADER_BYTES = 4;

function sequence(content: Uint8Array): Buffer {
  const header = Buffer.from([0x30, 0x82, 0, 0]);
  header.writeUInt16BE(content.length, 2);
  return Buffer.concat([header, content]);
}

/** Content of a certificate, with its length in three bytes. */
function longLength(der: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x30, 0x83, 0]), der.subarray(2)]);
}

function indefinite(der: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x30, 0x80]), der.subarray(HEADER_BYTES), Buffer.alloc(2)]);
}

/** With more bytes at the end of the outermost element. */
function inside(der: Buffer, more: Uint8Array): Buffer {
  return sequence(Buffer.concat([der.subarray(HEADER_BYTES), more]));
}

/** What is signed, and the rest. */
function cut(der: Buffer): { readonly signed: Buffer; readonly rest: Buffer } {
  const signed = HEADER_BYTES + der.readUInt16BE(HEADER_BYTES + 2);
  return { signed: der.subarray(HEADER_BYTES, HEADER_BYTES + signed), rest: der.subarray(HEADER_BYTES + signed) };
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other S, with which the signature is as right as before. */
function otherS(der: Buffer): Buffer {
  const { signed, rest } = cut(der);
  const bits = rest.readUInt8(1) + 4;
  const lengthR = rest.readUInt8(bits + 4);
  const r = rest.subarray(bits + 3, bits + 5 + lengthR);
  const s = BigInt(`0x${rest.subarray(bits + 7 + lengthR).toString('hex')}`);
  const digits = Buffer.from((ORDER - s).toString(16).padStart(64, '0'), 'hex');
  const other = digits.readUInt8(0) < 0x80 ? digits : Buffer.concat([Buffer.alloc(1), digits]);
  const value = Buffer.concat([r, Buffer.from([0x02, other.length]), other]);
  const signature = Buffer.concat([Buffer.from([0x03, value.length + 3, 0, 0x30, value.length]), value]);
  return sequence(Buffer.concat([signed, rest.subarray(0, bits - 2), signature]));
}

// ---- Forms by name -------------------------------------------------------------------------------------------------------

/** As tools write certificates. All of them are read. */
const USUAL: Readonly<Record<string, Text>> = {
  'as it was issued': (own) => own,
  'with lines of 64 characters and a last line break': (own) => block(base64Of(own)),
  'with lines of 76 characters': (own) => `${BEGIN}\n${lines(base64Of(own), 76)}${END}\n`,
  'without a last line break': (own) => block(base64Of(own)).trimEnd(),
  'with the line breaks of Windows': (own) => block(base64Of(own)).replaceAll('\n', '\r\n'),
  'with all base64 on one line': (own) => `${BEGIN}\n${base64Of(own)}\n${END}\n`,
};

/** As an attacker writes them to be taken for another. Fabric takes some for what they are, and refuses the others. */
const DOUBLE: Readonly<Record<string, Text>> = {
  "another's on one line before it": (own, other) => `z${flat(other)}\n${own}`,
  "another's on one line with a name before it": (own, other) => `friendlyName: ${flat(other)}\n${own}`,
  "another's, each line quoted, before it": (own, other) => `${other.trimEnd().replaceAll(/^/gm, '> ')}\n${own}`,
  "another's with a word after its end before it": (own, other) => `${other.trimEnd()} x\n${own}`,
  "another's with too much padding before it": (own, other) => `${block(`${base64Of(other)}====`)}${own}`,
  "another's with a line of padding before it": (own, other) =>
    `${BEGIN}\n${lines(base64Of(other), 64)}==\n${END}\n${own}`,
  "another's that ends as another type before it": (own, other) =>
    `${other.trimEnd().replace(END, '-----END TRUSTED CERTIFICATE-----')}\n${flat(other)}\n${own}`,
  "another's in a header of it": (own, other) =>
    `${BEGIN}\nComment: ${flat(other).replaceAll('-----', '----')}\n\n${lines(base64Of(own), 64)}${END}\n`,
  "another's after it": (own, other) => `${block(base64Of(own))}${other}`,
  "another's on one line after it": (own, other) => `${block(base64Of(own))}${flat(other)}\n`,
  "another's before it": (own, other) => `${block(base64Of(other))}${own}`,
  'a start that has no end before it': (own) => `${BEGIN}\n${own}`,
};

/** Fabric takes these, or they are near those that it takes. */
const ODD: Readonly<Record<string, Text>> = {
  'with a line before it': (own) => `Bag Attributes\n${own}`,
  'with a blank line before it': (own) => `\n${own}`,
  'with a blank before it': (own) => ` ${own}`,
  'with a byte order mark before it': (own) => `\xef\xbb\xbf${own}`,
  'with a line after it': (own) => `${own.trimEnd()}\nend\n`,
  'with a blank line after it': (own) => `${own.trimEnd()}\n\n`,
  'with blanks after its end': (own) => `${own.trimEnd()} \t \n`,
  'with a byte of zero after it': (own) => `${own.trimEnd()}\n\0`,
  'with a line break of old Macintosh after it': (own) => `${own.trimEnd()}\r`,
  'with blanks in its base64': (own) => block(base64Of(own)).replaceAll(/(.{30})\n/g, '$1 \t\n'),
  'with a blank line in its base64': (own) => `${BEGIN}\n\n${lines(base64Of(own), 64)}${END}\n`,
  'with a header': (own) => `${BEGIN}\nProc-Type: 4\n\n${lines(base64Of(own), 64)}${END}\n`,
  'with bits left over in its base64': (own) => looseBits(own),
  'without padding': (own) => block(unpadded(base64Of(own))),
  'with the base64 of addresses': (own) => block(base64Of(own).replaceAll('+', '-').replaceAll('/', '_')),
  'as another type': (own) => block(base64Of(own), 'X509 CERTIFICATE'),
  'as a type without name': (own) => block(base64Of(own), ''),
  'as a type in small letters': (own) => block(base64Of(own), 'certificate'),
  'with an end of another type': (own) => own.replace(END, '-----END X509 CERTIFICATE-----'),
  'with four dashes at its end': (own) => own.replace(END, END.slice(1)),
  'as DER': (own) => derOf(own).toString('latin1'),
  'as base64 alone': (own) => base64Of(own),
  'as nothing': () => '',
  'as an empty block': () => `${BEGIN}\n${END}\n`,
};

/** Certificates in other DER. The signature does not cover these bytes: whoever has a certificate can write them. */
const DER: Readonly<Record<string, (own: Buffer, other: Buffer) => Buffer>> = {
  'with a byte after its DER': (own) => Buffer.concat([own, Buffer.alloc(1)]),
  "with another's DER after its own": (own, other) => Buffer.concat([own, other]),
  "with another's DER before its own": (own, other) => Buffer.concat([other, own]),
  'with more in its outermost element': (own) => inside(own, Buffer.from([0x05, 0x00])),
  'with what is no DER in its outermost element': (own) => inside(own, Buffer.from([0xff, 0xff, 0xff])),
  "with another's DER in its outermost element": (own, other) => inside(own, other),
  'with a length that is too long': (own) => longLength(own),
  'with an indefinite length': (own) => indefinite(own),
  'with the other S': (own) => otherS(own),
  "with another's content under its own signature": (own, other) =>
    sequence(Buffer.concat([cut(other).signed, cut(own).rest])),
  "with another's signature": (own, other) => sequence(Buffer.concat([cut(own).signed, cut(other).rest])),
  'cut off': (own) => own.subarray(0, -1),
};

// ---- Protobuf ------------------------------------------------------------------------------------------------------------

function varint(value: number, padding = 0): Buffer {
  const bytes: number[] = [];
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(Math.floor(value / 0x80 ** bytes.length));
  if (padding > 0) bytes.push((bytes.pop() ?? 0) | 0x80, ...Array.from({ length: padding - 1 }, () => 0x80), 0);
  return Buffer.from(bytes);
}

const field = (tag: number | Buffer, value: string | Uint8Array, padding = 0): Buffer => {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
  return Buffer.concat([typeof tag === 'number' ? Buffer.from([tag]) : tag, varint(bytes.length, padding), bytes]);
};

const MSP = 0x0a;
const ID = 0x12;
const UNKNOWN = 0x1a;
const GROUP = { start: Buffer.from([0x1b]), end: Buffer.from([0x1c]) };

const messageOf = ({ mspId, certPem }: Holder): Buffer => Buffer.concat([field(MSP, mspId), field(ID, certPem)]);

type Message = (own: Holder, other: Holder) => Uint8Array;
const joined =
  (parts: (own: Holder, other: Holder) => readonly Uint8Array[]): Message =>
  (own, other) =>
    Buffer.concat(parts(own, other));

/** Messages that some reader of protobuf may read otherwise than Go's. */
const MESSAGES: Readonly<Record<string, Message>> = {
  "another's fields before its own": joined((own, other) => [messageOf(other), messageOf(own)]),
  "another's fields after its own": joined((own, other) => [messageOf(own), messageOf(other)]),
  "another's certificate before its own": joined((own, other) => [field(ID, other.certPem), messageOf(own)]),
  'its fields in another order': joined((own) => [field(ID, own.certPem), field(MSP, own.mspId)]),
  "another's fields in an unknown field": joined((own, other) => [messageOf(own), field(UNKNOWN, messageOf(other))]),
  "another's fields in an unknown group": joined((own, other) => [
    messageOf(own),
    ...[GROUP.start, messageOf(other), GROUP.end],
  ]),
  "another's fields after a group that does not end": joined((own, other) => [
    messageOf(own),
    ...[GROUP.start, messageOf(other)],
  ]),
  "another's fields before the end of a group that did not start": joined((own, other) => [
    messageOf(other),
    ...[GROUP.end, messageOf(own)],
  ]),
  "another's fields after the end of a group that did not start": joined((own, other) => [
    messageOf(own),
    ...[GROUP.end, messageOf(other)],
  ]),
  "another's certificate in a field whose number is its own in 32 bits": joined((own, other) => [
    messageOf(own),
    field(Buffer.from([0x92, 0x80, 0x80, 0x80, 0x10]), other.certPem),
  ]),
  "another's certificate as a field of another kind": joined((own, other) => [
    messageOf(own),
    Buffer.from([0x10, 0x01]),
    field(ID, other.certPem),
  ]),
  'a number as its certificate after the certificate': joined((own) => [messageOf(own), Buffer.from([0x10, 0x05])]),
  'a field without number': joined((own) => [messageOf(own), Buffer.from([0x02, 0x01, 0x41])]),
  'lengths in more bytes than it takes': joined((own) => [field(MSP, own.mspId, 3), field(ID, own.certPem, 2)]),
  'a name that is not UTF-8 before its own': joined((own) => [field(MSP, '\xff\xff'), messageOf(own)]),
  'a name that is not UTF-8': joined((own) => [messageOf(own), field(MSP, `\xff${own.mspId}`)]),
  'a byte order mark before its name': joined((own) => [messageOf(own), field(MSP, `\xef\xbb\xbf${own.mspId}`)]),
  'the message cut off': joined((own) => [messageOf(own).subarray(0, -1)]),
  'a byte after the message': joined((own) => [messageOf(own), Buffer.alloc(1)]),
  "another's organisation": joined((own, other) => [field(MSP, other.mspId), field(ID, own.certPem)]),
  "another's certificate": joined((own, other) => [field(MSP, own.mspId), field(ID, other.certPem)]),
};

const textForm =
  (text: Text): Form =>
  (own, other) =>
    Buffer.concat([field(MSP, own.mspId), field(ID, text(own.certPem, other.certPem))]);

const formsOf = <Of>(table: Readonly<Record<string, Of>>, form: (of: Of) => Form): Record<string, Form> =>
  Object.fromEntries(Object.entries(table).map(([name, of]) => [name, form(of)]));

const DER_TEXTS = Object.fromEntries(
  Object.entries(DER).map(([name, der]): [string, Text] => [
    name,
    (own, other) => pemOf(der(derOf(own), derOf(other))),
  ]),
);

/** PEM texts by what is odd about them. */
export const TEXTS = { usual: USUAL, double: DOUBLE, odd: ODD, der: DER_TEXTS } as const;

/** Every form by a name that says what is odd about it. */
export const FORMS: Readonly<Record<keyof typeof TEXTS | 'message', Readonly<Record<string, Form>>>> = {
  usual: formsOf(TEXTS.usual, textForm),
  double: formsOf(TEXTS.double, textForm),
  odd: formsOf(TEXTS.odd, textForm),
  der: formsOf(TEXTS.der, textForm),
  message: MESSAGES,
};

// ---- By chance -----------------------------------------------------------------------------------------------------------

/** What parsers stumble over. */
const PIECES = [
  '\n',
  '\r\n',
  '\r',
  ' ',
  '\t',
  '-',
  '-----',
  '=',
  ':',
  '\0',
  '\xff',
  'z',
  'A',
  BEGIN,
  END,
  `\n${END}\n`,
];

const replaced = (text: string, at: number, count: number, by: string): string =>
  text.slice(0, at) + by + text.slice(at + count);

/** One small change of a text somewhere; most of them near where its lines begin or end. */
function nudged(chance: Chance, text: string): string {
  const breaks = [...text.matchAll(/\n|-----/g)].map(({ index }) => index);
  const near = chance.percent(70) && breaks.length > 0 ? chance.pick(breaks) + chance.between(-1, 6) : undefined;
  const at = Math.max(0, Math.min(text.length, near ?? chance.between(0, text.length)));
  return chance.weighted<() => string>([
    [4, () => replaced(text, at, 0, chance.pick(PIECES))],
    [2, () => replaced(text, at, chance.between(1, 6), '')],
    [2, () => replaced(text, at, 1, String.fromCharCode(chance.between(0, 255)))],
    [1, () => replaced(text, at, 0, text.slice(at, at + chance.between(1, 70)))],
  ])();
}

const nudgedBytes = (chance: Chance, bytes: Uint8Array): Buffer =>
  Buffer.from(nudged(chance, Buffer.from(bytes).toString('latin1')), 'latin1');

/** A part of a text that parsers may take for a whole one. */
function part(chance: Chance, own: string, other: string): string {
  const whole = chance.pick([own, other, other]);
  return chance.weighted<() => string>([
    [3, () => whole],
    [3, () => flat(whole)],
    [2, () => `${chance.pick(PIECES)}${flat(whole)}`],
    [2, () => nudged(chance, whole)],
    [1, () => whole.slice(0, chance.between(0, whole.length))],
    [1, () => chance.pick(PIECES)],
    [1, () => chance.pick(Object.values({ ...USUAL, ...DOUBLE, ...ODD }))(own, other)],
  ])();
}

function text(chance: Chance, own: string, other: string): string {
  const before = Array.from({ length: chance.between(0, 2) }, () => part(chance, own, other));
  const after = Array.from({ length: chance.between(0, 1) }, () => part(chance, own, other));
  const glue = chance.pick(['\n', '\n', '', '\r\n', ' ']);
  return [...before, own, ...after].join(glue);
}

/** Bytes of a creator by chance: a form that has a name, a text put together from parts, or either with a few small changes. */
export function mangled(chance: Chance, own: Holder, other: Holder): Uint8Array {
  const named = chance.pick(Object.values(FORMS));
  const form = chance.weighted<Form>([
    [5, chance.pick(Object.values(named))],
    [4, textForm((mine, theirs) => text(chance, mine, theirs))],
    [2, textForm((mine) => pemOf(nudgedBytes(chance, derOf(mine))))],
    [2, textForm((mine) => nudged(chance, mine))],
  ]);
  const bytes = form(own, other);
  return chance.percent(25) ? nudgedBytes(chance, bytes) : bytes;
}
