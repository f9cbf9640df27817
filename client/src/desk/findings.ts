/** What the comparison of a book with statements finds, and what to do about it. */

/** What was found, and what to do. Codes are append-only. */
export const FINDINGS = {
  MATCHED: 'Book and statement tell the same.',
  MATCHED_BY_AMOUNT:
    'The book names no payment, and one credit has the account, the currency and the amount that were presented: look whether it is this one.',
  CREDIT_MISSING:
    'The book has a credit that no statement of the account shows. Ask the bank of the account for the entry before anything relies on it.',
  CREDIT_PENDING:
    'The statement has the credit only as pending, and the book counts on it. Wait for the statement that books it, and ask the bank if none comes.',
  DEBIT_MISSING:
    'The book has a payment as credited to the payee, and no statement shows that it left. Ask for the entry, and correct the report with payment:report if the payment was never made.',
  ENTRY_UNREADABLE: 'The entry that names this payment cannot be read. Ask the bank for a corrected statement.',
  CREDIT_NOT_ATTESTED:
    'A credit pays an open presentment, and nobody attested it. Look at the entry and attest it with payment:attest if it is that payment.',
  CREDIT_NOT_ACKNOWLEDGED:
    'A credit pays an open presentment, and the book knows of no payment. Look at the entry, and acknowledge it with presentment:acknowledge if it is that payment.',
  CREDIT_OF_WITHDRAWN:
    "A credit names a presentment that was withdrawn. Ask the payer's bank what it paid, and have the money sent back if nothing is owed.",
  CREDIT_REPEATED:
    'The payment is credited more than once. Ask the bank which entry counts, and have the other one taken back.',
  CREDIT_TAKEN_BACK:
    'The credit was debited again, and the book has no return of this amount. Record it with payment:return if the money went back, or ask the bank for the reason.',
  RETURN_MISSING:
    'The book has a return, and no statement debits what went back. Ask the bank of the account for the entry.',
  DEBIT_REPEATED: 'The payment left more than once. Have the second one called back.',
  DEBIT_OF_UNPAID:
    "The book has the payment as rejected or cancelled, and the account was debited for it. Ask for the money or for the payment's status, and report that with payment:report.",
  DEBIT_NOT_REPORTED:
    'The account was debited for a presentment or a leg, and the book has no final status of the payment. Report it with payment:report as soon as its bank tells it.',
  PAYMENT_CAME_BACK:
    'The money came back to the account from which it was paid. Do not discharge by this payment, and pay the presentment anew. If it is discharged already, make owed again what came back with slice:reinstate.',
  AMOUNT_DIFFERS: 'Book and statement tell different amounts. Have the entry corrected, or the difference paid.',
  AMOUNT_NOT_TOLD:
    'The entry does not tell the amount of this payment alone. Ask the bank for a statement that itemises the entry.',
  CURRENCY_DIFFERS:
    'Book and statement tell different currencies. Ask the bank for the amount before it was exchanged.',
  VALUE_DATE_DIFFERS:
    'Book and statement tell different value dates. Ask the bank which one counts; an attestation stays as it is, and a leg that names a day takes no credit of another day.',
  ACCOUNT_DIFFERS:
    'The credit is on another account than the one that was named. Have it moved, or agree with the payee that it counts.',
  LEG_NOT_ATTESTED:
    'A credit pays a leg of a batch, and nobody attested it. Look at the entry and attest it with payment:attest if it is that payment; without that the batch is not committed.',
  LEG_NOT_ACKNOWLEDGED:
    "A credit pays a leg of an agreed batch. Say so with cash:acknowledge where the payee's word is asked for; then, or once its bank has attested it, commit with batch:commit.",
  LEG_CREDIT_EARLY:
    'A credit names a leg for which no money is to be sent yet. Attest it with payment:attest once the batch is agreed (of a leg BLOCK: committed), or send it back and record that with payment:return.',
  LEG_CREDIT_OF_ENDED:
    'A credit names a leg of a batch of which nothing comes any more, or that was denied. Send the money back, and record that with payment:return.',
  LEG_CREDIT_MISSING:
    'The last day of an agreed leg is over, and no statement shows the money. Ask who pays for it; a week after the last day of the batch, say with cash:deny that none came, so that nobody waits for it any more.',
  LEG_RELEASE_MISSING:
    "The batch is committed, which orders the payer's bank to send what it blocked, and no statement shows the money. Ask that bank for the payment, which it reports with payment:report.",
  LEG_PAYMENT_CAME_BACK:
    "Money of a leg came back, and the book has no return of this amount. Ask the payee's bank to record it with payment:return. Then take the mark back with cash:reopen and pay anew. Of a committed batch, which stays so, leave the mark and report the new payment.",
  LEG_PAID_AGAIN:
    "A credit pays a leg again whose money had come back. Ask the payee's bank to attest it with payment:attest, and take its attestation with book:restore; until then the book has the money as owed.",
  LEG_PAID_EARLY:
    'The account was debited for a leg for which no money is to be sent, because its batch is not agreed (of a leg BLOCK: not committed) or has ended. Have the payment called back.',
  UNKNOWN: 'Nothing in the book is about this entry. Leave it if it belongs to other business.',
} as const;

/** Code of a finding. */
export type FindingCode = keyof typeof FINDINGS;

/** Kinds of findings. Only `MATCHED` and `UNKNOWN` ask for nothing. */
export type Outcome = 'MATCHED' | 'MISSING' | 'EXTRA' | 'DIFFERENT' | 'UNKNOWN';

/** The kind of every finding. */
export const OUTCOME_OF: Readonly<Record<FindingCode, Outcome>> = {
  ...{ MATCHED: 'MATCHED', MATCHED_BY_AMOUNT: 'MATCHED', UNKNOWN: 'UNKNOWN' },
  ...{ CREDIT_MISSING: 'MISSING', CREDIT_PENDING: 'MISSING', DEBIT_MISSING: 'MISSING', ENTRY_UNREADABLE: 'MISSING' },
  ...{ RETURN_MISSING: 'MISSING', CREDIT_NOT_ATTESTED: 'EXTRA', CREDIT_NOT_ACKNOWLEDGED: 'EXTRA' },
  ...{ CREDIT_OF_WITHDRAWN: 'EXTRA', CREDIT_REPEATED: 'EXTRA', CREDIT_TAKEN_BACK: 'EXTRA', DEBIT_REPEATED: 'EXTRA' },
  ...{ DEBIT_OF_UNPAID: 'EXTRA', DEBIT_NOT_REPORTED: 'EXTRA', PAYMENT_CAME_BACK: 'EXTRA' },
  ...{ AMOUNT_DIFFERS: 'DIFFERENT', AMOUNT_NOT_TOLD: 'DIFFERENT', CURRENCY_DIFFERS: 'DIFFERENT' },
  ...{ VALUE_DATE_DIFFERS: 'DIFFERENT', ACCOUNT_DIFFERS: 'DIFFERENT' },
  ...{ LEG_NOT_ATTESTED: 'EXTRA', LEG_NOT_ACKNOWLEDGED: 'EXTRA', LEG_CREDIT_EARLY: 'EXTRA' },
  ...{ LEG_CREDIT_OF_ENDED: 'EXTRA', LEG_PAYMENT_CAME_BACK: 'EXTRA', LEG_PAID_EARLY: 'EXTRA', LEG_PAID_AGAIN: 'EXTRA' },
  ...{ LEG_CREDIT_MISSING: 'MISSING', LEG_RELEASE_MISSING: 'MISSING' },
};
