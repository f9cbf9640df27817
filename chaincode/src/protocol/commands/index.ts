/** Every command and query by noun and verb. To add one, start here; the compiler then tells you what else is missing. */
import type { z } from 'zod';
import * as batch from './batch/index.js';
import * as book from './book/index.js';
import * as cash from './cash/index.js';
import * as certificate from './certificate/index.js';
import * as command from './command/index.js';
import * as document from './document/index.js';
import * as line from './line/index.js';
import * as mandate from './mandate/index.js';
import * as payment from './payment/index.js';
import * as presentment from './presentment/index.js';
import * as registry from './registry/index.js';
import * as slice from './slice/index.js';
import * as ticket from './ticket/index.js';
import type { CommandDefinition, QueryDefinition } from './definition.js';

export type { CommandDefinition, QueryDefinition } from './definition.js';

/** The catalogue. */
export const commands = {
  registry,
  ticket,
  line,
  document,
  certificate,
  slice,
  mandate,
  presentment,
  payment,
  cash,
  batch,
  book,
  command,
} as const satisfies Record<string, Record<string, CommandDefinition | QueryDefinition>>;

type Catalogue = typeof commands;
/** First part of a name: the kind of thing on which a command acts. */
export type Noun = keyof Catalogue;

/** Name of a command or query, `noun:verb`. */
export type Name = { [Of in Noun]: `${Of}:${Extract<keyof Catalogue[Of], string>}` }[Noun];

/** Definition of a command or query by its name. */
export type DefinitionOf<Of extends Name> = Of extends `${infer Named extends Noun}:${infer Verb}`
  ? Catalogue[Named][Verb & keyof Catalogue[Named]]
  : never;

/** Names of the commands: they write. */
export type CommandName = {
  [Of in Name]: DefinitionOf<Of> extends { readonly kind: 'submit' } ? Of : never;
}[Name];
/** Names of the queries: they only read. */
export type QueryName = Exclude<Name, CommandName>;
/** Names of the commands that need a ticket. */
export type FourEyesName = {
  [Of in CommandName]: DefinitionOf<Of> extends { readonly fourEyes: true } ? Of : never;
}[CommandName];

type Part<Of extends Name, Key extends 'request' | 'private'> =
  DefinitionOf<Of> extends { readonly [K in Key]: infer Schema extends z.ZodType } ? Schema : never;
/** Public request, before defaults. */
export type RequestOf<Of extends Name> = z.input<Part<Of, 'request'>>;
/** Private part, before defaults. */
export type PrivateOf<Of extends Name> = z.input<Part<Of, 'private'>>;
/** Public request after parsing. */
export type ParsedRequest<Of extends Name> = z.output<Part<Of, 'request'>>;

/** All definitions by name. */
export const DEFINITIONS = Object.fromEntries(
  Object.entries(commands).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, definition]) => [`${noun}:${verb}`, definition]),
  ),
) as { readonly [Of in Name]: DefinitionOf<Of> };

/** Name of an event. */
export type EventName = (typeof EVENTS)[CommandName];

/** Payload of every event: the ids of the public request. Events are public on the channel, and prove nothing. */
export interface EventPayload {
  readonly transaction: CommandName;
  readonly ids: Readonly<Record<string, string | readonly string[]>>;
}

/** Name of the event of each command. */
export const EVENTS = Object.fromEntries(
  Object.entries(DEFINITIONS).flatMap(([name, definition]) =>
    definition.kind === 'submit' ? [[name, definition.event]] : [],
  ),
) as { readonly [Of in CommandName]: DefinitionOf<Of> extends { readonly event: infer Event } ? Event : never };
