/** Validation of a message against a schema that ISO 20022 publishes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { SHARED_DATA } from './support.js';

/** Whether a message is valid by a schema of ../shared/data/iso20022, and what is wrong where it is not. */
export async function validate(xml: string, schema: string): Promise<{ valid: boolean; errors: readonly string[] }> {
  const { valid, errors } = await validateXML({
    xml: [{ fileName: 'message.xml', contents: xml }],
    schema: [{ fileName: schema, contents: readFileSync(path.join(SHARED_DATA, 'iso20022', schema), 'utf8') }],
  });
  return { valid, errors: errors.map((error) => error.message) };
}
