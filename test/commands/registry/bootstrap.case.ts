/** The registry is founded by all, once each of them has adopted the founding. */
import { caseOf, mspOf, PLAYERS, type Case } from '../support/stage.js';

export const bootstrap: Case<'registry:bootstrap'> = {
  ...caseOf('registry:bootstrap', ['bank', 'admin'], async (stage) => {
    const founders = PLAYERS.map(mspOf);
    for (const player of PLAYERS) await stage.act(player, 'admin', 'registry:adopt', { founders });
    return { founders };
  }),
  unfounded: true,
};
