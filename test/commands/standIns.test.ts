/** What counts of a stand-in's word: at the allocation and approval of the slice that it pays for, at commitment and handover, and at a release. */
import { describe, expect, it } from '@jest/globals';
import type { SheetRow } from '../../chaincode/src/protocol/records/index.js';
import {
  AFTER_END,
  ALLOCATED_SLICE,
  approvedByAll,
  asBatch,
  BATCH_END,
  covered,
  CREDIT_LEG,
  CREDIT_ROW,
  LEG_REMITTANCE,
  LEG_STAND_IN,
  LISTED,
  outcomeWith,
  proofOf,
  refusalOf,
  rowOf,
  SETTLEMENT_LOCK,
  SLICE_LEG,
  SLICE_ROW,
  stands,
} from './support/batchFacts.js';
import { BANK, CONTRACTOR, HASH, idOf, MSP, opened, SLICE, TERMS, unsaltedOf } from './support/facts.js';
import { batchIdOf } from './support/relinked.js';
import {
  absent,
  all,
  callerOf,
  codeOf,
  instead,
  outcomeOf,
  put,
  record,
  registered,
  request,
  sceneOf,
  secret,
  taken,
  writtenBy,
  type Change,
  type Scene,
} from './support/scene.js';

/** The contractor pays the supplier from its account at the bank to that of the supplier there. The bank keeps the slice too, so it proves nothing against itself. */
const PRICE_ID = idOf('bank', 'contractor', 'leg', 5);
const OTHER_PRICE_ID = idOf('bank', 'contractor', 'leg', 6);
const LEG_IDS = [SLICE_LEG.id, PRICE_ID].sort();
const batch = { legIds: LEG_IDS, batchId: batchIdOf(LEG_IDS) };
const GIVEN = opened('leg', { ...SLICE_LEG.record, ...batch });
const cash = {
  ...{ payerBank: BANK, payerBankMsp: MSP.bank, payeeBank: BANK, payeeBankMsp: MSP.bank },
  account: CREDIT_LEG.record.cash?.account ?? { scheme: 'IBAN' as const, id: '' },
};
const priceNaming = (standIn?: typeof LEG_STAND_IN): ReturnType<typeof opened<'leg'>> =>
  opened('leg', {
    ...{ ...CREDIT_LEG.record, ...batch, id: PRICE_ID },
    cash: standIn === undefined ? cash : { ...cash, standIn },
  });
const PRICE = priceNaming(LEG_STAND_IN);
const [GIVEN_ROW, PRICE_ROW] = [rowOf(GIVEN), rowOf(PRICE)];
const SHEET = [GIVEN_ROW, PRICE_ROW].sort((a, b) => (a.id < b.id ? -1 : 1));
const COUNTER_VALUE = { id: PRICE_ID, legHash: PRICE.hash };
const { proverMsp: _none, ...GUARDED } = SETTLEMENT_LOCK;
const LOCK = { ...GUARDED, proverMsp: MSP.issuer as string, counterValue: COUNTER_VALUE };
const locked = (lock: object): Change => record('slice', { lock: lock as typeof LOCK });

const says = (what: 'CREDITED' | 'ACKNOWLEDGED' | 'NOT_RECEIVED', mspId: string, row = PRICE_ROW): Change =>
  stands(mspId, 'proof', proofOf(row, what));
const credited = says('CREDITED', MSP.bank);
const spoken = says('ACKNOWLEDGED', MSP.issuer);

describe('the allocation of a slice', () => {
  const ticketId = idOf('supplier', 'supplier', 'own-ticket');
  const newId = idOf('bank', 'supplier', 'new-leg');
  const legIds = [newId, PRICE_ID];
  const row: SheetRow = { ...PRICE_ROW, batchId: batchIdOf(legIds) };
  const scene = covered(row)(
    sceneOf(
      'slice:allocate',
      callerOf('supplier', ['checker']),
      { sliceId: SLICE.id, legId: newId, legIds, ticketId },
      {
        secret: { receiver: CONTRACTOR, expiresOn: BATCH_END, inReturn: PRICE_ID, counterValue: row },
        shown: [SLICE, TERMS],
      },
    ),
  );
  const lockOf = async (change: Change): Promise<unknown> => {
    const written = await writtenBy(change(scene));
    return written[`${MSP.bank} own/slice/${SLICE.id}`];
  };
  const lockedWith = (lock: object, policy: string): unknown => ({
    ...{ record: unsaltedOf(ALLOCATED_SLICE, { lock: { ...GUARDED, id: newId, ...lock } }), policy },
  });
  const guarded = lockedWith({}, 'BankMSP & SupplierMSP');
  /** The register has another row, and the holder says the same. */
  const saying = (changes: Partial<SheetRow>): Change =>
    all(covered({ ...row, ...changes }), secret({ counterValue: { ...row, ...changes } }));

  it('names the stand-in of the money that pays for it, and the leg for which it stands in', async () => {
    const policy = 'BankMSP & (ContractorMSP & IssuerMSP | SupplierMSP)';
    const { proverMsp, counterValue } = LOCK;
    expect(await lockOf((same) => same)).toEqual(lockedWith({ proverMsp, counterValue }, policy));
  });

  it('asks the holder to sign where the leg names no stand-in, or is not told', async () => {
    expect(await lockOf(saying({ standInMsp: undefined }))).toEqual(guarded);
    expect(await lockOf(secret({ counterValue: undefined }))).toEqual(guarded);
  });

  it.each(['bank', 'supplier', 'contractor', 'otherBank'] as const)(
    'asks the holder to sign where the stand-in is the %s',
    async (name) => {
      expect(await lockOf(saying({ standInMsp: MSP[name], payerBankMsp: MSP.otherBank }))).toEqual(guarded);
    },
  );

  it('asks the holder to sign where the stand-in sends or registers another leg', async () => {
    for (const id of [idOf('issuer', 'supplier', 'leg', 7), idOf('bank', 'issuer', 'leg', 7)]) {
      const all3 = [...legIds, id];
      const joined = saying({ batchId: batchIdOf(all3) });
      expect(await lockOf(all(request({ legIds: all3 }), joined))).toEqual(guarded);
    }
  });

  it('leaves it to a register that is apart, which has the outcome in its book', async () => {
    const legs = [newId, CREDIT_LEG.id];
    const apart = { ...CREDIT_ROW, batchId: batchIdOf(legs), standInMsp: MSP.issuer };
    const elsewhere = all(
      ...[request({ legIds: legs }), covered(apart), secret({ inReturn: CREDIT_LEG.id, counterValue: apart })],
    );
    const policy = 'BankMSP & (ContractorMSP & OtherBankMSP | SupplierMSP)';
    expect(await lockOf(elsewhere)).toEqual(lockedWith({ proverMsp: MSP.otherBank }, policy));
  });

  it.each<[string, string, Change]>([
    [
      'LEG_FOREIGN',
      'the row is of another leg than the one in return',
      all(
        ...[request({ legIds: [...legIds, OTHER_PRICE_ID] }), secret({ inReturn: OTHER_PRICE_ID })],
        saying({ batchId: batchIdOf([...legIds, OTHER_PRICE_ID]) }),
      ),
    ],
    ['LEG_FOREIGN', 'the row is of another batch', saying({ batchId: HASH })],
    ['LEG_FOREIGN', 'the money is blocked', saying({ what: 'BLOCK' })],
    ['LEG_FOREIGN', 'the money goes to another', saying({ receiverMsp: MSP.otherBank })],
    [
      'NOT_ALLOCATED',
      'the register has another stand-in',
      secret({ counterValue: { ...row, standInMsp: MSP.otherBank } }),
    ],
    [
      'NOT_ALLOCATED',
      'the register has another leg under that id',
      secret({ counterValue: { ...row, legHash: HASH } }),
    ],
  ])('is refused with %s where %s', async (code, _what, change) => {
    expect(await codeOf(change(scene))).toBe(code);
  });
});

describe('the approval of the buyer', () => {
  const shown = [GIVEN, PRICE, opened('slice', { ...ALLOCATED_SLICE.record, lock: LOCK }), TERMS];
  const ticketId = idOf('contractor', 'contractor', 'own-ticket');
  const scene = all(
    covered(...SHEET),
    LISTED,
  )(
    sceneOf(
      'batch:approve',
      callerOf('contractor', ['checker']),
      { legIds: LEG_IDS, ticketId },
      { secret: { party: CONTRACTOR }, shown },
    ),
  );

  it('is given where the lock names the stand-in of its payment', async () => {
    expect(await codeOf(scene)).toBe('taken');
  });

  it.each<[string, object]>([
    ['nobody, so that a silent holder could keep the slice back', GUARDED],
    ['another', { ...LOCK, proverMsp: MSP.otherBank }],
    ['it for another leg', { ...LOCK, counterValue: { id: PRICE_ID, legHash: HASH } }],
    ['it for no leg', { ...GUARDED, proverMsp: MSP.issuer }],
  ])('is refused where the lock names %s', async (_what, lock) => {
    expect(await outcomeOf(locked(lock)(scene))).toEqual({ refused: 'NOT_FOR_RECEIVER', data: { index: '1' } });
  });

  it('is given to a lock that the holder alone opens where its payment names nobody', async () => {
    const alone = priceNaming();
    const unnamed: Scene = { ...scene, shown: [GIVEN, alone, ...shown.slice(2)] };
    expect(await codeOf(all(covered(rowOf(alone)), locked(GUARDED))(unnamed))).toBe('taken');
    expect(await codeOf(covered(rowOf(alone))(unnamed))).toBe('taken');
  });
});

describe('a commitment', () => {
  const caller = callerOf('contractor', ['maker']);
  /** Agreed, allocated and credited, by these rows. */
  const agreedBy = (sheet: readonly SheetRow[]): Scene =>
    all(
      covered(...sheet),
      ...sheet.filter(({ what }) => what === 'CREDIT').map((row) => says('CREDITED', row.id.split('~')[0] ?? '', row)),
    )(
      sceneOf(
        'batch:commit',
        caller,
        { legIds: sheet.map(({ id }) => id) },
        { shown: [outcomeWith('AGREED', [...sheet])] },
      ),
    );
  const scene = agreedBy(SHEET);
  const missing = { refused: 'NOT_PROVEN', data: { kind: 'proof', id: PRICE_ID, mspId: MSP.supplier } };

  it('needs the word of the payee, or that of its stand-in, and not both', async () => {
    const payees = says('ACKNOWLEDGED', MSP.supplier);
    expect(await outcomeOf(scene)).toEqual(missing);
    expect(await codeOf(spoken(scene))).toBe('taken');
    expect(await codeOf(payees(scene))).toBe('taken');
    expect(await codeOf(all(spoken, payees)(scene))).toBe('taken');
  });

  it('counts it whatever the payee has in its own book, which it could write into to hold up everybody', async () => {
    expect(await codeOf(all(spoken, taken(MSP.supplier, 'proof', PRICE_ID))(scene))).toBe('taken');
    expect(await codeOf(all(spoken, says('NOT_RECEIVED', MSP.supplier))(scene))).toBe('taken');
  });

  it.each<[string, Change]>([
    ['of another leg', says('ACKNOWLEDGED', MSP.issuer, { ...PRICE_ROW, legHash: HASH })],
    ['of another batch', says('ACKNOWLEDGED', MSP.issuer, { ...PRICE_ROW, batchId: HASH })],
    ['of an organisation that the leg does not name', says('ACKNOWLEDGED', MSP.otherBank)],
    ['that it is a bank and has the money', says('CREDITED', MSP.issuer)],
    ['that is none any more', all(spoken, absent(MSP.issuer, 'proof', PRICE_ID))],
  ])('counts no word %s', async (_what, change) => {
    expect(await outcomeOf(change(scene))).toEqual(missing);
  });

  it('needs the credit, whatever the stand-in says of it: money that went back is no longer there', async () => {
    expect(await outcomeOf(all(spoken, absent(MSP.bank, 'proof', PRICE_ID))(scene))).toEqual({
      ...{ refused: 'NOT_PROVEN', data: { kind: 'proof', id: PRICE_ID, mspId: MSP.bank } },
    });
  });

  it.each<[string, Partial<SheetRow>]>([
    ['takes', { receiverMsp: MSP.issuer }],
    ['is the bank of the payer of', { payerBankMsp: MSP.issuer }],
    ['is the bank of the payee of', { payeeBankMsp: MSP.issuer }],
  ])('counts no word of a stand-in that %s another leg, which its instruction could not know', async (_what, part) => {
    const other = { ...CREDIT_ROW, payerBankMsp: MSP.bank, ...part };
    const sheet = asBatch([...SHEET, other].sort((a, b) => (a.id < b.id ? -1 : 1)));
    const price = sheet.find(({ id }) => id === PRICE_ID) ?? PRICE_ROW;
    const said = says('ACKNOWLEDGED', MSP.issuer, price);
    expect(await outcomeOf(said(agreedBy(sheet)))).toEqual(missing);
    const apart = asBatch([...SHEET, { ...CREDIT_ROW }].sort((a, b) => (a.id < b.id ? -1 : 1)));
    const same = apart.find(({ id }) => id === PRICE_ID) ?? PRICE_ROW;
    expect(await codeOf(says('ACKNOWLEDGED', MSP.issuer, same)(agreedBy(apart)))).toBe('taken');
  });

  it('counts no word of a stand-in that has left, and waits for the payee', async () => {
    const organizations = [{ mspId: MSP.issuer, state: 'LEFT' }];
    const left = registered('departures', { schema: 'tenor.departures/1', version: 1, organizations });
    expect(await outcomeOf(all(spoken, left)(scene))).toEqual(missing);
    expect(await codeOf(all(spoken, left, says('ACKNOWLEDGED', MSP.supplier))(scene))).toBe('taken');
  });
});

describe('a handover', () => {
  const committed = outcomeWith('COMMITTED', [...SHEET]);
  const slice = opened('slice', { ...ALLOCATED_SLICE.record, lock: LOCK });
  const unapproved = sceneOf(
    'slice:complete',
    callerOf('contractor', ['maker']),
    { sliceId: SLICE.id, legId: SLICE_LEG.id, books: 'register' },
    { shown: [GIVEN, committed, slice, TERMS] },
  );
  const scene = approvedByAll(SHEET)(unapproved);
  const silent = absent(MSP.supplier, 'approval', batch.batchId);

  it('needs nothing of a silent holder once the stand-in has spoken: it named leg and stand-in when it allocated', async () => {
    const passed = { holder: CONTRACTOR, holderMsp: MSP.contractor, tier: 1, state: 'FREE', lock: null } as const;
    expect(await writtenBy(all(spoken, silent)(scene))).toEqual(
      put('slice', SLICE.id, unsaltedOf(ALLOCATED_SLICE, passed), {
        ...{ in: [MSP.bank], copies: [MSP.contractor], policy: 'BankMSP & ContractorMSP' },
      }),
    );
    expect(
      await codeOf(
        all(spoken, stands(MSP.supplier, 'approval', { ...refusalOf(MSP.supplier), id: batch.batchId }))(scene),
      ),
    ).toBe('taken');
  });

  it('needs the approval of who takes the slice all the same', async () => {
    expect(await codeOf(all(spoken, absent(MSP.contractor, 'approval', batch.batchId))(scene))).toBe('NOT_APPROVED');
  });

  it('needs approval and word of the holder as long as the stand-in has not spoken', async () => {
    const data = { kind: 'proof', id: PRICE_ID, mspId: MSP.supplier };
    expect(await outcomeOf(scene)).toEqual({ refused: 'NOT_PROVEN', data });
    const payees = says('ACKNOWLEDGED', MSP.supplier);
    expect(await codeOf(payees(scene))).toBe('taken');
    expect(await codeOf(all(payees, silent)(scene))).toBe('NOT_APPROVED');
  });

  it.each<[string, Change]>([
    ['of the prover on another leg', says('ACKNOWLEDGED', MSP.issuer, { ...PRICE_ROW, legHash: HASH })],
    ['of the prover on another batch', says('ACKNOWLEDGED', MSP.issuer, { ...PRICE_ROW, batchId: HASH })],
    ['of another organisation', says('ACKNOWLEDGED', MSP.otherBank)],
  ])('counts no word %s', async (_what, change) => {
    expect(await codeOf(all(change, silent)(scene))).toBe('NOT_APPROVED');
  });

  it('counts the word on the leg that the holder named, whatever sheet the registers have written', async () => {
    // All registers are the bank here. It says that the batch pays by another leg under that id.
    const forged = SHEET.map((row) => (row.id === PRICE_ID ? { ...row, legHash: HASH } : row));
    const lie = all(instead(outcomeWith('COMMITTED', forged)), approvedByAll(forged), silent)(scene);
    expect(await codeOf(says('ACKNOWLEDGED', MSP.issuer, { ...PRICE_ROW, legHash: HASH })(lie))).toBe('NOT_APPROVED');
  });
});

describe('a release', () => {
  const scene = covered(GIVEN_ROW)(
    sceneOf(
      'slice:release',
      callerOf('supplier', ['maker']),
      { sliceId: SLICE.id, legId: SLICE_LEG.id },
      {
        shown: [
          GIVEN,
          outcomeWith('AGREED', [...SHEET]),
          opened('slice', { ...ALLOCATED_SLICE.record, lock: LOCK }),
          TERMS,
        ],
        date: AFTER_END,
      },
    ),
  );
  const denied = says('NOT_RECEIVED', MSP.supplier);

  it('is refused to a payee that denies what its stand-in has acknowledged, while the money is there', async () => {
    expect(await codeOf(all(denied, credited)(scene))).toBe('taken');
    expect(await codeOf(all(denied, credited, spoken)(scene))).toBe('FUNDS_SENT');
  });

  it('is given once the money went back, whatever the stand-in has said before', async () => {
    const sent = stands(MSP.bank, 'remittance', { ...LEG_REMITTANCE.record, id: PRICE_ID });
    expect(await codeOf(all(denied, spoken, sent)(scene))).toBe('taken');
    expect(await codeOf(spoken(scene))).toBe('taken');
  });

  it('is given although a stand-in spoke that is not apart from the batch', async () => {
    const other = { ...CREDIT_ROW, receiverMsp: MSP.issuer as string };
    const sheet = asBatch([...SHEET, other].sort((a, b) => (a.id < b.id ? -1 : 1)));
    const [batchId, ids] = [batchIdOf(sheet.map(({ id }) => id)), sheet.map(({ id }) => id)];
    const price = sheet.find(({ id }) => id === PRICE_ID) ?? PRICE_ROW;
    const given = sheet.find(({ id }) => id === SLICE_LEG.id) ?? SLICE_ROW;
    const leg = opened('leg', { ...GIVEN.record, batchId, legIds: ids });
    const shownSheet = sheet.map((row) => (row === given ? rowOf(leg) : row));
    const joined: Scene = {
      ...scene,
      shown: [leg, outcomeWith('AGREED', shownSheet), ...scene.shown.slice(2)],
    };
    const proven = [says('CREDITED', MSP.bank, price), says('ACKNOWLEDGED', MSP.issuer, price)];
    const whole = all(covered(rowOf(leg)), ...proven, says('NOT_RECEIVED', MSP.supplier, price));
    expect(await codeOf(whole(joined))).toBe('taken');
  });
});
