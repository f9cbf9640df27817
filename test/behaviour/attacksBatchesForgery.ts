/**
 * Changed chaincode at registers, buyers and banks. Each writes into its own book what it likes: covers, proofs, outcomes. Nothing that they can write
 * moves a slice for which its holder was not paid, as long as somebody honest has to sign.
 */
import { describe, expect, it } from '@jest/globals';
import type { SheetRow } from '@tenor/client';
import { coverOf } from '../../chaincode/src/domain/batches.js';
import { encodeRecord } from '../../chaincode/src/ledger/codec.js';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, refusalOf, write, type RawOperation } from '../support/attack.js';
import type { Market, Terms, Trade } from '../support/market.js';
import type { PartyName } from '../support/world.js';

/** The buyer keeps the supplier's account itself. */
const AT_BUYER: Terms = { buyer: 'secondBank', payerBank: 'secondBank', payeeBank: 'secondBank' };

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

  describe('no slice moves before its money is proven', () => {
    it('a register whose cover calls money an asset needs the approval of everybody who saw the leg as it is', async () => {
      const trade = await current().approved(AT_BUYER);
      const lie = await lieOf(trade, ({ payerBankMsp: _payer, payeeBankMsp: _payee, ...row }) => ({
        ...row,
        what: 'SLICE',
      }));
      expect((await refusalOf(current().agree(trade, lie))).code).toBe('NOT_APPROVED');
    });

    it('nor does its word on the banks make an acknowledgement of the payee needless', async () => {
      const trade = await current().approved(AT_BUYER);
      const lie = await lieOf(trade, (row) => ({ ...row, payeeBankMsp: mspOf('thirdBank') }));
      expect((await refusalOf(current().agree(trade, lie))).code).toBe('NOT_APPROVED');
    });
  });
}
