/** Trade documents: claimed once through one bank, however their number is written, and never backing more than they are worth. */
import { describe, expect, it } from '@jest/globals';
import { claimIdOf, newReference, type DraftContent, type Input } from '@tenor/client';
import { claimInvoice, contentOf } from '../support/deal.js';
import { LEI, type World } from '../support/world.js';
import { allocated, outcome, refusal } from './dealBooks.js';
import { MORE } from './lifecycleParties.js';

type Claim = Input<'document:claim'>;

/** Claims a document as the issuer, and says how that ended. */
function claim(world: World, changes: Partial<Claim> & { number: string }): Promise<string> {
  const document = { type: 'INVOICE' as const, seller: LEI.supplier, ...changes };
  const rest = { issuer: LEI.issuer, bank: LEI.bank, currency: 'USD', capacity: '1000', documentHash: 'ab'.repeat(32) };
  return outcome(world.people('issuer').maker.document.claim({ ...rest, claimId: claimIdOf(document), ...document }));
}

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
      expect(await claim(world(), { number: 'rt 2026 0817 a', bank: MORE.secondBank })).toBe('DOCUMENT_CLAIMED');
      // A bank in the issuer's own organisation finances nothing of it.
      const inHouse = world().together('operator', 'issuer');
      const other = await claim(world(), { number: 'RT-9', bank: MORE.secondBank });
      expect(other).toBe(inHouse ? 'SAME_ORGANIZATION' : 'ok');
      expect(await claim(world(), { number: 'rt 9' })).toBe(inHouse ? 'ok' : 'DOCUMENT_CLAIMED');
    });

    it('has the id that follows from it, and no other', async () => {
      const error = await refusal(
        world()
          .people('issuer')
          .maker.document.claim({
            ...{
              claimId: claimIdOf({ type: 'INVOICE', seller: LEI.supplier, number: 'X-1' }),
              type: 'INVOICE',
              number: 'X-2',
            },
            ...{
              seller: LEI.supplier,
              issuer: LEI.issuer,
              bank: LEI.bank,
              currency: 'USD',
              capacity: '1',
              documentHash: 'ab'.repeat(32),
            },
          }),
      );
      expect([error.code, error.data]).toEqual(['CLAIM_ID', {}]);
    });

    it('is of registered parties in their roles', async () => {
      expect(await claim(world(), { number: 'R-1', bank: LEI.supplier })).toBe('PARTY_ROLE');
      expect(await claim(world(), { number: 'R-2', seller: LEI.bank })).toBe('PARTY_ROLE');
      expect(await claim(world(), { number: 'R-3', seller: MORE.suspended })).toBe('PARTY_ROLE');
      expect(await claim(world(), { number: 'R-4', seller: MORE.unknown })).toBe('PARTY_UNKNOWN');
      expect(await claim(world(), { number: 'R-5', issuer: LEI.supplier })).toBe('CALLER_NOT_ALLOWED');
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
      const lading = { type: 'BILL_OF_LADING' as const, number: newReference(), seller: LEI.supplier };
      expect(await claim(world(), { ...lading })).toBe('ok');
      const [ladingId, invoiceId] = [claimIdOf(lading), await claimInvoice(world(), '1000')];
      expect(await submit(world(), contentOf('500', ladingId))).toBe('SUM_MISMATCH');
      const both = [invoiceId, ladingId].map((claimId) => ({ claimId, amount: '500' }));
      expect(await submit(world(), contentOf('500', invoiceId, { claims: both }))).toBe('ok');
    });
  });
}
