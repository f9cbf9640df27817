/** A kind of message: what it is called, and the form by which it is written and read, alone or with a business header. */
import { readFile } from '../documents/frontDoor.js';
import { ISO_20022 } from '../documents/identify.js';
import { readMessage, type UnreadPart } from '../documents/iso20022.js';
import type { Form } from './form.js';
import { writeHeader, type BusinessHeaderInput } from './header.js';
import type { Child } from './tree.js';
import { writeXml } from './writeXml.js';

/** Which message it is. */
export interface Definition {
  /** Business area and message, for example `pacs.008.001`. */
  readonly name: string;
  /** The one version that is written and read. */
  readonly version: string;
  /** The one element inside `Document`. */
  readonly body: string;
}

/** Namespace of the business message envelope, in which a header and its message travel together. */
const ENVELOPE = `${ISO_20022}nvlp.001.001.01`;

/** Writes a message, in an envelope where it has a header. @throws MessageError */
export function writeMessage<In>(
  { name, version, body }: Definition,
  form: Form<In, unknown>,
  input: In,
  header?: BusinessHeaderInput,
): string {
  const definition = `${name}.${version}`;
  const inside = [{ name: body, inside: form.write(input, `/Document/${body}`) }];
  const document: Child = { name: 'Document', namespace: `${ISO_20022}${definition}`, inside };
  if (header === undefined) return writeXml(document);
  const enveloped = [
    { name: 'Hdr', inside: [writeHeader(header, definition)] },
    { name: 'Doc', inside: [document] },
  ];
  return writeXml({ name: 'BizMsgEnvlp', namespace: ENVELOPE, inside: enveloped });
}

/** What is said of every message that is read. */
export interface ReadMessage<Type extends string> {
  readonly type: Type;
  /** Message definition identifier with its version, for example `pacs.008.001.08`. */
  readonly definition: string;
  /** SHA-256 of the file as it was received, lower-case hex. */
  readonly sha256: string;
}

/** What is said of a report besides. */
export interface ReadReport {
  /** Payments whose part does not say what it has to say. They take nothing from the others. */
  readonly unread: readonly UnreadPart[];
}

function read<Type extends string, Out extends object>(
  { name, version, body }: Definition,
  type: Type,
  form: Form<never, Out>,
  xml: string | Uint8Array,
): ReadMessage<Type> & ReadReport & Out {
  return readFile(xml, (entered) => {
    const kind = { name, body, versions: new RegExp(`^${version}$`), versionsText: `version ${version}` };
    const { definition, body: element, sha256 } = readMessage(entered, kind);
    const unread: UnreadPart[] = [];
    return { type, definition, sha256, ...form.read(element, unread), unread };
  });
}

/** Reads a report. A payment that cannot be read is listed, and takes nothing from the others. @throws DocumentError as `readMessage` */
export const readReport = read;

/** Reads an order: whole, or not at all. @throws DocumentError as `readMessage` */
export function readOrder<Type extends string, Out extends object>(
  definition: Definition,
  type: Type,
  form: Form<never, Out>,
  xml: string | Uint8Array,
): ReadMessage<Type> & Out {
  const { unread: _none, ...order } = read(definition, type, form, xml);
  return order as unknown as ReadMessage<Type> & Out;
}
