/** The shape of every command: what it loads, for whom it acts, and the rule that decides. */
import type { z } from 'zod';
import type { Actor, Caller } from '../domain/callers.js';
import type { Write } from '../domain/decision.js';
import type { Facts } from '../ledger/pending.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import type { CommandDefinition } from '../protocol/commands/index.js';

/** One call of a command, parsed. */
export interface Call<Definition extends CommandDefinition> {
  readonly request: z.output<Definition['request']>;
  readonly secret: z.output<Definition['private']>;
  /** The caller's random seed, from which the salts of records are made. */
  readonly seed: Uint8Array;
}

/** Facts that every rule receives in addition to the records that its command loads. */
export interface Now {
  readonly caller: Caller;
  /** The business date. @throws TenorError BUSINESS_DATE_MISSING */
  readonly today: string;
}

/** The implementation of a command. */
export interface Handler<Definition extends CommandDefinition, Loaded extends object> {
  /** Opens the records on which the command relies. It uses only explicit keys, which become the read set. */
  readonly load: (tx: LedgerTransaction, call: Call<Definition>) => Loaded | Promise<Loaded>;
  /** States expectations that depend on registry records. */
  readonly expect?: (tx: LedgerTransaction, facts: Facts<Loaded>, call: Call<Definition>) => void;
  /** For whom the command acts. Needed if the definition names a party. */
  readonly actor?: (facts: Facts<Loaded>, call: Call<Definition>) => Actor;
  /**
   * MSP ids of the organisations into whose books the call puts something new without having been asked. In each of them that is another one
   * than the caller's, and that is written, the call takes a place (ledger/intake.ts). The definition then names QUOTA_REACHED.
   */
  readonly enters?: (facts: Facts<Loaded>) => readonly string[];
  /** The rule, a pure function. Its guards come in the order in which the definition names their codes. */
  readonly decide: (call: Call<Definition>, facts: Facts<Loaded> & Now) => readonly Write[];
}

/** A command with its definition, as `run` takes it. */
export interface Implemented {
  readonly definition: CommandDefinition;
  readonly handler: Handler<CommandDefinition, object>;
}

/** Joins a definition with its implementation. */
export function implement<Definition extends CommandDefinition, Loaded extends object>(
  definition: Definition,
  handler: Handler<Definition, Loaded>,
): Implemented {
  return { definition, handler: handler as unknown as Handler<CommandDefinition, object> };
}
