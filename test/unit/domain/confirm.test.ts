/** The bank's word: a confirmation draws the line for all or none, a rejection needs the bank alone. */
import { describe, expect, it } from '@jest/globals';
import { confirm, reject, type ConfirmFacts, type RejectFacts } from '../../../chaincode/src/domain/confirm.js';
import { codeOf } from '../protocol/support.js';
import {
  callerOf,
  changed,
  CONFIRMATION,
  CONTRACTOR,
  FACE,
  idOf,
  LINE,
  MSP,
  OTHER_BANK,
  REJECTION,
  TICKET,
  TODAY,
  unsaltedOf,
} from './facts.js';
import { refusesInOrder } from './refusals.js';
import { wrongCallers, wrongTickets } from './wrongs.js';

const [ONE, TWO] = [idOf('certificate', 1), idOf('certificate', 2)];
const faceOf = (id: string, amount: string): typeof FACE => changed(FACE, { id, amount });
const GOOD: ConfirmFacts = {
  ...{
    caller: callerOf('bank'),
    line: LINE,
    faces: [faceOf(ONE, '500'), faceOf(TWO, '100')],
    ticket: TICKET,
    businessDate: TODAY,
  },
};
const run = (facts: ConfirmFacts): ReturnType<typeof confirm> =>
  confirm({ certificateIds: [ONE, TWO], lineId: LINE.id, ticketId: TICKET.opened.id }, facts);
const second = (changes: Partial<typeof FACE.record>) => (facts: ConfirmFacts) => ({
  ...facts,
  faces: facts.faces.map((face, index) => (index === 1 ? changed(face, changes) : face)),
});

describe('confirm', () => {
  refusesInOrder<ConfirmFacts>(run, GOOD, [
    ...wrongCallers<ConfirmFacts>('bank', ['checker'], (caller) => (facts) => ({ ...facts, caller })),
    ...wrongTickets<ConfirmFacts>((change) => (facts) => ({ ...facts, ticket: change(facts.ticket) })),
    [
      'SAME_ORGANIZATION',
      'the line is of a bank to its own organisation',
      (facts) => ({ ...facts, line: changed(facts.line, { issuerMsp: MSP.bank }) }),
      { mspId: MSP.bank },
    ],
    ['BATCH_MIXED', 'the second is of another issuer', second({ issuer: CONTRACTOR })],
    ['BATCH_MIXED', 'the second names another bank', second({ bank: OTHER_BANK })],
    ['BATCH_MIXED', "the second stands in the bank's book alone", second({ issuerMsp: MSP.bank })],
    ['BATCH_MIXED', 'the second names another register', second({ bankMsp: MSP.otherBank })],
    ['CURRENCY_MISMATCH', 'the second is in another currency', second({ currency: 'CNY' })],
    ['LINE_EXPIRED', 'the second is due after the line ends', second({ dueDate: '2028-01-01' })],
    ['LINE_EXCEEDED', 'the two together are one unit too much', second({ amount: '101' })],
  ]);

  it('writes one root for each, draws the line once, and spends the ticket', () => {
    const policy = { all: [MSP.issuer, MSP.bank] };
    const roots = [
      { mspId: MSP.bank, policy },
      { mspId: MSP.issuer, policy },
    ];
    const root = (id: string): object => ({
      op: 'put',
      kind: 'confirmation',
      id,
      record: { ...unsaltedOf(CONFIRMATION), id },
      books: roots,
    });
    expect(run(GOOD)).toEqual({
      writes: [
        root(ONE),
        root(TWO),
        {
          op: 'put',
          kind: 'line',
          id: LINE.id,
          record: { ...LINE.record, utilised: '1000' },
          books: [{ mspId: MSP.bank }, { mspId: MSP.issuer }],
        },
        { op: 'delete', kind: 'ticket', id: TICKET.opened.id, books: [{ mspId: MSP.bank }] },
      ],
    });
  });

  it('names the item that does not fit', () => {
    expect(codeOf(() => run(second({ amount: '101' })(GOOD)), true)).toEqual([
      'LINE_EXCEEDED',
      { lineId: LINE.id, index: '1' },
    ]);
    expect(codeOf(() => run({ ...GOOD, faces: [changed(FACE, { currency: 'CNY' })] }), true)).toEqual([
      'CURRENCY_MISMATCH',
      { lineId: LINE.id, index: '0' },
    ]);
  });
});

describe('reject', () => {
  const good: RejectFacts = { caller: callerOf('bank'), face: FACE };
  const say = (facts: RejectFacts): unknown => reject({ certificateId: FACE.id }, facts);
  refusesInOrder<RejectFacts>(
    say,
    good,
    wrongCallers<RejectFacts>('bank', ['maker', 'checker'], (caller) => (facts) => ({ ...facts, caller })),
  );

  it('is written by the bank alone, so that nobody can stall it', () => {
    const write = {
      op: 'put',
      kind: 'confirmation',
      id: FACE.id,
      record: unsaltedOf(REJECTION),
      books: [{ mspId: MSP.bank }],
    };
    expect(say(good)).toEqual({ writes: [write] });
  });
});
