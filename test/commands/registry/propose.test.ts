/** Proposals: who may propose what, under an id of one's own, about organisations that adopted the founding. */
import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { changes, personOf } from '../../unit/domain/registryFacts.js';
import { HASH, idOf, MSP, PARTY, POLICY, TODAY } from '../support/facts.js';
import { identityOf } from '../support/people.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  published,
  registered,
  request,
  sceneOf,
  taken,
  type Change,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { FOUNDED } from './founded.js';
import { ADMINISTRATOR } from './people.js';
import { propose as KNOWN } from './propose.case.js';

const ID = idOf('bank', 'bank', 'own-proposal');
const propose = (...list: object[]): Change => request({ changes: list });
const scene = FOUNDED(sceneOf('registry:propose', ADMINISTRATOR, { proposalId: ID, changes: [changes.party] }));
const by = { mspId: MSP.bank, identity: identityOf(ADMINISTRATOR) };
const date = all(propose(changes.businessDate), as(callerOf('bank', ['maker'])));
const party = (values: object): Change => propose({ kind: 'party', party: { ...changes.party.party, ...values } });

describeCommand({
  of: KNOWN,
  scene,
  books: [
    [
      'ID_TAKEN',
      'the id is used already',
      registered(`proposal/${ID}`, {
        schema: 'tenor.proposal/1',
        id: ID,
        changes: [changes.party],
        proposer: by,
        approvals: [by, by],
        proposedOn: TODAY,
        basis: HASH,
        state: 'OPEN',
      }),
      { kind: 'proposal' },
    ],
    ['ID_FOREIGN', 'the id is drawn by another', request({ proposalId: idOf('bank', 'issuer', 'proposal') })],
    ['REGISTRY_NOT_FOUNDED', 'there is no registry', registered('registry', undefined)],
    [
      'FOUNDING_MISSING',
      "the party's organisation has adopted nothing",
      party({ mspId: MSP.otherBank }),
      { mspId: MSP.otherBank },
    ],
    [
      'FOUNDING_MISSING',
      "the party's organisation has adopted another founding",
      taken(MSP.contractor, 'founding', 'channel', '{}'),
    ],
    ['MSP_UNKNOWN', 'the party lives in no organisation of the channel', party({ mspId: 'NobodyMSP' })],
  ],
  callers: [
    ['PROPOSAL_MIXED', 'it asks two kinds of deciders', propose(changes.party, changes.operator)],
    ['CALLER_NOT_ADMIN', 'the caller is no administrator', as({ admin: false })],
    ['CALLER_NOT_ALLOWED', "the caller's organisation founded nothing", all(redrawn(), as({ mspId: MSP.otherBank }))],
  ],
  loose: [
    [
      'PROPOSAL_MIXED',
      'nothing else stands beside a change of the date',
      all(date, propose(changes.businessDate, changes.businessDate)),
    ],
    ['PARTY_TAKEN', 'the party lives elsewhere', party({ id: PARTY.supplier.id }), { mspId: MSP.supplier }],
    [
      'PARTY_UNKNOWN',
      'an operator acts for a party of another organisation',
      propose({
        kind: 'operator',
        operator: { identity: personOf('9'), duties: ['maker'], parties: [PARTY.issuer.id] },
      }),
    ],
    ['PROPOSAL_STALE', 'the policy skips a version', propose({ kind: 'policy', policy: { ...POLICY, version: 3 } })],
    [
      'REGISTRY_FULL',
      'a thirty-first bank comes',
      all(
        party({ roles: ['bank'] }),
        registered('banks', {
          schema: 'tenor.banks/1',
          mspIds: Array.from({ length: 30 }, (_, index) => `Bank${String(index)}MSP`),
        }),
      ),
    ],
    ['BUSINESS_DATE_BACKWARDS', 'the date goes back', all(date, propose({ kind: 'businessDate', date: '2026-11-20' }))],
    ['FOUNDERS_INVALID', 'a founder is named twice', propose({ kind: 'founders', founders: [MSP.bank, MSP.bank] })],
  ],
  rules: [],
  writes: published(`proposal/${ID}`, {
    ...{ schema: 'tenor.proposal/1', id: ID, changes: [changes.party], proposer: by, approvals: [by], state: 'OPEN' },
    proposedOn: TODAY,
    basis: createHash('sha256').update('[null]').digest('hex'),
  }),
});

function redrawn(): Change {
  return request({ proposalId: idOf('otherBank', 'otherBank', 'proposal') });
}

it('takes the date from operators with a duty, and from no administrator', async () => {
  expect(await codeOf(propose(changes.businessDate)(scene))).toBe('CALLER_NOT_REGISTERED');
  expect(await codeOf(all(date, as(callerOf('bank', ['viewer'])))(scene))).toBe('CALLER_NOT_ALLOWED');
});
