/** Before it pays, the funder says that it registered the financing. */
import { expect, it } from '@jest/globals';
import {
  ACCEPTANCE,
  BANK,
  changed,
  FINANCING_REQUEST,
  HASH,
  idOf,
  MSP,
  QUOTE,
  REGISTRATION,
  TODAY,
  TOMORROW,
  unsaltedOf,
} from '../support/facts.js';
import { all, callerOf, codeOf, instead, on, party, put, record, sceneOf, secret, taken } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { QUOTE_ROWS } from '../support/vouching.js';
import { register } from './register.case.js';

const { id: requestId } = FINANCING_REQUEST;
const { registrationNo } = REGISTRATION.record;
const scene = sceneOf(
  'financing:register',
  callerOf('otherBank', ['maker']),
  { requestId },
  { secret: { registrationNo, searchedOn: TODAY }, shown: [ACCEPTANCE, QUOTE] },
);

/** The holder wrote into its own book that it accepted a quote for another request. */
const ANOTHER = changed(QUOTE, { requestId: idOf('supplier', 'supplier', 'request', 2) });
const otherRequest = all(instead(ANOTHER), record('acceptance', { quoteHash: ANOTHER.hash }));

describeCommand({
  of: register,
  scene,
  party: 'otherBank',
  books: [['REGISTRATION_EXISTS', 'it was registered before', taken(MSP.otherBank, 'registration', requestId)]],
  unvouched: [
    ['OPENING_MISMATCH', 'the acceptance names another register', record('acceptance', { holderMsp: MSP.contractor })],
    ...QUOTE_ROWS,
  ],
  rules: [
    ['FINANCING_MISMATCH', 'another quote was accepted', record('acceptance', { quoteHash: HASH })],
    ['FINANCING_MISMATCH', 'the quote is for another request', otherRequest],
    ['FINANCING_MISMATCH', 'the acceptance is of another holder', record('acceptance', { holder: BANK })],
    ['VALUE_DATE', 'the registry was searched tomorrow', secret({ searchedOn: TOMORROW })],
  ],
  writes: put('registration', requestId, unsaltedOf(REGISTRATION), { in: [MSP.otherBank] }),
});

it('is said whoever is suspended', async () => {
  const names = ['otherBank', 'supplier', 'bank'] as const;
  const suspended = all(on(TOMORROW), ...names.map((name) => party(name, { status: 'SUSPENDED' })));
  expect(await codeOf(suspended(scene))).toBe('taken');
});
