/** What the commands of package.json install: never less than is there for development. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';

const MODULE = pathToFileURL(path.resolve(__dirname, '../../../scripts/packages.mjs')).href;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tenor-packages-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The level at which a command that needs `run` installs, where development takes two packages and these are there. */
function levelWith(
  there: readonly string[],
  devDependencies: object | undefined = { one: '1', '@some/other': '1' },
): string {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ devDependencies }));
  for (const name of there) mkdirSync(path.join(folder, 'node_modules', name), { recursive: true });
  const program = `import { levelOf } from ${JSON.stringify(MODULE)}; console.log(levelOf(${JSON.stringify(folder)}, 'run'));`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }).stdout.trim();
}

it('a command installs what it needs where nothing is installed, or not all that development takes', () => {
  expect([levelWith([]), levelWith(['one'])]).toEqual(['run', 'run']);
});

it('a command takes nothing away from somebody who develops', () => {
  expect(levelWith(['one', '@some/other'])).toBe('all');
});

it('a folder without packages for development has one level', () => {
  expect(levelWith([], {})).toBe('run');
});
