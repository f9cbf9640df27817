/** Presentments that an attacker writes into its own book under the id for which a slice is locked. They name that book as register. */
import { BANK, DUE, idOf, MSP, NEIGHBOUR, NEIGHBOUR_BANK, PRESENTMENT, reference } from '../support/facts.js';
import { all, neighbour, neighbourBank, record } from '../support/scene.js';
import type { Row } from '../support/table.js';

/** Another presentment of the same holder. */
export const OTHER_PRESENTMENT = idOf('supplier', 'supplier', 'presentment', 2);

/** A slice that waits for that one. */
export const PRESENTED_OTHERWISE: Row = [
  'STATE',
  'the slice is presented otherwise',
  record('slice', { lock: { kind: 'PRESENTMENT', id: OTHER_PRESENTMENT, counterpartyMsp: MSP.bank } }),
];

/** A slice whose certificate is of another bank of the same organisation. */
export const OF_ANOTHER_BANK: Row = [
  'STATE',
  'the slice is of another bank of the organisation',
  all(neighbourBank(MSP.bank), record('terms', { bank: NEIGHBOUR_BANK })),
];

const lock = { kind: 'PRESENTMENT' as const, id: PRESENTMENT.id, counterpartyMsp: MSP.otherBank };

/** A transfer lock whose id is as like that of the presentment as it can be. */
export const TRANSFER_OF_THAT_ID = {
  ...{
    kind: 'TRANSFER' as const,
    id: reference('presentment'),
    counterparty: BANK,
    counterpartyMsp: MSP.bank,
    expiresOn: DUE,
  },
};

/** Where holder or banks of the presentment are not those of the slice. */
export const FOREIGN_ROWS: readonly Row[] = [
  [
    'STATE',
    'the slice is held by another party of the organisation',
    all(neighbour(MSP.supplier, 'supplier'), record('slice', { holder: NEIGHBOUR })),
  ],
  ['STATE', "the slice waits for another bank of the payee's", record('slice', { lock })],
];
