/** What a member, a register or a stranger alone tries with an outcome, with ids that everybody saw in a block, and with legs of other batches. */
import { describe, expect, it } from '@jest/globals';
import { batchIdOf } from '@tenor/client';
import { encodeRecord } from '../../chaincode/src/ledger/codec.js';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { daysAfter } from '../deal/inputs.js';
import { Attackers, write, type RawOperation } from '../support/attack.js';
import { agree, approve } from '../support/batches.js';
import type { Market, Trade } from '../support/market.js';
import { LEI, type PartyName } from '../support/world.js';
import { outcome, recordOf } from './dealBooks.js';

const UNENDORSED = 'ENDORSEMENT_POLICY_FAILURE';

export function shouldHearAllRegisters(current: () => Market): void {
  const mspOf = (name: PartyName): string => current().world.people(name).mspId;

  /** How a write set of these organisations ends. */
  async function ends(names: readonly PartyName[], operations: readonly RawOperation[]): Promise<string> {
    const attackers = await Attackers.corrupt(current().world, names);
    const ending = await attackers.commit(operations);
    await attackers.surrender();
    return ending;
  }

  /** An outcome in the book of one of them, without anybody's word. */
  async function committed(trade: Trade, at: PartyName): Promise<RawOperation> {
    const [id, sheet] = [batchIdOf(trade.legIds), await current().sheet(trade)];
    const record = { schema: 'tenor.outcome/1', id, state: 'COMMITTED', sheet, salt: 'ef'.repeat(32) } as const;
    return write(mspOf(at), ownKey('outcome', id), encodeRecord(record));
  }

  describe('one register, member or stranger', () => {
    it('a register that writes an outcome alone moves nothing, and its lie locks nothing beyond the last day', async () => {
      const trade = await current().approved();
      expect(await ends(['thirdBank'], [await committed(trade, 'bank')])).toBe(UNENDORSED);
      expect(await ends(['thirdBank'], [await committed(trade, 'thirdBank')])).toBe('VALID');
      expect(await outcome(current().complete(trade, 'secondBank'))).not.toBe('ok');
      expect(await outcome(current().agree(trade))).toBe('OUTCOME_EXISTS');
      await current().world.moveTo(daysAfter(trade.expiresOn, 1));
      await current().release(trade);
    });

    it('no register changes alone what all of them have written', async () => {
      const trade = await current().agreed();
      for (const name of ['bank', 'thirdBank'] as const)
        expect(await ends([name], [await committed(trade, name)])).toBe(UNENDORSED);
    });

    it('of bank, buyer and prover no two move an allocated slice', async () => {
      const { world } = current();
      const trade = await current().agreed();
      const slice = await recordOf(world, 'bank', 'slice', trade.sliceId);
      const taken = { ...slice, holder: LEI.secondBank, holderMsp: mspOf('secondBank'), state: 'FREE', lock: null };
      const theft = [write(mspOf('bank'), ownKey('slice', trade.sliceId), taken)];
      for (const names of [
        ['bank', 'secondBank'],
        ['bank', 'thirdBank'],
        ['secondBank', 'thirdBank'],
      ] as const)
        expect(await ends(names, theft)).toBe(UNENDORSED);
    });

    it('nobody instructs a leg under an id that another drew, and whoever is no member takes no step', async () => {
      const { world } = current();
      const trade = current().draw();
      const drawn = world.newId('bank', 'contractor');
      const legIds = [drawn, trade.cash.legId];
      expect(await outcome(current().give({ ...trade, legId: drawn, legIds }))).toBe('ID_FOREIGN');
      await current().give(trade);
      expect(await outcome(current().give({ ...current().draw(), legId: trade.legId, legIds: trade.legIds }))).not.toBe(
        'ok',
      );
      await current().pay(trade);
      for (const name of ['supplier', 'secondBank'] as const) await approve(world, name, trade.legIds);
      const told = await current().sheet(trade);
      expect(await outcome(agree(world, 'contractor', trade.legIds, told))).toBe('CALLER_NOT_ALLOWED');
    });

    it('legs and slices of two batches do not mix', async () => {
      const { world } = current();
      const [one, other] = [await current().agreed(), await current().agreed()];
      expect(await outcome(approve(world, 'secondBank', [one.legId, other.cash.legId]))).toBe('LEG_FOREIGN');
      await current().credited(one);
      await current().commit(one);
      expect(await outcome(current().complete({ ...one, sliceId: other.sliceId }, 'supplier'))).toBe('LEG_FOREIGN');
      expect(await outcome(current().complete(other, 'supplier'))).toBe('OUTCOME_MISSING');
      await current().complete(one, 'supplier');
    });
  });
}
