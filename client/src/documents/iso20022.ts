/** What the readers of ISO 20022 messages share: the message in its envelope, its version, and parts that may be unreadable. */
import { DocumentError } from './documentError.js';
import { xmlOf, type Entered } from './frontDoor.js';
import { ENVELOPE_DEPTH, ISO_20022, sayElement } from './identify.js';
import type { DocumentAmount } from './values.js';
import { amountOf, booleanOf, optionally, optionalText } from './values.js';
import { XmlElement } from './xml.js';
import type { Content } from './xmlParser.js';

/** A message definition, and the versions of it that are read. */
export interface MessageKind {
  /** Business area and message, for example `camt.054.001`. */
  readonly name: string;
  readonly versions: RegExp;
  /** The versions in words. */
  readonly versionsText: string;
  /** The one element inside `Document`. */
  readonly body: string;
}

/** A message, taken out of its envelope. */
export interface Message {
  /** Message definition identifier with its version, for example `camt.054.001.08`. */
  readonly definition: string;
  readonly body: XmlElement;
  /** SHA-256 of the file as it was received, envelope and all, in lower-case hex. */
  readonly sha256: string;
}

interface Place {
  readonly content: Content;
  readonly path: string;
}

/** All elements of a name in an envelope, whatever its kind: the business message envelope, a bank's own, SWIFT's DataPDU. */
export function within({ content, path }: Place, name: string, depth: number): Place[] {
  if (content.name === name) return [{ content, path }];
  if (depth === 0) return [];
  return content.children.flatMap((child) =>
    within({ content: child, path: `${path}/${child.name}` }, name, depth - 1),
  );
}

/** The business application header (head.001) names the message that follows; one that names another is not of this message. */
function assertHeader(root: Place, definition: string): void {
  for (const { content, path } of within(root, 'AppHdr', ENVELOPE_DEPTH)) {
    const named = content.children.find(({ name }) => name === 'MsgDefIdr')?.text.trim();
    if (named !== undefined && named !== definition)
      throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: `${path}/MsgDefIdr`, expected: definition });
  }
}

/**
 * Reads a message, alone or in an envelope with its business header.
 * @throws DocumentError as `xmlOf`; DOCUMENT_NAMESPACE, which says what was found; DOCUMENT_FIELD_MISSING,
 *   DOCUMENT_FIELD_REPEATED, DOCUMENT_FIELD_INVALID
 */
export function readMessage(entered: Entered, kind: MessageKind): Message {
  const content = xmlOf(entered);
  const root = { content, path: `/${content.name}` };
  const [found, second] = within(root, 'Document', ENVELOPE_DEPTH);
  if (second !== undefined) throw new DocumentError('DOCUMENT_FIELD_REPEATED', { path: second.path });
  const { namespace } = (found ?? root).content;
  const definition = namespace.slice(ISO_20022.length);
  const version = definition.slice(kind.name.length + 1);
  if (found === undefined || namespace !== `${ISO_20022}${kind.name}.${version}` || !kind.versions.test(version)) {
    const expected = `Document of ${ISO_20022}${kind.name}, ${kind.versionsText}`;
    throw new DocumentError('DOCUMENT_NAMESPACE', {
      ...{ path: (found ?? root).path, expected, found: sayElement((found ?? root).content) },
    });
  }
  assertHeader(root, definition);
  const vocabulary = { root: 'Document', namespaces: { '': namespace } };
  return {
    definition,
    body: new XmlElement(found.content, found.path, vocabulary).one(kind.body),
    sha256: entered.sha256,
  };
}

/** A part of a message that does not say what it has to say, and the payments that it names all the same. It proves nothing. */
export interface UnreadPart {
  readonly problem: DocumentError;
  /** In lower case. */
  readonly uetrs: readonly string[];
  readonly endToEndIds: readonly string[];
  /** Other references, by which it may take a payment back. */
  readonly references: readonly string[];
}

/** What was read of a list of parts, and what could not be. One that cannot be read takes nothing from the others. */
export interface Parts<T> {
  readonly read: readonly T[];
  readonly unread: readonly UnreadPart[];
}

/** What is still looked for in a part that cannot be read. */
export interface Named {
  /** Name of the element that holds a UETR. */
  readonly uetr: string;
  /** Name of the element that holds an end-to-end reference. */
  readonly endToEndId: string;
  /** References by which the part may take a payment back. */
  readonly references: (part: XmlElement) => readonly string[];
}

/** Reads each part by itself. */
export function readParts<T>(elements: readonly XmlElement[], named: Named, read: (part: XmlElement) => T): Parts<T> {
  const parts = { read: [] as T[], unread: [] as UnreadPart[] };
  for (const element of elements) {
    try {
      parts.read.push(read(element));
    } catch (problem) {
      if (!(problem instanceof DocumentError)) throw problem;
      const uetrs = element.textsWithin(named.uetr).map((text) => text.toLowerCase());
      const endToEndIds = element.textsWithin(named.endToEndId);
      parts.unread.push({ problem, uetrs, endToEndIds, references: named.references(element) });
    }
  }
  return parts;
}

/** An optional amount; empty when absent, so that it can be spread. @throws DocumentError */
export const amountIn = (element: XmlElement, path: string): Partial<DocumentAmount> =>
  optionally(element, path, (found) => amountOf(found, 'Ccy')) ?? {};

/** Where a message stands among the pages of a whole (MessagePagination, StatementPagination). */
export interface Page {
  readonly number: number;
  readonly last: boolean;
}

/** A count (Max15NumericText, Max5NumericText). @throws DocumentError DOCUMENT_FIELD_INVALID */
export function countOf(element: XmlElement): number {
  const text = element.text();
  if (!/^[0-9]{1,15}$/.test(text))
    throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: element.path, expected: 'a number of 1 to 15 digits' });
  return Number(text);
}

/** The pagination in an element. @throws DocumentError */
export const pageOf = (element: XmlElement): Page => ({
  number: countOf(element.one('PgNb')),
  last: booleanOf(element.one('LastPgInd')),
});

/** Reasons that a bank gives: codes of ISO 20022's external sets, or its own, and what it says of them in words. */
export interface Reasons {
  /** Codes of ISO 20022's external set, for example `AC04`, or the bank's own. */
  readonly reasons: readonly string[];
  /** What the bank says of them in words. */
  readonly information: readonly string[];
}

/** The reasons in all elements of a name. @throws DocumentError */
export function reasonsIn(element: XmlElement, name: string): Reasons {
  const given = element.all(name);
  return {
    reasons: given.flatMap((each) =>
      [optionalText(each, 'Rsn/Cd'), optionalText(each, 'Rsn/Prtry')].filter((reason) => reason !== undefined),
    ),
    information: given.flatMap((each) => each.all('AddtlInf').map((text) => text.text())),
  };
}
