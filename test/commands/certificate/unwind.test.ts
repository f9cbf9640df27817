/** What was rejected, never offered, declined or lapsed gives line and documents back, exactly once. */
import { expect, it } from '@jest/globals';
import {
  changed,
  CLAIM,
  CONFIRMATION,
  CONTRACTOR,
  FACE,
  LINE,
  MSP,
  NEIGHBOUR,
  NEIGHBOUR_BANK,
  OFFERED,
  REJECTION,
  statusOf,
  unsaltedOf,
  USED_CLAIM,
  YESTERDAY,
} from '../support/facts.js';
import {
  all,
  callerOf,
  instead,
  neighbour,
  neighbourBank,
  outcomeOf,
  put,
  record,
  sceneOf,
  taken,
  without,
  writtenBy,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { CONFIRMED_ROWS, dealRows, LINE_ROWS, STATUS_ROWS } from '../support/vouching.js';
import { unwind } from './unwind.case.js';

const drawn = changed(LINE, { utilised: '1000' });
const scene = sceneOf(
  'certificate:unwind',
  callerOf('bank', ['maker', 'checker']),
  { certificateId: FACE.id },
  {
    shown: [FACE, CONFIRMATION, statusOf('DECLINED'), drawn, USED_CLAIM],
  },
);
const kept = { in: [MSP.bank], copies: [MSP.issuer] };
const unwound = put('status', FACE.id, unsaltedOf(statusOf('UNWOUND')), { ...kept, policy: 'BankMSP & IssuerMSP' });
const line = put('line', LINE.id, unsaltedOf(LINE), kept);
const others = USED_CLAIM.record.allocations.filter(({ certificateId }) => certificateId !== FACE.id);
const claim = put('claim', CLAIM.id, unsaltedOf(CLAIM, { allocations: others }), kept);
const writes = { ...unwound, ...line, ...claim };
const otherIssuer = neighbour(MSP.issuer, 'issuer');
const otherBank = neighbourBank(MSP.bank);

describeCommand({
  of: unwind,
  scene,
  unvouched: [...CONFIRMED_ROWS, ...STATUS_ROWS, ...LINE_ROWS, ...dealRows('claim')],
  rules: [
    ['STATE', 'it is on offer', instead(OFFERED), { state: 'OFFERED' }],
    ['STATE', 'it was accepted', instead(statusOf('ACTIVE'))],
    ['STATE', 'it is settled', instead(statusOf('SETTLED'))],
    ['STATE', 'it was unwound', instead(statusOf('UNWOUND'))],
    [
      'LINE_FOREIGN',
      'its line is of another issuer',
      all(otherIssuer, record('line', { issuer: NEIGHBOUR })),
      { lineId: LINE.id },
    ],
    ['LINE_FOREIGN', 'its line is of another bank', all(otherBank, record('line', { bank: NEIGHBOUR_BANK }))],
    ['CURRENCY_MISMATCH', 'its line is in another currency', record('line', { currency: 'CNY' })],
    ['LINE_UNDRAWN', 'less was drawn on its line', record('line', { utilised: '599' }), { lineId: LINE.id }],
    [
      'DOCUMENT_FOREIGN',
      'its document is of another issuer',
      all(otherIssuer, record('claim', { issuer: NEIGHBOUR })),
      { claimId: CLAIM.id },
    ],
    ['DOCUMENT_FOREIGN', 'its document is of another bank', all(otherBank, record('claim', { bank: NEIGHBOUR_BANK }))],
    ['DOCUMENT_FOREIGN', 'its document is of another seller', record('claim', { seller: CONTRACTOR })],
    ['DOCUMENT_FOREIGN', 'its document is in another currency', record('claim', { currency: 'CNY' })],
  ],
  writes,
});

it.each([
  ['confirmed and never offered', without('status')],
  ['lapsed', instead(changed(OFFERED, { offerExpiresOn: YESTERDAY }))],
])('gives line and documents back when it was %s', async (_what, change) => {
  expect(await writtenBy(change(scene))).toEqual(writes);
});

it('gives the documents alone back when it was rejected, and keeps the rejection under both from then on', async () => {
  const rejected = all(without('status'), without('line'), instead(REJECTION));
  const stays = put('confirmation', FACE.id, unsaltedOf(REJECTION, { outcome: 'UNWOUND' }), {
    ...{ in: [MSP.bank], policy: 'BankMSP & IssuerMSP' },
  });
  expect(await writtenBy(rejected(scene))).toEqual({ ...unwound, ...claim, ...stays });
});

it('is not undone by a bank that hides the end: the status must not be there where none is shown', async () => {
  const hidden = all(without('status'), taken(MSP.bank, 'status', FACE.id));
  expect(await outcomeOf(hidden(scene))).toEqual({ refused: 'OPENING_MISSING', data: { kind: 'status', id: FACE.id } });
});
