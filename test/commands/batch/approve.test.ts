/** A party approves everything that it gives and takes: under four eyes, bound to the bytes of these legs, and while they are allocated. */
import { describe, expect, it } from '@jest/globals';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import {
  AFTER_END,
  approvalOf,
  approved,
  ALLOCATED_SLICE,
  BATCH_END,
  BATCH_ID,
  BLOCK_LEG,
  BLOCK_ROW,
  CONTRACTOR_APPROVAL,
  covered,
  CREDIT_LEG,
  CREDIT_ROW,
  LEG_IDS,
  OTHER_LEG_ID,
  refusalOf,
  rowOf,
  SETTLEMENT_LOCK,
  SHEET,
  SLICE_LEG,
  SLICE_ROW,
  SUPPLIER_APPROVAL,
} from '../support/batchFacts.js';
import {
  ACCEPTANCE,
  CONTRACTOR,
  MSP,
  NEIGHBOUR,
  QUOTE,
  SLICE,
  SUPPLIER,
  TERMS,
  idOf,
  opened,
} from '../support/facts.js';
import { batchIdOf } from '../support/relinked.js';
import {
  absent,
  all,
  as,
  callerOf,
  codeOf,
  gone,
  instead,
  neighbour,
  on,
  outcomeOf,
  put,
  record,
  redrawnBy,
  request,
  sceneOf,
  secret,
  taken,
  writtenBy,
  type Change,
  type Scene,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { LEG_ROWS, SLICE_ROWS } from '../support/vouching.js';
import { approve } from './approve.case.js';

const ticketId = idOf('supplier', 'supplier', 'own-ticket');
const scene = covered(...SHEET)(
  sceneOf(
    'batch:approve',
    callerOf('supplier', ['checker']),
    { legIds: LEG_IDS, ticketId },
    { secret: { party: SUPPLIER }, shown: [SLICE_LEG, CREDIT_LEG, BLOCK_LEG, ALLOCATED_SLICE, TERMS] },
  ),
);
const written = (approval: ReturnType<typeof approvalOf>): ReturnType<typeof put> => ({
  ...put('approval', BATCH_ID, approval, { in: [approval.mspId] }),
  ...gone('ticket', idOf('supplier', 'supplier', 'own-ticket'), MSP.supplier),
});
/** What the organisation said before. */
const after =
  (approval: ReturnType<typeof approvalOf>): Change =>
  (of) => ({ ...of, shown: [...of.shown, opened('approval', approval)] });
const lock = (changes: object): ReturnType<typeof record> =>
  record('slice', { lock: { ...SETTLEMENT_LOCK, ...changes } });
const cashOf = ({ record: { cash } }: { readonly record: Opened<'leg'>['record'] }): NonNullable<typeof cash> => {
  if (cash === undefined) throw new Error('a leg of money has two banks');
  return cash;
};
const EXCHANGE = {
  ...{ baseLegId: '', quoteLegId: '', numerator: '7', denominator: '59', residual: '0' },
  ...{ source: 'the fixing of a central bank', quotedAt: '2026-11-23T09:00:00Z', validUntil: BATCH_END },
};
const others = [CREDIT_LEG.id, OTHER_LEG_ID];
const anotherParty = neighbour(MSP.supplier, 'supplier');

/** The leg in that place says that it is one side of an exchange. */
function exchanging(changes: object, place: 1 | 2): Change {
  const cash = cashOf(place === 1 ? CREDIT_LEG : BLOCK_LEG);
  const exchange = { ...EXCHANGE, baseLegId: CREDIT_LEG.id, quoteLegId: BLOCK_LEG.id, ...changes };
  return record('leg', { cash: { ...cash, exchange } }, place);
}

describeCommand({
  of: approve,
  party: 'supplier',
  scene,
  books: [
    [
      'NOT_ALLOCATED',
      'the slice was released',
      absent(MSP.bank, 'cover', SLICE_LEG.id),
      { kind: 'cover', id: SLICE_LEG.id },
    ],
    ['NOT_ALLOCATED', 'the money was never instructed so', taken(MSP.otherBank, 'cover', BLOCK_LEG.id)],
    [
      'APPROVAL_EXISTS',
      'the organisation has spoken, and does not show it',
      taken(MSP.supplier, 'approval', BATCH_ID),
      { kind: 'approval', id: BATCH_ID },
    ],
  ],
  unvouched: [...SLICE_ROWS, ...LEG_ROWS],
  loose: [
    ['APPROVAL_EXISTS', 'the organisation has declined', after(refusalOf(MSP.supplier))],
    ['APPROVAL_EXISTS', 'it was approved before', after(SUPPLIER_APPROVAL)],
    ['BATCH_SIZE', 'who gives the slice takes nothing by this call', request({ legIds: [SLICE_LEG.id] })],
  ],
  elsewhere: ['EXCHANGE_EXPIRED', 'FINANCING_MISMATCH', 'FUNDING_EXCEEDED'],
  rules: [
    [
      'LEG_FOREIGN',
      'a leg is of another batch',
      record('leg', { legIds: others, batchId: batchIdOf(others) }, 1),
      { index: '1' },
    ],
    [
      'LEG_FOREIGN',
      'another party of the organisation gives the slice',
      all(anotherParty, record('leg', { sender: NEIGHBOUR }, 0)),
      { index: '0' },
    ],
    [
      'LEG_FOREIGN',
      'another party of the organisation takes the money',
      all(anotherParty, record('leg', { receiver: NEIGHBOUR }, 2)),
      { index: '2' },
    ],
    ['BATCH_EXPIRED', 'the last day is over', on(AFTER_END)],
    ['NOT_FOR_RECEIVER', 'the slice is free', instead(SLICE), { index: '0' }],
    ['NOT_FOR_RECEIVER', 'the slice is paid, and its lock is still there', record('slice', { state: 'PAID' })],
    ['NOT_FOR_RECEIVER', 'the slice is allocated to another batch', lock({ id: idOf('bank', 'supplier', 'leg', 8) })],
    ['NOT_FOR_RECEIVER', 'the slice is locked for another organisation', lock({ counterpartyMsp: MSP.otherBank })],
    ['NOT_FOR_RECEIVER', 'the slice is smaller than the leg says', record('slice', { amount: '599' })],
    ['NET_MISMATCH', 'only one of the legs nets', record('leg', { nets: true }, 2)],
    ['NET_MISMATCH', 'what nets moves a slice to another holder', record('leg', { nets: true })],
    ['EXCHANGE_MISMATCH', 'only one of the two legs says the rate', exchanging({}, 1)],
    ['EXCHANGE_MISMATCH', 'both legs of the exchange go the same way', all(exchanging({}, 1), exchanging({}, 2))],
  ],
  writes: written(SUPPLIER_APPROVAL),
});

describe('an approval', () => {
  it('is given on the last day, and by whoever takes the slice', async () => {
    expect(await codeOf(on(BATCH_END)(scene))).toBe('taken');
    const caller = callerOf('contractor', ['checker']);
    const receiver = all(redrawnBy(MSP.contractor), as(caller), secret({ party: CONTRACTOR }));
    expect(await writtenBy(receiver(scene))).toMatchObject(
      put('approval', BATCH_ID, CONTRACTOR_APPROVAL, { in: [MSP.contractor] }),
    );
  });

  it('names the legs in the order of their ids, however they were asked for', async () => {
    const turned = request({ legIds: [...LEG_IDS].reverse() });
    expect(await writtenBy(turned(scene))).toEqual(written(SUPPLIER_APPROVAL));
  });

  it('that adds nothing is refused after all else, and one after a refusal before that', async () => {
    for (const [before, change, code] of [
      [refusalOf(MSP.supplier), on(AFTER_END), 'APPROVAL_EXISTS'],
      [refusalOf(MSP.supplier), record('leg', { sender: NEIGHBOUR }, 0), 'LEG_FOREIGN'],
      [SUPPLIER_APPROVAL, on(AFTER_END), 'BATCH_EXPIRED'],
      [SUPPLIER_APPROVAL, instead(SLICE), 'NOT_FOR_RECEIVER'],
    ] as const)
      expect(await codeOf(all(anotherParty, after(before), change)(scene))).toBe(code);
  });

  it('of one party joins that of another party of the organisation', async () => {
    const before = approvalOf(MSP.supplier, approved(CREDIT_ROW, 'gives'), approved(BLOCK_ROW, 'takes'));
    const both = approvalOf(
      MSP.supplier,
      ...[approved(SLICE_ROW, 'gives'), approved(CREDIT_ROW, 'both'), approved(BLOCK_ROW, 'takes')],
    );
    expect(await writtenBy(after(before)(scene))).toEqual(written(both));
  });

  it('counts for the party that acts and for no other of the organisation', async () => {
    const caller = { operator: { duties: ['checker' as const], parties: [NEIGHBOUR] } };
    const other = all(anotherParty, as(caller), secret({ party: NEIGHBOUR }));
    expect(await outcomeOf(other(scene))).toEqual({ refused: 'LEG_FOREIGN', data: { index: '0' } });
  });
});

it('is refused to a receiver that could not have the slice without its holder', async () => {
  const caller = callerOf('contractor', ['checker']);
  const receiver = all(redrawnBy(MSP.contractor), as(caller), secret({ party: CONTRACTOR }));
  const { proverMsp: _none, ...unproved } = SETTLEMENT_LOCK;
  const guarded = record('slice', { lock: unproved });
  expect(await outcomeOf(all(guarded, receiver)(scene))).toEqual({ refused: 'NOT_FOR_RECEIVER', data: { index: '0' } });
  expect(await codeOf(guarded(scene))).toBe('taken');
});

describe('an exchange', () => {
  const [baseId, quoteId] = [CREDIT_LEG.id, idOf('otherBank', 'supplier', 'leg', 4)];
  const legIds = [baseId, quoteId].sort();
  const batch = { legIds, batchId: batchIdOf(legIds) };
  const exchange = { ...EXCHANGE, baseLegId: baseId, quoteLegId: quoteId };
  /** The contractor gives 590 cents, and the supplier 70 fen for them. */
  const base = (said: object = exchange): Opened<'leg'> =>
    opened('leg', { ...CREDIT_LEG.record, ...batch, cash: { ...cashOf(CREDIT_LEG), exchange: said } as never });
  const quote = (said: object = exchange, amount = '70'): Opened<'leg'> =>
    opened('leg', {
      ...{ ...BLOCK_LEG.record, ...batch, id: quoteId, amount, sender: SUPPLIER, senderMsp: MSP.supplier },
      ...{ receiver: CONTRACTOR, receiverMsp: MSP.contractor, cash: { ...cashOf(BLOCK_LEG), exchange: said } as never },
    });
  const between = (...legs: readonly Opened<'leg'>[]): Scene =>
    covered(...legs.map(rowOf))(
      sceneOf(
        'batch:approve',
        callerOf('supplier', ['checker']),
        { legIds, ticketId },
        { secret: { party: SUPPLIER }, shown: legs },
      ),
    );

  it('is approved where both legs follow from one rate, which is rounded down', async () => {
    expect(await codeOf(between(base(), quote()))).toBe('taken');
    const down = { ...exchange, numerator: '8', residual: '0' };
    expect(await codeOf(between(base(down), quote(down, '80')))).toBe('taken');
    const rest = { ...exchange, numerator: '7', denominator: '58', residual: '12' };
    expect(await codeOf(between(base(rest), quote(rest, '71')))).toBe('taken');
  });

  it.each([
    ['the two legs say two rates', base({ ...exchange, numerator: '8' }), quote()],
    ['the amount does not follow from the rate', base(), quote(exchange, '71')],
    ['the rest is not booked', base({ ...exchange, residual: '1' }), quote({ ...exchange, residual: '1' })],
    ['both legs are in one currency', base(), opened('leg', { ...quote().record, currency: 'USD' })],
    ['one leg says nothing of it', base(), opened('leg', { ...quote().record, cash: cashOf(BLOCK_LEG) })],
  ])('is refused where %s', async (_what, one, other) => {
    expect(await codeOf(between(one, other))).toBe('EXCHANGE_MISMATCH');
  });

  it('is approved on the last day of its rate, and not after it', async () => {
    const short = { ...exchange, validUntil: '2026-11-30' };
    const scene = between(base(short), quote(short));
    expect(await codeOf(on('2026-11-30')(scene))).toBe('taken');
    expect(await codeOf(on('2026-12-01')(scene))).toBe('EXCHANGE_EXPIRED');
  });

  it('is not looked at where the money itself does not net', async () => {
    const netting = [base(), quote()].map((leg) => opened('leg', { ...leg.record, nets: true }));
    expect(await codeOf(between(...netting))).toBe('NET_MISMATCH');
  });
});

it('is refused where it carries out a financing that was accepted otherwise', async () => {
  const said = record('leg', { financing: ACCEPTANCE.id })(scene);
  const financed = { ...said, shown: [...said.shown, ACCEPTANCE, QUOTE] };
  expect(await codeOf(financed)).toBe('FINANCING_MISMATCH');
});
