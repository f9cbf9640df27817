/** Real blocks through devnet's own committer: it has to give the same flags, and to change the same keys in the same way. */
import { isDeepStrictEqual } from 'node:util';
import { common } from '@hyperledger/fabric-protos';
import { Chain } from 'tenor-devnet/dist/ledger/chain.js';
import { BlockWriter } from 'tenor-devnet/dist/orderer/blockWriter.js';
import type { Difference } from '../support/expected.js';
import { EMPTY } from '../support/messages.js';
import { commitHash } from './commitHash.js';
import { readBlocks, type RealBlock } from './fixture.js';

/** What one block was given, by Fabric or by devnet. */
export interface Verdict {
  /** A byte a transaction, in hexadecimal. */
  readonly flags: string;
  readonly commitHash: string;
}

/** One block and both verdicts. */
export interface Replayed {
  readonly number: number;
  readonly fabric: Verdict;
  readonly devnet: Verdict;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function chainFrom({ envelopes: [bytes = EMPTY] }: RealBlock): Chain {
  const genesis = common.Envelope.deserializeBinary(bytes);
  const writer = new BlockWriter({ identity: EMPTY, sign: () => EMPTY });
  return new Chain(writer, genesis);
}

/** Recorded blocks of which devnet thinks otherwise. */
export const blockDifferences = (): Difference[] =>
  replay()
    .map(({ number, fabric, devnet }) => ({
      id: `block ${String(number)}`,
      expected: { ...fabric },
      got: { ...devnet },
    }))
    .filter(({ expected, got }) => !isDeepStrictEqual(expected, got));

/** Every recorded block after the first. */
export function replay(): Replayed[] {
  const [first, ...rest] = readBlocks();
  if (first === undefined) throw new Error('No blocks are recorded.');
  const chain = chainFrom(first);
  let previous: Uint8Array = EMPTY;
  return rest.map(({ number, envelopes, ...fabric }) => {
    const { transactions, updates } = chain.append(envelopes);
    const flags = Uint8Array.from(transactions.map(({ code }) => code));
    previous = commitHash({ flags, updates, previous });
    return {
      number,
      fabric: { flags: hex(fabric.flags), commitHash: hex(fabric.commitHash) },
      devnet: { flags: hex(flags), commitHash: hex(previous) },
    };
  });
}
