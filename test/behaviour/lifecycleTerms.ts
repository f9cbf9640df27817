/** Terms under the policy in force: tenor, small payees, calendars, and a policy that changes from a date on. */
import { describe, expect, it } from '@jest/globals';
import { type DraftContent } from '@tenor/client';
import { claimDocument, contentOf } from '../support/deal.js';
import { LEI, type World } from '../support/world.js';
import { outcome, recordOf } from './dealBooks.js';
import { MORE } from './lifecycleParties.js';

/** Submits a certificate with changed content. */
async function submit(world: World, changes: Partial<DraftContent>): Promise<{ code: string; certificateId: string }> {
  const { maker, checker } = world.people('issuer');
  const [certificateId, seller] = [world.newId('bank', 'issuer'), changes.payee ?? LEI.supplier];
  const claimId = await claimDocument(world, { seller });
  await maker.certificate.draft({ certificateId, ...contentOf('100', claimId, changes) });
  return { certificateId, code: await outcome(checker.certificate.submit({ certificateId })) };
}

const codeOf = async (world: World, changes: Partial<DraftContent>): Promise<string> =>
  (await submit(world, changes)).code;

/** What a certificate may promise. On 2026-11-24: six months end on 2027-05-24, twelve on 2027-11-24. */
export function termsKeepThePolicy(world: () => World): void {
  describe('terms', () => {
    const tenorJustification = 'Custom of the trade';

    it.each([
      ['past', '2026-11-23', undefined, 'DUE_DATE_PAST'],
      ['today', '2026-11-24', undefined, 'DUE_DATE_PAST'],
      ['tomorrow', '2026-11-25', undefined, 'ok'],
      ['in six months', '2027-05-24', undefined, 'ok'],
      ['a day later, without a reason', '2027-05-25', undefined, 'TENOR_UNJUSTIFIED'],
      ['a day later, with a reason', '2027-05-25', tenorJustification, 'ok'],
      ['in twelve months', '2027-11-24', tenorJustification, 'ok'],
      ['a day later, with a reason', '2027-11-25', tenorJustification, 'TENOR_EXCEEDED'],
    ])('due %s are held to the policy (%s)', async (_when, dueDate, reason, code) => {
      expect(await codeOf(world(), { dueDate, ...(reason === undefined ? {} : { tenorJustification: reason }) })).toBe(
        code,
      );
    });

    it.each([
      ['60 days after delivery', '2027-01-19', MORE.smallSupplier, 'ok'],
      ['61 days after delivery', '2027-01-20', MORE.smallSupplier, 'SME_TERM_EXCEEDED'],
      ['61 days after delivery, when the payee is large', '2027-01-20', LEI.supplier, 'ok'],
    ])('to a small payee end %s', async (_when, dueDate, payee, code) => {
      expect(await codeOf(world(), { payee, dueDate, deliveredOn: '2026-11-20' })).toBe(code);
    });

    it.each([
      ['a working Monday', '2027-03-15', '2027-03-15'],
      ['a Saturday', '2027-05-01', '2027-05-03'],
      ['a holiday on a Friday', '2027-01-01', '2027-01-04'],
      ['a Saturday before two holidays', '2027-02-06', '2027-02-10'],
      ['a Saturday made a working day', '2027-02-20', '2027-02-20'],
      ['the last Saturday of a month', '2027-02-27', '2027-02-26'],
      ['the last Sunday of a month', '2027-01-31', '2027-01-29'],
    ])('due on %s are paid on a business day', async (_day, dueDate, paymentDate) => {
      const { code, certificateId } = await submit(world(), { dueDate });
      expect(code).toBe('ok');
      expect(await recordOf(world(), 'bank', 'terms', certificateId)).toMatchObject({
        dueDate,
        paymentDate,
        policyVersion: 1,
      });
    });

    it('name a calendar that there is, and parties in their roles', async () => {
      expect(await codeOf(world(), { calendar: 'US' })).toBe('CALENDAR_UNKNOWN');
      const claimless = async (changes: Partial<DraftContent>): Promise<string> => {
        const certificateId = world().newId('bank', 'issuer');
        const { maker, checker } = world().people('issuer');
        const { certificateId: backed } = await submit(world(), {});
        const claims = (await recordOf(world(), 'issuer', 'face', backed)).claims;
        const content = contentOf('100', claims[0]?.claimId ?? '', changes);
        const drafted = await outcome(maker.certificate.draft({ certificateId, ...content }));
        if (drafted !== 'ok') return drafted;
        return outcome(checker.certificate.submit({ certificateId }));
      };
      expect(await claimless({ payee: LEI.bank })).toBe('PARTY_ROLE');
      expect(await claimless({ payee: MORE.suspended })).toBe('PARTY_ROLE');
      // The id of a certificate names the book of its bank: another bank needs another id.
      const inHouse = world().together('bank', 'supplier');
      expect(await claimless({ bank: LEI.supplier })).toBe(inHouse ? 'PARTY_ROLE' : 'ID_FOREIGN');
      expect(await claimless({ payee: MORE.unknown })).toBe('PARTY_UNKNOWN');
      expect(await claimless({})).toBe('DOCUMENT_CAPACITY');
    });
  });
}

/** The hard cap is policy data: from 2026-12-17 on it is six months. */
export function policyChanges(world: () => World): void {
  describe('a new policy', () => {
    const tenorJustification = 'Custom of the trade';
    const policy = {
      ...{ version: 2, effectiveFrom: '2026-12-17', maxTenorMonths: 6, justifyBeyondMonths: 3, smePaymentDays: 30 },
      ...{ maxTier: 2, maxChildren: 10, graceDays: 0, standIns: [] },
    };
    const long = { dueDate: '2027-07-15', tenorJustification };

    it('rules from its date on, and leaves what was submitted before as it is', async () => {
      await world().decide([{ kind: 'policy', policy }]);
      const before = await submit(world(), long);
      expect(before.code).toBe('ok');
      await world().moveTo('2026-12-17');
      expect(await codeOf(world(), long)).toBe('TENOR_EXCEEDED');
      const after = await submit(world(), {});
      expect(await recordOf(world(), 'bank', 'terms', before.certificateId)).toMatchObject({
        policyVersion: 1,
        maxTier: 3,
      });
      expect(await recordOf(world(), 'bank', 'terms', after.certificateId)).toMatchObject({
        policyVersion: 2,
        maxTier: 2,
      });
    });

    it('asks for a reason where it says so', async () => {
      expect(await codeOf(world(), { dueDate: '2027-03-18' })).toBe('TENOR_UNJUSTIFIED');
    });
  });
}
