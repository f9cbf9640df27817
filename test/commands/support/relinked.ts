/** What holds a scene together after a change: what names the hash of a record, or says what a leg says, follows the record. */
import { createHash } from 'node:crypto';
import { encodeRecord } from '../../../chaincode/src/ledger/codec.js';
import type { BookRecord, SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import type { Scene } from './scene.js';

type Leg = BookRecord<'leg'>;
type Slice = BookRecord<'slice'>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hashOf = (record: object): string => sha256(encodeRecord(record));

/** Id of the batch with these legs. */
export const batchIdOf = (legIds: readonly string[]): string => sha256(JSON.stringify([...legIds].sort()));

/**
 * Slices that named the old terms name the new ones, and sheets and covers that named the old legs say what the new ones say. What is wrong with these is
 * then found by itself.
 */
export function relinked({ shown: before }: Scene, after: Scene): Scene {
  const named = before.flatMap((old, place): [string, string][] => {
    const now = after.shown[place];
    const isNamed = old.kind === 'terms' || old.kind === 'leg';
    return isNamed && now !== undefined ? [[hashOf(old.record), hashOf(now.record)]] : [];
  });
  return resheeted(replaced(after, named));
}

/** The random part of the ids of what succeeds a slice whose payment came back. */
export const successorOf = (what: 'owed' | 'kept', sliceId: string, paymentId: string): string =>
  sha256(`${what} ${sliceId} ${paymentId}`);

/** Ids that follow from others do so too where these were renamed: of batches, and of what succeeds a slice. */
export function rebatched({ shown: before }: Scene, after: Scene): Scene {
  const named = before.flatMap((old, place): [string, string][] => {
    const now = after.shown[place];
    if (now === undefined) return [];
    if (old.kind === 'leg') return [[(old.record as Leg).batchId, batchIdOf((now.record as Leg).legIds)]];
    return old.kind === 'slice' ? successorsOf(old.record as Slice, now.record as Slice) : [];
  });
  return replaced(after, named);
}

function successorsOf({ id: old, returned }: Slice, { id: now }: Slice): [string, string][] {
  if (returned === undefined) return [];
  const { paymentId } = returned;
  return (['owed', 'kept'] as const).map((what) => [
    successorOf(what, old, paymentId),
    successorOf(what, now, paymentId),
  ]);
}

const replaced = (scene: Scene, named: readonly (readonly [string, string])[]): Scene =>
  JSON.parse(named.reduce((text, [old, now]) => text.replaceAll(old, now), JSON.stringify(scene))) as Scene;

/** Rows, covers and proofs of legs that are shown say what these say. */
function resheeted(scene: Scene): Scene {
  const legs = new Map(
    scene.shown.filter(({ kind }) => kind === 'leg').map(({ record }) => [hashOf(record), record as Leg]),
  );
  const said = <Row extends object>(row: Row): Row => {
    const { payerBankMsp: _payer, payeeBankMsp: _payee, ...rest } = row as Row & Partial<SheetRow>;
    const leg = legs.get(rest.legHash ?? '');
    return leg === undefined ? row : ({ ...rest, ...rowFieldsOf(leg) } as unknown as Row);
  };
  const revive = (key: string, value: unknown): unknown => {
    if (key === 'sheet') return (value as readonly { readonly id: string }[]).map(said).sort(byId);
    if (typeof value !== 'string' || !value.startsWith('{')) return value;
    const standing = JSON.parse(value) as BookRecord<'cover' | 'proof'>;
    const batchId = legs.get(standing.legHash)?.batchId;
    if (standing.schema === 'tenor.cover/1') return encodeRecord(said(standing));
    return batchId === undefined ? value : encodeRecord({ ...standing, batchId });
  };
  return legs.size === 0 ? scene : (JSON.parse(JSON.stringify(scene), revive) as Scene);
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

/** What a leg shows of itself besides its id and hash. */
function rowFieldsOf({ batchId, what, receiverMsp, cash, expiresOn }: Leg): object {
  const banks = cash === undefined ? {} : { payerBankMsp: cash.payerBankMsp, payeeBankMsp: cash.payeeBankMsp };
  const standIn = cash?.standIn === undefined ? {} : { standInMsp: cash.standIn.mspId };
  return { batchId, what, receiverMsp, ...banks, ...standIn, expiresOn };
}
