/** A funder that approves the batch of an accepted quote counts its price on its own limits, and only on those. */
import { expect, it } from '@jest/globals';
import type { Opened } from '../../chaincode/src/domain/decision.js';
import type { BookRecord } from '../../chaincode/src/protocol/records/index.js';
import { approvalOf, approved, BATCH_END, covered, rowOf, SETTLEMENT_LOCK } from './support/batchFacts.js';
import {
  ACCEPTANCE,
  ACCOUNT,
  BANK,
  changed,
  CONTRACTOR,
  FINANCED,
  HASH,
  idOf,
  ISSUER_LIMIT,
  LIMIT_SECRET,
  MSP,
  opened,
  OTHER_BANK,
  QUOTE,
  SELLER_LIMIT,
  SLICE,
  SUPPLIER,
  TERMS,
  TODAY,
  unsaltedOf,
} from './support/facts.js';
import { batchIdOf } from './support/relinked.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  gone,
  instead,
  outcomeOf,
  put,
  record,
  redrawnBy,
  sceneOf,
  secret,
  taken,
  without,
  writtenBy,
  type Scene,
} from './support/scene.js';

const SALE = idOf('bank', 'supplier', 'leg', 1);
const PRICE = idOf('bank', 'otherBank', 'leg', 2);
const INTEREST = idOf('otherBank', 'contractor', 'leg', 3);
const legIds = [PRICE, SALE, INTEREST].sort();
const batchId = batchIdOf(legIds);

/** A leg of the batch that carries out the quote. */
const leg = (id: string, said: Partial<BookRecord<'leg'>>): Opened<'leg'> =>
  opened('leg', {
    ...{ schema: 'tenor.leg/1', id, batchId, legIds, currency: 'USD', expiresOn: BATCH_END, instructedOn: TODAY },
    ...(said as Pick<BookRecord<'leg'>, 'what' | 'sender' | 'senderMsp' | 'receiver' | 'receiverMsp' | 'amount'>),
    salt: HASH,
  });
const [funder, seller] = [
  { party: OTHER_BANK, mspId: MSP.otherBank },
  { party: SUPPLIER, mspId: MSP.supplier },
];
interface Side {
  readonly party: string;
  readonly mspId: string;
}
const from = ({ party, mspId }: Side): object => ({ sender: party, senderMsp: mspId });
const to = ({ party, mspId }: Side): object => ({ receiver: party, receiverMsp: mspId });
const at = (payeeBank: string, payeeBankMsp: string): BookRecord<'leg'>['cash'] => ({
  ...{ payerBank: OTHER_BANK, payerBankMsp: MSP.otherBank, payeeBank, payeeBankMsp, account: ACCOUNT },
});
const financing = ACCEPTANCE.id;
const sale = leg(SALE, {
  ...{ ...from(seller), ...to(funder), what: 'SLICE', amount: '600', sliceId: SLICE.id, recourse: true, financing },
});
const price = leg(PRICE, {
  ...{ ...from(funder), ...to(seller), what: 'CREDIT', amount: '593', cash: at(BANK, MSP.bank), financing },
});
const interest = leg(INTEREST, {
  ...{ ...from({ party: CONTRACTOR, mspId: MSP.contractor }), ...to(funder), what: 'CREDIT', amount: '1' },
  cash: at(OTHER_BANK, MSP.otherBank),
});
const legs = [price, sale, interest].sort((one, other) => (one.id < other.id ? -1 : 1));
const held = changed(SLICE, {
  state: 'ALLOCATED',
  lock: { ...SETTLEMENT_LOCK, id: SALE, counterpartyMsp: MSP.otherBank },
});

const ticketId = idOf('otherBank', 'otherBank', 'own-ticket');
const own = { in: [MSP.otherBank] };
const sceneWith = (...shown: readonly Opened<'creditSecret' | 'fundingLimit' | 'financed'>[]): Scene =>
  covered(...legs.map(rowOf))(
    sceneOf(
      'batch:approve',
      callerOf('otherBank', ['checker']),
      { legIds, ticketId },
      { secret: { party: OTHER_BANK }, shown: [...legs, held, TERMS, ACCEPTANCE, QUOTE, ...shown] },
    ),
  );
const scene = sceneWith(LIMIT_SECRET, SELLER_LIMIT, ISSUER_LIMIT);
const said = legs.map((each) => approved(rowOf(each), each === price ? 'gives' : 'takes'));
const approval = {
  ...put('approval', batchId, approvalOf(MSP.otherBank, ...said), own),
  ...gone('ticket', ticketId, MSP.otherBank),
};
const drawn = (limit: typeof SELLER_LIMIT, utilised: string): ReturnType<typeof put> =>
  put('fundingLimit', limit.id, unsaltedOf(limit, { utilised }), own);
const SOLD = [{ sliceId: SLICE.id, net: '593' }];
const counted = put('financed', QUOTE.id, unsaltedOf(FINANCED, { legIds, slices: SOLD }), own);
const keysOf = async (of: Scene): Promise<string[]> => Object.keys(await writtenBy(of)).sort();

it('counts the price on the limit for the seller and on that for the issuer, to the last unit', async () => {
  const written = await writtenBy(scene);
  expect(written).toMatchObject({ ...drawn(SELLER_LIMIT, '1000'), ...drawn(ISSUER_LIMIT, '1186'), ...counted });
  expect(Object.keys(written)).toHaveLength(Object.keys(approval).length + 3);
  const tight = record('fundingLimit', { limit: '999' })(scene);
  expect(await outcomeOf(tight)).toEqual({ refused: 'FUNDING_EXCEEDED', data: { what: 'SELLER' } });
  const ofIssuer = record('fundingLimit', { limit: '1185' }, 1)(scene);
  expect(await outcomeOf(ofIssuer)).toEqual({ refused: 'FUNDING_EXCEEDED', data: { what: 'ISSUER' } });
});

it('counts on the one limit that there is', async () => {
  const only = await writtenBy(sceneWith(LIMIT_SECRET, ISSUER_LIMIT));
  const limitIds = [ISSUER_LIMIT.id];
  expect(only).toMatchObject({
    ...drawn(ISSUER_LIMIT, '1186'),
    ...put('financed', QUOTE.id, unsaltedOf(FINANCED, { legIds, limitIds, slices: SOLD }), own),
  });
});

it('counts nothing where no limit was ever set, or none for these', async () => {
  for (const unlimited of [sceneWith(), sceneWith(LIMIT_SECRET)])
    expect(await keysOf(unlimited)).toEqual(Object.keys(approval).sort());
});

it('counts a request once, in however many batches it is tried', async () => {
  const before = changed(FINANCED, { slices: SOLD });
  const again = await writtenBy(sceneWith(LIMIT_SECRET, SELLER_LIMIT, ISSUER_LIMIT, before));
  expect(again).toMatchObject(counted);
  expect(Object.keys(again)).toHaveLength(Object.keys(approval).length + 1);
});

it('leaves out no limit that the book holds: what is not shown must not be there', async () => {
  for (const [kind, id] of [
    ['fundingLimit', SELLER_LIMIT.id],
    ['fundingLimit', ISSUER_LIMIT.id],
  ] as const)
    expect([id, await codeOf(taken(MSP.otherBank, kind, id)(sceneWith(LIMIT_SECRET)))]).toEqual([
      id,
      'OPENING_MISSING',
    ]);
  expect(await codeOf(taken(MSP.otherBank, 'creditSecret', 'limits')(without('creditSecret')(scene)))).toBe(
    'OPENING_MISSING',
  );
  expect(await codeOf(taken(MSP.otherBank, 'financed', QUOTE.id)(scene))).toBe('OPENING_MISSING');
});

it('takes no limit of a larger figure than the book holds', async () => {
  const forged = instead(changed(SELLER_LIMIT, { limit: '999999999999' }));
  expect(await codeOf(all(forged, taken(MSP.otherBank, 'fundingLimit', SELLER_LIMIT.id))(scene))).toBe(
    'OPENING_MISMATCH',
  );
});

it("counts nothing at the seller's approval", async () => {
  const caller = callerOf('supplier', ['checker']);
  const ofSeller: Scene = { ...scene, request: { ...scene.request, legIds: [PRICE, SALE].sort() } };
  const written = await keysOf(all(redrawnBy(MSP.supplier), as(caller), secret({ party: SUPPLIER }))(ofSeller));
  expect(written.filter((key) => key.includes('fundingLimit') || key.includes('financed'))).toEqual([]);
});

it('is approved by neither side where the funder may settle it by one call: what is bought in one way is not bought in the other', async () => {
  const atOnce = record('acceptance', { atOnce: true });
  expect(await codeOf(atOnce(scene))).toBe('FINANCING_MISMATCH');
  const caller = callerOf('supplier', ['checker']);
  const ofSeller: Scene = { ...scene, request: { ...scene.request, legIds: [PRICE, SALE].sort() } };
  const asSeller = all(redrawnBy(MSP.supplier), as(caller), secret({ party: SUPPLIER }));
  expect([await codeOf(asSeller(ofSeller)), await codeOf(all(atOnce, asSeller)(ofSeller))]).toEqual([
    'taken',
    'FINANCING_MISMATCH',
  ]);
});
