/** The input of a call is one flat object. The protocol splits it into public ids and private fields; the caller never does. */
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import {
  DEFINITIONS,
  type PrivateOf,
  type RequestOf,
  type CommandName,
} from '../../chaincode/src/protocol/commands/index.js';

/** The fields of a part; a part without fields adds nothing. */
type Fields<Part> = string extends keyof NonNullable<Part> ? unknown : NonNullable<Part>;

/** All fields that a transaction takes. */
export type Input<Name extends CommandName> = Fields<RequestOf<Name>> & Fields<PrivateOf<Name>>;

/** Splits a call into its public request and its private part. An unknown field goes into the private part, where it is refused without being published. */
export function splitInput<Name extends CommandName>(
  name: Name,
  input: Input<Name>,
): { readonly request: RequestOf<Name>; readonly secret: PrivateOf<Name> | undefined } {
  const spec = DEFINITIONS[name];
  const isPublic = new Set('shape' in spec.request ? Object.keys(spec.request.shape) : []);
  const entries = Object.entries(input as Readonly<Record<string, unknown>>).filter(([, value]) => value !== undefined);
  const request = Object.fromEntries(entries.filter(([field]) => isPublic.has(field)));
  const secret = Object.fromEntries(entries.filter(([field]) => !isPublic.has(field)));
  const isEmpty = Object.keys(secret).length === 0;
  return { request: request as RequestOf<Name>, secret: isEmpty ? undefined : (secret as PrivateOf<Name>) };
}

/** The content that a ticket for this call must have, byte for byte. */
export function ticketPayload<Name extends CommandName>(name: Name, input: Input<Name>): string {
  const { request, secret } = splitInput(name, input);
  return canonicalJson({ private: secret ?? {}, request });
}
