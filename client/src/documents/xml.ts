/**
 * XML read strictly: well-formed, no DOCTYPE, no entities, names compared by namespace and never by prefix.
 * A reader asks for elements by path. An element that is absent, repeated or empty is refused with its place in the document.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { textOf } from './bytes.js';
import { DocumentError } from './documentError.js';

/** The kind of document a reader takes: its root element, and namespaces by the prefix used in the reader's own paths. */
export interface Vocabulary {
  readonly root: string;
  /** The entry `''` is the namespace of the root and of names without a prefix. */
  readonly namespaces: Readonly<Record<string, string>>;
}

type Scope = ReadonlyMap<string, string>;
type RawNode = Readonly<Record<string, unknown>>;

/** An element as it stands in the document. */
export interface Content {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Content[];
  readonly text: string;
}

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: '#cdata',
});

const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const NOT_A_CHARACTER = /(?![\t\n\r])[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/u;
const TEXT_LENGTH_MAX = 500;

function characterOf(reference: string): string {
  const code = /^#x[0-9a-f]{1,6}$/i.test(reference)
    ? Number.parseInt(reference.slice(2), 16)
    : Number(reference.slice(1));
  if (!/^#(?:x[0-9a-f]{1,6}|[0-9]{1,7})$/i.test(reference) || code > 0x10ffff)
    throw new DocumentError('DOCUMENT_NOT_XML');
  const character = String.fromCodePoint(code);
  if (NOT_A_CHARACTER.test(character)) throw new DocumentError('DOCUMENT_NOT_XML');
  return character;
}

/** Only the five predefined entities and character references have a meaning without a DOCTYPE. */
function withReferences(text: string): string {
  return text.replace(/&([^;&]*;?)/g, (_whole, body: string) => {
    if (!body.endsWith(';')) throw new DocumentError('DOCUMENT_NOT_XML');
    const reference = body.slice(0, -1);
    if (reference.startsWith('#')) return characterOf(reference);
    const predefined = Object.hasOwn(PREDEFINED, reference) ? PREDEFINED[reference] : undefined;
    if (predefined === undefined) throw new DocumentError('DOCUMENT_DOCTYPE');
    return predefined;
  });
}

function attributesOf(node: RawNode): ReadonlyMap<string, string> {
  const raw = Object.entries((node[':@'] ?? {}) as Record<string, string>);
  return new Map(raw.map(([name, value]) => [name, withReferences(value)]));
}

function scopeWith(scope: Scope, attributes: ReadonlyMap<string, string>): Scope {
  const declared = [...attributes].flatMap(([name, value]): [string, string][] => {
    if (name === 'xmlns') return [['', value]];
    return name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), value]] : [];
  });
  return declared.length === 0 ? scope : new Map([...scope, ...declared]);
}

const rawChildren = (node: RawNode, name: string): readonly RawNode[] => (node[name] ?? []) as readonly RawNode[];
const tagOf = (node: RawNode): string | undefined => Object.keys(node).find((key) => key !== ':@');

/** Character data of one node. CDATA is literal, so an ampersand in it does not begin a reference. */
function characterData(node: RawNode): string {
  if ('#text' in node) return withReferences(String(node['#text']));
  return rawChildren(node, '#cdata')
    .map((part) => String(part['#text']))
    .join('');
}

const isElement = (node: RawNode): boolean => !('#text' in node) && !('#cdata' in node);

function contentOf(node: RawNode, outer: Scope): Content {
  const tag = tagOf(node) ?? '';
  const attributes = attributesOf(node);
  const scope = scopeWith(outer, attributes);
  const parts = tag.split(':');
  const [prefix, name] = parts.length === 1 ? ['', tag] : parts;
  const namespace = scope.get(prefix ?? '');
  if (parts.length > 2 || !name || namespace === undefined) throw new DocumentError('DOCUMENT_NOT_XML');
  const inside = rawChildren(node, tag);
  return {
    namespace,
    name,
    attributes,
    children: inside.filter(isElement).map((child) => contentOf(child, scope)),
    text: inside
      .filter((child) => !isElement(child))
      .map(characterData)
      .join(''),
  };
}

const textsWithin = ({ children }: Content, name: string): string[] =>
  children.flatMap((child) => [...(child.name === name ? [child.text.trim()] : []), ...textsWithin(child, name)]);

/** One element of a document, with its place. */
export class XmlElement {
  /** Place in the document; repeated elements carry their number from 1. */
  readonly path: string;
  readonly #content: Content;
  readonly #vocabulary: Vocabulary;

  constructor(content: Content, path: string, vocabulary: Vocabulary) {
    this.#content = content;
    this.path = path;
    this.#vocabulary = vocabulary;
  }

  /** All direct children of that name, in order. There may be none. */
  all(name: string): readonly XmlElement[] {
    const [prefix = '', local = ''] = name.includes(':') ? name.split(':') : ['', name];
    const namespace = this.#vocabulary.namespaces[prefix];
    const found = this.#content.children.filter((child) => child.name === local && child.namespace === namespace);
    return found.map((child, index) => {
      const number = found.length === 1 ? '' : `[${String(index + 1)}]`;
      return new XmlElement(child, `${this.path}/${local}${number}`, this.#vocabulary);
    });
  }

  /** The child at a path such as `GrpHdr/MsgId`, or undefined. @throws DocumentError DOCUMENT_FIELD_REPEATED */
  optional(path: string): XmlElement | undefined {
    const [name = '', ...rest] = path.split('/');
    const found = this.all(name);
    if (found.length > 1) throw new DocumentError('DOCUMENT_FIELD_REPEATED', { path: this.#placeOf(name) });
    return rest.length === 0 ? found[0] : found[0]?.optional(rest.join('/'));
  }

  /** The child at a path, exactly one. @throws DocumentError DOCUMENT_FIELD_MISSING, DOCUMENT_FIELD_REPEATED */
  one(path: string): XmlElement {
    const found = this.optional(path);
    if (found === undefined) throw new DocumentError('DOCUMENT_FIELD_MISSING', { path: this.#placeOf(path) });
    return found;
  }

  /** Like `all`, but at least one. @throws DocumentError DOCUMENT_FIELD_MISSING */
  some(name: string): readonly XmlElement[] {
    const found = this.all(name);
    if (found.length === 0) throw new DocumentError('DOCUMENT_FIELD_MISSING', { path: this.#placeOf(name) });
    return found;
  }

  /** The text of a leaf without the white space around it. @throws DocumentError DOCUMENT_FIELD_INVALID (empty, too long, or not a leaf) */
  text(): string {
    const text = this.#content.text.trim();
    if (this.#content.children.length > 0 || text === '' || text.length > TEXT_LENGTH_MAX) {
      throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: this.path, expected: 'text of 1 to 500 letters' });
    }
    return text;
  }

  /** Whether it is a leaf with text. */
  get isText(): boolean {
    return this.#content.children.length === 0 && this.#content.text.trim() !== '';
  }

  /** Texts of all elements of a name, however deep, in any namespace. */
  textsWithin(name: string): readonly string[] {
    return textsWithin(this.#content, name);
  }

  /** An attribute, or undefined. */
  attribute(name: string): string | undefined {
    return this.#content.attributes.get(name);
  }

  #placeOf(path: string): string {
    const names = path.split('/').map((step) => step.slice(step.indexOf(':') + 1));
    return `${this.path}/${names.join('/')}`;
  }
}

/** Makes all refusals that come before a parser sees the text. */
function assertReadable(text: string): void {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new DocumentError('DOCUMENT_DOCTYPE');
  if (NOT_A_CHARACTER.test(text)) throw new DocumentError('DOCUMENT_NOT_XML');
}

function parse(text: string): readonly RawNode[] {
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { line, col } = valid.err;
    throw new DocumentError('DOCUMENT_NOT_XML', { path: `line ${String(line)}, column ${String(col)}` });
  }
  try {
    return PARSER.parse(text) as readonly RawNode[];
  } catch (cause) {
    if (cause instanceof Error && /nested tags/.test(cause.message)) throw new DocumentError('DOCUMENT_TOO_DEEP');
    throw new DocumentError('DOCUMENT_NOT_XML'); // a name that the parser holds to be an attack
  }
}

/** A document's root element and the SHA-256 of its bytes. */
export interface XmlDocument {
  readonly root: XmlElement;
  readonly sha256: string;
}

const NAME = /^[A-Za-z0-9_.:#/-]{1,120}$/;
/** What an element says that it is, where that is a name and no value. */
export const kindOf = ({ name, namespace }: Content): string => {
  if (!NAME.test(name)) return 'an element of another kind';
  if (namespace === '') return `${name} of no namespace`;
  return NAME.test(namespace) ? `${name} of ${namespace}` : `${name} of another namespace`;
};

/**
 * Reads the root element of a document of any kind.
 * @throws DocumentError DOCUMENT_TOO_LARGE, DOCUMENT_EMPTY, DOCUMENT_PDF, DOCUMENT_ZIP, DOCUMENT_ENCODING, DOCUMENT_NOT_UTF8,
 *   DOCUMENT_DOCTYPE, DOCUMENT_TOO_DEEP, DOCUMENT_NOT_XML
 */
export function readContent(document: string | Uint8Array): { readonly content: Content; readonly sha256: string } {
  const { text, sha256 } = textOf(document);
  assertReadable(text);
  const [first, ...others] = parse(text).filter(isElement);
  if (first === undefined || others.length > 0) throw new DocumentError('DOCUMENT_NOT_XML');
  const content = contentOf(
    first,
    new Map([
      ['', ''],
      ['xml', 'http://www.w3.org/XML/1998/namespace'],
    ]),
  );
  return { content, sha256 };
}

/**
 * Reads a document of one kind.
 * @throws DocumentError as `readContent`, and DOCUMENT_NAMESPACE
 */
export function readXml(document: string | Uint8Array, vocabulary: Vocabulary): XmlDocument {
  const { content, sha256 } = readContent(document);
  const path = `/${vocabulary.root}`;
  const namespace = vocabulary.namespaces[''] ?? '';
  if (content.name !== vocabulary.root || content.namespace !== namespace) {
    const expected = `${vocabulary.root} of ${namespace}`;
    throw new DocumentError('DOCUMENT_NAMESPACE', { path, expected, found: kindOf(content) });
  }
  return { root: new XmlElement(content, path, vocabulary), sha256 };
}
