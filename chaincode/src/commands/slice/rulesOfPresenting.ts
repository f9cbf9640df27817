/** The registry records that say who may speak for a silent payee. Whoever presents needs them. */
import { NO_DEPARTURES } from '../../domain/departures.js';
import { Pending } from '../../ledger/pending.js';
import type { PublicRecord } from '../../protocol/records/index.js';

/** The policies, if there are any, and the departures. */
export const rulesOfPresenting = (): {
  readonly policies: Pending<PublicRecord<'policies'> | undefined>;
  readonly departures: Pending<PublicRecord<'departures'>>;
} => ({
  policies: new Pending([['policies']], (registry) => registry.find('policies')),
  departures: new Pending([['departures']], (registry) => registry.find('departures') ?? NO_DEPARTURES),
});
