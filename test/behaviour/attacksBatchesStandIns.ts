/**
 * A payee that is paid and silent, where its bank gains by saying that it was paid. After a week the stand-in that the leg names speaks for it. What holder, bank,
 * buyer and stand-in can do with that, each by changed chaincode of its own.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { batchIdOf, type BookRecord } from '@tenor/client';
import { proofOf } from '../../chaincode/src/domain/batches.js';
import { encodeRecord } from '../../chaincode/src/ledger/codec.js';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { daysAfter } from '../deal/inputs.js';
import { Attackers, demand, erase, refusalOf, write, type RawOperation } from '../support/attack.js';
import { approve, handTo, standInFor, underFourEyes, type LegPayment } from '../support/batches.js';
import { BUSINESS_KINDS } from '../support/kinds.js';
import type { Market, Terms, Trade } from '../support/market.js';
import { LEI, POLICY, type PartyName } from '../support/world.js';
import { openingsOf } from './attacksScene.js';
import { outcome, recordOf, viewsOf } from './dealBooks.js';

/** Nobody but the third bank is apart from these. */
const BOUGHT: readonly (readonly [who: string, terms: Terms])[] = [
  ['the bank that keeps slice and account', { buyer: 'bank', payerBank: 'bank', payeeBank: 'bank' }],
  [
    'another, whose money comes to the bank that keeps the slice',
    { buyer: 'secondBank', payerBank: 'secondBank', payeeBank: 'bank' },
  ],
  ['another, which keeps the account', { buyer: 'secondBank', payerBank: 'secondBank', payeeBank: 'secondBank' }],
];
const [[, ALL_AT_BANK], , [, AT_BUYER]] = BOUGHT as [(typeof BOUGHT)[0], (typeof BOUGHT)[0], (typeof BOUGHT)[0]];
const UNENDORSED = 'ENDORSEMENT_POLICY_FAILURE';

interface Paid {
  readonly trade: Trade;
  readonly payment: LegPayment;
}

export function shouldSpeakForTheSilent(current: () => Market): void {
  const mspOf = (name: PartyName): string => current().world.people(name).mspId;
  const paid = async (terms: Terms): Promise<Paid> => {
    const trade = await current().agreedWithStandIn(terms);
    return { trade, payment: await current().credited(trade) };
  };
  const attested = ({ trade, payment: { uetr } }: Paid): Parameters<typeof standInFor>[2] => ({
    ...{ legId: trade.cash.legId, uetr, payeeBank: trade.cash.payeeBank },
  });
  const speak = (made: Paid): Promise<unknown> => standInFor(current().world, 'thirdBank', attested(made));
  /** Whoever buys commits, and the bank hands the slice over, in the books of registers alone: there the outcome stands. */
  const take = async ({ trade: { buyer, legIds, sliceId, legId } }: Paid): Promise<readonly string[]> => {
    const { world } = current();
    await world.people(buyer).checker.batch.commit({ legIds: [...legIds], books: 'register' });
    const { checker } = world.people('bank');
    return (await checker.slice.complete({ sliceId, legId, books: 'register' })).endorsingOrganizations ?? [];
  };
  const sliceOf = ({ trade }: Paid): Promise<object> => recordOf(current().world, 'bank', 'slice', trade.sliceId);
  /** How a write set of these organisations ends, which are honest again afterwards. */
  async function ends(names: readonly PartyName[], operations: readonly RawOperation[]): Promise<string> {
    const attackers = await Attackers.corrupt(current().world, names);
    const ending = await attackers.commit(operations);
    await attackers.surrender();
    return ending;
  }
  /** A proof in the book of whoever says it. */
  async function saying({ trade }: Paid, what: BookRecord<'proof'>['what'], name: PartyName): Promise<RawOperation> {
    const proof = proofOf(await current().rowOfMoney(trade), what);
    return write(mspOf(name), ownKey('proof', proof.id), encodeRecord(proof));
  }
  /** An outcome that a register writes by itself, because it is all registers. */
  async function committed({ trade }: Paid): Promise<{ readonly forged: string; readonly plant: RawOperation }> {
    const [id, sheet] = [batchIdOf(trade.legIds), await current().sheet(trade)];
    const forged = encodeRecord({ schema: 'tenor.outcome/1', id, state: 'COMMITTED', sheet, salt: 'ef'.repeat(32) });
    return { forged, plant: write(mspOf('bank'), ownKey('outcome', id), forged) };
  }
  /** The slice in the hands of its buyer. */
  const theft = async (made: Paid): Promise<RawOperation[]> => {
    const { buyer } = made.trade;
    const taken = { ...(await sliceOf(made)), holder: LEI[buyer], holderMsp: mspOf(buyer), state: 'FREE', lock: null };
    return [write(mspOf('bank'), ownKey('slice', made.trade.sliceId), taken)];
  };

  describe('a payee that was paid and is silent', () => {
    const silent: Paid[] = [];
    let hostile: Paid;
    let returned: Paid;
    let denying: Paid;
    let unspoken: Paid;
    let forged: Paid;
    let late: Paid;

    beforeAll(async () => {
      const { world } = current();
      const standIns = [{ party: LEI.thirdBank, mspId: mspOf('thirdBank') }];
      await world.decide([{ kind: 'policy', policy: { ...POLICY, version: 2, effectiveFrom: world.date, standIns } }]);
      for (const [, terms] of BOUGHT) silent.push(await paid(terms));
      hostile = await paid(ALL_AT_BANK);
      returned = await paid(AT_BUYER);
      denying = await paid(AT_BUYER);
      unspoken = await paid(ALL_AT_BANK);
      // Allocated and approved, and never paid.
      const trade = await current().agreedWithStandIn(ALL_AT_BANK);
      forged = { trade, payment: { legId: trade.cash.legId, uetr: '', currency: '', amount: '' } };
    });

    it('a buyer approves no slice that a silent holder could keep back, where somebody could stand in for it', async () => {
      const trade = await current().instructed(ALL_AT_BANK);
      expect(await outcome(approve(current().world, 'bank', trade.legIds))).toBe('NOT_FOR_RECEIVER');
    });

    it('a holder names no other leg as what it is paid by than the register has', async () => {
      const trade = current().draw(ALL_AT_BANK);
      await current().pay(trade);
      const row = await current().rowOfMoney(trade);
      for (const [changes, code] of [
        [{ standInMsp: mspOf('contractor') }, 'NOT_ALLOCATED'],
        [{ legHash: 'ab'.repeat(32) }, 'NOT_ALLOCATED'],
        [{ receiverMsp: mspOf('contractor') }, 'NOT_ALLOCATED'],
      ] as const)
        expect(await outcome(current().give(trade, trade.cash.legId, { ...row, ...changes }))).toBe(code);
      const other = await current().rowOfMoney(unspoken.trade);
      expect(await outcome(current().give(trade, trade.cash.legId, other))).toBe('LEG_FOREIGN');
    });

    it('is not spoken for before a week is over, nor before the credit, nor by another, nor for another payment', async () => {
      const { world } = current();
      const [first] = silent;
      if (first === undefined) throw new Error('nothing was paid');
      const before = new Set((await viewsOf(world.people('thirdBank').checker, 'leg')).map(({ id }) => id));
      expect(before.has(first.trade.cash.legId)).toBe(false);
      expect(await outcome(speak(first))).toBe('STAND_IN_EARLY');
      const { legId } = first.trade.cash;
      const at = (name: PartyName, uetr: string): Promise<unknown> =>
        underFourEyes(world, name, 'cash:acknowledge', { legId, uetr });
      expect(await outcome(at('thirdBank', 'aaaaaaaa-0000-4000-8000-000000000000'))).toBe('NOT_FOUND');
      expect(await outcome(at('secondBank', first.payment.uetr))).toBe('NOT_FOUND');
      await handTo(world, 'secondBank', attested(first));
      expect(await outcome(at('secondBank', first.payment.uetr))).toBe('CALLER_NOT_ALLOWED');
      await handTo(world, 'thirdBank', attested(hostile));
      expect(await outcome(at('thirdBank', hostile.payment.uetr))).toBe('PAYMENT_MISMATCH');
    });

    it('is spoken for by nobody where its bank and the payer say that they sent the money back', async () => {
      const { world } = current();
      const { legId, uetr } = returned.payment;
      await handTo(world, 'thirdBank', attested(returned));
      const back = { currency: 'USD', amount: '97', returnedOn: world.date, messageHash: 'ab'.repeat(32) };
      await underFourEyes(world, 'secondBank', 'payment:return', { legId, uetr, ...back });
      const word = (): Promise<unknown> => underFourEyes(world, 'thirdBank', 'cash:acknowledge', { legId, uetr });
      expect(await outcome(word())).toBe('PAYMENT_RETURNED');
    });

    describe('for a week', () => {
      beforeAll(async () => {
        await current().world.moveTo(daysAfter(current().world.date, 7));
      });

      it.each(BOUGHT.map(([who], index) => [who, index] as const))(
        'holds up neither commitment nor handover to %s, and its peer is stopped',
        async (_who, index) => {
          const { world } = current();
          const made = silent[index] as Paid;
          const { organization } = world.people('supplier');
          await world.ledger.faults.stopPeer(organization);
          try {
            const { checker } = world.people(made.trade.buyer);
            const legIds = [...made.trade.legIds];
            expect(await outcome(checker.batch.commit({ legIds, books: 'register' }))).toBe('NOT_PROVEN');
            await speak(made);
            const endorsers = new Set((['bank', made.trade.buyer, 'thirdBank'] as const).map(mspOf));
            expect([...(await take(made))].sort()).toEqual([...endorsers].sort());
          } finally {
            await world.ledger.faults.startPeer(organization);
          }
          expect(await sliceOf(made)).toMatchObject({ state: 'FREE', holder: LEI[made.trade.buyer], lock: null });
        },
      );

      it('shows its stand-in nothing but the leg and the attestation that it was handed', async () => {
        const { checker } = current().world.people('thirdBank');
        const [made] = silent;
        for (const kind of BUSINESS_KINDS.filter((each) => each !== 'leg' && each !== 'attestation')) {
          const shown = JSON.stringify(await viewsOf(checker, kind));
          expect([kind, shown.includes(made?.trade.sliceId ?? '')]).toEqual([kind, false]);
        }
      });

      it('cannot take its word back by its own book, nor hold anybody up by what it writes there', async () => {
        const { trade } = hostile;
        const garbage = [
          erase(mspOf('supplier'), ownKey('approval', batchIdOf(trade.legIds))),
          await saying(hostile, 'NOT_RECEIVED', 'supplier'),
        ];
        expect(await ends(['supplier'], garbage)).toBe('VALID');
        await speak(hostile);
        await take(hostile);
        expect(await sliceOf(hostile)).toMatchObject({ holder: LEI.bank });
      });

      it('does not undo by a denial what its stand-in has said, as long as the money is there', async () => {
        const { world } = current();
        const { trade } = denying;
        await speak(denying);
        expect(await outcome(speak(denying))).toBe('ACKNOWLEDGEMENT_EXISTS');
        await world.moveTo(daysAfter(trade.expiresOn, 7));
        const { legId } = trade.cash;
        await underFourEyes(world, 'supplier', 'cash:deny', { legId });
        expect(await outcome(current().release(trade))).toBe('FUNDS_SENT');
        await current().commit(trade);
        await current().complete(trade, 'secondBank');
        expect(await sliceOf(denying)).toMatchObject({ holder: LEI.secondBank });
      });

      it('has its slice back where its money went back, although nothing was said', async () => {
        const { trade, payment } = returned;
        const { world } = current();
        const { legId, uetr } = payment;
        expect(await outcome(current().commit(trade))).toBe('NOT_PROVEN');
        await underFourEyes(world, 'secondBank', 'cash:reopen', { legId, uetr });
        await current().release(trade);
        expect(await sliceOf(returned)).toMatchObject({ state: 'FREE', holder: LEI.supplier });
      });

      it('loses nothing by a bank that registers all legs and makes up credit and outcome, while its stand-in has not spoken', async () => {
        const { world } = current();
        const { trade } = forged;
        const { forged: bytes, plant } = await committed(forged);
        expect(await ends(['bank'], [await saying(forged, 'CREDITED', 'bank'), plant])).toBe('VALID');
        for (const books of ['register', 'all'] as const) {
          const call = {
            ...{ name: 'slice:complete', request: { sliceId: trade.sliceId, legId: trade.legId, books } },
            openings: {
              ...(await openingsOf(world, 'bank', ['leg', trade.legId], ['slice', trade.sliceId])),
              ...(await openingsOf(world, 'bank', [
                'terms',
                (await recordOf(world, 'bank', 'slice', trade.sliceId)).certificateId,
              ])),
              [`outcome/${batchIdOf(trade.legIds)}`]: bytes,
            },
          };
          for (const signer of ['supplier', 'thirdBank'] as const)
            expect(
              await refusalOf(demand(world.people('bank').checker, call, [mspOf('bank'), mspOf(signer)])),
            ).toMatchObject({ code: 'NOT_PROVEN', data: { mspId: mspOf('supplier') } });
        }
        expect(await ends(['bank'], await theft(forged))).toBe(UNENDORSED);
        expect(await sliceOf(forged)).toMatchObject({ state: 'ALLOCATED', holder: LEI.supplier });
      });

      it('loses nothing by its stand-in alone, which says in its own book what it likes', async () => {
        expect(await ends(['thirdBank'], [await saying(unspoken, 'ACKNOWLEDGED', 'thirdBank')])).toBe('VALID');
        expect(await ends(['thirdBank'], await theft(unspoken))).toBe(UNENDORSED);
        late = await paidNot();
        expect(await ends(['thirdBank'], [await saying(late, 'ACKNOWLEDGED', 'thirdBank')])).toBe('VALID');
        expect(await outcome(current().commit(late.trade))).toBe('NOT_PROVEN');
        expect(await outcome(current().complete(late.trade, 'secondBank'))).toBe('OUTCOME_MISSING');
        for (const names of [
          ['bank', 'secondBank'],
          ['bank', 'thirdBank'],
          ['secondBank', 'thirdBank'],
        ] as const)
          expect(await ends(names, await theft(late))).toBe(UNENDORSED);
      });

      it('loses its slice where bank, buyer and stand-in are all of one mind, as SECURITY.md says', async () => {
        expect(await ends(['bank', 'secondBank', 'thirdBank'], await theft(late))).toBe('VALID');
      });
    });

    /** Agreed with a buyer who keeps the account, and not paid. */
    async function paidNot(): Promise<Paid> {
      const trade = await current().agreedWithStandIn(AT_BUYER);
      return { trade, payment: { legId: trade.cash.legId, uetr: '', currency: '', amount: '' } };
    }
  });
}
