/** The client: its nouns, with one method for each command. */
import {
  BOOK_RECORDS,
  type BookKind,
  type PublicKind,
  type PublicRecord,
  type SheetRow,
} from '../../chaincode/src/protocol/records/index.js';
import type { FourEyesName } from '../../chaincode/src/protocol/commands/index.js';
import type { Identity } from '../../chaincode/src/protocol/results.js';
import { sheetFrom } from './batches.js';
import type { Connection } from './connection.js';
import { TenorError } from './errors.js';
import { listen, type EventOptions, type EventStream } from './events.js';
import { newId } from './ids.js';
import { assertCallable, ticketPayload, type Input } from './input.js';
import { newMemoryJournal, type Journal, type JournalEntry } from './journal.js';
import { readerOf, type Reader } from './resources/books.js';
import { verbsOf, type VerbsOf } from './resources/nouns.js';
import { Sender, type Receipt } from './sender.js';
import { openTransport, type TransportOptions } from './transport.js';

/** The registry: who takes part, under which rules, on which business date. Public on the channel. */
export interface Registry extends VerbsOf<'registry'> {
  /** The identity by which the chaincode knows the caller. This identity is registered as an operator. */
  whoami(): Promise<Identity>;
  /** A registry record. @throws TenorError NOT_FOUND */
  get<Kind extends PublicKind>(kind: Kind, id?: string): Promise<PublicRecord<Kind>>;
}

/** Tickets: what a maker prepares and another person, the checker, may run once. */
export interface Ticket {
  /** Prepares a call that needs four eyes. `input` is exactly what the checker will pass, ticket id included. @throws TenorError, also where the call itself could never be accepted in this form */
  prepare<Name extends FourEyesName>(
    command: Name,
    input: Input<Name> & { readonly ticketId: string },
    by: { readonly party: string; readonly expiresOn: string },
  ): Promise<Receipt>;
  /** The call that a ticket holds, for the checker to read and to pass on. @throws TenorError NOT_FOUND */
  read(ticketId: string): Promise<{ readonly command: string; readonly input: Readonly<Record<string, unknown>> }>;
}

/** Batches, and the sheet by which their outcome is written. */
export interface Batch extends VerbsOf<'batch'> {
  /**
   * The sheet of a batch, from the legs in the caller's own book and from rows that other members told (`sheetRowOf`).
   * @throws TenorError NOT_FOUND where a leg is in neither
   */
  sheet(legIds: readonly string[], told?: readonly SheetRow[]): Promise<SheetRow[]>;
}

/** The caller's own book: its records by kind, and restoring records that it lost. */
export type Book = VerbsOf<'book'> & { readonly [Kind in BookKind]: Reader<Kind> };

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
  readonly ticket: Ticket;
  /** Credit lines of a bank to an issuer. */
  readonly line: VerbsOf<'line'>;
  /** Trade documents behind certificates. */
  readonly document: VerbsOf<'document'>;
  /** Certificates: from draft to redemption. */
  readonly certificate: VerbsOf<'certificate'>;
  /** Slices: the parts in which certificates are held and passed on. */
  readonly slice: VerbsOf<'slice'>;
  /** Mandates: a holder's standing consent that its bank presents for it. */
  readonly mandate: VerbsOf<'mandate'>;
  /** Presentments: due slices, to be paid by one payment. */
  readonly presentment: VerbsOf<'presentment'>;
  /** What banks report and attest about payments. */
  readonly payment: VerbsOf<'payment'>;
  /** Cash legs of batches: instructed by payers, blocked or denied by banks, acknowledged by payees. */
  readonly cash: VerbsOf<'cash'>;
  /** Batches: legs that move together or not at all. */
  readonly batch: Batch;
  readonly book: Book;
  /** A new record id that this organisation draws, for the book of `register` (an MSP id; default: the caller's own). */
  readonly newId: (register?: string) => string;
  /** Events of this chaincode, which can be resumed. An event proves nothing. Treat it as a hint to read your own book. */
  events(options?: EventOptions): EventStream;
  /** Waits until the caller's own peer has committed a transaction of someone else, and answers its block. @throws TenorError NOT_COMMITTED, UNAVAILABLE */
  committed(transactionId: string): Promise<bigint>;
  /** Operations whose outcome an earlier run left open. To resume one, call the same method with the same input. */
  pending(): readonly JournalEntry[];
  /** The layer below, for tools that need a plan, or a proposal exactly as given. */
  readonly sender: Sender;
  /** Closes the connection. This changes nothing on the ledger. */
  close(): void;
}

const NO_CONNECTION = '`connection` is missing: take it from fromPaths, fromProfile or fromEnvironment';

/**
 * Opens a client. No call is made until a method is used. Before its first plan or submit, and again after `booksCheckEveryMs`,
 * it asks its own peer whether the channel's books are closed. While they are open, it plans and submits nothing (BOOKS_OPEN).
 * @throws TenorError CONFIGURATION
 */
export function connect(options: ConnectOptions): Tenor {
  const { connection } = options as { readonly connection?: Connection };
  if (connection === undefined) throw new TenorError('CONFIGURATION', { problem: NO_CONNECTION });
  const { mspId } = connection;
  const journal = options.journal ?? newMemoryJournal();
  const transport = openTransport(connection, options);
  const sender = new Sender(transport, journal);
  return {
    ...{ mspId, sender },
    registry: registryOf(sender),
    ticket: ticketOf(sender),
    line: verbsOf(sender, 'line'),
    document: verbsOf(sender, 'document'),
    certificate: verbsOf(sender, 'certificate'),
    slice: verbsOf(sender, 'slice'),
    mandate: verbsOf(sender, 'mandate'),
    presentment: verbsOf(sender, 'presentment'),
    payment: verbsOf(sender, 'payment'),
    cash: verbsOf(sender, 'cash'),
    batch: batchOf(sender),
    book: bookOf(sender),
    newId: (register = mspId) => newId(register, mspId),
    events: (eventOptions) => listen(transport, connection.chaincode, eventOptions),
    committed: (transactionId) => sender.committed(transactionId),
    pending: () => journal.pending(),
    close: () => {
      transport.close();
    },
  };
}

function registryOf(sender: Sender): Registry {
  return {
    ...verbsOf(sender, 'registry'),
    whoami: () => sender.evaluate<Identity>('registry:whoami', {}),
    get: (kind, id) => sender.evaluate('registry:get', id === undefined ? { kind } : { kind, id }),
  };
}

function ticketOf(sender: Sender): Ticket {
  const tickets = readerOf(sender, 'ticket');
  return {
    prepare: (command, input, { party, expiresOn }) => {
      assertCallable(command, input);
      const payload = ticketPayload(command, input);
      return sender.submit('ticket:prepare', { ticketId: input.ticketId }, { party, command, payload, expiresOn });
    },
    read: async (ticketId) => {
      const { record } = await tickets.get(ticketId);
      const { private: secret, request } = JSON.parse(record.payload) as { private: object; request: object };
      return { command: record.command, input: { ...request, ...secret } };
    },
  };
}

function batchOf(sender: Sender): Batch {
  const legs = readerOf(sender, 'leg');
  return { ...verbsOf(sender, 'batch'), sheet: (legIds, told) => sheetFrom(legs, legIds, told) };
}

function bookOf(sender: Sender): Book {
  const kinds = Object.keys(BOOK_RECORDS) as BookKind[];
  const readers = Object.fromEntries(kinds.map((kind) => [kind, readerOf(sender, kind)]));
  return { ...verbsOf(sender, 'book'), ...readers } as Book;
}
