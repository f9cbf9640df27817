/** A funder settles by one call what its holder has accepted to be settled so: as it was quoted and accepted, and once. */
import { expect, it } from '@jest/globals';
import { priceOf } from '../../../chaincode/src/domain/quotes.js';
import type { BookRecord, SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import {
  AT_ONCE,
  BANK_QUOTE,
  OTHER_ROOT,
  PRICE,
  requoted,
  SALES,
  SECOND,
  SETTLING_IDS,
  SETTLING_ROWS,
  UNVOUCHED,
} from '../support/atOnceFacts.js';
import { approved, approvalOf, proofOf, writtenRow } from '../support/batchFacts.js';
import {
  ACCOUNT,
  BANK,
  changed,
  END_TO_END_ID,
  HASH,
  idOf,
  MSP,
  NEIGHBOUR_BANK,
  OFFER_END,
  SLICE,
  SUPPLIER,
  TERMS,
  TODAY,
  unsaltedOf,
} from '../support/facts.js';
import { batchIdOf } from '../support/relinked.js';
import {
  all,
  callerOf,
  codeOf,
  gone,
  neighbourBank,
  on,
  party,
  put,
  record,
  sceneOf,
  simulated,
  taken,
  writtenBy,
  type Written,
} from '../support/scene.js';
import { describeCommand, type Row } from '../support/table.js';
import { settle } from './settle.case.js';

const requestId = AT_ONCE.id;
const ticketId = idOf('bank', 'bank', 'own-ticket');
const shown = [AT_ONCE, BANK_QUOTE, SLICE, TERMS, SECOND, OTHER_ROOT];
const scene = sceneOf('financing:settle', callerOf('bank', ['checker']), { requestId, ticketId }, { shown });

const batchId = batchIdOf(SETTLING_IDS);
const legIds = SETTLING_IDS;
const batch = { batchId, legIds, currency: 'USD', expiresOn: OFFER_END, instructedOn: TODAY, financing: requestId };
const sold = { sender: SUPPLIER, senderMsp: MSP.supplier, receiver: BANK, receiverMsp: MSP.bank };
const saleLeg = (id: string, sliceId: string, amount: string) =>
  ({ schema: 'tenor.leg/1', id, ...batch, what: 'SLICE', ...sold, amount, recourse: true, sliceId }) as const;
const [one, other] = [saleLeg(SALES[0], SLICE.id, '600'), saleLeg(SALES[1], SECOND.id, '300')];
const price = {
  ...{ schema: 'tenor.leg/1', id: PRICE, ...batch, what: 'BLOCK', sender: BANK, senderMsp: MSP.bank, amount: '891' },
  ...{ receiver: SUPPLIER, receiverMsp: MSP.supplier },
  cash: {
    ...{ payerBank: BANK, payerBankMsp: MSP.bank, payeeBank: BANK, payeeBankMsp: MSP.bank, account: ACCOUNT },
    valueDate: '2027-01-15',
  },
} as const;
const rowOfSale = (leg: typeof one): SheetRow => writtenRow(leg, { what: 'SLICE', receiverMsp: MSP.bank });
const priceRow = writtenRow(price, {
  ...{ what: 'BLOCK', receiverMsp: MSP.supplier, payerBankMsp: MSP.bank, payeeBankMsp: MSP.bank },
});
const sheet = [rowOfSale(one), rowOfSale(other), priceRow].sort((a, b) => (a.id < b.id ? -1 : 1));
const said = (mspId: string, sale: 'gives' | 'takes', money: 'gives' | 'takes'): BookRecord<'approval'> => ({
  ...approvalOf(mspId, ...sheet.map((row) => approved(row, row.id === PRICE ? money : sale))),
  id: batchId,
});
const both = { in: [MSP.bank], copies: [MSP.supplier] };
const passed = { holder: BANK, holderMsp: MSP.bank, tier: 1, liable: [{ party: SUPPLIER, mspId: MSP.supplier }] };
const WRITES: Written = {
  ...put('leg', one.id, one, { ...both, policy: `${MSP.bank} & ${MSP.supplier}` }),
  ...put('leg', other.id, other, { ...both, policy: `${MSP.bank} & ${MSP.supplier}` }),
  ...put('leg', PRICE, price, { ...both, policy: MSP.bank }),
  ...put('approval', batchId, said(MSP.supplier, 'gives', 'takes'), { in: [MSP.supplier] }),
  ...put('approval', batchId, said(MSP.bank, 'takes', 'gives'), { in: [MSP.bank] }),
  ...put('proof', PRICE, proofOf(priceRow, 'BLOCKED'), { in: [MSP.bank] }),
  ...put(
    'outcome',
    batchId,
    { schema: 'tenor.outcome/1', id: batchId, state: 'COMMITTED', sheet },
    { ...both, policy: MSP.bank },
  ),
  ...put('slice', SLICE.id, unsaltedOf(SLICE, passed), { ...both, policy: MSP.bank }),
  ...put('slice', SECOND.id, unsaltedOf(SECOND, passed), { ...both, policy: MSP.bank }),
  ...gone('ticket', ticketId, MSP.bank),
};
const settled = (mspId: string, kind: 'leg' | 'outcome' | 'proof' | 'approval', id: string): Row => [
  ...(['FINANCING_SETTLED', `something stands as ${kind} ${id} in the book of ${mspId}`] as const),
  ...([taken(mspId, kind, id), { kind, id }] as const),
];

describeCommand({
  of: settle,
  scene,
  books: [
    ...SETTLING_IDS.map((id) => settled(MSP.bank, 'leg', id)),
    ...[settled(MSP.bank, 'outcome', batchId), settled(MSP.bank, 'proof', PRICE)],
    ...[settled(MSP.bank, 'approval', batchId), settled(MSP.supplier, 'approval', batchId)],
  ],
  unvouched: UNVOUCHED,
  rules: [
    ...SETTLING_ROWS,
    [
      'FUNDING_UNRESERVED',
      'the bank keeps limits, and has not counted the price',
      taken(MSP.bank, 'creditSecret', 'limits'),
      {},
    ],
  ],
  elsewhere: ['BATCH_SIZE'],
  writes: WRITES,
});

it('is settled on the last day of the quote, and not on the day after', async () => {
  expect(await codeOf(on(OFFER_END)(scene))).toBe('taken');
  expect(await codeOf(on('2026-12-16')(scene))).toBe('QUOTE_LAPSED');
});

it('is not settled in the block in which the date moves on, nor beside a change of the acceptance or of a limit', async () => {
  const { reads } = await simulated(scene);
  const isRead = (mspId: string, key: string): boolean =>
    [...reads.keys()].some((place) => place.includes(mspId) && place.endsWith(`\u0000${key}`));
  expect(isRead('', 'businessDate')).toBe(true);
  expect(isRead(MSP.supplier, `own/acceptance/${requestId}`)).toBe(true);
  expect(isRead(MSP.bank, 'own/creditSecret/limits')).toBe(true);
});

it('is settled by a bank that keeps limits once it has counted the price, whatever stands there', async () => {
  const counted = all(taken(MSP.bank, 'creditSecret', 'limits'), taken(MSP.bank, 'financed', BANK_QUOTE.id));
  expect(await codeOf(counted(scene))).toBe('taken');
  expect(await codeOf(taken(MSP.bank, 'creditSecret', 'credits')(scene))).toBe('taken');
});

it('makes nobody liable without recourse, and ends what sellers before have said', async () => {
  const liable = [{ party: SUPPLIER, mspId: MSP.supplier }];
  const written = await writtenBy(all(record('slice', { liable }), requoted({ recourse: false }))(scene));
  const stored = written[`${MSP.bank} own/slice/${SLICE.id}`]?.record;
  expect(stored).toMatchObject({ holder: BANK, state: 'FREE' });
  expect(stored).not.toHaveProperty('liable');
  expect(written[`${MSP.bank} own/leg/${SALES[0]}`]?.record).not.toHaveProperty('recourse');
});

it("pays into an account that a bank in the holder's own organisation keeps, under the reference that the holder named", async () => {
  const ownBank = record('acceptance', {
    ...{ payeeBank: NEIGHBOUR_BANK, payeeBankMsp: MSP.supplier, endToEndId: END_TO_END_ID },
  });
  const written = await writtenBy(all(neighbourBank(MSP.supplier), ownBank)(scene));
  expect(written[`${MSP.bank} own/leg/${PRICE}`]?.record).toMatchObject({
    cash: { payeeBank: NEIGHBOUR_BANK, payeeBankMsp: MSP.supplier, endToEndId: END_TO_END_ID },
  });
});

it('is settled while the issuer is suspended: the holder has what it promised already', async () => {
  expect(await codeOf(party('issuer', { status: 'SUSPENDED' })(scene))).toBe('taken');
});

it('is settled for up to 49 slices, because the money is one leg more', async () => {
  const many = Array.from({ length: 50 }, (_none, index) =>
    changed(SLICE, { id: idOf('bank', 'supplier', 'slice', index + 10) }),
  );
  const of = (slices: typeof many): ReturnType<typeof sceneOf> => {
    const { record: terms } = BANK_QUOTE;
    const priced = priceOf(
      slices.map((slice) => slice.record),
      { ...terms, paymentDate: TERMS.record.paymentDate },
    );
    const quote = changed(BANK_QUOTE, { ...priced, amount: String(600 * slices.length) });
    const acceptance = changed(AT_ONCE, { quoteHash: quote.hash });
    const opened = [acceptance, quote, ...slices, TERMS];
    return sceneOf('financing:settle', callerOf('bank', ['checker']), { requestId, ticketId }, { shown: opened });
  };
  expect(await codeOf(of(many))).toBe('BATCH_SIZE');
  expect(await codeOf(of(many.slice(1)))).toBe('taken');
});

it('has other legs where the quote has another salt, because nobody is to guess them', async () => {
  const written = await writtenBy(requoted({ salt: HASH.replaceAll('ab', 'cd') })(scene));
  const legs = Object.keys(written).filter((key) => key.includes(' own/leg/'));
  expect(legs).toHaveLength(3);
  for (const id of SETTLING_IDS) expect(legs).not.toContain(`${MSP.bank} own/leg/${id}`);
});
