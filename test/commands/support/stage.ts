/** What a case needs of a world that it is played in: people of five parties, and one way to act. */
import type { Input } from '../../../client/src/input.js';
import type { CommandName } from '../../../chaincode/src/protocol/commands/index.js';
import type { BookKind } from '../../../chaincode/src/protocol/records/index.js';
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

/** A world with a registry in which all of them are registered. */
export interface Stage {
  /** The business date. */
  readonly date: string;
  /** MSP ids of all organisations, as the founding names them. */
  readonly founders: string[];
  /** MSP id of a player's organisation. */
  mspOf(player: PlayerName): string;
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
  ): Promise<unknown>;
  /** Moves the business date. */
  moveTo(date: string): Promise<void>;
  /** The bytes of a record on the shelf of its register, as a party hands them over. */
  bytesOf(player: PlayerName, kind: BookKind, id: string): Promise<string>;
}
