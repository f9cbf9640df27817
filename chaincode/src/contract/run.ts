/** The path of one transaction: parse, load and decide, verify, commit. One event, canonical JSON out. */
import type { ChaincodeStub } from 'fabric-shim';
import { canonicalJson } from '../protocol/canonical.js';
import { TenorError } from '../protocol/errors.js';
import { EVENTS } from '../protocol/events.js';
import type { Plan, SubmitResult } from '../protocol/results.js';
import { TRANSACTIONS, type SubmitName, type TransactionName } from '../protocol/transactions.js';
import type { Decision } from '../domain/decision.js';
import { endorsersOf, LedgerTransaction, type Stub } from '../ledger/transaction.js';
import { CERTIFICATE } from './certificate.js';
import type { Call, Operation } from './operation.js';
import { parseArgument, parseBy, parseTransient, type Transient } from './parse.js';
import { getOwn, getPublic, listOwn, whoami, type ReadStub } from './queries.js';
import { REGISTRY } from './registry.js';
import { SETTLEMENT } from './settlement.js';

/** The stub as this chaincode uses it. */
export type ContractStub = Stub & ReadStub & Pick<ChaincodeStub, 'getTransient' | 'setEvent'>;

const OPERATIONS: { readonly [Name in SubmitName]: Operation<Name> } = { ...REGISTRY, ...CERTIFICATE, ...SETTLEMENT };

const isSubmit = (name: string): name is SubmitName => Object.hasOwn(OPERATIONS, name);

/** Runs a transaction by name and answers canonical JSON. @throws TenorError */
export async function run(stub: ContractStub, name: string, args: readonly string[]): Promise<string> {
  if (!Object.hasOwn(TRANSACTIONS, name)) throw new TenorError('FUNCTION_UNKNOWN');
  const argument = parseArgument(args);
  const transient = parseTransient(stub.getTransient());
  if (isSubmit(name)) return submit(stub, name, argument, transient);
  return evaluate(stub, name as Exclude<TransactionName, SubmitName>, argument, transient);
}

async function evaluate(
  stub: ContractStub,
  name: Exclude<TransactionName, SubmitName>,
  argument: unknown,
  transient: Transient,
): Promise<string> {
  switch (name) {
    case 'registry:whoami':
      return whoami(stub);
    case 'registry:get':
      return getPublic(stub, parseBy(TRANSACTIONS[name].request, argument));
    case 'certificate:get':
      return getOwn(stub, parseBy(TRANSACTIONS[name].request, argument));
    case 'certificate:list':
      return listOwn(stub, parseBy(TRANSACTIONS[name].request, argument));
    case 'certificate:open': {
      const { command, request } = parseBy(TRANSACTIONS[name].request, argument);
      return canonicalJson((await planOf(stub, command, request, transient, true)).transient);
    }
    case 'certificate:plan': {
      const { command, request, check } = parseBy(TRANSACTIONS[name].request, argument);
      return canonicalJson(await planOf(stub, command, request, transient, check !== 'refusals'));
    }
  }
}

async function submit(stub: ContractStub, name: SubmitName, argument: unknown, transient: Transient): Promise<string> {
  const call = parseCall(name, argument, transient);
  const tx = new LedgerTransaction(stub, { from: 'transient', openings: transient.openings });
  const seed = seedOf(name, transient);
  const { decision, replayed } = await decide(tx, call, seed);
  if (!replayed) {
    await tx.commit(decision, seed);
    stub.setEvent(EVENTS[name], Buffer.from(canonicalJson({ transaction: name, ids: idsOf(call.request) })));
  }
  return canonicalJson({ replayed } satisfies SubmitResult);
}

/** Runs the same rules on the caller's own copies: what would be opened, who would have to endorse, or why it would be refused. */
async function planOf(
  stub: ContractStub,
  name: string,
  request: unknown,
  transient: Transient,
  checked: boolean,
): Promise<Plan> {
  if (!isSubmit(name)) throw new TenorError('FUNCTION_UNKNOWN');
  const call = parseCall(name, request, transient);
  const seed = seedOf(name, transient);
  const { tx, decision, replayed } = await decideOnOwn(stub, call, seed, checked);
  const endorsingOrganizations = endorsersOf(decision);
  const fields: Record<string, string> = {};
  if (tx.openings.size > 0) fields['openings'] = base64(canonicalJson(Object.fromEntries(tx.openings)));
  if (transient.secret !== undefined) fields['private'] = base64(canonicalJson(transient.secret));
  if (transient.seed !== undefined) fields['seed'] = Buffer.from(transient.seed).toString('base64');
  return { ...(endorsingOrganizations === undefined ? {} : { endorsingOrganizations }), transient: fields, replayed };
}

interface Planned {
  readonly tx: LedgerTransaction;
  readonly decision: Decision;
  readonly replayed: boolean;
}

/** Decides on own copies. A refusal means nothing before the copies are checked: a superseded one would have to be named instead. */
async function decideOnOwn(
  stub: ContractStub,
  call: Call<SubmitName>,
  seed: Uint8Array,
  checked: boolean,
): Promise<Planned> {
  const tx = new LedgerTransaction(stub, { from: 'ownBook', checked });
  try {
    return { tx, ...(await decide(tx, call, seed)) };
  } catch (error) {
    if (checked) throw error;
    return decideOnOwn(stub, call, seed, true);
  }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function parseCall(name: SubmitName, argument: unknown, transient: Transient): Call<SubmitName> {
  const spec = TRANSACTIONS[name];
  const request = parseBy(spec.request, argument);
  const isMissing = transient.secret === undefined && !spec.private.safeParse(undefined).success;
  if (isMissing) throw new TenorError('PRIVATE_MISSING', { path: 'transient.private' });
  return { name, request, secret: parseBy(spec.private, transient.secret) };
}

/** Registry records are public and carry no salt; every other write needs the caller's randomness. */
function seedOf(name: SubmitName, { seed }: Transient): Uint8Array {
  if (seed !== undefined) return seed;
  if (name.startsWith('registry:')) return new Uint8Array();
  throw new TenorError('SEED_INVALID');
}

/**
 * Decides, and holds the decision against what was expected of the books. Where that fails although every write of the decision
 * stands there already, this is a repeat of the same bytes: nothing is left to do.
 */
async function decide(
  tx: LedgerTransaction,
  call: Call<SubmitName>,
  seed: Uint8Array,
): Promise<{ readonly decision: Decision; readonly replayed: boolean }> {
  let decision: Decision;
  try {
    decision = await (OPERATIONS[call.name] as Operation<SubmitName>)(tx, call);
  } catch (error) {
    throw (await tx.failure()) ?? error; // what was decided on an opening that does not hold means nothing
  }
  const failure = await tx.failure();
  if (failure === undefined) return { decision, replayed: false };
  if (await tx.holds(decision, seed)) return { decision, replayed: true };
  throw failure;
}

/** The ids of a request for its event: texts and lists of texts; the ids inside items are lifted out. */
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
