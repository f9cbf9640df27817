/** Whatever races, a document is financed once, through one bank and within its capacity, and a slice is used only once. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Claim } from '../../chaincode/src/protocol/records/index.js';
import { LEI, MemoryWorld, mspOf } from './support/memoryWorld.js';
import { claim, draft, issued } from '../commands/support/steps.js';
import { claimInput } from '../deal/inputs.js';
import { slicesOf } from './support/books.js';
import { race, type Racer } from './support/race.js';
import { runs } from './support/report.js';

let founded: MemoryWorld;
beforeAll(async () => {
  founded = await MemoryWorld.found();
  // A second bank: the contractor's organisation.
  const party = {
    id: LEI.contractor,
    name: 'contractor',
    mspId: mspOf('contractor'),
    roles: ['supplier' as const, 'bank' as const],
    sme: false,
    status: 'ACTIVE' as const,
  };
  await founded.decide([{ kind: 'party', party }]);
});

const turns = fc.array(fc.nat({ max: 1000 }), { minLength: 20, maxLength: 40 });
const claimsOf = (world: MemoryWorld): Claim[] =>
  [
    ...world.ledger.records(mspOf('bank'), 'claim'),
    ...world.ledger.records(mspOf('contractor'), 'claim'),
  ] as unknown as Claim[];

describe('claims of one document', () => {
  /** The same invoice as people retype it, at two banks, with other amounts. */
  const spellings = ['INV-2026/77', 'inv 2026 77', 'ＩＮＶ２０２６．７７', 'INV.2026-77'];

  it('commit once, whoever comes first and however the number is spelt', async () => {
    const property = fc.asyncProperty(turns, async (order) => {
      const world = founded.clone();
      const racers: Racer[] = [];
      for (const [index, number] of spellings.entries()) {
        for (const bank of ['bank', 'contractor'] as const) {
          const reservationId = world.id(bank, 'issuer');
          const input = { ...claimInput(world, number, String(1000 + index)), bank: LEI[bank], reservationId };
          await world.act('issuer', 'maker', 'document:claim', input);
          const endorse: Racer['endorse'] = () => world.endorse(bank, 'checker', 'document:confirm', { reservationId });
          racers.push({ name: bank, endorse });
        }
      }
      const finished = await race(world, racers, order, () => {
        expect(claimsOf(world).length).toBeLessThanOrEqual(1);
      });
      expect(finished.map(({ outcome }) => outcome).sort()).toEqual(
        ['DOCUMENT_CLAIMED', ...racers.slice(2).map(() => 'DOCUMENT_CLAIMED'), 'committed'].sort(),
      );
    });
    await fc.assert(property, runs(15));
  });
});

describe('certificates over one document', () => {
  it('never reserve more than it is worth', async () => {
    const stage = founded.clone();
    const claimId = await claim(stage, 'INV-88', '1000');
    const drafts: string[] = [];
    for (const amount of [200, 300, 400, 500, 600]) drafts.push(await draft(stage, claimId, String(amount)));
    const property = fc.asyncProperty(turns, async (order) => {
      const world = stage.clone();
      const racers = drafts.map((certificateId): Racer => ({
        name: certificateId,
        endorse: () => world.endorse('issuer', 'checker', 'certificate:submit', { certificateId }),
      }));
      const used = (): bigint =>
        (claimsOf(world)[0]?.allocations ?? []).reduce((sum, { amount }) => sum + BigInt(amount), 0n);
      const finished = await race(world, racers, order, () => {
        expect(used() <= 1000n).toBe(true);
      });
      const faces = world.ledger
        .records(mspOf('issuer'), 'face')
        .reduce((sum, { amount }) => sum + BigInt(amount as string), 0n);
      expect(used()).toBe(faces);
      expect(finished.filter(({ outcome }) => !['committed', 'DOCUMENT_CAPACITY'].includes(outcome))).toEqual([]);
    });
    await fc.assert(property, runs(15));
  });
});

describe('one slice', () => {
  it('goes one way only: split, split otherwise, or on offer to one', async () => {
    const stage = founded.clone();
    const { sliceId } = await issued(stage, '1000');
    const property = fc.asyncProperty(turns, async (order) => {
      const world = stage.clone();
      const split = (amounts: string[]): Racer => {
        const partIds = amounts.map(() => world.id('bank', 'supplier'));
        return {
          name: 'split',
          endorse: () => world.endorse('supplier', 'maker', 'slice:split', { sliceId, partIds, amounts }),
        };
      };
      const offer = (transferee: string): Racer => {
        const input = {
          sliceId,
          transferId: world.reference(),
          ticketId: world.id('supplier'),
          transferee,
          expiresOn: '2026-12-15',
        };
        return {
          name: 'offer',
          endorse: async () => {
            const earlier = world.ledger.records(mspOf('supplier'), 'ticket').some(({ id }) => id === input.ticketId);
            if (!earlier) await world.prepare('supplier', 'slice:offer', input);
            return world.endorse('supplier', 'checker', 'slice:offer', input);
          },
        };
      };
      const racers = [
        split(['400', '600']),
        split(['1', '999']),
        split(['300', '300', '400']),
        offer(LEI.contractor),
        offer(LEI.bank),
      ];
      const finished = await race(world, racers, order, () => {
        const live = slicesOf(world).filter(({ state }) => state !== 'SPENT');
        expect(live.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(1000n);
      });
      expect(finished.filter(({ outcome }) => outcome === 'committed')).toHaveLength(1);
      expect(finished.filter(({ outcome }) => outcome === 'STATE')).toHaveLength(4);
    });
    await fc.assert(property, runs(15));
  });
});
