/** A line is opened under four eyes by the bank, unused, in both books. */
import { expect, it } from '@jest/globals';
import { BANK, idOf, ISSUER, LINE, MSP, TODAY, TOMORROW, unsaltedOf } from '../support/facts.js';
import { callerOf, codeOf, gone, party, put, request, sceneOf, secret, taken } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { open } from './open.case.js';

const ID = idOf('bank', 'bank', 'own-line');
const ticketId = idOf('bank', 'bank', 'own-ticket');
const asked = { limit: '1000', expiresOn: TOMORROW, revolving: false, autoConfirm: true };

const scene = sceneOf(
  'line:open',
  callerOf('bank', ['checker']),
  { lineId: ID, ticketId },
  {
    secret: { bank: BANK, issuer: ISSUER, currency: 'USD', ...asked },
  },
);

describeCommand({
  of: open,
  scene,
  books: [
    ['ID_TAKEN', 'the id is used already', taken(MSP.bank, 'line', ID), { kind: 'line', id: ID }],
    ['ID_FOREIGN', 'the id is drawn by another', request({ lineId: idOf('bank', 'issuer', 'line') })],
    ['ID_FOREIGN', 'the id names another book', request({ lineId: idOf('otherBank', 'bank', 'line') })],
  ],
  rules: [
    ['PARTY_ROLE', 'the bank is none', party('bank', { roles: ['operator', 'issuer', 'supplier'] }), { role: 'bank' }],
    ['PARTY_ROLE', 'the issuer is none', party('issuer', { roles: ['supplier', 'bank'] }), { role: 'issuer' }],
    ['PARTY_ROLE', 'the issuer is suspended', party('issuer', { status: 'SUSPENDED' })],
    [
      'SAME_ORGANIZATION',
      'issuer and bank live in one organisation',
      party('issuer', { mspId: MSP.bank }),
      { mspId: MSP.bank },
    ],
    ['LINE_EXPIRED', 'it ends today', secret({ expiresOn: TODAY }), { lineId: ID }],
    ['LINE_TERM', 'it ends a day after ten years', secret({ expiresOn: '2036-11-24' })],
  ],
  writes: {
    ...put('line', ID, unsaltedOf(LINE, { id: ID, ...asked, utilised: '0' }), { in: [MSP.bank], copies: [MSP.issuer] }),
    ...gone('ticket', ticketId, MSP.bank),
  },
  enters: [MSP.issuer],
});

it('is opened for ten years at most', async () => {
  expect(await codeOf(secret({ expiresOn: '2036-11-23' })(scene))).toBe('taken');
});
