/** The documents are true: their lists are complete, their links lead somewhere, and generated pages are current. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { BOOK_RECORDS, PUBLIC_RECORDS } from '../../chaincode/src/protocol/records/index.js';
import { DEFINITIONS, EVENTS, type CommandName, type Name } from '../../chaincode/src/protocol/commands/index.js';

const ROOT = resolve(__dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const NAMES = Object.keys(DEFINITIONS) as Name[];

/** Cells of the table rows that begin with a transaction's name. */
function rowsOf(path: string): string[][] {
  const rows = read(path)
    .split('\n')
    .filter((line) => /^\| `[a-z]+:\w+`/.test(line));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const named = (rows: readonly string[][]): string[] => rows.map(([name = '']) => name.replaceAll('`', ''));

/** Tracked pages and new ones alike. */
function pages(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '*.md'];
  const listed = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return listed.filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

/** Prose alone: what stands in code is no link and no heading. */
const proseOf = (path: string): string =>
  read(path)
    .replaceAll(/^(```|~~~).*?^\1/gms, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()#]/g, ''));

/** Anchors as the usual renderers make them from headings. */
function anchorsOf(path: string): string[] {
  const headings = [...proseOf(path).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text);
  return headings.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function isBroken(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : join(dirname(page), file);
  if (!existsSync(join(ROOT, target))) return true;
  return anchor !== undefined && !anchorsOf(target).includes(anchor);
}

function brokenLinks(page: string): string[] {
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const relative = links.filter((link) => !/^[a-z]+:/.test(link));
  return relative.filter((link) => isBroken(page, link)).map((link) => `${page}: ${link}`);
}

describe('the documents', () => {
  it('hold the API page that the sources make', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect({ status, stderr: stderr.replaceAll(/^npm warn.*\n/gm, '') }).toEqual({ status: 0, stderr: '' });
  });

  it('say of every field of a request what it means', () => {
    const [, transactions = ''] =
      /\n## `registry`\n([^]+)\n## Steps of a certificate\n/.exec(read('docs/API.md')) ?? [];
    const rows = transactions.split('\n').filter((line) => /^\| `\w+` \|/.test(line));
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((row) => /\| *(Optional\. *)?\|$/.test(row))).toEqual([]);
  });

  it('describe every transaction that writes in both tables of commands, in order, with every column', () => {
    const rows = rowsOf('docs/ARCHITECTURE.md');
    const submits = NAMES.filter((name): name is CommandName => DEFINITIONS[name].kind === 'submit');
    expect(named(rows)).toEqual([...submits, ...submits]);
    expect(rows.filter((cells) => cells.length !== 5)).toEqual([]);
    // By hand: only the last column, which says where a call differs, may be empty.
    expect(rows.slice(0, submits.length).filter((cells) => cells.slice(0, 4).includes(''))).toEqual([]);
    expect(submits.map((name) => EVENTS[name])).toEqual(submits.map((name) => `tenor.${name.replace(':', '.')}.v1`));
  });

  it('list exactly the transactions in the README', () => {
    expect(named(rowsOf('README.md'))).toEqual(NAMES);
  });

  it('say in the README what channel members see, in the words in which it was recorded', () => {
    const [, section = ''] = read('README.md').split('\n## What channel members see\n');
    const [until = ''] = section.split('\n## ');
    const items = [...until.matchAll(/^- ((?:.+\n {2})*.+)[;.]$/gm)].map(([, item = '']) =>
      item.replaceAll(/\s+/g, ' '),
    );
    const { sees, refused } = JSON.parse(read('test/golden/seen-by-members.json')) as {
      readonly sees: readonly { readonly what: string }[];
      readonly refused: readonly string[];
    };
    expect(items).toEqual([...sees.map(({ what }) => what), ...refused]);
  });

  it('link only to what is there', () => {
    expect(pages().flatMap(brokenLinks)).toEqual([]);
  });

  it('say each thing once in the changelog, also where branches met', () => {
    const lines = read('CHANGELOG.md').split('\n');
    const beginnings = lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(0, 40));
    expect(beginnings.filter((line, index) => beginnings.indexOf(line) !== index)).toEqual([]);
    const long = lines.filter((line) => line.length > 20);
    expect(long.filter((line, index) => long.indexOf(line) !== index)).toEqual([]);
  });

  it('name each kind of record once in the changelog', () => {
    const [, item = ''] = /^- Book records ([^]*?)\n- /m.exec(read('CHANGELOG.md')) ?? [];
    const [book = '', registry = ''] = item.split(/registry\s+records/);
    const kinds = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, kind = '']) => kind);
    expect(kinds(book)).toEqual(Object.keys(BOOK_RECORDS));
    expect(kinds(registry)).toEqual(Object.keys(PUBLIC_RECORDS));
  });

  it('list every decision', () => {
    const listed = [...read('docs/decisions/README.md').matchAll(/\]\((\d{4}-[^)]+)\)/g)].map(
      ([, file]) => `docs/decisions/${file ?? ''}`,
    );
    expect(listed).toEqual(
      pages()
        .filter((path) => /^docs\/decisions\/\d{4}-/.test(path))
        .sort(),
    );
  });
});
