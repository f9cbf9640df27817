/** An editor shows the text of a command over the client's method, for every command. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { DEFINITIONS } from '../../../chaincode/src/protocol/commands/index.js';
import { Language } from './language.js';

const COMMANDS = join(__dirname, '../../../chaincode/src/protocol/commands');
const names = Object.entries(DEFINITIONS).flatMap(([name, { kind }]) =>
  kind === 'submit' && name !== 'ticket:prepare' ? [name] : [],
);

/** The comment over the definition, as it stands in the command's file. */
function textOf(name: string): string {
  const source = readFileSync(join(COMMANDS, `${name.replace(':', '/')}.ts`), 'utf8');
  const [, text = ''] = /\/\*\*\s((?:(?!\*\/).)+)\s\*\/\n(?:export const| +\w+ as \w+,\n};)/s.exec(source) ?? [];
  return text.replaceAll(/\s*\n? \* /g, ' ').trim();
}

const HEAD = ["import type { Tenor } from '../../../client/src/tenor.js';", 'declare const tenor: Tenor;'];
const lineOf = (name: string): string => `tenor.${name.replace(':', '.')}`;
let shown: ReadonlyMap<string, string>;
beforeAll(() => {
  shown = new Language().hovers([...HEAD, ...names.map(lineOf)]);
}, 120_000);

it.each(names)('%s', (name) => {
  expect(textOf(name)).toMatch(/^[A-Z].{20,}\.$/);
  expect(shown.get(lineOf(name))?.replaceAll('\n', ' ')).toBe(textOf(name));
});
