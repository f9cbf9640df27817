/** The second voice on a proposal of another founder. */
import { caseOf } from '../support/case.js';
import { registered } from './registered.js';

export const approve = caseOf('registry:approve', {
  by: ['issuer', 'admin'],
  for: 'who decides the change',
  elsewhere: 'CALLER_NOT_ADMIN',
  writes: ['founding'],
  event: ['tenor.registry.approve.v1', 'proposalId'],
  request: { proposalId: 'id' },
  // Voices are counted: a second one of the same organisation is refused by name, and changes nothing.
  repeat: 'SAME_PERSON',
  again: 'SAME_PERSON',
  reach: async (stage) => {
    const proposalId = stage.id('bank');
    await stage.act('bank', 'admin', 'registry:propose', { proposalId, changes: [registered(stage)] });
    return { input: { proposalId } };
  },
});
