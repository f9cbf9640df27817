/** The state at the end of a run: how many blocks the peers are apart, and how large their ledgers have become. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import type { RunningNetwork } from '@tenor/network';

/** One peer at the end of a run. */
export interface PeerEnd {
  readonly organization: string;
  readonly blocks: number;
  /** Blocks behind the peer that has most. */
  readonly lag: number;
  /** Bytes of the node's ledger folder; undefined where it keeps none (devnet). */
  readonly ledgerBytes: number | undefined;
}

function bytesOf(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

const heightOf = (blocks: readonly Uint8Array[]): number => {
  const last = blocks.at(-1);
  return last === undefined ? 0 : (common.Block.deserializeBinary(last).getHeader()?.getNumber() ?? 0) + 1;
};

/** Call it right after the last measurement. */
export async function endOf(network: RunningNetwork): Promise<PeerEnd[]> {
  const { organizations } = network.topology;
  const heights = await Promise.all(organizations.map(async ({ name }) => heightOf(await network.blocks(name))));
  return organizations.map(({ name }, index) => {
    const ledger = join(network.dataPath, 'ledgers', `peer-${name}`);
    const blocks = heights[index] ?? 0;
    const lag = Math.max(...heights) - blocks;
    return { organization: name, blocks, lag, ledgerBytes: existsSync(ledger) ? bytesOf(ledger) : undefined };
  });
}
