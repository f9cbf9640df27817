/** A funder counts on its own limits what it is to settle by one call, where nobody else looks. */
import { expect, it } from '@jest/globals';
import {
  AT_ONCE,
  BANK_FINANCED,
  BANK_ISSUER_LIMIT,
  BANK_QUOTE,
  BANK_SECRET,
  BANK_SELLER_LIMIT,
  OTHER_ROOT,
  SECOND,
  SETTLING_IDS,
  SETTLING_ROWS,
  UNLIMITED,
  UNVOUCHED,
} from '../support/atOnceFacts.js';
import { changed, idOf, MSP, SLICE, TERMS, unsaltedOf } from '../support/facts.js';
import { batchIdOf } from '../support/relinked.js';
import {
  callerOf,
  codeOf,
  gone,
  outcomeOf,
  put,
  record,
  sceneOf,
  taken,
  without,
  writtenBy,
  type Scene,
} from '../support/scene.js';
import { describeCommand, type Row } from '../support/table.js';
import { reserve } from './reserve.case.js';

const requestId = AT_ONCE.id;
const ticketId = idOf('bank', 'bank', 'own-ticket');
const opened = [AT_ONCE, BANK_QUOTE, SLICE, TERMS, SECOND, OTHER_ROOT];
const limits = [BANK_SECRET, BANK_SELLER_LIMIT, BANK_ISSUER_LIMIT];
const sceneWith = (...more: readonly (typeof BANK_FINANCED)[]): Scene =>
  sceneOf(
    'financing:reserve',
    callerOf('bank', ['checker']),
    { requestId, ticketId },
    { shown: [...opened, ...limits, ...more] },
  );
const scene = sceneWith();
const own = { in: [MSP.bank] };
const spent = gone('ticket', ticketId, MSP.bank);
const settled = (kind: 'leg' | 'outcome', id: string): Row => [
  ...(['FINANCING_SETTLED', `the ${kind} ${id} stands`, taken(MSP.bank, kind, id), { kind, id }] as const),
];

describeCommand({
  of: reserve,
  scene,
  books: [...SETTLING_IDS.map((id) => settled('leg', id)), settled('outcome', batchIdOf(SETTLING_IDS))],
  unvouched: UNVOUCHED,
  rules: [
    ...SETTLING_ROWS,
    [
      'FUNDING_EXCEEDED',
      'the price is a cent more than is left for the seller',
      record('fundingLimit', { limit: '1290' }, 0),
      { what: 'SELLER' },
    ],
  ],
  elsewhere: ['BATCH_SIZE'],
  writes: {
    ...put('fundingLimit', BANK_SELLER_LIMIT.id, unsaltedOf(BANK_SELLER_LIMIT, { utilised: '1291' }), own),
    ...put('fundingLimit', BANK_ISSUER_LIMIT.id, unsaltedOf(BANK_ISSUER_LIMIT, { utilised: '1484' }), own),
    ...put('financed', BANK_QUOTE.id, unsaltedOf(BANK_FINANCED), own),
    ...spent,
  },
});

it('leaves out no limit that the book holds', async () => {
  expect(await codeOf(taken(MSP.bank, 'fundingLimit', BANK_ISSUER_LIMIT.id)(without('fundingLimit')(scene)))).toBe(
    'OPENING_MISSING',
  );
  expect(await codeOf(taken(MSP.bank, 'creditSecret', 'limits')(UNLIMITED(scene)))).toBe('OPENING_MISSING');
  expect(await codeOf(taken(MSP.bank, 'financed', BANK_QUOTE.id)(scene))).toBe('OPENING_MISSING');
});

it('leaves the mark also where there is no limit for these, so that the holder cannot tell', async () => {
  for (const unlimited of [without('fundingLimit')(scene), UNLIMITED(scene)])
    expect(await writtenBy(unlimited)).toEqual({
      ...put('financed', BANK_QUOTE.id, unsaltedOf(BANK_FINANCED, { limitIds: [] }), own),
      ...spent,
    });
});

it('counts once, in however many ways it is tried', async () => {
  const before = changed(BANK_FINANCED, { legIds: [idOf('bank', 'supplier', 'leg'), idOf('bank', 'bank', 'leg')] });
  expect(await outcomeOf(sceneWith(before))).toEqual({
    written: { ...put('financed', BANK_QUOTE.id, unsaltedOf(BANK_FINANCED), own), ...spent },
  });
});
