/** Approvals: a new voice of those who decide, and what the last one applies. */
import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { canonicalJson } from '../../../chaincode/src/protocol/canonical.js';
import { changes, personOf } from '../../unit/domain/registryFacts.js';
import { idOf, MSP, PARTY, POLICY, TODAY } from '../support/facts.js';
import { identityOf } from '../support/people.js';
import {
  all,
  as,
  callerOf,
  claimed,
  codeOf,
  published,
  registered,
  sceneOf,
  taken,
  type Change,
  type Scene,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { FOUNDED } from './founded.js';
import { ADMINISTRATOR } from './people.js';
import { approve } from './approve.case.js';

const USCI = '91100000100003962T';
const ID = idOf('issuer', 'issuer', 'proposal');
const proposer = { mspId: MSP.issuer, identity: personOf('f') };
const second = { mspId: MSP.supplier, identity: personOf('e') };
const by = { mspId: MSP.bank, identity: identityOf(ADMINISTRATOR) };
const proposal = {
  schema: 'tenor.proposal/1',
  id: ID,
  changes: [changes.party],
  proposer,
  approvals: [proposer, second],
  proposedOn: TODAY,
  state: 'OPEN',
};
/** The hash of what stood there when the proposal was made: in this scene, of what stands there. */
const basisOf = (list: readonly object[], { registry }: Scene): string => {
  const keys = list.map((change) => {
    const { kind, ...said } = change as { kind: string; party?: { id: string }; calendar?: { id: string } };
    const id = said.party?.id ?? said.calendar?.id;
    return (
      { policy: 'policies', founders: 'registry', businessDate: 'businessDate', businessDateSet: 'businessDate' }[
        kind
      ] ?? `${kind}/${id ?? ''}`
    );
  });
  return createHash('sha256')
    .update(canonicalJson(keys.map((key) => registry[key] ?? null)))
    .digest('hex');
};
const open =
  (changed: object): Change =>
  (scene) => {
    const said = { ...proposal, ...changed };
    return registered(`proposal/${ID}`, { ...said, basis: basisOf(said.changes, scene) })(scene);
  };
const about = (...list: object[]): Change => open({ changes: list });
const scene = all(FOUNDED, open({}))(sceneOf('registry:approve', ADMINISTRATOR, { proposalId: ID }));
const step = (day: string): Change => all(date, about({ kind: 'businessDate', date: day }));
const date = all(about(changes.businessDate), as(callerOf('bank', ['maker'])));
const party = (values: object): Change => about({ kind: 'party', party: { ...changes.party.party, ...values } });

describeCommand({
  of: approve,
  scene,
  books: [
    ['NOT_FOUND', 'there is no such proposal', registered(`proposal/${ID}`, undefined), {}],
    ['REGISTRY_NOT_FOUNDED', 'there is no registry', registered('registry', undefined)],
    [
      'FOUNDING_MISSING',
      "the party's organisation has adopted another founding since",
      taken(MSP.contractor, 'founding', 'channel', '{}'),
    ],
    ['MSP_UNKNOWN', "the party's organisation has left the channel", party({ mspId: 'NobodyMSP' })],
  ],
  callers: [
    ['CALLER_NOT_ADMIN', 'the caller is no administrator', as({ admin: false })],
    ['CALLER_NOT_ALLOWED', "the caller's organisation founded nothing", as({ mspId: MSP.otherBank })],
  ],
  loose: [
    ['PROPOSAL_CLOSED', 'it has been applied', open({ state: 'APPLIED' }), { proposalId: ID }],
    ['SAME_PERSON', 'the caller proposed it', open({ approvals: [by] })],
    [
      'ALREADY_APPROVED',
      "another of the caller's organisation approved it",
      open({ approvals: [{ ...by, identity: personOf('d') }] }),
    ],
    ['PARTY_TAKEN', 'the party lives elsewhere since', party({ id: PARTY.supplier.id })],
    [
      'PARTY_UNKNOWN',
      'an operator acts for a party that is no longer there',
      open({
        changes: [
          { kind: 'operator', operator: { identity: personOf('9'), duties: ['maker'], parties: [PARTY.issuer.id] } },
        ],
        proposer: { ...proposer, mspId: MSP.bank },
        approvals: [{ ...proposer, mspId: MSP.bank }],
      }),
    ],
    ['PROPOSAL_STALE', 'another policy came first', about({ kind: 'policy', policy: POLICY })],
    [
      'PROPOSAL_STALE',
      'the party was registered since: an old proposal does not come true over it',
      registered(`party/${PARTY.contractor.id}`, { ...PARTY.contractor, status: 'SUSPENDED' }),
      { proposalId: ID },
    ],
    [
      'REGISTRY_FULL',
      'thirty banks came first',
      all(
        party({ roles: ['bank'] }),
        registered('banks', {
          schema: 'tenor.banks/1',
          mspIds: Array.from({ length: 30 }, (_, index) => `Bank${String(index)}MSP`),
          active: [],
        }),
      ),
    ],
    ['BUSINESS_DATE_BACKWARDS', 'the date has passed it', step('2026-11-23')],
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
      about({ ...changes.businessDateSet, calendar: 'AU' }),
    ],
    [
      'CALENDAR_ENDS',
      'the calendar does not reach the date',
      about({ ...changes.businessDateSet, date: '2030-01-01' }),
    ],
    [
      'BUSINESS_DATE_MISSING',
      'the founders have set no date',
      all(registered('businessDate', undefined), date, open({ changes: [changes.businessDate], proposedOn: null })),
    ],
    ['NOT_A_BUSINESS_DAY', 'the date is a Saturday', step('2026-11-28')],
    ['BUSINESS_DATE_STEP', 'the date moves by more than a week', all(claimed('2027-06-30'), step('2026-12-01'))],
    ['BUSINESS_DATE_AHEAD', 'the date is two business days away', step('2026-11-25')],
    ['BUSINESS_DATE_AHEAD', 'the caller says that it is yesterday', all(claimed('2026-11-22'), step('2026-11-24'))],
    ['FOUNDERS_INVALID', 'a founder is named twice', about({ kind: 'founders', founders: [MSP.bank, MSP.bank] })],
  ],
  rules: [],
  again: 'PROPOSAL_CLOSED',
  writes: {
    ...published(`proposal/${ID}`, {
      ...{ ...proposal, approvals: [proposer, second, by] },
      ...{ basis: createHash('sha256').update('[null]').digest('hex'), state: 'APPLIED' },
    }),
    ...published(`party/${PARTY.contractor.id}`, { schema: 'tenor.party/1', ...changes.party.party, version: 1 }),
  },
});

it('asks operators about the date, and no administrator', async () => {
  expect(await codeOf(about(changes.businessDate)(scene))).toBe('CALLER_NOT_REGISTERED');
});
