/** The bank's confirmation draws the line for all certificates or for none. */
import { expect, it } from '@jest/globals';
import {
  CONFIRMATION,
  FACE,
  LINE,
  MSP,
  NEIGHBOUR,
  NEIGHBOUR_BANK,
  TODAY,
  YESTERDAY,
  changed,
  idOf,
  unsaltedOf,
} from '../support/facts.js';
import {
  all,
  callerOf,
  gone,
  neighbour,
  neighbourBank,
  outcomeOf,
  party,
  put,
  record,
  sceneOf,
  taken,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { FACE_ROWS, LINE_ROWS } from '../support/vouching.js';
import { confirm } from './confirm.case.js';

const [ONE, TWO] = [idOf('bank', 'issuer', 'certificate', 1), idOf('bank', 'issuer', 'certificate', 2)];
const ticketId = idOf('bank', 'bank', 'own-ticket');
const scene = sceneOf(
  'certificate:confirm',
  callerOf('bank', ['checker']),
  { certificateIds: [ONE, TWO], lineId: LINE.id, ticketId },
  { shown: [LINE, changed(FACE, { id: ONE, amount: '500' }), changed(FACE, { id: TWO, amount: '100' })] },
);
const face = (changes: Partial<typeof FACE.record>): ReturnType<typeof all> => record('face', changes, 1);
const both = { in: [MSP.bank, MSP.issuer], policy: 'BankMSP & IssuerMSP' };

describeCommand({
  of: confirm,
  scene,
  books: [
    [
      'CONFIRMATION_EXISTS',
      'the second is confirmed or rejected',
      taken(MSP.bank, 'confirmation', TWO),
      { kind: 'confirmation', id: TWO, index: '1' },
    ],
  ],
  unvouched: [...FACE_ROWS, ...LINE_ROWS],
  rules: [
    ['PARTY_ROLE', 'the issuer is suspended', party('issuer', { status: 'SUSPENDED' }), { role: 'issuer' }],
    ['DUE_DATE_PAST', 'the second is due today', face({ dueDate: TODAY }), { index: '1' }],
    ['DUE_DATE_PAST', 'the second was due', face({ dueDate: YESTERDAY })],
    [
      'LINE_FOREIGN',
      'the second is of another issuer of the organisation',
      all(neighbour(MSP.issuer, 'issuer'), face({ issuer: NEIGHBOUR })),
      { lineId: LINE.id, index: '1' },
    ],
    [
      'LINE_FOREIGN',
      'the second is of another bank of the organisation',
      all(neighbourBank(MSP.bank), face({ bank: NEIGHBOUR_BANK })),
    ],
    ['CURRENCY_MISMATCH', 'the second is in another currency', face({ currency: 'CNY' }), { index: '1' }],
    [
      'LINE_EXPIRED',
      'the second is due after the line ends',
      face({ dueDate: '2028-01-01' }),
      { lineId: LINE.id, index: '1' },
    ],
    [
      'LINE_EXCEEDED',
      'the two together are one unit too much',
      face({ amount: '101' }),
      { lineId: LINE.id, index: '1' },
    ],
  ],
  writes: {
    ...put('confirmation', ONE, unsaltedOf(CONFIRMATION, { id: ONE }), both),
    ...put('confirmation', TWO, unsaltedOf(CONFIRMATION, { id: TWO }), both),
    ...put('line', LINE.id, unsaltedOf(LINE, { utilised: '1000' }), { in: [MSP.bank], copies: [MSP.issuer] }),
    ...gone('ticket', ticketId, MSP.bank),
  },
});

it('counts what each of a batch draws behind the one before', async () => {
  expect(await outcomeOf(record('face', { amount: '601' }, 0)(scene))).toEqual({
    refused: 'LINE_EXCEEDED',
    data: { lineId: LINE.id, index: '0' },
  });
});
