/**
 * The only place that sends. A submit is planned on the caller's own peer, which finds the openings and the endorsers. It is endorsed
 * by exactly those, and followed until its commit. If another transaction came first, it is built again; if a peer is behind, it waits.
 * If the outcome is unknown, it asks for the status of the same transaction id.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommitStatusError, StatusCode, type Status, type Transaction } from '@hyperledger/fabric-gateway';
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import { TenorError, type ErrorCode } from '../../chaincode/src/protocol/errors.js';
import type { Plan, SubmitResult } from '../../chaincode/src/protocol/results.js';
import {
  DEFINITIONS,
  type CommandDefinition,
  type CommandName,
  type PrivateOf,
  type QueryName,
  type RequestOf,
} from '../../chaincode/src/protocol/commands/index.js';
import { endorsersOf } from './endorsers.js';
import { isAway, isMismatch, isRefusedByOrderer, refusalOf } from './errors.js';
import { seedOf } from './ids.js';
import type { Journal, JournalEntry } from './journal.js';
import { planned, type Ready } from './ready.js';
import type { Transport } from './transport.js';

/** How a submit ended. */
export interface Receipt {
  /** For a repeat, the transaction that took effect, if the journal remembers it. */
  readonly transactionId: string | undefined;
  /** Undefined if this content was on the ledger already. */
  readonly blockNumber: bigint | undefined;
  readonly replayed: boolean;
  /** MSP ids of the endorsers. For a repeat, of those who would have to endorse. Undefined if the gateway would choose (registry). */
  readonly endorsingOrganizations: readonly string[] | undefined;
  /** Number of proposals: 1 if the first succeeded, 0 if the journal answered. */
  readonly attempts: number;
}

const ATTEMPTS_MAX = 8;
const PAUSE_MS = 50;

/** Codes after which the records are read again and the transaction is built again. */
const LOST_RACE: ReadonlySet<Status['code']> = new Set([
  StatusCode.ENDORSEMENT_POLICY_FAILURE,
  StatusCode.MVCC_READ_CONFLICT,
  StatusCode.PHANTOM_READ_CONFLICT,
]);

/** Refusals of a plan that may be too early: another organisation wrote the record, and its block has not reached the caller's own peer. */
const MAY_ARRIVE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['NOT_FOUND', 'FOUNDING_MISSING']);
/** How long to wait for such a block. */
const ARRIVAL_PAUSES_MS = [50, 100, 200, 400];

/**
 * A peer that has just come back is missed by the others for a moment. Nothing was ordered, so that the same proposal is asked for once more. One that
 * let the deadline pass is not: the caller has waited long enough.
 */
const RETURN_PAUSE_MS = 500;

/** Queries that prepare what a submit shows to others. All other queries read the caller's own book and are allowed with open books. */
const MAKES_READY: ReadonlySet<QueryName> = new Set<QueryName>(['command:plan', 'command:open']);

/** What a plan compares with the registers. */
type Check = NonNullable<RequestOf<'command:plan'>['check']>;

/** The outcome of one attempt: it is done, or another attempt may succeed. */
type Attempt = { readonly done: Receipt } | { readonly again: TenorError; readonly openings: string | undefined };

/** Sends transactions of one identity. */
export class Sender {
  readonly #transport: Transport;
  readonly #journal: Journal;

  constructor(transport: Transport, journal: Journal) {
    this.#transport = transport;
    this.#journal = journal;
  }

  /** Runs a query on the caller's own peer. @throws TenorError, BOOKS_OPEN only for the queries that prepare a submit */
  async evaluate<Answer>(
    name: QueryName,
    request: object,
    transient: Record<string, Uint8Array> = {},
  ): Promise<Answer> {
    const { contract, mspId, books } = this.#transport;
    if (MAKES_READY.has(name)) await books.assertClosed();
    try {
      const bytes = await contract.evaluate(name, {
        arguments: [JSON.stringify(request)],
        transientData: transient,
        endorsingOrganizations: [mspId],
      });
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as Answer;
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /**
   * Waits until the caller's own peer has committed a transaction that someone else sent: two peers of a channel are rarely at the
   * same block. @throws TenorError NOT_COMMITTED (it was found invalid), UNAVAILABLE (not seen within the commit status deadline)
   */
  async committed(transactionId: string): Promise<bigint> {
    try {
      const status = await this.#transport.commitOf(transactionId).getStatus();
      if (status.successful) return status.blockNumber;
      throw new TenorError('NOT_COMMITTED', { validation: validationOf(status) }, { transactionId });
    } catch (error) {
      throw refusalOf(error, transactionId);
    }
  }

  /** Answers what a submit of this request needs, or throws its refusal. @throws TenorError, BOOKS_OPEN if every member can read the books */
  plan<Name extends CommandName>(
    name: Name,
    request: RequestOf<Name>,
    secret: PrivateOf<Name> | undefined,
    seed: Uint8Array,
    check: Check = 'all',
  ): Promise<Plan> {
    const transient: Record<string, Uint8Array> = { seed };
    if (secret !== undefined) transient['private'] = Buffer.from(JSON.stringify(secret));
    return this.evaluate<Plan>('command:plan', { command: name, request, check }, transient);
  }

  /**
   * Submits and waits for the commit. @param ready makes a first attempt without a plan; where that is refused, the call is planned
   * @throws TenorError, BOOKS_OPEN before anything is sent if every member can read the books
   */
  async submit<Name extends CommandName>(
    name: Name,
    request: RequestOf<Name>,
    secret?: PrivateOf<Name>,
    ready?: Ready,
  ): Promise<Receipt> {
    await this.#transport.books.assertClosed();
    const operation = `${name} ${canonicalJson(request)}`;
    const contentHash = createHash('sha256')
      .update(canonicalJson(secret ?? {}))
      .digest('hex');
    const before = await this.#before(name, operation, contentHash);
    if (before !== undefined) return before;
    const seed = seedOf(this.#journal.secret(), operation, contentHash);
    const entry: JournalEntry = { operation, contentHash, seed: Buffer.from(seed).toString('base64') };
    this.#journal.put(entry);
    try {
      const receipt = await this.#attempts(entry, name, request, secret, seed, ready);
      this.#journal.finish({ ...entry, done: doneBy(receipt) });
      return receipt;
    } catch (error) {
      // Only an operation with an unknown outcome is kept. With any other error it is known that nothing was written.
      if (!(error instanceof TenorError) || error.code !== 'OUTCOME_UNKNOWN') this.#journal.remove(operation);
      throw error;
    }
  }

  /** The journal's entry of this call: done, or left open by an earlier run. @throws TenorError ID_TAKEN (open with other content) */
  async #before(name: CommandName, operation: string, contentHash: string): Promise<Receipt | undefined> {
    const earlier = this.#journal.get(operation);
    if (earlier === undefined) return undefined;
    const isSame = earlier.contentHash === contentHash;
    if (earlier.done === undefined) {
      if (!isSame) throw new TenorError('ID_TAKEN', { pending: name });
      return this.#resume(earlier);
    }
    return isSame && !isRepeatable(name) ? answeredBefore(earlier.done.transactionId) : undefined;
  }

  /** Sends one proposal exactly as given, without a plan and without retries. For tools and tests that need a wrong one. @throws TenorError */
  async submitOnce(
    name: string,
    argument: string,
    transient: Readonly<Record<string, Uint8Array>>,
    endorsingOrganizations: readonly string[],
  ): Promise<Receipt> {
    await this.#transport.books.assertClosed();
    const transaction = await this.#endorse(name, [argument], transient, endorsingOrganizations).catch(unwrapped);
    if (isReplayed(transaction)) return receiptOf(undefined, endorsingOrganizations, 1);
    const status = await this.#send(transaction);
    if (!status.successful) throw invalid(status);
    return receiptOf(status, endorsersOf(transaction.getBytes()), 1);
  }

  async #attempts<Name extends CommandName>(
    entry: JournalEntry,
    name: Name,
    request: RequestOf<Name>,
    secret: PrivateOf<Name> | undefined,
    seed: Uint8Array,
    ready: Ready | undefined,
  ): Promise<Receipt> {
    let before: string | undefined;
    for (let count = 1; ; count++) {
      const attempt = await this.#attempt(entry, name, request, secret, seed, count, count === 1 ? ready : undefined);
      if ('done' in attempt) return attempt.done;
      const { again, openings } = attempt;
      const unmoved = again.code === 'ENDORSEMENT_POLICY_FAILURE' && before === openings && count > 1;
      if (unmoved || count === ATTEMPTS_MAX) throw again;
      before = openings;
      await sleep(PAUSE_MS * count * (0.5 + Math.random()));
    }
  }

  async #attempt<Name extends CommandName>(
    entry: JournalEntry,
    name: Name,
    request: RequestOf<Name>,
    secret: PrivateOf<Name> | undefined,
    seed: Uint8Array,
    count: number,
    ready: Ready | undefined,
  ): Promise<Attempt> {
    let openings: string | undefined;
    try {
      const plan =
        ready === undefined
          ? await this.#planOnceArrived(name, request, secret, seed, checkOf(count))
          : planned(ready, secret, seed);
      openings = plan.transient['openings'];
      const { endorsingOrganizations } = plan;
      if (plan.replayed) return { done: receiptOf(undefined, endorsingOrganizations, count) };
      const transient = Object.fromEntries(
        Object.entries(plan.transient).map(([field, value]) => [field, Buffer.from(value, 'base64')]),
      );
      const transaction = await this.#endorse(name, [JSON.stringify(request)], transient, endorsingOrganizations);
      if (isReplayed(transaction)) return { done: receiptOf(undefined, endorsingOrganizations, count) };
      const status = await this.#send(transaction, entry);
      if (status.successful) return { done: receiptOf(status, endorsersOf(transaction.getBytes()), count) };
      const error = invalid(status);
      if (!LOST_RACE.has(status.code)) throw error;
      return { again: error, openings };
    } catch (error) {
      const again = againAfter(error, ready);
      if (again === undefined) throw error;
      return { again, openings };
    }
  }

  async #planOnceArrived<Name extends CommandName>(
    name: Name,
    request: RequestOf<Name>,
    secret: PrivateOf<Name> | undefined,
    seed: Uint8Array,
    check: Check,
  ): Promise<Plan> {
    for (const pause of ARRIVAL_PAUSES_MS) {
      try {
        return await this.plan(name, request, secret, seed, check);
      } catch (error) {
        if (!(error instanceof TenorError) || !MAY_ARRIVE.has(error.code)) throw error;
        await sleep(pause);
      }
    }
    return this.plan(name, request, secret, seed, check);
  }

  async #endorse(
    name: string,
    args: string[],
    transientData: Readonly<Record<string, Uint8Array>>,
    endorsingOrganizations: readonly string[] | undefined,
  ): Promise<Transaction> {
    const proposal = this.#transport.contract.newProposal(name, {
      arguments: args,
      ...(Object.keys(transientData).length === 0 || endorsingOrganizations === undefined ? {} : { transientData }),
      ...(endorsingOrganizations === undefined ? {} : { endorsingOrganizations: [...endorsingOrganizations] }),
    });
    try {
      return await proposal.endorse().catch(async (error: unknown) => {
        if (!isAway(error)) throw error;
        await sleep(RETURN_PAUSE_MS);
        return proposal.endorse();
      });
    } catch (error) {
      const refusal = refusalOf(error, proposal.getTransactionId());
      throw isMismatch(error) || refusal.code === 'OPENING_MISMATCH' ? new Lagging(refusal) : refusal;
    }
  }

  /** Sends an endorsed transaction and waits for its status. If the answer is lost, it asks again by the transaction id. @throws TenorError OUTCOME_UNKNOWN, REFUSED_BY_NETWORK */
  async #send(transaction: Transaction, entry?: JournalEntry): Promise<Status> {
    const transactionId = transaction.getTransactionId();
    if (entry !== undefined) {
      this.#journal.put({
        ...entry,
        sent: { transactionId, prepared: Buffer.from(transaction.getBytes()).toString('base64') },
      });
    }
    try {
      return await (await transaction.submit()).getStatus();
    } catch (cause) {
      if (isRefusedByOrderer(cause)) throw new TenorError('REFUSED_BY_NETWORK', {}, { transactionId, cause });
      return this.#statusOf(transactionId, cause instanceof CommitStatusError ? undefined : transaction, cause);
    }
  }

  /** After a lost answer, asks for the status of the same id. It sends the same transaction again if it may not have arrived. */
  async #statusOf(transactionId: string, resend: Transaction | undefined, cause: unknown): Promise<Status> {
    try {
      if (resend !== undefined) return await (await resend.submit()).getStatus();
      return await this.#transport.commitOf(transactionId).getStatus();
    } catch {
      throw new TenorError('OUTCOME_UNKNOWN', {}, { transactionId, cause });
    }
  }

  /** The outcome of an operation that an earlier attempt left open, or undefined if it wrote nothing and can start again. */
  async #resume(entry: JournalEntry): Promise<Receipt | undefined> {
    if (entry.sent === undefined) return undefined;
    const { transactionId, prepared } = entry.sent;
    const transaction = this.#transport.gateway.newTransaction(Buffer.from(prepared, 'base64'));
    // Sending the same transaction again is harmless: its id commits once, and the first outcome stays.
    const status = await this.#statusOf(transactionId, transaction, undefined);
    if (!status.successful) {
      this.#journal.remove(entry.operation);
      return undefined;
    }
    const receipt = receiptOf(status, endorsersOf(transaction.getBytes()), 1);
    const { sent: _sent, ...rest } = entry;
    this.#journal.finish({ ...rest, done: doneBy(receipt) });
    return receipt;
  }
}

/** Whether the same call has to run again although it took effect, because the caller's own book may have lost the record since. */
function isRepeatable(name: CommandName): boolean {
  const definition: CommandDefinition = DEFINITIONS[name];
  return definition.rewrites === true;
}

/** Endorsers check every opening. So the caller's own peer checks them only after endorsers refused one, or before it refuses itself. */
const checkOf = (count: number): Check => (count === 1 ? 'refusals' : 'all');

/** The refusal after which another attempt may succeed. */
function againAfter(error: unknown, ready: Ready | undefined): TenorError | undefined {
  // An endorser that is a block behind answers this. In a plan of the caller's own peer it means that its copy is superseded.
  if (error instanceof Lagging) return error.refusal;
  // What was ready was not all of it. A plan finds the rest.
  const isLacking = ready !== undefined && error instanceof TenorError && error.code === 'OPENING_MISSING';
  return isLacking ? error : undefined;
}

const doneBy = ({ transactionId }: Receipt): NonNullable<JournalEntry['done']> =>
  transactionId === undefined ? {} : { transactionId };

/** The same call took effect before, by the transaction that the journal remembers. */
const answeredBefore = (transactionId: string | undefined): Receipt => ({
  transactionId,
  ...{ blockNumber: undefined, replayed: true, endorsingOrganizations: undefined, attempts: 0 },
});

/** Whether the endorsers found this content on the ledger already. The transaction then writes nothing and is not sent. */
function isReplayed(transaction: Transaction): boolean {
  return (JSON.parse(Buffer.from(transaction.getResult()).toString('utf8')) as SubmitResult).replayed;
}

/** Endorsers disagreed, or one is a block behind. */
class Lagging extends Error {
  readonly refusal: TenorError;

  constructor(refusal: TenorError) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

function unwrapped(error: unknown): never {
  throw error instanceof Lagging ? error.refusal : error;
}

const validationOf = ({ code }: Status): string =>
  Object.entries(StatusCode).find(([, value]) => value === code)?.[0] ?? String(code);

function invalid(status: Status): TenorError {
  const { code, transactionId } = status;
  const validation = validationOf(status);
  if (code === StatusCode.ENDORSEMENT_POLICY_FAILURE)
    return new TenorError('ENDORSEMENT_POLICY_FAILURE', { validation }, { transactionId });
  const lost = LOST_RACE.has(code) ? 'CONFLICT' : 'NOT_COMMITTED';
  return new TenorError(lost, { validation }, { transactionId });
}

function receiptOf(
  status: Status | undefined,
  endorsingOrganizations: readonly string[] | undefined,
  attempts: number,
): Receipt {
  const { transactionId, blockNumber } = status ?? { transactionId: undefined, blockNumber: undefined };
  return { transactionId, blockNumber, replayed: status === undefined, endorsingOrganizations, attempts };
}
