/** Profiles of Go programs: self times from the bytes that a peer serves. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { BinaryWriter } from 'google-protobuf';
import { goGroupOf, selfTimes } from '../../../bench/src/goProfile.js';

const TEXTS = ['', 'cpu', 'main.inner', 'main.outer', 'runtime.futex'];

/** One profile by hand: three functions, one of them inlined into another; samples packed and not. */
function profile(): Uint8Array {
  const writer = new BinaryWriter();
  const message = (field: number, write: (inner: BinaryWriter) => void): void => {
    writer.writeMessage(field, {}, (_value: unknown, inner: BinaryWriter) => {
      write(inner);
    });
  };
  message(1, (type) => {
    type.writeInt64(1, 1);
  });
  message(2, (sample) => {
    sample.writeUint64(1, 11);
    sample.writeInt64(2, 1);
    sample.writeInt64(2, 10);
  });
  message(2, (sample) => {
    sample.writePackedUint64(1, [12, 11, 13]);
    sample.writePackedInt64(2, [3, 30]);
  });
  message(2, (sample) => {
    sample.writeUint64(1, 13);
    sample.writePackedInt64(2, [2, 20]);
  });
  for (const [id, functions] of [
    [11, [21]],
    [12, [22, 21]],
    [13, [23]],
  ] as const) {
    message(4, (location) => {
      location.writeUint64(1, id);
      for (const called of functions) {
        location.writeMessage(4, {}, (_value: unknown, line: BinaryWriter) => {
          line.writeUint64(1, called);
        });
      }
    });
  }
  for (const [id, name] of [
    [21, 3],
    [22, 2],
    [23, 4],
  ] as const) {
    message(5, (named) => {
      named.writeUint64(1, id);
      named.writeInt64(2, name);
    });
  }
  for (const text of TEXTS) writer.writeString(6, text);
  return gzipSync(writer.getResultBuffer());
}

describe('selfTimes', () => {
  it('counts a sample for the innermost function of its innermost location', () => {
    expect([...selfTimes(profile())].sort()).toEqual([
      ['main.inner', 30],
      ['main.outer', 10],
      ['runtime.futex', 20],
    ]);
  });

  it('refuses what is no profile', () => {
    expect(() => selfTimes(Buffer.from('not gzip'))).toThrow();
  });
});

describe('goGroupOf', () => {
  it.each([
    ['crypto/internal/fips140/nistec.p256SqrInternal', 'P-256 signatures'],
    ['google.golang.org/protobuf/proto.Marshal', 'protobuf'],
    ['github.com/hyperledger/fabric/core/ledger/kvledger.(*kvLedger).commit', 'ledger'],
    ['runtime.mallocgc', 'allocation'],
    ['runtime.schedule', 'scheduling'],
    ['main.main', 'other'],
  ])('%s is %s', (name, group) => {
    expect(goGroupOf(name)).toBe(group);
  });
});
