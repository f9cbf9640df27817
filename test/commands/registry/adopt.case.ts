/** Any administrator agrees to founders, for its own organisation. */
import { caseOf } from '../support/case.js';

export const adopt = caseOf('registry:adopt', {
  by: ['operator', 'admin'],
  for: 'administrator',
  elsewhere: 'CALLER_NOT_ADMIN',
  books: ['operator'],
  writes: ['founding'],
  event: ['tenor.registry.adopt.v1', 'founders'],
  request: { founders: 'msps' },
  repeat: 'written again',
  again: 'ok',
  reach: ({ founders }) => Promise.resolve({ input: { founders } }),
});
