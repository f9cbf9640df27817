/**
 * XML as a tree: well-formed, no DOCTYPE, no entities of its own, names by namespace and never by prefix. The file is read a part at a
 * time. What is embedded in it in base64 is read past and not kept, so that an attachment of 20 MB costs no memory.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { chunksOf, DOCUMENT_BYTES_MAX, encodingOf, type DocumentFile } from './bytes.js';
import { DocumentError, type DocumentErrorCode } from './documentError.js';

/** What tells one kind of element from another. */
export interface ElementName {
  readonly namespace: string;
  readonly name: string;
}

/** An element as it stands in the document. */
export interface Content extends ElementName {
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Content[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

/** An element that is open while the file is read. */
interface Growing extends Content {
  readonly children: Content[];
  text: string;
}

/** How deep elements may lie inside each other. */
const DEPTH_MAX = 100;
/** The element of UBL that holds an attachment, in base64. */
const ATTACHMENT: ElementName = {
  namespace: 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
  name: 'EmbeddedDocumentBinaryObject',
};
/** What XML allows in part but no text needs: controls, and code points that are no characters. */
const NOT_A_CHARACTER = /(?![\t\n\r])[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/u;
/** A DOCTYPE in small letters, which only HTML has. */
const HTML_DOCTYPE = /^\s*(?:<\?xml\s[^>]*\?>)?\s*<!doctype/i;

/** Stops reading where no more is wanted. It is no error. */
class Enough extends Error {}

/** Answers, for each element as it opens, whether that is enough of the file. */
type Seen = (name: ElementName, depth: number) => boolean;

/** Reads one file. */
class Reading {
  root: Content | undefined;
  readonly #file: DocumentFile;
  readonly #seen: Seen;
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #open: Growing[] = [];
  /** Where the attachment began that is being read past. */
  #attachmentFrom: number | undefined;
  /** Letters of the attachments that were read past. */
  #skipped = 0;

  constructor(file: DocumentFile, seen: Seen) {
    this.#file = file;
    this.#seen = seen;
    this.#parser.on('error', ({ message }) => this.#refuse(message));
    this.#parser.on('doctype', () => {
      throw new DocumentError('DOCUMENT_DOCTYPE');
    });
    this.#parser.on('opentag', (tag) => {
      this.#opened(tag);
    });
    this.#parser.on('closetag', () => {
      this.#closed();
    });
    this.#keepText();
  }

  read(): Content {
    const encoding = encodingOf(this.#file);
    if (HTML_DOCTYPE.test(this.#file.beginning)) throw new DocumentError('DOCUMENT_DOCTYPE');
    const bytesPerLetter = encoding.startsWith('utf-16') ? 2 : 1;
    for (const { text, end } of chunksOf(this.#file.bytes, encoding)) {
      this.#parser.write(text);
      if (end - bytesPerLetter * this.#passed() > DOCUMENT_BYTES_MAX) throw new DocumentError('DOCUMENT_TOO_LARGE');
    }
    this.#parser.close();
    if (this.root === undefined) throw new DocumentError('DOCUMENT_NOT_XML');
    return this.root;
  }

  #refuse(message: string): never {
    const code: DocumentErrorCode = message.endsWith('undefined entity.') ? 'DOCUMENT_DOCTYPE' : 'DOCUMENT_NOT_XML';
    const { line, column } = this.#parser;
    throw new DocumentError(code, { path: `line ${String(line)}, column ${String(column)}` });
  }

  /** Letters of attachments up to here. */
  #passed(): number {
    return this.#skipped + (this.#attachmentFrom === undefined ? 0 : this.#parser.position - this.#attachmentFrom);
  }

  #keepText(): void {
    const keep = (text: string): void => {
      const element = this.#open.at(-1);
      if (element !== undefined) element.text += this.#characters(text);
    };
    this.#parser.on('text', keep);
    this.#parser.on('cdata', keep);
  }

  #characters(text: string): string {
    if (NOT_A_CHARACTER.test(text)) this.#refuse('a character that no text needs');
    return text;
  }

  #opened({ uri, local, attributes }: SaxesTagNS): void {
    if (this.#open.length >= DEPTH_MAX) throw new DocumentError('DOCUMENT_TOO_DEEP');
    if (this.#attachmentFrom !== undefined)
      throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: ATTACHMENT.name, expected: 'base64 without elements' });
    if (this.#seen({ namespace: uri, name: local }, this.#open.length)) throw new Enough();
    const texts = Object.values(attributes).map(({ name, value }): [string, string] => [name, this.#characters(value)]);
    const element: Growing = { namespace: uri, name: local, attributes: new Map(texts), children: [], text: '' };
    this.#open.at(-1)?.children.push(element);
    this.root ??= element;
    this.#open.push(element);
    if (uri === ATTACHMENT.namespace && local === ATTACHMENT.name) {
      this.#attachmentFrom = this.#parser.position;
      this.#parser.off('text');
      this.#parser.off('cdata');
    }
  }

  #closed(): void {
    this.#open.pop();
    if (this.#attachmentFrom === undefined) return;
    this.#skipped = this.#passed();
    this.#attachmentFrom = undefined;
    this.#keepText();
  }
}

/**
 * The root element of an XML file.
 * @throws DocumentError DOCUMENT_TOO_LARGE, DOCUMENT_ENCODING, DOCUMENT_NOT_UTF8, DOCUMENT_DOCTYPE, DOCUMENT_TOO_DEEP, DOCUMENT_NOT_XML
 */
export const parseXml = (file: DocumentFile): Content => new Reading(file, () => false).read();

/** The elements at the beginning of a file, in order, until one is enough or the file can be read no further. */
export function elementsAtBeginning(
  file: DocumentFile,
  isEnough: (name: ElementName, depth: number, count: number) => boolean,
): readonly ElementName[] {
  const names: ElementName[] = [];
  try {
    new Reading(file, (name, depth) => isEnough(name, depth, names.push(name))).read();
  } catch (error) {
    if (!(error instanceof Enough) && !(error instanceof DocumentError)) throw error;
  }
  return names;
}
