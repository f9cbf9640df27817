/** The case of every command: `<noun>/<verb>.case.ts`, found by the command's name. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EVENTS, type CommandName } from '../../chaincode/src/protocol/commands/index.js';
import type { Case } from './support/case.js';

const load = createRequire(__filename);

function caseOf(name: CommandName): Case {
  const [noun = '', verb = ''] = name.split(':');
  const path = join(__dirname, noun, `${verb}.case`);
  const { [verb]: found } = load(path) as Readonly<Record<string, Case | undefined>>;
  if (found?.name !== name) throw new Error(`${path} exports no case of ${name} under the name ${verb}`);
  return found;
}

/** By name of the command. */
export const CASES = Object.fromEntries((Object.keys(EVENTS) as CommandName[]).map((name) => [name, caseOf(name)])) as {
  readonly [Name in CommandName]: Case<Name>;
};

/** All of them, in an order in which each can follow the one before: what waits for the payment date comes last. */
export const ALL = (Object.values(CASES) as unknown as Case[]).sort(
  (a, b) => Number(a.due ?? false) - Number(b.due ?? false),
);
