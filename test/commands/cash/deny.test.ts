/** The bank of the payee says that no money came: under four eyes, a week after the last day, and where it has attested none. */
import { expect, it } from '@jest/globals';
import { asKind, BATCH_ID, CREDIT_LEG, CREDIT_ROW, proofOf, SILENT_END, stands } from '../support/batchFacts.js';
import { idOf, MSP } from '../support/facts.js';
import { callerOf, codeOf, gone, on, party, put, sceneOf, taken } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { cashLegRows, leftOutRow } from '../support/vouching.js';
import { deny } from './deny.case.js';

const ticketId = idOf('otherBank', 'otherBank', 'own-ticket');
const scene = sceneOf(
  'cash:deny',
  callerOf('otherBank', ['checker']),
  { legId: CREDIT_LEG.id, ticketId },
  { shown: [CREDIT_LEG], date: SILENT_END },
);

describeCommand({
  of: deny,
  party: 'otherBank',
  scene,
  books: [
    [
      'STATE',
      'the bank has attested the credit',
      stands(MSP.otherBank, 'proof', proofOf(CREDIT_ROW, 'CREDITED')),
      { kind: 'proof', id: CREDIT_LEG.id },
    ],
    [
      'STATE',
      'a part came and did not go back',
      stands(MSP.otherBank, 'proof', proofOf(CREDIT_ROW, 'PARTLY_CREDITED')),
    ],
    ['STATE', 'the bank has said so already', stands(MSP.otherBank, 'proof', proofOf(CREDIT_ROW, 'NOT_RECEIVED'))],
  ],
  unvouched: [...cashLegRows(CREDIT_LEG), leftOutRow(CREDIT_LEG)],
  loose: [
    ['LEG_KIND', 'the leg moves a slice', asKind('SLICE'), { what: 'SLICE' }],
    ['LEG_KIND', 'the money of the leg is blocked', asKind('BLOCK'), { what: 'BLOCK' }],
  ],
  rules: [['BATCH_OPEN', 'the last day has been over for six days', on('2026-12-21')]],
  writes: {
    ...put('proof', CREDIT_LEG.id, proofOf(CREDIT_ROW, 'NOT_RECEIVED'), { in: [MSP.otherBank] }),
    ...gone('ticket', ticketId, MSP.otherBank),
  },
});

it('is said whatever the batch has come to, and whatever the payer says it sent', async () => {
  expect(await codeOf(taken(MSP.otherBank, 'outcome', BATCH_ID)(scene))).toBe('taken');
  expect(await codeOf(taken(MSP.bank, 'remittance', CREDIT_LEG.id)(scene))).toBe('taken');
});

it('goes on when the bank was suspended: it takes on nothing new', async () => {
  expect(await codeOf(party('otherBank', { status: 'SUSPENDED' })(scene))).toBe('taken');
});
