/** `slice:present` */
import { firstOf } from '../../domain/items.js';
import { presented } from '../../domain/presenting.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { openSlices } from '../loaders.js';
import { rulesOfPresenting } from './rulesOfPresenting.js';

export const present = implement(commands.slice.present, {
  load: async (tx, { request, secret }) => {
    tx.draw('presentment', request.presentmentId, tx.mspId);
    return {
      slices: await openSlices(tx, request.sliceIds),
      payeeBank: partyOf(secret.payeeBank),
      ...rulesOfPresenting(),
    };
  },
  enters: ({ slices, payeeBank }) => [firstOf(slices).certificate.terms.record.bankMsp, payeeBank.mspId],
  actor: ({ slices }) => {
    const { holder, slice } = firstOf(slices);
    return { party: holder, mspId: slice.record.holderMsp };
  },
  decide: ({ request, secret }, facts) =>
    presented({ id: request.presentmentId, step: 'present', into: secret }, facts),
});
