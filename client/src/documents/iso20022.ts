/** Functions that the ISO 20022 readers share. */
import type { DocumentAmount } from './values.js';
import { amountOf } from './values.js';
import type { Vocabulary, XmlElement } from './xml.js';

/** The vocabulary of one message definition in one version, for example `pacs.002.001.10`. */
export const messageVocabulary = (definition: string): Vocabulary => ({
  root: 'Document',
  namespaces: { '': `urn:iso:std:iso:20022:tech:xsd:${definition}` },
});

/** Text of an optional element. @throws DocumentError when it is there but empty */
export const optionalText = (element: XmlElement, path: string): string | undefined => element.optional(path)?.text();

/** An optional element through a parser. */
export function optionally<T>(element: XmlElement, path: string, parse: (found: XmlElement) => T): T | undefined {
  const found = element.optional(path);
  return found && parse(found);
}

/** An optional amount; empty when absent, so that it can be spread. @throws DocumentError */
export const amountIn = (element: XmlElement, path: string): Partial<DocumentAmount> =>
  optionally(element, path, (found) => amountOf(found, 'Ccy')) ?? {};
