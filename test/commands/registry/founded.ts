/** A registry that was founded, as proposing and approving find it: bank and contractor adopted the founding, the contractor is no party yet. */
import { createHash } from 'node:crypto';
import { FACTS } from '../../unit/domain/registryFacts.js';
import { CALENDAR, MSP, PARTY, policiesOf, POLICY } from '../support/facts.js';
import { all, registered, taken, type Change } from '../support/scene.js';

const BYTES = '{"adopted":true}';
const founding = createHash('sha256').update(BYTES).digest('hex');

export const FOUNDED: Change = all(
  registered('registry', { ...FACTS.registry, founding }),
  registered('policies', policiesOf(POLICY)),
  registered('calendar/CN', CALENDAR),
  registered(`party/${PARTY.contractor.id}`, undefined),
  taken(MSP.contractor, 'founding', 'channel', BYTES),
  taken(MSP.bank, 'founding', 'channel', BYTES),
);
