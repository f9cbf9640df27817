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
  claimed,
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

const USCI = '91100000100003962T';
const ID = idOf('bank', 'bank', 'own-proposal');
const propose = (...list: object[]): Change => request({ changes: list });
const scene = FOUNDED(sceneOf('registry:propose', ADMINISTRATOR, { proposalId: ID, changes: [changes.party] }));
const by = { mspId: MSP.bank, identity: identityOf(ADMINISTRATOR) };
const step = (day: string): Change => all(date, propose({ kind: 'businessDate', date: day }));
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
          active: [],
        }),
      ),
    ],
    ['BUSINESS_DATE_BACKWARDS', 'the date goes back', step('2026-11-20')],
    [
      'PARTY_ID_TAKEN',
      "the second id is another party's",
      all(
        registered(`partyId/${USCI}`, { schema: 'tenor.partyId/1', id: USCI, party: PARTY.supplier.id }),
        party({ otherId: USCI }),
      ),
      { party: PARTY.supplier.id },
    ],
    [
      'CALENDAR_UNKNOWN',
      'the date is set by an unknown calendar',
      propose({ ...changes.businessDateSet, calendar: 'AU' }),
    ],
    [
      'CALENDAR_ENDS',
      'the calendar does not reach the date',
      propose({ ...changes.businessDateSet, date: '2030-01-01' }),
    ],
    [
      'BUSINESS_DATE_MISSING',
      'the founders have set no date',
      all(registered('businessDate', undefined), step('2026-11-24')),
    ],
    ['NOT_A_BUSINESS_DAY', 'the date is a Saturday', step('2026-11-28')],
    ['BUSINESS_DATE_STEP', 'the date moves by more than a week', all(claimed('2027-06-30'), step('2026-12-01'))],
    ['BUSINESS_DATE_AHEAD', 'the date is two business days away', step('2026-11-25')],
    ['BUSINESS_DATE_AHEAD', 'the caller says that it is yesterday', all(claimed('2026-11-22'), step('2026-11-24'))],
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
