/** What a case needs of a world that it is played in: people of five parties, and one way to act. */
import type { Input } from '../../../client/src/input.js';
import type { CommandName } from '../../../chaincode/src/protocol/commands/index.js';
import type { BookKind, Change } from '../../../chaincode/src/protocol/records/index.js';
import type { Place, PlayerName } from '../../deal/players.js';

/** The people of each. */
export type User = 'maker' | 'checker' | 'admin' | 'admin2';

export const PLAYERS: readonly PlayerName[] = ['issuer', 'bank', 'supplier', 'contractor', 'operator'];

/** A world with a registry in which all of them are registered. */
export interface Stage extends Place {
  /** MSP ids of all organisations, as the founding names them. */
  readonly founders: string[];
  /** MSP id of a player's organisation. */
  mspOf(player: PlayerName): string;
  /** Acts and waits for the commit. @throws TenorError */
  act<Name extends CommandName>(player: PlayerName, user: User, name: Name, input: Input<Name>): Promise<unknown>;
  /** The ticket of a player's maker for a call that needs one. */
  prepare<Name extends CommandName>(
    player: PlayerName,
    name: Name,
    input: Input<Name> & { readonly ticketId: string },
  ): Promise<unknown>;
  /** Has a majority of the founders change the registry. */
  decide(changes: Change[]): Promise<unknown>;
  /** Moves the business date. */
  moveTo(date: string): Promise<void>;
  /** The bytes of a record on the shelf of its register, as a party hands them over. */
  bytesOf(player: PlayerName, kind: BookKind, id: string): Promise<string>;
}
