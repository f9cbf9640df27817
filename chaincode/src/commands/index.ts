/** The implementations of all commands, by noun and verb. */
import * as batch from './batch/index.js';
import * as book from './book/index.js';
import * as cash from './cash/index.js';
import * as certificate from './certificate/index.js';
import * as document from './document/index.js';
import * as line from './line/index.js';
import * as mandate from './mandate/index.js';
import * as payment from './payment/index.js';
import * as presentment from './presentment/index.js';
import * as registry from './registry/index.js';
import * as slice from './slice/index.js';
import * as ticket from './ticket/index.js';
import type { CommandName } from '../protocol/commands/index.js';
import type { Implemented } from './implement.js';

const NOUNS: Readonly<Record<string, Readonly<Record<string, Implemented>>>> = {
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
};

/** All commands by name. */
export const IMPLEMENTED = Object.fromEntries(
  Object.entries(NOUNS).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, implemented]) => [`${noun}:${verb}`, implemented]),
  ),
) as { readonly [Name in CommandName]: Implemented };
