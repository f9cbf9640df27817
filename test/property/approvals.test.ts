/** However many parties an organisation has in a batch, and in whatever order they approve, it says the same in the end; and nothing less is the same. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { approvalOf, joined, partiesOf, wholeApprovalOf } from '../../chaincode/src/domain/batches.js';
import type { BookRecord, SheetRow } from '../../chaincode/src/protocol/records/index.js';
import { runs } from './support/report.js';

type Approved = BookRecord<'approval'>['legs'];

const ORGANIZATIONS = ['AMSP', 'BMSP', 'CMSP', 'DMSP'];
const PARTIES_EACH = 3;
const BATCH_END = '2026-12-15';

/** A leg with the parties that only its own record names. */
interface Leg {
  readonly row: SheetRow;
  readonly sender: string;
  readonly receiver: string;
}

const party = fc.record({
  mspId: fc.constantFrom(...ORGANIZATIONS),
  number: fc.nat({ max: PARTIES_EACH - 1 }),
});
const nameOf = ({ mspId, number }: { readonly mspId: string; readonly number: number }): string =>
  `${mspId}/${String(number)}`;

const legHash = fc.nat().map((number) => number.toString(16).padStart(64, '0'));
const leg = fc.record({ register: fc.constantFrom(...ORGANIZATIONS), sender: party, receiver: party, legHash });

/** The sheet of a random batch. Its ids are in order, as in every sheet. */
const batch = fc.array(leg, { minLength: 1, maxLength: 12 }).map((legs): Leg[] =>
  legs
    .map(({ register, sender, receiver, ...said }, index): Leg => {
      const id = `${register}~${sender.mspId}~${String(index).padStart(16, '0')}`;
      const shown = { what: 'SLICE' as const, receiverMsp: receiver.mspId, expiresOn: BATCH_END };
      return {
        row: { id, batchId: 'ab'.repeat(32), ...said, ...shown },
        sender: nameOf(sender),
        receiver: nameOf(receiver),
      };
    })
    .sort((a, b) => (a.row.id < b.row.id ? -1 : 1)),
);

/** What a party approves: all that it gives and takes. */
const saidBy = (name: string, legs: readonly Leg[]): Approved =>
  legs.flatMap(({ row, sender, receiver }) => {
    const [gives, takes] = [sender === name, receiver === name];
    return gives || takes ? [{ row, gives, takes }] : [];
  });

const partiesIn = (mspId: string, legs: readonly Leg[]): string[] =>
  [...new Set(legs.flatMap(({ sender, receiver }) => [sender, receiver]))].filter((name) => name.startsWith(mspId));

it('is whole when each of its parties has approved, in any order and any number of times', () => {
  fc.assert(
    fc.property(batch, fc.infiniteStream(fc.nat()), (legs, drawn) => {
      const sheet = legs.map(({ row }) => row);
      const batchId = sheet[0]?.batchId ?? '';
      for (const mspId of partiesOf(sheet)) {
        const names = shuffled(partiesIn(mspId, legs), drawn);
        let said: Approved = [];
        for (const [index, name] of [...names, ...names.slice(0, 1)].entries()) {
          const isWhole = index >= names.length;
          expect(same(said, mspId, sheet)).toBe(isWhole);
          said = joined(said, saidBy(name, legs));
        }
        expect(approvalOf(batchId, mspId, said)).toEqual(wholeApprovalOf(sheet, mspId));
      }
    }),
    runs(300),
  );
});

it('is nothing for an organisation that neither gives nor takes', () => {
  fc.assert(
    fc.property(batch, (legs) => {
      const sheet = legs.map(({ row }) => row);
      expect(partiesOf(sheet).every((mspId) => wholeApprovalOf(sheet, mspId).legs.length > 0)).toBe(true);
      expect(wholeApprovalOf(sheet, 'NobodyMSP').legs).toEqual([]);
    }),
    runs(100),
  );
});

const same = (said: Approved, mspId: string, sheet: readonly SheetRow[]): boolean =>
  JSON.stringify(said) === JSON.stringify(wholeApprovalOf(sheet, mspId).legs);

function shuffled(names: string[], drawn: Iterable<number>): string[] {
  const keys = drawn[Symbol.iterator]();
  const keyed = names.map((name) => ({ name, key: Number(keys.next().value) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ name }) => name);
}
