/** Things that a test run makes once and all its test files use. They are kept in a folder, because each test file has its own modules. */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** What was kept in this run under a name; undefined when nothing was. */
export function recall(name: string): unknown {
  const folder = process.env['TENOR_TEST_RUN'];
  if (folder === undefined) return undefined;
  try {
    return deserialize(readFileSync(join(folder, name))) as unknown;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Keeps plain data under a name, and answers what counts: where another process was faster, what that one kept. */
export function keep<Value>(name: string, value: Value): Value {
  const folder = process.env['TENOR_TEST_RUN'];
  if (folder === undefined) return value;
  const own = join(folder, randomUUID());
  writeFileSync(own, serialize(value));
  try {
    linkSync(own, join(folder, name));
    return value;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return recall(name) as Value;
  } finally {
    rmSync(own);
  }
}
