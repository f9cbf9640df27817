/** One command of a walk through a deal: what is known of it, and how to get there. */
import type { Tenor } from '@tenor/client';
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import type { CommandName } from '../../chaincode/src/protocol/commands/index.js';
import type { Case } from '../commands/support/case.js';
import type { People, World } from '../support/world.js';

/** One call, split as it travels: ids in public, the rest in private. */
export interface Call {
  readonly request: object;
  readonly secret?: object | undefined;
}

/** One command on the way. */
export interface Step extends Case {
  /** Brings the ledger to where the command is valid, and says the call. */
  readonly ready: () => Promise<Call>;
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
