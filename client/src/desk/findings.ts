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
    'The account was debited for a presentment, and the book has no final status of the payment. Report it with payment:report as soon as its bank tells it.',
  PAYMENT_CAME_BACK:
    'The money came back to the account from which it was paid. Do not discharge by this payment, and pay the presentment anew.',
  AMOUNT_DIFFERS: 'Book and statement tell different amounts. Have the entry corrected, or the difference paid.',
  AMOUNT_NOT_TOLD:
    'The entry does not tell the amount of this payment alone. Ask the bank for a statement that itemises the entry.',
  CURRENCY_DIFFERS:
    'Book and statement tell different currencies. Ask the bank for the amount before it was exchanged.',
  VALUE_DATE_DIFFERS:
    'Book and statement tell different value dates. Ask the bank which one counts; an attestation stays as it is.',
  ACCOUNT_DIFFERS:
    'The credit is on another account than the one that was presented. Have it moved, or agree with the payee that it counts.',
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
};
