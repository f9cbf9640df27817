/** The payee says that it has the money: needed where its bank is the payer's, and then the bank alone can end it. */
import { expect, it } from '@jest/globals';
import {
  ACKNOWLEDGEMENT,
  DUE,
  FOREIGN_PRESENTMENT,
  MSP,
  OTHER_UETR,
  PRESENTMENT,
  presented,
  SLICE,
  TERMS,
  UETR,
  unsaltedOf,
} from '../support/facts.js';
import { all, as, callerOf, codeOf, instead, put, record, sceneOf, taken } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { PRESENTMENT_BANK_ROWS, PRESENTMENT_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { FOREIGN_ROWS, OF_ANOTHER_BANK, PRESENTED_OTHERWISE, TRANSFER_OF_THAT_ID } from './foreign.js';
import { acknowledge } from './acknowledge.case.js';

const scene = sceneOf(
  'presentment:acknowledge',
  callerOf('supplier', ['maker', 'checker']),
  { presentmentId: PRESENTMENT.id, uetr: UETR },
  {
    ...{ shown: [PRESENTMENT, presented(PRESENTMENT), TERMS], date: DUE },
  },
);

describeCommand({
  of: acknowledge,
  scene,
  books: [
    [
      'ACKNOWLEDGEMENT_EXISTS',
      'it was said already',
      taken(MSP.supplier, 'acknowledgement', PRESENTMENT.id),
      { kind: 'acknowledgement', id: PRESENTMENT.id },
    ],
  ],
  unvouched: [...PRESENTMENT_ROWS, ...PRESENTMENT_BANK_ROWS, ...SLICE_ROWS],
  loose: [...FOREIGN_ROWS, OF_ANOTHER_BANK],
  rules: [
    ['ACKNOWLEDGEMENT_UNNEEDED', 'another bank attests', instead(FOREIGN_PRESENTMENT), { bank: MSP.otherBank }],
    PRESENTED_OTHERWISE,
    [
      'STATE',
      'the slice has no lock',
      record('slice', { lock: null }),
      { state: 'PRESENTED', sliceId: SLICE.id, index: '0' },
    ],
    ['STATE', 'the slice is locked for a transfer of that id', record('slice', { lock: TRANSFER_OF_THAT_ID })],
    ['STATE', 'it was acknowledged', record('slice', { state: 'ACKNOWLEDGED' })],
    ['STATE', 'it is paid', record('slice', { state: 'PAID' })],
  ],
  writes: {
    ...put('acknowledgement', PRESENTMENT.id, unsaltedOf(ACKNOWLEDGEMENT), {
      ...{ in: [MSP.supplier], copies: [MSP.bank], policy: 'BankMSP & SupplierMSP' },
    }),
    ...put('slice', SLICE.id, unsaltedOf(presented(PRESENTMENT), { state: 'ACKNOWLEDGED' }), {
      ...{ in: [MSP.bank], copies: [MSP.supplier], policy: 'BankMSP' },
    }),
  },
});

it('takes the place of an earlier word, once the bank has reopened the presentment', async () => {
  const reopened = { ...scene, shown: [...scene.shown, ACKNOWLEDGEMENT] };
  expect(await codeOf(record('acknowledgement', { uetr: OTHER_UETR })(reopened))).toBe('taken');
  expect(await codeOf(reopened)).toBe('taken');
  expect(await codeOf(record('slice', { state: 'ACKNOWLEDGED' })(reopened))).toBe('STATE');
});

it('is refused to the bank: nobody says it for the payee', async () => {
  expect(await codeOf(all(as(callerOf('bank', ['maker'])))(scene))).toBe('CALLER_NOT_ALLOWED');
});
