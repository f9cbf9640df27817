/** The input of a call is one flat object. The protocol splits it into public ids and private fields; the caller never does. */
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import {
  DEFINITIONS,
  type PrivateOf,
  type RequestOf,
  type CommandDefinition,
  type CommandName,
} from '../../chaincode/src/protocol/commands/index.js';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import { parseBy } from '../../chaincode/src/protocol/parseBy.js';

/** The fields of a part; a part without fields adds nothing. */
type Fields<Part> = string extends keyof NonNullable<Part> ? unknown : NonNullable<Part>;

/** All fields that a transaction takes. */
export type Input<Name extends CommandName> = Fields<RequestOf<Name>> & Fields<PrivateOf<Name>>;

const malformed = (path: string): TenorError => new TenorError('REQUEST_MALFORMED', { path });

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Refuses what canonical JSON has no text for: a fraction, a bigint, a Date, an instance of a class. @throws TenorError REQUEST_MALFORMED */
function assertData(value: unknown, path: string): void {
  const fields = fieldsOf(value);
  if (fields === undefined && !isScalar(value)) throw malformed(path);
  for (const [field, inner] of fields ?? []) assertData(inner, path === '' ? field : `${path}.${field}`);
}

const isScalar = (value: unknown): boolean =>
  value === null || typeof value === 'boolean' || typeof value === 'string' || Number.isSafeInteger(value);

/** What a list or an object holds; undefined for anything else. A hole in a list is an item without a value. */
function fieldsOf(value: unknown): [string, unknown][] | undefined {
  if (Array.isArray(value)) return Object.entries(Array.from<unknown>(value));
  return isPlain(value) ? fieldsWithValue(value) : undefined;
}

/** The fields that have a value. */
const fieldsWithValue = (input: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(input).filter(([, value]) => value !== undefined);

/** Splits a call into its public request and its private part. An unknown field goes into the private part, where it is refused without being published. @throws TenorError REQUEST_MALFORMED for what is no flat object of JSON values, FUNCTION_UNKNOWN */
export function splitInput<Name extends CommandName>(
  name: Name,
  input: Input<Name>,
): { readonly request: RequestOf<Name>; readonly secret: PrivateOf<Name> | undefined } {
  if (!Object.hasOwn(DEFINITIONS, name)) throw new TenorError('FUNCTION_UNKNOWN');
  const spec = DEFINITIONS[name];
  const isPublic = new Set('shape' in spec.request ? Object.keys(spec.request.shape) : []);
  const given: unknown = input;
  if (!isPlain(given)) throw malformed('');
  assertData(given, '');
  const entries = fieldsWithValue(given);
  const request = Object.fromEntries(entries.filter(([field]) => isPublic.has(field)));
  const secret = Object.fromEntries(entries.filter(([field]) => !isPublic.has(field)));
  const isEmpty = Object.keys(secret).length === 0;
  return { request: request as RequestOf<Name>, secret: isEmpty ? undefined : (secret as PrivateOf<Name>) };
}

/**
 * Refuses a call that the chaincode would refuse for its form alone. A ticket that holds such a call is of no use, and only the checker would notice.
 * @throws TenorError FUNCTION_UNKNOWN, and the code of the field that fails, with its path
 */
export function assertCallable<Name extends CommandName>(name: Name, input: Input<Name>): void {
  const { request, secret } = splitInput(name, input);
  const spec: CommandDefinition = DEFINITIONS[name];
  if (spec.fourEyes !== true) throw malformed('command');
  parseBy(spec.request, request);
  parseBy(spec.private, secret ?? (spec.private.safeParse(undefined).success ? undefined : {}));
}

/** The content that a ticket for this call must have, byte for byte. */
export function ticketPayload<Name extends CommandName>(name: Name, input: Input<Name>): string {
  const { request, secret } = splitInput(name, input);
  return canonicalJson({ private: secret ?? {}, request });
}
