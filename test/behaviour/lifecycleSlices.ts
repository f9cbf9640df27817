/** Slices that do not take the usual course: given back, lapsed, passed on many times, and no longer transferable once they are due. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newReference, type Input } from '@tenor/client';
import { issue, offerSlice, present, split } from '../support/deal.js';
import { LEI, type PartyName, type World } from '../support/world.js';
import { outcome, recordOf, viewOf } from './dealBooks.js';
import { MORE } from './lifecycleParties.js';

/** Slices that are left for the days to come. */
export interface Frozen {
  sliceId: string;
  offered: string;
  transferId: string;
  /** Of a slice that is to be offered under a ticket of the day before. */
  ticket: { transferId: string; ticketId: string };
}

type Transfer = Input<'slice:offer'>;

/** Offers a slice as its holder, under four eyes, and says how that ended. */
async function offerTo(
  world: World,
  holder: PartyName,
  transfer: Partial<Transfer> & Pick<Transfer, 'sliceId' | 'transferee'>,
): Promise<string> {
  const { maker, checker, party } = world.people(holder);
  const input = { transferId: newReference(), ticketId: maker.newId(), expiresOn: '2026-12-15', ...transfer };
  await maker.ticket.prepare('slice:offer', input, { party, expiresOn: world.date });
  return outcome(checker.slice.offer(input));
}

/** Passes a slice on, whoever takes it. */
async function passOn(world: World, sliceId: string, from: PartyName, to: PartyName): Promise<string> {
  const transferId = newReference();
  const offered = await offerTo(world, from, { sliceId, transferId, transferee: LEI[to] });
  return offered === 'ok' ? outcome(world.people(to).checker.slice.accept({ sliceId, transferId })) : offered;
}

const splitBy = (
  world: World,
  sliceId: string,
  amounts: string[],
  partIds = amounts.map(() => world.newId('bank', 'supplier')),
): Promise<string> => outcome(world.people('supplier').checker.slice.split({ sliceId, partIds, amounts }));

/** What may be done with a slice before its offers lapse. */
export function slicesPassOn(world: () => World, frozen: Frozen): void {
  describe('a slice', () => {
    let parts: string[];
    const part = (index: number): string => parts[index] ?? '';
    beforeAll(async () => {
      const { sliceId } = await issue(world(), '1200');
      parts = await split(world(), sliceId, Array<string>(12).fill('100'));
      [frozen.sliceId, frozen.offered] = [part(10), part(11)];
      frozen.transferId = await offerSlice(world(), frozen.offered);
    });

    it("is its holder's again when the transferee declines", async () => {
      const transferId = await offerSlice(world(), part(0));
      for (const name of ['bank', 'supplier', 'contractor'] as const) {
        expect(await recordOf(world(), name, 'slice', part(0))).toMatchObject({
          state: 'OFFERED',
          holder: LEI.supplier,
        });
      }
      expect(
        await outcome(
          world()
            .people('contractor')
            .maker.slice.decline({ sliceId: part(0), transferId }),
        ),
      ).toBe('ok');
      for (const name of ['bank', 'supplier', 'contractor'] as const) {
        const { record, current } = await viewOf(world(), name, 'slice', part(0));
        expect([record.state, record.lock, record.holder, record.tier, current]).toEqual([
          'FREE',
          null,
          LEI.supplier,
          0,
          true,
        ]);
      }
      expect(await splitBy(world(), part(0), ['1', '99'])).toBe('ok');
    });

    it('can do nothing else while it is offered', async () => {
      const transferId = await offerSlice(world(), part(1));
      expect(await splitBy(world(), part(1), ['1', '99'])).toBe('STATE');
      expect(await offerTo(world(), 'supplier', { sliceId: part(1), transferee: LEI.bank })).toBe('STATE');
      const { checker } = world().people('contractor');
      expect(await outcome(checker.slice.accept({ sliceId: part(1), transferId: newReference() }))).toBe('STATE');
      expect(await outcome(checker.slice.accept({ sliceId: part(1), transferId }))).toBe('ok');
      const again = world()
        .forgetful('contractor')
        .slice.accept({ sliceId: part(1), transferId });
      expect(await outcome(again)).toBe('STATE');
    });

    it('goes to suppliers and banks, not to its holder and not to others', async () => {
      const to = (transferee: string): Promise<string> =>
        offerTo(world(), 'supplier', { sliceId: part(2), transferee });
      expect(await to(LEI.supplier)).toBe('SELF_TRANSFER');
      expect(await to(LEI.operator)).toBe('PARTY_ROLE');
      expect(await to(LEI.issuer)).toBe('PARTY_ROLE');
      expect(await to(MORE.suspended)).toBe('PARTY_ROLE');
      expect(await to(MORE.unknown)).toBe('PARTY_UNKNOWN');
    });

    it('goes to another party of the same organisation, and to the bank itself', async () => {
      const transferId = newReference();
      expect(await offerTo(world(), 'supplier', { sliceId: part(2), transferId, transferee: MORE.smallSupplier })).toBe(
        'ok',
      );
      expect(
        await outcome(
          world()
            .people('supplier')
            .checker.slice.accept({ sliceId: part(2), transferId }),
        ),
      ).toBe('ok');
      expect(await recordOf(world(), 'bank', 'slice', part(2))).toMatchObject({ holder: MORE.smallSupplier, tier: 1 });
      expect(await passOn(world(), part(3), 'supplier', 'bank')).toBe('ok');
      expect(await recordOf(world(), 'bank', 'slice', part(3))).toMatchObject({ holder: LEI.bank, state: 'FREE' });
    });

    it('passes through as many hands as its terms allow', async () => {
      expect(await passOn(world(), part(4), 'supplier', 'contractor')).toBe('ok');
      expect(await passOn(world(), part(4), 'contractor', 'supplier')).toBe('ok');
      expect(await passOn(world(), part(4), 'supplier', 'contractor')).toBe('ok');
      expect(await passOn(world(), part(4), 'contractor', 'supplier')).toBe('TIER_EXCEEDED');
      expect(await recordOf(world(), 'bank', 'slice', part(4))).toMatchObject({ tier: 3, holder: LEI.contractor });
    });

    it('is moved by its holder alone: not twice, not by those who had it', async () => {
      expect(await passOn(world(), part(5), 'supplier', 'contractor')).toBe('ok');
      // Those who had it open what they had; in the bank's organisation they see whose it is, and it is as little theirs.
      const refused = world().together('supplier', 'bank') ? 'CALLER_NOT_ALLOWED' : 'OPENING_MISMATCH';
      expect(await offerTo(world(), 'supplier', { sliceId: part(5), transferee: LEI.bank })).toBe(refused);
      expect(await splitBy(world(), part(5), ['1', '99'])).toBe(refused);
    });

    it('is offered for a time that is neither past nor beyond its payment', async () => {
      const until = (expiresOn: string): Promise<string> =>
        offerTo(world(), 'supplier', { sliceId: part(6), transferee: LEI.bank, expiresOn });
      expect(await until('2026-11-23')).toBe('OFFER_EXPIRY');
      expect(await until('2027-03-15')).toBe('OFFER_EXPIRY');
      expect(await until('2027-03-14')).toBe('ok');
    });

    it('splits into two or more parts that add up, under new ids', async () => {
      const fresh = (): string => world().newId('bank', 'supplier');
      const [twice, taken] = [fresh(), part(6)];
      expect(await splitBy(world(), part(7), ['100'])).toBe('CHILDREN_EXCEEDED');
      expect(await splitBy(world(), part(7), ['50', '51'])).toBe('SUM_MISMATCH');
      expect(await splitBy(world(), part(7), ['50', '49'])).toBe('SUM_MISMATCH');
      expect(await splitBy(world(), part(7), ['50', '30', '20'], [fresh(), fresh()])).toBe('SUM_MISMATCH');
      expect(await splitBy(world(), part(7), ['50', '50'], [twice, twice])).toBe('DUPLICATE_ITEM');
      expect(await splitBy(world(), part(7), ['50', '50'], [fresh(), taken])).toBe('ID_TAKEN');
      expect(await splitBy(world(), part(7), ['100', '0'])).toBe('AMOUNT_OUT_OF_RANGE');
      expect(await splitBy(world(), part(7), ['50', '50'])).toBe('ok');
      expect(await splitBy(world(), part(7), ['50', '50'])).toBe('STATE');
    });

    it('moves by a ticket that says exactly this, and once', async () => {
      const { maker, checker, party } = world().people('supplier');
      const input = {
        sliceId: part(8),
        transferId: newReference(),
        ticketId: maker.newId(),
        transferee: LEI.bank,
        expiresOn: '2026-12-15',
      };
      await maker.ticket.prepare('slice:offer', input, { party, expiresOn: world().date });
      expect(await outcome(checker.slice.offer({ ...input, transferee: LEI.contractor }))).toBe('TICKET_MISMATCH');
      expect(await outcome(checker.slice.offer({ ...input, sliceId: part(9) }))).toBe('TICKET_MISMATCH');
      expect(await outcome(checker.slice.offer({ ...input, ticketId: maker.newId() }))).toBe('NOT_FOUND');
      expect(await outcome(checker.slice.offer(input))).toBe('ok');
      expect(await outcome(checker.book.ticket.get(input.ticketId))).toBe('NOT_FOUND');
      const foreign = { ...input, sliceId: part(9), transferId: newReference(), ticketId: maker.newId() };
      await maker.ticket.prepare('slice:offer', foreign, {
        party: MORE.smallSupplier,
        expiresOn: world().date,
      });
      expect(await outcome(checker.slice.offer(foreign))).toBe('TICKET_MISMATCH');
      expect(
        await outcome(
          maker.ticket.prepare(
            'slice:offer',
            { ...foreign, ticketId: maker.newId() },
            { party, expiresOn: '2026-11-23' },
          ),
        ),
      ).toBe('TICKET_EXPIRED');
    });

    it('keeps a ticket for the day after', async () => {
      const { maker, party } = world().people('supplier');
      frozen.ticket = { transferId: newReference(), ticketId: maker.newId() };
      const input = {
        sliceId: part(9),
        ...frozen.ticket,
        transferee: LEI.bank,
        expiresOn: '2027-01-15',
      };
      await maker.ticket.prepare('slice:offer', input, { party, expiresOn: '2026-12-15' });
      frozen.sliceId = part(9);
    });
  });
}

/** The business date is past what was offered and prepared. */
export function slicesLapse(world: () => World, frozen: Frozen): void {
  describe('a slice', () => {
    it('cannot be taken any more, nor declined', async () => {
      const { checker } = world().people('contractor');
      const answer = { sliceId: frozen.offered, transferId: frozen.transferId };
      expect(await outcome(checker.slice.accept(answer))).toBe('OFFER_LAPSED');
      expect(await outcome(checker.slice.decline(answer))).toBe('OFFER_LAPSED');
    });

    it("is its holder's to offer again, without anybody's leave", async () => {
      const again = {
        sliceId: frozen.offered,
        transferee: LEI.contractor,
        expiresOn: '2026-12-16',
        transferId: newReference(),
      };
      expect(await offerTo(world(), 'supplier', again)).toBe('ok');
      frozen.transferId = again.transferId;
    });

    it('is not moved by a ticket of yesterday', async () => {
      const { sliceId } = frozen;
      const input = { sliceId, ...frozen.ticket, transferee: LEI.bank, expiresOn: '2027-01-15' };
      expect(await outcome(world().people('supplier').checker.slice.offer(input))).toBe('TICKET_EXPIRED');
    });
  });
}

/** The business date is the payment date. */
export function whatIsDueIsFrozen(world: () => World, frozen: Frozen): void {
  describe('a slice', () => {
    it('is neither split nor passed on', async () => {
      expect(await splitBy(world(), frozen.sliceId, ['1', '99'])).toBe('DUE_REACHED');
      const late = { sliceId: frozen.sliceId, transferee: LEI.bank, expiresOn: world().date };
      expect(await offerTo(world(), 'supplier', late)).toBe('DUE_REACHED');
    });

    it('is presented though it was on offer when the offer lapsed', async () => {
      expect(await outcome(present(world(), 'supplier', [frozen.offered]))).toBe('ok');
      const { transferId, offered: sliceId } = frozen;
      expect(await outcome(world().people('contractor').checker.slice.accept({ sliceId, transferId }))).toBe(
        'OPENING_MISMATCH',
      );
    });
  });
}
