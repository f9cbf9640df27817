/**
 * XML read strictly. A reader asks for elements by path. An element that is absent, repeated or empty is refused with its place in the
 * document.
 */
import { DocumentError } from './documentError.js';
import type { Content } from './xmlParser.js';

/** The kind of document a reader takes: its root element, and namespaces by the prefix used in the reader's own paths. */
export interface Vocabulary {
  readonly root: string;
  /** The entry `''` is the namespace of the root and of names without a prefix. */
  readonly namespaces: Readonly<Record<string, string>>;
}

const TEXT_LENGTH_MAX = 500;

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
