/** How a value is held against a schema. The chaincode does so with every call, and the client with what a ticket is to hold. */
import type { z } from 'zod';
import { ERRORS, TenorError, type ErrorCode } from './errors.js';

/** Parses `value` by `schema`. @throws TenorError the code of the field that fails, with its path */
export function parseBy<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const code =
    issue !== undefined && Object.hasOwn(ERRORS, issue.message) ? (issue.message as ErrorCode) : 'REQUEST_MALFORMED';
  throw new TenorError(code, { path: (issue?.path ?? []).map(String).join('.') });
}
