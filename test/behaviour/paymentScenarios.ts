/** Payments as banks really tell of them: accounts as letters print them, value dates ahead and long past, one entry for two payments, money that goes back. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Input, Tenor } from '@tenor/client';
import { daysAfter, reportInput } from '../deal/inputs.js';
import {
  acknowledge,
  attest,
  attestAs,
  attestation,
  issue,
  present,
  presentation,
  presentAs,
  release,
  reopen,
  report,
  sendBack,
  split,
  type Presented,
} from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, World } from '../support/world.js';
import { outcome, recordOf } from './dealBooks.js';
import { addParties, MORE, SECOND_BANK } from './lifecycleParties.js';
import { shouldSettleByReference } from './paymentsByReference.js';
import { shouldSettleInParts } from './paymentsInParts.js';

type Account = Input<'slice:present'>['account'];
type Attestation = Input<'payment:attest'>;

/** The suite on any ledger of five organisations. */
export function shouldSettleAsBanksSay(open: OpenLedger): void {
  describe('payments as banks tell of them', () => {
    let world: World;
    let parts: string[] = [];
    const part = (): string => parts.pop() ?? '';

    beforeAll(async () => {
      world = await World.found(await open());
      await addParties(world);
      const { sliceId } = await issue(world, '4500');
      parts = await split(world, sliceId, Array<string>(45).fill('100'));
      await world.moveTo(DUE);
    });
    afterAll(() => world.close());

    const presentTo = async (account: Account, sliceId: string): Promise<Presented | string> => {
      const input = { ...presentation(world, 'supplier', [sliceId]), account };
      const said = await outcome(presentAs(world, 'supplier', input));
      return said === 'ok' ? { presentmentId: input.presentmentId, uetr: '', currency: 'USD', amount: '100' } : said;
    };
    const attested = (presented: Presented, changes: Partial<Attestation> = {}): Promise<string> =>
      outcome(attestAs(world, 'bank', LEI.bank, { ...attestation(world, 'bank', presented), ...changes }));
    const stateOf = async (sliceId: string): Promise<string> => (await recordOf(world, 'bank', 'slice', sliceId)).state;

    it('an account as letters print it, or with a slip in it, is refused before it locks anything', async () => {
      const sliceId = part();
      for (const id of ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013001', 'de89370400440532013000'])
        expect(await presentTo({ scheme: 'IBAN', id }, sliceId)).toBe('ACCOUNT_MALFORMED');
      expect(await presentTo({ scheme: 'OTHER', id: 'AU-063000-12345678' }, sliceId)).toBe('ACCOUNT_MALFORMED');
      expect(await stateOf(sliceId)).toBe('FREE');
    });

    it('an IBAN in electronic form is paid, and a presentment for the wrong one is taken back', async () => {
      const sliceId = part();
      const iban = (id: string): Account => ({ scheme: 'IBAN', id });
      const wrong = await presentTo(iban('GB82WEST12345698765432'), sliceId);
      if (typeof wrong === 'string') throw new Error(wrong);
      const credited = { account: iban('DE89370400440532013000'), uetr: '97ed4827-7b6f-4491-a06f-b548d5a7512d' };
      expect(await attested(wrong, credited)).toBe('ACCOUNT_MISMATCH');
      const { presentmentId } = wrong;
      expect(await outcome(world.people('supplier').maker.presentment.withdraw({ presentmentId }))).toBe('ok');
      const right = await presentTo(credited.account, sliceId);
      if (typeof right === 'string') throw new Error(right);
      expect(await attested(right, credited)).toBe('ok');
    });

    it('nobody presents or acknowledges alone', async () => {
      const input = presentation(world, 'supplier', [part()]);
      const { maker, checker } = world.people('supplier');
      expect(await outcome(checker.slice.present(input))).toBe('NOT_FOUND');
      const ticket = { party: LEI.supplier, expiresOn: world.date };
      await maker.ticket.prepare('slice:present', input, ticket);
      expect(await outcome(maker.slice.present(input))).toBe('CALLER_NOT_ALLOWED');
      const elsewhere = { ...input, account: { scheme: 'IBAN' as const, id: 'DE89370400440532013000' } };
      expect(await outcome(checker.slice.present(elsewhere))).toBe('TICKET_MISMATCH');
      expect(await outcome(checker.slice.present(input))).toBe('ok');
      const { presentmentId } = input;
      const said = { presentmentId, uetr: '97ed4827-7b6f-4491-a06f-b548d5a7512d', ticketId: maker.newId() };
      expect(await outcome(checker.presentment.acknowledge(said))).toBe('NOT_FOUND');
      await maker.ticket.prepare('presentment:acknowledge', said, ticket);
      expect(await outcome(maker.presentment.acknowledge(said))).toBe('CALLER_NOT_ALLOWED');
      expect(await outcome(checker.presentment.acknowledge(said))).toBe('ok');
    });

    it('a credit from long before the presentment, and one of a year ahead, are not attested', async () => {
      const presented = await present(world, 'supplier', [part()]);
      await report(world, presented);
      for (const valueDate of [daysAfter(world.date, -18), '1950-01-01', daysAfter(world.date, 32), '2028-03-15'])
        expect(await attested(presented, { valueDate })).toBe('VALUE_DATE');
      expect(await attested(presented)).toBe('ok');
    });

    it('one entry on an account proves one payment, whatever its UETR and the message that repeats it', async () => {
      const [one, other] = [await present(world, 'supplier', [part()]), await present(world, 'supplier', [part()])];
      const creditReference = 'AcctSvcrRef BOOKING-0815';
      expect(await attested(one, { creditReference })).toBe('ok');
      expect(await attested(other, { creditReference })).toBe('CREDIT_USED');
      expect(await attested(other, { creditReference, messageHash: 'cd'.repeat(32) })).toBe('CREDIT_USED');
      expect(await attested(other, { creditReference: 'AcctSvcrRef BOOKING-0816' })).toBe('ok');
      // Another bank numbers its entries by itself.
      const elsewhere = await present(world, 'supplier', [part()], MORE.secondBank);
      const input = { ...attestation(world, 'operator', elsewhere), creditReference };
      expect(await outcome(attestAs(world, 'operator', MORE.secondBank, input))).toBe('ok');
    });

    shouldSettleByReference(() => world, part);
    shouldSettleInParts(() => world, part);

    /** A presentment at the second bank whose payment that bank has attested, and sent back. */
    const sentBack = async (sliceId: string, changes: Partial<Input<'payment:return'>> = {}): Promise<Presented> => {
      const presented = await present(world, 'supplier', [sliceId], MORE.secondBank);
      await report(world, presented);
      await attest(world, presented, undefined, SECOND_BANK);
      expect(await outcome(sendBack(world, presented, SECOND_BANK, changes))).toBe('ok');
      return presented;
    };

    it('a payment that came back, if only a part of it, proves nothing, and the bank pays anew', async () => {
      const sliceId = part();
      const presented = await sentBack(sliceId, { amount: '1', books: 'register' });
      expect(await outcome(release(world, presented))).toBe('PAYMENT_RETURNED');
      expect(await outcome(acknowledge(world, 'supplier', presented))).toBe('PAYMENT_RETURNED');
      expect(await outcome(sendBack(world, presented, SECOND_BANK))).toBe('RETURN_EXISTS');
      expect(await stateOf(sliceId)).toBe('PRESENTED');
      const anew = { ...presented, uetr: randomUUID() };
      await report(world, anew);
      await attest(world, anew, undefined, SECOND_BANK);
      expect(await outcome(release(world, anew))).toBe('ok');
      expect(await stateOf(sliceId)).toBe('PAID');
    });

    it('a word of the payee from before a return is none any more, and the payment is made anew', async () => {
      const sliceId = part();
      const presented = await present(world, 'supplier', [sliceId], MORE.secondBank);
      await report(world, presented);
      await acknowledge(world, 'supplier', presented);
      await sendBack(world, presented, SECOND_BANK);
      expect(await outcome(release(world, presented))).toBe('PAYMENT_RETURNED');
      const anew = { ...presented, uetr: randomUUID() };
      await report(world, anew);
      await reopen(world, anew);
      await acknowledge(world, 'supplier', anew);
      expect(await outcome(release(world, anew))).toBe('ok');
    });

    it("a bank that speaks of a return does not hold up a payee that says that it has the money, nor the payer's bank", async () => {
      const [before, after] = [part(), part()];
      const spoken = await present(world, 'supplier', [before], MORE.secondBank);
      await report(world, spoken);
      await acknowledge(world, 'supplier', spoken);
      await sendBack(world, spoken, SECOND_BANK);
      const silent = await sentBack(after);
      for (const presented of [spoken, silent]) {
        expect(await outcome(release(world, presented))).toBe('PAYMENT_RETURNED');
        expect(await outcome(acknowledge(world, 'supplier', presented, { inSpiteOfReturn: true }))).toBe('ok');
        expect(await outcome(release(world, presented))).toBe('ok');
      }
      expect([await stateOf(before), await stateOf(after)]).toEqual(['PAID', 'PAID']);
    });

    it('a payment that came back after its slice was paid is recorded, and shown to holder and bank', async () => {
      const sliceId = part();
      const presented = await present(world, 'supplier', [sliceId], MORE.secondBank);
      await report(world, presented);
      await attest(world, presented, undefined, SECOND_BANK);
      await release(world, presented);
      expect(await outcome(sendBack(world, presented, SECOND_BANK, { amount: '40' }))).toBe('ok');
      for (const name of ['supplier', 'bank', 'operator'] as const) {
        const { items } = await world.people(name).checker.book.return.list();
        const [shown] = items.filter(({ id }) => id === presented.uetr);
        expect(shown).toMatchObject({ current: true, record: { amount: '40', reason: 'AC04' } });
        expect(await recordOf(world, name, 'return', presented.uetr, 'operator')).toMatchObject({ amount: '40' });
      }
      expect(await stateOf(sliceId)).toBe('PAID');
    });

    it('money that is booked on Friday pays what was presented for Monday, to which the business date was stepped already', async () => {
      const sliceId = part();
      const presented = await present(world, 'supplier', [sliceId]);
      await report(world, presented);
      expect(await attested(presented, { valueDate: daysAfter(world.date, -3) })).toBe('ok');
      await acknowledge(world, 'supplier', presented);
      expect(await outcome(release(world, presented))).toBe('ok');
      expect(await stateOf(sliceId)).toBe('PAID');
    });

    it('what was presented on a wrong date is paid on the right one', async () => {
      const [sliceId, right] = [part(), world.date];
      await world.moveTo(daysAfter(right, 184));
      const presented = await present(world, 'supplier', [sliceId]);
      await world.moveTo(right);
      await report(world, presented);
      expect(await attested(presented)).toBe('ok');
      await acknowledge(world, 'supplier', presented);
      expect(await outcome(release(world, presented))).toBe('ok');
      expect(await stateOf(sliceId)).toBe('PAID');
    });

    it('a rejection that was reported by mistake is replaced by what the bank says next', async () => {
      const sliceId = part();
      const presented = await present(world, 'supplier', [sliceId]);
      await report(world, presented, 'ACSP');
      expect(await attested(presented)).toBe('ok');
      await report(world, presented, 'RJCT');
      await acknowledge(world, 'supplier', presented);
      expect(await outcome(release(world, presented))).toBe('PAYMENT_NOT_FINAL');
      expect(await outcome(report(world, presented))).toBe('ok');
      expect(await outcome(report(world, presented, 'RJCT'))).toBe('STATE');
      expect(await outcome(release(world, presented))).toBe('ok');
      expect(await stateOf(sliceId)).toBe('PAID');
    });

    it('one clerk and the holder do not have a presentment paid twice by a rejection that was none', async () => {
      const presented = await present(world, 'supplier', [part()]);
      const { presentmentId } = presented;
      const { maker, checker, party } = world.people('bank');
      await report(world, presented, 'ACSP');
      await report(world, presented, 'RJCT');
      const reopenAs = async (clerk: Tenor): Promise<string> => {
        const input = { presentmentId, uetr: presented.uetr, ticketId: clerk.newId() };
        const prepared = clerk.ticket.prepare('presentment:reopen', input, { party, expiresOn: world.date });
        return outcome(prepared.then(() => clerk.presentment.reopen(input)));
      };
      expect([await reopenAs(maker), await reopenAs(checker)]).toEqual(Array(2).fill('CALLER_NOT_ALLOWED'));
      const { presentment } = world.people('supplier').maker;
      expect(await outcome(presentment.withdraw({ presentmentId }))).toBe('PAYMENT_PENDING');
    });

    it('nor by a second payment that was really rejected, after the first had arrived', async () => {
      const presented = await present(world, 'supplier', [part()]);
      const { presentmentId } = presented;
      await report(world, presented);
      const second = { ...presented, uetr: randomUUID() };
      expect(await outcome(report(world, second, 'ACSP'))).toBe('PAYMENT_PENDING');
      const { payment } = world.people('bank').checker;
      await payment.report({ ...reportInput(second, 'ACSP'), anew: true });
      await report(world, second, 'RJCT');
      expect(await outcome(reopen(world, second))).toBe('ok');
      const { presentment } = world.people('supplier').maker;
      expect(await outcome(presentment.withdraw({ presentmentId }))).toBe('PAYMENT_PENDING');
      // What arrived is proven as before, and the presentment is discharged by it.
      expect(await attested(presented)).toBe('ok');
      await acknowledge(world, 'supplier', presented);
      expect(await outcome(release(world, presented))).toBe('ok');
    });

    it('a payment that was typed for the wrong presentment and rejected there pays its own, and both go on', async () => {
      const [wrongSlice, sliceId] = [part(), part()];
      const wrong = await present(world, 'supplier', [wrongSlice]);
      const right = await present(world, 'supplier', [sliceId]);
      const mistyped = { ...wrong, uetr: right.uetr };
      await report(world, mistyped, 'ACSP');
      expect(await outcome(report(world, right))).toBe('UETR_USED');
      await report(world, mistyped, 'RJCT');
      expect(await outcome(report(world, right))).toBe('ok');
      expect(await attested(right)).toBe('ok');
      await acknowledge(world, 'supplier', right);
      expect(await outcome(release(world, right))).toBe('ok');
      const { presentmentId } = mistyped;
      const supplier = world.people('supplier').maker;
      expect(await outcome(supplier.presentment.withdraw({ presentmentId }))).toBe('PAYMENT_PENDING');
      expect(await outcome(reopen(world, mistyped))).toBe('ok');
      expect(await outcome(supplier.presentment.withdraw({ presentmentId }))).toBe('ok');
      expect([await stateOf(sliceId), await stateOf(wrongSlice)]).toEqual(['PAID', 'FREE']);
    });

    it('a credit that is worth something only later is discharged when that day has come', async () => {
      const sliceId = part();
      const presented = await present(world, 'supplier', [sliceId]);
      await report(world, presented);
      expect(await attested(presented, { valueDate: daysAfter(world.date, 2) })).toBe('ok');
      await acknowledge(world, 'supplier', presented);
      expect(await outcome(release(world, presented))).toBe('VALUE_DATE_AHEAD');
      expect(await stateOf(sliceId)).toBe('ACKNOWLEDGED');
      await world.moveTo(daysAfter(world.date, 2));
      expect(await outcome(release(world, presented))).toBe('ok');
      expect(await stateOf(sliceId)).toBe('PAID');
    });
  });
}
