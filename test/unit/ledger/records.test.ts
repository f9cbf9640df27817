/** Every kind of record by hand: who vouches for it, who reads it, who has to sign the next write, and whether it can be taken back. */
import { describe, expect, it } from '@jest/globals';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import type { RecordKind } from '../../../chaincode/src/ledger/recordKind.js';
import { BOOK_RECORDS, type BookKind } from '../../../chaincode/src/protocol/records/index.js';
import { RECORDS } from '../../../chaincode/src/records/index.js';
import { AT_ONCE } from '../../commands/support/atOnceFacts.js';
import {
  ACCEPTANCE,
  ACKNOWLEDGEMENT,
  ATTESTATION,
  changed,
  CLAIM,
  CONFIRMATION,
  CONSOLIDATION,
  CREDIT,
  CREDIT_SECRET,
  CONTENT,
  FACE,
  FINANCED,
  FINANCING_REQUEST,
  FOREIGN_PRESENTMENT,
  HASH,
  idOf,
  LIMIT_SECRET,
  LINE,
  MANDATE,
  MSP,
  OFFERED,
  OFFERED_SLICE,
  opened,
  PAPER,
  PAYMENT,
  presented,
  PRESENTMENT,
  QUOTE,
  RECEIPT,
  REGISTRATION,
  REJECTION,
  REMITTANCE,
  RESERVATION,
  RETURN,
  SELLER_LIMIT,
  SLICE,
  statusOf,
  TERMS,
  TODAY,
  TRANSFER_LOCK,
} from '../../commands/support/facts.js';

const { bank: B, issuer: I, supplier: S, contractor: C, otherBank: O } = MSP;
const [certificateId, sliceId] = [TERMS.id, SLICE.id];
const salt = HASH;
const hosted = changed(SLICE, { state: 'OFFERED', lock: { ...TRANSFER_LOCK, counterpartyMsp: B } });
const spent = changed(SLICE, { state: 'SPENT', children: [idOf('bank', 'supplier', 'slice', 2)] });
const inState = (state: 'ACKNOWLEDGED' | 'PAID' | 'RETURNED'): Opened<'slice'> =>
  changed(presented(FOREIGN_PRESENTMENT), { state });

type Row = readonly [
  what: string,
  record: Opened<BookKind>,
  registers: string[],
  copies: string[],
  policy: object | undefined,
  restorable: boolean,
];
const both = { all: [B, I] };
const [delivery, money] = [idOf('bank', 'supplier', 'delivery'), idOf('otherBank', 'contractor', 'money')];
const batch = { batchId: HASH, legIds: [delivery, money] };
const deliveryLeg = opened('leg', {
  ...{ schema: 'tenor.leg/1', id: delivery, ...batch, what: 'SLICE', sender: CONTENT.payee, senderMsp: S },
  ...{ receiver: CONTENT.issuer, receiverMsp: C, currency: 'USD', amount: '1', expiresOn: TODAY, instructedOn: TODAY },
  ...{ sliceId, salt },
});
const moneyLeg = opened('leg', {
  ...{ schema: 'tenor.leg/1', id: money, ...batch, what: 'CREDIT', sender: CONTENT.issuer, senderMsp: C },
  ...{ receiver: CONTENT.payee, receiverMsp: S, currency: 'USD', amount: '1', expiresOn: TODAY, instructedOn: TODAY },
  cash: {
    ...{ payerBank: CONTENT.bank, payerBankMsp: B, payeeBank: CONTENT.bank, payeeBankMsp: O },
    account: { scheme: 'OTHER', id: 'AU06300012345678' },
  },
  salt,
});
const rowsOfBatch = [
  { id: delivery, batchId: HASH, legHash: HASH, what: 'SLICE' as const, receiverMsp: C, expiresOn: TODAY },
  {
    ...{ id: money, batchId: HASH, legHash: HASH, what: 'CREDIT' as const, receiverMsp: S, expiresOn: TODAY },
    ...{ payerBankMsp: B, payeeBankMsp: O },
  },
] as const;
const proofOf = (what: 'CREDITED' | 'ACKNOWLEDGED'): Opened<'proof'> =>
  opened('proof', { schema: 'tenor.proof/1', id: money, batchId: HASH, legHash: HASH, what });
const lock = { kind: 'SETTLEMENT', id: delivery, counterpartyMsp: C } as const;
const pledge = { id: delivery, counterparty: CONTENT.bank, counterpartyMsp: O as string, expiresOn: TODAY };
const PLEDGE_LOCK = { kind: 'PLEDGE' as const, ...pledge };
const ROWS: readonly Row[] = [
  ['a founding', opened('founding', { schema: 'tenor.founding/1', founders: [B, I] }), [C], [], undefined, false],
  ['a place', opened('intake', { schema: 'tenor.intake/1', date: TODAY }), [C], [], undefined, false],
  [
    'a ticket',
    opened('ticket', {
      ...{ schema: 'tenor.ticket/1', id: idOf('bank', 'bank', 'ticket'), party: CONTENT.bank, command: 'line:open' },
      ...{ payload: '{}', maker: HASH, expiresOn: TODAY, salt },
    }),
    [B],
    [],
    undefined,
    false,
  ],
  ['a line', LINE, [B], [I], undefined, true],
  ['a claim that is not confirmed', RESERVATION, [B], [I, S], undefined, true],
  ['a claim', CLAIM, [B], [I], undefined, true],
  ['the mark of a file', PAPER, [B], [], undefined, true],
  [
    'a draft',
    opened('draft', { schema: 'tenor.draft/1', id: certificateId, maker: HASH, content: CONTENT, salt }),
    [I],
    [],
    undefined,
    false,
  ],
  ['terms', TERMS, [B, I], [], both, true],
  ['a face', FACE, [B, I], [], both, true],
  ['a confirmation', CONFIRMATION, [B, I], [], both, true],
  ['a rejection', REJECTION, [B], [], undefined, true],
  ['a rejection that was unwound', changed(REJECTION, { outcome: 'UNWOUND' }), [B], [], both, true],
  ['an offered certificate', OFFERED, [B], [S], undefined, true],
  ['a declined certificate', statusOf('DECLINED'), [B], [S], undefined, true],
  ['a certificate that lives', statusOf('ACTIVE'), [B], [S], { all: [B], any: [S, I] }, true],
  [
    "a certificate that lives, its payee in the bank's organisation",
    changed(statusOf('ACTIVE'), { payeeMsp: B }),
    [B],
    [B],
    both,
    true,
  ],
  ['a settled certificate', statusOf('SETTLED'), [B], [I], both, true],
  ['an unwound certificate', statusOf('UNWOUND'), [B], [I], both, true],
  ['a slice at rest', SLICE, [B], [S], { all: [B, S] }, true],
  ['a slice on offer', OFFERED_SLICE, [B], [S, C], { all: [B], any: [S, C] }, true],
  ['a slice on offer to a party that lives with the bank', hosted, [B], [S, B], { all: [B, S] }, true],
  ['a slice presented at the bank', presented(PRESENTMENT), [B], [S], { all: [B, S] }, true],
  ['a slice presented at another bank', presented(FOREIGN_PRESENTMENT), [B], [S], { all: [B], any: [S, O] }, true],
  ['an acknowledged slice', inState('ACKNOWLEDGED'), [B], [S], { all: [B] }, true],
  ['a paid slice', inState('PAID'), [B], [S], { all: [B] }, true],
  ['a slice of which the payment came back', inState('RETURNED'), [B], [S], { all: [B] }, true],
  ['a slice that was split', spent, [B], [S], { all: [B, S] }, true],
  ['what became of slices', CONSOLIDATION, [B], [S], { all: [B, S] }, true],
  ['a mandate', changed(MANDATE, { payeeBank: CONTENT.bank, payeeBankMsp: O }), [S], [B], undefined, true],
  ['a request for financing', FINANCING_REQUEST, [S], [O], undefined, true],
  ['a quote', QUOTE, [O], [S], undefined, true],
  ['the acceptance of a quote', ACCEPTANCE, [S], [O], undefined, true],
  ['one that is settled at once', AT_ONCE, [S], [B], undefined, true],
  ['the registration of a financing', REGISTRATION, [O], [], undefined, true],
  ["a funder's limit", SELLER_LIMIT, [O], [], undefined, true],
  ["the secret of a funder's limits", LIMIT_SECRET, [O], [], undefined, true],
  ['what is counted on limits', FINANCED, [O], [], undefined, true],
  [
    'a slice allocated for what another bank proves',
    changed(SLICE, { state: 'ALLOCATED', lock: { ...lock, proverMsp: O } }),
    [B],
    [S],
    { all: [B], any: [S, [C, O]] },
    true,
  ],
  [
    'a slice allocated for what its own bank proves',
    changed(SLICE, { state: 'ALLOCATED', lock }),
    [B],
    [S],
    { all: [B, S] },
    true,
  ],
  [
    'a pledged slice',
    changed(SLICE, { state: 'PLEDGED', lock: PLEDGE_LOCK }),
    [B],
    [S, O],
    { all: [B], any: [S, O] },
    true,
  ],
  [
    'a slice pledged to the bank that keeps it',
    changed(SLICE, { state: 'PLEDGED', lock: { ...PLEDGE_LOCK, counterpartyMsp: B } }),
    [B],
    [S, B],
    { all: [B, S] },
    true,
  ],
  [
    'a pledged slice allocated to go back to its holder',
    changed(SLICE, { state: 'ALLOCATED', lock: { ...lock, counterpartyMsp: S, pledge } }),
    [B],
    [S],
    { all: [B], any: [S, O] },
    true,
  ],
  ['a leg that moves a slice', deliveryLeg, [B], [S, C], { all: [B, S] }, true],
  ['a leg that moves money', moneyLeg, [O], [C, S, B, O], { all: [O, C] }, true],
  ['the mark of a leg', opened('cover', { schema: 'tenor.cover/1', ...rowsOfBatch[1] }), [O], [], undefined, false],
  ["a bank's word on the money of a leg", proofOf('CREDITED'), [O], [], undefined, false],
  ["a payee's word on the money of a leg", proofOf('ACKNOWLEDGED'), [C], [], undefined, false],
  [
    "an organisation's word on a batch",
    opened('approval', { schema: 'tenor.approval/1', id: HASH, mspId: C, state: 'APPROVED', legs: [] }),
    [C],
    [],
    undefined,
    false,
  ],
  [
    'the outcome of a batch',
    opened('outcome', { schema: 'tenor.outcome/1', id: HASH, state: 'AGREED', sheet: [...rowsOfBatch], salt }),
    [B, O],
    [B, C, O, S],
    { all: [B, O] },
    true,
  ],
  ['a presentment', FOREIGN_PRESENTMENT, [S], [B, O], { all: [B, S] }, true],
  ['a payment', PAYMENT, [B], [], undefined, true],
  ['the mark of a payment on its way', REMITTANCE, [B], [], undefined, true],
  ['the mark of a payment that came in', changed(RECEIPT, { payeeBankMsp: O }), [B], [O], { all: [B, O] }, true],
  ['a mark of an entry', CREDIT, [O], [], { all: [B, O] }, true],
  ['the secret of a book', CREDIT_SECRET, [O], [], undefined, true],
  ['an attestation', changed(ATTESTATION, { payeeBankMsp: O }), [O], [B], { all: [B, O] }, true],
  ['a payment that came back', RETURN, [O], [B, S], undefined, true],
  ['an acknowledgement', ACKNOWLEDGEMENT, [S], [B], { all: [B, S] }, true],
  [
    'totals',
    opened('totals', { schema: 'tenor.totals/1', id: certificateId, currency: 'USD', paid: '1', salt }),
    [I],
    [B],
    both,
    true,
  ],
  [
    'the mark of a slice that was counted',
    opened('redeemed', { schema: 'tenor.redeemed/1', id: sliceId, certificateId, currency: 'USD', amount: '1', salt }),
    [I],
    [B],
    both,
    true,
  ],
];

describe('records', () => {
  it.each(ROWS)('%s', (_what, { kind, record }, registers, copies, policy, restorable) => {
    const of = RECORDS[kind] as unknown as RecordKind<BookKind>;
    expect([
      of.registers(record as never, C),
      of.copies(record as never),
      of.policy(record as never),
      of.restorable,
    ]).toEqual([...[registers, copies, policy, restorable]]);
  });

  it('are of every kind, certificates and slices in every state', () => {
    expect([...new Set(ROWS.map(([, { kind }]) => kind))].sort()).toEqual(Object.keys(BOOK_RECORDS).sort());
    const statesOf = (kind: 'slice' | 'status'): unknown[] =>
      [
        ...new Set(ROWS.flatMap(([, each]) => (each.kind === kind ? [(each.record as { state: string }).state] : []))),
      ].sort();
    expect(statesOf('slice')).toEqual([...BOOK_RECORDS.slice.shape.state.options].sort());
    expect(statesOf('status')).toEqual([...BOOK_RECORDS.status.shape.state.options].sort());
  });

  it('ask in every policy for the owner of the book', () => {
    for (const [what, , registers, , policy] of ROWS) {
      const { all } = (policy ?? { all: registers }) as { readonly all: readonly string[] };
      expect([what, registers.every((mspId) => all.includes(mspId))]).toEqual([what, true]);
    }
  });
});
