/**
 * A bank presents by the mandate of a holder, and nothing that the holder did not say. The bank here, and the bank of the payee, run changed
 * chaincode; the holder's peer is honest.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookRecord } from '@tenor/client';
import { consolidationIdOf, ownKey, shownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, demand, erase, guard, refusalOf, write, type RawOperation } from '../support/attack.js';
import { ACCOUNT, giveMandate, issue, presentByMandate, split, transfer } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, World, type PartyName } from '../support/world.js';
import { outcome, recordOf, viewOf, viewsOf } from './dealBooks.js';
import { openingsOf } from './attacksScene.js';

const ELSEWHERE = { payeeBank: LEI.secondBank } as const;
const STOLEN = { scheme: 'OTHER', id: 'XX00000099999999' } as const;

/** The suite on `wide`, or on the part of it that it needs. */
export function shouldPresentByMandate(open: OpenLedger): void {
  describe('mandates', () => {
    let opened: World | undefined;
    let certificateId = '';
    let passed = '';
    let parts: string[] = [];
    let mandateId = '';
    const world = (): World => {
      if (opened === undefined) throw new Error('no world');
      return opened;
    };
    const mspOf = (name: PartyName): string => world().people(name).mspId;
    const mspIds = (...names: PartyName[]): string[] => names.map(mspOf).sort();
    const next = (): string => parts.pop() ?? '';
    /** What a hand-made call of the bank shows. */
    const openings = async (sliceId: string): Promise<Record<string, string>> => ({
      ...(await openingsOf(world(), 'supplier', ['slice', sliceId], ['terms', certificateId], ['mandate', mandateId])),
    });
    const stateOf = async (sliceId: string): Promise<string> =>
      (await recordOf(world(), 'bank', 'slice', sliceId)).state;

    beforeAll(async () => {
      opened = await World.found(await open());
      const issued = await issue(opened);
      certificateId = issued.certificateId;
      const amounts = Array.from({ length: 10 }, () => '10000');
      [passed = '', ...parts] = await split(opened, issued.sliceId, amounts);
      await transfer(opened, passed);
      mandateId = await giveMandate(opened, 'supplier', ELSEWHERE);
    });
    afterAll(() => opened?.close());

    it('are read by holder and bank, and by nobody else', async () => {
      const told = { holder: LEI.supplier, bank: LEI.bank, payeeBank: LEI.secondBank, account: ACCOUNT };
      for (const name of ['supplier', 'bank'] as const)
        expect(await viewOf(world(), name, 'mandate', mandateId)).toMatchObject({ current: true, record: told });
      for (const name of ['issuer', 'contractor', 'secondBank', 'thirdBank'] as const)
        expect(await viewsOf(world().people(name).checker, 'mandate')).toEqual([]);
    });

    it('present nothing that is not due', async () => {
      expect(await outcome(presentByMandate(world(), 'supplier', mandateId, [next()]))).toBe('DUE_NOT_REACHED');
    });

    describe('at maturity', () => {
      beforeAll(() => world().moveTo(DUE));

      it('let one person of the bank present into the account that the holder named, while nobody of the holder acts', async () => {
        const sliceIds = [next(), next()];
        const { presentmentId, endorsingOrganizations } = await presentByMandate(
          ...([world(), 'supplier', mandateId, sliceIds] as const),
        );
        expect(endorsingOrganizations).toEqual(mspIds('bank', 'supplier', 'secondBank'));
        const presented = { account: ACCOUNT, payeeBank: LEI.secondBank, amount: '20000', mandateId, sliceIds };
        for (const name of ['supplier', 'bank', 'secondBank'] as const)
          expect(await recordOf(world(), name, 'presentment', presentmentId)).toMatchObject(presented);
      });

      it('are for the slices of their holder, at the bank that they name', async () => {
        expect(await outcome(presentByMandate(world(), 'supplier', mandateId, [passed]))).toBe('MANDATE_SCOPE');
        const sliceId = next();
        const toOther = await giveMandate(world(), 'supplier', { bank: LEI.thirdBank });
        const { maker, mspId } = world().people('thirdBank');
        const request = { presentmentId: maker.newId(mspOf('supplier')), mandateId: toOther, sliceIds: [sliceId] };
        const shown = {
          ...(await openings(sliceId)),
          ...(await openingsOf(world(), 'supplier', ['mandate', toOther])),
        };
        const call = { name: 'slice:presentUnderMandate', request, openings: shown };
        expect(await refusalOf(demand(maker, call, [mspId, mspOf('supplier')]))).toEqual({
          ...{ code: 'MANDATE_SCOPE', data: { mandateId: toOther, sliceId, index: '0' } },
        });
      });

      it('present nothing while the peer of the holder is stopped: its book is written, and its consent read', async () => {
        const sliceId = next();
        const { faults } = world().ledger;
        const { organization } = world().people('supplier');
        await faults.stopPeer(organization);
        try {
          expect(['UNAVAILABLE', 'REFUSED_BY_NETWORK']).toContain(
            await outcome(presentByMandate(world(), 'supplier', mandateId, [sliceId])),
          );
        } finally {
          await faults.startPeer(organization);
        }
        expect(await stateOf(sliceId)).toBe('FREE');
      });

      describe('with changed chaincode at both banks', () => {
        let attackers: Attackers;
        let sliceId = '';
        beforeAll(async () => {
          attackers = await Attackers.corrupt(world(), ['bank', 'secondBank']);
          sliceId = next();
        });
        afterAll(() => attackers.surrender());

        it('no mandate is forged for an account that the holder did not name', async () => {
          const { maker } = world().people('bank');
          const forged = { ...(await recordOf(world(), 'supplier', 'mandate', mandateId)), account: STOLEN };
          const request = { presentmentId: maker.newId(mspOf('supplier')), mandateId, sliceIds: [sliceId] };
          const shown = { ...(await openings(sliceId)), [`mandate/${mandateId}`]: JSON.stringify(forged) };
          const call = { name: 'slice:presentUnderMandate', request, openings: shown };
          expect(await refusalOf(demand(maker, call, [mspOf('supplier')]))).toEqual({
            ...{ code: 'OPENING_MISMATCH', data: { kind: 'mandate', id: mandateId } },
          });
        });

        it("no mandate in the bank's own book speaks for a holder", async () => {
          const { maker, mspId } = world().people('bank');
          const id = maker.newId();
          const own: BookRecord<'mandate'> = {
            ...(await recordOf(world(), 'supplier', 'mandate', mandateId)),
            ...{ id, holderMsp: mspId, account: STOLEN },
          };
          expect(await attackers.commit([write(mspId, ownKey('mandate', id), own)], ['bank'])).toBe('VALID');
          const request = { presentmentId: maker.newId(), mandateId: id, sliceIds: [sliceId] };
          const shown = { ...(await openings(sliceId)), [`mandate/${id}`]: JSON.stringify(own) };
          const call = { name: 'slice:presentUnderMandate', request, openings: shown };
          expect(await refusalOf(demand(maker, call, [mspOf('supplier')]))).toMatchObject({ code: 'PARTY_ROLE' });
        });

        it('no copy on the other shelf of the bank counts as a mandate', async () => {
          const { maker, mspId } = world().people('bank');
          const id = maker.newId(mspOf('supplier'));
          const copy = { ...(await recordOf(world(), 'supplier', 'mandate', mandateId)), id, account: STOLEN };
          const key = shownKey(mspOf('supplier'), 'mandate', id);
          expect(await attackers.commit([write(mspId, key, copy)], ['bank'])).toBe('VALID');
          const request = { presentmentId: maker.newId(mspOf('supplier')), mandateId: id, sliceIds: [sliceId] };
          const shown = { ...(await openings(sliceId)), [`mandate/${id}`]: JSON.stringify(copy) };
          const call = { name: 'slice:presentUnderMandate', request, openings: shown };
          expect(await refusalOf(demand(maker, call, [mspOf('supplier')]))).toEqual({
            ...{ code: 'OPENING_MISMATCH', data: { kind: 'mandate', id } },
          });
        });

        it('no slice is locked without the holder', async () => {
          const { record } = await viewOf(world(), 'supplier', 'slice', sliceId);
          const { mspId, maker } = world().people('bank');
          const lock = {
            kind: 'PRESENTMENT',
            id: maker.newId(mspOf('supplier')),
            counterpartyMsp: mspOf('secondBank'),
          };
          const locked = write(mspId, ownKey('slice', sliceId), { ...record, state: 'PRESENTED', lock });
          expect(await attackers.commit([locked])).toBe('ENDORSEMENT_POLICY_FAILURE');
        });

        it("nothing is written into the holder's book without the holder", async () => {
          const { maker } = world().people('bank');
          const presentment = { schema: 'tenor.presentment/1', account: STOLEN };
          const key = ownKey('presentment', maker.newId(mspOf('supplier')));
          expect(await attackers.commit([write(mspOf('supplier'), key, presentment)])).toBe(
            'ENDORSEMENT_POLICY_FAILURE',
          );
        });
      });

      describe('with changed chaincode at the bank, which says that slices became parts of another one', () => {
        let [part, other, id] = ['', '', ''];
        const list = (...sliceIds: string[]): BookRecord<'consolidation'> => ({
          ...{ schema: 'tenor.consolidation/1', id, certificateId, holder: LEI.supplier, holderMsp: mspOf('supplier') },
          ...{ wholes: [{ id: world().people('bank').maker.newId(), sliceIds }], salt: 'ab'.repeat(32) },
        });
        /** Runs while the bank's chaincode is changed. */
        const corrupted = async (attack: (attackers: Attackers) => Promise<void>): Promise<void> => {
          const attackers = await Attackers.corrupt(world(), ['bank']);
          try {
            await attack(attackers);
          } finally {
            await attackers.surrender();
          }
        };
        const put = (said: object | string): RawOperation => write(mspOf('bank'), ownKey('consolidation', id), said);
        /** What the holder's peer answers to a merge of a slice. */
        const merge = async (sliceId: string, said?: object): Promise<unknown> => {
          const { maker } = world().people('bank');
          const presentmentId = maker.newId(mspOf('supplier'));
          const request = { presentmentId, mandateId, sliceIds: [sliceId], mergedIds: [maker.newId()] };
          const list = said === undefined ? {} : { [`consolidation/${id}`]: JSON.stringify(said) };
          const shown = { ...(await openings(sliceId)), ...list };
          const call = { name: 'slice:presentUnderMandate', request, openings: shown };
          return refusalOf(demand(maker, call, [mspOf('supplier')]));
        };
        beforeAll(() => {
          [part, other] = [next(), next()];
          id = consolidationIdOf({ certificateId, holder: LEI.supplier });
        });

        it('a list that the holder did not endorse takes nothing, and stands in the way until the bank takes it back', async () => {
          await corrupted(async (attackers) => {
            const planted = list(part);
            expect(await attackers.commit([put(planted)])).toBe('VALID');
            expect(await merge(part)).toEqual({
              code: 'OPENING_MISSING',
              data: { kind: 'consolidation', id, index: '0' },
            });
            expect(await merge(part, planted)).toMatchObject({ code: 'STATE', data: { sliceId: part } });
            expect(await attackers.commit([erase(mspOf('bank'), ownKey('consolidation', id))])).toBe('VALID');
          });
          const { maker } = world().people('bank');
          const presentmentId = maker.newId(mspOf('supplier'));
          const input = { presentmentId, mandateId, sliceIds: [part], mergedIds: [maker.newId()] };
          expect(await outcome(maker.slice.presentUnderMandate(input))).toBe('ok');
        });

        it('a list that it endorsed is not changed, hidden or exchanged without it', async () => {
          const { record } = await viewOf(world(), 'bank', 'consolidation', id);
          const key = ownKey('consolidation', id);
          await corrupted(async (attackers) => {
            for (const attack of [put(list(other)), erase(mspOf('bank'), key), guard(mspOf('bank'), key, [])])
              expect([attack.op, await attackers.commit([attack])]).toEqual([attack.op, 'ENDORSEMENT_POLICY_FAILURE']);
            expect(await merge(part)).toMatchObject({ code: 'OPENING_MISSING', data: { kind: 'consolidation', id } });
            expect(await merge(part, list(other))).toMatchObject({ code: 'OPENING_MISMATCH' });
            expect(await merge(part, record)).toMatchObject({ code: 'STATE', data: { sliceId: part } });
          });
          expect(await stateOf(part)).toBe('FREE');
          expect(await viewOf(world(), 'supplier', 'slice', part)).toMatchObject({ current: false });
        });
      });

      it('are taken back by the holder alone, and present nothing more', async () => {
        const sliceId = next();
        const { maker } = world().people('supplier');
        const { organization } = world().people('bank');
        const { faults } = world().ledger;
        await faults.stopPeer(organization);
        try {
          const { endorsingOrganizations } = await maker.mandate.revoke({ mandateId });
          expect(endorsingOrganizations).toEqual(mspIds('supplier'));
        } finally {
          await faults.startPeer(organization);
        }
        expect(await outcome(presentByMandate(world(), 'supplier', mandateId, [sliceId]))).toBe('OPENING_MISMATCH');
        expect(await viewOf(world(), 'bank', 'mandate', mandateId)).toMatchObject({
          ...{ current: false, reason: 'NOT_REGISTERED' },
        });
        expect(await stateOf(sliceId)).toBe('FREE');
      });
    });
  });
}
