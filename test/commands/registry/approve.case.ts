/** The second voice on a proposal of another founder. */
import { REGISTERED as PARTY } from './registered.js';
import { caseOf } from '../support/stage.js';

export const approve = caseOf('registry:approve', ['issuer', 'admin'], async (stage) => {
  const proposalId = stage.id('bank');
  await stage.act('bank', 'admin', 'registry:propose', { proposalId, changes: [PARTY] });
  return { proposalId };
});
