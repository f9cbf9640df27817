/** The payment messages of the deal against the schemas that ISO 20022 publishes. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DEAL_FOLDER, sharedDataFor } from './support.js';
import { validate } from './validate.js';

const SCHEMAS: Readonly<Record<string, string>> = {
  'pacs.002': 'pacs.002.001.10.xsd',
  'camt.054': 'camt.054.001.08.xsd',
  'pacs.004': 'pacs.004.001.09.xsd',
};
const folder = path.join(DEAL_FOLDER, 'payments');
const files = readdirSync(folder);

const schemaOf = (kind: string): string => SCHEMAS[kind] ?? '';

const kindOf = (file: string): string => /\.(pacs\.002|camt\.054)\.xml$/.exec(file)?.[1] ?? 'unknown';

describe('The payment messages of the deal', () => {
  it('are eight: a status and a credit for each of three payments, and one false one of each kind', () => {
    const kinds = files.map(kindOf);
    expect(kinds.filter((kind) => kind === 'pacs.002')).toHaveLength(4);
    expect(kinds.filter((kind) => kind === 'camt.054')).toHaveLength(4);
    expect(kinds).toHaveLength(8);
  });

  const published = sharedDataFor('validation of the payment messages against the ISO 20022 schemas') ? it : it.skip;

  /** The message alone: an envelope is a matter of whoever sends it. */
  const messageIn = (file: string): string =>
    /<Document[^]*<\/Document>/.exec(readFileSync(path.join(folder, file), 'utf8'))?.[0] ?? '';

  published.each(files)('%s is valid', async (file) => {
    expect(await validate(messageIn(file), schemaOf(kindOf(file)))).toEqual({
      valid: true,
      errors: [],
    });
  });

  published('and the return that the tests read is valid', async () => {
    const xml = readFileSync(path.resolve(__dirname, '../../fixtures/messages/pacs.004.001.09.xml'), 'utf8');
    expect(await validate(xml, schemaOf('pacs.004'))).toEqual({ valid: true, errors: [] });
  });

  published('would be found invalid without a mandatory element', async () => {
    const xml = readFileSync(path.join(folder, 'rio-tinto-usd.pacs.002.xml'), 'utf8').replace(/<MsgId>.*<\/MsgId>/, '');
    expect((await validate(xml, schemaOf('pacs.002'))).valid).toBe(false);
  });
});
