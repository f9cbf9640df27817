/** Payments that come back after they had discharged a presentment: what was paid is owed again, once, to whom it was owed. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookRecord, Input } from '@tenor/client';
import {
  attest,
  confirm,
  issue,
  present,
  presentAs,
  presentation,
  reinstate,
  release,
  report,
  sendBack,
  split,
  submitCertificate,
  type Presented,
} from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, World } from '../support/world.js';
import { shouldReinstateHonestly } from './attacksReturns.js';
import { outcome, recordOf } from './dealBooks.js';
import { addParties, MORE, SECOND_BANK } from './lifecycleParties.js';

/** The suite on any ledger of five organisations. */
export function shouldReinstateWhatCameBack(open: OpenLedger): void {
  describe('payments that come back after the discharge', () => {
    let world: World;
    let certificateId = '';
    let lineId = '';
    let parts: string[] = [];
    const part = (): string => parts.pop() ?? '';

    beforeAll(async () => {
      world = await World.found(await open());
      await addParties(world);
      const issued = await issue(world, '2000');
      ({ certificateId, lineId } = issued);
      parts = await split(world, issued.sliceId, Array<string>(20).fill('100'));
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

    const takeOut = (sliceId: string, changes: Pick<Input<'certificate:reinstate'>, 'books'> = {}): Promise<string> =>
      outcome(world.people('bank').maker.certificate.reinstate({ certificateId, sliceIds: [sliceId], ...changes }));
    const utilised = async (): Promise<bigint> => BigInt((await recordOf(world, 'bank', 'line', lineId)).utilised);
    const counted = async (): Promise<bigint> =>
      BigInt((await recordOf(world, 'issuer', 'totals', certificateId)).paid);
    const childrenOf = async (sliceId: string): Promise<readonly string[]> => (await sliceOf(sliceId)).children;
    const later = { dueDate: '2027-06-15' };

    it('what was counted leaves the count, and a line that was used again is in EXCESS until redemptions bring it below', async () => {
      const sliceId = part();
      const presented = await paid(sliceId);
      expect(await redeem(sliceId)).toBe('ok');
      // Whatever the line has left is used again.
      const room = String(2000n - (await utilised()));
      const other = await submitCertificate(world, room, { changes: later });
      await confirm(world, lineId, [other]);
      const before = await counted();
      await reinstate(world, await sentBack(presented));
      const [owed = ''] = await childrenOf(sliceId);
      const anew = await paid(owed);
      // It is in the count still, under the slice that it succeeds.
      expect(await redeem(owed)).toBe('RETURN_UNCOUNTED');
      expect(await takeOut(sliceId)).toBe('ok');
      expect([await utilised(), await counted()]).toEqual([2100n, before - 100n]);
      expect(await recordOf(world, 'issuer', 'line', lineId, 'bank')).toMatchObject({ utilised: '2100' });
      const more = await submitCertificate(world, '1', { changes: later });
      expect(await outcome(confirm(world, lineId, [more]))).toBe('LINE_EXCEEDED');
      // Payments go on, and they end it.
      expect(await redeem(owed)).toBe('ok');
      expect([await utilised(), await counted()]).toEqual([2000n, before]);
      expect(await outcome(confirm(world, lineId, [more]))).toBe('LINE_EXCEEDED');
      const next = part();
      await paid(next);
      expect(await redeem(next)).toBe('ok');
      expect(await outcome(confirm(world, lineId, [more]))).toBe('ok');
      expect(await outcome(reinstate(world, anew))).toBe('NOT_FOUND');
    });

    it('of a part that came back the rest stays paid and counted, and a later return goes on with it', async () => {
      const [one, two] = [part(), part()];
      const presented = await present(world, 'supplier', [one, two], MORE.secondBank);
      await settle(presented);
      expect(await redeem(one, two)).toBe('ok');
      const before = await counted();
      await reinstate(world, await sentBack(presented, { amount: '130' }));
      const [[first = ''], [second = '', kept = '']] = [await childrenOf(one), await childrenOf(two)];
      const amounts = await Promise.all([first, second, kept].map(async (id) => (await sliceOf(id)).amount));
      expect(amounts).toEqual(['100', '30', '70']);
      expect(await sliceOf(kept)).toMatchObject({ state: 'PAID', awaits: two });
      expect(await redeem(kept)).toBe('RETURN_UNCOUNTED');
      expect([await takeOut(one), await takeOut(two)]).toEqual(['ok', 'ok']);
      expect(await counted()).toBe(before - 130n);
      expect(await redeem(kept)).toBe('SLICE_COUNTED');
      // What is owed again is presented together, paid and counted: then all is as it was.
      await paid(first, second);
      expect(await redeem(first, second)).toBe('ok');
      expect(await counted()).toBe(before);
    });

    shouldReinstateHonestly({ world: () => world, certificateId: () => certificateId, part, paid });
  });
}
