/** The raw write: as many keys, books and key policies as a command wrote, by a chaincode without rules, with the same endorsers. */
import { randomBytes } from 'node:crypto';
import type { Contract } from '@hyperledger/fabric-gateway';
import { newReference } from '@tenor/client';
import { mustSend, type Ready } from './calls.js';
import type { Footprint, KeyWrite } from './footprint.js';
import { forEach, groupsOf, settle } from './stock.js';

/** Keys that one set-up transaction writes. */
const KEYS_AT_ONCE = 50;

interface Operation {
  readonly op: 'putPrivate' | 'delPrivate' | 'policyPrivate';
  readonly collection: string;
  readonly key: string;
  readonly value?: string;
  readonly policy?: string;
}

/** What raw writes of one kind look like. */
export interface RawShape {
  readonly footprint: Footprint;
  readonly endorsers: readonly string[];
  /** Length of a value, by key hash; what is not listed is as long as a ticket. */
  readonly bytes: ReadonlyMap<string, number>;
}

const TICKET_BYTES = 400;

/** One key of a book, with its policy where it has one. */
export const putRaw = (collection: string, key: string, value: Buffer, policy: string | undefined): Operation[] => [
  { op: 'putPrivate', collection, key, value: value.toString('base64') },
  ...(policy === undefined ? [] : [{ op: 'policyPrivate' as const, collection, key, policy }]),
];

const put = (collection: string, key: string, bytes: number, policy: string | undefined): Operation[] =>
  putRaw(collection, key, randomBytes(bytes), policy);

const readyOf = (contract: Contract, endorsers: readonly string[], operations: readonly Operation[]): Ready => ({
  ...{ contract, endorsers, name: 'raw', argument: '[]' },
  transient: { raw: Buffer.from(JSON.stringify(operations)) },
});

/** Makes raw writes that can be sent. Keys that the command found in place are put there first, under the policies they had. */
export async function rawWrites(contract: Contract, shape: RawShape, count: number): Promise<Ready[]> {
  const before: Operation[][] = [];
  const ready: Ready[] = [];
  for (let index = 0; index < count; index++) {
    const items = shape.footprint.writes.map((write) => ({
      write,
      key: `raw/${newReference()}`,
      bytes: shape.bytes.get(write.keyHash) ?? TICKET_BYTES,
    }));
    before.push(
      ...items.flatMap(({ write, key, bytes }) =>
        write.existed ? [put(write.collection, key, bytes, write.policyBefore)] : [],
      ),
    );
    ready.push(
      readyOf(
        contract,
        shape.endorsers,
        items.flatMap(({ write, key, bytes }) => operationsOf(write, key, bytes)),
      ),
    );
  }
  await forEach(
    groupsOf(before, KEYS_AT_ONCE),
    (group) => mustSend(() => Promise.resolve(readyOf(contract, shape.endorsers, group.flat()))),
    8,
  );
  await settle();
  return ready;
}

function operationsOf({ collection, deleted, policy }: KeyWrite, key: string, bytes: number): Operation[] {
  return deleted ? [{ op: 'delPrivate', collection, key }] : put(collection, key, bytes, policy);
}

/** Calls that do nothing at all. */
export function noOps(contract: Contract, endorsers: readonly string[], count: number): Ready[] {
  return Array.from({ length: count }, () => readyOf(contract, endorsers, []));
}
