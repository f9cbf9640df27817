/** The XML of an invoice inside an OFD (GB/T 33190-2016): the attachment that the document names, never a file that only lies beside it. */
import { fileOf } from './bytes.js';
import { DocumentError } from './documentError.js';
import { XmlElement } from './xml.js';
import { parseXml, type Content } from './xmlParser.js';
import { OFD_XML, openZip, unzipped, type Archive } from './zip.js';

const ATTACHMENTS_MAX = 20;
/** The namespace of the standard, and the one of files that were made before it. */
const NAMESPACES = ['http://www.ofdspec.org/2016', 'http://www.ofdspec.org'];

/** A file inside the OFD as XML. @throws DocumentError DOCUMENT_FIELD_MISSING where there is none of that name */
function contentAt(archive: Archive, name: string): Content {
  const bytes = unzipped(archive, name);
  if (bytes === undefined) throw new DocumentError('DOCUMENT_FIELD_MISSING', { path: name });
  return parseXml(fileOf(bytes));
}

/** A file of the OFD's own. @throws DocumentError DOCUMENT_NAMESPACE */
function partAt(archive: Archive, name: string, root: string): XmlElement {
  const content = contentAt(archive, name);
  if (content.name === root && NAMESPACES.includes(content.namespace))
    return new XmlElement(content, name, { root, namespaces: { '': content.namespace } });
  throw new DocumentError('DOCUMENT_NAMESPACE', { path: name, expected: `${root} of ${NAMESPACES[0] ?? ''}` });
}

/** Name of a file that another one names: from the top with a slash before it, else from the other's folder (section 7.2, ST_Loc). */
function nameOf(location: XmlElement, from: string): string {
  const text = location.text();
  const steps = text.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of text.split('/').filter((each) => each !== '' && each !== '.')) {
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined)
      throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: location.path, expected: 'a place inside the OFD' });
  }
  return steps.join('/');
}

/** Names of the XML files that the document has as its attachments. */
function attachmentsOf(archive: Archive): readonly string[] {
  const docRoot = partAt(archive, OFD_XML, 'OFD').one('DocBody/DocRoot');
  const documentName = nameOf(docRoot, OFD_XML);
  const list = partAt(archive, documentName, 'Document').optional('Attachments');
  if (list === undefined) return [];
  const listName = nameOf(list, documentName);
  const locations = partAt(archive, listName, 'Attachments')
    .all('Attachment')
    .map((attachment) => attachment.one('FileLoc'));
  if (locations.length > ATTACHMENTS_MAX)
    throw new DocumentError('DOCUMENT_FIELD_INVALID', {
      path: listName,
      expected: `at most ${String(ATTACHMENTS_MAX)} attachments`,
    });
  return locations.map((location) => nameOf(location, listName)).filter((name) => /\.xml$/i.test(name));
}

/**
 * The one attachment of an OFD that is an invoice.
 * @throws DocumentError DOCUMENT_ARCHIVE; DOCUMENT_FIELD_MISSING, DOCUMENT_FIELD_REPEATED where none is an invoice, or several; of the XML
 */
export function invoiceXmlIn(ofd: Uint8Array, isInvoice: (content: Content) => boolean): Content {
  const archive = openZip(ofd);
  const [invoice, second] = attachmentsOf(archive)
    .map((name) => contentAt(archive, name))
    .filter(isInvoice);
  const path = 'the attachments of the OFD';
  if (invoice === undefined)
    throw new DocumentError('DOCUMENT_FIELD_MISSING', { path, expected: 'an invoice as XML; its picture is not read' });
  if (second !== undefined) throw new DocumentError('DOCUMENT_FIELD_REPEATED', { path, expected: 'one invoice' });
  return invoice;
}
