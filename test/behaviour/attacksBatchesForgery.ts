/**
 * Changed chaincode at registers, buyers and banks. Each writes into its own book what it likes: covers, proofs, outcomes. Nothing that they can write
 * moves a slice for which its holder was not paid, as long as somebody honest has to sign.
 */
import { describe, expect, it } from '@jest/globals';
import { batchIdOf, type BookRecord, type SheetRow } from '@tenor/client';
import { coverOf } from '../../chaincode/src/domain/batches.js';
import { encodeRecord } from '../../chaincode/src/ledger/codec.js';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, refusalOf, write, type RawOperation } from '../support/attack.js';
import { approve, underFourEyes } from '../support/batches.js';
import type { Market, Terms, Trade } from '../support/market.js';
import { LEI, type PartyName } from '../support/world.js';
import { recordOf } from './dealBooks.js';

/** The buyer keeps the supplier's account itself. */
const AT_BUYER: Terms = { buyer: 'secondBank', payerBank: 'secondBank', payeeBank: 'secondBank' };

/** The bank that keeps the slice buys it, and keeps the supplier's account too. */
const ALL_AT_BANK: Terms = { buyer: 'bank', payerBank: 'bank', payeeBank: 'bank' };

export function shouldPayBeforeDelivery(current: () => Market): void {
  const mspOf = (name: PartyName): string => current().world.people(name).mspId;

  /** Runs a write set as these organisations, which are honest again afterwards. */
  async function plant(names: readonly PartyName[], operations: readonly RawOperation[]): Promise<void> {
    const attackers = await Attackers.corrupt(current().world, names);
    const ending = await attackers.commit(operations);
    await attackers.surrender();
    expect(ending).toBe('VALID');
  }

  /** The sheet of a sale with another row for its money, which stands in the cover of who registers it. */
  async function lieOf(trade: Trade, changed: (cash: SheetRow) => SheetRow): Promise<SheetRow[]> {
    const sheet = await current().sheet(trade);
    const lie = sheet.map((row) => (row.id === trade.cash.legId ? changed(row) : row));
    const covers = lie.filter(({ id }) => id === trade.cash.legId).map(coverOf);
    const at = trade.cash.payeeBank;
    await plant(
      [at],
      covers.map((cover) => write(mspOf(at), ownKey('cover', cover.id), encodeRecord(cover))),
    );
    return lie;
  }

  /** An outcome that registers write together, whatever is approved and proven. */
  async function forgeOutcome(
    names: readonly PartyName[],
    trade: Trade,
    state: BookRecord<'outcome'>['state'],
  ): Promise<void> {
    const [id, sheet] = [batchIdOf(trade.legIds), await current().sheet(trade)];
    const forged = encodeRecord({ schema: 'tenor.outcome/1', id, state, sheet, salt: 'ef'.repeat(32) });
    const writes = names.map((name) => write(mspOf(name), ownKey('outcome', id), forged));
    await plant(names, writes);
  }

  /** The holder has its slice. */
  async function expectHeld({ sliceId }: Trade): Promise<void> {
    expect(await recordOf(current().world, 'bank', 'slice', sliceId)).toMatchObject({
      ...{ holder: LEI.supplier, state: 'ALLOCATED' },
    });
  }

  describe('no slice moves before its money is proven', () => {
    it('a register whose cover calls money an asset needs the approval of everybody who saw the leg as it is', async () => {
      const trade = await current().approved(AT_BUYER);
      const lie = await lieOf(trade, ({ payerBankMsp: _payer, payeeBankMsp: _payee, ...row }) => ({
        ...row,
        what: 'SLICE',
      }));
      expect((await refusalOf(current().agree(trade, lie))).code).toBe('NOT_APPROVED');
    });

    it('nor can it say that the money is its own, where the seller has approved the slice alone', async () => {
      const trade = await current().instructed(AT_BUYER);
      const { world } = current();
      expect((await refusalOf(approve(world, 'supplier', [trade.legId]))).code).toBe('BATCH_SIZE');
      for (const name of ['supplier', 'secondBank'] as const) await approve(world, name, trade.legIds);
      const lie = await lieOf(trade, (row) => ({ ...row, receiverMsp: mspOf('secondBank') }));
      expect((await refusalOf(current().agree(trade, lie))).code).toBe('NOT_APPROVED');
    });

    it('nor does its word on the banks make an acknowledgement of the payee needless', async () => {
      const trade = await current().approved(AT_BUYER);
      const lie = await lieOf(trade, (row) => ({ ...row, payeeBankMsp: mspOf('thirdBank') }));
      expect((await refusalOf(current().agree(trade, lie))).code).toBe('NOT_APPROVED');
    });

    it('a bank that registers all legs, and so writes the outcome alone, does not get the holder to sign before it is paid', async () => {
      const trade = await current().approved(ALL_AT_BANK);
      await forgeOutcome(['bank'], trade, 'COMMITTED');
      expect((await refusalOf(current().complete(trade, 'bank'))).code).toBe('NOT_PROVEN');
      await expectHeld(trade);
    });

    it('nor for what the holder did not approve', async () => {
      const trade = await current().instructed(ALL_AT_BANK);
      await approve(current().world, 'bank', trade.legIds);
      await forgeOutcome(['bank'], trade, 'COMMITTED');
      const refused = await refusalOf(current().complete(trade, 'bank'));
      expect(refused).toMatchObject({ code: 'NOT_APPROVED', data: { mspId: mspOf('supplier') } });
      await expectHeld(trade);
    });

    it('nor by settling at once what it says was agreed', async () => {
      const trade = await current().instructed(ALL_AT_BANK);
      const { world } = current();
      await approve(world, 'bank', trade.legIds);
      await current().attested(trade);
      await underFourEyes(world, 'supplier', 'cash:acknowledge', { legId: trade.cash.legId });
      await forgeOutcome(['bank'], trade, 'AGREED');
      const settled = world.people('bank').checker.batch.settle({ legIds: [...trade.legIds] });
      expect(await refusalOf(settled)).toMatchObject({ code: 'NOT_APPROVED', data: { mspId: mspOf('supplier') } });
      await expectHeld(trade);
    });

    it('bank and buyer, who register all legs together, do not get the holder to sign before it is paid', async () => {
      const trade = await current().approved(AT_BUYER);
      await forgeOutcome(['bank', 'secondBank'], trade, 'COMMITTED');
      expect((await refusalOf(current().complete(trade, 'secondBank'))).code).toBe('NOT_PROVEN');
      await expectHeld(trade);
    });

    it('nobody is handed a slice that it did not approve, whatever its bank writes', async () => {
      const trade = await current().instructed(ALL_AT_BANK);
      await forgeOutcome(['bank'], trade, 'COMMITTED');
      const refused = await refusalOf(current().complete(trade, 'bank'));
      expect(refused).toMatchObject({ code: 'NOT_APPROVED', data: { mspId: mspOf('bank') } });
    });

    it.each([
      ['keeps it', { buyer: 'secondBank', payerBank: 'secondBank', payeeBank: 'bank' }],
      ['takes it', { buyer: 'secondBank', payerBank: 'thirdBank', payeeBank: 'secondBank' }],
    ] as const)('a bank of the holder that %s does not prove alone that the holder was paid', async (_how, terms) => {
      const trade = await current().agreed(terms);
      await current().credited(trade);
      expect(await refusalOf(current().commit(trade))).toEqual({
        ...{ code: 'NOT_PROVEN', data: { kind: 'proof', id: trade.cash.legId, mspId: mspOf('supplier') } },
      });
      await underFourEyes(current().world, 'supplier', 'cash:acknowledge', { legId: trade.cash.legId });
      await current().commit(trade);
      await current().complete(trade, 'supplier');
    });
  });
}
