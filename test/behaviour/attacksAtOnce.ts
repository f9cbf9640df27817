/**
 * Attacks on a discount that is settled by one call. Bank and holder endorse it, so each is tried with changed chaincode: neither gets the other's honest peer to sign anything else than what
 * was quoted and accepted, or to sign it twice, and neither can do without the other.
 */
import { describe, expect, it } from '@jest/globals';
import { batchIdOf, type BookKind, type BookRecord, type Input, type SettlingIds } from '@tenor/client';
import { encodeRecord } from '../../chaincode/src/ledger/codec.js';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { ACCOUNT, transferInput } from '../deal/inputs.js';
import { Attackers, demand, erase, refusalOf, write, type HandMade, type RawOperation } from '../support/attack.js';
import { LEI, type PartyName, type World } from '../support/world.js';
import { outcome, recordOf, viewOf } from './dealBooks.js';

/** A quote of the bank for slices of the supplier. */
export interface Deal {
  readonly requestId: string;
  readonly quoteId: string;
  readonly sliceIds: readonly string[];
}

/** What the suite of these discounts lends to its attackers. */
export interface Discounts {
  readonly world: World;
  readonly part: () => string;
  readonly quoted: (sliceIds: string[], changes?: Partial<Input<'financing:quote'>>) => Promise<Deal>;
  readonly accept: (deal: Deal, changes?: Partial<Input<'financing:accept'>>) => Promise<unknown>;
  readonly accepted: (changes?: Partial<Input<'financing:quote'>>, sliceIds?: string[]) => Promise<Deal>;
  readonly settle: (deal: Deal) => Promise<unknown>;
  readonly idsOf: (deal: Deal) => Promise<SettlingIds>;
}

const UNENDORSED = 'ENDORSEMENT_POLICY_FAILURE';
const SALT = 'ef'.repeat(32);

export function shouldSettleOnceOnly(current: () => Discounts): void {
  const mspOf = (name: PartyName): string => current().world.people(name).mspId;
  const own = <Kind extends BookKind>(
    name: PartyName,
    kind: Kind,
    record: BookRecord<Kind> & { id: string },
  ): RawOperation => write(mspOf(name), ownKey(kind, record.id), encodeRecord(record));

  /** How a write set of these organisations ends. They are honest again afterwards. */
  async function ends(names: readonly PartyName[], operations: readonly RawOperation[]): Promise<string> {
    const attackers = await Attackers.corrupt(current().world, names);
    const ending = await attackers.commit(operations);
    await attackers.surrender();
    return ending;
  }

  async function show(
    openings: Record<string, string>,
    kind: BookKind,
    id: string,
    register: PartyName,
  ): Promise<void> {
    openings[`${kind}/${id}`] = (await viewOf(current().world, 'bank', kind, id, register)).opening;
  }

  /** The quote and its slices, as the bank has them. */
  async function shownOf({ quoteId, sliceIds }: Deal): Promise<Record<string, string>> {
    const openings: Record<string, string> = {};
    await show(openings, 'quote', quoteId, 'bank');
    for (const id of sliceIds) {
      await show(openings, 'slice', id, 'bank');
      const { certificateId } = await recordOf(current().world, 'bank', 'slice', id);
      await show(openings, 'terms', certificateId, 'bank');
    }
    return openings;
  }

  /** What the bank's checker would send, with its ticket. */
  async function callOf(deal: Deal): Promise<HandMade> {
    const { world } = current();
    const { maker } = world.people('bank');
    const { requestId } = deal;
    const request = { requestId, ticketId: maker.newId() };
    await maker.ticket.prepare('financing:settle', request, { party: LEI.bank, expiresOn: world.date });
    const openings = await shownOf(deal);
    await show(openings, 'acceptance', requestId, 'supplier');
    await show(openings, 'ticket', request.ticketId, 'bank');
    return { name: 'financing:settle', request, openings };
  }

  /** What it meets where these openings are put in the place of its own. */
  async function met(call: HandMade, openings: Readonly<Record<string, string>> = {}): Promise<string> {
    const changed = { ...call, openings: { ...call.openings, ...openings } };
    const { code } = await refusalOf(
      demand(current().world.people('bank').checker, changed, [mspOf('bank'), mspOf('supplier')]),
    );
    return code;
  }

  const opening = <Kind extends BookKind>(
    kind: Kind,
    record: BookRecord<Kind> & { id: string },
  ): Record<string, string> => ({
    [`${kind}/${record.id}`]: encodeRecord(record),
  });
  const acceptanceOf = ({ requestId }: Deal): Promise<BookRecord<'acceptance'>> =>
    recordOf(current().world, 'supplier', 'acceptance', requestId);
  const quoteOf = ({ quoteId }: Deal): Promise<BookRecord<'quote'>> =>
    recordOf(current().world, 'bank', 'quote', quoteId);

  /** The bank sells the slice back to the supplier. */
  async function soldBack({ sliceIds: [sliceId = ''] }: Deal): Promise<void> {
    const { world } = current();
    const { maker, checker, party } = world.people('bank');
    const place = {
      date: world.date,
      id: () => world.newId('bank'),
      reference: () => maker.newId().split('~').at(-1) ?? '',
    };
    const input = { ...transferInput(place, sliceId), transferee: LEI.supplier };
    await maker.ticket.prepare('slice:offer', input, { party, expiresOn: world.date });
    await checker.slice.offer(input);
    await world.people('supplier').maker.slice.accept({ sliceId, transferId: input.transferId });
    expect(await recordOf(world, 'bank', 'slice', sliceId)).toMatchObject({ holder: LEI.supplier, state: 'FREE' });
  }

  describe('under attack', () => {
    it('the bank takes no slice without the peer of its holder', async () => {
      const deal = await current().accepted();
      const [sliceId = ''] = deal.sliceIds;
      const slice = await recordOf(current().world, 'bank', 'slice', sliceId);
      const taken = { ...slice, holder: LEI.bank, holderMsp: mspOf('bank'), tier: slice.tier + 1 };
      expect(await ends(['bank'], [own('bank', 'slice', taken)])).toBe(UNENDORSED);
    });

    it('nor for another price, or a longer time, than was accepted', async () => {
      const { world } = current();
      const deal = await current().accepted();
      const call = await callOf(deal);
      const quote = await quoteOf(deal);
      for (const lie of [
        { net: '98000', fee: '1100', slices: [{ sliceId: deal.sliceIds[0] ?? '', net: '98000' }] },
        { validUntil: '2026-12-15' },
      ]) {
        const forged = { ...quote, ...lie };
        expect(await ends(['bank'], [own('bank', 'quote', forged)])).toBe('VALID');
        expect(await met(call, opening('quote', forged))).toBe('FINANCING_MISMATCH');
      }
      expect(await ends(['bank'], [own('bank', 'quote', quote)])).toBe('VALID');
      expect(await recordOf(world, 'bank', 'slice', deal.sliceIds[0] ?? '')).toMatchObject({ holder: LEI.supplier });
    });

    it('nor into another account, whatever the bank shows as the acceptance', async () => {
      const deal = await current().accepted();
      const call = await callOf(deal);
      const forged = { ...(await acceptanceOf(deal)), account: { ...ACCOUNT, id: 'AU06300099999999' } };
      expect(await met(call, opening('acceptance', forged))).toBe('OPENING_MISMATCH');
      // Nor where it stands in the book of the bank, which is not the one that the id names.
      expect(await ends(['bank'], [own('bank', 'acceptance', forged)])).toBe('VALID');
      expect(await met(call, opening('acceptance', forged))).toBe('OPENING_MISMATCH');
    });

    it('nor to be settled so where the holder has not accepted it so', async () => {
      const deal = await current().quoted([current().part()]);
      await current().accept(deal, { atOnce: undefined });
      const call = await callOf(deal);
      expect(await met(call)).toBe('FINANCING_MISMATCH');
      expect(await met(call, opening('acceptance', { ...(await acceptanceOf(deal)), atOnce: true }))).toBe(
        'OPENING_MISMATCH',
      );
    });

    it('the bank settles once, also after it has sold the slice back and forgotten what it could', async () => {
      const deal = await current().accepted();
      const { sales, price, legIds } = await current().idsOf(deal);
      await current().settle(deal);
      await soldBack(deal);
      expect(await met(await callOf(deal))).toBe('FINANCING_SETTLED');
      // What it registers without the holder it may forget by itself, and that is not enough.
      const alone = [
        erase(mspOf('bank'), ownKey('leg', price)),
        erase(mspOf('bank'), ownKey('outcome', batchIdOf(legIds))),
        erase(mspOf('bank'), ownKey('proof', price)),
        erase(mspOf('bank'), ownKey('approval', batchIdOf(legIds))),
      ];
      expect(await ends(['bank'], alone)).toBe('VALID');
      expect(await ends(['bank'], [erase(mspOf('bank'), ownKey('leg', sales[0] ?? ''))])).toBe(UNENDORSED);
      expect(await met(await callOf(deal))).toBe('FINANCING_SETTLED');
    });

    it('the holder cannot have it settled once more by another acceptance of the same quote', async () => {
      const deal = await current().accepted();
      await current().settle(deal);
      await soldBack(deal);
      const anew = { ...(await acceptanceOf(deal)), salt: SALT };
      expect(await ends(['supplier'], [own('supplier', 'acceptance', anew)])).toBe('VALID');
      expect(await met(await callOf(deal), opening('acceptance', anew))).toBe('FINANCING_SETTLED');
    });

    it('nor by an acceptance of what was not quoted to it, or for another holder', async () => {
      const deal = await current().accepted();
      const call = await callOf(deal);
      const acceptance = await acceptanceOf(deal);
      const other = await current().quoted([current().part()], { fee: '0' });
      const shown = await shownOf(other);
      for (const lie of [
        { quoteId: other.quoteId },
        { quoteHash: SALT },
        { holder: LEI.contractor },
        { funder: LEI.contractor, quoteId: other.quoteId, quoteHash: SALT },
      ]) {
        const planted = { ...acceptance, ...lie };
        expect(await ends(['supplier'], [own('supplier', 'acceptance', planted)])).toBe('VALID');
        expect([lie, await met(call, { ...shown, ...opening('acceptance', planted) })]).toEqual([
          lie,
          'FINANCING_MISMATCH',
        ]);
      }
    });

    it('nor is it settled by an acceptance that is gone, or of a slice that has moved', async () => {
      const { world } = current();
      const [gone, moved] = [await current().accepted(), await current().accepted()];
      const [first, second] = [await callOf(gone), await callOf(moved)];
      const erased = erase(mspOf('supplier'), ownKey('acceptance', gone.requestId));
      expect(await ends(['supplier'], [erased])).toBe('VALID');
      expect(await met(first)).toBe('OPENING_MISMATCH');
      const [sliceId = ''] = moved.sliceIds;
      await world.people('supplier').checker.slice.split({
        ...{ sliceId, partIds: [world.newId('bank', 'supplier'), world.newId('bank', 'supplier')] },
        amounts: ['1', '99999'],
      });
      expect(await met(second)).toBe('OPENING_MISMATCH');
    });

    it('nobody else calls for it: neither the holder, nor a bank that is not the funder', async () => {
      const { world } = current();
      const deal = await current().accepted();
      const { requestId } = deal;
      for (const name of ['supplier', 'contractor'] as const) {
        const { maker, checker, party } = world.people(name);
        const request = { requestId, ticketId: maker.newId() };
        await maker.ticket.prepare('financing:settle', request, { party, expiresOn: world.date });
        const { openings } = await callOf(deal);
        const shown = {
          ...openings,
          [`ticket/${request.ticketId}`]: (await viewOf(world, name, 'ticket', request.ticketId)).opening,
        };
        const call = { name: 'financing:settle', request, openings: shown };
        const { code } = await refusalOf(demand(checker, call, [mspOf('bank'), mspOf('supplier'), mspOf(name)]));
        expect([name, code]).toEqual([name, 'CALLER_NOT_ALLOWED']);
      }
      expect(await outcome(current().settle(deal))).toBe('ok');
    });
  });
}
