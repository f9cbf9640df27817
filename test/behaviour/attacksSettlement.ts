/**
 * Attacks around payment. Bank and holder first inflate what the holder has: the one thing they can do together. Then all is
 * due, and the bank tries to close a slice that it has not paid, the payee to undo that it was paid, the issuer to forget it.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookRecord } from '@tenor/client';
import { Attackers, demand, ending, guard, refusalOf, write, type RawOperation } from '../support/attack.js';
import { forgedSlice } from '../support/attackForgery.js';
import { acknowledge, attest, pay, present, release, report, transfer, type Presented } from '../support/deal.js';
import { DUE, LEI, type PartyName } from '../support/world.js';
import { onKey } from './attacksKeys.js';
import { FACE, holdersOf, openingsOf, PARTS, type Scene } from './attacksScene.js';
import { positions, recordOf, viewOf, viewsOf } from './dealBooks.js';

const REFUSED = 'ENDORSEMENT_POLICY_FAILURE';
const salt = 'ab'.repeat(32);
const messageHash = 'cd'.repeat(32);

/** The owner of a book, alone, tries everything on some of its keys: nothing of it is valid. */
async function expectUntouched(
  attackers: Attackers,
  scene: Scene,
  owner: PartyName,
  keys: readonly string[],
): Promise<void> {
  const { mspId } = scene.world.people(owner);
  const before = await attackers.hashes(mspId, keys);
  expect(Object.values(before)).not.toContain('');
  const attacks = keys.flatMap((key) => onKey(mspId, key, mspId));
  const outcomes = await Promise.all(
    attacks.map(async ({ what, operations }) => [what, await attackers.commit(operations, [owner])]),
  );
  expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(attacks.map(({ what }) => [what, REFUSED])));
  expect(await attackers.hashes(mspId, keys)).toEqual(before);
}

/** What a bank would write into its own book to close a slice that it has not paid. */
async function forgedProof(
  scene: Scene,
  { presentmentId, uetr, currency, amount }: Presented,
): Promise<Record<string, object>> {
  const { mspId } = scene.world.people('bank');
  const money = { currency, amount, presentmentId, messageHash, salt };
  const payment: BookRecord<'payment'> = { schema: 'tenor.payment/1', id: uetr, status: 'ACCC', ...money };
  const attestation: BookRecord<'attestation'> = { schema: 'tenor.attestation/1', id: uetr, valueDate: DUE, ...money };
  const acknowledgement: BookRecord<'acknowledgement'> = {
    schema: 'tenor.acknowledgement/1',
    id: presentmentId,
    uetr,
    currency,
    amount,
    salt,
  };
  const real = await recordOf(scene.world, holdersOf(scene).holder, 'presentment', presentmentId);
  const presentment: BookRecord<'presentment'> = { ...real, holder: LEI.bank, holderMsp: mspId };
  return {
    [`presentment/${presentmentId}`]: presentment,
    [`payment/${uetr}`]: payment,
    [`attestation/${uetr}`]: attestation,
    [`acknowledgement/${presentmentId}`]: acknowledgement,
  };
}

const asOpenings = (records: Record<string, object>): Record<string, string> =>
  Object.fromEntries(Object.entries(records).map(([key, record]) => [key, JSON.stringify(record)]));

/** The attacks on settlement. Moves the business date to the due date. */
export function shouldSettleHonestly(scene: () => Scene): void {
  describe('payment', () => {
    let attackers: Attackers | undefined;
    let inflated = '';
    let presented: Presented = { presentmentId: '', uetr: '', currency: '', amount: '' };

    const corrupt = async (...names: PartyName[]): Promise<Attackers> =>
      (attackers = await Attackers.corrupt(scene().world, names));
    const surrender = async (): Promise<void> => {
      await attackers?.surrender();
      attackers = undefined;
    };

    afterAll(surrender);

    it('bank and holder together inflate what the holder has, and an honest transferee takes it: what SECURITY.md warns of', async () => {
      const { world, live } = scene();
      const [bank, supplier] = [world.people('bank').mspId, world.people('supplier').mspId];
      const slice = forgedSlice(world, live, '50000');
      inflated = slice.id;
      const key = `slice/${inflated}`;
      const together = await corrupt('bank', 'supplier');
      expect(
        await together.commit([
          write(bank, key, slice),
          guard(bank, key, [bank, supplier]),
          write(supplier, key, slice),
        ]),
      ).toBe('VALID');
      await surrender();
      await transfer(world, inflated);
      expect(await viewOf(world, 'contractor', 'slice', inflated)).toMatchObject({
        current: true,
        record: { amount: '50000' },
      });
    });

    describe('once all is due', () => {
      beforeAll(async () => {
        const { world } = scene();
        const { holder, slice } = holdersOf(scene());
        await world.moveTo(DUE);
        presented = await present(world, holder, [slice]);
      });

      it("nobody presents under the id of another's presentment: the banks would lose what they pay by", async () => {
        const { world } = scene();
        const { other, otherSlice } = holdersOf(scene());
        const { presentmentId } = presented;
        const before = await viewOf(world, 'bank', 'presentment', presentmentId);
        const input = { presentmentId, sliceIds: [otherSlice], account: 'A-1', payeeBank: LEI.bank };
        expect(await refusalOf(world.people(other).checker.slice.present(input))).toEqual({
          ...{ code: 'ID_TAKEN', data: { kind: 'presentment', id: presentmentId } },
        });
        expect(await viewOf(world, 'bank', 'presentment', presentmentId)).toEqual(before);
      });

      it("the bank alone does not touch a presented slice, although it is also the payee's bank", async () => {
        await expectUntouched(await corrupt('bank'), scene(), 'bank', [`slice/${holdersOf(scene()).slice}`]);
      });

      it('the bank alone does not close a slice by a presentment and an acknowledgement of its own making', async () => {
        const { world, live } = scene();
        const { holder, slice } = holdersOf(scene());
        const { presentmentId, uetr } = presented;
        const [bank, owner] = [world.people('bank'), world.people(holder)];
        const real = await viewOf(world, holder, 'presentment', presentmentId);
        const proof = await forgedProof(scene(), presented);
        const forge = Object.entries(proof).map(([key, record]): RawOperation => write(bank.mspId, key, record));
        expect(await attackers?.commit(forge)).toBe('VALID');
        const openings = {
          ...asOpenings(proof),
          ...(await openingsOf(world, holder, ['slice', slice], ['terms', live])),
        };
        const call = { name: 'presentment:discharge', request: { presentmentId, uetr, books: 'register' }, openings };
        expect(await refusalOf(demand(bank.checker, call, [owner.mspId]))).toEqual({
          code: 'STATE',
          data: { state: 'PRESENTED', sliceId: slice },
        });
        const undo = [write(bank.mspId, `presentment/${presentmentId}`, real.opening)];
        const keys = Object.keys(proof).filter((key) => !key.startsWith('presentment/'));
        const gone = keys.map((key): RawOperation => ({
          op: 'delPrivate',
          collection: `_implicit_org_${bank.mspId}`,
          key,
        }));
        expect(await attackers?.commit([...undo, ...gone])).toBe('VALID');
        await surrender();
        expect(await viewOf(world, holder, 'slice', slice)).toMatchObject({
          current: true,
          record: { state: 'PRESENTED' },
        });
      });

      it("the bank does not release without the payee's word, nor for a holder that is not the slice's", async () => {
        const { world } = scene();
        await report(world, presented);
        await attest(world, presented);
        expect(await refusalOf(release(world, presented))).toMatchObject({ code: 'ACKNOWLEDGEMENT_NEEDED' });
      });

      it('a payee that was paid undoes neither its presentment nor its acknowledgement', async () => {
        const { presentmentId } = presented;
        const { holder } = holdersOf(scene());
        await acknowledge(scene().world, holder, presented);
        const keys = [`presentment/${presentmentId}`, `acknowledgement/${presentmentId}`];
        await expectUntouched(await corrupt(holder), scene(), holder, keys);
      });

      it('a payee that locks its own copy of the slice stalls nothing', async () => {
        const { world } = scene();
        const { holder, slice } = holdersOf(scene());
        const [own, operator] = [world.people(holder).mspId, world.people('operator').mspId];
        // Where no organisation is left whose word a release does not have anyway, the lock asks for that of nobody.
        const lock = own === operator ? 'NobodyMSP' : operator;
        expect(await attackers?.commit([guard(own, `slice/${slice}`, [own, lock])])).toBe('VALID');
        await surrender();
        const { presentmentId, uetr } = presented;
        const { settlement } = world.people('bank').checker;
        expect(await ending(presentment.discharge({ presentmentId, uetr }))).toBe(REFUSED);
        expect(await ending(presentment.discharge({ presentmentId, uetr, books: 'register' }))).toBe('VALID');
        expect(await viewOf(world, 'bank', 'slice', slice)).toMatchObject({ current: true, record: { state: 'PAID' } });
      });

      it("an inflated slice is paid by the bank, and refused beyond the face at the issuer's own endorser", async () => {
        const { world, live, kept, passed } = scene();
        const { other, otherSlice } = holdersOf(scene());
        await pay(world, other, [otherSlice]);
        await pay(world, 'contractor', [inflated]);
        await world.people('bank').checker.certificate.redeem({ certificateId: live, sliceIds: [kept, passed] });
        const [bank, issuer] = [world.people('bank'), world.people('issuer')];
        const refusal = { code: 'PAID_EXCEEDS_FACE', data: { certificateId: live } };
        expect(await refusalOf(bank.checker.certificate.redeem({ certificateId: live, sliceIds: [inflated] }))).toEqual(
          refusal,
        );
        const plan = await openingsOf(
          world,
          'bank',
          ['face', live],
          ['confirmation', live],
          ['status', live],
          ['line', scene().lineId],
          ['totals', live],
          ['slice', inflated],
        );
        const call = {
          name: 'certificate:redeem',
          request: { certificateId: live, sliceIds: [inflated] },
          openings: plan,
        };
        expect(await refusalOf(demand(bank.checker, call, [issuer.mspId]))).toEqual(refusal);
        expect(await recordOf(world, 'issuer', 'totals', live)).toMatchObject({ paid: '80000' });
      });

      it('a slice that was counted is not counted again', async () => {
        const { world, live, passed } = scene();
        const settle = world.people('bank').checker.certificate.redeem({ certificateId: live, sliceIds: [passed] });
        expect(await refusalOf(settle)).toMatchObject({ code: 'STATE' });
      });

      it('the honest rest is presented, paid and settled, and the certificate ends at its face', async () => {
        const { world, live, kept } = scene();
        const views = await viewsOf(world.people('supplier').checker, 'slice');
        const rest = views.filter(
          ({ record, current }) =>
            current && record.certificateId === live && record.state === 'FREE' && record.id !== kept,
        );
        const ids = rest.map(({ id }) => id);
        expect(rest.map(({ record }) => Number(record.amount)).reduce((sum, each) => sum + each, 0)).toBe(
          Number(PARTS.small),
        );
        await pay(world, 'supplier', ids);
        await world.people('bank').checker.certificate.redeem({ certificateId: live, sliceIds: ids });
        expect(await recordOf(world, 'issuer', 'totals', live)).toMatchObject({ paid: FACE });
        expect(await recordOf(world, 'issuer', 'status', live)).toMatchObject({ state: 'SETTLED' });
        expect(
          (await positions(world, 'bank', live)).filter(({ state }) => state === 'PAID').map(({ amount }) => amount),
        ).toContain('50000');
      });

      it('the issuer alone forgets nothing that was counted, and the bank alone does not revive what is settled', async () => {
        const { kept, passed, live } = scene();
        const both = await corrupt('issuer', 'bank');
        await expectUntouched(both, scene(), 'issuer', [`totals/${live}`, `redeemed/${kept}`, `redeemed/${passed}`]);
        await expectUntouched(both, scene(), 'bank', [`status/${live}`]);
        await surrender();
      });
    });
  });
}
