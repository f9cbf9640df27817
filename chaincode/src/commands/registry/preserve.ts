/** `registry:preserve` */
import { publish } from '../../domain/decision.js';
import { departureOf, NO_DEPARTURES } from '../../domain/departures.js';
import { eachItem } from '../../domain/items.js';
import { voucherId } from '../../ledger/keys.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';

export const preserve = implement(commands.registry.preserve, {
  load: async (tx, { request: { mspId, items } }) => {
    await tx.prefetch([
      ['departures'],
      ...items.map(({ kind, id }) => ['voucher', voucherId(mspId, kind, id)] as const),
    ]);
    const departures = tx.registry.find('departures') ?? NO_DEPARTURES;
    if (departureOf(departures, mspId) !== 'LEAVING') throw new TenorError('NOT_LEAVING', { mspId });
    const vouchers = [];
    for (const { kind, id } of items) vouchers.push({ mspId, kind, id, hash: await tx.hash(kind, id, mspId) });
    const isDone = vouchers.every(
      ({ kind, id, hash }) => tx.registry.find('voucher', voucherId(mspId, kind, id))?.hash === hash,
    );
    if (isDone) tx.expectUnpublished('voucher', voucherId(mspId, items[0]?.kind ?? '', items[0]?.id ?? ''), 'ID_TAKEN');
    return { vouchers };
  },
  decide: (_call, { vouchers }) => {
    const seen = new Set<string>();
    return eachItem(vouchers, (voucher) => {
      const { mspId, kind, id, hash } = voucher;
      const key = voucherId(mspId, kind, id);
      if (seen.has(key)) throw new TenorError('DUPLICATE_ITEM', { kind, id });
      seen.add(key);
      if (hash === '') throw new TenorError('NOT_FOUND', { kind, id });
      return publish('voucher', key, { schema: 'tenor.voucher/1', ...voucher });
    });
  },
});
