/** One event a transaction, past tense, versioned. It carries record ids and nothing else: events are public on the channel. */
import type { SubmitName } from './transactions.js';

/** Event name of each transaction that writes. Append-only; a change of meaning is a new name. */
export const EVENTS = {
  'registry:adopt': 'tenor.registry.adopted.v1',
  'registry:bootstrap': 'tenor.registry.bootstrapped.v1',
  'registry:propose': 'tenor.registry.proposed.v1',
  'registry:approve': 'tenor.registry.approved.v1',
  'certificate:prepare': 'tenor.ticket.prepared.v1',
  'certificate:openLine': 'tenor.line.opened.v1',
  'certificate:claim': 'tenor.document.claimed.v1',
  'certificate:draft': 'tenor.certificate.drafted.v1',
  'certificate:submit': 'tenor.certificate.submitted.v1',
  'certificate:confirm': 'tenor.certificate.confirmed.v1',
  'certificate:reject': 'tenor.certificate.rejected.v1',
  'certificate:offer': 'tenor.certificate.offered.v1',
  'certificate:accept': 'tenor.certificate.accepted.v1',
  'certificate:decline': 'tenor.certificate.declined.v1',
  'certificate:unwind': 'tenor.certificate.unwound.v1',
  'certificate:split': 'tenor.slice.split.v1',
  'certificate:transfer': 'tenor.slice.offered.v1',
  'certificate:acceptTransfer': 'tenor.slice.transferred.v1',
  'certificate:declineTransfer': 'tenor.slice.declined.v1',
  'certificate:restore': 'tenor.record.restored.v1',
  'settlement:present': 'tenor.settlement.presented.v1',
  'settlement:reportPayment': 'tenor.settlement.paymentReported.v1',
  'settlement:attestCredit': 'tenor.settlement.creditAttested.v1',
  'settlement:acknowledge': 'tenor.settlement.acknowledged.v1',
  'settlement:release': 'tenor.settlement.released.v1',
  'settlement:settle': 'tenor.settlement.settled.v1',
} as const satisfies Record<SubmitName, string>;

/** Name of an event. */
export type EventName = (typeof EVENTS)[SubmitName];

/** Payload of every event: the public request of its transaction, which holds ids only. */
export interface EventPayload {
  readonly transaction: SubmitName;
  readonly ids: Readonly<Record<string, string | readonly string[]>>;
}
