/** Parties without a role, with a lost role, or suspended: what they can no longer do, and what they still can. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimIdOf, type Change, type Role } from '@tenor/client';
import {
  claimDocument,
  claimOf,
  accept,
  claimInvoice,
  confirm,
  contentOf,
  issue,
  offer,
  offerSlice,
  openLine,
  submitCertificate,
} from '../support/deal.js';
import { LEI, type PartyName, type World } from '../support/world.js';
import { outcome, recordOf, refusal } from './dealBooks.js';
import { MORE } from './lifecycleParties.js';

type Status = 'ACTIVE' | 'SUSPENDED';

/** Registers a party with other roles or another status. */
export const standing = (world: World, name: PartyName, roles: Role[], status: Status = 'ACTIVE'): Promise<unknown> => {
  const { party: id, mspId } = world.people(name);
  const change: Change = { kind: 'party', party: { id, name, mspId, roles, sme: false, status } };
  return world.decide([change]);
};

/** Claims a document and drafts a certificate of one's own as an issuer, without being one. */
async function issueAsSupplier(world: World): Promise<string[]> {
  const { maker, party } = world.people('supplier');
  const document = claimOf(world, { seller: LEI.contractor, issuer: party, by: 'supplier' });
  const claimId = claimIdOf(document);
  return [
    await outcome(maker.document.claim(document)),
    await outcome(
      maker.certificate.draft({
        certificateId: world.newId('bank', 'supplier'),
        ...contentOf('100', claimId, { issuer: party }),
      }),
    ),
  ];
}

/** Who lacks a role, from the start. */
export function rolesAreNeeded(world: () => World): void {
  describe('a role', () => {
    it('is needed to claim and to draft as an issuer', async () => {
      expect(await issueAsSupplier(world())).toEqual(['PARTY_ROLE', 'PARTY_ROLE']);
    });

    it("is needed to open a line as a bank, of another organisation than the issuer's", async () => {
      const open = async (name: PartyName, bank: string): Promise<string> => {
        const { maker, checker, party } = world().people(name);
        const input = {
          ...{ lineId: checker.newId(), ticketId: maker.newId(), bank, issuer: LEI.issuer, revolving: true },
          ...{ limit: '1000', currency: 'USD', autoConfirm: false, expiresOn: '2027-12-31' },
        };
        await maker.ticket.prepare('line:open', input, {
          party: name === 'issuer' ? bank : party,
          expiresOn: world().date,
        });
        return outcome(checker.line.open(input));
      };
      expect(await open('operator', LEI.operator)).toBe('PARTY_ROLE');
      expect(await open('issuer', MORE.houseBank)).toBe('SAME_ORGANIZATION');
    });

    it('of an issuer does not reach the line of another issuer', async () => {
      const lineId = await openLine(world());
      const certificateId = world().newId('bank', 'issuer');
      const { maker, checker } = world().people('issuer');
      const claimId = await claimDocument(world(), { issuer: MORE.secondIssuer });
      await maker.certificate.draft({ certificateId, ...contentOf('100', claimId, { issuer: MORE.secondIssuer }) });
      await checker.certificate.submit({ certificateId });
      const error = await refusal(confirm(world(), lineId, [certificateId]));
      expect([error.code, error.data]).toEqual(['LINE_FOREIGN', { index: '0', lineId }]);
    });

    it("of a payee is one party's: offers to two are accepted in two requests", async () => {
      const one = await offered(world(), LEI.supplier);
      const other = await offered(world(), MORE.smallSupplier);
      const { checker } = world().people('supplier');
      const items = [one, other].map((certificateId) => ({
        certificateId,
        sliceId: world().newId('bank', 'supplier'),
      }));
      const error = await refusal(checker.certificate.accept({ items }));
      expect([error.code, error.data]).toEqual(['BATCH_MIXED', { index: '1' }]);
      expect(await outcome(checker.certificate.accept({ items: items.slice(1) }))).toBe('ok');
    });
  });
}

/** A certificate offered to a payee of the supplier's organisation, due soon enough for a small one. */
async function offered(world: World, payee: string): Promise<string> {
  const certificateId = world.newId('bank', 'issuer');
  const { maker, checker } = world.people('issuer');
  const claimId = await claimDocument(world, { seller: payee });
  await maker.certificate.draft({ certificateId, ...contentOf('100', claimId, { payee, dueDate: '2027-01-18' }) });
  await checker.certificate.submit({ certificateId });
  await confirm(world, await openLine(world), [certificateId]);
  await offer(world, certificateId);
  return certificateId;
}

/** Who is suspended or loses a role on the way. */
export function rolesAreLost(world: () => World): void {
  describe('a suspended issuer', () => {
    beforeAll(() => standing(world(), 'issuer', ['issuer'], 'SUSPENDED'));
    afterAll(() => standing(world(), 'issuer', ['issuer']));

    it('issues nothing more', async () => {
      expect(await outcome(claimInvoice(world(), '100'))).toBe('PARTY_SUSPENDED');
    });
  });

  describe('a party that is suspended on the way', () => {
    let drafted: string;
    let pending: string;
    let sliceId: string;
    let transferId: string;
    beforeAll(async () => {
      drafted = world().newId('bank', 'issuer');
      const claimId = await claimInvoice(world(), '100');
      await world()
        .people('issuer')
        .maker.certificate.draft({ certificateId: drafted, ...contentOf('100', claimId) });
      pending = await submitCertificate(world(), '100');
      await confirm(world(), await openLine(world()), [pending]);
      await offer(world(), pending);
      ({ sliceId } = await issue(world(), '100'));
      transferId = await offerSlice(world(), sliceId);
    });

    it('as the issuer stops what it drafted, and nothing that is out', async () => {
      await standing(world(), 'issuer', ['issuer'], 'SUSPENDED');
      const { checker } = world().people('issuer');
      expect(await outcome(checker.certificate.submit({ certificateId: drafted }))).toBe('PARTY_SUSPENDED');
      expect(await outcome(world().people('contractor').checker.slice.accept({ sliceId, transferId }))).toBe('ok');
      await standing(world(), 'issuer', ['issuer']);
      expect(await outcome(checker.certificate.submit({ certificateId: drafted }))).toBe('ok');
    });

    it('ends what it claimed and reserved, though it has lost its role: issuer, bank and seller', async () => {
      const { issuer, bank } = { issuer: world().people('issuer'), bank: world().people('bank') };
      const claims = [claimOf(world(), {}), claimOf(world(), {})];
      for (const input of claims) {
        await issuer.maker.document.claim(input);
        await bank.checker.document.confirm({ reservationId: input.reservationId });
      }
      const open = claimOf(world(), {});
      await issuer.maker.document.claim(open);
      for (const name of ['issuer', 'bank', 'supplier'] as const) await standing(world(), name, ['operator']);
      const [byIssuer, byBank] = claims.map((input) => ({
        claimId: claimIdOf(input),
        reservationId: input.reservationId,
      }));
      if (byIssuer === undefined || byBank === undefined) throw new Error('two were claimed');
      expect(await outcome(issuer.maker.document.release(byIssuer))).toBe('ok');
      expect(await outcome(bank.maker.document.release(byBank))).toBe('ok');
      expect(await outcome(bank.maker.document.reject({ reservationId: open.reservationId }))).toBe('ok');
      await standing(world(), 'issuer', ['issuer']);
      await standing(world(), 'bank', ['bank']);
      await standing(world(), 'supplier', ['supplier']);
    });

    it('as the payee takes no certificate, as the transferee no slice, until it is back', async () => {
      const { sliceId: other } = await issue(world(), '100');
      const toContractor = await offerSlice(world(), other);
      await standing(world(), 'supplier', ['supplier'], 'SUSPENDED');
      await standing(world(), 'contractor', ['supplier'], 'SUSPENDED');
      const { slice } = world().people('contractor').checker;
      const answer = { sliceId: other, transferId: toContractor };
      expect(await outcome(accept(world(), pending))).toBe('PARTY_SUSPENDED');
      expect(await outcome(slice.accept(answer))).toBe('PARTY_SUSPENDED');
      await standing(world(), 'supplier', ['supplier']);
      await standing(world(), 'contractor', ['supplier']);
      expect(await outcome(slice.accept(answer))).toBe('ok');
    });

    it('as a bank that is none any more vouches for nothing that is newly relied on', async () => {
      const { sliceId: free } = await issue(world(), '100');
      const { sliceId: other } = await issue(world(), '100');
      const toContractor = await offerSlice(world(), other);
      await standing(world(), 'bank', ['operator']);
      expect(await outcome(accept(world(), pending))).toBe('PARTY_ROLE');
      expect(await outcome(offerSlice(world(), free))).toBe('PARTY_ROLE');
      const { slice } = world().people('contractor').checker;
      expect(await outcome(slice.accept({ sliceId: other, transferId: toContractor }))).toBe('PARTY_ROLE');
      expect(await outcome(slice.decline({ sliceId: other, transferId: toContractor }))).toBe('PARTY_ROLE');
      await standing(world(), 'bank', ['bank']);
      expect(await outcome(slice.decline({ sliceId: other, transferId: toContractor }))).toBe('ok');
      expect(await outcome(accept(world(), pending))).toBe('ok');
      expect(await recordOf(world(), 'bank', 'status', pending)).toMatchObject({ state: 'ACTIVE' });
    });
  });
}
