/** The payee says that the money of a leg has come: under four eyes, in its own book, and once. */
import { expect, it } from '@jest/globals';
import { asKind, BATCH_ID, CREDIT_LEG, CREDIT_ROW, proofOf, SILENT_END } from '../support/batchFacts.js';
import { idOf, MSP, SUPPLIER } from '../support/facts.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  gone,
  on,
  party,
  put,
  record,
  redrawnBy,
  sceneOf,
  taken,
  ticket,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { cashLegRows, leftOutRow } from '../support/vouching.js';
import { acknowledge } from './acknowledge.case.js';

const ticketId = idOf('supplier', 'supplier', 'own-ticket');
const scene = sceneOf(
  'cash:acknowledge',
  callerOf('supplier', ['checker']),
  { legId: CREDIT_LEG.id, ticketId },
  { shown: [CREDIT_LEG] },
);

/** The payee lives with the other bank. */
const asPayee = all(
  redrawnBy(MSP.otherBank),
  as({ ...callerOf('supplier', ['checker']), mspId: MSP.otherBank }),
  ticket({ party: SUPPLIER }),
);

describeCommand({
  of: acknowledge,
  scene,
  books: [
    [
      'ACKNOWLEDGEMENT_EXISTS',
      'it was said already',
      taken(MSP.supplier, 'proof', CREDIT_LEG.id),
      { kind: 'proof', id: CREDIT_LEG.id },
    ],
  ],
  unvouched: [...cashLegRows(CREDIT_LEG), leftOutRow(CREDIT_LEG)],
  loose: [
    ['LEG_KIND', 'the money of the leg is blocked', asKind('BLOCK'), { what: 'BLOCK' }],
    ['LEG_KIND', 'the leg moves a slice', asKind('SLICE'), { what: 'SLICE' }],
    [
      'SAME_ORGANIZATION',
      "the bank of the payee is of the payee's own organisation, and attests it in the same book",
      all(party('supplier', { mspId: MSP.otherBank }), record('leg', { receiverMsp: MSP.otherBank }), asPayee),
      { mspId: MSP.otherBank },
    ],
  ],
  rules: [],
  writes: {
    ...put('proof', CREDIT_LEG.id, proofOf(CREDIT_ROW, 'ACKNOWLEDGED'), { in: [MSP.supplier] }),
    ...gone('ticket', ticketId, MSP.supplier),
  },
});

it('is said whatever the bank of the payee says, and however late', async () => {
  const attested = all(taken(MSP.otherBank, 'proof', CREDIT_LEG.id), taken(MSP.otherBank, 'outcome', BATCH_ID));
  expect(await codeOf(all(attested, on(SILENT_END))(scene))).toBe('taken');
});

it.each(['contractor', 'bank', 'otherBank'] as const)(
  'is refused to the %s: nobody says it for the payee',
  async (name) => {
    const caller = callerOf(name, ['checker']);
    expect(await codeOf(all(redrawnBy(caller.mspId), as(caller))(scene))).toBe('CALLER_NOT_ALLOWED');
  },
);

it('goes on when the payee was suspended: it takes on nothing new', async () => {
  expect(await codeOf(party('supplier', { status: 'SUSPENDED' })(scene))).toBe('taken');
});
