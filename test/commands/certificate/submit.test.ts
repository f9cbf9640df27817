/** The issuer's promise: tenor, justification, the SME term, what backs it, and what it writes. */
import { describe, expect, it } from '@jest/globals';
import type { DraftContent } from '../../../chaincode/src/protocol/records/index.js';
import {
  BANK,
  CALENDAR,
  CLAIM,
  CONFIRMATION,
  CONTENT,
  CONTRACTOR,
  FACE,
  idOf,
  ISSUER,
  LINE,
  MSP,
  NEIGHBOUR,
  NEIGHBOUR_BANK,
  opened,
  OTHER_BANK,
  policiesOf,
  POLICY,
  TERMS,
  TODAY,
  unsaltedOf,
  HASH,
} from '../support/facts.js';
import { identityOf } from '../support/people.js';
import {
  all,
  callerOf,
  codeOf,
  gone,
  neighbour,
  neighbourBank,
  on,
  party,
  put,
  record,
  registered,
  request,
  sceneOf,
  taken,
  without,
  writtenBy,
  type Change,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { dealRows, LINE_ROWS } from '../support/vouching.js';
import { submit } from './submit.case.js';

const ID = idOf('bank', 'issuer', 'new-certificate');
const caller = callerOf('issuer', ['checker']);
const maker = identityOf({ ...caller, name: 'maker' });
const DRAFT = opened('draft', { schema: 'tenor.draft/1', id: ID, maker, content: CONTENT, salt: HASH });
const scene = all(
  registered('policies', policiesOf(POLICY)),
  registered('calendar/CN', CALENDAR),
)(sceneOf('certificate:submit', caller, { certificateId: ID, lineId: LINE.id }, { shown: [DRAFT, CLAIM, LINE] }));
const content =
  (changes: Partial<DraftContent>): Change =>
  (current) => {
    const [draft] = current.shown;
    const before = draft?.record as { content: DraftContent } | undefined;
    return record('draft', { content: { ...(before?.content ?? CONTENT), ...changes } })(current);
  };
const otherIssuer = neighbour(MSP.issuer, 'issuer');
const otherBank = neighbourBank(MSP.bank);

const roots = { in: [MSP.bank, MSP.issuer], policy: 'BankMSP & IssuerMSP' };
const kept = { in: [MSP.bank], copies: [MSP.issuer] };
const submitted = {
  ...put('terms', ID, unsaltedOf(TERMS, { id: ID }), roots),
  ...put('face', ID, unsaltedOf(FACE, { id: ID }), roots),
  ...put('claim', CLAIM.id, unsaltedOf(CLAIM, { allocations: [{ certificateId: ID, amount: '600' }] }), kept),
  ...gone('draft', ID, MSP.issuer),
};
const confirmed = {
  ...put('confirmation', ID, unsaltedOf(CONFIRMATION, { id: ID, by: 'LINE' }), roots),
  ...put('line', LINE.id, unsaltedOf(LINE, { utilised: '1000' }), kept),
};

describeCommand({
  of: submit,
  scene,
  books: [
    ['ID_TAKEN', "terms stand in the bank's book", taken(MSP.bank, 'terms', ID), { kind: 'terms', id: ID }],
    ['ID_TAKEN', "a face stands in the issuer's book", taken(MSP.issuer, 'face', ID)],
    ['CONFIRMATION_EXISTS', 'the bank spoke already', taken(MSP.bank, 'confirmation', ID)],
    ['POLICY_MISSING', 'there are no policies', registered('policies', undefined)],
    ['CALENDAR_UNKNOWN', 'there is no such calendar', content({ calendar: 'AU' })],
  ],
  unvouched: [
    ...dealRows('claim'),
    ...LINE_ROWS,
    ['PARTY_UNKNOWN', 'the payee is not registered', registered(`party/${CONTENT.payee}`, undefined)],
  ],
  loose: [
    [
      'ISSUER_IS_PAYEE',
      'the issuer would owe itself',
      all(party('issuer', { roles: ['issuer', 'supplier'] }), content({ payee: ISSUER })),
    ],
  ],
  rules: [
    ['SAME_PERSON', 'the checker drafted it', record('draft', { maker: identityOf(caller) })],
    [
      'PARTY_ROLE',
      'the bank is suspended',
      all(content({ bank: BANK }), party('bank', { status: 'SUSPENDED' })),
      { role: 'bank' },
    ],
    ['PARTY_ROLE', 'the payee is no supplier', party('supplier', { roles: ['bank', 'issuer'] }), { role: 'supplier' }],
    ['PARTY_ROLE', 'the payee is suspended', party('supplier', { status: 'SUSPENDED' })],
    [
      'SAME_ORGANIZATION',
      'issuer and bank live in one organisation',
      all(party('otherBank', { mspId: MSP.issuer }), content({ bank: OTHER_BANK })),
    ],
    ['ID_FOREIGN', 'the bank is another one than the id names', content({ bank: OTHER_BANK })],
    [
      'POLICY_MISSING',
      'no policy is in force yet',
      registered('policies', policiesOf({ ...POLICY, effectiveFrom: '2026-11-24' })),
    ],
    [
      'CALENDAR_ENDS',
      'the calendar ends before it is due',
      registered('calendar/CN', { ...CALENDAR, until: '2026-11-19' }),
      { calendar: 'CN', until: '2026-11-19' },
    ],
    ['DUE_DATE_PAST', 'it is due today', content({ dueDate: TODAY })],
    ['DUE_DATE_PAST', 'it was due', content({ dueDate: '2026-11-20' })],
    [
      'TENOR_EXCEEDED',
      'it is due a day after twelve months',
      content({ dueDate: '2027-11-24', tenorJustification: 'Shipyard' }),
    ],
    ['TENOR_UNJUSTIFIED', 'it is due a day after six months, without a word', content({ dueDate: '2027-05-24' })],
    [
      'SME_TERM_EXCEEDED',
      'a small payee waits 61 days, and the goods are yet to come',
      all(party('supplier', { sme: true }), content({ deliveredOn: '2027-03-14', dueDate: '2027-01-23' })),
    ],
    [
      'DUPLICATE_ITEM',
      'a document is named twice',
      content({ claims: [0, 1].map(() => ({ claimId: CLAIM.id, amount: '300' })) }),
    ],
    [
      'SUM_MISMATCH',
      'the documents back less',
      content({ claims: [{ claimId: CLAIM.id, amount: '599' }] }),
      { type: 'INVOICE' },
    ],
    ['SUM_MISMATCH', 'the documents back more', content({ claims: [{ claimId: CLAIM.id, amount: '601' }] })],
    [
      'DOCUMENT_FOREIGN',
      'another issuer of the organisation claimed it',
      all(otherIssuer, record('claim', { issuer: NEIGHBOUR })),
      { claimId: CLAIM.id },
    ],
    [
      'DOCUMENT_FOREIGN',
      'another bank of the organisation holds it',
      all(otherBank, record('claim', { bank: NEIGHBOUR_BANK })),
    ],
    ['DOCUMENT_FOREIGN', 'another supplier sold it', record('claim', { seller: CONTRACTOR })],
    ['DOCUMENT_FOREIGN', 'it is in another currency', record('claim', { currency: 'CNY' })],
    ['DOCUMENT_CAPACITY', 'the document is worth less', record('claim', { capacity: '599' }), { claimId: CLAIM.id }],
    [
      'LINE_NOT_AUTOMATIC',
      'the line does not confirm at once',
      record('line', { autoConfirm: false }),
      { lineId: LINE.id },
    ],
    [
      'LINE_FOREIGN',
      'the line is of another issuer',
      all(otherIssuer, record('line', { issuer: NEIGHBOUR })),
      { lineId: LINE.id },
    ],
    ['LINE_FOREIGN', 'the line is of another bank', all(otherBank, record('line', { bank: NEIGHBOUR_BANK }))],
    ['CURRENCY_MISMATCH', 'the line is in another currency', record('line', { currency: 'CNY' })],
    ['LINE_EXPIRED', 'the line ends a day before', record('line', { expiresOn: '2027-03-14' }), { lineId: LINE.id }],
    ['LINE_EXCEEDED', 'the line has less left', record('line', { utilised: '401' }), { lineId: LINE.id }],
  ],
  writes: { ...submitted, ...confirmed },
  enters: [MSP.bank],
});

describe('what it writes', () => {
  const byHand = all(without('line'), request({ lineId: undefined }));

  it('without a line: roots under both organisations, reservations, and no draft any more', async () => {
    expect(await writtenBy(byHand(scene))).toEqual(submitted);
  });

  it('keeps due date and payment date apart, and the justification on the face', async () => {
    const weekend = content({ dueDate: '2027-03-13', tenorJustification: 'Shipyard' });
    const written = await writtenBy(all(byHand, weekend)(scene));
    const dates = { dueDate: '2027-03-13', paymentDate: '2027-03-15' };
    expect(written[`${MSP.bank} own/terms/${ID}`]?.record).toEqual(unsaltedOf(TERMS, { id: ID, ...dates }));
    const said = { dueDate: '2027-03-13', tenorJustification: 'Shipyard' };
    expect(written[`${MSP.bank} own/face/${ID}`]?.record).toEqual(unsaltedOf(FACE, { id: ID, ...said }));
  });

  it('follows the policy that is in force: the cut to six months', async () => {
    const cut = { ...POLICY, version: 2, effectiveFrom: '2027-01-01', maxTenorMonths: 6 };
    const onDate = (date: string): Promise<string> =>
      codeOf(
        all(
          byHand,
          registered('policies', policiesOf(POLICY, cut)),
          content({ dueDate: '2027-07-15', tenorJustification: 'Shipyard' }),
          on(date),
        )(scene),
      );
    const dates = ['2026-12-31', '2027-01-01', '2027-01-14', '2027-01-15'];
    expect(await Promise.all(dates.map(onDate))).toEqual(['taken', 'TENOR_EXCEEDED', 'TENOR_EXCEEDED', 'taken']);
  });
});

it('is taken where one organisation hosts issuer and payee, who are two parties: the bank sees both', async () => {
  expect(await codeOf(party('supplier', { mspId: MSP.issuer })(scene))).toBe('taken');
});
