/**
 * Seven organisations: what is paid to payees at two other banks. Each transaction has the endorsers that it needs, and no other bank is shown
 * anything.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { attest, issue, present, release, report, split, transfer } from '../support/deal.js';
import { BUSINESS_KINDS } from '../support/kinds.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, World, type PartyName } from '../support/world.js';
import { recordOf, viewsOf } from './dealBooks.js';

/** Who takes part in the suites of `wide`, so that no other peer has to run. */
export const ACROSS_BANKS = ['issuer', 'bank', 'supplier', 'contractor', 'secondBank', 'thirdBank'] as const;

/** Each holder, with the bank at which it is paid. */
const PAYEES = [
  { holder: 'supplier', payeeBank: 'secondBank', other: 'thirdBank' },
  { holder: 'contractor', payeeBank: 'thirdBank', other: 'secondBank' },
] as const;

/** The suite on `wide`, or on the part of it that it needs. */
export function shouldPayAcrossBanks(open: OpenLedger): void {
  describe('payees at other banks', () => {
    let world: World;
    const held: Record<(typeof PAYEES)[number]['holder'], string> = { supplier: '', contractor: '' };
    const mspIds = (...names: PartyName[]): string[] => names.map((name) => world.people(name).mspId).sort();
    beforeAll(async () => {
      world = await World.found(await open());
      const { sliceId } = await issue(world);
      const [kept = '', passedOn = ''] = await split(world, sliceId, ['60000', '40000']);
      await transfer(world, passedOn);
      Object.assign(held, { supplier: kept, contractor: passedOn });
      await world.moveTo(DUE);
    });
    afterAll(() => world.close());

    it.each(PAYEES)('pays the $holder at the $payeeBank', async ({ holder, payeeBank }) => {
      const presented = await present(world, holder, [held[holder]], LEI[payeeBank]);
      await report(world, presented);
      const at = { host: payeeBank, party: LEI[payeeBank] } as const;
      const attested = await attest(world, presented, undefined, at);
      expect(attested.endorsingOrganizations).toEqual(mspIds('bank', payeeBank));
      await release(world, presented);
      expect(await recordOf(world, holder, 'slice', held[holder])).toMatchObject({ state: 'PAID' });
    });

    it.each(PAYEES)('shows the $other nothing of the payment to the $holder', async ({ holder, other }) => {
      for (const kind of BUSINESS_KINDS) {
        const shown = JSON.stringify(await viewsOf(world.people(other).checker, kind));
        expect(shown).not.toContain(LEI[holder]);
        expect(shown).not.toContain(held[holder]);
      }
    });
  });
}
