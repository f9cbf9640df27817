/** `tenor.<noun>.<verb>`: one method for each command, made from the catalogue: same name, same input, one receipt. */
import {
  commands,
  type CommandDefinition,
  type CommandName,
  type Noun,
  type QueryDefinition,
} from '../../../chaincode/src/protocol/commands/index.js';
import { splitInput, type Input } from '../input.js';
import type { Ready } from '../ready.js';
import type { Receipt, Sender } from '../sender.js';

/** Submits a command and waits for its commit. @param ready makes a first attempt without a plan @throws TenorError */
export type Verb<Name extends CommandName> = (input: Input<Name>, ready?: Ready) => Promise<Receipt>;

type Catalogue = typeof commands;

/** The verbs of a noun that write. */
type Writing<Of extends Noun> = {
  [Named in keyof Catalogue[Of]]: Catalogue[Of][Named] extends { readonly kind: 'submit' } ? Named : never;
}[keyof Catalogue[Of]];

// Doc comments are taken over only by a type that maps the keys of another type directly, without `as` in between.
type Methods<Of extends Noun, Definitions, Verbs extends keyof Definitions> = {
  readonly [Named in Verbs]: `${Of}:${Extract<Named, string>}` extends infer Name extends CommandName
    ? Verb<Name>
    : never;
};

/** The methods of a noun; each carries the text of its command. */
export type VerbsOf<Of extends Noun> = Methods<Of, Catalogue[Of], Writing<Of>>;

/** The methods of a noun. */
export function verbsOf<Of extends Noun>(sender: Sender, noun: Of): VerbsOf<Of> {
  const verbs: Readonly<Record<string, CommandDefinition | QueryDefinition>> = commands[noun];
  const methods = Object.entries(verbs)
    .filter(([, { kind }]) => kind === 'submit')
    .map(([verb]) => [verb, method(sender, `${noun}:${verb}` as CommandName)]);
  return Object.fromEntries(methods) as VerbsOf<Of>;
}

function method<Name extends CommandName>(sender: Sender, name: Name): Verb<Name> {
  return (input, ready) => {
    const { request, secret } = splitInput(name, input);
    return sender.submit(name, request, secret, ready);
  };
}
