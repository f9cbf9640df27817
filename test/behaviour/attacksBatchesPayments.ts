/** One payment pays one thing, and two steps that exclude each other are never both valid, however close they come. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { CommandName, Input } from '@tenor/client';
import { splitInput } from '../../client/src/input.js';
import { ACCOUNT, daysAfter, returnInput } from '../deal/inputs.js';
import { agree, allocate, approve, attest, paymentOf, report } from '../support/batches.js';
import { BUSINESS_KINDS } from '../support/kinds.js';
import type { Market, Trade } from '../support/market.js';
import { LEI, type PartyName } from '../support/world.js';
import { outcome, viewsOf } from './dealBooks.js';

const CONFLICT = '11';

/** A transaction that was endorsed, to be sent later. Answers `VALID`, or the validation code. */
type Endorsed = () => Promise<string>;

/** Has a step endorsed as the world stands now. */
async function endorsed<Name extends CommandName>(
  { world }: Market,
  name: PartyName,
  command: Name,
  input: Input<Name>,
): Promise<Endorsed> {
  const { organization, checker } = world.people(name);
  const { request, secret } = splitInput(command, input);
  const plan = await checker.sender.plan(command, request, secret, Buffer.alloc(32, 5));
  const door = world.ledger.door(organization, 'Checker');
  const fields = Object.entries(plan.transient).map(([field, text]) => [field, Buffer.from(text, 'base64')] as const);
  const transaction = await door.contract
    .newProposal(command, {
      ...{ arguments: [JSON.stringify(request)], transientData: Object.fromEntries(fields) },
      endorsingOrganizations: [...(plan.endorsingOrganizations ?? [])],
    })
    .endorse();
  return async () => {
    const { successful, code } = await (await transaction.submit()).getStatus();
    door.close();
    return successful ? 'VALID' : String(code);
  };
}

export function shouldCountOnce(current: () => Market): void {
  describe('one payment pays one leg', () => {
    it('a UETR that was reported or attested for one leg serves no other, and neither does the entry', async () => {
      const { world } = current();
      const [one, other] = [await current().agreed(), await current().agreed()];
      const uetr = randomUUID();
      await report(world, 'secondBank', { ...paymentOf(one.cash), uetr });
      expect(await outcome(report(world, 'secondBank', { ...paymentOf(other.cash), uetr }))).toBe('UETR_USED');
      await attest(world, 'thirdBank', { ...paymentOf(one.cash), uetr }, { creditReference: 'ENTRY-OF-ONE' });
      expect(await outcome(attest(world, 'thirdBank', { ...paymentOf(other.cash), uetr }))).toBe('UETR_USED');
      const entry = { creditReference: 'ENTRY-OF-ONE' };
      expect(await outcome(attest(world, 'thirdBank', paymentOf(other.cash), entry))).toBe('CREDIT_USED');
    });
  });

  describe('of two steps at once one is valid', () => {
    const releaseInput = ({ sliceId, legId }: Trade): Input<'slice:release'> => ({ sliceId, legId });
    const sentBack = (trade: Trade, uetr: string): Omit<Input<'payment:return'>, 'ticketId'> => {
      const { world } = current();
      const place = { date: world.date, id: (name: PartyName) => world.newId(name), reference: () => '' };
      const { legId, currency, amount } = trade.cash;
      const {
        presentmentId: _none,
        ticketId: _drawn,
        ...said
      } = returnInput(place, { presentmentId: '', uetr, currency, amount });
      return { ...said, legId };
    };
    /** Prepares the second step's ticket, and has the step endorsed. */
    async function ticketed(name: PartyName, trade: Trade, uetr: string): Promise<Endorsed> {
      const { world } = current();
      const { maker } = world.people(name);
      const input = { ...sentBack(trade, uetr), ticketId: maker.newId() };
      await maker.ticket.prepare('payment:return', input, { party: LEI[name], expiresOn: world.date });
      return endorsed(current(), name, 'payment:return', input);
    }

    it.each(['the return', 'the commitment'] as const)(
      '%s comes before the other: a return and a commitment',
      async (first) => {
        const trade = await current().agreed();
        const { uetr } = await current().credited(trade);
        const back = await ticketed('thirdBank', trade, uetr);
        const commit = await endorsed(current(), 'secondBank', 'batch:commit', { legIds: [...trade.legIds] });
        const [one, other] = first === 'the return' ? [back, commit] : [commit, back];
        expect([await one(), await other()]).toEqual(first === 'the return' ? ['VALID', CONFLICT] : ['VALID', 'VALID']);
      },
    );

    it('a commitment that was endorsed while all parts were there is not valid after one of them went back', async () => {
      const trade = await current().agreed();
      const { world } = current();
      const parts = ['60', '37'].map((amount) => ({ ...paymentOf(trade.cash), amount }));
      for (const part of parts) {
        await report(world, 'secondBank', part, 'ACCC');
        await attest(world, 'thirdBank', part);
      }
      const commit = await endorsed(current(), 'secondBank', 'batch:commit', { legIds: [...trade.legIds] });
      const [first] = parts;
      const { maker, checker } = world.people('thirdBank');
      const input = { ...sentBack(trade, first?.uetr ?? ''), amount: '60', ticketId: maker.newId() };
      await maker.ticket.prepare('payment:return', input, { party: LEI.thirdBank, expiresOn: world.date });
      await checker.payment.return(input);
      expect(await commit()).toBe(CONFLICT);
      expect(await outcome(current().commit(trade))).toBe('NOT_PROVEN');
    });

    it.each([true, false])('a release and a first report (the release first: %s)', async (isReleaseFirst) => {
      const trade = await current().agreed();
      const { world } = current();
      await world.moveTo(daysAfter(trade.expiresOn, 1));
      const release = await endorsed(current(), 'supplier', 'slice:release', releaseInput(trade));
      const said = { currency: 'USD', amount: '97', status: 'PDNG' as const, messageHash: 'ab'.repeat(32) };
      const input = { legId: trade.cash.legId, uetr: randomUUID(), ...said };
      const sent = await endorsed(current(), 'secondBank', 'payment:report', input);
      const [one, other] = isReleaseFirst ? [release, sent] : [sent, release];
      expect([await one(), await other()]).toEqual(['VALID', CONFLICT]);
    });

    it('a release that was endorsed before the money came is not valid after it', async () => {
      const trade = await current().agreed();
      const { world } = current();
      await world.moveTo(daysAfter(trade.expiresOn, 1));
      const release = await endorsed(current(), 'supplier', 'slice:release', releaseInput(trade));
      await current().attested(trade);
      expect(await release()).toBe(CONFLICT);
      await current().commit(trade);
    });

    it.each([true, false])(
      'a release and a commitment of two slices (the release first: %s)',
      async (isReleaseFirst) => {
        const { world } = current();
        const [given, taken] = [current().part(), current().partOfContractor()];
        const legIds = [world.newId('bank', 'supplier'), world.newId('bank', 'contractor')];
        const [mine = '', theirs = ''] = legIds;
        const until = { expiresOn: daysAfter(world.date, 7) };
        const swap = [
          ['supplier', { sliceId: given, legId: mine, to: 'contractor', inReturn: theirs }],
          ['contractor', { sliceId: taken, legId: theirs, to: 'supplier', inReturn: mine }],
        ] as const;
        for (const [name, leg] of swap) await allocate(world, name, leg, legIds, until);
        for (const [name] of swap) await approve(world, name, legIds);
        await agree(world, 'supplier', legIds);
        await world.moveTo(daysAfter(until.expiresOn, 1));
        const release = await endorsed(current(), 'supplier', 'slice:release', { sliceId: given, legId: mine });
        const commit = await endorsed(current(), 'contractor', 'batch:commit', { legIds });
        const [one, other] = isReleaseFirst ? [release, commit] : [commit, release];
        expect([await one(), await other()]).toEqual(['VALID', CONFLICT]);
      },
    );
  });

  describe('who is no party of a leg sees only hashes and organisations of it', () => {
    it("the slice's register never sees the price, and the payee's bank nothing of the slice", async () => {
      const { world } = current();
      const trade = await current().agreed();
      await current().credited(trade);
      await current().commit(trade);
      await current().complete(trade, 'supplier');
      const about = async (name: PartyName): Promise<string> => {
        const views = await Promise.all(BUSINESS_KINDS.map((kind) => viewsOf(world.people(name).checker, kind)));
        const ids = [...trade.legIds, trade.sliceId];
        return views
          .flatMap((each) => each.map(({ opening }) => opening))
          .filter((text) => ids.some((id) => text.includes(id)))
          .join();
      };
      const [supplier, bank, thirdBank] = [await about('supplier'), await about('bank'), await about('thirdBank')];
      for (const secret of ['"97"', ACCOUNT.id]) {
        expect(supplier).toContain(secret);
        expect(thirdBank).toContain(secret);
        expect(bank).not.toContain(secret);
      }
      expect(bank).toContain(trade.sliceId);
      for (const secret of ['"100"', trade.sliceId, 'tenor.terms']) expect(thirdBank).not.toContain(secret);
    });
  });
}
