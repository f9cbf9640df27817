/** Payments without a UETR, as domestic and SEPA ones are: known by their presentment, and found by the end-to-end reference that it gave. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { reportInput } from '../deal/inputs.js';
import {
  acknowledge,
  attest,
  attestAs,
  attestation,
  presentation,
  presentAs,
  release,
  report,
  type Presented,
} from '../support/deal.js';
import { LEI, type PartyName, type World } from '../support/world.js';
import { outcome, recordOf } from './dealBooks.js';
import { MORE, SECOND_BANK } from './lifecycleParties.js';

/** What is said of a payment, without its UETR. */
const unnamed = <Said extends { readonly uetr?: string | undefined }>({
  uetr: _none,
  ...rest
}: Said): Omit<Said, 'uetr'> => rest;

/** @param part a free slice of the supplier over 100 that is due */
export function shouldSettleByReference(world: () => World, part: () => string): void {
  describe('payments that carry no UETR', () => {
    /** A presentment that asks for a reference on the payment, or for none. */
    const refer = async (endToEndId?: string, payeeBank: string = LEI.bank): Promise<Presented> => {
      const reference = endToEndId === undefined ? {} : { endToEndId };
      const input = { ...presentation(world(), 'supplier', [part()]), payeeBank, ...reference };
      await presentAs(world(), 'supplier', input);
      return { presentmentId: input.presentmentId, uetr: randomUUID(), currency: 'USD', amount: '100' };
    };
    const reported = (presented: Presented): Promise<string> =>
      outcome(
        world()
          .people('bank')
          .checker.payment.report(unnamed(reportInput(presented))),
      );
    const credited = (
      presented: Presented,
      { host, party }: { readonly host: PartyName; readonly party: string } = { host: 'bank', party: LEI.bank },
    ): Promise<string> => outcome(attestAs(world(), host, party, unnamed(attestation(world(), host, presented))));
    const released = ({ presentmentId }: Presented): Promise<string> =>
      outcome(world().people('bank').checker.presentment.discharge({ presentmentId }));
    const acknowledged = async ({ presentmentId }: Presented): Promise<string> => {
      const { maker, checker, party } = world().people('supplier');
      const said = { presentmentId, ticketId: maker.newId() };
      await maker.ticket.prepare('presentment:acknowledge', said, { party, expiresOn: world().date });
      return outcome(checker.presentment.acknowledge(said));
    };
    const sentBack = async ({ presentmentId, currency, amount }: Presented): Promise<string> => {
      const { maker, checker } = world().people('operator');
      const said = { presentmentId, currency, amount, returnedOn: world().date, messageHash: 'ab'.repeat(32) };
      const input = { ...said, ticketId: world().newId('operator') };
      await maker.ticket.prepare('payment:return', input, { party: MORE.secondBank, expiresOn: world().date });
      return outcome(checker.payment.return(input));
    };
    const stateOf = async ({ presentmentId }: Presented): Promise<string> => {
      const { sliceIds } = await recordOf(world(), 'supplier', 'presentment', presentmentId);
      return (await recordOf(world(), 'bank', 'slice', sliceIds[0] ?? '')).state;
    };

    it('are reported, attested, acknowledged and discharged by their presentment', async () => {
      const presented = await refer('RT-2027/0042');
      expect(await reported(presented)).toBe('ok');
      expect(await credited(presented)).toBe('ok');
      expect(await released(presented)).toBe('ACKNOWLEDGEMENT_NEEDED');
      expect(await acknowledged(presented)).toBe('ok');
      expect(await released(presented)).toBe('ok');
      expect(await stateOf(presented)).toBe('PAID');
    });

    it('are not taken for a payment with a UETR that the payee acknowledged', async () => {
      const presented = await refer('RT-2027/0043');
      expect(await reported(presented)).toBe('ok');
      expect(await credited(presented)).toBe('ok');
      expect(await outcome(acknowledge(world(), 'supplier', presented))).toBe('ok');
      expect(await released(presented)).toBe('PAYMENT_MISMATCH');
      expect(await stateOf(presented)).toBe('ACKNOWLEDGED');
    });

    it('are attested by another bank, and sent back by it: what is paid anew then has a UETR', async () => {
      const [kept, back] = [await refer('RT-2027/0044', MORE.secondBank), await refer('RT-2027/0045', MORE.secondBank)];
      for (const presented of [kept, back]) {
        expect(await reported(presented)).toBe('ok');
        expect(await credited(presented, SECOND_BANK)).toBe('ok');
      }
      expect(await sentBack(back)).toBe('ok');
      expect([await released(kept), await released(back)]).toEqual(['ok', 'PAYMENT_RETURNED']);
      const anew = { ...back, uetr: randomUUID() };
      expect(await outcome(report(world(), anew))).toBe('ok');
      expect(await outcome(attest(world(), anew, undefined, SECOND_BANK))).toBe('ok');
      expect(await outcome(release(world(), anew))).toBe('ok');
      expect([await stateOf(kept), await stateOf(back)]).toEqual(['PAID', 'PAID']);
    });

    it('pay nothing where the presentment gave no reference', async () => {
      const presented = await refer();
      expect(await reported(presented)).toBe('REFERENCE_MISSING');
      expect(await credited(presented)).toBe('REFERENCE_MISSING');
      expect(await outcome(report(world(), presented))).toBe('ok');
    });

    it('pay one presentment for each reference on an account: the next one needs a UETR', async () => {
      const [one, other] = [await refer('RT-2027/0046'), await refer('rt-2027/0046')];
      expect(await credited(one)).toBe('ok');
      expect(await credited(other)).toBe('REFERENCE_USED');
      expect(await outcome(attest(world(), other))).toBe('ok');
    });
  });
}
