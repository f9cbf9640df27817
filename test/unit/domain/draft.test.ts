/** Drafts: the issuer's maker writes down, in the issuer's own book alone. */
import { describe, expect, it } from '@jest/globals';
import { draft, type DraftFacts } from '../../../chaincode/src/domain/draft.js';
import { callerOf, DRAFT, MAKER, MSP, PARTY, unsaltedOf } from './facts.js';
import { refusesInOrder } from './refusals.js';
import { wrongCallers } from './wrongs.js';

const GOOD: DraftFacts = { caller: callerOf('issuer', ['maker'], MAKER), issuer: PARTY.issuer };
const run = (facts: DraftFacts): unknown => draft({ certificateId: DRAFT.id }, DRAFT.record.content, facts);

describe('draft', () => {
  refusesInOrder<DraftFacts>(run, GOOD, [
    ...wrongCallers<DraftFacts>('issuer', ['maker'], (caller) => (facts) => ({ ...facts, caller })),
    ['PARTY_ROLE', 'the issuer is none', (facts) => ({ ...facts, issuer: { ...PARTY.issuer, roles: ['supplier'] } })],
    [
      'PARTY_ROLE',
      'the issuer is suspended',
      (facts) => ({ ...facts, issuer: { ...PARTY.issuer, status: 'SUSPENDED' } }),
    ],
  ]);

  it('names its maker', () => {
    const write = { op: 'put', kind: 'draft', id: DRAFT.id, record: unsaltedOf(DRAFT), books: [{ mspId: MSP.issuer }] };
    expect(run(GOOD)).toEqual({ writes: [write] });
  });
});
