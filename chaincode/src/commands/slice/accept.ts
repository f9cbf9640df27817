/** `slice:accept` */
import { put, unsalted } from '../../domain/decision.js';
import { assertBeforeDue, assertSlice } from '../../domain/lifecycle.js';
import { assertRole } from '../../domain/parties.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { openOfferedSlice, transferee } from '../offeredSlice.js';

export const accept = implement(commands.slice.accept, {
  load: async (tx, { request }) => ({ offered: await openOfferedSlice(tx, request) }),
  actor: transferee,
  decide: (_call, { offered, today }) => {
    const slice = offered.slice.record;
    assertSlice('accept', slice, today);
    assertBeforeDue(offered.certificate.terms.record, today);
    assertRole(offered.transferee, 'supplier', 'bank');
    const holder = { holder: offered.transferee.id, holderMsp: offered.transferee.mspId };
    const tier = slice.tier + 1;
    const { liable: _ended, ...rest } = unsalted(slice); // who passes a slice on by an offer does not answer for it
    return [put('slice', slice.id, { ...rest, ...holder, tier, state: 'FREE', lock: null })];
  },
});
