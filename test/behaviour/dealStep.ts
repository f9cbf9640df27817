/** One command of a walk through a deal: who takes it, what it writes, and how to get there. */
import type { BookKind, EVENTS, Tenor } from '@tenor/client';
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import type { People, PartyName, World } from '../support/world.js';

/** Name of a transaction that writes. */
export type CommandName = keyof typeof EVENTS;

/** One call, split as it travels: ids in public, the rest in private. */
export interface Call {
  readonly request: object;
  readonly secret?: object;
}

/** One command on the way. */
export interface Step {
  readonly name: CommandName;
  readonly by: readonly [PartyName, 'maker' | 'checker' | 'admin'];
  /** Whose books it writes, and so who has to endorse; absent where it writes the public registry. */
  readonly books?: readonly PartyName[];
  /** Kinds of record that it writes. */
  readonly writes: readonly BookKind[];
  /** Brings the ledger to where the command is valid, and says the call. */
  readonly ready: () => Promise<Call>;
}

/** What the steps hand on to each other. */
export interface Notes {
  lineId: string;
  lineTicket: string;
  claimId: string;
  certificateId: string;
  sliceId: string;
  kept: string;
  passedOn: string;
  transferId: string;
  rejected: string;
  presentmentId: string;
  uetr: string;
}

/** How a step reaches the world, and what went before. */
export interface Way {
  readonly world: () => World;
  readonly notes: Notes;
}

/** The one who takes a step. */
export function walker(world: World, { by: [party, duty] }: Step): Tenor {
  return world.people(party)[duty];
}

/** Prepares a ticket for a call, as the party's maker, and returns the call. */
export async function ticketed(people: People, expiresOn: string, command: CommandName, call: Call): Promise<Call> {
  const { ticketId } = call.request as { readonly ticketId: string };
  const payload = payloadOf(call);
  const { party, maker } = people;
  await maker.sender.submit('ticket:prepare', { ticketId }, { party, command, payload, expiresOn });
  return call;
}

/** What a ticket says of a call. */
export const payloadOf = ({ request, secret }: Call): string => canonicalJson({ private: secret ?? {}, request });

/** All organisations' MSP ids, as the founding names them. */
export const foundersOf = (world: World): string[] => world.ledger.organizations.map(({ mspId }) => mspId);
