/** The business application header: head.001.001.02. It says from whom a message comes, to whom it goes, and which message it is. */
import { readFile, xmlOf } from '../documents/frontDoor.js';
import { ENVELOPE_DEPTH, ISO_20022, sayElement } from '../documents/identify.js';
import { DocumentError } from '../documents/documentError.js';
import { within } from '../documents/iso20022.js';
import { XmlElement } from '../documents/xml.js';
import { choice, group, one, optional, type FormIn, type FormOut } from './form.js';
import { agent, party } from './parties.js';
import type { Child } from './tree.js';
import { definition, instant, oneOf, text, yesOrNo } from './values.js';

const NAMESPACE = `${ISO_20022}head.001.001.02`;

const partyOrAgent = choice({ party: optional('OrgId', party), agent: optional('FIId', agent) });

const FORM = group({
  from: one('Fr', partyOrAgent),
  to: one('To', partyOrAgent),
  /** Id of this business message, given by its sender. */
  businessMessageId: one('BizMsgIdr', text(35)),
  /** Message definition identifier with its version, for example `pacs.008.001.08`. */
  definition: one('MsgDefIdr', definition),
  /** The service between the two, for example `swift.cbprplus.02`. */
  service: optional('BizSvc', text(35)),
  createdAt: one('CreDt', instant),
  copy: optional('CpyDplct', oneOf(['CODU', 'COPY', 'DUPL'])),
  possibleDuplicate: optional('PssblDplct', yesOrNo),
});

/** A header, as it is given to write a message: the message itself says which one it is. */
export type BusinessHeaderInput = Omit<FormIn<typeof FORM>, 'definition'>;
/** A header. */
export type BusinessHeader = FormOut<typeof FORM>;

/** The header of a message. @throws MessageError */
export const writeHeader = (header: BusinessHeaderInput, messageDefinition: string): Child => ({
  name: 'AppHdr',
  namespace: NAMESPACE,
  inside: FORM.write({ ...header, definition: messageDefinition }, '/AppHdr'),
});

/**
 * Reads the business header of a message (head.001.001.02), wherever it stands in its envelope.
 * @throws DocumentError as the readers of messages; DOCUMENT_NAMESPACE where there is none
 */
export const readBusinessHeader = (xml: string | Uint8Array): BusinessHeader =>
  readFile(xml, (entered) => {
    const content = xmlOf(entered);
    const [found, second] = within({ content, path: `/${content.name}` }, 'AppHdr', ENVELOPE_DEPTH);
    if (second !== undefined) throw new DocumentError('DOCUMENT_FIELD_REPEATED', { path: second.path });
    if (found?.content.namespace !== NAMESPACE) {
      const seen = sayElement(found?.content ?? content);
      throw new DocumentError('DOCUMENT_NAMESPACE', { expected: `AppHdr of ${NAMESPACE}`, found: seen });
    }
    return FORM.read(new XmlElement(found.content, found.path, { root: 'AppHdr', namespaces: { '': NAMESPACE } }), []);
  });
