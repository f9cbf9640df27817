/** A founder's administrator proposes a party that its organisation has already. */
import { caseOf } from '../support/case.js';
import { CANARY } from '../support/facts.js';
import { registered } from './registered.js';

const date = { kind: 'businessDate', date: '2027-01-04' };

export const propose = caseOf('registry:propose', {
  by: ['bank', 'admin'],
  for: 'who decides the change',
  elsewhere: 'ID_FOREIGN',
  writes: ['founding'],
  event: ['tenor.registry.propose.v1', 'proposalId'],
  request: { proposalId: 'id', changes: 'list' },
  spoils: [
    ['a change of no kind', 'REQUEST_MALFORMED', { changes: [{ kind: CANARY }] }],
    ['a date that is none', 'DATE_MALFORMED', { changes: [{ ...date, date: CANARY }] }],
    ['a change with one field more', 'REQUEST_MALFORMED', { changes: [{ ...date, [CANARY]: 1 }] }],
    ['51 changes', 'REQUEST_MALFORMED', { changes: Array(51).fill(date) }],
  ],
  again: 'ok',
  reach: (stage) => Promise.resolve({ input: { proposalId: stage.id('bank'), changes: [registered(stage)] } }),
});
