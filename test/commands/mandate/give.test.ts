/** A mandate is given under four eyes by the holder, and the bank reads it. */
import { expect, it } from '@jest/globals';
import {
  ACCOUNT,
  BANK,
  CONTRACTOR,
  idOf,
  MANDATE,
  MSP,
  SUPPLIER,
  TERMS,
  TODAY,
  unsaltedOf,
  YESTERDAY,
} from '../support/facts.js';
import { callerOf, codeOf, gone, party, put, request, sceneOf, secret, taken, writtenBy } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { give } from './give.case.js';

const ID = idOf('supplier', 'supplier', 'own-mandate');
const ticketId = idOf('supplier', 'supplier', 'own-ticket');
const scene = sceneOf(
  'mandate:give',
  callerOf('supplier', ['checker']),
  { mandateId: ID, ticketId },
  { secret: { holder: SUPPLIER, bank: BANK, payeeBank: BANK, account: ACCOUNT, until: TODAY } },
);
const given = (changes: Partial<typeof MANDATE.record> = {}): ReturnType<typeof put> =>
  put('mandate', ID, unsaltedOf(MANDATE, { id: ID, until: TODAY, ...changes }), {
    in: [MSP.supplier],
    copies: [MSP.bank],
  });

describeCommand({
  of: give,
  suspended: 'PARTY_ROLE',
  scene,
  books: [
    ['ID_TAKEN', 'the id is used already', taken(MSP.supplier, 'mandate', ID), { kind: 'mandate', id: ID }],
    ['ID_FOREIGN', 'the id is drawn by another', request({ mandateId: idOf('supplier', 'contractor', 'mandate') })],
    ['ID_FOREIGN', 'the id names another book', request({ mandateId: idOf('bank', 'supplier', 'mandate') })],
  ],
  rules: [
    ['PARTY_ROLE', 'the bank is none', secret({ bank: CONTRACTOR }), { role: 'bank' }],
    ['PARTY_ROLE', 'the bank is suspended', party('bank', { status: 'SUSPENDED' }), { role: 'bank' }],
    ['PARTY_ROLE', 'the bank of the payee is none', secret({ payeeBank: CONTRACTOR }), { role: 'bank' }],
    [
      'MANDATE_SCOPE',
      'the certificate is of another bank',
      secret({ certificateId: idOf('otherBank', 'issuer', 'certificate') }),
    ],
    ['MANDATE_ENDED', 'it ended yesterday', secret({ until: YESTERDAY })],
    ['MANDATE_TERM', 'it ends a day after two years', secret({ until: '2028-11-24' })],
  ],
  writes: { ...given(), ...gone('ticket', ticketId, MSP.supplier) },
  enters: [MSP.bank],
});

it('is given for two years at most', async () => {
  expect(await codeOf(secret({ until: '2028-11-23' })(scene))).toBe('taken');
});

it('is given for one certificate alone', async () => {
  const certificateId = TERMS.id;
  expect(await writtenBy(secret({ certificateId })(scene))).toMatchObject(given({ certificateId }));
});
