/** Certificates, documents, slices and payments that do not take the usual course: refused, given back, lapsed, restored. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, World } from '../support/world.js';
import { certificatesComeToNothing, linesHold } from './lifecycleCertificates.js';
import { documentsBackOnce } from './lifecycleDocuments.js';
import { addParties } from './lifecycleParties.js';
import { paymentsProve, stockUp, type Stock } from './lifecyclePayments.js';
import { rolesAreLost, rolesAreNeeded } from './lifecycleRoles.js';
import { slicesLapse, slicesPassOn, whatIsDueIsFrozen, type Frozen } from './lifecycleSlices.js';
import { policyChanges, termsKeepThePolicy } from './lifecycleTerms.js';

/** Everything that is not the straight way, on one ledger, in the order of the business date. */
export function shouldFollowLifecycles(open: OpenLedger): void {
  describe('lifecycles', () => {
    let world: World;
    let stock: Stock;
    const frozen: Frozen = { sliceId: '', offered: '', transferId: '', ticket: { transferId: '', ticketId: '' } };
    beforeAll(async () => {
      world = await World.found(await open());
      await addParties(world);
      stock = await stockUp(world);
    });
    afterAll(() => world.close());

    linesHold(() => world);
    certificatesComeToNothing(() => world);
    documentsBackOnce(() => world);
    termsKeepThePolicy(() => world);
    slicesPassOn(() => world, frozen);
    rolesAreNeeded(() => world);
    rolesAreLost(() => world);
    describe('once offers have lapsed', () => {
      beforeAll(() => world.moveTo('2026-12-16'));
      slicesLapse(() => world, frozen);
      policyChanges(() => world);
    });
    describe('at maturity', () => {
      beforeAll(() => world.moveTo(DUE));
      whatIsDueIsFrozen(() => world, frozen);
      paymentsProve(
        () => world,
        () => stock,
      );
    });
  });
}
