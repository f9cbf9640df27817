/** Preserving: the hashes that stand in the book of an organisation that leaves, published as they are. */
import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { MSP } from '../support/facts.js';
import {
  as,
  codeOf,
  published,
  registered,
  repeated,
  request,
  sceneOf,
  taken,
  all,
  writtenBy,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { ADMINISTRATOR } from './people.js';
import { preserve } from './preserve.case.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const HELD = 'the bytes of a claim';
const CLAIM = sha256('a document');
const OTHER = sha256('another document');
const leaving = (state: 'LEAVING' | 'LEFT', mspId: string = MSP.otherBank): ReturnType<typeof registered> =>
  registered('departures', { schema: 'tenor.departures/1', version: 1, organizations: [{ mspId, state }] });
const voucherOf = (id: string, bytes: string): object => ({
  ...{ schema: 'tenor.voucher/1', mspId: MSP.otherBank, kind: 'claim', id, hash: sha256(bytes) },
});
const items = (...ids: string[]): ReturnType<typeof request> =>
  request({ items: ids.map((id) => ({ kind: 'claim', id })) });
const scene = all(
  leaving('LEAVING'),
  taken(MSP.otherBank, 'claim', CLAIM, HELD),
)(sceneOf('registry:preserve', ADMINISTRATOR, { mspId: MSP.otherBank, items: [{ kind: 'claim', id: CLAIM }] }));

describeCommand({
  of: preserve,
  scene,
  books: [
    ['NOT_LEAVING', 'nobody leaves', registered('departures', undefined), { mspId: MSP.otherBank }],
    ['NOT_LEAVING', 'another organisation leaves', leaving('LEAVING', MSP.issuer)],
    ['NOT_LEAVING', 'it has left: its book may be gone', leaving('LEFT')],
    [
      'MSP_UNKNOWN',
      'the channel has no such organisation',
      all(leaving('LEAVING', 'NobodyMSP'), request({ mspId: 'NobodyMSP' })),
    ],
  ],
  callers: [['CALLER_NOT_ADMIN', 'the caller is no administrator', as({ admin: false })]],
  loose: [],
  rules: [
    ['DUPLICATE_ITEM', 'a record is named twice', items(CLAIM, CLAIM), { kind: 'claim', id: CLAIM, index: '1' }],
    ['NOT_FOUND', 'its book has no such record', items(OTHER), { kind: 'claim', id: OTHER, index: '0' }],
  ],
  writes: published(`voucher/${MSP.otherBank}/claim/${CLAIM}`, voucherOf(CLAIM, HELD)),
});

it('says the newer hash where the record has changed since it was preserved', async () => {
  const before = registered(`voucher/${MSP.otherBank}/claim/${CLAIM}`, voucherOf(CLAIM, 'older bytes'));
  expect(await writtenBy(before(scene))).toEqual(
    published(`voucher/${MSP.otherBank}/claim/${CLAIM}`, voucherOf(CLAIM, HELD)),
  );
});

it('says that nothing stands there any more where a preserved claim was released', async () => {
  const key = `voucher/${MSP.otherBank}/claim/${OTHER}`;
  const before = all(registered(key, voucherOf(OTHER, 'older bytes')), items(OTHER));
  const empty = { ...voucherOf(OTHER, ''), hash: '' };
  expect(await writtenBy(before(scene))).toEqual(published(key, empty));
  expect(await repeated(before(scene))).toBe('replayed');
});

it('is open to administrators of every organisation', async () => {
  expect(await codeOf(as({ mspId: MSP.contractor })(scene))).toBe('taken');
});
