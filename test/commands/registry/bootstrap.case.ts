/** The registry is founded by all, once each of them has adopted the founding. */
import { caseOf } from '../support/case.js';
import { PLAYERS } from '../support/stage.js';

export const bootstrap = caseOf('registry:bootstrap', {
  by: ['bank', 'admin'],
  for: 'administrator',
  inside: 'REGISTRY_FOUNDED',
  elsewhere: 'REGISTRY_FOUNDED',
  writes: ['founding'],
  event: ['tenor.registry.bootstrap.v1', 'founders'],
  request: { founders: 'msps' },
  again: 'ok',
  unfounded: true,
  reach: async (stage) => {
    const { founders } = stage;
    for (const player of PLAYERS) await stage.act(player, 'admin', 'registry:adopt', { founders });
    return { input: { founders } };
  },
});
