/** Trade documents: claimed once through one bank, however their number is written, and never backing more than they are worth. */
import { describe, expect, it } from '@jest/globals';
import { claimIdOf, newReference, type DraftContent, type Input } from '@tenor/client';
import { sha256 } from '../../chaincode/src/ledger/codec.js';
import { paperKey } from '../../chaincode/src/protocol/documentNumbers.js';
import { fileOf } from '../deal/inputs.js';
import { claimDocument, claimInvoice, claimOf, contentOf, type ClaimOptions } from '../support/deal.js';
import { LEI, type PartyName, type People, type World } from '../support/world.js';
import { allocated, outcome, recordOf, refusal } from './dealBooks.js';
import { MORE } from './lifecycleParties.js';

/** Claims a document as the issuer, has the bank confirm it, and says how that ended. */
const claim = (world: World, changes: ClaimOptions & { number: string }): Promise<string> =>
  outcome(claimDocument(world, { capacity: '1000', documentHash: fileOf(newReference()), ...changes }));

/** Drafts and submits a certificate with given content, and says how that ended. */
async function submit(world: World, content: DraftContent): Promise<string> {
  const certificateId = world.newId('bank', 'issuer');
  const { maker, checker } = world.people('issuer');
  await maker.certificate.draft({ certificateId, ...content });
  return outcome(checker.certificate.submit({ certificateId }));
}

/** Documents. */
export function documentsBackOnce(world: () => World): void {
  describe('a document', () => {
    const number = 'RT-2026/0817-A';

    it('is claimed once', async () => {
      expect(await claim(world(), { number })).toBe('ok');
      expect(await claim(world(), { number, capacity: '2000' })).toBe('DOCUMENT_CLAIMED');
    });

    it.each([
      ['with blanks', 'RT - 2026 / 0817 - A'],
      ['in lower case', 'rt-2026/0817-a'],
      ['in full-width letters', 'ＲＴ－２０２６／０８１７－Ａ'],
      ['with little punctuation', 'RT2026 0817A'],
      ['with a minus sign and brackets', 'RT−〔2026〕0817〈A〉'],
      ['with a letter that looks the same', 'RТ-2026/0817-А'],
      ['with other punctuation', 'RT_2026.0817:A'],
      ['with an ideographic blank', 'RT-2026/0817\u3000A'],
      ['with a zero-width blank', 'RT-2026/0817\u200b-A'],
    ])('is the same one written %s', async (_how, written) => {
      expect(await claim(world(), { number: written })).toBe('DOCUMENT_CLAIMED');
    });

    it('is another one by another number, of another kind, or of another seller', async () => {
      expect(await claim(world(), { number: 'RT-2026/0817-B' })).toBe('ok');
      expect(await claim(world(), { number: 'RT-20260/817-A' })).toBe('ok');
      expect(await claim(world(), { number, type: 'BILL_OF_LADING' })).toBe('ok');
      expect(await claim(world(), { number, seller: LEI.contractor })).toBe('ok');
    });

    it('is not financed again through another registered bank, in either order', async () => {
      const elsewhere = { bank: MORE.secondBank, host: 'operator' as const };
      expect(await claim(world(), { number: 'rt 2026 0817 a', ...elsewhere })).toBe('DOCUMENT_CLAIMED');
      // A bank in the issuer's own organisation finances nothing of it.
      const inHouse = world().together('operator', 'issuer');
      const other = await claim(world(), { number: 'RT-9', ...elsewhere });
      expect(other).toBe(inHouse ? 'SAME_ORGANIZATION' : 'ok');
      expect(await claim(world(), { number: 'rt 9' })).toBe(inHouse ? 'ok' : 'DOCUMENT_CLAIMED');
    });

    it('is of registered parties in their roles', async () => {
      expect(await claim(world(), { number: 'R-1', bank: LEI.supplier })).toBe('PARTY_ROLE');
      expect(await claim(world(), { number: 'R-2', seller: LEI.bank })).toBe('PARTY_ROLE');
      expect(await claim(world(), { number: 'R-3', seller: MORE.suspended })).toBe('PARTY_ROLE');
      expect(await claim(world(), { number: 'R-4', seller: MORE.unknown })).toBe('PARTY_UNKNOWN');
      expect(await claim(world(), { number: 'R-5', issuer: LEI.supplier })).toBe('CALLER_NOT_ALLOWED');
    });
  });

  describe('a file', () => {
    const documentHash = fileOf('one file');
    const paperId = sha256(paperKey({ documentHash, seller: LEI.supplier }));
    const elsewhere = { bank: MORE.secondBank, host: 'operator' as const };

    it('counts once, whatever number is typed, at whichever bank', async () => {
      expect(await claim(world(), { number: 'RT20260901A', documentHash })).toBe('ok');
      const error = await refusal(claimDocument(world(), { number: 'RT-2026/0901-A', documentHash }));
      const { mspId } = world().people('bank');
      expect([error.code, error.data]).toEqual(['DOCUMENT_KNOWN', { kind: 'paper', id: paperId, mspId }]);
      expect(await claim(world(), { number: 'X-1', documentHash, type: 'CONTRACT' })).toBe('DOCUMENT_KNOWN');
      if (!world().together('operator', 'issuer'))
        expect(await claim(world(), { number: 'X-2', documentHash, ...elsewhere })).toBe('DOCUMENT_KNOWN');
    });

    it('leads the bank to the claim for which it was taken', async () => {
      const claimId = claimIdOf(claimOf(world(), { number: 'rt20260901a' }));
      expect(await recordOf(world(), 'bank', 'paper', paperId)).toMatchObject({ claimId });
    });
  });

  describe('a number', () => {
    it('is another one when the seller begins anew in the next year', async () => {
      expect(await claim(world(), { number: '125', issuedOn: '2025-12-31' })).toBe('ok');
      expect(await claim(world(), { number: '125', issuedOn: '2025-01-01' })).toBe('DOCUMENT_CLAIMED');
      expect(await claim(world(), { number: '125', issuedOn: '2026-01-01' })).toBe('ok');
    });
  });

  describe('a claim', () => {
    const people = (name: PartyName): People => world().people(name);
    const reserve = async (options: ClaimOptions): Promise<Input<'document:claim'>> => {
      const input = claimOf(world(), options);
      await people('issuer').maker.document.claim(input);
      return input;
    };
    const release = async (claimId: string, by: PartyName = 'issuer'): Promise<string> => {
      const { reservationId } = await recordOf(world(), by, 'claim', claimId);
      return outcome(people(by).maker.document.release({ claimId, reservationId }));
    };

    it("backs nothing and stands in nobody's way before it is confirmed", async () => {
      const number = newReference();
      const [first, second] = [await reserve({ number }), await reserve({ number, capacity: '300' })];
      expect(await submit(world(), contentOf('100', claimIdOf(first)))).toBe('NOT_FOUND');
      const confirmed = ({ reservationId }: Input<'document:claim'>): Promise<string> =>
        outcome(people('bank').checker.document.confirm({ reservationId }));
      expect(await confirmed(second)).toBe('ok');
      expect(await confirmed(first)).toBe('DOCUMENT_CLAIMED');
      expect(await submit(world(), contentOf('300', claimIdOf(first)))).toBe('ok');
      expect(await recordOf(world(), 'bank', 'claim', claimIdOf(first))).toMatchObject({
        ...{ issuer: LEI.issuer, bank: LEI.bank, confirmedBy: LEI.bank },
      });
    });

    it('is confirmed by the seller, who was shown it, and never by a maker', async () => {
      const { reservationId, ...said } = await reserve({});
      expect(await outcome(people('bank').maker.document.confirm({ reservationId }))).toBe('CALLER_NOT_ALLOWED');
      expect(await outcome(people('supplier').checker.document.confirm({ reservationId }))).toBe('ok');
      const shown = await recordOf(world(), 'supplier', 'claim', claimIdOf(said));
      const by = world().together('supplier', 'bank') ? LEI.bank : LEI.supplier;
      expect(shown).toMatchObject({ capacity: '100', confirmedBy: by });
    });

    it('that the bank rejects can be claimed elsewhere, or again', async () => {
      const { reservationId, number } = await reserve({});
      expect(await outcome(people('bank').maker.document.reject({ reservationId }))).toBe('ok');
      expect(await outcome(people('bank').checker.document.confirm({ reservationId }))).toBe('STATE');
      expect(await claim(world(), { number })).toBe('ok');
    });

    it('of a slip of the pen is released and made anew, and by its bank as well', async () => {
      const [number, documentHash] = [newReference(), fileOf(newReference())];
      for (const by of ['issuer', 'bank', 'issuer'] as const) {
        const claimId = await claimDocument(world(), { number, documentHash, capacity: '10' });
        expect(await claim(world(), { number, documentHash, capacity: '1000' })).toBe('DOCUMENT_CLAIMED');
        expect(await release(claimId, by)).toBe('ok');
      }
      expect(await claim(world(), { number, documentHash, capacity: '1000' })).toBe('ok');
    });

    it('moves to another bank after a rejection, and not while a certificate has a part of it', async () => {
      if (world().together('operator', 'issuer')) return;
      const [number, certificateId] = [newReference(), world().newId('bank', 'issuer')];
      const claimId = await claimDocument(world(), { number });
      const { maker, checker } = people('issuer');
      await maker.certificate.draft({ certificateId, ...contentOf('100', claimId) });
      await checker.certificate.submit({ certificateId });
      expect(await release(claimId)).toBe('DOCUMENT_USED');
      await people('bank').checker.certificate.reject({ certificateId });
      expect(await release(claimId)).toBe('DOCUMENT_USED');
      await people('bank').checker.certificate.unwind({ certificateId });
      expect(await claim(world(), { number, bank: MORE.secondBank, host: 'operator' })).toBe('DOCUMENT_CLAIMED');
      expect(await release(claimId)).toBe('ok');
      expect(await claim(world(), { number, bank: MORE.secondBank, host: 'operator' })).toBe('ok');
    });

    it('backs less after a credit note, which counts once', async () => {
      const claimId = await claimDocument(world(), { capacity: '1000' });
      expect(await submit(world(), contentOf('600', claimId))).toBe('ok');
      const { reservationId } = await recordOf(world(), 'issuer', 'claim', claimId);
      const credit = (amount: string, documentHash = fileOf(newReference())): Promise<string> => {
        const named = { claimId, reservationId, currency: 'USD', amount, documentHash };
        return outcome(people('issuer').maker.document.credit(named));
      };
      // A note on one invoice may correct another one too, and the file of somebody's invoice is no mark.
      const note = fileOf('a credit note');
      expect(await credit('401')).toBe('DOCUMENT_CAPACITY');
      expect(await credit('300', note)).toBe('ok');
      expect(await credit('1', note)).toBe('DOCUMENT_KNOWN');
      expect(await submit(world(), contentOf('101', claimId))).toBe('DOCUMENT_CAPACITY');
      expect(await submit(world(), contentOf('100', claimId))).toBe('ok');
      expect(await credit('1')).toBe('DOCUMENT_CAPACITY');
    });
  });

  describe('capacity', () => {
    it('is shared by certificates up to what the document is worth', async () => {
      const claimId = await claimInvoice(world(), '1000');
      expect(await submit(world(), contentOf('600', claimId))).toBe('ok');
      expect(await submit(world(), contentOf('401', claimId))).toBe('DOCUMENT_CAPACITY');
      expect(await submit(world(), contentOf('400', claimId))).toBe('ok');
      expect(await submit(world(), contentOf('1', claimId))).toBe('DOCUMENT_CAPACITY');
      expect(await allocated(world(), claimId)).toEqual(['600', '400']);
    });

    it('adds up to the face: not less, not more, each document once', async () => {
      const [one, two] = [await claimInvoice(world(), '1000'), await claimInvoice(world(), '1000')];
      const backed = (...claims: [string, string][]): Promise<string> =>
        submit(world(), contentOf('900', one, { claims: claims.map(([claimId, amount]) => ({ claimId, amount })) }));
      expect(await backed([one, '899'])).toBe('SUM_MISMATCH');
      expect(await backed([one, '500'], [two, '401'])).toBe('SUM_MISMATCH');
      expect(await backed([one, '400'], [one, '500'])).toBe('DUPLICATE_ITEM');
      expect(await backed([one, '500'], [two, '400'])).toBe('ok');
    });

    it('is of the same issuer, bank, payee and currency as the certificate', async () => {
      const dollars = await claimInvoice(world(), '1000');
      expect(await submit(world(), contentOf('10', dollars, { currency: 'CNY' }))).toBe('DOCUMENT_FOREIGN');
      expect(await submit(world(), contentOf('10', dollars, { payee: LEI.contractor }))).toBe('DOCUMENT_FOREIGN');
    });

    it('needs an invoice: a bill of lading may stand beside it, never instead', async () => {
      const ladingId = await claimDocument(world(), { type: 'BILL_OF_LADING', capacity: '1000' });
      const invoiceId = await claimInvoice(world(), '1000');
      expect(await submit(world(), contentOf('500', ladingId))).toBe('SUM_MISMATCH');
      const both = [invoiceId, ladingId].map((claimId) => ({ claimId, amount: '500' }));
      expect(await submit(world(), contentOf('500', invoiceId, { claims: both }))).toBe('ok');
    });
  });
}
