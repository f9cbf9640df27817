/** Bulk requests: up to 50 items of one audience, all or nothing, the refused one by its index. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, TenorError } from '@tenor/client';
import { ACCOUNT, confirm, contentOf, claimInvoice, issue, offer, openLine, split } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, World } from '../support/world.js';

const FACE = '100';

/** Certificates of one issuer over one invoice, submitted and waiting for the bank. */
async function submitMany(world: World, count: number): Promise<string[]> {
  const { maker, checker } = world.people('issuer');
  const claimId = await claimInvoice(world, (BigInt(FACE) * BigInt(count)).toString());
  const ids = Array.from({ length: count }, newId);
  await Promise.all(
    ids.map((certificateId) => maker.certificates.draft({ certificateId, ...contentOf(FACE, claimId) })),
  );
  // One document, one record: submits over it come one after the other.
  for (const certificateId of ids) await checker.certificates.submit({ certificateId });
  return ids;
}

const refusal = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof TenorError ? { code: error.code, index: error.data['index'] } : error),
  );

/** Bulk on any ledger; `sizes` are the batches to try. */
export function shouldWorkInBulk(open: OpenLedger, sizes: readonly number[] = [1, 20, 50]): void {
  describe('in bulk', () => {
    let world: World;

    beforeAll(async () => {
      world = await World.found(await open());
    }, 120_000);

    afterAll(() => world.close());

    it.each(sizes)(
      'confirms, accepts and splits %i together in one transaction each',
      async (count) => {
        const lineId = await openLine(world, { limit: (BigInt(FACE) * BigInt(count)).toString() });
        const ids = await submitMany(world, count);
        await confirm(world, lineId, ids);
        expect((await world.people('bank').checker.lines.get(lineId)).record.utilised).toBe(
          (BigInt(FACE) * BigInt(count)).toString(),
        );
        await Promise.all(ids.map((id) => offer(world, id)));
        const items = ids.map((certificateId) => ({ certificateId, sliceId: newId() }));
        const { checker } = world.people('supplier');
        await checker.certificates.accept({ items });
        for (const { sliceId } of items) expect((await checker.slices.get(sliceId)).record.amount).toBe(FACE);
      },
      240_000,
    );

    it('confirms none where one exceeds the line, and names it', async () => {
      const lineId = await openLine(world, { limit: '250' });
      const ids = await submitMany(world, 3);
      expect(await refusal(confirm(world, lineId, ids))).toEqual({ code: 'LINE_EXCEEDED', index: '2' });
      expect((await world.people('bank').checker.lines.get(lineId)).record.utilised).toBe('0');
      await confirm(world, lineId, ids.slice(0, 2));
      expect(await refusal(confirm(world, lineId, ids.slice(1)))).toEqual({ code: 'STATE', index: '0' });
    }, 120_000);

    it('accepts none where one was never offered, and names it', async () => {
      const lineId = await openLine(world, { limit: '200' });
      const ids = await submitMany(world, 2);
      await confirm(world, lineId, ids);
      await offer(world, ids[0] ?? '');
      const items = ids.map((certificateId) => ({ certificateId, sliceId: newId() }));
      const { checker } = world.people('supplier');
      expect(await refusal(checker.certificates.accept({ items }))).toEqual({ code: 'NOT_FOUND', index: '1' });
      expect(await refusal(checker.slices.get(items[0]?.sliceId ?? ''))).toEqual({
        code: 'NOT_FOUND',
        index: undefined,
      });
    }, 120_000);

    it.each([
      ['none', 0, 'REQUEST_MALFORMED'],
      ['51', 51, 'REQUEST_MALFORMED'],
    ])('refuses %s items', async (_name, count, code) => {
      const items = Array.from({ length: count }, () => ({ certificateId: newId(), sliceId: newId() }));
      expect(await refusal(world.people('supplier').checker.certificates.accept({ items }))).toMatchObject({ code });
    });

    it('refuses one item twice', async () => {
      const certificateId = newId();
      const items = [
        { certificateId, sliceId: newId() },
        { certificateId, sliceId: newId() },
      ];
      expect(await refusal(world.people('supplier').checker.certificates.accept({ items }))).toMatchObject({
        code: 'DUPLICATE_ITEM',
      });
    });

    it("presents fifty slices for one payment, and none where one is another's", async () => {
      const { sliceId } = await issue(world, '5000');
      const parts = await split(
        world,
        sliceId,
        Array.from({ length: 50 }, () => '100'),
      );
      await world.moveTo(DUE);
      const { checker } = world.people('supplier');
      const input = { presentmentId: newId(), sliceIds: parts, account: ACCOUNT, payeeBank: LEI.bank };
      const foreign = { ...input, sliceIds: [...parts.slice(0, 3), newId()] };
      expect(await refusal(checker.settlement.present(foreign))).toEqual({ code: 'NOT_FOUND', index: '3' });
      await checker.settlement.present(input);
      expect((await checker.settlement.presentments.get(input.presentmentId)).record.amount).toBe('5000');
      const again = { ...input, presentmentId: newId(), sliceIds: parts.slice(0, 2) };
      expect(await refusal(checker.settlement.present(again))).toEqual({ code: 'STATE', index: '0' });
    }, 240_000);
  });
}
