/** `registry:preserve` */
import { publish } from '../../domain/decision.js';
import { departureOf, NO_DEPARTURES } from '../../domain/departures.js';
import { eachItem, firstOf } from '../../domain/items.js';
import { voucherId } from '../../ledger/keys.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';

export const preserve = implement(commands.registry.preserve, {
  load: async (tx, { request: { mspId, items } }) => {
    const keyed = items.map(({ kind, id }) => ({ mspId, kind, id, key: voucherId(mspId, kind, id) }));
    await tx.prefetch([['departures'], ...keyed.map(({ key }) => ['voucher', key] as const)]);
    const departures = tx.registry.find('departures') ?? NO_DEPARTURES;
    if (departureOf(departures, mspId) !== 'LEAVING') throw new TenorError('NOT_LEAVING', { mspId });
    const vouchers = [];
    for (const each of keyed) {
      const before = tx.registry.find('voucher', each.key)?.hash;
      vouchers.push({ ...each, before, hash: await tx.hash(each.kind, each.id, mspId) });
    }
    const isDone = vouchers.every(({ before, hash }) => before === hash);
    if (isDone) tx.expectUnpublished('voucher', firstOf(vouchers).key, 'ID_TAKEN');
    return { vouchers };
  },
  decide: (_call, { vouchers }) => {
    const seen = new Set<string>();
    return eachItem(vouchers, ({ key, before, ...voucher }) => {
      const { kind, id, hash } = voucher;
      if (seen.has(key)) throw new TenorError('DUPLICATE_ITEM', { kind, id });
      seen.add(key);
      // What was preserved and is given up since stands nowhere any more, and the voucher has to say so.
      if (hash === '' && before === undefined) throw new TenorError('NOT_FOUND', { kind, id });
      return publish('voucher', key, { schema: 'tenor.voucher/1', ...voucher });
    });
  },
});
