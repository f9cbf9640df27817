/** Real Fabric's blocks from the first one on, compressed: each with its length before it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { common } from '@hyperledger/fabric-protos';
import { SUITE, VERSION } from '../support/expected.js';

const FILE = join(SUITE, 'expected', `blocks-v${VERSION}.br`);
const LENGTH_BYTES = 4;

/** A block as a peer of real Fabric committed it. */
export interface RealBlock {
  readonly number: number;
  readonly envelopes: readonly Uint8Array[];
  /** One validation code a transaction. */
  readonly flags: Uint8Array;
  /** Over flags and updates of this block and all before; empty in the first. */
  readonly commitHash: Uint8Array;
}

/** Blocks are much alike, over long distances. */
export function writeBlocks(blocks: readonly Uint8Array[]): number {
  const framed = blocks.flatMap((bytes) => {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  const compressed = brotliCompressSync(Buffer.concat(framed), {
    params: { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS },
  });
  writeFileSync(FILE, compressed);
  return compressed.length;
}

export function readBlocks(): RealBlock[] {
  const bytes = brotliDecompressSync(readFileSync(FILE));
  const blocks: RealBlock[] = [];
  for (let at = 0; at < bytes.length;) {
    const start = at + LENGTH_BYTES;
    at = start + bytes.readUInt32BE(at);
    blocks.push(realBlock(common.Block.deserializeBinary(bytes.subarray(start, at))));
  }
  return blocks;
}

function realBlock(block: common.Block): RealBlock {
  const slots = block.getMetadata()?.getMetadataList_asU8() ?? [];
  const { TRANSACTIONS_FILTER, COMMIT_HASH } = common.BlockMetadataIndex;
  return {
    number: block.getHeader()?.getNumber() ?? 0,
    envelopes: block.getData()?.getDataList_asU8() ?? [],
    flags: slots[TRANSACTIONS_FILTER] ?? new Uint8Array(),
    commitHash: common.Metadata.deserializeBinary(slots[COMMIT_HASH] ?? new Uint8Array()).getValue_asU8(),
  };
}
