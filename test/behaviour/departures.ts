/**
 * Organisations leave, by real updates of the channel: a registered bank first, then the issuer of live paper. Whoever stays goes on with
 * what was preserved, and what was not preserved is refused with what can be done about it.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimIdOf, newReference, type BookKind, type Input } from '@tenor/client';
import {
  claimDocument,
  claimOf,
  acknowledge,
  attest,
  confirm,
  contentOf,
  issue,
  offerSlice,
  openLine,
  present,
  release,
  report,
  split,
  submitCertificate,
} from '../support/deal.js';
import { ISSUED_ON } from '../deal/inputs.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, World, type PartyName } from '../support/world.js';
import { outcome, recordOf, utilised, viewOf } from './dealBooks.js';
import { addParties, MORE } from './lifecycleParties.js';

const FACE = '1000';
type Preserved = Exclude<BookKind, 'attestation' | 'proof' | 'intake'>;
/** A majority of the five founders that is there to the end. */
const STAYING = ['bank', 'supplier', 'contractor'] as const;
const ROOTS = ['terms', 'face', 'confirmation'] as const;

/** The suite on any ledger of five organisations. */
export function shouldOutliveDepartures(open: OpenLedger): void {
  describe('organisations that leave', () => {
    let opened: World | undefined;
    const world = (): World => {
      if (opened === undefined) throw new Error('no world');
      return opened;
    };
    const bank = (): ReturnType<World['people']>['checker'] => world().people('bank').checker;
    const mspOf = (name: PartyName): string => world().people(name).mspId;

    beforeAll(async () => {
      opened = await World.found(await open());
      await addParties(world());
    });
    afterAll(async () => {
      await opened?.close();
    });

    const depart = (
      name: PartyName,
      state: 'LEAVING' | 'LEFT' | 'MEMBER',
      voters: readonly PartyName[] = STAYING,
    ): Promise<unknown> => world().decide([{ kind: 'departure', departure: { mspId: mspOf(name), state } }], voters);
    const preserve = (
      name: PartyName,
      items: { kind: Preserved; id: string }[],
      by: PartyName = 'bank',
    ): Promise<unknown> =>
      world()
        .people(by)
        .admin.registry.preserve({ mspId: mspOf(name), items });
    const claim = (number: string, at: string): Promise<string> => {
      const host = at === LEI.bank ? 'bank' : 'operator';
      return outcome(claimDocument(world(), { number, capacity: FACE, bank: at, host }));
    };
    const claimed = (number: string): { kind: Preserved; id: string } => ({
      kind: 'claim',
      id: claimIdOf({ type: 'INVOICE', number, issuedOn: ISSUED_ON, seller: LEI.supplier }),
    });

    describe('a registered bank', () => {
      const [kept, lost] = [newReference(), newReference()];
      let given: Input<'document:claim'>;

      it('takes on nothing new while it leaves, and what it holds counts as before', async () => {
        expect([await claim(kept, MORE.secondBank), await claim(lost, MORE.secondBank)]).toEqual(['ok', 'ok']);
        given = claimOf(world(), { bank: MORE.secondBank, host: 'operator' });
        await world().people('issuer').maker.document.claim(given);
        await world().people('operator').checker.document.confirm({ reservationId: given.reservationId });
        expect(await outcome(preserve('operator', [claimed(kept)]))).toBe('NOT_LEAVING');
        await depart('operator', 'LEAVING');
        expect(await claim(newReference(), MORE.secondBank)).toBe('PARTY_ROLE');
        expect(await claim(kept, LEI.bank)).toBe('DOCUMENT_CLAIMED');
      });

      it('has its claims preserved by any administrator who knows them, and nothing that does not stand there', async () => {
        expect(await outcome(preserve('operator', [claimed(newReference())]))).toBe('NOT_FOUND');
        expect(await outcome(preserve('operator', [claimed(kept)], 'contractor'))).toBe('ok');
        const { kind, id } = claimed(kept);
        const voucher = await bank().registry.get('voucher', `${mspOf('operator')}/${kind}/${id}`);
        expect(voucher).toMatchObject({ mspId: mspOf('operator'), kind, id });
      });

      it('says of a preserved claim that was released since that it is gone, where it is preserved again', async () => {
        const { document, registry } = { document: world().people('issuer').maker.document, registry: bank().registry };
        const voucher = `${mspOf('operator')}/claim/${claimIdOf(given)}`;
        expect(await outcome(preserve('operator', [claimed(given.number)]))).toBe('ok');
        await document.release({ claimId: claimIdOf(given), reservationId: given.reservationId });
        expect(await registry.get('voucher', voucher)).not.toMatchObject({ hash: '' });
        // By another administrator: a client takes the very same call for a repeat.
        expect(await outcome(preserve('operator', [claimed(given.number)], 'contractor'))).toBe('ok');
        expect(await registry.get('voucher', voucher)).toMatchObject({ hash: '' });
      });

      it('stops every claim of the channel once it is off it, until the founders say that it has left', async () => {
        await world().ledger.removeOrganization(world().people('operator').organization);
        expect(await claim(newReference(), LEI.bank)).toBe('MSP_UNKNOWN');
        await depart('operator', 'LEFT');
        expect(await claim(newReference(), LEI.bank)).toBe('ok');
      });

      it('leaves its preserved claims behind; a document of which nobody preserved the claim is free again', async () => {
        expect(await claim(kept, LEI.bank)).toBe('DOCUMENT_CLAIMED');
        expect(await claim(lost, LEI.bank)).toBe('ok');
        expect(await claim(given.number, LEI.bank)).toBe('ok');
        const { kind, id } = claimed(kept);
        const row = await world()
          .people('issuer')
          .checker.sender.evaluate('book:get', { kind, id, register: mspOf('operator') });
        expect(row).toMatchObject({ current: true });
      });
    });

    describe('the issuer of live paper', () => {
      const ids = { live: '', slice: '', waiting: '', line: '', forgotten: '', forgottenSlice: '', asked: '' };
      let paid = '';

      beforeAll(async () => {
        const [live, forgotten] = [await issue(world(), FACE), await issue(world(), FACE)];
        Object.assign(ids, { live: live.certificateId, slice: live.sliceId });
        Object.assign(ids, { forgotten: forgotten.certificateId, forgottenSlice: forgotten.sliceId });
        ids.line = await openLine(world(), { limit: FACE });
        ids.waiting = await submitCertificate(world(), FACE);
        await confirm(world(), ids.line, [ids.waiting]);
        ids.asked = await submitCertificate(world(), FACE);
      });

      it('takes on nothing new while it leaves', async () => {
        await depart('issuer', 'LEAVING');
        const lineId = world().newId('bank');
        const terms = { currency: 'USD', limit: FACE, autoConfirm: false, revolving: true, expiresOn: '2027-12-31' };
        const input = { lineId, ticketId: lineId, bank: LEI.bank, issuer: LEI.issuer, ...terms };
        await world()
          .people('bank')
          .maker.ticket.prepare('line:open', input, { party: LEI.bank, expiresOn: world().date });
        expect(await outcome(bank().line.open(input))).toBe('PARTY_ROLE');
        const content = contentOf(FACE, claimed(newReference()).id);
        const draft = { certificateId: world().newId('bank', 'issuer'), ...content };
        expect(await outcome(world().people('issuer').maker.certificate.draft(draft))).toBe('PARTY_SUSPENDED');
      });

      it('leaves, and its slices are split, passed on, and known as current', async () => {
        for (const id of [ids.live, ids.waiting])
          await preserve(
            'issuer',
            ROOTS.map((kind) => ({ kind, id })),
          );
        await depart('issuer', 'LEFT');
        await world().ledger.removeOrganization(world().people('issuer').organization);
        const [part = '', rest = ''] = await split(world(), ids.slice, ['400', '600']);
        const transferId = await offerSlice(world(), part, '2026-12-20');
        await world().people('contractor').checker.slice.accept({ sliceId: part, transferId });
        expect(await recordOf(world(), 'contractor', 'slice', part)).toMatchObject({ state: 'FREE', amount: '400' });
        expect(await viewOf(world(), 'contractor', 'terms', ids.live)).toMatchObject({ current: true });
        paid = rest;
      });

      it('leaves a confirmed certificate that is unwound, or offered and taken, without its peer', async () => {
        await bank().certificate.unwind({ certificateId: ids.waiting });
        expect(await utilised(world(), 'bank', ids.line)).toBe('0');
        expect(await recordOf(world(), 'bank', 'status', ids.waiting)).toMatchObject({ state: 'UNWOUND' });
      });

      it('is bound to nothing more: what it would have to vouch for is refused', async () => {
        const lineId = ids.line;
        expect(await outcome(confirm(world(), lineId, [ids.asked]))).toBe('ORGANIZATION_LEFT');
        expect(await outcome(split(world(), ids.forgottenSlice, ['400', '600']))).toBe('ORGANIZATION_LEFT');
      });

      it('has its paper paid at maturity, and only the count in its own book is left undone', async () => {
        await world().moveTo(DUE, 'issuer');
        const presented = await present(world(), 'supplier', [paid]);
        await report(world(), presented);
        await attest(world(), presented);
        await acknowledge(world(), 'supplier', presented);
        await release(world(), presented);
        expect(await recordOf(world(), 'supplier', 'slice', paid)).toMatchObject({ state: 'PAID', amount: '600' });
        const redeem = bank().certificate.redeem({ certificateId: ids.live, sliceIds: [paid] });
        expect(await outcome(redeem)).toBe('ORGANIZATION_LEFT');
      });

      it('comes back for what was forgotten, and leaves again', async () => {
        await world().ledger.addOrganization(world().people('issuer').organization);
        // Who has left is not waited for: two of the three that are there are enough.
        await depart('issuer', 'LEAVING', ['bank', 'supplier']);
        await preserve(
          'issuer',
          ROOTS.map((kind) => ({ kind, id: ids.forgotten })),
        );
        await depart('issuer', 'LEFT');
        await world().ledger.removeOrganization(world().people('issuer').organization);
        const presented = await present(world(), 'supplier', [ids.forgottenSlice]);
        expect(presented.amount).toBe(FACE);
      });
    });
  });
}
