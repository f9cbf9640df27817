/** Payments that come back after they had discharged a presentment: what was paid is owed again, once, to whom it was owed. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookRecord, Input } from '@tenor/client';
import {
  attest,
  issue,
  present,
  presentAs,
  presentation,
  reinstate,
  release,
  report,
  sendBack,
  split,
  type Presented,
} from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, World } from '../support/world.js';
import { outcome, recordOf } from './dealBooks.js';
import { addParties, MORE, SECOND_BANK } from './lifecycleParties.js';

/** The suite on any ledger of five organisations. */
export function shouldReinstateWhatCameBack(open: OpenLedger): void {
  describe('payments that come back after the discharge', () => {
    let world: World;
    let certificateId = '';
    let parts: string[] = [];
    const part = (): string => parts.pop() ?? '';

    beforeAll(async () => {
      world = await World.found(await open());
      await addParties(world);
      const issued = await issue(world, '1000');
      ({ certificateId } = issued);
      parts = await split(world, issued.sliceId, Array<string>(10).fill('100'));
      await world.moveTo(DUE);
    });
    afterAll(() => world.close());

    const sliceOf = (sliceId: string, name: 'bank' | 'supplier' = 'bank'): Promise<BookRecord<'slice'>> =>
      recordOf(world, name, 'slice', sliceId);
    const redeem = (...sliceIds: string[]): Promise<string> =>
      outcome(world.people('bank').checker.certificate.redeem({ certificateId, sliceIds }));
    const settle = async (presented: Presented): Promise<void> => {
      await report(world, presented);
      await attest(world, presented, undefined, SECOND_BANK);
      await release(world, presented);
    };
    const paid = async (...sliceIds: string[]): Promise<Presented> => {
      const presented = await present(world, 'supplier', sliceIds, MORE.secondBank);
      await settle(presented);
      return presented;
    };
    const sentBack = async (
      presented: Presented,
      changes: Partial<Input<'payment:return'>> = {},
    ): Promise<Presented> => {
      await sendBack(world, presented, SECOND_BANK, changes);
      return presented;
    };

    it('the holder is owed the slice again, presents it into another account, and is paid', async () => {
      const sliceId = part();
      const presented = await sentBack(await paid(sliceId));
      expect(await outcome(reinstate(world, presented))).toBe('ok');
      const tombstone = await sliceOf(sliceId, 'supplier');
      const [owed = ''] = tombstone.children;
      expect(tombstone).toMatchObject({ state: 'RETURNED', returned: { amount: '100', paymentId: presented.uetr } });
      expect(await sliceOf(owed, 'supplier')).toMatchObject({ state: 'FREE', amount: '100', parentId: sliceId });
      const account = { scheme: 'IBAN', id: 'GB82WEST12345698765432' } as const;
      const input = { ...presentation(world, 'supplier', [owed]), payeeBank: MORE.secondBank, account };
      await presentAs(world, 'supplier', input);
      const anew = { ...presented, presentmentId: input.presentmentId, uetr: crypto.randomUUID() };
      await report(world, anew);
      await attest(world, anew, account, SECOND_BANK);
      await release(world, anew);
      expect([await redeem(sliceId), await redeem(owed)]).toEqual(['STATE', 'ok']);
    });

    it('a return counts once, and nothing is owed again without one, or before the discharge', async () => {
      const presented = await paid(part());
      expect(await outcome(reinstate(world, presented))).toBe('NOT_FOUND');
      await sentBack(presented);
      expect(await outcome(reinstate(world, presented))).toBe('ok');
      expect(await outcome(reinstate(world, presented))).toBe('RETURN_USED');
      const early = await present(world, 'supplier', [part()], MORE.secondBank);
      await report(world, early);
      expect(await outcome(reinstate(world, await sentBack(early)))).toBe('STATE');
    });
  });
}
