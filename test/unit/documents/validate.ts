/** Validation of a message against a schema that ISO 20022 publishes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { SHARED_DATA } from './support.js';

/** Whether messages are valid by a schema of ../shared/data/iso20022, and what is wrong where they are not. */
export async function validate(
  xml: string | readonly string[],
  schema: string,
): Promise<{ valid: boolean; errors: readonly string[] }> {
  const { valid, errors } = await validateXML({
    xml: [xml].flat().map((contents, index) => ({ fileName: `message-${String(index + 1)}.xml`, contents })),
    schema: [{ fileName: schema, contents: readFileSync(path.join(SHARED_DATA, 'iso20022', schema), 'utf8') }],
  });
  return { valid, errors: errors.map((error) => error.message) };
}
