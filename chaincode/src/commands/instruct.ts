/** What instructing a leg takes, whether it moves a slice or money. */
import { cashOf, coverOf, rowOf } from '../domain/batches.js';
import type { Actor } from '../domain/callers.js';
import { put, unsalted, type Opened, type Write } from '../domain/decision.js';
import type { Said, VouchedLeg } from '../domain/legs.js';
import { encodeRecord, saltOf, sha256 } from '../ledger/codec.js';
import { ownKey } from '../ledger/keys.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import { inOrder } from '../protocol/batches.js';
import { TenorError } from '../protocol/errors.js';
import { batchIdOf } from './batchLoaders.js';

/** Which leg of which batch. */
interface Named {
  readonly legId: string;
  readonly legIds: readonly string[];
}

/**
 * The sender draws the leg's id for the register of what moves. An id serves once: the leg stays when it is released.
 * @throws TenorError ID_FOREIGN, BATCH_SIZE, LEG_FOREIGN
 */
export function drawLeg(tx: LedgerTransaction, { legId, legIds }: Named, register: string): void {
  tx.draw('leg', legId, register);
  tx.expectAbsent('cover', legId, register, 'ID_TAKEN');
  if (legIds.length < 2) throw new TenorError('BATCH_SIZE');
  if (!legIds.includes(legId)) throw new TenorError('LEG_FOREIGN');
}

/** A leg as it will be stored, with its hash. */
export function legOf({ legId: id, legIds }: Named, said: Said, seed: Uint8Array, businessDate: string): Opened<'leg'> {
  const batch = { batchId: batchIdOf(legIds), legIds: inOrder(legIds) };
  const leg = { schema: 'tenor.leg/1' as const, id, ...batch, ...said, instructedOn: businessDate };
  const record = { ...leg, salt: saltOf(seed, ownKey('leg', id)) };
  const bytes = encodeRecord(record);
  return { kind: 'leg', id, record, bytes, hash: sha256(bytes) };
}

/** A leg, and its cover in the register. The cover holds the hash of the leg as it will be stored. */
export function instructed(named: Named, said: Said, seed: Uint8Array, businessDate: string): Write[] {
  const leg = legOf(named, said, seed, businessDate);
  return [put('leg', leg.id, unsalted(leg.record)), put('cover', leg.id, coverOf(rowOf(leg)))];
}

/** The payer's bank acts. @throws TenorError LEG_KIND */
export const payerBank = ({ leg }: { readonly leg: VouchedLeg }): Actor => bankOf(leg, 'payerBank');
/** The payee's bank acts. @throws TenorError LEG_KIND */
export const payeeBank = ({ leg }: { readonly leg: VouchedLeg }): Actor => bankOf(leg, 'payeeBank');

function bankOf(leg: VouchedLeg, which: 'payerBank' | 'payeeBank'): Actor {
  const cash = cashOf(leg.record, 'CREDIT', 'BLOCK');
  const party = leg[which];
  if (party === undefined) throw new Error('a leg of money has two banks');
  return { party, mspId: which === 'payerBank' ? cash.payerBankMsp : cash.payeeBankMsp };
}
