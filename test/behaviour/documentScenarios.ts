/** Documents as people really claim them: typed seven ways, by a slip of the pen, in another year, through another bank, credited in part. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimIdOf, newReference } from '@tenor/client';
import { fileOf } from '../deal/inputs.js';
import { claimDocument, claimOf, contentOf, type ClaimOptions } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { World } from '../support/world.js';
import { outcome, recordOf, refusal } from './dealBooks.js';
import { addParties, MORE } from './lifecycleParties.js';

const AT_SECOND_BANK = { bank: MORE.secondBank, host: 'operator' as const };

/** The suite on any ledger of five organisations. */
export function shouldClaimAsPeopleType(open: OpenLedger): void {
  describe('documents as people claim them', () => {
    let world: World;
    beforeAll(async () => {
      world = await World.found(await open());
      await addParties(world);
    });
    afterAll(() => world.close());

    const claim = (options: ClaimOptions): Promise<string> => outcome(claimDocument(world, options));
    const meant = async (claimId: string): Promise<{ claimId: string; reservationId: string }> => {
      const { reservationId } = await recordOf(world, 'issuer', 'claim', claimId);
      return { claimId, reservationId };
    };

    it('one file under seven spellings is one claim, at whichever bank, and who has it is named', async () => {
      const documentHash = fileOf('seven spellings');
      expect(await claim({ number: 'INV-001', documentHash })).toBe('ok');
      for (const number of ['INV−001', 'INV-001\u3164', 'INV-001\u2800', 'INV-001\u{e0101}', 'ІNV-001'])
        expect([number, await claim({ number })]).toEqual([number, 'DOCUMENT_CLAIMED']);
      expect(await claim({ number: 'INV-0001', documentHash })).toBe('DOCUMENT_KNOWN');
      const elsewhere = await refusal(claimDocument(world, { number: 'INV 0-01', documentHash, ...AT_SECOND_BANK }));
      expect([elsewhere.code, elsewhere.data['mspId']]).toEqual(['DOCUMENT_KNOWN', world.people('bank').mspId]);
    });

    it('number 125 of the next year is another document', async () => {
      expect(await claim({ number: '125', issuedOn: '2025-06-01' })).toBe('ok');
      expect(await claim({ number: '125', issuedOn: '2026-06-01', documentHash: fileOf('the next year') })).toBe('ok');
    });

    it('a slip in the amount is released and claimed anew, and an unused claim moves to another bank', async () => {
      const number = newReference();
      const slip = await claimDocument(world, { number, capacity: '10' });
      expect(await claim({ number, capacity: '1000' })).toBe('DOCUMENT_CLAIMED');
      const { maker } = world.people('issuer');
      await maker.document.release(await meant(slip));
      const claimId = await claimDocument(world, { number, capacity: '1000' });
      await maker.document.release(await meant(claimId));
      expect(await claim({ number, ...AT_SECOND_BANK })).toBe('ok');
    });

    it('a credit note takes off what certificates may have of the invoice', async () => {
      const { maker, checker } = world.people('issuer');
      const claimId = await claimDocument(world, { capacity: '1000' });
      const note = { currency: 'USD', amount: '400', documentHash: fileOf(newReference()) };
      await maker.document.credit({ ...(await meant(claimId)), ...note });
      const certificateId = world.newId('bank', 'issuer');
      await maker.certificate.draft({ certificateId, ...contentOf('601', claimId) });
      expect(await outcome(checker.certificate.submit({ certificateId }))).toBe('DOCUMENT_CAPACITY');
    });

    it('the hash of an invoice, entered as a credit note of another one, keeps nobody from that invoice', async () => {
      const claimId = await claimDocument(world, { capacity: '10' });
      const documentHash = fileOf('an invoice of somebody else');
      const note = { currency: 'USD', amount: '1', documentHash };
      await world.people('issuer').maker.document.credit({ ...(await meant(claimId)), ...note });
      expect(await claim({ documentHash, capacity: '1000' })).toBe('ok');
    });

    it('the id under which somebody looked at a document never names another one', async () => {
      const input = claimOf(world, {});
      const { maker } = world.people('issuer');
      await maker.document.claim(input);
      const { reservationId } = input;
      await world.people('bank').checker.document.confirm({ reservationId });
      await maker.document.release({ claimId: claimIdOf(input), reservationId });
      const other = claimOf(world, { reservationId, capacity: '99999999' });
      expect(await outcome(maker.document.claim(other))).toBe('ID_TAKEN');
    });

    it('what nobody has confirmed backs nothing and keeps nobody out', async () => {
      const number = newReference();
      const { maker } = world.people('issuer');
      const reserved = claimOf(world, { number });
      await maker.document.claim(reserved);
      expect(await claim({ number, ...AT_SECOND_BANK })).toBe('ok');
      const late = world.people('bank').checker.document.confirm({ reservationId: reserved.reservationId });
      expect(await outcome(late)).toBe('DOCUMENT_CLAIMED');
    });
  });
}
