/**
 * Forgeries in the attackers' own books. Nothing keeps anyone from writing nonsense at home; what counts is that nobody honours
 * it. Issuer and supplier are corrupt here, alone and together; bank, contractor and operator are honest.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type BookRecord } from '@tenor/client';
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import { Attackers, demand, refusalOf, write, type HandMade } from '../support/attack.js';
import { forgedSlice, forgedTerms } from '../support/attackForgery.js';
import { confirm } from '../support/deal.js';
import { LEI, type PartyName } from '../support/world.js';
import { recordOf, viewOf } from './dealBooks.js';
import { FACE, openingOf, openingsOf, PARTS, type Scene } from './attacksScene.js';

/** Terms that are not the bank's word: who writes them where, and what they say. */
interface Mint {
  readonly what: string;
  readonly who: readonly PartyName[];
  readonly terms: (scene: Scene) => Partial<BookRecord<'terms'>>;
  readonly refusal: (id: string) => object;
}

const missing = (id: string): object => ({ code: 'OPENING_MISMATCH', data: { kind: 'terms', id } });
const noBank = (): object => ({ code: 'PARTY_ROLE', data: { role: 'bank' } });
const noIssuer = (): object => ({ code: 'PARTY_ROLE', data: { role: 'issuer' } });
const mspOf = ({ world }: Scene, name: PartyName): string => world.people(name).mspId;

const MINTS: readonly Mint[] = [
  { what: 'name the real bank', who: ['issuer', 'supplier'], terms: () => ({}), refusal: missing },
  {
    what: 'act as the bank under its name',
    who: ['issuer', 'supplier'],
    terms: (scene) => ({ bankMsp: mspOf(scene, 'supplier') }),
    refusal: noBank,
  },
  {
    what: 'call itself the bank',
    who: ['issuer', 'supplier'],
    terms: (scene) => ({ bank: LEI.supplier, bankMsp: mspOf(scene, 'supplier') }),
    refusal: noBank,
  },
  {
    what: 'call the issuer the bank',
    who: ['issuer'],
    terms: (scene) => ({ bank: LEI.issuer, bankMsp: mspOf(scene, 'issuer') }),
    refusal: noBank,
  },
  {
    what: 'be bank and issuer in one',
    who: ['supplier'],
    terms: (scene) => ({ bankMsp: mspOf(scene, 'supplier'), issuerMsp: mspOf(scene, 'supplier') }),
    refusal: noBank,
  },
];

/** The forged offer of a forged slice, with a ticket that the supplier's own book does hold. */
function forgedOffer(
  terms: BookRecord<'terms'>,
  slice: BookRecord<'slice'>,
): { readonly ticket: BookRecord<'ticket'>; readonly call: HandMade } {
  const request = { sliceId: slice.id, transferId: newId(), ticketId: newId() };
  const secret = { transferee: LEI.contractor, expiresOn: '2026-12-15' };
  const ticket: BookRecord<'ticket'> = {
    ...{
      schema: 'tenor.ticket/1',
      id: request.ticketId,
      party: LEI.supplier,
      command: 'certificate:transfer',
      expiresOn: '2026-12-31',
    },
    ...{ payload: canonicalJson({ private: secret, request }), maker: 'ab'.repeat(32), salt: 'cd'.repeat(32) },
  };
  const openings = { ...openingOf('terms', terms), ...openingOf('slice', slice), ...openingOf('ticket', ticket) };
  return { ticket, call: { name: 'certificate:transfer', request, secret, openings } };
}

/** The attacks by issuer and holder, without the bank. */
export function shouldHonourNoForgery(scene: () => Scene): void {
  describe('with the chaincode changed at issuer and supplier', () => {
    let attackers: Attackers;

    beforeAll(async () => {
      attackers = await Attackers.corrupt(scene().world, ['issuer', 'supplier']);
    });

    afterAll(async () => {
      await attackers.surrender();
    });

    it.each(MINTS)('$what: the contractor is offered nothing', async ({ who, terms: changes, refusal }) => {
      const { world } = scene();
      const terms = forgedTerms(world, changes(scene()));
      const slice = forgedSlice(world, terms.id, FACE);
      const { ticket, call } = forgedOffer(terms, slice);
      for (const name of new Set<PartyName>([...who, 'supplier'])) {
        const { mspId } = world.people(name);
        const minted = [
          write(mspId, `terms/${terms.id}`, terms),
          write(mspId, `slice/${slice.id}`, slice),
          write(mspId, `ticket/${ticket.id}`, ticket),
        ];
        expect(await attackers.commit(minted, [name])).toBe('VALID'); // its own book, nobody else's business
      }
      const [supplier, contractor] = [world.people('supplier'), world.people('contractor')];
      expect(await refusalOf(demand(supplier.checker, call, [contractor.mspId]))).toEqual(refusal(terms.id));
    });

    it('name another issuer: the contractor takes nothing over', async () => {
      const { world } = scene();
      const terms = forgedTerms(world, {
        bankMsp: mspOf(scene(), 'supplier'),
        issuerMsp: mspOf(scene(), 'supplier'),
        issuer: LEI.supplier,
      });
      const lock = {
        kind: 'TRANSFER' as const,
        id: newId(),
        counterparty: LEI.contractor,
        counterpartyMsp: mspOf(scene(), 'contractor'),
        expiresOn: '2026-12-15',
      };
      const slice = forgedSlice(world, terms.id, FACE, { state: 'OFFERED', lock });
      const { mspId } = world.people('supplier');
      expect(
        await attackers.commit(
          [write(mspId, `terms/${terms.id}`, terms), write(mspId, `slice/${slice.id}`, slice)],
          ['supplier'],
        ),
      ).toBe('VALID');
      const openings = { ...openingOf('terms', terms), ...openingOf('slice', slice) };
      const contractor = world.people('contractor');
      const call = {
        name: 'certificate:acceptTransfer',
        request: { sliceId: slice.id, transferId: lock.id },
        openings,
      };
      expect([noBank(), noIssuer()]).toContainEqual(
        await refusalOf(demand(contractor.checker, call, [contractor.mspId])),
      );
    });

    it('a holder that raises the amount in its own book splits nothing', async () => {
      const { world, kept, live } = scene();
      const [supplier, bank] = [world.people('supplier'), world.people('bank')];
      const raised = { ...(await recordOf(world, 'bank', 'slice', kept)), amount: '9000000' };
      expect(await attackers.commit([write(supplier.mspId, `slice/${kept}`, raised)], ['supplier'])).toBe('VALID');
      const request = { sliceId: kept, partIds: [newId(), newId()] };
      const openings = { ...openingOf('slice', raised), ...(await openingsOf(world, 'bank', ['terms', live])) };
      const call = { name: 'certificate:split', request, secret: { amounts: ['4000000', '5000000'] }, openings };
      expect(await refusalOf(demand(supplier.checker, call, [bank.mspId]))).toEqual({
        code: 'OPENING_MISMATCH',
        data: { kind: 'slice', id: kept },
      });
    });

    it('an issuer that raises its line, or a document, in its own book is confirmed nothing', async () => {
      const { world, lineId, claimId, pending } = scene();
      const [issuer, bank] = [world.people('issuer'), world.people('bank')];
      const line = { ...(await recordOf(world, 'bank', 'line', lineId)), limit: '900000000', autoConfirm: true };
      const claim = { ...(await recordOf(world, 'bank', 'claim', claimId)), capacity: '900000000', allocations: [] };
      expect(
        await attackers.commit(
          [write(issuer.mspId, `line/${lineId}`, line), write(issuer.mspId, `claim/${claimId}`, claim)],
          ['issuer'],
        ),
      ).toBe('VALID');
      const draft: BookRecord<'draft'> = {
        ...{ schema: 'tenor.draft/1', id: newId(), maker: 'ab'.repeat(32), salt: 'cd'.repeat(32) },
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
      expect(await attackers.commit([write(issuer.mspId, `draft/${draft.id}`, draft)], ['issuer'])).toBe('VALID');
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
        lineId: newId(),
        salt,
      };
      const status: BookRecord<'status'> = {
        schema: 'tenor.status/1',
        id: pending,
        state: 'OFFERED',
        offerExpiresOn: '2026-12-15',
        salt,
      };
      const forged = [
        write(issuer.mspId, `confirmation/${pending}`, confirmation),
        write(issuer.mspId, `status/${pending}`, status),
      ];
      expect(await attackers.commit(forged, ['issuer'])).toBe('VALID');
      const openings = {
        ...(await openingsOf(world, 'bank', ['terms', pending], ['face', pending])),
        ...{ [`confirmation/${pending}`]: JSON.stringify(confirmation), [`status/${pending}`]: JSON.stringify(status) },
      };
      const call = {
        name: 'certificate:accept',
        request: { items: [{ certificateId: pending, sliceId: newId() }] },
        openings,
      };
      const refusal = { code: 'OPENING_MISMATCH', data: { kind: 'confirmation', id: pending, index: '0' } };
      expect(await refusalOf(demand(supplier.checker, call, [bank.mspId]))).toEqual(refusal);
    });
  });

  describe('once their chaincode is the real one again', () => {
    it('the register stands as it stood, and shows the forged copies as superseded', async () => {
      const { world, kept, lineId } = scene();
      expect(await viewOf(world, 'supplier', 'slice', kept)).toMatchObject({ current: false });
      expect(await viewOf(world, 'issuer', 'line', lineId)).toMatchObject({ current: false });
      expect(await viewOf(world, 'bank', 'slice', kept)).toMatchObject({
        current: true,
        record: { amount: PARTS.kept },
      });
    });

    it('what was overwritten at home is restored from the bytes of the bank', async () => {
      const { world, kept, live, lineId, claimId } = scene();
      const [supplier, issuer] = [world.people('supplier'), world.people('issuer')];
      const [slice, terms] = [await viewOf(world, 'bank', 'slice', kept), await viewOf(world, 'bank', 'terms', live)];
      await supplier.checker.restore({ kind: 'slice', id: kept, record: slice.opening, terms: terms.opening });
      for (const [kind, id] of [
        ['line', lineId],
        ['claim', claimId],
      ] as const) {
        await issuer.checker.restore({ kind, id, record: (await viewOf(world, 'bank', kind, id)).opening });
      }
      expect(await viewOf(world, 'supplier', 'slice', kept)).toMatchObject({
        current: true,
        record: { amount: PARTS.kept },
      });
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
