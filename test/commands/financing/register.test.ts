/** Before it pays, the funder says that it registered the financing. */
import { expect, it } from '@jest/globals';
import {
  ACCEPTANCE,
  FINANCING_REQUEST,
  MSP,
  REGISTRATION,
  SUPPLIER,
  TODAY,
  TOMORROW,
  unsaltedOf,
} from '../support/facts.js';
import { all, callerOf, codeOf, on, party, put, record, sceneOf, secret, taken } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { nobody } from '../support/vouching.js';
import { register } from './register.case.js';

const { id: requestId } = FINANCING_REQUEST;
const { registrationNo } = REGISTRATION.record;
const scene = sceneOf(
  'financing:register',
  callerOf('otherBank', ['maker']),
  { requestId },
  { secret: { registrationNo, searchedOn: TODAY }, shown: [ACCEPTANCE] },
);

describeCommand({
  of: register,
  scene,
  party: 'otherBank',
  books: [['REGISTRATION_EXISTS', 'it was registered before', taken(MSP.otherBank, 'registration', requestId)]],
  unvouched: [
    ['OPENING_MISMATCH', 'the acceptance names another register', record('acceptance', { holderMsp: MSP.contractor })],
    ['PARTY_UNKNOWN', 'the funder is not registered', nobody('otherBank')],
  ],
  rules: [['VALUE_DATE', 'the registry was searched tomorrow', secret({ searchedOn: TOMORROW })]],
  writes: put('registration', requestId, unsaltedOf(REGISTRATION), { in: [MSP.otherBank] }),
});

it('is said by the funder alone, whoever is suspended', async () => {
  expect(await codeOf(record('acceptance', { funder: SUPPLIER, funderMsp: MSP.supplier })(scene))).toBe(
    'CALLER_NOT_ALLOWED',
  );
  const names = ['otherBank', 'supplier', 'bank'] as const;
  const suspended = all(on(TOMORROW), ...names.map((name) => party(name, { status: 'SUSPENDED' })));
  expect(await codeOf(suspended(scene))).toBe('taken');
});
