/** A message as text, by a library that keeps the order of its elements and escapes what XML reserves. */
import XMLBuilder from 'fast-xml-builder';
import { DOCUMENT_BYTES_MAX } from '../documents/bytes.js';
import { MessageError } from './messageError.js';
import type { Child, Inside } from './tree.js';

const builder = new XMLBuilder({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' });

/** An element as the library takes it: its name with what is in it, and its attributes. */
type Node = Readonly<Record<string, unknown>>;

const nodesOf = (inside: Inside): readonly Node[] =>
  'text' in inside ? [{ '#text': inside.text }] : inside.map(nodeOf);

function nodeOf({ name, namespace, inside }: Child): Node {
  const own = 'text' in inside ? inside.attributes : undefined;
  return { [name]: nodesOf(inside), ':@': { ...(namespace === undefined ? {} : { xmlns: namespace }), ...own } };
}

const DECLARATION: Node = { '?xml': [{ '#text': '' }], ':@': { version: '1.0', encoding: 'UTF-8' } };

/** A file with one root element. @throws MessageError MESSAGE_TOO_LARGE */
export function writeXml(root: Child): string {
  const xml = builder.build([DECLARATION, nodeOf(root)]);
  if (Buffer.byteLength(xml) > DOCUMENT_BYTES_MAX) throw new MessageError('MESSAGE_TOO_LARGE');
  return xml;
}
