/** Stand-ins of batches: whoever is named, listed or shown, the word of nobody who has a part in the batch counts. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memberMspsOf } from '../../chaincode/src/domain/batches.js';
import { proverOf, standInOf, standInOfLeg } from '../../chaincode/src/domain/standIns.js';
import { drawerOf, registerOf } from '../../chaincode/src/protocol/identifiers.js';
import type { SheetRow } from '../../chaincode/src/protocol/records/index.js';
import { HASH, POLICY } from '../commands/support/facts.js';

const msp = fc.constantFrom('AMSP', 'BMSP', 'CMSP', 'DMSP', 'EMSP', 'FMSP', 'GMSP', 'HMSP');
const id = fc
  .tuple(msp, msp, fc.nat({ max: 999 }))
  .map(([register, drawer, n]) => `${register}~${drawer}~${String(n)}`);
const row: fc.Arbitrary<SheetRow> = fc
  .record({ id, receiverMsp: msp, payerBankMsp: msp, payeeBankMsp: msp, standInMsp: msp })
  .map((said) => ({ ...said, batchId: HASH, legHash: HASH, what: 'CREDIT', expiresOn: '2026-12-15' }));
const policy = fc
  .uniqueArray(msp, { maxLength: 8 })
  .map((listed) => ({ ...POLICY, standIns: listed.map((mspId) => ({ party: '529900X2VMAQT2PE0V24', mspId })) }));

it('a leg names the first of the policy that is apart from all whom its instruction knows, or nobody', () => {
  fc.assert(
    fc.property(policy, fc.array(id), fc.array(msp), fc.array(msp), (listed, legIds, sides, leaving) => {
      const known = [...legIds.flatMap((each) => [registerOf(each), drawerOf(each)]), ...sides, ...leaving];
      const free = listed.standIns.filter(({ mspId }) => !known.includes(mspId));
      expect(standInOfLeg(listed, { legIds, sides, leaving })).toEqual(free[0]);
    }),
  );
});

it('no word counts of an organisation that has to do with any row of the sheet', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (sheet) => {
      for (const each of sheet) {
        const isMember = memberMspsOf(sheet).includes(each.standInMsp ?? '');
        expect(standInOf(each, sheet)).toBe(isMember ? undefined : each.standInMsp);
      }
    }),
  );
});

it('who signs in place of a holder is none of those who keep, give or take the slice, and a stand-in none of the batch that is known', () => {
  fc.assert(
    fc.property(row, fc.tuple(msp, msp, msp), fc.array(id), (paid, sides, legIds) => {
      const prover = proverOf(paid, sides, legIds);
      if (prover === undefined) return;
      const { proverMsp, counterValue } = prover;
      expect(sides).not.toContain(proverMsp);
      if (counterValue === undefined) expect(proverMsp).toBe(registerOf(paid.id));
      else {
        expect(counterValue).toEqual({ id: paid.id, legHash: paid.legHash });
        const others = [...memberMspsOf([paid]), ...legIds.flatMap((each) => [registerOf(each), drawerOf(each)])];
        expect(others).not.toContain(proverMsp);
      }
    }),
  );
});
