/** Bookings on an account, which notifications (camt.054) and statements (camt.053) tell in the same words. */
import { any, choice, group, one, optional } from './form.js';
import { account, agent, codeOrOwn, party, partyOrAgent, reason, remittance } from './parties.js';
import { count, currency, dateOfEither, money, oneOf, text, uetr, yesOrNo } from './values.js';

/** Which way the money went, seen from the account's owner. */
export const creditDebit = oneOf(['CRDT', 'DBIT']);

/** Where a part stands among the pages of a whole. */
export const page = group({ number: one('PgNb', count(5)), last: one('LastPgInd', yesOrNo) });

/** The account that is told of. */
export const accountTold = {
  account: one('Acct', account),
  currency: optional('Acct/Ccy', currency),
  owner: optional('Acct/Ownr', party),
  /** The bank that keeps it. */
  servicer: optional('Acct/Svcr', agent),
};

/** What kind of booking it is: ISO 20022's code in three steps, for example PMNT, RCDT, XBCT; or one of the bank's own. */
const transactionCode = choice({
  iso: optional(
    'Domn',
    group({ domain: one('Cd', text(4)), family: one('Fmly/Cd', text(4)), subFamily: one('Fmly/SubFmlyCd', text(4)) }),
  ),
  own: optional('Prtry', group({ code: one('Cd', text(35)), issuer: optional('Issr', text(35)) })),
});

/** One payment inside a booking. */
const detail = group({
  servicerReference: optional('Refs/AcctSvcrRef', text(35)),
  instructionId: optional('Refs/InstrId', text(35)),
  endToEndId: optional('Refs/EndToEndId', text(35)),
  uetr: optional('Refs/UETR', uetr),
  transactionId: optional('Refs/TxId', text(35)),
  amount: optional('Amt', money),
  creditDebit: optional('CdtDbtInd', creditDebit),
  debtor: optional('RltdPties/Dbtr', partyOrAgent),
  debtorAccount: optional('RltdPties/DbtrAcct', account),
  creditor: optional('RltdPties/Cdtr', partyOrAgent),
  creditorAccount: optional('RltdPties/CdtrAcct', account),
  debtorAgent: optional('RltdAgts/DbtrAgt', agent),
  creditorAgent: optional('RltdAgts/CdtrAgt', agent),
  purpose: optional('Purp', codeOrOwn),
  remittance,
  /** Where it brings back a payment that the account's owner had made: why. */
  returned: optional('RtrInf', reason),
});

/** One booking. */
export const entry = group({
  reference: optional('NtryRef', text(35)),
  amount: one('Amt', money),
  creditDebit: one('CdtDbtInd', creditDebit),
  /** True when it takes an earlier booking back. */
  reversal: optional('RvslInd', yesOrNo),
  /** `BOOK` when it is booked; `PDNG` and others are not final. */
  status: one('Sts/Cd', text(4)),
  bookingDate: optional('BookgDt', dateOfEither),
  valueDate: optional('ValDt', dateOfEither),
  servicerReference: optional('AcctSvcrRef', text(35)),
  transactionCode: one('BkTxCd', transactionCode),
  details: any('NtryDtls/TxDtls', detail),
});
