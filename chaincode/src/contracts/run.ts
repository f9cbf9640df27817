/** The path of one transaction: parse, load, check the caller, decide, verify, commit. One event, canonical JSON out. */
import type { ChaincodeStub } from 'fabric-shim';
import { assertActsFor, assertAdministrator, assertDuty, type Caller } from '../domain/callers.js';
import type { Opened, Write } from '../domain/decision.js';
import { spendTicket } from '../domain/tickets.js';
import { IMPLEMENTED } from '../commands/index.js';
import type { Handler, Implemented, Now } from '../commands/implement.js';
import { factsOf, refsOf, type Facts, type PublicRef } from '../ledger/pending.js';
import { LedgerTransaction, type OpeningSource, type Stub } from '../ledger/transaction.js';
import type { EncodedWrite } from '../ledger/writes.js';
import { canonicalJson } from '../protocol/canonical.js';
import {
  DEFINITIONS,
  type CommandDefinition,
  type CommandName,
  type Name,
  type QueryName,
} from '../protocol/commands/index.js';
import { TenorError } from '../protocol/errors.js';
import type { Plan, SubmitResult } from '../protocol/results.js';
import { RECORDS } from '../records/index.js';
import { parseBy } from '../protocol/parseBy.js';
import { parseArgument, parseTransient, type Transient } from './parse.js';
import { getOwn, getPublic, listOwn, whoami, type ReadStub } from './queries.js';

/** The stub as this chaincode uses it. */
export type ContractStub = Stub & ReadStub & Pick<ChaincodeStub, 'getTransient' | 'setEvent'>;

/** One call of any command, parsed. */
interface AnyCall {
  readonly name: CommandName;
  readonly request: object;
  readonly secret: unknown;
  readonly seed: Uint8Array;
}

/** Runs a transaction by name and answers canonical JSON. @throws TenorError */
export async function run(stub: ContractStub, name: string, args: readonly string[]): Promise<string> {
  if (!isName(name)) throw new TenorError('FUNCTION_UNKNOWN');
  const argument = parseArgument(args);
  const transient = parseTransient(stub.getTransient());
  return isCommand(name) ? submit(stub, name, argument, transient) : QUERIES[name](stub, argument, transient);
}

/** Whether there is a transaction with that name. */
export const isName = (name: string): name is Name => Object.hasOwn(DEFINITIONS, name);
const isCommand = (name: string): name is CommandName => Object.hasOwn(IMPLEMENTED, name);

type Query = (stub: ContractStub, argument: unknown, transient: Transient) => Promise<string>;

const QUERIES: { readonly [Of in QueryName]: Query } = {
  'registry:whoami': (stub) => Promise.resolve(whoami(stub)),
  'registry:get': (stub, argument) => getPublic(stub, parseBy(DEFINITIONS['registry:get'].request, argument)),
  'book:get': (stub, argument) => getOwn(stub, parseBy(DEFINITIONS['book:get'].request, argument)),
  'book:list': (stub, argument) => listOwn(stub, parseBy(DEFINITIONS['book:list'].request, argument)),
  'command:open': async (stub, argument, transient) => {
    const { command, request } = parseBy(DEFINITIONS['command:open'].request, argument);
    return canonicalJson((await planOf(stub, command, request, transient, true)).transient);
  },
  'command:plan': async (stub, argument, transient) => {
    const { command, request, check } = parseBy(DEFINITIONS['command:plan'].request, argument);
    return canonicalJson(await planOf(stub, command, request, transient, check !== 'refusals'));
  },
};

async function submit(stub: ContractStub, name: CommandName, argument: unknown, transient: Transient): Promise<string> {
  const call = parseCall(name, argument, transient);
  const tx = new LedgerTransaction(stub, { from: 'transient', openings: transient.openings }, RECORDS);
  const { writes, replayed } = await decide(tx, call);
  if (!replayed) {
    await tx.commit(writes);
    const payload = canonicalJson({ transaction: name, ids: idsOf(call.request) });
    stub.setEvent(DEFINITIONS[name].event, Buffer.from(payload));
  }
  return canonicalJson({ replayed } satisfies SubmitResult);
}

/** Runs the same rules on the caller's own copies. Answers the openings and the organisations to endorse, or the refusal. */
async function planOf(
  stub: ContractStub,
  name: string,
  request: unknown,
  transient: Transient,
  checked: boolean,
): Promise<Plan> {
  if (!isCommand(name)) throw new TenorError('FUNCTION_UNKNOWN');
  const call = parseCall(name, request, transient);
  const { tx, writes, replayed } = await decideOnOwn(stub, call, checked);
  const endorsingOrganizations = tx.endorsersOf(writes);
  const fields: Record<string, string> = {};
  if (tx.openings.size > 0) fields['openings'] = base64(canonicalJson(Object.fromEntries(tx.openings)));
  if (transient.secret !== undefined) fields['private'] = base64(canonicalJson(transient.secret));
  if (transient.seed !== undefined) fields['seed'] = Buffer.from(transient.seed).toString('base64');
  return { ...(endorsingOrganizations === undefined ? {} : { endorsingOrganizations }), transient: fields, replayed };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

interface Decided {
  readonly writes: readonly EncodedWrite[];
  readonly replayed: boolean;
}

/** Decides on the caller's own copies. Before a refusal the copies are checked, because a superseded copy must be reported instead. */
async function decideOnOwn(
  stub: ContractStub,
  call: AnyCall,
  checked: boolean,
): Promise<Decided & { readonly tx: LedgerTransaction }> {
  const source: OpeningSource = { from: 'ownBook', checked };
  const tx = new LedgerTransaction(stub, source, RECORDS);
  try {
    const decided = await decide(tx, call);
    const isLeft = IMPLEMENTED[call.name].definition.rewrites === true && (await tx.holds(decided.writes));
    return { tx, ...decided, replayed: decided.replayed || isLeft };
  } catch (error) {
    if (checked) throw error;
    return decideOnOwn(stub, call, true);
  }
}

function parseCall(name: CommandName, argument: unknown, transient: Transient): AnyCall {
  const definition: CommandDefinition = DEFINITIONS[name];
  const request = parseBy(definition.request, argument) as object;
  const isMissing = transient.secret === undefined && !definition.private.safeParse(undefined).success;
  if (isMissing) throw new TenorError('PRIVATE_MISSING', { path: 'transient.private' });
  return { name, request, secret: parseBy(definition.private, transient.secret), seed: seedOf(name, transient) };
}

/** Registry records are public and have no salt. Every other write needs the caller's seed. */
function seedOf(name: CommandName, { seed }: Transient): Uint8Array {
  if (seed !== undefined) return seed;
  if (isOfRegistry(name)) return new Uint8Array();
  throw new TenorError('SEED_INVALID');
}

const isOfRegistry = (name: CommandName): boolean => name.startsWith('registry:');

/**
 * Decides, and then checks what was expected of the books. If an expectation fails although the books hold every write of the
 * decision already, the call is a replay of the same bytes and there is nothing to do.
 */
async function decide(tx: LedgerTransaction, call: AnyCall): Promise<Decided> {
  let decision: Decision;
  try {
    decision = await decideOnce(tx, call, IMPLEMENTED[call.name]);
  } catch (error) {
    throw (await tx.failure()) ?? (await namedOtherwise(tx, error)); // what was decided on an opening that does not hold means nothing
  }
  const failure = await tx.failure();
  const writes = encode(tx, decision.writes, call.seed, failure);
  if (failure === undefined)
    return { writes: [...writes, ...(await placesOf(tx, call, decision, writes))], replayed: false };
  // A restore of superseded bytes is not a replay, even if the caller's copy still holds them, because it would restore nothing.
  const mayRepeat = IMPLEMENTED[call.name].definition.rewrites !== true;
  if (mayRepeat && (await tx.holds(writes))) return { writes, replayed: true };
  throw failure;
}

/** Whoever names a party by its second id is told the first. A document that is claimed under one id must meet the other, so one of them alone counts. */
async function namedOtherwise(tx: LedgerTransaction, error: unknown): Promise<unknown> {
  if (!(error instanceof TenorError) || error.code !== 'PARTY_UNKNOWN') return error;
  const { party: id } = error.data;
  if (id === undefined) return error;
  await tx.prefetch([['partyId', id]]);
  const party = tx.registry.find('partyId', id)?.party;
  return party === undefined ? error : new TenorError('PARTY_OTHER_ID', { ...error.data, party });
}

/**
 * The places that a call takes in the books of others. Only in books that it writes: their owners endorse it anyway, so no owner can stall a
 * call by its places. They are no part of what a repeat is compared with, because the call itself took the place that it would find taken.
 */
async function placesOf(
  tx: LedgerTransaction,
  { name: command, seed }: AnyCall,
  { enters }: Decision,
  writes: readonly EncodedWrite[],
): Promise<readonly EncodedWrite[]> {
  const entered = [...new Set(enters)].filter(
    (mspId) => mspId !== tx.mspId && writes.some((write) => write.mspId === mspId),
  );
  const places: EncodedWrite[] = [];
  for (const mspId of entered) {
    const { date: today } = tx.registry.get('businessDate', undefined, 'BUSINESS_DATE_MISSING');
    places.push(await tx.takePlace(mspId, { command, seed, today }));
  }
  return places;
}

/** The writes of a decision. If they cannot be encoded and an expectation failed, the failed expectation is the refusal. */
function encode(
  tx: LedgerTransaction,
  decision: readonly Write[],
  seed: Uint8Array,
  failure: TenorError | undefined,
): readonly EncodedWrite[] {
  try {
    return tx.encode(decision, seed);
  } catch (error) {
    throw failure ?? error;
  }
}

/** What a rule decided, and whose books it enters. */
interface Decision {
  readonly writes: readonly Write[];
  readonly enters: readonly string[];
}

async function decideOnce(
  tx: LedgerTransaction,
  call: AnyCall,
  { definition, handler }: Implemented,
): Promise<Decision> {
  const loaded = await handler.load(tx, call);
  const ticket = definition.fourEyes === true ? await openTicket(tx, call) : undefined;
  const beside: readonly PublicRef[] = isOfRegistry(call.name)
    ? []
    : [['businessDate'], ['departures'], ...refsOf(loaded)];
  const caller = await tx.caller(beside);
  const facts = factsOf(loaded, tx.registry);
  handler.expect?.(tx, facts, call);
  const now = nowOf(tx, caller);
  const spent = assertCaller(definition, handler, call, facts, now, ticket);
  const decided = handler.decide(call, Object.assign(now, facts));
  return { writes: [...decided, ...spent], enters: handler.enters?.(facts) ?? [] };
}

const openTicket = (tx: LedgerTransaction, call: AnyCall): Promise<Opened<'ticket'>> =>
  tx.open('ticket', (call.request as { readonly ticketId: string }).ticketId, tx.mspId);

/** The business date is read only when a rule asks for it, because some commands run before the first date is set. */
function nowOf(tx: LedgerTransaction, caller: Caller): Now {
  return {
    caller,
    get today(): string {
      return tx.registry.get('businessDate', undefined, 'BUSINESS_DATE_MISSING').date;
    },
  };
}

/** Checks that the caller may run the command, as its definition says. Answers the write that spends the ticket, if there is one. */
function assertCaller(
  { by }: CommandDefinition,
  handler: Handler<CommandDefinition, object>,
  call: AnyCall,
  facts: Facts<object>,
  now: Now,
  ticket: Opened<'ticket'> | undefined,
): readonly Write[] {
  const { caller } = now;
  if ('party' in by) {
    const actor = handler.actor?.(facts, call);
    if (actor === undefined) throw new Error(`${call.name} names a party and says nobody who acts for it`);
    assertActsFor(caller, actor, by.duties, by.commits === true);
    if (ticket === undefined) return [];
    const payload = canonicalJson({ private: call.secret, request: call.request });
    return [spendTicket(ticket, { command: call.name, payload, party: actor.party.id }, caller, now.today)];
  }
  if (by.anyone === 'administrator') assertAdministrator(caller);
  if (by.anyone === 'operator') assertDuty(caller, ['maker', 'checker']);
  return [];
}

/** The ids of a request, for its event: all texts and lists of texts. Ids inside items are put into lists. */
function idsOf(request: object): Record<string, string | readonly string[]> {
  const ids: Record<string, string | readonly string[]> = {};
  for (const [field, value] of Object.entries(request) as [string, unknown][]) {
    if (typeof value === 'string') ids[field] = value;
    else if (field === 'items') Object.assign(ids, liftItems(value as readonly Record<string, string>[]));
    else if (Array.isArray(value) && value.every((each) => typeof each === 'string')) ids[field] = value;
  }
  return ids;
}

function liftItems(items: readonly Readonly<Record<string, string>>[]): Record<string, readonly string[]> {
  const fields = Object.keys(items[0] ?? {});
  return Object.fromEntries(fields.map((field) => [`${field}s`, items.map((item) => item[field] ?? '')]));
}
