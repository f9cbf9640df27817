/** Devnet's committer on real blocks: every transaction gets the same result here as on Fabric. */
import { describe, expect, it } from '@jest/globals';
import { peer } from '@hyperledger/fabric-protos';
import { UNREACHED } from './blocks/codes.js';
import { replay } from './blocks/replay.js';

describe('blocks of real Fabric', () => {
  const blocks = replay();

  it('get the same flags from devnet, byte for byte', () => {
    const flags = blocks.map(({ number, devnet }) => [number, devnet.flags]);
    expect(flags).toEqual(blocks.map(({ number, fabric }) => [number, fabric.flags]));
  });

  it('change the same keys to the same values at the same versions, which the commit hash says', () => {
    const hashes = blocks.map(({ number, devnet }) => [number, devnet.commitHash]);
    expect(hashes).toEqual(blocks.map(({ number, fabric }) => [number, fabric.commitHash]));
  });

  it('hold every validation code but those that are explained', () => {
    const found = new Set(blocks.flatMap(({ fabric }) => [...Buffer.from(fabric.flags, 'hex')]));
    const missing = (Object.entries(peer.TxValidationCode) as [string, number][]).filter(
      ([, code]) => !found.has(code),
    );
    expect(missing.map(([name]) => name).sort()).toEqual(Object.keys(UNREACHED).sort());
  });
});
