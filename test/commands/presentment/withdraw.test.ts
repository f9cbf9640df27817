/** The holder takes its presentment back while neither bank knows of a payment. */
import { expect, it } from '@jest/globals';
import { DUE, FOREIGN_PRESENTMENT, MSP, PRESENTMENT, presented, SLICE, TERMS, unsaltedOf } from '../support/facts.js';
import { all, as, callerOf, codeOf, put, record, request, sceneOf, taken, writtenBy } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { PRESENTMENT_BANK_ROWS, PRESENTMENT_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { FOREIGN_ROWS, OF_ANOTHER_BANK, PRESENTED_OTHERWISE, TRANSFER_OF_THAT_ID } from './foreign.js';
import { withdraw } from './withdraw.case.js';

const asked = { presentmentId: PRESENTMENT.id };
const holder = callerOf('supplier', ['maker', 'checker']);
const scene = sceneOf('presentment:withdraw', holder, asked, {
  ...{ shown: [PRESENTMENT, presented(PRESENTMENT), TERMS], date: DUE },
});
const elsewhere = sceneOf('presentment:withdraw', holder, asked, {
  ...{ shown: [FOREIGN_PRESENTMENT, presented(FOREIGN_PRESENTMENT), TERMS], date: DUE },
});
const withdrawn = (from: typeof PRESENTMENT, ...copies: string[]): ReturnType<typeof put> =>
  put('presentment', PRESENTMENT.id, unsaltedOf(from, { state: 'WITHDRAWN' }), {
    ...{ in: [MSP.supplier], copies, policy: 'BankMSP & SupplierMSP' },
  });
const freed = put('slice', SLICE.id, unsaltedOf(SLICE), {
  ...{ in: [MSP.bank], copies: [MSP.supplier], policy: 'BankMSP & SupplierMSP' },
});

describeCommand({
  of: withdraw,
  scene,
  books: [
    [
      'PAYMENT_PENDING',
      "the payer's bank reported a payment",
      taken(MSP.bank, 'remittance', PRESENTMENT.id),
      { kind: 'remittance', id: PRESENTMENT.id },
    ],
    [
      'PAYMENT_PENDING',
      "the payee's bank attested a credit",
      taken(MSP.bank, 'receipt', PRESENTMENT.id),
      { kind: 'receipt', id: PRESENTMENT.id },
    ],
  ],
  unvouched: [...PRESENTMENT_ROWS, ...PRESENTMENT_BANK_ROWS, ...SLICE_ROWS],
  loose: [...FOREIGN_ROWS, OF_ANOTHER_BANK],
  rules: [
    PRESENTED_OTHERWISE,
    ['STATE', 'the slice has no lock', record('slice', { lock: null })],
    ['STATE', 'the slice is locked for a transfer of that id', record('slice', { lock: TRANSFER_OF_THAT_ID })],
    ['STATE', 'it was acknowledged', record('slice', { state: 'ACKNOWLEDGED' })],
    ['STATE', 'it is paid', record('slice', { state: 'PAID' })],
  ],
  writes: { ...withdrawn(PRESENTMENT, MSP.bank), ...freed },
});

it('is refused to the bank: nobody takes it back for the holder', async () => {
  expect(await codeOf(all(as(callerOf('bank', ['maker'])))(scene))).toBe('CALLER_NOT_ALLOWED');
});

it("asks for the marks in the book of the payer's bank alone: another bank cannot hold the slices by a mark of its own", async () => {
  expect(await codeOf(taken(MSP.bank, 'receipt', PRESENTMENT.id)(elsewhere))).toBe('PAYMENT_PENDING');
  expect(await writtenBy(taken(MSP.otherBank, 'receipt', PRESENTMENT.id)(elsewhere))).toEqual({
    ...withdrawn(FOREIGN_PRESENTMENT, MSP.bank, MSP.otherBank),
    ...freed,
  });
});

it("leaves the copy of a payee's bank that is silent as it is", async () => {
  expect(await writtenBy(request({ books: 'register' })(elsewhere))).toEqual({
    ...withdrawn(FOREIGN_PRESENTMENT, MSP.bank),
    ...freed,
  });
});
