/** A batch ends without anything changing hands: when it was agreed and expired and no money was sent, or when somebody declined it before. */
import { describe, expect, it } from '@jest/globals';
import {
  ABORTED,
  AFTER_END,
  AGREED,
  BATCH_END,
  BATCH_ID,
  COMMITTED,
  covered,
  CREDIT_ROW,
  LEG_IDS,
  LEG_REMITTANCE,
  proofOf,
  refusalOf,
  SHEET,
  SLICE_ROW,
  stands,
  SUPPLIER_APPROVAL,
} from '../support/batchFacts.js';
import { MSP, unsaltedOf } from '../support/facts.js';
import { enteredBy } from '../support/places.js';
import {
  absent,
  all,
  as,
  callerOf,
  codeOf,
  instead,
  on,
  put,
  request,
  sceneOf,
  secret,
  taken,
  without,
  writtenBy,
  type Written,
} from '../support/scene.js';
import { BY_ANYBODY, describeCommand, operatorRows, type Row } from '../support/table.js';
import { COVER_ROWS, OUTCOME_ROWS, SHEET_ROWS } from '../support/wholeBatch.js';
import { abort } from './abort.case.js';

const caller = callerOf('supplier', ['maker']);
const agreed = sceneOf('batch:abort', caller, { legIds: LEG_IDS }, { shown: [AGREED], date: AFTER_END });
/** The contractor, which takes the slice, does not want the batch. */
const declined = all(
  covered(SLICE_ROW),
  stands(MSP.contractor, 'approval', refusalOf(MSP.contractor)),
)(sceneOf('batch:abort', caller, { legIds: LEG_IDS }, { secret: { sheet: SHEET, declinedBy: MSP.contractor } }));
const written = (...copies: string[]): Written =>
  put('outcome', BATCH_ID, unsaltedOf(ABORTED), {
    ...{ in: [MSP.bank, MSP.otherBank], copies, policy: 'BankMSP & OtherBankMSP' },
  });
const everywhere = written(MSP.contractor, MSP.supplier);
const entered = [MSP.bank, MSP.contractor, MSP.otherBank];
const sent = stands(MSP.bank, 'remittance', LEG_REMITTANCE.record);
const credited = stands(MSP.otherBank, 'proof', proofOf(CREDIT_ROW, 'CREDITED'));
const denied = stands(MSP.otherBank, 'proof', proofOf(CREDIT_ROW, 'NOT_RECEIVED'));
const STRANGER: Row = [
  'CALLER_NOT_ALLOWED',
  'the caller has nothing to do with the batch',
  as(callerOf('issuer', ['checker'])),
];

describe('an agreed batch', () => {
  describeCommand({
    of: { ...abort, ...BY_ANYBODY, unopened: { outcome: 'OUTCOME_EXISTS' } },
    scene: agreed,
    elsewhere: ['NOT_ALLOCATED'],
    books: [
      ['SHEET_MISMATCH', 'neither outcome nor sheet are shown', without('outcome')],
      ['OUTCOME_EXISTS', 'the outcome is hidden', all(without('outcome'), taken(MSP.bank, 'outcome', BATCH_ID))],
      ['FUNDS_SENT', 'money was sent', sent, { kind: 'remittance', id: CREDIT_ROW.id }],
      ['FUNDS_SENT', 'money was sent and came', all(sent, credited)],
      ['FUNDS_SENT', 'money came that nobody had reported', credited],
    ],
    callers: operatorRows('supplier'),
    rules: [
      STRANGER,
      ['STATE', 'it was committed', instead(COMMITTED), { state: 'COMMITTED' }],
      ['STATE', 'it was aborted already', instead(ABORTED), { state: 'ABORTED' }],
      ['BATCH_OPEN', 'it is the last day', on(BATCH_END)],
      [
        'BATCH_OPEN',
        'it is the last day, and somebody would rather not',
        all(on(BATCH_END), secret({ declinedBy: MSP.contractor })),
      ],
    ],
    writes: everywhere,
    enters: entered,
  });

  it('is aborted although money was sent, once the bank of the payee says that none came', async () => {
    expect(await writtenBy(all(sent, denied)(agreed))).toEqual(everywhere);
    expect(await writtenBy(denied(agreed))).toEqual(everywhere);
  });
});

describe('a batch that somebody declined', () => {
  const [released = STRANGER, ...marked] = COVER_ROWS.filter(([, what]) => !/CREDIT|BLOCK/.test(what));

  describeCommand({
    of: { ...abort, ...BY_ANYBODY },
    scene: declined,
    elsewhere: ['FUNDS_SENT', 'STATE'],
    books: [
      ...SHEET_ROWS,
      ['SHEET_MISMATCH', 'there is no sheet', secret({ sheet: undefined })],
      ...OUTCOME_ROWS,
      ...[released, ...marked],
      [
        'BATCH_OPEN',
        'it is silent',
        absent(MSP.contractor, 'approval', BATCH_ID),
        { kind: 'approval', id: BATCH_ID, mspId: MSP.contractor },
      ],
      ['BATCH_OPEN', 'another organisation declined', all(covered(...SHEET), secret({ declinedBy: MSP.supplier }))],
      [
        'BATCH_OPEN',
        'it has approved',
        all(
          stands(MSP.supplier, 'approval', SUPPLIER_APPROVAL),
          secret({ declinedBy: MSP.supplier }),
          covered(...SHEET),
        ),
      ],
    ],
    callers: operatorRows('supplier'),
    rules: [
      STRANGER,
      ['BATCH_OPEN', 'nobody is named who declined it', secret({ declinedBy: undefined })],
      [
        'BATCH_OPEN',
        'a bank that neither gives nor takes has declined it',
        all(secret({ declinedBy: MSP.bank }), stands(MSP.bank, 'approval', refusalOf(MSP.bank))),
      ],
    ],
    writes: everywhere,
    enters: entered,
  });

  it('is aborted by the word of whoever gives, where nobody else has allocated anything', async () => {
    const byGiver = all(
      ...[absent(MSP.bank, 'cover', SLICE_ROW.id), secret({ declinedBy: MSP.supplier }), covered(...SHEET.slice(1))],
      stands(MSP.supplier, 'approval', refusalOf(MSP.supplier)),
    );
    expect(await writtenBy(byGiver(declined))).toEqual(everywhere);
  });

  it('is aborted whatever became of the money: nobody was asked to send any', async () => {
    expect(await codeOf(all(sent, on(AFTER_END))(declined))).toBe('taken');
  });
});

it('is aborted in the registers alone, where nobody else is to be waited for, and enters no more books', async () => {
  const alone = request({ books: 'register' })(agreed);
  expect(await writtenBy(alone)).toEqual(written());
  expect(Object.keys(await enteredBy(alone)).sort()).toEqual([MSP.bank, MSP.otherBank]);
});
