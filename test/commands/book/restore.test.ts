/** A lost record is restored into the caller's own book, if its register vouches for it byte for byte. An organisation's own acts cannot be restored. */
import { describe, expect, it } from '@jest/globals';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import type { BookKind } from '../../../chaincode/src/protocol/records/index.js';
import {
  ACKNOWLEDGEMENT,
  ATTESTATION,
  CLAIM,
  CONFIRMATION,
  FACE,
  HASH,
  LINE,
  MSP,
  OFFERED,
  opened,
  PRESENTMENT,
  REJECTION,
  SLICE,
  statusOf,
  TERMS,
  unsaltedOf,
  type PartyName,
} from '../support/facts.js';
import { all, callerOf, codeOf, outcomeOf, request, sceneOf, secret, taken, type Scene } from '../support/scene.js';
import { describeCommand, operatorRows } from '../support/table.js';
import { restore } from './restore.case.js';

const TOTALS = opened('totals', { schema: 'tenor.totals/1', id: FACE.id, currency: 'USD', paid: '0', salt: HASH });
/** `name` takes a record back that stands in `register` and whatever other registers it has. */
function restoring(name: PartyName, record: Opened<BookKind>, register: string): Scene {
  const { kind, id, bytes } = record;
  const asked = { kind, id, register };
  const scene = sceneOf('book:restore', callerOf(name, ['maker']), asked, { secret: { record: bytes } });
  return { ...scene, standing: { [`${register} own/${kind}/${id}`]: bytes } };
}
const also = (mspId: string, { kind, id, bytes }: Opened<BookKind>): ReturnType<typeof taken> =>
  taken(mspId, kind, id, bytes);
const scene = restoring('supplier', SLICE, MSP.bank);
const mismatch = JSON.stringify({ ...SLICE.record, amount: '601' });

describeCommand({
  of: restore,
  scene,
  books: [
    ['NOT_RESTORABLE', 'a ticket is an act of its own organisation', request({ kind: 'ticket' }), { kind: 'ticket' }],
    ['NOT_RESTORABLE', 'a draft is an act of its own organisation', request({ kind: 'draft' })],
    ['NOT_RESTORABLE', 'a place is taken anew every day', request({ kind: 'intake' })],
    ['NOT_RESTORABLE', 'a founding is an act of its own organisation', request({ kind: 'founding' })],
  ],
  callers: operatorRows('supplier'),
  rules: [],
  writes: { [`${MSP.supplier} shown/slice/${MSP.bank}/${SLICE.id}`]: { record: unsaltedOf(SLICE) } },
});

describe('what is taken back', () => {
  it.each<[string, string, (scene: Scene) => Scene]>([
    ['OPENING_MISMATCH', 'the bytes are others than the register holds', secret({ record: mismatch })],
    ['OPENING_MISMATCH', 'the register holds nothing', (current) => ({ ...current, standing: {} })],
    [
      'OPENING_MISMATCH',
      'the id is another',
      all(request({ id: LINE.id }), taken(MSP.bank, 'slice', LINE.id, SLICE.bytes)),
    ],
    [
      'OPENING_MISMATCH',
      'the register is another, and holds them',
      all(request({ register: MSP.contractor }), also(MSP.contractor, SLICE)),
    ],
    ['OPENING_MALFORMED', 'it is no record of that kind', secret({ record: '{}' })],
    ['MSP_UNKNOWN', 'the register is no organisation of the channel', request({ register: 'NobodyMSP' })],
  ])('is refused with %s where %s', async (code, _what, change) => {
    expect(await codeOf(change(scene))).toBe(code);
  });

  const shown = (mspId: string, { kind, id }: Opened<BookKind>, register: string): string =>
    `${mspId} shown/${kind}/${register}/${id}`;
  it.each<[PartyName, Opened<BookKind>, string]>([
    ['supplier', CONFIRMATION, MSP.bank],
    ['supplier', OFFERED, MSP.bank],
    ['issuer', LINE, MSP.bank],
    ['issuer', CLAIM, MSP.bank],
    ['issuer', statusOf('UNWOUND'), MSP.bank],
    ['bank', TOTALS, MSP.issuer],
    ['bank', PRESENTMENT, MSP.supplier],
    ['bank', ACKNOWLEDGEMENT, MSP.supplier],
    ['issuer', ATTESTATION, MSP.bank],
  ])('%s takes a copy, as a copy', async (name, record, register) => {
    const restored = all(also(MSP.bank, record), also(MSP.issuer, record))(restoring(name, record, register));
    const outcome = await outcomeOf(restored);
    expect(Object.keys('written' in outcome ? outcome.written : outcome)).toEqual([shown(MSP[name], record, register)]);
  });

  // On the register's own shelf a restore would raise the version of a key that others rely on, and write its policy anew.
  it.each<[PartyName, Opened<BookKind>]>([
    ['bank', TERMS],
    ['issuer', TERMS],
    ['issuer', FACE],
    ['issuer', CONFIRMATION],
    ['bank', SLICE],
    ['bank', LINE],
    ['bank', statusOf('ACTIVE')],
    ['bank', REJECTION],
  ])('%s takes back what it vouches for among its copies, and leaves its own key alone', async (name, record) => {
    const both = all(also(MSP.bank, record), also(MSP.issuer, record))(restoring(name, record, MSP.bank));
    expect(await outcomeOf(both)).toEqual({
      written: { [shown(MSP[name], record, MSP.bank)]: { record: unsaltedOf(record) } },
    });
  });

  it('needs both who vouch for a root to agree', async () => {
    const split = all(
      also(MSP.bank, TERMS),
      taken(MSP.issuer, 'terms', TERMS.id),
    )(restoring('supplier', TERMS, MSP.bank));
    expect(await codeOf(split)).toBe('OPENING_MISMATCH');
  });
});
