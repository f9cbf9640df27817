// The attributes of an X.509 name as Go reads them. If a relative name has several attributes, all of them count.
import { elementAt, elements, TAG, type Element } from './der.js';

type Reader = (bytes: Buffer) => string;

const utf8: Reader = (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
const latin1: Reader = (bytes) => bytes.toString('latin1');

/** Text of these characters alone. Throws when there are others. */
const only =
  (allowed: RegExp): Reader =>
  (bytes) => {
    const text = latin1(bytes);
    if (!allowed.test(text)) {
      throw new RangeError('a character that this kind of text does not have');
    }
    return text;
  };

/** Kinds of text by tag; those not listed are refused. */
const TEXTS: Readonly<Record<number, Reader>> = {
  0x0c: utf8,
  0x12: only(/^[0-9 ]*$/),
  0x13: only(/^[A-Za-z0-9'()+,\-./ :=?*&]*$/),
  0x14: latin1,
  0x16: only(/^[\0-\x7f]*$/),
  0x1e: wide,
};

/** Values of one type (hexadecimal content of its OID), in order. Throws when Go would refuse the name. */
export function attributesOf(name: Element, type: string): string[] {
  return elements(name.content)
    .map((set) => checked(set, TAG.set))
    .flatMap((set) => elements(set.content))
    .map((attribute) => valueOf(checked(attribute, TAG.sequence)))
    .filter((attribute) => attribute.type === type)
    .map(({ value }) => value);
}

function valueOf({ content }: Element): { readonly type: string; readonly value: string } {
  const type = checked(elementAt(content), TAG.oid);
  const value = elementAt(content, type.whole.length);
  const reader = TEXTS[value.tag];
  if (!reader) {
    throw new RangeError('no kind of text');
  }
  return { type: type.content.toString('hex'), value: reader(value.content) };
}

function checked(element: Element, tag: number): Element {
  if (element.tag !== tag) {
    throw new RangeError('not an attribute of a name');
  }
  return element;
}

/** BMPString: two bytes a character, a zero at the end is dropped, none that UTF-16 gives a meaning of its own. */
function wide(bytes: Buffer): string {
  const text = new TextDecoder('utf-16be', { fatal: true, ignoreBOM: true }).decode(bytes).replace(/\0$/, '');
  if (/[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/.test(text)) {
    throw new RangeError('no character');
  }
  return text;
}
