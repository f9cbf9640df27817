/** What stands in the books of a world in memory. */
import { createHash } from 'node:crypto';
import type { Slice } from '../../../chaincode/src/protocol/records/index.js';
import { mspOf, type MemoryWorld } from './memoryWorld.js';

/** All slices of the register. */
export const slicesOf = (world: MemoryWorld): Slice[] =>
  world.ledger.records(mspOf('bank'), 'slice') as unknown as Slice[];

/** SHA-256 of all that is stored. */
export const digestOf = (world: MemoryWorld): string => createHash('sha256').update(world.ledger.dump()).digest('hex');
