/** Lets a network of real Fabric commit what cases do to it, and keeps its blocks. */
import type { NetworkDriver } from '@tenor/network';
import { openNet } from '../support/net.js';
import { runCases, type Case } from '../support/suite.js';
import { writeBlocks } from './fixture.js';

/** @returns how many blocks were kept, and how many bytes they take */
export async function recordBlocks(
  driver: NetworkDriver,
  cases: readonly Case[],
): Promise<{ readonly blocks: number; readonly bytes: number }> {
  const net = await openNet(driver);
  try {
    for (const outcome of runCases(net, cases).values()) await outcome;
    const blocks = await net.network.blocks('org1');
    return { blocks: blocks.length, bytes: writeBlocks(blocks) };
  } finally {
    await net.close();
  }
}
