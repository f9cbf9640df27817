/** Why a message tells nothing of one payment, and what a part of it is that cannot be read. */
import type { DocumentError } from './documentError.js';

/** Why a message proves no payment. Codes are append-only. */
export const NO_PROOF = {
  UETR_NOT_NAMED: 'The message names this UETR nowhere.',
  REFERENCE_NOT_NAMED: 'The message names this end-to-end reference nowhere.',
  REFERENCE_REPEATED:
    'The message has more than one payment with this end-to-end reference, so that it is not clear which of them counts.',
  NO_REFERENCE:
    'What was given in the place of an end-to-end reference names no payment. Give the one of the presentment.',
  UETR_REPEATED: 'The message names this UETR more than once, so that it is not clear which of them counts.',
  PART_UNREADABLE:
    'The part of the message that names this payment cannot be read. Ask the bank for a corrected message.',
  GROUP_RETURN:
    'The message sends a whole group of payments back, which names no single one. Ask for one that names this payment.',
  GROUP_STATUS:
    'The message tells the status of a group of payments, which proves no single payment. Ask for one that names this UETR.',
  PAGES_MISSING:
    'The message is one page of several, and another page may take the credit back. Read all pages together.',
  TAKEN_BACK: 'The message, or another page of it, debits or reverses this payment too.',
  CREDIT_IS_A_RETURN: 'The credit is itself a payment that came back: it pays nobody.',
  NOT_A_CREDIT: 'The entry debits the account, or takes an earlier entry back.',
  NOT_BOOKED: 'The entry is not booked: a pending credit may still go away. Wait for the message that books it.',
  NOT_ITEMISED: 'The entry counts more payments than it itemises, so that what this one paid is not told.',
  AMOUNT_NOT_TOLD: 'The entry holds several payments and does not tell the amount of this one.',
  DETAILS_EXCEED_ENTRY: 'The payments of the entry add up to more than was booked.',
  CURRENCY_DIFFERS: 'The payment is told in another currency than its entry is booked in.',
} as const;

/** Code of a reason. */
export type NoProof = keyof typeof NO_PROOF;

/** Why there is no proof; where a part cannot be read, what is wrong with it. */
export interface Unproven {
  readonly reason: NoProof;
  readonly problem?: DocumentError;
}
