/** One call of a command through the chaincode's own path, on a ledger that holds exactly the records that the call needs, and its result. */
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import { encodeRecord } from '../../../chaincode/src/ledger/codec.js';
import { encodeKeyPolicy } from '../../../chaincode/src/ledger/keyPolicy.js';
import { canonicalJson } from '../../../chaincode/src/protocol/canonical.js';
import {
  DEFINITIONS,
  type CommandDefinition,
  type CommandName,
} from '../../../chaincode/src/protocol/commands/index.js';
import { TenorError, type ErrorCode, type ErrorData } from '../../../chaincode/src/protocol/errors.js';
import {
  BOOK_RECORDS,
  type BookKind,
  type BookRecord,
  type Duty,
  type PublicRecord,
  type Role,
} from '../../../chaincode/src/protocol/records/index.js';
import { RECORDS } from '../../../chaincode/src/records/index.js';
import type { RecordKind } from '../../../chaincode/src/ledger/recordKind.js';
import { MemoryLedger, type Call, type Simulation } from '../../property/support/memoryLedger.js';
import { readPolicy, type Rule } from '../../unit/ledger/policyEvaluator.js';
import { HASH, MSP, NEIGHBOUR, NEIGHBOUR_BANK, PARTY, partyOf, TODAY, type PartyName } from './facts.js';
import { certificateOf, identityOf, type Person } from './people.js';
import { rebatched, relinked } from './relinked.js';

/** A person, and what its organisation registered it for. */
export interface Caller extends Person {
  readonly operator?: { readonly duties: readonly Duty[]; readonly parties: readonly string[] };
}

interface Shown {
  readonly kind: BookKind;
  readonly id: string;
  readonly record: object;
}

/** Plain JSON, so that an attack can rename whatever it likes in it. */
export interface Scene {
  readonly name: CommandName;
  readonly caller: Caller;
  readonly request: object;
  readonly secret?: object;
  /** Opened, and standing in the book of every register that the record or its id names. */
  readonly shown: readonly Shown[];
  /** What stands besides, or instead, by `<MSP id> <key>`. */
  readonly standing: Readonly<Record<string, string>>;
  /** Registry records by key. */
  readonly registry: Readonly<Record<string, object>>;
  /** What the ticket says otherwise than it should. */
  readonly ticket: Partial<BookRecord<'ticket'>>;
  /** The day on which the caller says that it made the call. */
  readonly claimedDate: string;
}

/** A change of a scene. */
export type Change = (scene: Scene) => Scene;

export const callerOf = (name: PartyName, duties: readonly Duty[], person = 'checker'): Caller => ({
  ...{ mspId: MSP[name], name: person, admin: false, operator: { duties, parties: [PARTY[name].id] } },
});

function dateOf(date: string): PublicRecord<'businessDate'> {
  return { schema: 'tenor.businessDate/1', date, calendar: 'CN', keepers: [], version: 1 };
}

const REGISTRY: Readonly<Record<string, object>> = {
  ...Object.fromEntries(Object.values(PARTY).map((party) => [`party/${party.id}`, party])),
  banks: {
    ...{ schema: 'tenor.banks/1', mspIds: [MSP.bank, MSP.otherBank] },
    active: [MSP.bank, MSP.otherBank].map((mspId) => ({ mspId, parties: 1 })),
  },
  businessDate: dateOf(TODAY),
};

/** A call by a person, on these records. */
export function sceneOf(
  name: CommandName,
  caller: Caller,
  request: object,
  more: { readonly secret?: object; readonly shown?: readonly Opened<BookKind>[]; readonly date?: string } = {},
): Scene {
  const { secret, shown = [], date = TODAY } = more;
  const opened = shown.map(({ kind, id, record }) => ({ kind, id, record }));
  const scene = {
    name,
    caller,
    request,
    shown: opened,
    standing: {},
    registry: REGISTRY,
    ticket: {},
    claimedDate: TODAY,
  };
  return on(date)(secret === undefined ? scene : { ...scene, secret });
}

// Changes

export const request =
  (changes: object): Change =>
  (scene) => ({ ...scene, request: { ...scene.request, ...changes } });
export const secret =
  (changes: object): Change =>
  (scene) => ({ ...scene, secret: { ...scene.secret, ...changes } });
export const as =
  (changes: Partial<Caller>): Change =>
  (scene) => ({ ...scene, caller: { ...scene.caller, ...changes } });
export const ticket =
  (changes: Partial<BookRecord<'ticket'>>): Change =>
  (scene) => ({ ...scene, ticket: { ...scene.ticket, ...changes } });
export const registered =
  (key: string, record: object | undefined): Change =>
  (scene) => {
    const { [key]: _old, ...others } = scene.registry;
    return { ...scene, registry: record === undefined ? others : { ...others, [key]: record } };
  };
export const on = (date: string): Change => registered('businessDate', dateOf(date));
/** The caller says that it made the call on another day. */
export const claimed =
  (claimedDate: string): Change =>
  (scene) => ({ ...scene, claimedDate });
/** The registry has a party otherwise. */
export const party =
  (name: PartyName, changes: Partial<PublicRecord<'party'>>): Change =>
  (scene) => {
    const key = `party/${PARTY[name].id}`;
    return registered(key, { ...scene.registry[key], ...changes })(scene);
  };
/** One more party in an organisation. */
export const neighbour = (mspId: string, ...roles: Role[]): Change =>
  registered(`party/${NEIGHBOUR}`, partyOf(NEIGHBOUR, mspId, roles));
/** One more bank in an organisation. */
export const neighbourBank = (mspId: string): Change =>
  registered(`party/${NEIGHBOUR_BANK}`, partyOf(NEIGHBOUR_BANK, mspId, ['bank']));

/** The records of a kind, or the one in that place among them, say otherwise: bytes and registers alike. */
export const record =
  <Kind extends BookKind>(kind: Kind, changes: Partial<BookRecord<Kind>>, place?: number): Change =>
  (scene) => {
    let seen = -1;
    const shown = scene.shown.map((each) => {
      if (each.kind === kind) seen++;
      const isMeant = each.kind === kind && (place === undefined || place === seen);
      return isMeant ? { ...each, record: { ...each.record, ...changes } } : each;
    });
    return relinked(scene, { ...scene, shown });
  };
/** Another record of a kind instead. */
export const instead =
  (opened: Opened<BookKind>): Change =>
  (scene) => ({
    ...scene,
    shown: scene.shown.map((each) =>
      each.kind === opened.kind ? { kind: opened.kind, id: opened.id, record: opened.record } : each,
    ),
  });
/** Records of a kind are neither there nor shown. */
export const without =
  (kind: BookKind): Change =>
  (scene) => ({ ...scene, shown: scene.shown.filter((each) => each.kind !== kind) });
/** Something stands under a key of a book. */
export const taken =
  (mspId: string, kind: BookKind, id: string, bytes = 'taken'): Change =>
  (scene) => ({ ...scene, standing: { ...scene.standing, [`${mspId} own/${kind}/${id}`]: bytes } });
/** Nothing stands under a key of a book. */
export const absent =
  (mspId: string, kind: BookKind, id: string): Change =>
  (scene) => {
    const { [`${mspId} own/${kind}/${id}`]: _gone, ...standing } = scene.standing;
    return { ...scene, standing };
  };
/** The business date. */
export const dateIn = ({ registry }: Scene): string =>
  (registry['businessDate'] as { readonly date: string } | undefined)?.date ?? TODAY;

/** All of it says another thing: ids, records, request. The registry and the caller do so only where that is asked for. */
export const renamed =
  (from: string, to: string, registryToo = false): Change =>
  (scene) => {
    const { registry, caller, ...rest } = scene;
    const replaced = <Value>(value: Value, pattern: RegExp): Value =>
      JSON.parse(JSON.stringify(value).replace(pattern, to)) as Value;
    const linked = (after: Scene): Scene => relinked(scene, rebatched(scene, after));
    if (registryToo) return linked(replaced(scene, new RegExp(`(?<![A-Za-z])${from}`, 'g')));
    // Ids that the caller keeps at home stay, and so does who drew an id: they are not what is forged.
    const renamedRest = replaced(rest, new RegExp(`(?<![A-Za-z])${from}(?!(~${from})?~own-|~new-)`, 'g'));
    return linked({ registry, caller, ...renamedRest });
  };
/** An id is drawn by, and where the caller keeps it is kept by, another organisation. Ids that a call draws say so: `new-`, `own-`. */
export const redrawnBy =
  (mspId: string): Change =>
  (scene) =>
    JSON.parse(
      JSON.stringify(scene)
        .replace(/~[A-Za-z]+MSP~new-/g, `~${mspId}~new-`)
        .replace(/[A-Za-z]+MSP~[A-Za-z]+MSP~own-/g, `${mspId}~${mspId}~own-`),
    ) as Scene;
export const all =
  (...changes: readonly Change[]): Change =>
  (scene) =>
    changes.reduce((current, change) => change(current), scene);

// Running

const ORGANIZATIONS = [...Object.values(MSP), 'OperatorMSP'];
const COLLECTION = '_implicit_org_';
/** The seed of every call. */
export const SALTED = new Uint8Array(32).fill(7);
const kindOf = (kind: BookKind): RecordKind<BookKind> => RECORDS[kind];

/** The command's ticket as the caller's maker wrote it. */
function ticketOf(scene: Scene): Shown[] {
  const { fourEyes, by } = DEFINITIONS[scene.name] as CommandDefinition;
  if (fourEyes !== true) return [];
  const { ticketId: id } = scene.request as { readonly ticketId: string };
  const payload = canonicalJson({ private: scene.secret ?? {}, request: scene.request });
  const acting = 'party' in by ? (scene.caller.operator?.parties[0] ?? PARTY.bank.id) : '';
  const maker = identityOf({ mspId: scene.caller.mspId, name: 'maker', admin: false });
  const expiresOn = dateIn(scene);
  const good = {
    schema: 'tenor.ticket/1',
    id,
    party: acting,
    command: scene.name,
    payload,
    maker,
    expiresOn,
    salt: HASH,
  };
  return [{ kind: 'ticket', id, record: { ...good, ...scene.ticket } }];
}

/** Kinds under the id of something else, or of a draft: their own fields say who keeps them. */
const NAMED_OTHERWISE: readonly BookKind[] = ['totals', 'redeemed', 'draft', 'remittance', 'receipt'];

const registersOf = ({ kind, id, record }: Shown, callerMsp: string): readonly string[] => {
  const named = id.includes('~') && !NAMED_OTHERWISE.includes(kind) ? [id.split('~')[0] ?? ''] : [];
  const own = kindOf(kind).registers(record as never, callerMsp);
  return [...new Set([...own, ...named])];
};

/** Every book in which an opened record stands. */
export const placesOf = (scene: Scene): readonly (Shown & { readonly mspId: string })[] =>
  [...scene.shown, ...ticketOf(scene)].flatMap((each) =>
    registersOf(each, scene.caller.mspId).map((mspId) => ({ ...each, mspId })),
  );

/** The policy under which a record was put there. A record that is spoilt may have none. */
function policyOn(kind: BookKind, stored: object): Uint8Array | undefined {
  const { success, data } = BOOK_RECORDS[kind].safeParse(stored);
  const policy = success ? kindOf(kind).policy(data) : undefined;
  return policy === undefined ? undefined : encodeKeyPolicy(policy);
}

function ledgerOf(scene: Scene): MemoryLedger {
  const ledger = new MemoryLedger(ORGANIZATIONS);
  const { caller } = scene;
  for (const [key, stored] of Object.entries(scene.registry)) ledger.place(undefined, key, encodeRecord(stored));
  if (caller.operator !== undefined) {
    const identity = identityOf(caller);
    const operator = { schema: 'tenor.operator/1', mspId: caller.mspId, identity, ...caller.operator, version: 1 };
    ledger.place(undefined, `operator/${caller.mspId}/${identity}`, encodeRecord(operator));
  }
  for (const { mspId, kind, id, record: stored } of placesOf(scene))
    ledger.place(mspId, `own/${kind}/${id}`, encodeRecord(stored), policyOn(kind, stored));
  for (const [place, bytes] of Object.entries(scene.standing)) {
    const [mspId = '', key = ''] = place.split(' ');
    ledger.place(mspId, key, bytes);
  }
  return ledger;
}

function callOf(scene: Scene): Call {
  const openings = Object.fromEntries(
    [...scene.shown, ...ticketOf(scene)].map(({ kind, id, record: shown }) => [`${kind}/${id}`, encodeRecord(shown)]),
  );
  const transient = new Map<string, Uint8Array>([
    ['seed', SALTED],
    ['openings', Buffer.from(JSON.stringify(openings))],
  ]);
  if (scene.secret !== undefined) transient.set('private', Buffer.from(JSON.stringify(scene.secret)));
  const creator = { mspId: scene.caller.mspId, certPem: certificateOf(scene.caller) };
  return {
    creator,
    name: scene.name,
    argument: JSON.stringify(scene.request),
    transient,
    claimedDate: scene.claimedDate,
  };
}

/** A refusal, or what was written. */
export type Outcome = { readonly refused: string; readonly data: ErrorData } | { readonly written: Written };

/** Runs the call; `hidden` names openings that are not shown. */
export async function outcomeOf(scene: Scene, hidden: readonly string[] = []): Promise<Outcome> {
  const call = callOf(scene);
  const shown = JSON.parse(Buffer.from(call.transient.get('openings') ?? '').toString()) as Record<string, string>;
  const openings = Object.fromEntries(Object.entries(shown).filter(([name]) => !hidden.includes(name)));
  const transient = new Map([...call.transient, ['openings', Buffer.from(JSON.stringify(openings))] as const]);
  try {
    return { written: writtenIn(await ledgerOf(scene).simulate({ ...call, transient })) };
  } catch (error) {
    if (error instanceof TenorError) return { refused: error.code, data: error.data };
    throw error;
  }
}

/** The code of a refusal, or `taken`. */
export async function codeOf(scene: Scene): Promise<string> {
  const outcome = await outcomeOf(scene);
  return 'refused' in outcome ? outcome.refused : 'taken';
}

/** What a scene that is taken writes. @throws Error where it is refused */
export async function writtenBy(scene: Scene): Promise<Written> {
  const outcome = await outcomeOf(scene);
  if ('refused' in outcome) throw new Error(`refused with ${outcome.refused} ${JSON.stringify(outcome.data)}`);
  return outcome.written;
}

/** What the same call once more comes to, after what it wrote was committed. */
export async function repeated(scene: Scene): Promise<'replayed' | 'written again' | ErrorCode> {
  const ledger = ledgerOf(scene);
  ledger.commit(await ledger.simulate(callOf(scene)), ORGANIZATIONS);
  try {
    const { answer, writes } = await ledger.simulate(callOf(scene));
    const { replayed } = JSON.parse(answer) as { readonly replayed: boolean };
    return replayed && writes.size === 0 ? 'replayed' : 'written again';
  } catch (error) {
    if (error instanceof TenorError) return error.code;
    throw error;
  }
}

// What was written

interface Stored {
  /** Undefined where the key is deleted. */
  readonly record: object | undefined;
  readonly policy?: string;
}

/** By `<MSP id> <key>`, or `public <key>`. The places that a call takes are told in `places.ts`. */
export type Written = Readonly<Record<string, Stored>>;

/** Who satisfies a key policy, in words: `A & (B | C)`. */
export function policyText(bytes: Uint8Array): string {
  const { rule, mspIds } = readPolicy(bytes);
  const text = (each: Rule, isInner: boolean): string => {
    if ('signedBy' in each) return mspIds[each.signedBy] ?? '';
    const parts = each.rules.map((inner) => text(inner, true));
    if (each.n === each.rules.length) return parts.join(' & ');
    return isInner ? `(${parts.join(' | ')})` : parts.join(' | ');
  };
  return text(rule, false);
}

/** Whether that is a place for a call of another organisation. */
export const isPlace = (place: string): boolean => place.includes('\u0000own/intake/');

/** What a scene that is taken does to the ledger. @throws TenorError */
export const simulated = (scene: Scene): Promise<Simulation> => ledgerOf(scene).simulate(callOf(scene));

function writtenIn({ writes, policyAfter }: Simulation): Written {
  const entries = [...writes]
    .filter(([place]) => !isPlace(place))
    .map(([place, { bytes }]): [string, Stored] => {
      const policy = bytes === undefined ? undefined : policyAfter(place);
      const [collection = '', key = ''] = place.split('\u0000');
      const { salt: _salt, ...kept } = JSON.parse(bytes?.toString() ?? '{}') as { salt?: string };
      const stored = bytes === undefined ? undefined : kept;
      const where = `${collection.replace(COLLECTION, '')} ${key}`;
      return [where, policy === undefined ? { record: stored } : { record: stored, policy: policyText(policy) }];
    });
  return Object.fromEntries(entries);
}

/** Where a record goes: MSP ids of registers and of copies, and the policy in the registers. */
interface Where {
  readonly in: readonly string[];
  readonly copies?: readonly string[];
  readonly policy?: string;
}

/** A record as it must have been written. */
export function put(kind: BookKind, id: string, stored: object, where: Where): Written {
  const { copies = [], policy } = where;
  const kept = policy === undefined ? { record: stored } : { record: stored, policy };
  const [register = ''] = where.in;
  return Object.fromEntries([
    ...where.in.map((mspId): [string, Stored] => [`${mspId} own/${kind}/${id}`, kept]),
    ...copies.map((mspId): [string, Stored] => [`${mspId} shown/${kind}/${register}/${id}`, { record: stored }]),
  ]);
}

/** A record that must have been removed. */
export const gone = (kind: BookKind, id: string, mspId: string, also?: 'with its restored copy'): Written => ({
  [`${mspId} own/${kind}/${id}`]: { record: undefined },
  ...(also === undefined ? {} : { [`${mspId} shown/${kind}/${mspId}/${id}`]: { record: undefined } }),
});

/** A registry record as it must have been written. */
export const published = (key: string, stored: object): Written => ({ [`public ${key}`]: { record: stored } });
