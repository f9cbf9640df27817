/** What a case needs of a world that it is played in: people of five organisations, and one way to act. */
import type { Input } from '../../../client/src/input.js';
import {
  DEFINITIONS,
  type CommandDefinition,
  type CommandName,
} from '../../../chaincode/src/protocol/commands/index.js';
import { BANK, CONTRACTOR, ISSUER, OTHER_BANK, SUPPLIER } from './facts.js';

/** Who plays. */
export type PlayerName = 'issuer' | 'bank' | 'supplier' | 'contractor' | 'operator';
/** The people of each. */
export type User = 'maker' | 'checker' | 'admin' | 'admin2';

export const PLAYERS: readonly PlayerName[] = ['issuer', 'bank', 'supplier', 'contractor', 'operator'];

/** Their LEIs. */
export const LEI: Readonly<Record<PlayerName, string>> = {
  ...{ issuer: ISSUER, bank: BANK, supplier: SUPPLIER, contractor: CONTRACTOR, operator: OTHER_BANK },
};

/** MSP id of a player's organisation. */
export const mspOf = (player: PlayerName): string => `${player.charAt(0).toUpperCase()}${player.slice(1)}MSP`;

/** A world with a registry in which all of them are registered. */
export interface Stage {
  /** The business date. */
  readonly date: string;
  /** A new record id for a player's book, drawn by that player unless another one is named. */
  id(register: PlayerName, drawer?: PlayerName): string;
  /** A new reference. */
  reference(): string;
  /** Acts and waits for the commit. @throws TenorError */
  act<Name extends CommandName>(player: PlayerName, user: User, name: Name, input: Input<Name>): Promise<unknown>;
  /** The ticket of a player's maker for a call that needs one. */
  prepare<Name extends CommandName>(
    player: PlayerName,
    name: Name,
    input: Input<Name> & { readonly ticketId: string },
  ): Promise<void>;
  /** Moves the business date. */
  moveTo(date: string): Promise<void>;
  /** The bytes of a record on the shelf of its register, as a party hands them over. */
  bytesOf(player: PlayerName, key: string): Promise<string>;
}

/** A valid call of a command, who sends it, and how to reach the state that it needs. */
export interface Case<Name extends CommandName = CommandName> {
  readonly name: Name;
  readonly by: readonly [PlayerName, User];
  /** Only in a world without a registry: it is what founds it. */
  readonly unfounded?: true;
  readonly reach: (stage: Stage) => Promise<Input<Name>>;
}

/** Says a case. */
export const caseOf = <Name extends CommandName>(
  name: Name,
  by: readonly [PlayerName, User],
  reach: (stage: Stage) => Promise<Input<Name>>,
): Case<Name> => ({ name, by, reach });

/** Reaches the state that a case needs, has its ticket prepared where it takes one, and answers what to send. */
export async function reached<Name extends CommandName>(stage: Stage, each: Case<Name>): Promise<Input<Name>> {
  const input = await each.reach(stage);
  const { fourEyes } = DEFINITIONS[each.name] as CommandDefinition;
  if (fourEyes === true)
    await stage.prepare(each.by[0], each.name, input as Input<Name> & { readonly ticketId: string });
  return input;
}

/** Plays a case. @throws TenorError */
export async function play<Name extends CommandName>(stage: Stage, each: Case<Name>): Promise<void> {
  const input = await reached(stage, each);
  await stage.act(each.by[0], each.by[1], each.name, input);
}
