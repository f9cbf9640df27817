/** What the tests of the document readers share: where the files are, and how to see a refusal. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DocumentError, type DocumentErrorCode } from '../../../client/src/documents/index.js';

const ROOT = path.resolve(__dirname, '../../..');

/** Folder of the deal that ships with the project. */
export const DEAL_FOLDER = path.join(ROOT, 'examples/ansteel-rio-tinto');

/** Published schemas and samples; they are not part of the project and may be absent. */
export const SHARED_DATA = path.resolve(ROOT, '../shared/data');

/** Whether the published schemas and samples are there. When not, says in one line what is left out. */
export function sharedDataFor(what: string): boolean {
  const there = existsSync(SHARED_DATA);
  if (!there) process.stderr.write(`left out: ${what} (needs ../shared/data beside the project)\n`);
  return there;
}

/** A file of the deal as text. */
export const dealFile = (name: string): string => readFileSync(path.join(DEAL_FOLDER, name), 'utf8');

/** Text with one thing changed; a change that hits nothing is a mistake in the test. */
export function changed(text: string, from: string | RegExp, to: string | ((found: string) => string)): string {
  const result = text.replace(from, to as string);
  if (result === text) throw new Error(`nothing to change: ${String(from)}`);
  return result;
}

/** Code and place of the refusal that `read` ends in; the place is empty when the document is refused as a whole, undefined when it is not. */
export function refusalOf(read: () => unknown): [code: DocumentErrorCode, path: string] | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return [error.code, error.data.path ?? ''];
  }
}
