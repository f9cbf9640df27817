/** The journal keeps what was sent after the process ends. Files are written whole or not at all, and only their owner can read them. */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  newFileJournal,
  newMemoryJournal,
  writeDurably,
  type Journal,
  type JournalEntry,
} from '../../../client/src/journal.js';
import { codeOf } from '../protocol/support.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tenor-journal-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const OPEN: JournalEntry = {
  operation: 'slice:split {"sliceId":"a"}',
  seed: 'c2VlZA==',
  contentHash: 'cd'.repeat(32),
};
const SENT: JournalEntry = { ...OPEN, sent: { transactionId: 'ab'.repeat(32), prepared: 'AAEC' } };
const OTHER: JournalEntry = {
  operation: 'slice:split {"sliceId":"../../etc/passwd"}',
  seed: 'b3RoZXI=',
  contentHash: 'ef'.repeat(32),
};

describe.each<[string, () => Journal]>([
  ['in memory', () => newMemoryJournal()],
  ['in a folder', () => newFileJournal(path.join(folder, 'deep', 'journal'))],
])('a journal %s', (_where, open) => {
  it('gives back what was put last, under its operation alone', () => {
    const journal = open();
    expect(journal.get(OPEN.operation)).toBeUndefined();
    journal.put(OPEN);
    journal.put(OTHER);
    expect(journal.get(OPEN.operation)).toEqual(OPEN);
    journal.put(SENT);
    expect(journal.get(OPEN.operation)).toEqual(SENT);
    expect(journal.get(OTHER.operation)).toEqual(OTHER);
  });

  it('has a secret of 32 bytes, its own, and always the same', () => {
    const journal = open();
    expect(journal.secret()).toHaveLength(32);
    expect(journal.secret()).toEqual(journal.secret());
    expect(newMemoryJournal().secret()).not.toEqual(journal.secret());
  });

  it('lists what is open, and forgets what is removed', () => {
    const journal = open();
    expect(journal.pending()).toEqual([]);
    journal.put(SENT);
    journal.put(OTHER);
    expect(new Set(journal.pending())).toEqual(new Set([SENT, OTHER]));
    journal.remove(SENT.operation);
    journal.remove('never there');
    expect(journal.pending()).toEqual([OTHER]);
    expect(journal.get(SENT.operation)).toBeUndefined();
  });

  it('remembers what took effect, and no longer lists it as open', () => {
    const journal = open();
    const { sent: _sent, ...rest } = SENT;
    const done = { ...rest, done: { transactionId: 'ab'.repeat(32) } };
    journal.put(SENT);
    journal.finish(done);
    expect(journal.pending()).toEqual([]);
    expect(journal.get(SENT.operation)).toEqual(done);
    journal.put(OPEN); // another call under the same name is open again
    expect(journal.get(OPEN.operation)).toEqual(OPEN);
    journal.remove(OPEN.operation);
    expect(journal.get(OPEN.operation)).toEqual(done);
  });
});

describe('a journal in a folder', () => {
  const filesOf = (): string[] => readdirSync(folder).filter((name) => name !== 'done');

  it.each(['', 'c2hvcnQ=', '???'])('names a secret that is %j instead of deriving seeds from it', (content) => {
    const journal = newFileJournal(folder);
    writeFileSync(path.join(folder, 'secret'), content);
    const refusal = codeOf(() => journal.secret(), true) as [string, { problem: string }];
    expect([refusal[0], refusal[1].problem.includes(path.join(folder, 'secret'))]).toEqual(['CONFIGURATION', true]);
  });

  it.each(['/dev/null/journal', '/proc/nowhere/journal'])('is refused in %s, where no folder can be', (place) => {
    expect(codeOf(() => newFileJournal(place), true)).toMatchObject([
      'CONFIGURATION',
      { problem: expect.stringMatching(/^name a folder for the journal that can be made, not /) },
    ]);
  });

  it('survives the process that wrote it', () => {
    const journal = newFileJournal(folder);
    journal.put(SENT);
    const secret = journal.secret();
    expect(newFileJournal(folder).pending()).toEqual([SENT]);
    expect(newFileJournal(folder).secret()).toEqual(secret);
  });

  it('keeps everything inside its folder, whatever an operation is called', () => {
    newFileJournal(folder).put(OTHER);
    expect(filesOf()).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/)]);
  });

  it('is readable by its owner alone', () => {
    const inner = path.join(folder, 'journal');
    newFileJournal(inner).put(SENT);
    const [name = ''] = readdirSync(inner);
    expect([statSync(inner).mode & 0o777, statSync(path.join(inner, name)).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('leaves no temporary file behind, and takes none for an entry', () => {
    const journal = newFileJournal(folder);
    journal.put(SENT);
    journal.put(OPEN);
    expect(filesOf()).toHaveLength(1);
    writeFileSync(path.join(folder, `${'0'.repeat(64)}.json.99.tmp`), '{"operation"');
    expect(journal.pending()).toEqual([OPEN]);
  });

  it.each([
    ['torn', '{"operation":"certificate:spl'],
    ['empty', ''],
    ['foreign', '[]'],
    ['foreign', '{"operation":1}'],
  ])('names a %s file instead of losing an outcome', (_what, content) => {
    const journal = newFileJournal(folder);
    journal.put(SENT);
    const file = path.join(folder, filesOf()[0] ?? '');
    writeFileSync(file, content);
    for (const ask of [() => journal.get(SENT.operation), () => journal.pending()]) {
      const refusal = codeOf(ask, true) as [string, { problem: string }];
      expect([refusal[0], refusal[1].problem.includes(file)]).toEqual(['CONFIGURATION', true]);
    }
  });
});

describe('writeDurably', () => {
  it('replaces a file whole, and keeps the old one when the new one cannot be written', () => {
    const file = path.join(folder, 'file');
    writeDurably(file, 'old');
    writeDurably(file, 'new');
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['new', ['file']]);
    expect(() => {
      writeDurably(path.join(folder, 'missing', 'file'), 'x');
    }).toThrow('ENOENT');
    expect(existsSync(path.join(folder, 'missing'))).toBe(false);
  });

  it('never shows a reader half a file', () => {
    const file = path.join(folder, 'file');
    const contents = ['a', 'b'].map((letter) => letter.repeat(200_000));
    for (let count = 0; count < 20; count++) {
      writeDurably(file, contents[count % 2] ?? '');
      expect(contents).toContain(readFileSync(file, 'utf8'));
    }
  });

  it('makes a file that others may not read, even where an open one stood', () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, 'old');
    chmodSync(file, 0o644);
    writeDurably(file, 'new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
