/** A change that changes nothing: a party, as it is registered. */
import type { Change } from '../../../chaincode/src/protocol/records/index.js';
import { LEI } from '../../deal/players.js';
import type { Stage } from '../support/stage.js';

export const registered = (stage: Stage): Extract<Change, { kind: 'party' }> => ({
  kind: 'party',
  party: {
    ...{ id: LEI.contractor, name: 'contractor', mspId: stage.mspOf('contractor'), roles: ['supplier'], sme: false },
    status: 'ACTIVE',
  },
});
