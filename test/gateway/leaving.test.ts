import { devnetDriver } from '@tenor/network';
import { shouldOutliveDepartures } from '../behaviour/departures.js';
import { shouldLeaveNobodyStuck } from '../behaviour/nobodyStuck.js';
import { shareNetwork } from '../support/engines.js';

const open = shareNetwork(devnetDriver, 'five-org');

shouldLeaveNobodyStuck(open);
// Last, because the organisations that leave are missed by everybody else.
shouldOutliveDepartures(open);
