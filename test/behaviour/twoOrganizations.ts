/** The suites where two organisations host all parties: names, ports and folders of the samples. Parties of one organisation are one actor. */
import { describe } from '@jest/globals';
import { leftOut } from '../support/hosting.js';
import type { OpenLedger } from '../support/ledger.js';
import { shouldWithstandAttacks } from './attacks.js';
import { shouldKeepAuthority } from './authority.js';
import { shouldWorkInBulk } from './bulk.js';
import { shouldKeepSecrets } from './canary.js';
import { shouldConductItself } from './clientConduct.js';
import { shouldRunADeal } from './deal.js';
import { shouldTakeEveryCommand } from './everyCommand.js';
import { shouldBeIdempotent } from './idempotency.js';
import { shouldFollowLifecycles } from './lifecycle.js';
import { shouldFoundARegistry } from './lifecycleRegistry.js';
import { shouldAnswerQueries } from './queries.js';
import { shouldGoOnWithoutTheLoser } from './stoppedPeers.js';

/** Everything but bad input, which is refused before anybody asks who is hosted where. In process; over gRPC and on Fabric: overTheWire.ts. */
export function shouldWorkOnTwoOrganizations(open: OpenLedger): void {
  describe('two organisations, as in the samples', () => {
    shouldRunADeal(open);
    shouldFollowLifecycles(open);
    shouldWorkInBulk(open);
    shouldBeIdempotent(open, 'two-org');
    shouldAnswerQueries(open, 'two-org');
    shouldKeepSecrets(open, 'two-org');
    shouldConductItself(open, 'two-org');
    shouldWithstandAttacks(open, 'two-org');
    shouldGoOnWithoutTheLoser(open, 'two-org');
    shouldFoundARegistry(open, 'two-org');
    shouldKeepAuthority(open, 'two-org');
    shouldTakeEveryCommand(open, 'two-org');
    leftOut(
      'the demo tells the whole deal',
      'it plays a deal among five organisations, and names who endorses each step',
    );
  });
}
