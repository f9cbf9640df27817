/** A change that changes nothing: a party, as it is registered. */
import { LEI, mspOf } from '../support/stage.js';

export const REGISTERED = {
  ...{ kind: 'party' as const },
  party: {
    ...{ id: LEI.contractor, name: 'contractor', mspId: mspOf('contractor'), roles: ['supplier' as const], sme: false },
    status: 'ACTIVE' as const,
  },
};
