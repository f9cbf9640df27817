/** The house rules as tests. If one fails, the build fails. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = resolve(__dirname, '../..');
const MINUTES = 60_000;

function tool(path: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

const tracked = (): string[] =>
  execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)));

const linesOf = (path: string): string[] => readFileSync(join(ROOT, path), 'utf8').split('\n');

function hits(pattern: RegExp, paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    linesOf(path).flatMap((line, index) => (pattern.test(line) ? [`${path}:${String(index + 1)}`] : [])),
  );
}

describe('the house rules', () => {
  it(
    'type checks and has no lint error, tests and examples included',
    () => {
      expect(tool('node_modules/oxlint/bin/oxlint')).toBe('');
    },
    5 * MINUTES,
  );

  it(
    'is formatted',
    () => {
      expect(tool('node_modules/oxfmt/bin/oxfmt', '--check')).toBe('');
    },
    2 * MINUTES,
  );

  it(
    'has no unused file, export or dependency',
    () => {
      expect(tool('node_modules/knip/bin/knip.js')).toBe('');
    },
    2 * MINUTES,
  );

  it('goes through no keys of an object in an order that nobody states', () => {
    const sources = tracked().filter((path) => path.startsWith('chaincode/src/') && path.endsWith('.ts'));
    expect(hits(/\bfor \((const|let|var) \S+ in /, sources)).toEqual([]);
  });

  it('focuses or skips no test', () => {
    const tests = tracked().filter((path) => path.endsWith('.test.ts') || path.startsWith('test/behaviour/'));
    expect(hits(/\b(it|test|describe)\.(only|skip)\(|\bx(it|describe)\(/, tests)).toEqual([]);
  });

  it('names no registry and keeps no download address in a lock file', () => {
    const locks = tracked().filter((path) => path.endsWith('package-lock.json'));
    expect(hits(/"resolved": "https?:/, locks)).toEqual([]);
  });

  it('keeps source files to one idea: 400 lines at most', () => {
    const sources = tracked().filter((path) => path.endsWith('.ts') && !path.startsWith('test/'));
    expect(sources.filter((path) => linesOf(path).length > 401)).toEqual([]);
  });

  it('says in its first lines, before or right after what it imports, what each source file is for', () => {
    const sources = tracked().filter((path) => /^(chaincode|client|network|examples)\/.*\.ts$/.test(path));
    const opening = (path: string): string =>
      linesOf(path)
        .join('\n')
        .replace(/^#!.*\n/, '')
        .replace(/^(import [^;]*;\n)+\n*/, '');
    expect(sources.filter((path) => !/^\/[/*]/.test(opening(path)))).toEqual([]);
  });
});
