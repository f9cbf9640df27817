/**
 * Remembers what was sent and how it ended. An entry is stored before the first send. If the process dies, it can later find out how
 * its transaction ended instead of sending a second one. When the transaction has taken effect, the entry is kept among those that are
 * done, and the same call again is answered from it.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { createHash, randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import { LIMITS } from '../../chaincode/src/protocol/limits.js';

/** One operation under way. It holds private data: keep a journal as safe as the organisation's book. */
export interface JournalEntry {
  /** Transaction name and public request. */
  readonly operation: string;
  /** Seed, base64. */
  readonly seed: string;
  /** SHA-256 of the canonical private part, so that a call with the same ids and other content is not taken for a repeat. */
  readonly contentHash: string;
  /** Present once the transaction is endorsed: its id, and the signed, prepared transaction (base64), which may have been sent. */
  readonly sent?: { readonly transactionId: string; readonly prepared: string };
  /** Present once the operation has taken effect. `transactionId` is absent if the ledger held the content already. */
  readonly done?: { readonly transactionId?: string };
}

/** Where entries are kept. */
export interface Journal {
  /** Secret of this journal, 32 random bytes. Seeds are derived from it, so the same call gets the same seed and makes the same bytes. */
  secret(): Uint8Array;
  /** The open entry of an operation, otherwise the one that is done. */
  get(operation: string): JournalEntry | undefined;
  /** Keeps an open entry in place of the earlier one. */
  put(entry: JournalEntry): void;
  /** Keeps an entry that took effect, in place of the open one. Of very many, the oldest may be forgotten; such a call is planned again. */
  finish(entry: JournalEntry): void;
  /** Forgets an open entry, because its operation wrote nothing. */
  remove(operation: string): void;
  /** All operations whose outcome is open. */
  pending(): readonly JournalEntry[];
}

/** How many operations that are done a journal remembers, at least. */
const DONE_KEPT = 10_000;

/** A journal that lives as long as the process. */
export function newMemoryJournal(): Journal {
  const entries = new Map<string, JournalEntry>();
  const done = new Map<string, JournalEntry>();
  const secret = randomBytes(LIMITS.seedBytes);
  return {
    secret: () => secret,
    get: (operation) => entries.get(operation) ?? done.get(operation),
    put: (entry) => void entries.set(entry.operation, entry),
    finish: (entry) => {
      entries.delete(entry.operation);
      done.delete(entry.operation);
      done.set(entry.operation, entry);
      const [oldest] = done.keys();
      if (done.size > DONE_KEPT && oldest !== undefined) done.delete(oldest);
    },
    remove: (operation) => void entries.delete(operation),
    pending: () => [...entries.values()],
  };
}

/** Replaces a file in one step, and only once its bytes are on the disk. */
export function writeDurably(path: string, content: string): void {
  const temporary = `${path}.${String(process.pid)}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

// A damaged or unknown file is refused and never skipped, because it may belong to a transaction whose outcome nobody knows.
const unusable = (path: string, cause?: unknown): TenorError =>
  new TenorError('CONFIGURATION', { problem: `this is not a file of the journal: ${path}` }, { cause });

const zEntry = z.strictObject({
  operation: z.string(),
  seed: z.string(),
  contentHash: z.string(),
  sent: z.strictObject({ transactionId: z.string(), prepared: z.string() }).optional(),
  done: z.strictObject({ transactionId: z.string().optional() }).optional(),
});

function readEntry(path: string): JournalEntry {
  const text = readFileSync(path, 'utf8');
  try {
    return zEntry.parse(JSON.parse(text)) as JournalEntry;
  } catch (cause) {
    throw unusable(path, cause);
  }
}

function readSecret(path: string): Uint8Array {
  if (!existsSync(path)) writeDurably(path, randomBytes(LIMITS.seedBytes).toString('base64'));
  const secret = Buffer.from(readFileSync(path, 'utf8'), 'base64');
  if (secret.length !== LIMITS.seedBytes) throw unusable(path);
  return secret;
}

/** Makes one folder after the other, because Node's recursive `mkdirSync` never returns if the system denies that a folder exists, as in `/proc`. */
function makeFolder(folder: string): void {
  const isThere = (): boolean => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere()) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!isThere()) throw error; // another process may have made it meanwhile
  }
}

/** @throws TenorError CONFIGURATION */
function ensureFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (cause) {
    const problem = `name a folder for the journal that can be made, not ${folder}`;
    throw new TenorError('CONFIGURATION', { problem }, { cause });
  }
}

/** Files of entries in a folder. */
class EntryFiles {
  readonly #folder: string;

  constructor(folder: string) {
    ensureFolder(folder);
    this.#folder = folder;
  }

  #pathOf(operation: string): string {
    return join(this.#folder, `${createHash('sha256').update(operation).digest('hex')}.json`);
  }

  get(operation: string): JournalEntry | undefined {
    const path = this.#pathOf(operation);
    return this.#paths().includes(path) ? readEntry(path) : undefined;
  }

  put(entry: JournalEntry): void {
    writeDurably(this.#pathOf(entry.operation), JSON.stringify(entry));
  }

  remove(operation: string): void {
    rmSync(this.#pathOf(operation), { force: true });
  }

  all(): readonly JournalEntry[] {
    return this.#paths().map(readEntry);
  }

  /** If there are more than `most` files, forgets the oldest ones until `kept` are left. */
  prune(most: number, kept: number): void {
    const paths = this.#paths();
    if (paths.length <= most) return;
    const byAge = paths.map((path) => ({ path, at: statSync(path).mtimeMs })).sort((a, b) => a.at - b.at);
    for (const { path } of byAge.slice(0, byAge.length - kept)) rmSync(path, { force: true });
  }

  #paths(): readonly string[] {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(this.#folder, name));
  }
}

/** How often a journal in a folder looks whether it remembers too much. */
const PRUNED_EVERY = 1000;

/**
 * A journal in a folder that only its owner can read, with one file for each operation. Files of operations that are done are in the
 * folder `done` inside it. Its methods throw TenorError CONFIGURATION, which names the file, if a file is not one of the journal's.
 */
export function newFileJournal(folder: string): Journal {
  const open = new EntryFiles(folder);
  const done = new EntryFiles(join(folder, 'done'));
  let finished = 0;
  return {
    secret: () => readSecret(join(folder, 'secret')),
    get: (operation) => open.get(operation) ?? done.get(operation),
    put: (entry) => {
      open.put(entry);
    },
    finish: (entry) => {
      done.put(entry);
      open.remove(entry.operation);
      if (finished++ % PRUNED_EVERY === 0) done.prune(DONE_KEPT + PRUNED_EVERY, DONE_KEPT);
    },
    remove: (operation) => {
      open.remove(operation);
    },
    pending: () => open.all(),
  };
}
