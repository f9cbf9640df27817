/** The description of a command in one place: request, private part, who may send it, its event, and its codes of refusal. */
import { z } from 'zod';
import type { ErrorCode } from '../errors.js';
import type { Duty } from '../records/index.js';

/** Who may send a command. */
export type By =
  /** An operator who acts for the named party of the command with one of the duties. With `commits` the party takes on something new, so a suspended party may not send it. */
  | { readonly party: string; readonly duties: readonly Duty[]; readonly commits?: true }
  /** Anyone of the organisation with a maker's or a checker's duty. */
  | { readonly anyone: 'operator' }
  /** An administrator of the organisation. */
  | { readonly anyone: 'administrator' }
  /** Whoever may decide the kind of change that is proposed. */
  | { readonly anyone: 'who decides the change' };

/** A command that writes. */
export interface CommandDefinition {
  readonly kind: 'submit';
  /** One line: what it does. */
  readonly summary: string;
  readonly by: By;
  /** Needs a ticket that another person of the same organisation prepared. The request then carries `ticketId`. */
  readonly fourEyes?: true;
  /** The command writes again what the caller's own book lost. If only the hash is left there, the call is not a replay. */
  readonly rewrites?: true;
  /** Name of its event. Event names are only added; a new meaning gets a new name. */
  readonly event: string;
  /** Public request: ids only, because it is in the block. */
  readonly request: z.ZodType;
  /** Private part: the transient field `private`, which only the endorsers receive. */
  readonly private: z.ZodType;
  /** Codes of its own rule, in the order of the checks. The codes of reading, opening and the caller are the same for all commands. */
  readonly refuses: readonly ErrorCode[];
}

/** A query: it reads and must not be submitted. */
export interface QueryDefinition {
  readonly kind: 'evaluate';
  readonly summary: string;
  readonly request: z.ZodType;
  readonly private: z.ZodType;
  readonly refuses: readonly ErrorCode[];
}

/** A part without fields. */
export const none = z.strictObject({}).default({});

type Said<Definition> = Omit<Definition, 'kind' | 'private'> & { readonly private?: z.ZodType };

/** Defines a command. */
export function command<const Spec extends Said<CommandDefinition>>(
  spec: Spec,
): { readonly kind: 'submit'; readonly private: Spec extends { private: infer Part } ? Part : typeof none } & Omit<
  Spec,
  'private'
> {
  return { private: none, ...spec, kind: 'submit' } as never;
}

/** Defines a query. */
export function query<const Spec extends Said<QueryDefinition>>(
  spec: Spec,
): { readonly kind: 'evaluate'; readonly private: Spec extends { private: infer Part } ? Part : typeof none } & Omit<
  Spec,
  'private'
> {
  return { private: none, ...spec, kind: 'evaluate' } as never;
}
