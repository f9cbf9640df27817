/** Lines that are never exceeded, and certificates that are rejected, declined, lapsed or unwound. */
import { describe, expect, it } from '@jest/globals';
import {
  accept,
  claimInvoice,
  confirm,
  contentOf,
  offer,
  openLine,
  submitCertificate,
  type LineOptions,
} from '../support/deal.js';
import { LEI, START, type World } from '../support/world.js';
import { allocated, outcome, recordOf, refusal, utilised, viewsOf } from './dealBooks.js';
import { MORE } from './lifecycleParties.js';

/** Opens a line for given parties, and says how that ended. */
async function openFor(
  world: World,
  changes: Partial<LineOptions> & { bank?: string; issuer?: string },
): Promise<string> {
  const { maker, checker, party } = world.people('bank');
  const input = {
    ...{ lineId: checker.newId(), ticketId: maker.newId(), bank: LEI.bank, issuer: LEI.issuer, revolving: true },
    ...{ limit: '1000', currency: 'USD', autoConfirm: false, expiresOn: '2027-12-31', ...changes },
  };
  await maker.ticket.prepare('line:open', input, { party, expiresOn: world.date });
  return outcome(checker.line.open(input));
}

/** What a line lets through. */
export function linesHold(world: () => World): void {
  describe('a line', () => {
    it('is opened by a bank to an issuer, for a time to come', async () => {
      expect(await openFor(world(), {})).toBe('ok');
      expect(await openFor(world(), { issuer: LEI.supplier })).toBe('PARTY_ROLE');
      expect(await openFor(world(), { issuer: MORE.unknown })).toBe('PARTY_UNKNOWN');
      expect(await openFor(world(), { expiresOn: START })).toBe('LINE_EXPIRED');
    });

    it('is drawn to the last cent, and not one beyond', async () => {
      const lineId = await openLine(world(), { limit: '10000' });
      const [most, rest, more] = [
        await submitCertificate(world(), '9999'),
        await submitCertificate(world(), '1'),
        await submitCertificate(world(), '1'),
      ];
      expect(await outcome(confirm(world(), lineId, [most]))).toBe('ok');
      expect(await outcome(confirm(world(), lineId, [rest]))).toBe('ok');
      const error = await refusal(confirm(world(), lineId, [more]));
      expect([error.code, error.data]).toEqual(['LINE_EXCEEDED', { index: '0', lineId }]);
      expect(await utilised(world(), 'issuer', lineId)).toBe('10000');
    });

    it('is held to its currency and its time', async () => {
      const certificateId = await submitCertificate(world(), '10');
      const [yuan, short] = [
        await openLine(world(), { currency: 'CNY' }),
        await openLine(world(), { expiresOn: '2027-03-14' }),
      ];
      expect(await outcome(confirm(world(), yuan, [certificateId]))).toBe('CURRENCY_MISMATCH');
      expect(await outcome(confirm(world(), short, [certificateId]))).toBe('LINE_EXPIRED');
      expect(
        await outcome(confirm(world(), await openLine(world(), { expiresOn: '2027-03-15' }), [certificateId])),
      ).toBe('ok');
    });

    it('confirms at once only where it says so, and as far as it reaches', async () => {
      const manual = await openLine(world());
      const automatic = await openLine(world(), { autoConfirm: true, limit: '100' });
      expect(await outcome(submitCertificate(world(), '10', { lineId: manual }))).toBe('LINE_NOT_AUTOMATIC');
      expect(await outcome(submitCertificate(world(), '101', { lineId: automatic }))).toBe('LINE_EXCEEDED');
      expect(await outcome(submitCertificate(world(), '100', { lineId: automatic }))).toBe('ok');
      expect(await utilised(world(), 'bank', automatic)).toBe('100');
    });
  });
}

interface Pending {
  readonly certificateId: string;
  readonly claimId: string;
  readonly lineId: string;
}

/** A confirmed certificate on a line of its own. */
async function confirmed(world: World, amount: string): Promise<Pending> {
  const lineId = await openLine(world, { limit: '50000' });
  const [certificateId, claimId] = [world.newId('bank', 'issuer'), await claimInvoice(world, amount)];
  const { maker, checker } = world.people('issuer');
  await maker.certificate.draft({ certificateId, ...contentOf(amount, claimId) });
  await checker.certificate.submit({ certificateId });
  await confirm(world, lineId, [certificateId]);
  return { certificateId, claimId, lineId };
}

/** Line and documents are as they were before; the document can back another certificate in full. */
async function expectRestored(
  world: World,
  { certificateId, claimId, lineId }: Pending,
  amount: string,
): Promise<void> {
  for (const name of ['bank', 'issuer'] as const) {
    expect(await recordOf(world, name, 'line', lineId)).toMatchObject({ limit: '50000', utilised: '0' });
    expect(await recordOf(world, name, 'status', certificateId)).toMatchObject({ state: 'UNWOUND' });
    expect(await recordOf(world, name, 'claim', claimId)).toMatchObject({ capacity: amount, allocations: [] });
  }
  const again = world.newId('bank', 'issuer');
  await world.people('issuer').maker.certificate.draft({ certificateId: again, ...contentOf(amount, claimId) });
  expect(await outcome(world.people('issuer').checker.certificate.submit({ certificateId: again }))).toBe('ok');
}

/** What ends before it began. */
export function certificatesComeToNothing(world: () => World): void {
  const unwind = (certificateId: string): Promise<string> =>
    outcome(world().forgetful('bank').certificate.unwind({ certificateId }));

  describe('a certificate that comes to nothing', () => {
    it('is rejected by the bank alone, draws nothing, and sets its documents free when it is unwound', async () => {
      const claimId = await claimInvoice(world(), '700');
      const certificateId = world().newId('bank', 'issuer');
      const { maker, checker } = world().people('issuer');
      await maker.certificate.draft({ certificateId, ...contentOf('700', claimId) });
      await checker.certificate.submit({ certificateId });
      expect(await allocated(world(), claimId)).toEqual(['700']);
      const receipt = await world().people('bank').checker.certificate.reject({ certificateId });
      expect(receipt.endorsingOrganizations).toEqual([world().people('bank').mspId]);
      expect(await recordOf(world(), 'bank', 'confirmation', certificateId)).toMatchObject({ outcome: 'REJECTED' });
      expect(await outcome(offer(world(), certificateId))).toBe('STATE');
      expect(await unwind(certificateId)).toBe('ok');
      expect(await allocated(world(), claimId)).toEqual([]);
    });

    it('is declined by the payee, for which it costs nothing, and restored exactly', async () => {
      const pending = await confirmed(world(), '20000');
      const { certificateId } = pending;
      await offer(world(), certificateId);
      expect(await unwind(certificateId)).toBe('STATE');
      await world().people('supplier').maker.certificate.decline({ certificateId });
      expect(await utilised(world(), 'bank', pending.lineId)).toBe('20000');
      expect(await outcome(accept(world(), certificateId))).toBe('STATE');
      expect(await unwind(certificateId)).toBe('ok');
      await expectRestored(world(), pending, '20000');
      expect(await unwind(certificateId)).toBe('STATE');
    });

    it('is taken back by bank and issuer before it was offered: no payee has seen it, and none can offer it again', async () => {
      const pending = await confirmed(world(), '25000');
      const { certificateId } = pending;
      expect(await unwind(certificateId)).toBe('ok');
      await expectRestored(world(), pending, '25000');
      expect(await unwind(certificateId)).toBe('STATE');
      expect(await outcome(offer(world(), certificateId))).toBe('STATE');
      const shown = (await viewsOf(world().people('supplier').checker, 'terms')).map(({ id }) => id);
      expect(shown.includes(certificateId)).toBe(world().together('supplier', 'bank'));
    });

    it('lapses when the payee is silent, and restored exactly', async () => {
      const pending = await confirmed(world(), '30000');
      const { certificateId } = pending;
      await offer(world(), certificateId, START);
      await world().moveTo('2026-11-24');
      expect(await outcome(accept(world(), certificateId))).toBe('OFFER_LAPSED');
      expect(await outcome(world().people('supplier').checker.certificate.decline({ certificateId }))).toBe(
        'OFFER_LAPSED',
      );
      expect(await unwind(certificateId)).toBe('ok');
      await expectRestored(world(), pending, '30000');
      const slices = await viewsOf(world().people('supplier').checker, 'slice');
      expect(slices.filter(({ record }) => record.certificateId === certificateId)).toEqual([]);
    });

    it('is offered for a time that is neither past nor beyond its payment', async () => {
      const { certificateId } = await confirmed(world(), '100');
      expect(await outcome(offer(world(), certificateId, START))).toBe('OFFER_EXPIRY');
      expect(await outcome(offer(world(), certificateId, '2027-03-15'))).toBe('OFFER_EXPIRY');
      expect(await outcome(offer(world(), certificateId, '2027-03-14'))).toBe('ok');
    });

    it('is accepted by its payee alone, whoever else may be a supplier', async () => {
      const { certificateId } = await confirmed(world(), '100');
      await offer(world(), certificateId);
      const items = [{ certificateId, sliceId: world().newId('bank', 'contractor') }];
      expect(await outcome(world().people('contractor').checker.certificate.accept({ items }))).toBe(
        // Who lives with the issuer sees the certificate, never how its payee answered.
        world().together('contractor', 'issuer') ? 'OPENING_MISSING' : 'NOT_FOUND',
      );
      expect(await outcome(accept(world(), certificateId))).toBe('ok');
    });
  });
}
