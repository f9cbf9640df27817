/** One attempt at a command, with all openings that could support it from all books. */
import { randomBytes } from 'node:crypto';
import type { BookKind, Tenor } from '@tenor/client';
import type { PartyName, World } from '../support/world.js';
import { outcome, viewOf } from './dealBooks.js';
import type { CommandName } from '../../chaincode/src/protocol/commands/index.js';
import type { Call } from './dealStep.js';

/** A command, who calls it, and the keys whose records it rests on. */
export interface Attempt extends Call {
  readonly name: CommandName;
  readonly by: Tenor;
  readonly keys: readonly string[];
}

const HOLDERS: readonly PartyName[] = ['bank', 'issuer', 'supplier', 'contractor'];

/** The bytes of a record, current ones if anyone has them; undefined where nobody holds it. */
export async function openingOf(world: World, key: string): Promise<string | undefined> {
  const slash = key.indexOf('/');
  const [kind, id] = [key.slice(0, slash) as BookKind, key.slice(slash + 1)];
  let found: string | undefined;
  for (const name of HOLDERS) {
    if ((await outcome(viewOf(world, name, kind, id))) !== 'ok') continue;
    const { opening, current } = await viewOf(world, name, kind, id);
    if (current) return opening;
    found ??= opening;
  }
  return found;
}

/**
 * `ok` where the caller's own plan says so, which writes nothing; else the code that the endorsers answer to a proposal with all
 * openings there are. `shown` adds bytes that no book holds any more.
 */
export async function attempt(
  world: World,
  { name, by, request, secret, keys }: Attempt,
  shown: Readonly<Record<string, string>> = {},
): Promise<string> {
  const seed = randomBytes(32);
  const planned = await outcome(by.sender.plan(name, request, secret as never, seed));
  if (planned === 'ok') return planned;
  const openings: Record<string, string> = { ...shown };
  for (const key of keys) {
    const opening = await openingOf(world, key);
    if (opening !== undefined) openings[key] = opening;
  }
  const transient = {
    ...{ seed, openings: Buffer.from(JSON.stringify(openings)) },
    ...(secret === undefined ? {} : { private: Buffer.from(JSON.stringify(secret)) }),
  };
  const { mspId } = world.people('bank');
  return outcome(by.sender.submitOnce(name, JSON.stringify(request), transient, [...new Set([mspId, by.mspId])]));
}
