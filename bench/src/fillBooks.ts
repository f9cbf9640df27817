/**
 * Fills books fast with copies of a real slice, of the same shape and length and under the same key policy. A chaincode without rules
 * writes them. It runs under Tenor's name during this time.
 */
import { randomBytes } from 'node:crypto';
import type { RunningNetwork } from '@tenor/network';
import { mustSend } from './calls.js';
import { draftsOf } from './drafts.js';
import { footprintsOf } from './footprint.js';
import type { Cast, Hands } from './people.js';
import { putRaw } from './rawWrites.js';
import { forEach, groupsOf, settle, type Stock } from './stock.js';
import { rawInPlaceOf } from './testNetwork.js';

/** Slices of one transaction, and transactions in flight for a book: most for the least of proposals and blocks. */
const AT_ONCE = 500;
const IN_FLIGHT = 3;
const TENOR = 'tenor';

interface Pattern {
  /** Canonical JSON of a slice at rest. */
  readonly opening: string;
  /** Its key policy in the register, base64. */
  readonly policy: string;
}

const bookOf = ({ mspId }: Hands): string => `_implicit_org_${mspId}`;

/** A slice that the chaincode itself wrote: a part of a split. @throws Error */
async function patternOf(network: RunningNetwork, cast: Cast, stock: Stock): Promise<Pattern> {
  const [split] = draftsOf(cast, stock, 2, 'slice:split');
  const [prepared] = (await split?.prepare(1)) ?? [];
  if (prepared === undefined) throw new Error('nothing was made to split');
  const transactionId = await mustSend(prepared.call);
  const footprint = footprintsOf(await network.blocks('bank'), TENOR, new Set([transactionId])).get(transactionId);
  const inRegister = footprint?.writes.find(
    ({ collection, existed, policy }) => collection === bookOf(cast.bank) && !existed && policy !== undefined,
  );
  const { id = '' } = prepared.records.at(-1) ?? {};
  const { opening } = await cast.supplier.checker.tenor.book.slice.get(id);
  if (inRegister?.policy === undefined) throw new Error('a split writes no part under a key policy');
  return { opening, policy: inRegister.policy };
}

/** The same slice under another id: keys of a parsed record keep their order, so that the bytes stay canonical. */
function copyOf({ opening }: Pattern, id: string): string {
  const record = JSON.parse(opening) as { id: string; salt: string };
  return JSON.stringify({ ...record, id, salt: randomBytes(record.salt.length / 2).toString('hex') });
}

async function fill(
  hands: Hands,
  items: readonly (readonly [id: string, bytes: string])[],
  keyOf: (id: string) => string,
  policy?: string,
): Promise<void> {
  const { contract } = hands.checker;
  await forEach(
    groupsOf(items, AT_ONCE),
    (group) => {
      const operations = group.flatMap(([id, bytes]) => putRaw(bookOf(hands), keyOf(id), Buffer.from(bytes), policy));
      const transient = { raw: Buffer.from(JSON.stringify(operations)) };
      return mustSend(() =>
        Promise.resolve({ contract, name: 'raw', argument: '[]', transient, endorsers: [hands.mspId] }),
      );
    },
    IN_FLIGHT,
  );
}

/**
 * Puts so many slices of the supplier into its own book and into the bank's register. Each book is written by its owner's
 * peer alone. Returns their ids in order. @throws Error
 */
export async function fillBooks(network: RunningNetwork, cast: Cast, stock: Stock, slices: number): Promise<string[]> {
  const pattern = await patternOf(network, cast, stock);
  const items = Array.from({ length: slices }, () => cast.supplier.checker.tenor.newId(cast.bank.mspId)).map(
    (id) => [id, copyOf(pattern, id)] as const,
  );
  const owners = network.topology.organizations.filter(({ mspId }) =>
    [cast.bank, cast.supplier].some((each) => each.mspId === mspId),
  );
  for (const { name } of owners) await network.faults.replaceChaincode(name, rawInPlaceOf(TENOR));
  await Promise.all([
    fill(cast.bank, items, (id) => `own/slice/${id}`, pattern.policy),
    fill(cast.supplier, items, (id) => `shown/slice/${cast.bank.mspId}/${id}`),
  ]);
  for (const { name } of owners) await network.faults.restoreChaincode(name, TENOR);
  await settle();
  return items.map(([id]) => id).sort();
}
