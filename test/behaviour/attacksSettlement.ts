/**
 * Attacks around payment. Bank and holder first make the holder's slices larger, which they can do together. Then everything is due. The
 * bank tries to close a slice that it has not paid, the payee tries to undo a payment, and the issuer tries to delete its record.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newReference, type BookRecord } from '@tenor/client';
import { ownKey, shownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, demand, emit, ending, erase, guard, refusalOf, write } from '../support/attack.js';
import { forgedSlice } from '../support/attackForgery.js';
import {
  ACCOUNT,
  acknowledge,
  attest,
  issue,
  pay,
  present,
  presentAs,
  release,
  report,
  transfer,
  type Presented,
} from '../support/deal.js';
import { DUE, LEI, type PartyName } from '../support/world.js';
import { onKey } from './attacksKeys.js';
import { ticketed } from './dealStep.js';
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

/** A record of somebody's own making. */
interface Forged {
  readonly kind: 'payment' | 'attestation' | 'acknowledgement' | 'presentment';
  readonly record: { readonly id: string };
}

/** What a bank would write into its own book to close a slice that it has not paid. */
async function forgedProof(scene: Scene, { presentmentId, uetr, currency, amount }: Presented): Promise<Forged[]> {
  const { mspId } = scene.world.people('bank');
  const banks = { bankMsp: mspId, payeeBankMsp: mspId };
  const money = { currency, amount, presentmentId, messageHash, salt };
  const payment: BookRecord<'payment'> = {
    schema: 'tenor.payment/1',
    id: uetr,
    status: 'ACCC',
    bankMsp: mspId,
    ...money,
  };
  const attestation: BookRecord<'attestation'> = {
    schema: 'tenor.attestation/1',
    id: uetr,
    valueDate: DUE,
    attestedOn: DUE,
    creditId: messageHash,
    ...banks,
    ...money,
  };
  const real = await recordOf(scene.world, holdersOf(scene).holder, 'presentment', presentmentId);
  const acknowledgement: BookRecord<'acknowledgement'> = {
    schema: 'tenor.acknowledgement/1',
    id: presentmentId,
    bankMsp: mspId,
    byMsp: real.holderMsp,
    paymentId: uetr,
    currency,
    amount,
    salt,
  };
  const presentment: BookRecord<'presentment'> = { ...real, holder: LEI.bank, holderMsp: mspId };
  return [
    { kind: 'payment', record: payment },
    { kind: 'attestation', record: attestation },
    { kind: 'acknowledgement', record: acknowledgement },
    { kind: 'presentment', record: presentment },
  ];
}

const asOpenings = (forged: readonly Forged[]): Record<string, string> =>
  Object.fromEntries(forged.map(({ kind, record }) => [`${kind}/${record.id}`, JSON.stringify(record)]));

/** The attacks on settlement. Moves the business date to the due date. */
export function shouldSettleHonestly(scene: () => Scene): void {
  describe('payment', () => {
    let attackers: Attackers | undefined;
    let inflated = '';
    let inDinars = '';
    /** Two slices that the bank itself holds. */
    let banks: readonly [string, string] = ['', ''];
    let presented: Presented = { presentmentId: '', uetr: '', currency: '', amount: '' };

    const corrupt = async (...names: PartyName[]): Promise<Attackers> =>
      (attackers = await Attackers.corrupt(scene().world, names));
    const surrender = async (): Promise<void> => {
      await attackers?.surrender();
      attackers = undefined;
    };

    afterAll(surrender);

    it('bank and holder together inflate what the holder has, and an honest transferee takes it: what SECURITY.md warns of', async () => {
      const { world, terms } = scene();
      const [bank, supplier] = [world.people('bank').mspId, world.people('supplier').mspId];
      const slice = forgedSlice(world, terms, '50000');
      inflated = slice.id;
      const key = ownKey('slice', inflated);
      const together = await corrupt('bank', 'supplier');
      expect(
        await together.commit([
          write(bank, key, slice),
          guard(bank, key, [bank, supplier]),
          write(supplier, shownKey(bank, 'slice', inflated), slice),
        ]),
      ).toBe('VALID');
      await surrender();
      await transfer(world, inflated);
      expect(await viewOf(world, 'contractor', 'slice', inflated)).toMatchObject({
        current: true,
        record: { amount: '50000' },
      });
    });

    it('a slice in another currency than its certificate is offered to nobody', async () => {
      const { world, live, terms } = scene();
      const { mspId } = world.people('bank');
      const [supplier, contractor] = [world.people('supplier'), world.people('contractor')];
      const free = forgedSlice(world, terms, '9000', { currency: 'KWD' });
      const paid = forgedSlice(world, terms, '9000', { currency: 'KWD', state: 'PAID' });
      inDinars = paid.id;
      const together = await corrupt('bank', 'supplier');
      const planted = [free, paid].flatMap((slice) => [
        write(mspId, ownKey('slice', slice.id), slice),
        guard(mspId, ownKey('slice', slice.id), [mspId, supplier.mspId]),
      ]);
      expect(await together.commit(planted)).toBe('VALID');
      await surrender();
      const openings = {
        [`slice/${free.id}`]: JSON.stringify(free),
        ...(await openingsOf(world, 'bank', ['terms', live])),
      };
      const request = { sliceId: free.id, transferId: newReference(), ticketId: supplier.maker.newId() };
      const secret = { transferee: LEI.contractor, expiresOn: '2026-12-15' };
      await ticketed(supplier, world.date, 'slice:offer', { request, secret });
      const { [`ticket/${request.ticketId}`]: ticket = '' } = await openingsOf(world, 'supplier', [
        'ticket',
        request.ticketId,
      ]);
      const call = {
        ...{ name: 'slice:offer', request, secret },
        openings: { ...openings, [`ticket/${request.ticketId}`]: ticket },
      };
      expect(await refusalOf(demand(supplier.checker, call, [contractor.mspId]))).toEqual({
        ...{ code: 'OPENING_MISMATCH', data: { kind: 'slice', id: free.id } },
      });
    });

    it('the bank takes a slice over and splits it, as any holder may', async () => {
      const { world } = scene();
      const { maker, checker, party } = world.people('supplier');
      const { sliceId } = await issue(world, '1000');
      const input = { sliceId, transferId: newReference(), ticketId: maker.newId(), transferee: LEI.bank };
      const offered = { ...input, expiresOn: '2026-12-15' };
      await maker.ticket.prepare('slice:offer', offered, { party, expiresOn: world.date });
      await checker.slice.offer(offered);
      const bank = world.people('bank').checker;
      await bank.slice.accept({ sliceId, transferId: input.transferId });
      banks = [bank.newId(), bank.newId()];
      await bank.slice.split({ sliceId, partIds: [...banks], amounts: ['400', '600'] });
    });

    it('a holder that makes up a presentment of a slice that it keeps is not paid for it', async () => {
      const { world } = scene();
      const { holder, slice, amount } = holdersOf(scene());
      const [bank, owner] = [world.people('bank'), world.people(holder)];
      const id = owner.maker.newId();
      const parties = { holder: LEI[holder], holderMsp: owner.mspId, bank: LEI.bank, bankMsp: bank.mspId };
      const payee = { payeeBank: LEI.bank, payeeBankMsp: bank.mspId, account: ACCOUNT, presentedOn: world.date };
      const record: BookRecord<'presentment'> = {
        ...{ schema: 'tenor.presentment/1', id, ...parties, ...payee, currency: 'USD', amount, salt: 'ab'.repeat(32) },
        ...{ sliceIds: [slice], state: 'OPEN' },
      };
      const event = JSON.stringify({ transaction: 'slice:present', ids: { presentmentId: id, sliceIds: [slice] } });
      const alone = await corrupt(holder);
      const made = [write(owner.mspId, ownKey('presentment', id), record), emit('tenor.slice.present.v1', event)];
      expect(await alone.commit(made)).toBe('VALID');
      await surrender();
      const handed = { kind: 'presentment', id, register: owner.mspId, record: JSON.stringify(record) } as const;
      await bank.checker.book.restore(handed);
      const money = { presentmentId: id, uetr: randomUUID(), currency: 'USD', amount };
      expect(await refusalOf(report(world, money))).toEqual({
        ...{ code: 'STATE', data: { state: 'FREE', sliceId: slice, index: '0' } },
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
        const ticketId = world.newId(other);
        const input = { presentmentId, sliceIds: [otherSlice], account: ACCOUNT, payeeBank: LEI.bank, ticketId };
        expect(await refusalOf(presentAs(world, other, input))).toEqual({
          ...{ code: 'ID_FOREIGN', data: { kind: 'presentment', id: presentmentId } },
        });
        expect(await viewOf(world, 'bank', 'presentment', presentmentId)).toEqual(before);
      });

      it("the bank alone does not touch a presented slice, although it is also the payee's bank", async () => {
        await expectUntouched(await corrupt('bank'), scene(), 'bank', [ownKey('slice', holdersOf(scene()).slice)]);
      });

      it('the bank alone does not close a slice by a presentment and an acknowledgement of its own making', async () => {
        const { world, live } = scene();
        const { holder, slice } = holdersOf(scene());
        const { presentmentId, uetr } = presented;
        const [bank, owner] = [world.people('bank'), world.people(holder)];
        const proof = await forgedProof(scene(), presented);
        const keys = proof.map(({ kind, record }) => ownKey(kind, record.id));
        const forge = proof.map(({ kind, record }) => write(bank.mspId, ownKey(kind, record.id), record));
        expect(await attackers?.commit(forge)).toBe('VALID');
        const rest = await openingsOf(world, holder, ['slice', slice], ['terms', live]);
        const real = await openingsOf(world, holder, ['presentment', presentmentId]);
        const answerTo = (openings: Record<string, string>): Promise<unknown> => {
          const request = { presentmentId, uetr, books: 'register' };
          const call = { name: 'presentment:discharge', request, openings: { ...rest, ...openings } };
          return refusalOf(demand(bank.checker, call, [owner.mspId]));
        };
        const { [`acknowledgement/${presentmentId}`]: _said, ...unsaid } = asOpenings(proof);
        const forged = (kind: string): object => ({ code: 'OPENING_MISMATCH', data: { kind, id: presentmentId } });
        expect(await answerTo(asOpenings(proof))).toEqual(forged('presentment'));
        expect(await answerTo({ ...asOpenings(proof), ...real })).toEqual(forged('acknowledgement'));
        const needed = { code: 'ACKNOWLEDGEMENT_NEEDED', data: { presentmentId } };
        expect(await answerTo({ ...unsaid, ...real })).toEqual(needed);
        expect(await attackers?.commit(keys.map((key) => erase(bank.mspId, key)))).toBe('VALID');
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
        const keys = [ownKey('presentment', presentmentId), ownKey('acknowledgement', presentmentId)];
        await expectUntouched(await corrupt(holder), scene(), holder, keys);
      });

      it('a payee that locks its own copy of the slice stalls nothing', async () => {
        const { world } = scene();
        const { holder, slice } = holdersOf(scene());
        const [own, operator] = [world.people(holder).mspId, world.people('operator').mspId];
        // Where no organisation is left whose word a release does not have anyway, the lock asks for that of nobody.
        const lock = own === operator ? 'NobodyMSP' : operator;
        expect(
          await attackers?.commit([guard(own, shownKey(world.people('bank').mspId, 'slice', slice), [own, lock])]),
        ).toBe('VALID');
        await surrender();
        const { presentmentId, uetr } = presented;
        const { presentment } = world.people('bank').checker;
        expect(await ending(presentment.discharge({ presentmentId, uetr }))).toBe(REFUSED);
        expect(await ending(presentment.discharge({ presentmentId, uetr, books: 'register' }))).toBe('VALID');
        expect(await viewOf(world, 'bank', 'slice', slice)).toMatchObject({ current: true, record: { state: 'PAID' } });
      });

      it('a slice in another currency is not counted at par', async () => {
        const { world, live, lineId } = scene();
        const roots = [['face', live] as const, ['confirmation', live] as const, ['status', live] as const];
        const openings = await openingsOf(world, 'bank', ...roots, ['line', lineId], ['slice', inDinars]);
        const request = { certificateId: live, sliceIds: [inDinars] };
        const call = { name: 'certificate:redeem', request, openings };
        expect(await refusalOf(demand(world.people('bank').checker, call, [world.people('issuer').mspId]))).toEqual({
          ...{ code: 'CURRENCY_MISMATCH', data: { certificateId: live } },
        });
      });

      it("a holder in the bank's organisation splits nothing into the id of a slice that was paid", async () => {
        const { world } = scene();
        const { slice: othersPaid } = holdersOf(scene());
        const [paid, left] = banks;
        await pay(world, 'bank', [paid]);
        const bank = world.people('bank').checker;
        const before = await viewOf(world, 'bank', 'slice', paid);
        expect(before).toMatchObject({ record: { state: 'PAID' } });
        const split = (id: string): Promise<unknown> =>
          bank.slice.split({ sliceId: left, partIds: [id, bank.newId()], amounts: ['1', '599'] });
        expect(await refusalOf(split(paid))).toEqual({ code: 'ID_TAKEN', data: { kind: 'slice', id: paid } });
        // The parts of the scene were drawn by the supplier.
        const code = world.together('bank', 'supplier') ? 'ID_TAKEN' : 'ID_FOREIGN';
        expect(await refusalOf(split(othersPaid))).toEqual({ code, data: { kind: 'slice', id: othersPaid } });
        expect(await viewOf(world, 'bank', 'slice', paid)).toEqual(before);
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
        expect(await refusalOf(settle)).toMatchObject({ code: 'SLICE_COUNTED' });
      });

      it('the honest rest is presented, paid and settled, and the certificate ends at its face', async () => {
        const { world, live, kept } = scene();
        const views = await viewsOf(world.people('supplier').checker, 'slice');
        const rest = views.filter(
          ({ record, current }) =>
            current &&
            record.certificateId === live &&
            record.currency === 'USD' &&
            record.state === 'FREE' &&
            record.id !== kept,
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
        await expectUntouched(both, scene(), 'issuer', [
          ownKey('totals', live),
          ownKey('redeemed', kept),
          ownKey('redeemed', passed),
        ]);
        await expectUntouched(both, scene(), 'bank', [ownKey('status', live)]);
        await surrender();
      });
    });
  });
}
