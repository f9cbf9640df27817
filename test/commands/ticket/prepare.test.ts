/** A maker writes down what a checker may run, only in its organisation's own book. */
import { expect, it } from '@jest/globals';
import { BANK, idOf, MSP, TODAY, YESTERDAY } from '../support/facts.js';
import { identityOf } from '../support/people.js';
import { callerOf, codeOf, party, put, registered, request, sceneOf, secret, taken } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { prepare } from './prepare.case.js';

const ID = idOf('bank', 'bank', 'own-ticket');
const caller = callerOf('bank', ['maker'], 'maker');
const asked = { party: BANK, command: 'line:open', payload: '{"private":{},"request":{}}', expiresOn: TODAY };
const scene = sceneOf('ticket:prepare', caller, { ticketId: ID }, { secret: asked });

describeCommand({
  of: prepare,
  scene,
  books: [
    ['ID_TAKEN', 'the id is used already', taken(MSP.bank, 'ticket', ID)],
    ['ID_FOREIGN', 'the id is drawn by another', request({ ticketId: idOf('bank', 'issuer', 'ticket') })],
    ['ID_FOREIGN', 'the id names another book', request({ ticketId: idOf('issuer', 'bank', 'ticket') })],
  ],
  unvouched: [['PARTY_UNKNOWN', 'the party is not registered', registered(`party/${BANK}`, undefined)]],
  rules: [
    ['TICKET_EXPIRED', 'it would expire yesterday', secret({ expiresOn: YESTERDAY }), { ticketId: ID }],
    ['TICKET_TERM', 'it would expire in thirty-one days', secret({ expiresOn: '2026-12-24' }), { ticketId: ID }],
  ],
  writes: put(
    'ticket',
    ID,
    { schema: 'tenor.ticket/1', id: ID, maker: identityOf(caller), ...asked },
    { in: [MSP.bank] },
  ),
});

it('is for thirty days at most', async () => {
  expect(await codeOf(secret({ expiresOn: '2026-12-23' })(scene))).toBe('taken');
});

it('is open to a suspended party: what it prepares is refused to its checker', async () => {
  expect(await codeOf(party('bank', { status: 'SUSPENDED' })(scene))).toBe('taken');
});

it('needs a business date', async () => {
  expect(await codeOf(registered('businessDate', undefined)(scene))).toBe('BUSINESS_DATE_MISSING');
});
