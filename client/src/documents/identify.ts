/** What a file is, told by its beginning: before anybody says what is wrong with it. */
import { fileOf, type DocumentFile } from './bytes.js';
import { elementsAtBeginning, type ElementName } from './xmlParser.js';
import { isOfd } from './zip.js';

/** Kinds of files, as far as anybody sends them as a document or in the place of one. */
export const DOCUMENT_KINDS = {
  EMPTY: 'empty',
  PDF: 'a PDF',
  OFD: 'an OFD',
  ZIP: 'a ZIP archive',
  HTML: 'an HTML page, such as portals send to those who are not logged in',
  SWIFT_MT: 'a SWIFT MT message, which is not ISO 20022',
  JSON: 'JSON',
  XML: 'XML',
  UNKNOWN: 'of a kind that is not known',
} as const;

/** Kind of a file. */
export type DocumentKind = keyof typeof DOCUMENT_KINDS;

/** Messages that are read, by business area and message, and the `type` that their readers answer. A statement is only told apart. */
export const MESSAGE_TYPES = {
  'camt.029.001': 'RECALL_ANSWER',
  'camt.053.001': 'STATEMENT',
  'camt.054.001': 'CREDIT_NOTIFICATION',
  'camt.056.001': 'RECALL',
  'pacs.002.001': 'PAYMENT_STATUS',
  'pacs.004.001': 'PAYMENT_RETURN',
  'pacs.008.001': 'CREDIT_TRANSFER',
  'pacs.009.001': 'BANK_TRANSFER',
  'pain.001.001': 'PAYMENT_ORDER',
  'pain.002.001': 'PAYMENT_ORDER_STATUS',
  'pain.013.001': 'PAYMENT_REQUEST',
  'pain.014.001': 'PAYMENT_REQUEST_STATUS',
} as const;

/** Type of a message. */
export type MessageType = (typeof MESSAGE_TYPES)[keyof typeof MESSAGE_TYPES];

/** What a file is. */
export interface DocumentIdentity {
  readonly kind: DocumentKind;
  /** Of XML: name of the root element, without its prefix. */
  readonly root?: string;
  /** Of XML: namespace of the root element, which names kind and version; empty where it has none. */
  readonly namespace?: string;
  /** Of XML: identifier of the ISO 20022 message with its version, such as `camt.054.001.08`, alone or in an envelope. */
  readonly message?: string;
  /** Of a message that is known here: its type, whatever its version. */
  readonly messageType?: MessageType;
}

/** Namespace of every ISO 20022 message, before its identifier. */
export const ISO_20022 = 'urn:iso:std:iso:20022:tech:xsd:';
/** How deep a message may lie in its envelope. */
export const ENVELOPE_DEPTH = 4;
/** How many elements of an envelope may stand before the message. */
const ENVELOPE_ELEMENTS = 200;

const BEGINNINGS: readonly (readonly [kind: DocumentKind, begins: RegExp])[] = [
  ['EMPTY', /^\s*$/],
  ['PDF', /^%PDF-/],
  ['ZIP', /^PK(?:\u0003\u0004|\u0005\u0006)/],
  ['HTML', /^\s*(?:<\?xml\s[^>]*\?>)?\s*<(?:!doctype\s+html|html)[\s>]/i],
  ['SWIFT_MT', /^\s*\{1:[A-Z]/],
  ['JSON', /^\s*[[{]/],
  ['XML', /^\s*</],
];

const isMessage = ({ name, namespace }: ElementName): boolean => name === 'Document' && namespace.startsWith(ISO_20022);

const TYPES: ReadonlyMap<string, MessageType> = new Map(Object.entries(MESSAGE_TYPES));

function ofMessage(message: string): Pick<DocumentIdentity, 'message' | 'messageType'> {
  const messageType = TYPES.get(message.slice(0, message.lastIndexOf('.')));
  return messageType === undefined ? { message } : { message, messageType };
}

/** Root and message of an XML file, as far as it can be read. */
function namesOf(file: DocumentFile): Omit<DocumentIdentity, 'kind'> {
  let message: string | undefined;
  const [root] = elementsAtBeginning(file, (name, depth, count) => {
    if (isMessage(name) && depth <= ENVELOPE_DEPTH) message = name.namespace.slice(ISO_20022.length);
    return message !== undefined || count >= ENVELOPE_ELEMENTS;
  });
  if (root === undefined) return {};
  return { root: root.name, namespace: root.namespace, ...(message === undefined ? {} : ofMessage(message)) };
}

/** What a file is. */
export function identifyFile(file: DocumentFile): DocumentIdentity {
  const kind = BEGINNINGS.find(([, begins]) => begins.test(file.beginning))?.[0] ?? 'UNKNOWN';
  return { kind: kind === 'ZIP' && isOfd(file.bytes) ? 'OFD' : kind };
}

/**
 * Tells what a file is by its beginning. Nothing is refused, and the file is not read to its end: it may be broken further on.
 * @param document a file as it was received, or its text
 */
export function identifyDocument(document: string | Uint8Array): DocumentIdentity {
  const file = fileOf(document);
  const identity = identifyFile(file);
  return identity.kind === 'XML' ? { ...identity, ...namesOf(file) } : identity;
}

const NAME = /^[A-Za-z0-9_.:#/-]{1,120}$/;
/** What an element says that it is, where that is a name and no value. */
export function sayElement({ name, namespace }: ElementName): string {
  if (!NAME.test(name)) return 'an element of another kind';
  if (namespace === '') return `${name} of no namespace`;
  return NAME.test(namespace) ? `${name} of ${namespace}` : `${name} of another namespace`;
}

/** What a file is, as the end of a sentence that begins with "The file is". */
export function sayWhatIs(document: string | Uint8Array): string {
  const { kind, root, namespace = '', message } = identifyDocument(document);
  if (root === undefined) return DOCUMENT_KINDS[kind];
  const element = sayElement({ name: root, namespace });
  const isEnvelope = message !== undefined && root !== 'Document';
  return `${DOCUMENT_KINDS[kind]}, ${element}${isEnvelope && NAME.test(message) ? `, with ${message} in it` : ''}`;
}
