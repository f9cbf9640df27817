/** A founder's administrator proposes a party that its organisation has already. */
import { REGISTERED as PARTY } from './registered.js';
import { caseOf } from '../support/stage.js';

export const propose = caseOf('registry:propose', ['bank', 'admin'], (stage) =>
  Promise.resolve({ proposalId: stage.id('bank'), changes: [PARTY] }),
);
