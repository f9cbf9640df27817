/** Every message that is written: its schema, its writer, its reader where it has one here, and what it may be given. */
import fc, { type Arbitrary } from 'fast-check';
import * as client from '../../../client/src/messages/index.js';
import type { BusinessHeaderInput } from '../../../client/src/messages/index.js';
import { maybe, text, Values, type Extent } from './values.js';

/** A message under test. */
export interface MessageCase {
  readonly schema: string;
  readonly write: (input: never, header?: BusinessHeaderInput) => string;
  /** Reads what the writer was given. The others are read by the readers of `documents`. */
  readonly read?: (xml: string | Uint8Array) => { readonly type: string; readonly definition: string };
  readonly inputs: (extent: Extent) => Arbitrary<object>;
}

const ids = (v: Values): object => ({ messageId: v.id, createdAt: v.instant });
const agents = (v: Values): object => ({ instructingAgent: maybe(v.agent), instructedAgent: maybe(v.agent) });
const transferHeader = (v: Values): object => ({
  ...ids(v),
  settlementDate: maybe(v.date),
  settlementMethod: fc.constantFrom('INDA', 'INGA', 'COVE', 'CLRG'),
  settlementAccount: maybe(v.account),
  clearingSystem: maybe(fc.oneof(fc.record({ code: fc.constant('CIP') }), fc.record({ own: v.id }))),
  ...agents(v),
});
const paymentIds = (v: Values): object => ({
  ...{ instructionId: maybe(v.id), endToEndId: v.id, transactionId: maybe(v.id), uetr: maybe(v.uetr) },
  clearingReference: maybe(v.id),
});
const customers = (v: Values): object => ({
  ...{ ultimateDebtor: maybe(v.party), debtor: v.party, debtorAccount: maybe(v.account), debtorAgent: v.agent },
  ...{ creditorAgent: v.agent, creditor: v.party, creditorAccount: maybe(v.account), ultimateCreditor: maybe(v.party) },
});
const original = (v: Values): object => ({
  ...{ messageId: v.id, definition: fc.constantFrom('pacs.008.001.08', 'MT103') },
  createdAt: maybe(v.instant),
});
const originalIds = (v: Values): object => ({
  ...{ original: maybe(v.record(original(v) as never)), instructionId: maybe(v.id), endToEndId: v.id },
  ...{ transactionId: maybe(v.id), uetr: maybe(v.uetr) },
});

const creditTransfer = (v: Values): Arbitrary<object> =>
  v.record({
    ...transferHeader(v),
    transactions: v.list(
      v.record({
        ...paymentIds(v),
        ...{ amount: v.money, settlementDate: maybe(v.date), instructedAmount: maybe(v.money) },
        exchangeRate: maybe(fc.constantFrom('1', '7.1234567891')),
        chargeBearer: v.chargeBearer,
        ...agents(v),
        ...customers(v),
        ...{ purpose: maybe(v.codeOrOwn), remittance: v.remittance },
      }),
      1,
    ),
  });

const bankTransfer = (v: Values): Arbitrary<object> =>
  v.record({
    ...transferHeader(v),
    transactions: v.list(
      v.record({
        ...paymentIds(v),
        ...{ amount: v.money, settlementDate: maybe(v.date) },
        ...agents(v),
        ...{ debtor: v.agent, debtorAccount: maybe(v.account), debtorAgent: maybe(v.agent) },
        ...{ creditorAgent: maybe(v.agent), creditor: v.agent, creditorAccount: maybe(v.account) },
        ...{ purpose: maybe(v.codeOrOwn), remittance: v.remittance },
        underlying: maybe(v.record({ ...customers(v), remittance: v.remittance, instructedAmount: maybe(v.money) })),
      }),
      1,
    ),
  });

const paymentStatus = (v: Values): Arbitrary<object> =>
  v.record({
    ...ids(v),
    ...agents(v),
    groups: maybe(v.list(v.record({ ...original(v), status: maybe(v.status), reasons: v.reasons }))),
    transactions: v.list(
      v.record({
        ...{ statusId: maybe(v.id), ...originalIds(v), status: v.status, reasons: v.reasons },
        ...{ acceptedAt: maybe(v.instant), effectiveDate: maybe(v.date), servicerReference: maybe(v.id) },
        ...{ clearingReference: maybe(v.id), ...agents(v), amount: maybe(v.money), settlementDate: maybe(v.date) },
        creditorAccount: maybe(v.account),
      }),
    ),
  });

const paymentReturn = (v: Values): Arbitrary<object> =>
  v.record({
    ...transferHeader(v),
    transactions: v.list(
      v.record({
        ...{ returnId: maybe(v.id), ...originalIds(v), originalAmount: maybe(v.money) },
        ...{ originalSettlementDate: maybe(v.date), amount: v.money, settlementDate: maybe(v.date) },
        ...{ chargeBearer: maybe(v.chargeBearer), ...agents(v), reasons: v.reasons },
      }),
      1,
    ),
  });

const entries = (v: Values): Arbitrary<unknown> =>
  v.list(
    v.record({
      ...{ reference: maybe(v.id), amount: v.money, creditDebit: v.creditDebit, reversal: maybe(v.boolean) },
      ...{ status: fc.constantFrom('BOOK', 'PDNG'), bookingDate: maybe(v.date), valueDate: maybe(v.date) },
      servicerReference: maybe(v.id),
      transactionCode: fc.oneof(
        fc.constant({ iso: { domain: 'PMNT', family: 'RCDT', subFamily: 'XBCT' } }),
        v.record({ own: v.record({ code: v.id, issuer: maybe(v.id) }) }),
      ),
      details: maybe(
        v.list(
          v.record({
            ...{ servicerReference: maybe(v.id), instructionId: maybe(v.id), endToEndId: v.id, uetr: maybe(v.uetr) },
            ...{ transactionId: maybe(v.id), amount: maybe(v.money), creditDebit: maybe(v.creditDebit) },
            ...{ debtor: maybe(v.partyOrAgent), debtorAccount: maybe(v.account), creditor: maybe(v.partyOrAgent) },
            ...{ creditorAccount: maybe(v.account), debtorAgent: maybe(v.agent), creditorAgent: maybe(v.agent) },
            ...{ purpose: maybe(v.codeOrOwn), remittance: v.remittance },
            returned: maybe(v.record({ reason: v.codeOrOwn, information: maybe(v.list(text(105))) })),
          }),
        ),
      ),
    }),
  );

const accountTold = (v: Values): object => ({
  ...{ account: v.account, currency: maybe(fc.constant('USD')), owner: maybe(v.party), servicer: maybe(v.agent) },
});

const creditNotification = (v: Values): Arbitrary<object> =>
  v.record({
    ...ids(v),
    page: maybe(v.page),
    accounts: v.list(
      v.record({
        ...{ notificationId: v.id, page: maybe(v.page), createdAt: maybe(v.instant), ...accountTold(v) },
        entries: maybe(entries(v)),
      }),
      1,
    ),
  });

const statement = (v: Values): Arbitrary<object> =>
  v.record({
    ...ids(v),
    page: maybe(v.page),
    statements: v.list(
      v.record({
        ...{ statementId: v.id, page: maybe(v.page), number: maybe(fc.nat()), createdAt: maybe(v.instant) },
        ...{ period: maybe(v.record({ from: v.instant, to: v.instant })), ...accountTold(v) },
        balances: v.list(
          v.record({
            ...{ balance: fc.constantFrom('OPBD', 'CLBD'), amount: v.money, creditDebit: v.creditDebit, date: v.date },
          }),
          1,
        ),
        entries: maybe(entries(v)),
      }),
      1,
    ),
  });

const customerTransaction = (v: Values): object => ({
  ...{ instructionId: maybe(v.id), endToEndId: v.id, uetr: maybe(v.uetr), amount: v.money },
  ...{ chargeBearer: v.chargeBearer, ultimateDebtor: maybe(v.party), creditorAgent: v.agent, creditor: v.party },
  ...{ creditorAccount: v.account, ultimateCreditor: maybe(v.party), purpose: maybe(v.codeOrOwn) },
  remittance: v.remittance,
});
const customerPayment = (v: Values): object => ({
  ...{
    paymentId: v.id,
    method: fc.constantFrom('TRF', 'CHK'),
    executionDate: v.date,
    debtor: v.party,
    debtorAccount: v.account,
  },
  ...{ debtorAgent: v.agent, ultimateDebtor: maybe(v.party), chargeBearer: maybe(v.chargeBearer) },
  transactions: v.list(v.record(customerTransaction(v) as never), 1),
});

const paymentOrder = (v: Values): Arbitrary<object> =>
  v.record({ ...ids(v), initiator: v.party, payments: v.list(v.record(customerPayment(v) as never), 1) });

const paymentRequest = (v: Values): Arbitrary<object> =>
  v.record({
    ...{ ...ids(v), initiator: v.party },
    payments: v.list(v.record({ ...customerPayment(v), expiryDate: maybe(v.date) }), 1),
  });

const statusOfOrder = (v: Values): Arbitrary<object> =>
  v.record({
    ...{ ...ids(v), initiator: v.party, debtorAgent: maybe(v.agent), creditorAgent: maybe(v.agent) },
    original: v.record({ ...original(v), status: maybe(v.status), reasons: v.reasons }),
    payments: v.list(
      v.record({
        ...{ paymentId: v.id, status: maybe(v.status), reasons: v.reasons },
        transactions: v.list(
          v.record({
            ...{ statusId: maybe(v.id), instructionId: maybe(v.id), endToEndId: v.id, uetr: maybe(v.uetr) },
            ...{ status: v.status, reasons: v.reasons, acceptedAt: maybe(v.instant), servicerReference: maybe(v.id) },
            clearingReference: maybe(v.id),
          }),
        ),
      }),
    ),
  });

const assignment = (v: Values): object => ({
  ...{ ...ids(v), assigner: v.partyOrAgent, assignee: v.partyOrAgent },
  case: maybe(v.record({ id: v.id, creator: v.partyOrAgent })),
});
const investigated = (v: Values): object => ({
  ...{
    case: maybe(v.record({ id: v.id, creator: v.partyOrAgent })),
    ...originalIds(v),
    clearingReference: maybe(v.id),
  },
  ...{ amount: maybe(v.money), settlementDate: maybe(v.date), reasons: v.reasons },
});

const recall = (v: Values): Arbitrary<object> =>
  v.record({
    ...assignment(v),
    groups: v.list(
      v.record({
        original: maybe(
          v.record({ ...original(v), recallId: maybe(v.id), isWhole: maybe(v.boolean), reasons: v.reasons }),
        ),
        transactions: v.list(v.record({ recallId: maybe(v.id), ...investigated(v) }), 1),
      }),
      1,
    ),
  });

const recallAnswer = (v: Values): Arbitrary<object> =>
  v.record({
    ...{ ...assignment(v), status: fc.constantFrom('CNCL', 'RJCR', 'PDCR') },
    groups: v.list(
      v.record({
        original: maybe(
          v.record({ ...original(v), status: maybe(fc.constantFrom('ACCR', 'PACR')), reasons: v.reasons }),
        ),
        transactions: v.list(
          v.record({ statusId: maybe(v.id), ...investigated(v), status: maybe(fc.constantFrom('ACCR', 'RJCR')) }),
          1,
        ),
      }),
    ),
  });

const of =
  (inputs: (values: Values) => Arbitrary<object>): MessageCase['inputs'] =>
  (extent) =>
    inputs(new Values(extent));

/** The messages. */
export const MESSAGES: readonly MessageCase[] = [
  {
    schema: 'pacs.008.001.08',
    write: client.writeCreditTransfer,
    read: client.readCreditTransfer,
    inputs: of(creditTransfer),
  },
  {
    schema: 'pacs.009.001.08',
    write: client.writeBankTransfer,
    read: client.readBankTransfer,
    inputs: of(bankTransfer),
  },
  { schema: 'pacs.002.001.10', write: client.writePaymentStatus, inputs: of(paymentStatus) },
  { schema: 'pacs.004.001.09', write: client.writePaymentReturn, inputs: of(paymentReturn) },
  { schema: 'camt.054.001.08', write: client.writeCreditNotification, inputs: of(creditNotification) },
  { schema: 'camt.053.001.08', write: client.writeStatement, inputs: of(statement) },
  {
    schema: 'pain.001.001.09',
    write: client.writePaymentOrder,
    read: client.readPaymentOrder,
    inputs: of(paymentOrder),
  },
  {
    schema: 'pain.002.001.10',
    write: client.writePaymentOrderStatus,
    read: client.readPaymentOrderStatus,
    inputs: of(statusOfOrder),
  },
  {
    schema: 'pain.013.001.07',
    write: client.writePaymentRequest,
    read: client.readPaymentRequest,
    inputs: of(paymentRequest),
  },
  {
    schema: 'pain.014.001.07',
    write: client.writePaymentRequestStatus,
    read: client.readPaymentRequestStatus,
    inputs: of(statusOfOrder),
  },
  { schema: 'camt.056.001.08', write: client.writeRecall, read: client.readRecall, inputs: of(recall) },
  {
    schema: 'camt.029.001.09',
    write: client.writeRecallAnswer,
    read: client.readRecallAnswer,
    inputs: of(recallAnswer),
  },
];

/** A business header by chance. */
export const headers = (extent: Extent): Arbitrary<BusinessHeaderInput> => {
  const v = new Values(extent);
  return v.record({
    ...{
      from: v.partyOrAgent,
      to: v.partyOrAgent,
      businessMessageId: v.id,
      createdAt: fc.constant('2027-03-23T02:11:00Z'),
    },
    ...{
      service: maybe(v.id),
      copy: maybe(fc.constantFrom('CODU', 'COPY', 'DUPL')),
      possibleDuplicate: maybe(v.boolean),
    },
  });
};
