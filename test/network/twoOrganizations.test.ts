/** Every command and attacks among two organisations run in process and here: over gRPC devnet would decide them by the same checks again. */
import { fabricDriver } from '@tenor/network';
import { shouldWithstandAttacks } from '../behaviour/attacks.js';
import { shouldTakeEveryCommand } from '../behaviour/everyCommand.js';
import { shouldWorkOnTheSamples } from '../behaviour/overTheWire.js';
import { shareNetwork } from '../support/engines.js';

const open = shareNetwork(fabricDriver, 'two-org');
shouldWorkOnTheSamples(open);
shouldTakeEveryCommand(open, 'two-org');
shouldWithstandAttacks(open, 'two-org');
