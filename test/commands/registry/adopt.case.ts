/** Any administrator agrees to founders, for its own organisation. */
import { caseOf, mspOf, PLAYERS } from '../support/stage.js';

export const adopt = caseOf('registry:adopt', ['operator', 'admin'], () =>
  Promise.resolve({ founders: PLAYERS.map(mspOf) }),
);
