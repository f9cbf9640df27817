/** What is not written: everything that a schema or a reader would not take, each with its place and without its value. */
import { describe, expect, it } from '@jest/globals';
import {
  MESSAGE_ERRORS,
  MessageError,
  readCreditTransfer,
  writeCreditNotification,
  writeCreditTransfer,
  writePaymentOrder,
  writePaymentStatus,
  writeRecall,
  writeStatement,
  type CreditTransferInput,
  type PaymentOrderInput,
} from '../../../client/src/index.js';

const AGENT = { bic: 'DEMOCNBJXXX' };
const TRANSACTION: CreditTransferInput['transactions'][number] = {
  ...{ endToEndId: 'E2E-1', amount: { minor: '100', currency: 'USD' }, chargeBearer: 'SHAR' },
  ...{ debtor: { name: 'Ansteel' }, debtorAgent: AGENT, creditorAgent: AGENT, creditor: { name: 'Rio Tinto' } },
};
const TRANSFER: CreditTransferInput = {
  ...{ messageId: 'M-1', createdAt: '2027-03-23T10:11:00+08:00', settlementMethod: 'CLRG' },
  transactions: [TRANSACTION],
};
const BODY = '/Document/FIToFICstmrCdtTrf';
const HEADER = {
  from: { agent: AGENT },
  to: { agent: AGENT },
  businessMessageId: 'B-1',
  createdAt: TRANSFER.createdAt,
};

/** Code and place of the refusal. */
function refusalOf(write: () => unknown): [code: string, path: string | undefined] | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    return [error.code, error.data.path];
  }
}

/** A change of the one transaction, and the place at which it is refused. */
const TRANSACTIONS: readonly (readonly [what: string, change: object, path: string])[] = [
  ['a reference of 36 characters', { endToEndId: 'X'.repeat(36) }, 'PmtId/EndToEndId'],
  ['an empty text', { endToEndId: '' }, 'PmtId/EndToEndId'],
  ['a blank at the end', { endToEndId: 'E2E ' }, 'PmtId/EndToEndId'],
  ['a blank without width at the beginning', { endToEndId: '\ufeffE2E' }, 'PmtId/EndToEndId'],
  ['a line break', { debtor: { name: 'Ansteel\nGroup' } }, 'Dbtr/Nm'],
  ['a tab', { debtor: { name: 'Ansteel\tGroup' } }, 'Dbtr/Nm'],
  ['U+0000', { debtor: { name: 'Ansteel\u0000' } }, 'Dbtr/Nm'],
  ['half a character', { debtor: { name: 'Ansteel\ud83d' } }, 'Dbtr/Nm'],
  ['what is no character', { debtor: { name: 'A\uffffB' } }, 'Dbtr/Nm'],
  ['a name of 141 characters', { debtor: { name: '钢'.repeat(141) } }, 'Dbtr/Nm'],
  ['a number in the place of a text', { debtor: { name: 1 } }, 'Dbtr/Nm'],
  ['a party that says nothing', { debtor: {} }, 'Dbtr'],
  ['a text in the place of a party', { debtor: 'Ansteel' }, 'Dbtr'],
  ['nothing in the place of a party', { debtor: null }, 'Dbtr'],
  ['a bank that says nothing', { debtorAgent: {} }, 'DbtrAgt'],
  ['a UETR in capitals', { uetr: '3E7B91D4-6A2C-4F18-9B3D-5C8E7A1F2046' }, 'PmtId/UETR'],
  ['a UUID of another version', { uetr: '3e7b91d4-6a2c-1f18-9b3d-5c8e7a1f2046' }, 'PmtId/UETR'],
  ['an LEI with a slip of the pen', { debtor: { lei: 'DEMO00RIOTINTOIRON57' } }, 'Dbtr/Id/OrgId/LEI'],
  ['a BIC of 9 characters', { debtorAgent: { bic: 'DEMOCNBJX' } }, 'DbtrAgt/FinInstnId/BICFI'],
  [
    'an IBAN with a slip of the pen',
    { debtorAccount: { scheme: 'IBAN', id: 'DE89370400440532013001' } },
    'DbtrAcct/Id',
  ],
  ['an account of an unknown scheme', { debtorAccount: { scheme: 'BBAN', id: '1' } }, 'DbtrAcct/Id'],
  ['an account of 35 characters', { debtorAccount: { scheme: 'OTHER', id: '1'.repeat(35) } }, 'DbtrAcct/Id/Othr/Id'],
  ['an unknown currency', { amount: { minor: '1', currency: 'XXA' } }, 'IntrBkSttlmAmt/@Ccy'],
  ['an amount in major units', { amount: { minor: '1.00', currency: 'USD' } }, 'IntrBkSttlmAmt'],
  ['an amount with leading zeros', { amount: { minor: '01', currency: 'USD' } }, 'IntrBkSttlmAmt'],
  ['an amount of zero', { amount: { minor: '0', currency: 'USD' } }, 'IntrBkSttlmAmt'],
  ['an amount below zero', { amount: { minor: '-1', currency: 'USD' } }, 'IntrBkSttlmAmt'],
  ['an amount of 19 digits', { amount: { minor: '1'.repeat(19), currency: 'USD' } }, 'IntrBkSttlmAmt'],
  ['an amount as a number', { amount: { minor: 1, currency: 'USD' } }, 'IntrBkSttlmAmt'],
  ['no amount but a text', { amount: '1.00' }, 'IntrBkSttlmAmt/@Ccy'],
  ['nothing in a list', { remittance: [null] }, 'RmtInf/Ustrd'],
  ['a day that does not exist', { settlementDate: '2027-02-29' }, 'IntrBkSttlmDt'],
  ['a date with a time zone', { settlementDate: '2027-02-28Z' }, 'IntrBkSttlmDt'],
  ['a rate of 12 digits', { exchangeRate: '12.1234567891' }, 'XchgRate'],
  ['a rate with a sign', { exchangeRate: '-1' }, 'XchgRate'],
  ['an unknown code', { chargeBearer: 'OURS' }, 'ChrgBr'],
  ['both a code and one of its own', { purpose: { code: 'SALA', own: 'X' } }, 'Purp'],
  ['neither a code nor one of its own', { purpose: {} }, 'Purp'],
  ['a text in the place of a list', { remittance: 'Invoice 1' }, 'RmtInf/Ustrd'],
];

describe('A message', () => {
  it.each(TRANSACTIONS)('with %s is not written', (_what, change, path) => {
    const input = { ...TRANSFER, transactions: [TRANSACTION, { ...TRANSACTION, ...change }] } as CreditTransferInput;
    const code = /says nothing$/.test(_what) ? 'MESSAGE_FIELD_MISSING' : 'MESSAGE_FIELD_INVALID';
    expect(refusalOf(() => writeCreditTransfer(input))).toEqual([code, `${BODY}/CdtTrfTxInf[2]/${path}`]);
  });

  it.each([
    ['without its id', { ...TRANSFER, messageId: undefined }, 'MISSING', '/GrpHdr/MsgId'],
    ['without a payment', { ...TRANSFER, transactions: [] }, 'MISSING', '/CdtTrfTxInf'],
    ['with a field that it does not have', { ...TRANSFER, memo: 'x' }, 'UNKNOWN', ''],
    ['with a field of the prototype', { ...TRANSFER, constructor: 'x' }, 'UNKNOWN', ''],
    ['with a field that is computed', { ...TRANSFER, count: 2 }, 'UNKNOWN', ''],
    ['with a date in the place of a time', { ...TRANSFER, createdAt: '2027-03-23' }, 'INVALID', '/GrpHdr/CreDtTm'],
  ])('%s is not written', (_what, input, code, path) => {
    expect(refusalOf(() => writeCreditTransfer(input as CreditTransferInput))).toEqual([
      `MESSAGE_FIELD_${code}`,
      `${BODY}${path}`,
    ]);
  });

  it('with a header that says nothing of its receiver is not written', () => {
    expect(refusalOf(() => writeCreditTransfer(TRANSFER, { ...HEADER, to: { agent: {} } }))).toEqual([
      ...['MESSAGE_FIELD_MISSING', '/AppHdr/To/FIId'],
    ]);
  });

  it('of more than 1 MB is not written, because no reader takes it', () => {
    const most = Array.from({ length: 3000 }, () => TRANSACTION);
    expect(refusalOf(() => writeCreditTransfer({ ...TRANSFER, transactions: most }))).toEqual([
      ...['MESSAGE_TOO_LARGE', undefined],
    ]);
    const less = writeCreditTransfer({ ...TRANSFER, transactions: most.slice(0, 2000) });
    expect(readCreditTransfer(less).transactions).toHaveLength(2000);
  });

  it('whose amounts add up to more digits than a sum may have is not written', () => {
    const amount = { minor: '9'.repeat(18), currency: 'USD' };
    const creditorAccount = { scheme: 'OTHER', id: '1' } as const;
    const { debtor, debtorAgent, creditor, endToEndId } = TRANSACTION;
    const payment: PaymentOrderInput['payments'][number] = {
      ...{ paymentId: 'P-1', method: 'TRF', executionDate: '2027-03-23', debtor, debtorAgent },
      debtorAccount: creditorAccount,
      transactions: [0, 1].map(() => ({ endToEndId, amount, creditor, creditorAccount })),
    };
    const order = { messageId: 'M-1', createdAt: TRANSFER.createdAt, initiator: debtor, payments: [payment] };
    expect(refusalOf(() => writePaymentOrder(order))).toEqual([
      ...['MESSAGE_FIELD_INVALID', '/Document/CstmrCdtTrfInitn/PmtInf/CtrlSum'],
    ]);
  });

  it('is refused with what to do, and without the value', () => {
    const bad = { ...TRANSFER, transactions: [{ ...TRANSACTION, amount: { minor: '34.50', currency: 'USD' } }] };
    expect(() => writeCreditTransfer(bad)).toThrow(
      `MESSAGE_FIELD_INVALID at ${BODY}/CdtTrfTxInf/IntrBkSttlmAmt: ${MESSAGE_ERRORS.MESSAGE_FIELD_INVALID} Expected: minor units`,
    );
    expect(() => writeCreditTransfer(bad)).not.toThrow(/34/);
  });

  it.each([
    [
      'a balance may be zero, and an entry may not',
      () =>
        writeStatement({
          ...{ messageId: 'M-1', createdAt: TRANSFER.createdAt },
          statements: [
            {
              ...{ statementId: 'S-1', account: { scheme: 'OTHER', id: '1' }, number: 1 },
              balances: [
                { balance: 'CLBD', amount: { minor: '0', currency: 'JPY' }, creditDebit: 'CRDT', date: '2027-03-23' },
              ],
              entries: [
                {
                  ...{ amount: { minor: '0', currency: 'JPY' }, creditDebit: 'CRDT', status: 'BOOK' },
                  transactionCode: { own: { code: 'X' } },
                },
              ],
            },
          ],
        }),
      ['MESSAGE_FIELD_INVALID', '/Document/BkToCstmrStmt/Stmt/Ntry/Amt'],
    ],
    [
      'a page has a whole number',
      () =>
        writeCreditNotification({
          ...{ messageId: 'M-1', createdAt: TRANSFER.createdAt, page: { number: 1.5, last: true }, accounts: [] },
        }),
      ['MESSAGE_FIELD_INVALID', '/Document/BkToCstmrDbtCdtNtfctn/GrpHdr/MsgPgntn/PgNb'],
    ],
    [
      'yes and no are not words',
      () =>
        writeCreditNotification({
          ...{ messageId: 'M-1', createdAt: TRANSFER.createdAt, accounts: [] },
          page: { number: 1, last: 'yes' as never },
        }),
      ['MESSAGE_FIELD_INVALID', '/Document/BkToCstmrDbtCdtNtfctn/GrpHdr/MsgPgntn/LastPgInd'],
    ],
    [
      'a status has at most four letters',
      () =>
        writePaymentStatus({
          ...{ messageId: 'M-1', createdAt: TRANSFER.createdAt, transactions: [{ status: 'ACCEPTED' }] },
        }),
      ['MESSAGE_FIELD_INVALID', '/Document/FIToFIPmtStsRpt/TxInfAndSts/TxSts'],
    ],
    [
      'who asks is a company or a bank, and not both',
      () =>
        writeRecall({
          ...{ messageId: 'M-1', createdAt: TRANSFER.createdAt, groups: [], assignee: { agent: AGENT } },
          assigner: { agent: AGENT, party: { name: 'X' } } as never,
        }),
      ['MESSAGE_FIELD_INVALID', '/Document/FIToFIPmtCxlReq/Assgnmt/Assgnr'],
    ],
  ])('%s', (_what, write, refusal) => {
    expect(refusalOf(write)).toEqual(refusal);
  });
});
