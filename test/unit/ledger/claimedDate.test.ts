/** The day that a client claims, as fabric-shim gives it: also where the client is hostile. */
import { expect, it } from '@jest/globals';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { claimedDateOf } from '../../../chaincode/src/ledger/claimedDate.js';
import { codeOf } from '../protocol/support.js';

/** What fabric-shim does with the timestamp of a channel header. */
const claimed = (timestamp: Timestamp | undefined): unknown =>
  codeOf(() => claimedDateOf({ getDateTimestamp: () => (timestamp as Timestamp).toDate() }), true);
const at = (time: string, nanos = 0): Timestamp => {
  const timestamp = new Timestamp();
  timestamp.setSeconds(Date.parse(time) / 1000);
  timestamp.setNanos(nanos);
  return timestamp;
};
const seconds = (count: number): Timestamp => {
  const timestamp = new Timestamp();
  timestamp.setSeconds(count);
  return timestamp;
};

it.each([
  ['2026-11-23T00:00:00Z', '2026-11-23'],
  ['2026-11-23T23:59:59Z', '2026-11-23'],
  ['2028-02-29T12:00:00Z', '2028-02-29'],
  ['1900-01-01T00:00:00Z', '1900-01-01'],
  ['2199-12-31T23:59:59Z', '2199-12-31'],
])('%s is the day %s', (time, day) => {
  expect(claimed(at(time))).toEqual({ answered: day });
});

it.each<[string, Timestamp | undefined]>([
  ['there is none', undefined],
  ['the year is 2200', at('2200-01-01T00:00:00Z')],
  ['the year is 1899', at('1899-12-31T23:59:59Z')],
  ['the year has five digits', seconds(253_402_300_800)],
  ['no calendar has it', seconds(Number.MAX_SAFE_INTEGER)],
])('is refused where %s', (_what, timestamp) => {
  expect(claimed(timestamp)).toEqual(['DATE_MALFORMED', { path: 'timestamp' }]);
});
