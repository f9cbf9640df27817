/**
 * Forgeries in the attackers' own books. Nothing prevents an organisation from writing nonsense into its own book, but no honest
 * endorser may rely on it. The issuer and a holder apart from the bank attack here, alone and together. Bank and other holder are honest.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, newReference, type BookRecord } from '@tenor/client';
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import { ownKey, shownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, demand, refusalOf, write, type HandMade } from '../support/attack.js';
import { forgedSlice, forgedTerms, underForged } from '../support/attackForgery.js';
import { confirm } from '../support/deal.js';
import { LEI, type PartyName } from '../support/world.js';
import { recordOf, viewOf } from './dealBooks.js';
import { MORE } from './lifecycleParties.js';
import { FACE, holdersOf, openingOf, openingsOf, type Scene } from './attacksScene.js';

/** Terms that are not the bank's word: who writes them where, and what they say. */
interface Mint {
  readonly what: string;
  readonly issuerToo: boolean;
  readonly terms: (scene: Scene, holder: PartyName) => Partial<BookRecord<'terms'>>;
  readonly refusal: (scene: Scene, slice: BookRecord<'slice'>) => object;
}

const missing = (_scene: Scene, { id }: BookRecord<'slice'>): object => ({
  ...{ code: 'OPENING_MISMATCH', data: { kind: 'slice', id } },
});
/** On fewer organisations the holder lives with the issuer: then it is the one who calls itself the bank. */
const noBankOf = (scene: Scene): object =>
  scene.world.together('issuer', holdersOf(scene).holder) ? itself(() => 'issuer')(scene) : noBank();
const noBank = (): object => ({ code: 'PARTY_ROLE', data: { role: 'bank' } });
const itself =
  (name: (scene: Scene) => PartyName) =>
  (scene: Scene): object => ({
    ...{ code: 'SAME_ORGANIZATION', data: { mspId: mspOf(scene, name(scene)) } },
  });
const mspOf = ({ world }: Scene, name: PartyName): string => world.people(name).mspId;

/** A slice as a holder has it. */
const heldBy = (scene: Scene, name: PartyName): Partial<BookRecord<'slice'>> => ({
  holder: LEI[name],
  holderMsp: mspOf(scene, name),
});

const MINTS: readonly Mint[] = [
  { what: 'name the real bank', issuerToo: true, terms: () => ({}), refusal: missing },
  {
    what: 'act as the bank under its name',
    issuerToo: true,
    terms: (scene, holder) => ({ bankMsp: mspOf(scene, holder) }),
    refusal: noBankOf,
  },
  {
    what: 'call itself the bank',
    issuerToo: true,
    terms: (scene, holder) => ({ bank: LEI[holder], bankMsp: mspOf(scene, holder) }),
    refusal: noBankOf,
  },
  {
    what: 'call the issuer the bank',
    issuerToo: true,
    terms: (scene) => ({ bank: LEI.issuer, bankMsp: mspOf(scene, 'issuer') }),
    refusal: itself(() => 'issuer'),
  },
  {
    what: 'let the bank of its own house vouch for the issuer',
    issuerToo: true,
    terms: (scene) => ({ bank: MORE.houseBank, bankMsp: mspOf(scene, 'issuer') }),
    refusal: itself(() => 'issuer'),
  },
  {
    what: 'be bank and issuer in one',
    issuerToo: false,
    terms: (scene, holder) => ({ bankMsp: mspOf(scene, holder), issuerMsp: mspOf(scene, holder) }),
    refusal: itself((scene) => holdersOf(scene).holder),
  },
];

/** An id for a slice in the register that terms name. */
const sliceUnder = (terms: BookRecord<'terms'>, scene: Scene, holder: PartyName): string =>
  newId(terms.bankMsp, mspOf(scene, holder));

/** The forged offer of a forged slice, with a ticket that its holder's own book does hold. */
function forgedOffer(
  terms: BookRecord<'terms'>,
  slice: BookRecord<'slice'>,
  transferee: PartyName,
): { readonly ticket: BookRecord<'ticket'>; readonly call: HandMade } {
  const request = { sliceId: slice.id, transferId: newReference(), ticketId: newId(slice.holderMsp, slice.holderMsp) };
  const secret = { transferee: LEI[transferee], expiresOn: '2026-12-15' };
  const ticket: BookRecord<'ticket'> = {
    ...{
      schema: 'tenor.ticket/1',
      id: request.ticketId,
      party: slice.holder,
      command: 'slice:offer',
      expiresOn: '2026-12-15',
    },
    ...{ payload: canonicalJson({ private: secret, request }), maker: 'ab'.repeat(32), salt: 'cd'.repeat(32) },
  };
  const openings = { ...openingOf('terms', terms), ...openingOf('slice', slice), ...openingOf('ticket', ticket) };
  return { ticket, call: { name: 'slice:offer', request, secret, openings } };
}

/** The attacks by issuer and holder, without the bank. */
export function shouldHonourNoForgery(scene: () => Scene): void {
  describe('with the chaincode changed at issuer and holder', () => {
    let attackers: Attackers;

    beforeAll(async () => {
      attackers = await Attackers.corrupt(scene().world, ['issuer', holdersOf(scene()).holder]);
    });

    afterAll(async () => {
      await attackers.surrender();
    });

    it.each(MINTS)('$what: the other holder is offered nothing', async ({ issuerToo, terms: changes, refusal }) => {
      const { world } = scene();
      const { holder, other } = holdersOf(scene());
      const terms = forgedTerms(world, changes(scene(), holder));
      const slice = forgedSlice(world, underForged(terms), FACE, {
        ...heldBy(scene(), holder),
        id: sliceUnder(terms, scene(), holder),
      });
      const { ticket, call } = forgedOffer(terms, slice, other);
      for (const name of issuerToo ? (['issuer', holder] as const) : [holder]) {
        const { mspId } = world.people(name);
        const minted = [
          write(mspId, ownKey('terms', terms.id), terms),
          write(mspId, ownKey('slice', slice.id), slice),
          write(mspId, ownKey('ticket', ticket.id), ticket),
        ];
        expect(await attackers.commit(minted, [name])).toBe('VALID'); // its own book, nobody else's business
      }
      const asked = world.people(other);
      expect(await refusalOf(demand(world.people(holder).checker, call, [asked.mspId]))).toEqual(
        refusal(scene(), slice),
      );
    });

    it('name another issuer: the other holder takes nothing over', async () => {
      const { world } = scene();
      const { holder, other } = holdersOf(scene());
      const terms = forgedTerms(world, {
        bankMsp: mspOf(scene(), holder),
        issuerMsp: mspOf(scene(), holder),
        issuer: LEI[holder],
      });
      const lock = {
        kind: 'TRANSFER' as const,
        id: newReference(),
        counterparty: LEI[other],
        counterpartyMsp: mspOf(scene(), other),
        expiresOn: '2026-12-15',
      };
      const id = sliceUnder(terms, scene(), holder);
      const slice = forgedSlice(world, underForged(terms), FACE, {
        ...heldBy(scene(), holder),
        id,
        state: 'OFFERED',
        lock,
      });
      const { mspId } = world.people(holder);
      expect(
        await attackers.commit(
          [write(mspId, ownKey('terms', terms.id), terms), write(mspId, ownKey('slice', slice.id), slice)],
          [holder],
        ),
      ).toBe('VALID');
      const openings = { ...openingOf('terms', terms), ...openingOf('slice', slice) };
      const taker = world.people(other);
      const call = {
        name: 'slice:accept',
        request: { sliceId: slice.id, transferId: lock.id },
        openings,
      };
      const refusal = itself(() => holder)(scene());
      expect(await refusalOf(demand(taker.checker, call, [taker.mspId]))).toEqual(refusal);
    });

    it('a holder that raises the amount in its own book splits nothing', async () => {
      const { world, live } = scene();
      const { holder, slice } = holdersOf(scene());
      const [owner, bank] = [world.people(holder), world.people('bank')];
      const raised = { ...(await recordOf(world, 'bank', 'slice', slice)), amount: '9000000' };
      expect(await attackers.commit([write(owner.mspId, shownKey(bank.mspId, 'slice', slice), raised)], [holder])).toBe(
        'VALID',
      );
      const request = { sliceId: slice, partIds: [owner.checker.newId(bank.mspId), owner.checker.newId(bank.mspId)] };
      const openings = { ...openingOf('slice', raised), ...(await openingsOf(world, 'bank', ['terms', live])) };
      const call = { name: 'slice:split', request, secret: { amounts: ['4000000', '5000000'] }, openings };
      expect(await refusalOf(demand(owner.checker, call, [bank.mspId]))).toEqual({
        code: 'OPENING_MISMATCH',
        data: { kind: 'slice', id: slice },
      });
    });

    it('an issuer that raises its line, or a document, in its own book is confirmed nothing', async () => {
      const { world, lineId, claimId, pending } = scene();
      const [issuer, bank] = [world.people('issuer'), world.people('bank')];
      const line = { ...(await recordOf(world, 'bank', 'line', lineId)), limit: '900000000', autoConfirm: true };
      const claim = { ...(await recordOf(world, 'bank', 'claim', claimId)), capacity: '900000000', allocations: [] };
      expect(
        await attackers.commit(
          [
            write(issuer.mspId, shownKey(bank.mspId, 'line', lineId), line),
            write(issuer.mspId, shownKey(bank.mspId, 'claim', claimId), claim),
          ],
          ['issuer'],
        ),
      ).toBe('VALID');
      const draft: BookRecord<'draft'> = {
        ...{
          schema: 'tenor.draft/1',
          id: world.newId('bank', 'issuer'),
          maker: 'ab'.repeat(32),
          salt: 'cd'.repeat(32),
        },
        content: {
          ...{
            issuer: LEI.issuer,
            bank: LEI.bank,
            payee: LEI.supplier,
            currency: 'USD',
            amount: FACE,
            dueDate: '2027-03-15',
            calendar: 'CN',
          },
          ...{ mode: 'GUARANTEED', deliveredOn: '2026-11-20', claims: [{ claimId, amount: FACE }] },
        },
      };
      expect(await attackers.commit([write(issuer.mspId, ownKey('draft', draft.id), draft)], ['issuer'])).toBe('VALID');
      const submit = (openings: Readonly<Record<string, string>>, request: object): Promise<unknown> =>
        demand(
          issuer.checker,
          { name: 'certificate:submit', request, openings: { ...openingOf('draft', draft), ...openings } },
          [bank.mspId],
        );
      const real = await openingsOf(world, 'bank', ['claim', claimId]);
      expect(await refusalOf(submit(openingOf('claim', claim), { certificateId: draft.id }))).toEqual({
        code: 'OPENING_MISMATCH',
        data: { kind: 'claim', id: claimId },
      });
      expect(
        await refusalOf(submit({ ...real, ...openingOf('line', line) }, { certificateId: draft.id, lineId })),
      ).toEqual({ code: 'OPENING_MISMATCH', data: { kind: 'line', id: lineId } });
      expect(await refusalOf(submit(real, { certificateId: draft.id }))).toEqual({
        code: 'DOCUMENT_CAPACITY',
        data: { claimId },
      });
      expect(await recordOf(world, 'bank', 'status', pending).catch(() => undefined)).toBeUndefined();
    });

    it('an issuer that confirms for the bank in its own book has nothing accepted', async () => {
      const { world, pending } = scene();
      const [issuer, supplier, bank] = [world.people('issuer'), world.people('supplier'), world.people('bank')];
      const salt = 'ab'.repeat(32);
      const confirmation: BookRecord<'confirmation'> = {
        schema: 'tenor.confirmation/1',
        id: pending,
        outcome: 'CONFIRMED',
        by: 'BANK',
        lineId: world.newId('bank'),
        salt,
      };
      const status: BookRecord<'status'> = {
        schema: 'tenor.status/1',
        id: pending,
        state: 'OFFERED',
        payeeMsp: supplier.mspId,
        offerExpiresOn: '2026-12-15',
        salt,
      };
      const forged = [
        write(issuer.mspId, ownKey('confirmation', pending), confirmation),
        write(issuer.mspId, ownKey('status', pending), status),
      ];
      expect(await attackers.commit(forged, ['issuer'])).toBe('VALID');
      const openings = {
        ...(await openingsOf(world, 'bank', ['terms', pending], ['face', pending])),
        ...{ [`confirmation/${pending}`]: JSON.stringify(confirmation), [`status/${pending}`]: JSON.stringify(status) },
      };
      const call = {
        name: 'certificate:accept',
        request: { items: [{ certificateId: pending, sliceId: world.newId('bank', 'supplier') }] },
        openings,
      };
      const refusal = { code: 'OPENING_MISMATCH', data: { kind: 'confirmation', id: pending, index: '0' } };
      expect(await refusalOf(demand(supplier.checker, call, [bank.mspId]))).toEqual(refusal);
    });
  });

  describe('once their chaincode is the real one again', () => {
    it('the register stands as it stood, and shows the forged copies as superseded', async () => {
      const { world, lineId } = scene();
      const { holder, slice, amount } = holdersOf(scene());
      expect(await viewOf(world, holder, 'slice', slice)).toMatchObject({ current: false });
      expect(await viewOf(world, 'issuer', 'line', lineId)).toMatchObject({ current: false });
      expect(await viewOf(world, 'bank', 'slice', slice)).toMatchObject({ current: true, record: { amount } });
    });

    it('what was overwritten at home is restored from the bytes of the bank', async () => {
      const { world, lineId, claimId } = scene();
      const { holder, slice: id, amount } = holdersOf(scene());
      const [owner, issuer] = [world.people(holder), world.people('issuer')];
      const register = world.people('bank').mspId;
      const slice = await viewOf(world, 'bank', 'slice', id);
      await owner.checker.book.restore({ kind: 'slice', id, register, record: slice.opening });
      for (const [kind, id] of [
        ['line', lineId],
        ['claim', claimId],
      ] as const) {
        const { opening: record } = await viewOf(world, 'bank', kind, id);
        await issuer.checker.book.restore({ kind, id, register, record });
      }
      expect(await viewOf(world, holder, 'slice', id)).toMatchObject({ current: true, record: { amount } });
      expect(await viewOf(world, 'issuer', 'line', lineId)).toMatchObject({ current: true });
    });

    it("the bank confirms what is still pending: a forged confirmation in the issuer's book does not stand in its way", async () => {
      const { world, lineId, pending } = scene();
      await confirm(world, lineId, [pending]);
      expect(await viewOf(world, 'issuer', 'confirmation', pending)).toMatchObject({
        current: true,
        record: { outcome: 'CONFIRMED' },
      });
    });
  });
}
