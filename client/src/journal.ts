/**
 * What was sent and not yet known to be committed. An entry is stored before the first send and removed once the outcome is known,
 * so that a process that dies in between finds out what became of its transaction instead of sending a second one.
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
  writeSync,
} from 'node:fs';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import { LIMITS } from '../../chaincode/src/protocol/limits.js';

/** One operation under way. It holds private data: keep a journal as safe as the organisation's book. */
export interface JournalEntry {
  /** Transaction name and public request. */
  readonly operation: string;
  /** Seed, base64. */
  readonly seed: string;
  /** SHA-256 of the canonical private part, so that other content under the same ids is not taken for a repeat. */
  readonly contentHash: string;
  /** Once endorsed: its id and the signed, prepared transaction (base64), which may have been sent. */
  readonly sent?: { readonly transactionId: string; readonly prepared: string };
}

/** Where entries are kept. */
export interface Journal {
  /** Secret of this journal, 32 random bytes. Seeds derive from it: the same call gets the same seed, and so the same bytes. */
  secret(): Uint8Array;
  get(operation: string): JournalEntry | undefined;
  put(entry: JournalEntry): void;
  remove(operation: string): void;
  /** All operations whose outcome is open. */
  pending(): readonly JournalEntry[];
}

/** A journal that lives as long as the process. */
export function newMemoryJournal(): Journal {
  const entries = new Map<string, JournalEntry>();
  const secret = randomBytes(LIMITS.seedBytes);
  return {
    secret: () => secret,
    get: (operation) => entries.get(operation),
    put: (entry) => void entries.set(entry.operation, entry),
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

// A torn or foreign file is refused, never skipped: behind it may be a transaction whose outcome nobody knows.
const unusable = (path: string, cause?: unknown): TenorError =>
  new TenorError('CONFIGURATION', { problem: `not a file of this journal: ${path}` }, { cause });

const zEntry = z.strictObject({
  operation: z.string(),
  seed: z.string(),
  contentHash: z.string(),
  sent: z.strictObject({ transactionId: z.string(), prepared: z.string() }).optional(),
});

function readEntry(path: string): JournalEntry {
  const text = readFileSync(path, 'utf8');
  try {
    const { sent, ...entry } = zEntry.parse(JSON.parse(text));
    return sent === undefined ? entry : { ...entry, sent };
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

/** A journal in a folder, one file an operation, readable by its owner alone. Its methods throw TenorError CONFIGURATION naming a file that cannot be read as one of theirs. */
export function newFileJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (operation: string): string =>
    join(folder, `${createHash('sha256').update(operation).digest('hex')}.json`);
  const names = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.json'));
  return {
    secret: () => readSecret(join(folder, 'secret')),
    get: (operation) => {
      const path = pathOf(operation);
      return names().some((name) => join(folder, name) === path) ? readEntry(path) : undefined;
    },
    put: (entry) => {
      writeDurably(pathOf(entry.operation), JSON.stringify(entry));
    },
    remove: (operation) => {
      rmSync(pathOf(operation), { force: true });
    },
    pending: () => names().map((name) => readEntry(join(folder, name))),
  };
}
