/** A world on any ledger as the stage that cases are played on. */
import { newReference } from '@tenor/client';
import { splitInput } from '../../client/src/input.js';
import { viewOf } from '../behaviour/dealBooks.js';
import type { Stage } from '../commands/support/stage.js';
import type { World } from './world.js';

/** The stage. Every call goes through a client, as in life. */
export const stageOf = (world: World): Stage => ({
  get date() {
    return world.date;
  },
  get founders() {
    return world.ledger.organizations.map(({ mspId }) => mspId);
  },
  mspOf: (player) => world.people(player).mspId,
  id: (register, drawer) => world.newId(register, drawer),
  reference: newReference,
  act: (player, user, name, input) => {
    const { request, secret } = splitInput(name, input);
    return world.people(player)[user].sender.submit(name, request, secret);
  },
  prepare: (player, name, input) => {
    const { party, maker } = world.people(player);
    return maker.ticket.prepare(name as never, input, { party, expiresOn: world.date });
  },
  decide: (changes) => world.decide(changes),
  moveTo: (date) => world.moveTo(date),
  bytesOf: async (player, kind, id) => (await viewOf(world, player, kind, id, player)).opening,
});
