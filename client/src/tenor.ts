/** The client: resources as nouns, one method a transaction. */
import type { PublicKind, PublicRecord } from '../../chaincode/src/protocol/records.js';
import type { Identity } from '../../chaincode/src/protocol/results.js';
import type { SubmitName } from '../../chaincode/src/protocol/transactions.js';
import type { Connection } from './connection.js';
import { listen, type EventOptions, type EventStream } from './events.js';
import { ticketPayload, type Input } from './input.js';
import { newMemoryJournal, type Journal, type JournalEntry } from './journal.js';
import { readerOf, type Reader } from './resources/books.js';
import { verb, type Verb } from './resources/verbs.js';
import { Sender, type Receipt } from './sender.js';
import { openTransport, type TransportOptions } from './transport.js';

/** The registry: who takes part, under which rules, on which business date. Public on the channel. */
export interface Registry {
  readonly adopt: Verb<'registry:adopt'>;
  readonly bootstrap: Verb<'registry:bootstrap'>;
  readonly propose: Verb<'registry:propose'>;
  readonly approve: Verb<'registry:approve'>;
  /** Who the caller is to the chaincode: the identity to register as an operator. */
  whoami(): Promise<Identity>;
  /** A registry record. @throws TenorError NOT_FOUND */
  get<Kind extends PublicKind>(kind: Kind, id?: string): Promise<PublicRecord<Kind>>;
}

/** Tickets: what a maker prepares and another person, the checker, may run once. */
export interface Tickets extends Reader<'ticket'> {
  /** Prepares a call that needs four eyes. `input` is exactly what the checker will pass, ticket id included. @throws TenorError */
  prepare<Name extends FourEyesName>(
    command: Name,
    input: Input<Name> & { readonly ticketId: string },
    by: { readonly party: string; readonly expiresOn: string },
  ): Promise<Receipt>;
  /** The call that a ticket holds, for the checker to read and to pass on. @throws TenorError NOT_FOUND */
  read(ticketId: string): Promise<{ readonly command: string; readonly input: Readonly<Record<string, unknown>> }>;
}

/** Transactions that need a ticket. */
export type FourEyesName =
  'certificate:openLine' | 'certificate:confirm' | 'certificate:transfer' | 'settlement:attestCredit';

/** Credit lines of a bank to an issuer. */
export interface Lines extends Reader<'line'> {
  readonly open: Verb<'certificate:openLine'>;
}

/** Trade documents behind certificates. */
export interface Documents extends Reader<'claim'> {
  readonly claim: Verb<'certificate:claim'>;
}

/** Certificates (series): from draft to offer. */
export interface Certificates {
  readonly draft: Verb<'certificate:draft'>;
  readonly submit: Verb<'certificate:submit'>;
  readonly confirm: Verb<'certificate:confirm'>;
  readonly reject: Verb<'certificate:reject'>;
  readonly offer: Verb<'certificate:offer'>;
  readonly accept: Verb<'certificate:accept'>;
  readonly decline: Verb<'certificate:decline'>;
  readonly unwind: Verb<'certificate:unwind'>;
  readonly settle: Verb<'settlement:settle'>;
  readonly drafts: Reader<'draft'>;
  readonly terms: Reader<'terms'>;
  readonly faces: Reader<'face'>;
  readonly confirmations: Reader<'confirmation'>;
  readonly statuses: Reader<'status'>;
  readonly totals: Reader<'totals'>;
}

/** Slices: the parts in which certificates are held and passed on. */
export interface Slices extends Reader<'slice'> {
  readonly split: Verb<'certificate:split'>;
  readonly transfer: Verb<'certificate:transfer'>;
  readonly acceptTransfer: Verb<'certificate:acceptTransfer'>;
  readonly declineTransfer: Verb<'certificate:declineTransfer'>;
}

/** Settlement: from presentment to release against proof of payment. */
export interface Settlement {
  readonly present: Verb<'settlement:present'>;
  readonly reportPayment: Verb<'settlement:reportPayment'>;
  readonly attestCredit: Verb<'settlement:attestCredit'>;
  readonly acknowledge: Verb<'settlement:acknowledge'>;
  readonly release: Verb<'settlement:release'>;
  readonly presentments: Reader<'presentment'>;
  readonly payments: Reader<'payment'>;
  readonly attestations: Reader<'attestation'>;
  readonly acknowledgements: Reader<'acknowledgement'>;
}

/** Options of {@link connect}. */
export interface ConnectOptions extends TransportOptions {
  /** From `fromPaths`, `fromProfile` or `fromEnvironment`, or written by hand. */
  readonly connection: Connection;
  /** Where operations under way are remembered. Default: in memory; use `newFileJournal` wherever a restart must not lose an outcome. */
  readonly journal?: Journal;
}

/** A connected client: one identity of one organisation on its own peer. */
export interface Tenor {
  readonly mspId: string;
  readonly registry: Registry;
  readonly tickets: Tickets;
  readonly lines: Lines;
  readonly documents: Documents;
  readonly certificates: Certificates;
  readonly slices: Slices;
  readonly settlement: Settlement;
  /** Takes the current bytes of a record, handed over by another party, into one's own book. */
  readonly restore: Verb<'certificate:restore'>;
  /** Events of this chaincode, resumable. An event proves nothing: it is a hint to read one's own book. */
  events(options?: EventOptions): EventStream;
  /** Waits until one's own peer has committed a transaction of someone else, and answers its block. @throws TenorError NOT_COMMITTED, UNAVAILABLE */
  committed(transactionId: string): Promise<bigint>;
  /** Operations whose outcome an earlier run left open: call the same method with the same input to resume. */
  pending(): readonly JournalEntry[];
  /** The layer below, for tools that need a plan, or a proposal exactly as given. */
  readonly sender: Sender;
  /** Closes the connection. Nothing on the ledger depends on it. */
  close(): void;
}

/**
 * Opens a client. No call is made until a method is used. Before its first plan or submit, and again after `booksCheckEveryMs`,
 * it asks its own peer whether the channel's books are closed; while they are not, it plans and submits nothing (BOOKS_OPEN).
 * @throws TenorError CONFIGURATION
 */
export function connect(options: ConnectOptions): Tenor {
  const { connection } = options;
  const journal = options.journal ?? newMemoryJournal();
  const transport = openTransport(connection, options);
  const sender = new Sender(transport, journal);
  const does = <Name extends SubmitName>(name: Name): Verb<Name> => verb(sender, name);
  return {
    ...{ mspId: connection.mspId, sender, restore: does('certificate:restore') },
    registry: registryOf(sender, does),
    tickets: ticketsOf(sender),
    lines: { ...readerOf(sender, 'line'), open: does('certificate:openLine') },
    documents: { ...readerOf(sender, 'claim'), claim: does('certificate:claim') },
    certificates: certificatesOf(sender, does),
    slices: {
      ...readerOf(sender, 'slice'),
      split: does('certificate:split'),
      transfer: does('certificate:transfer'),
      acceptTransfer: does('certificate:acceptTransfer'),
      declineTransfer: does('certificate:declineTransfer'),
    },
    settlement: settlementOf(sender, does),
    events: (eventOptions) => listen(transport, connection.chaincode, eventOptions),
    committed: (transactionId) => sender.committed(transactionId),
    pending: () => journal.pending(),
    close: () => {
      transport.close();
    },
  };
}

type Does = <Name extends SubmitName>(name: Name) => Verb<Name>;

function registryOf(sender: Sender, does: Does): Registry {
  return {
    adopt: does('registry:adopt'),
    bootstrap: does('registry:bootstrap'),
    propose: does('registry:propose'),
    approve: does('registry:approve'),
    whoami: () => sender.evaluate<Identity>('registry:whoami', {}),
    get: (kind, id) => sender.evaluate('registry:get', id === undefined ? { kind } : { kind, id }),
  };
}

function ticketsOf(sender: Sender): Tickets {
  const tickets = readerOf(sender, 'ticket');
  return {
    ...tickets,
    prepare: (command, input, { party, expiresOn }) => {
      const payload = ticketPayload(command, input);
      return sender.submit('certificate:prepare', { ticketId: input.ticketId }, { party, command, payload, expiresOn });
    },
    read: async (ticketId) => {
      const { record } = await tickets.get(ticketId);
      const { private: secret, request } = JSON.parse(record.payload) as { private: object; request: object };
      return { command: record.command, input: { ...request, ...secret } };
    },
  };
}

function certificatesOf(sender: Sender, does: Does): Certificates {
  return {
    draft: does('certificate:draft'),
    submit: does('certificate:submit'),
    confirm: does('certificate:confirm'),
    reject: does('certificate:reject'),
    offer: does('certificate:offer'),
    accept: does('certificate:accept'),
    decline: does('certificate:decline'),
    unwind: does('certificate:unwind'),
    settle: does('settlement:settle'),
    drafts: readerOf(sender, 'draft'),
    terms: readerOf(sender, 'terms'),
    faces: readerOf(sender, 'face'),
    confirmations: readerOf(sender, 'confirmation'),
    statuses: readerOf(sender, 'status'),
    totals: readerOf(sender, 'totals'),
  };
}

function settlementOf(sender: Sender, does: Does): Settlement {
  return {
    present: does('settlement:present'),
    reportPayment: does('settlement:reportPayment'),
    attestCredit: does('settlement:attestCredit'),
    acknowledge: does('settlement:acknowledge'),
    release: does('settlement:release'),
    presentments: readerOf(sender, 'presentment'),
    payments: readerOf(sender, 'payment'),
    attestations: readerOf(sender, 'attestation'),
    acknowledgements: readerOf(sender, 'acknowledgement'),
  };
}
