/** Payments in parts: several payments pay one presentment, and a charge that was deducted on the way makes a payment a part. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Input } from '@tenor/client';
import { acknowledge, attest, present, reopen, report, sendBack, type Presented } from '../support/deal.js';
import type { World } from '../support/world.js';
import { outcome, recordOf } from './dealBooks.js';
import { MORE, SECOND_BANK } from './lifecycleParties.js';

/** @param part a free slice of the supplier over 100 that is due */
export function shouldSettleInParts(world: () => World, part: () => string): void {
  describe('payments in parts', () => {
    const at = async (sliceId: string, payeeBank?: string): Promise<Presented> =>
      present(world(), 'supplier', [sliceId], payeeBank);
    const partOf = (presented: Presented, amount: string): Presented => ({ ...presented, uetr: randomUUID(), amount });
    const reported = (paid: Presented, status?: 'ACCC' | 'ACSP' | 'RJCT'): Promise<string> =>
      outcome(report(world(), paid, status));
    const attested = (paid: Presented, amount = paid.amount): Promise<string> =>
      outcome(attest(world(), { ...paid, amount }, undefined, SECOND_BANK));
    const together = (
      ...[first, ...others]: readonly Presented[]
    ): Pick<Input<'presentment:discharge'>, 'uetr' | 'furtherUetrs'> =>
      others.length === 0 ? { uetr: first?.uetr } : { uetr: first?.uetr, furtherUetrs: others.map(({ uetr }) => uetr) };
    const released = ({ presentmentId }: Presented, ...paid: readonly Presented[]): Promise<string> =>
      outcome(
        world()
          .people('bank')
          .checker.presentment.discharge({ presentmentId, ...together(...paid) }),
      );
    const stateOf = async (sliceId: string): Promise<string> =>
      (await recordOf(world(), 'bank', 'slice', sliceId)).state;

    it('two payments pay a presentment together, and neither does alone', async () => {
      const sliceId = part();
      const presented = await at(sliceId, MORE.secondBank);
      const [first, second] = [partOf(presented, '60'), partOf(presented, '40')];
      expect(await reported(first, 'ACSP')).toBe('ok');
      expect(await reported(second, 'ACSP')).toBe('PAYMENT_PENDING');
      expect([await reported(first), await attested(first)]).toEqual(['ok', 'ok']);
      expect(await released(presented, first)).toBe('UNDERPAID');
      expect(await reported(partOf(presented, '41'), 'ACSP')).toBe('OVERPAID');
      expect(await reported(partOf(presented, '100'), 'ACSP')).toBe('OVERPAID');
      expect([await reported(second), await attested(partOf(presented, '41'))]).toEqual(['ok', 'OVERPAID']);
      expect(await released(presented, first, second)).toBe('ATTESTATION_NEEDED');
      expect(await attested(second)).toBe('ok');
      expect([await released(presented, second), await stateOf(sliceId)]).toEqual(['UNDERPAID', 'PRESENTED']);
      expect(await released(presented, first, first)).toBe('DUPLICATE_ITEM');
      const { presentmentId } = presented;
      const { presentment } = world().people('supplier').maker;
      expect(await outcome(presentment.withdraw({ presentmentId }))).toBe('PAYMENT_PENDING');
      expect([await released(presented, second, first), await stateOf(sliceId)]).toEqual(['ok', 'PAID']);
      // What comes too much goes back, and the ledger keeps that it did.
      expect(await attested(partOf(presented, '1'))).toBe('OVERPAID');
      expect(await outcome(sendBack(world(), partOf(presented, '1'), SECOND_BANK))).toBe('ok');
    });

    it('a charge that was deducted on the way is paid by a payment of its own', async () => {
      const sliceId = part();
      const presented = await at(sliceId, MORE.secondBank);
      const charge = partOf(presented, '3');
      expect([await reported(presented), await attested(presented, '97')]).toEqual(['ok', 'ok']);
      expect(await released(presented, presented)).toBe('UNDERPAID');
      expect([await reported(charge), await attested(charge)]).toEqual(['ok', 'ok']);
      expect([await released(presented, presented, charge), await stateOf(sliceId)]).toEqual(['ok', 'PAID']);
    });

    it('a part that came back is no part any more, and is paid anew', async () => {
      const sliceId = part();
      const presented = await at(sliceId, MORE.secondBank);
      const [first, second, anew] = [partOf(presented, '60'), partOf(presented, '40'), partOf(presented, '60')];
      for (const each of [first, second]) expect([await reported(each), await attested(each)]).toEqual(['ok', 'ok']);
      await sendBack(world(), first, SECOND_BANK, { books: 'register' });
      expect(await released(presented, first, second)).toBe('PAYMENT_RETURNED');
      expect(await reported(partOf(presented, '61'))).toBe('OVERPAID');
      expect([await reported(anew), await attested(anew)]).toEqual(['ok', 'ok']);
      expect(await released(presented, first, anew)).toBe('PAYMENT_RETURNED');
      expect([await released(presented, second, anew), await stateOf(sliceId)]).toEqual(['ok', 'PAID']);
    });

    it('of two parts that are attested at the same moment no more counts than is outstanding', async () => {
      const presented = await at(part(), MORE.secondBank);
      const parts = [partOf(presented, '60'), partOf(presented, '60')];
      const outcomes = await Promise.all(parts.map((each) => attested(each)));
      expect(outcomes.sort()).toEqual(['OVERPAID', 'ok']);
      // The payer's bank has reported nothing yet, and pays no more than the rest.
      expect(await reported(partOf(presented, '41'), 'ACSP')).toBe('OVERPAID');
      expect(await reported(partOf(presented, '40'), 'ACSP')).toBe('ok');
    });

    it('a payee acknowledges all payments, and a word on one of them is cancelled', async () => {
      const sliceId = part();
      const presented = await at(sliceId, MORE.secondBank);
      const [first, second] = [partOf(presented, '60'), partOf(presented, '40')];
      expect(await reported(first)).toBe('ok');
      await acknowledge(world(), 'supplier', first);
      expect(await released(presented, first)).toBe('UNDERPAID');
      expect(await reported(second)).toBe('ok');
      expect(await released(presented, first, second)).toBe('PAYMENT_MISMATCH');
      expect(await outcome(reopen(world(), second))).toBe('ok');
      const all = { furtherUetrs: [second.uetr] };
      expect(await outcome(acknowledge(world(), 'supplier', first, all))).toBe('ok');
      expect(await outcome(reopen(world(), second))).toBe('PAYMENT_PENDING');
      expect([await released(presented, first, second), await stateOf(sliceId)]).toEqual(['ok', 'PAID']);
    });

    it("a bank that attests less than came does not keep open what its customer says is paid, nor does the payer's bank pay twice", async () => {
      const sliceId = part();
      const presented = await at(sliceId, MORE.secondBank);
      expect([await reported(presented), await attested(presented, '1')]).toEqual(['ok', 'ok']);
      await acknowledge(world(), 'supplier', presented);
      expect(await released(presented, presented)).toBe('UNDERPAID');
      const firmly = { inSpiteOfReturn: true };
      expect(await outcome(acknowledge(world(), 'supplier', presented, firmly))).toBe('ok');
      expect([await released(presented, presented), await stateOf(sliceId)]).toEqual(['ok', 'PAID']);
    });

    it('where payer and payee share the bank, both speak of all parts', async () => {
      const sliceId = part();
      const presented = await at(sliceId);
      const [first, second] = [partOf(presented, '60'), partOf(presented, '40')];
      for (const each of [first, second]) {
        expect(await reported(each)).toBe('ok');
        expect(await outcome(attest(world(), each))).toBe('ok');
      }
      expect(await released(presented, first, second)).toBe('ACKNOWLEDGEMENT_NEEDED');
      await acknowledge(world(), 'supplier', second, { furtherUetrs: [first.uetr] });
      expect([await released(presented, first, second), await stateOf(sliceId)]).toEqual(['ok', 'PAID']);
    });
  });
}
