/**
 * The whole deal, from nothing to settled, in two currencies.
 *
 *   USD 34,000,000.00  confirmed by the bank's maker and checker   24m stays, 10m goes on to the contractor
 *   CNY 39,000,000.00  confirmed at once, on an automatic line     stays whole
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookKind } from '@tenor/client';
import {
  accept,
  confirm,
  offer,
  openLine,
  pay,
  split,
  submitCertificate,
  transfer,
  type Presented,
} from '../support/deal.js';
import { BUSINESS_KINDS } from '../support/kinds.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, World, type PartyName } from '../support/world.js';
import { areApart, outcome, positions, recordOf, utilised, viewOf, viewsOf } from './dealBooks.js';

const USD_FACE = '3400000000';
const CNY_FACE = '3900000000';
const KEPT = '2400000000';
const PASSED_ON = '1000000000';

interface Deal {
  usdLine: string;
  cnyLine: string;
  usd: string;
  cny: string;
  usdSlice: string;
  cnySlice: string;
  kept: string;
  passedOn: string;
}

const mspIds = (world: World, ...names: PartyName[]): string[] =>
  [...new Set(names.map((name) => world.people(name).mspId))].sort();

async function kindsIn(world: World, name: PartyName): Promise<BookKind[]> {
  const found: BookKind[] = [];
  for (const kind of BUSINESS_KINDS) {
    if ((await viewsOf(world.people(name).checker, kind)).length > 0) found.push(kind);
  }
  return found;
}

/** The whole deal on any ledger. */
export function shouldRunADeal(open: OpenLedger): void {
  describe('a deal', () => {
    let world: World;
    const deal = {} as Deal;
    beforeAll(async () => {
      world = await World.found(await open());
    });
    afterAll(() => world.close());

    issuing(() => world, deal);
    passingOn(() => world, deal);
    settling(() => world, deal);
  });
}

function issuing(world: () => World, deal: Deal): void {
  it('has a line in two currencies, which bank and issuer see alike', async () => {
    deal.usdLine = await openLine(world(), { limit: USD_FACE });
    deal.cnyLine = await openLine(world(), { limit: CNY_FACE, currency: 'CNY', autoConfirm: true });
    const [ofBank, ofIssuer] = [
      await viewOf(world(), 'bank', 'line', deal.usdLine),
      await viewOf(world(), 'issuer', 'line', deal.usdLine),
    ];
    expect(ofBank.opening).toBe(ofIssuer.opening);
    expect(ofBank.record).toMatchObject({ limit: USD_FACE, utilised: '0', currency: 'USD', autoConfirm: false });
  });

  it('is submitted by the issuer, and draws nothing before the bank confirms', async () => {
    deal.usd = await submitCertificate(world(), USD_FACE);
    expect(await utilised(world(), 'bank', deal.usdLine)).toBe('0');
    expect(
      await outcome(world().people('bank').checker.sender.evaluate('book:get', { kind: 'status', id: deal.usd })),
    ).toBe('NOT_FOUND');
    expect(await recordOf(world(), 'bank', 'face', deal.usd)).toMatchObject({ payee: LEI.supplier, amount: USD_FACE });
    expect(await recordOf(world(), 'issuer', 'terms', deal.usd)).toMatchObject({ dueDate: DUE, paymentDate: DUE });
  });

  it('is confirmed by two people of the bank, which draws the line in both books', async () => {
    const receipt = await confirm(world(), deal.usdLine, [deal.usd]);
    expect(receipt).toMatchObject({ replayed: false, endorsingOrganizations: mspIds(world(), 'bank', 'issuer') });
    for (const name of ['bank', 'issuer'] as const) {
      expect(await utilised(world(), name, deal.usdLine)).toBe(USD_FACE);
      expect(await recordOf(world(), name, 'confirmation', deal.usd)).toMatchObject({
        outcome: 'CONFIRMED',
        by: 'BANK',
      });
    }
  });

  it('is confirmed at once where the line allows it', async () => {
    const certificateId = await submitCertificate(world(), CNY_FACE, {
      lineId: deal.cnyLine,
      changes: { currency: 'CNY' },
    });
    deal.cny = certificateId;
    expect(await recordOf(world(), 'bank', 'confirmation', certificateId)).toMatchObject({
      outcome: 'CONFIRMED',
      by: 'LINE',
    });
    expect(await utilised(world(), 'issuer', deal.cnyLine)).toBe(CNY_FACE);
  });

  it('is offered by the bank to the payee alone', async () => {
    const receipt = await offer(world(), deal.usd);
    await offer(world(), deal.cny);
    expect(receipt.endorsingOrganizations).toEqual(mspIds(world(), 'bank', 'supplier'));
    expect(await recordOf(world(), 'supplier', 'status', deal.usd)).toMatchObject({ state: 'OFFERED' });
    if (areApart(world(), 'supplier', 'bank')) {
      expect(await kindsIn(world(), 'supplier')).toEqual([
        ...['reservation', 'terms', 'face', 'confirmation', 'status'],
      ]);
    }
  });

  it('becomes a root slice of the whole face when the payee accepts', async () => {
    deal.usdSlice = await accept(world(), deal.usd);
    deal.cnySlice = await accept(world(), deal.cny);
    const whole = { amount: USD_FACE, state: 'FREE', holder: LEI.supplier, current: true };
    expect(await positions(world(), 'supplier', deal.usd)).toEqual([whole]);
    expect(await positions(world(), 'bank', deal.usd)).toEqual([whole]);
    expect(await recordOf(world(), 'bank', 'slice', deal.usdSlice)).toMatchObject({ tier: 0, parentId: null });
    for (const name of ['bank', 'supplier'] as const) {
      expect(await recordOf(world(), name, 'status', deal.usd)).toMatchObject({ state: 'ACTIVE' });
    }
  });
}

function passingOn(world: () => World, deal: Deal): void {
  it('is split into parts that add up, and leaves a tombstone that names them', async () => {
    const partIds = await split(world(), deal.usdSlice, [KEPT, PASSED_ON]);
    [deal.kept = '', deal.passedOn = ''] = partIds;
    expect(await recordOf(world(), 'bank', 'slice', deal.usdSlice)).toMatchObject({
      state: 'SPENT',
      children: partIds,
    });
    expect(await positions(world(), 'supplier', deal.usd)).toEqual([
      { amount: PASSED_ON, state: 'FREE', holder: LEI.supplier, current: true },
      { amount: KEPT, state: 'FREE', holder: LEI.supplier, current: true },
      { amount: USD_FACE, state: 'SPENT', holder: LEI.supplier, current: true },
    ]);
  });

  it("passes a slice on, after which the former holder's copy proves nothing", async () => {
    await transfer(world(), deal.passedOn);
    expect(await recordOf(world(), 'contractor', 'slice', deal.passedOn)).toMatchObject({
      ...{ holder: LEI.contractor, tier: 1, state: 'FREE', lock: null },
    });
    expect((await viewOf(world(), 'contractor', 'slice', deal.passedOn)).current).toBe(true);
    if (areApart(world(), 'supplier', 'bank')) {
      const held = await viewOf(world(), 'supplier', 'slice', deal.passedOn);
      expect(held).toMatchObject({ current: false, record: { state: 'OFFERED', holder: LEI.supplier } });
    }
  });

  it('shows the next holder terms and slice, never face, line or documents', async () => {
    if (areApart(world(), 'contractor', 'issuer')) {
      expect(await kindsIn(world(), 'contractor')).toEqual(['terms', 'slice']);
    }
    const terms = await recordOf(world(), 'contractor', 'terms', deal.usd);
    expect(Object.keys(terms)).not.toContain('amount');
  });
}

function settling(world: () => World, deal: Deal): void {
  it('pays each holder against report, attestation and acknowledgement', async () => {
    await world().moveTo(DUE);
    const paid: Presented[] = [
      await pay(world(), 'supplier', [deal.kept]),
      await pay(world(), 'contractor', [deal.passedOn]),
      await pay(world(), 'supplier', [deal.cnySlice]),
    ];
    expect(paid.map(({ currency, amount }) => `${currency} ${amount}`)).toEqual([
      `USD ${KEPT}`,
      `USD ${PASSED_ON}`,
      `CNY ${CNY_FACE}`,
    ]);
    const register = await positions(world(), 'bank', deal.usd);
    expect(register.map(({ amount, state, holder }) => [amount, state, holder])).toEqual([
      [PASSED_ON, 'PAID', LEI.contractor],
      [KEPT, 'PAID', LEI.supplier],
      [USD_FACE, 'SPENT', LEI.supplier],
    ]);
    expect(await recordOf(world(), 'contractor', 'slice', deal.passedOn)).toMatchObject({ state: 'PAID' });
  });

  it('settles slice by slice, restores the line by what was paid, and ends when all is paid', async () => {
    const { checker } = world().people('bank');
    const receipt = await checker.certificate.redeem({ certificateId: deal.usd, sliceIds: [deal.kept] });
    expect(receipt.endorsingOrganizations).toEqual(mspIds(world(), 'bank', 'issuer'));
    expect(await recordOf(world(), 'issuer', 'totals', deal.usd)).toMatchObject({ paid: KEPT, currency: 'USD' });
    expect(await utilised(world(), 'issuer', deal.usdLine)).toBe(PASSED_ON);
    expect(await recordOf(world(), 'bank', 'status', deal.usd)).toMatchObject({ state: 'ACTIVE' });
    await checker.certificate.redeem({ certificateId: deal.usd, sliceIds: [deal.passedOn] });
    await checker.certificate.redeem({ certificateId: deal.cny, sliceIds: [deal.cnySlice] });
    for (const name of ['bank', 'issuer'] as const) {
      expect(await recordOf(world(), name, 'status', deal.usd)).toMatchObject({ state: 'SETTLED' });
      expect(await recordOf(world(), name, 'totals', deal.usd)).toMatchObject({ paid: USD_FACE });
      expect(await utilised(world(), name, deal.usdLine)).toBe('0');
      expect(await utilised(world(), name, deal.cnyLine)).toBe('0');
    }
    if (areApart(world(), 'supplier', 'bank')) {
      expect(await viewOf(world(), 'supplier', 'status', deal.usd)).toMatchObject({ current: false });
    }
  });

  it('conserves the face in the register: paid and live add up to it', async () => {
    for (const [certificateId, face] of [
      [deal.usd, USD_FACE],
      [deal.cny, CNY_FACE],
    ] as const) {
      const register = await positions(world(), 'bank', certificateId);
      const counted = register.filter(({ state }) => state !== 'SPENT').map(({ amount }) => BigInt(amount));
      expect(counted.reduce((sum, amount) => sum + amount, 0n)).toBe(BigInt(face));
    }
  });

  it('leaves nothing in the book of an organisation that is no party to it', async () => {
    if (areApart(world(), 'operator', 'issuer')) expect(await kindsIn(world(), 'operator')).toEqual([]);
    expect(await outcome(world().people('operator').checker.book.slice.get(deal.kept))).toBe('NOT_FOUND');
  });
}
