/**
 * A command as the suites know it, in one place and by hand: a valid call and how to reach it, who may send it, what it takes,
 * what it writes and tells, and what it meets when it is sent once more. The suites cross these with everything that can go wrong.
 */
import type { Input } from '../../../client/src/input.js';
import type { CommandName } from '../../../chaincode/src/protocol/commands/index.js';
import type { ErrorCode } from '../../../chaincode/src/protocol/errors.js';
import type { BookKind, Duty } from '../../../chaincode/src/protocol/records/index.js';
import type { Fields } from './fields.js';
import type { PlayerName } from '../../deal/players.js';
import type { Stage, User } from './stage.js';
import type { Left, Stock } from './stock.js';

/** What a call takes, and what it leaves for those that follow. */
export interface Reached<Name extends CommandName = CommandName> {
  readonly input: Input<Name>;
  readonly leaves?: Left;
}

/** What the suites know of a command. */
interface Known<Name extends CommandName> {
  /** Who sends it here. */
  readonly by: readonly [PlayerName, User];
  /** Other parties that may send it. */
  readonly also?: readonly PlayerName[];
  /** The duties of which an operator of that party needs one; otherwise any operator at all, or an administrator. */
  readonly for: readonly Duty[] | 'operator' | 'administrator' | 'who decides the change';
  /** A second person of the organisation has to prepare it: a ticket, or a draft. */
  readonly fourEyes?: 'ticket' | 'draft';
  /** A suspended party may not. */
  readonly commits?: true;
  /** What somebody of the same organisation meets who may not send it, where that says something else than who may. */
  readonly inside?: ErrorCode;
  /** What operators of other organisations meet. */
  readonly elsewhere: ErrorCode | 'ok';
  /** Whose books it writes, and so who has to endorse; absent where it writes the public registry. */
  readonly books?: readonly PlayerName[];
  /** Kinds of record that it writes. */
  readonly writes: readonly BookKind[];
  /** Its event, and the ids that this carries. */
  readonly event: readonly [name: string, ids: string];
  /** What the public request takes. */
  readonly request: Fields;
  /** What the private part takes; absent where there is none. */
  readonly secret?: Fields;
  /** Values of fields that the call leaves out, for those who try every field. */
  readonly besides?: Partial<Input<Name>>;
  /** One field with something wrong in a list: what, and what refuses it. */
  readonly spoils?: readonly (readonly [what: string, code: ErrorCode, field: Readonly<Record<string, unknown>>])[];
  /** What leaving a record unopened comes to, where that is not OPENING_MISSING. */
  readonly unopened?: Readonly<Partial<Record<BookKind, ErrorCode | 'taken'>>>;
  /** What the very same call meets once more, where that is no replay. */
  readonly repeat?: 'written again' | ErrorCode;
  /** What it meets once more with another seed; `ok` where no seed is in a record, so that it is a repeat. */
  readonly again: ErrorCode | 'ok';
  /** Only at the payment date. */
  readonly due?: true;
  /** It ends the deal for somebody who is needed by all others. */
  readonly last?: true;
  /** Only in a world without a registry: it is what founds it. */
  readonly unfounded?: true;
  /** Brings the ledger to where the command is valid, and says the call. */
  readonly reach: (stage: Stage, stock: Stock) => Promise<Reached<Name>>;
}

/** A command as the suites know it. */
export interface Case<Name extends CommandName = CommandName> extends Known<Name> {
  readonly name: Name;
}

/** Says a case. */
export const caseOf = <Name extends CommandName>(name: Name, known: Known<Name>): Case<Name> => ({ name, ...known });

/** Reaches the state that a case needs, has its ticket prepared where it takes one, and answers what to send. */
export async function reached<Name extends CommandName>(
  stage: Stage,
  each: Case<Name>,
  stock: Stock,
): Promise<Reached<Name>> {
  const found = await each.reach(stage, stock);
  const input = found.input as Input<Name> & { readonly ticketId: string };
  if (each.fourEyes === 'ticket') await stage.prepare(each.by[0], each.name, input);
  return found;
}
