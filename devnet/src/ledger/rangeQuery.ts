// What a range scan saw, as it is recorded for the phantom check: the reads themselves, or above 50 a Merkle summary.
import * as kvrwset from '@hyperledger/fabric-protos/lib/ledger/rwset/kvrwset/index.js';
import { sha256 } from '../identity/ecdsa.js';
import { fromProto, kvRead } from './rwsetBuilder.js';
import { sameVersion, type Version } from './version.js';

/** Number of results, and of hashes on a level, that are kept as they are. */
const DEGREE = 50;

export class RangeRecorder {
  readonly #info = new kvrwset.RangeQueryInfo();
  #pending: kvrwset.KVRead[] = [];
  readonly #levels: Buffer[][] = [];
  readonly #end: string;

  constructor(start: string, end: string) {
    this.#end = end;
    this.#info.setStartKey(start);
  }

  /** The next result was fetched: the scan reaches at least to it. */
  add(key: string, version: Version): void {
    this.#info.setEndKey(key);
    this.#pending.push(kvRead(key, version));
    if (this.#pending.length > DEGREE) {
      this.#hashPending();
    }
  }

  /** There was no further result: the scan reached the end that was asked for. */
  exhaust(): void {
    this.#info.setItrExhausted(true);
    this.#info.setEndKey(this.#end);
  }

  build(): kvrwset.RangeQueryInfo {
    if (this.#levels.length > 0) {
      this.#info.setReadsMerkleHashes(this.#summarize());
    } else if (this.#pending.length > 0) {
      const reads = new kvrwset.QueryReads();
      reads.setKvReadsList(this.#pending);
      this.#info.setRawReads(reads);
    }
    return this.#info;
  }

  #summarize(): kvrwset.QueryReadsMerkleSummary {
    if (this.#pending.length > 0) {
      this.#hashPending();
    }
    for (let level = 0; level < this.#levels.length - 1; level += 1) {
      const hashes = this.#levels[level] ?? [];
      if (hashes.length > 0) {
        // A lone hash moves up as it is; several are hashed together.
        this.#push(level + 1, hashes.length === 1 ? (hashes[0] ?? Buffer.alloc(0)) : sha256(...hashes));
        this.#levels[level] = [];
      }
    }
    const top = this.#levels.at(-1) ?? [];
    if (top.length > DEGREE) {
      this.#levels[this.#levels.length - 1] = [];
      this.#levels.push([sha256(...top)]);
    }
    const summary = new kvrwset.QueryReadsMerkleSummary();
    summary.setMaxDegree(DEGREE);
    summary.setMaxLevel(this.#levels.length);
    summary.setMaxLevelHashesList(this.#levels.at(-1) ?? []);
    return summary;
  }

  #hashPending(): void {
    const reads = new kvrwset.QueryReads();
    reads.setKvReadsList(this.#pending);
    this.#pending = [];
    this.#push(0, sha256(reads.serializeBinary()));
    for (let level = 0; (this.#levels[level]?.length ?? 0) > DEGREE; level += 1) {
      const full = this.#levels[level] ?? [];
      this.#levels[level] = [];
      this.#push(level + 1, sha256(...full));
    }
  }

  #push(level: number, hash: Buffer): void {
    (this.#levels[level] ??= []).push(hash);
  }
}

/** Whether a scan over today's keys sees what the recorded one saw. `results` covers the recorded range. */
export function sameResults(
  recorded: kvrwset.RangeQueryInfo,
  results: Iterable<readonly [key: string, version: Version]>,
): boolean {
  const summary = recorded.getReadsMerkleHashes();
  if (!summary) {
    return sameReads(recorded.getRawReads()?.getKvReadsList() ?? [], results);
  }
  const recorder = new RangeRecorder(recorded.getStartKey(), recorded.getEndKey());
  for (const [key, version] of results) {
    recorder.add(key, version);
  }
  const now = recorder.build().getReadsMerkleHashes();
  return now !== undefined && Buffer.from(now.serializeBinary()).equals(summary.serializeBinary());
}

function sameReads(reads: readonly kvrwset.KVRead[], results: Iterable<readonly [string, Version]>): boolean {
  let index = 0;
  for (const [key, version] of results) {
    const read = reads[index];
    index += 1;
    if (read?.getKey() !== key || !sameVersion(fromProto(read.getVersion()), version)) {
      return false;
    }
  }
  return index === reads.length;
}
