/** Payments: what proves one, and what does not. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { LIMITS, type Input } from '@tenor/client';
import {
  ACCOUNT,
  accept,
  acknowledge,
  attest,
  confirm,
  issue,
  offer,
  openLine,
  present,
  presentAs as presentUnderTicket,
  release,
  reopen,
  sendBack,
  report,
  split,
  submitCertificate,
  type Presented,
} from '../support/deal.js';
import { LEI, type World } from '../support/world.js';
import { outcome, recordOf, refusal, utilised, viewOf } from './dealBooks.js';
import { MORE, SECOND_BANK } from './lifecycleParties.js';

/** Slices that wait for maturity. */
export interface Stock {
  readonly certificateId: string;
  readonly lineId: string;
  readonly parts: readonly string[];
  /** Whole, in another currency. */
  readonly yuan: string;
  /** Two of the largest amount there is. */
  readonly largest: readonly string[];
  /** Whole, on a line that does not revolve. */
  readonly once: { readonly certificateId: string; readonly lineId: string; readonly sliceId: string };
}

/** Issues what will be paid, long before it is due. */
export async function stockUp(world: World): Promise<Stock> {
  const { certificateId, lineId, sliceId } = await issue(world, '1300');
  const parts = await split(world, sliceId, Array<string>(13).fill('100'));
  const yuanLine = await openLine(world, { currency: 'CNY', autoConfirm: true });
  const yuanId = await submitCertificate(world, '500', { lineId: yuanLine, changes: { currency: 'CNY' } });
  await offer(world, yuanId);
  const yuan = await accept(world, yuanId);
  const onceLine = await openOnce(world);
  const onceId = await submitCertificate(world, '300');
  await confirm(world, onceLine, [onceId]);
  await offer(world, onceId);
  const once = { certificateId: onceId, lineId: onceLine, sliceId: await accept(world, onceId) };
  const most = LIMITS.amountMax.toString();
  const largest = [(await issue(world, most)).sliceId, (await issue(world, most)).sliceId];
  return { certificateId, lineId, parts, yuan, largest, once };
}

async function openOnce(world: World): Promise<string> {
  const { maker, checker, party } = world.people('bank');
  const input = {
    ...{ lineId: checker.newId(), ticketId: maker.newId(), bank: LEI.bank, issuer: LEI.issuer, revolving: false },
    ...{ limit: '1000', currency: 'USD', autoConfirm: false, expiresOn: '2027-12-31' },
  };
  await maker.ticket.prepare('line:open', input, { party, expiresOn: world.date });
  await checker.line.open(input);
  return input.lineId;
}

const reportAs = (world: World, presented: Presented, changes: Partial<Presented>): Promise<string> =>
  outcome(report(world, { ...presented, ...changes }));
const attestAs = (world: World, presented: Presented, changes: Partial<Presented>): Promise<string> =>
  outcome(attest(world, { ...presented, ...changes }));

/** Reports and attestations. */
export function paymentsProve(world: () => World, stock: () => Stock): void {
  const presentPart = (index: number): Promise<Presented> => present(world(), 'supplier', [stock().parts[index] ?? '']);

  const reopened = (presented: Presented): Promise<string> => outcome(reopen(world(), presented));
  /** Takes the current bytes of a slice from the bank, where the copy was left behind. */
  const restored = async (id: string): Promise<void> => {
    if (world().together('supplier', 'bank')) return; // it reads the register itself
    const { opening: record } = await viewOf(world(), 'bank', 'slice', id);
    await world()
      .people('supplier')
      .checker.book.restore({ kind: 'slice', id, register: world().people('bank').mspId, record });
  };

  describe('a payment', () => {
    it('that is under way proves nothing; that has arrived does', async () => {
      const presented = await presentPart(0);
      await report(world(), presented, 'ACSP');
      await attest(world(), presented);
      await acknowledge(world(), 'supplier', presented);
      const error = await refusal(release(world(), presented));
      expect([error.code, error.data]).toEqual(['PAYMENT_NOT_FINAL', { status: 'ACSP' }]);
      await report(world(), presented, 'ACCC');
      expect(await recordOf(world(), 'bank', 'payment', presented.uetr)).toMatchObject({ status: 'ACCC' });
      expect(await outcome(report(world(), presented, 'ACSP'))).toBe('STATE');
      expect(await outcome(report(world(), presented, 'RJCT'))).toBe('STATE');
      expect(await outcome(release(world(), presented))).toBe('ok');
      const { presentmentId, uetr } = presented;
      const again = world().forgetful('bank').presentment.discharge({ presentmentId, uetr });
      expect(await outcome(again)).toBe('STATE');
    });

    it('that was rejected proves nothing, another one follows, and is acknowledged once the bank has reopened the presentment', async () => {
      const presented = await presentPart(1);
      await report(world(), presented, 'ACSP');
      await acknowledge(world(), 'supplier', presented);
      expect(await reopened(presented)).toBe('PAYMENT_PENDING');
      await report(world(), presented, 'RJCT');
      await attest(world(), presented);
      expect(await outcome(release(world(), presented))).toBe('PAYMENT_NOT_FINAL');
      const second = { ...presented, uetr: randomUUID() };
      expect(await reopened(second)).toBe('NOT_FOUND');
      await report(world(), second, 'ACSP');
      expect(await outcome(report(world(), presented))).toBe('PAYMENT_PENDING');
      expect(await outcome(report(world(), { ...presented, uetr: randomUUID() }))).toBe('PAYMENT_PENDING');
      expect(await reopened(presented)).toBe('PAYMENT_MISMATCH');
      expect(await reopened(second)).toBe('ok');
      await report(world(), second);
      // The first arrived after all. It goes back before the second one counts.
      expect(await outcome(attest(world(), second))).toBe('OVERPAID');
      await sendBack(world(), presented, { host: 'bank', party: LEI.bank });
      await attest(world(), second);
      // The earlier word still stands in the payee's book. With the payment that it names, it would count again.
      expect(await outcome(release(world(), second))).toBe('PAYMENT_MISMATCH');
      await acknowledge(world(), 'supplier', second);
      expect(await outcome(release(world(), second))).toBe('ok');
      expect(await reopened(second)).toBe('PAYMENT_PENDING');
    });

    it('is of the amount and currency presented, or a part of it, and nothing more', async () => {
      const presented = await presentPart(2);
      for (const say of [reportAs, attestAs]) {
        expect(await say(world(), presented, { amount: '101' })).toBe('OVERPAID');
        expect(await say(world(), presented, { currency: 'CNY' })).toBe('PAYMENT_MISMATCH');
        expect(await say(world(), presented, { amount: '99' })).toBe('ok');
      }
    });

    it('is booked to the account presented for', async () => {
      const presented = await presentPart(3);
      expect(await outcome(attest(world(), presented, { ...ACCOUNT, id: `${ACCOUNT.id}9` }))).toBe('ACCOUNT_MISMATCH');
      expect(await outcome(attest(world(), presented))).toBe('ok');
    });

    it('belongs to one presentment', async () => {
      const [one, other] = [await presentPart(4), await presentPart(5)];
      await report(world(), one);
      await attest(world(), one);
      expect(await reportAs(world(), other, { uetr: one.uetr })).toBe('UETR_USED');
      expect(await attestAs(world(), other, { uetr: one.uetr })).toBe('UETR_USED');
      await acknowledge(world(), 'supplier', other);
      expect(await outcome(release(world(), { ...other, uetr: one.uetr }))).toBe('PAYMENT_MISMATCH');
      expect(await outcome(release(world(), one))).toBe('ACKNOWLEDGEMENT_NEEDED');
    });

    it('is released against report, attestation and acknowledgement of the same one', async () => {
      const presented = await presentPart(6);
      expect(await outcome(release(world(), presented))).toBe('NOT_FOUND');
      await report(world(), presented);
      expect(await outcome(release(world(), presented))).toBe('ATTESTATION_NEEDED');
      await attest(world(), presented);
      expect(await outcome(release(world(), presented))).toBe('ACKNOWLEDGEMENT_NEEDED');
      await acknowledge(world(), 'supplier', { ...presented, uetr: randomUUID() });
      expect(await outcome(release(world(), presented))).toBe('PAYMENT_MISMATCH');
    });

    it('that the payee took for another one is acknowledged again, and the bank needs nobody for that', async () => {
      const presented = await presentPart(10);
      await report(world(), presented);
      await attest(world(), presented);
      expect(await reopened(presented)).toBe('PAYMENT_PENDING');
      await acknowledge(world(), 'supplier', { ...presented, uetr: randomUUID() });
      const { endorsingOrganizations } = await reopen(world(), presented, { books: 'register' });
      expect(endorsingOrganizations).toEqual([world().people('bank').mspId]);
      await restored(stock().parts[10] ?? '');
      await acknowledge(world(), 'supplier', presented);
      expect(await outcome(release(world(), presented))).toBe('ok');
    });
  });

  presentments(world, stock);
  settlements(world, stock);
}

function presentments(world: () => World, stock: () => Stock): void {
  const presentAs = (sliceIds: string[], changes: Partial<Input<'slice:present'>> = {}): Promise<string> =>
    outcome(
      presentUnderTicket(world(), 'supplier', {
        ...{ presentmentId: world().newId('supplier'), ticketId: world().newId('supplier'), sliceIds },
        ...{ account: ACCOUNT, payeeBank: LEI.bank, ...changes },
      }),
    );

  describe('a presentment', () => {
    it('is of free slices of one currency, to a bank', async () => {
      const { parts, yuan } = stock();
      const [presented = ''] = parts;
      const free = parts[7] ?? '';
      expect(await presentAs([presented])).toBe('STATE');
      expect(await presentAs([free, yuan])).toBe('BATCH_MIXED');
      expect(await presentAs([free], { payeeBank: LEI.contractor })).toBe('PARTY_ROLE');
      expect(await presentAs([free], { payeeBank: MORE.unknown })).toBe('PARTY_UNKNOWN');
      expect(await presentAs([world().newId('bank', 'supplier')])).toBe('NOT_FOUND');
    });

    it('asks for no more than a payment can be of', async () => {
      expect(await presentAs([...stock().largest])).toBe('AMOUNT_OUT_OF_RANGE');
      expect(await presentAs(stock().largest.slice(0, 1))).toBe('ok');
    });

    it("to another bank than the payer's rests on that bank's word, and needs no acknowledgement", async () => {
      const [sliceId, presentmentId, uetr] = [stock().parts[8] ?? '', world().newId('supplier'), randomUUID()];
      expect(await presentAs([sliceId], { presentmentId, payeeBank: MORE.secondBank })).toBe('ok');
      const presented: Presented = { presentmentId, uetr, currency: 'USD', amount: '100' };
      await report(world(), presented);
      expect(await outcome(attest(world(), presented))).toBe('CALLER_NOT_ALLOWED');
      expect(await outcome(release(world(), presented))).toBe('ATTESTATION_NEEDED');
      const attested = await attest(world(), presented, ACCOUNT, SECOND_BANK);
      expect(attested.endorsingOrganizations).toEqual(
        [world().people('bank').mspId, world().people('operator').mspId].sort(),
      );
      expect(await outcome(release(world(), presented))).toBe('ok');
      expect(await recordOf(world(), 'supplier', 'slice', sliceId)).toMatchObject({ state: 'PAID' });
    });

    it("to another bank than the payer's rests on the payee's word where that bank is silent", async () => {
      const slice = [stock().parts[12] ?? ''];
      const presented = await present(world(), 'supplier', slice, MORE.secondBank);
      await report(world(), presented);
      expect(await outcome(release(world(), presented))).toBe('ATTESTATION_NEEDED');
      expect(await outcome(acknowledge(world(), 'supplier', presented))).toBe('ok');
      expect(await outcome(release(world(), { ...presented, uetr: randomUUID() }))).toBe('NOT_FOUND');
      expect(await outcome(release(world(), presented))).toBe('ok');
      expect(await recordOf(world(), 'supplier', 'slice', slice[0] ?? '')).toMatchObject({ state: 'PAID' });
    });

    it('is taken back by its holder while no payment is known, and by nobody after', async () => {
      const slice = [stock().parts[11] ?? ''];
      const withdraw = ({ presentmentId }: Presented): Promise<string> =>
        outcome(world().people('supplier').maker.presentment.withdraw({ presentmentId }));
      const wrong = await present(world(), 'supplier', slice);
      expect(await withdraw(wrong)).toBe('ok');
      for (const who of ['supplier', 'bank'] as const)
        expect(await recordOf(world(), who, 'slice', slice[0] ?? '')).toMatchObject({ state: 'FREE', lock: null });
      expect(await outcome(report(world(), wrong))).toBe('STATE');
      expect(await outcome(attest(world(), wrong))).toBe('STATE');
      expect(await outcome(acknowledge(world(), 'supplier', wrong))).toBe('STATE');
      const right = await present(world(), 'supplier', slice);
      expect(await outcome(world().forgetful('supplier').presentment.withdraw(wrong))).toBe('REQUEST_MALFORMED');
      await report(world(), right, 'ACSP');
      expect(await withdraw(right)).toBe('PAYMENT_PENDING');
      await report(world(), right, 'RJCT');
      expect(await withdraw(right)).toBe('PAYMENT_PENDING');
      await reopen(world(), right);
      expect(await withdraw(right)).toBe('ok');
      const attested = await present(world(), 'supplier', slice);
      await attest(world(), attested);
      expect(await withdraw(attested)).toBe('PAYMENT_PENDING');
    });

    it("is taken back without the book of a payee's bank that is silent", async () => {
      const [sliceId, presentmentId] = [stock().largest[1] ?? '', world().newId('supplier')];
      expect(await presentAs([sliceId], { presentmentId, payeeBank: MORE.secondBank })).toBe('ok');
      const receipt = await world()
        .people('supplier')
        .checker.presentment.withdraw({ presentmentId, books: 'register' });
      expect(receipt.endorsingOrganizations).toEqual(
        [...new Set([world().people('bank').mspId, world().people('supplier').mspId])].sort(),
      );
      expect(await recordOf(world(), 'supplier', 'slice', sliceId)).toMatchObject({ state: 'FREE' });
    });

    it('is released without the book of a holder who is silent', async () => {
      const presented = await present(world(), 'supplier', [stock().parts[9] ?? '']);
      await report(world(), presented);
      await attest(world(), presented);
      await acknowledge(world(), 'supplier', presented);
      const { presentmentId, uetr } = presented;
      const receipt = await world()
        .people('bank')
        .checker.presentment.discharge({ presentmentId, uetr, books: 'register' });
      expect(receipt.endorsingOrganizations).toEqual([world().people('bank').mspId]);
      const held = await viewOf(world(), 'supplier', 'slice', stock().parts[9] ?? '');
      // A holder in the bank's organisation reads the register itself: it has no copy that could lag.
      const lags = !world().together('supplier', 'bank');
      expect(held).toMatchObject({ current: !lags, record: { state: lags ? 'ACKNOWLEDGED' : 'PAID' } });
    });
  });
}

function settlements(world: () => World, stock: () => Stock): void {
  const settle = (certificateId: string, sliceIds: string[]): Promise<string> =>
    outcome(world().forgetful('bank').certificate.redeem({ certificateId, sliceIds }));

  describe('a settlement', () => {
    it('counts paid slices of its certificate, each once, and restores the line by them', async () => {
      const { certificateId, lineId, parts, once } = stock();
      const [paid = '', , unpaid = ''] = parts;
      const also = parts[9] ?? '';
      expect(await settle(certificateId, [paid, unpaid])).toBe('STATE');
      expect(await settle(certificateId, [paid, paid])).toBe('DUPLICATE_ITEM');
      expect(await settle(once.certificateId, [paid])).toBe('BATCH_MIXED');
      expect(await settle(certificateId, [world().newId('bank', 'supplier')])).toBe('NOT_FOUND');
      expect(await utilised(world(), 'bank', lineId)).toBe('1300');
      expect(await settle(certificateId, [paid, also])).toBe('ok');
      expect(await utilised(world(), 'issuer', lineId)).toBe('1100');
      expect(await settle(certificateId, [paid])).toBe('SLICE_COUNTED');
      expect(await recordOf(world(), 'issuer', 'totals', certificateId)).toMatchObject({ paid: '200' });
      expect(await recordOf(world(), 'bank', 'status', certificateId)).toMatchObject({ state: 'ACTIVE' });
    });

    it('gives nothing back to a line that does not revolve', async () => {
      const { certificateId, lineId, sliceId } = stock().once;
      const presented = await present(world(), 'supplier', [sliceId]);
      await report(world(), presented);
      await attest(world(), presented);
      await acknowledge(world(), 'supplier', presented);
      await release(world(), presented);
      expect(await settle(certificateId, [sliceId])).toBe('ok');
      expect(await recordOf(world(), 'issuer', 'status', certificateId)).toMatchObject({ state: 'SETTLED' });
      expect(await utilised(world(), 'issuer', lineId)).toBe('300');
      expect(await settle(certificateId, [sliceId])).toBe('SLICE_COUNTED');
    });
  });
}
