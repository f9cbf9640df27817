/** `financing:request` */
import { copy, put, type Write } from '../../domain/decision.js';
import { firstOf } from '../../domain/items.js';
import { assertOfferExpiry } from '../../domain/lifecycle.js';
import { assertRole } from '../../domain/parties.js';
import { assertFinanceable } from '../../domain/quotes.js';
import type { HeldSlice } from '../../domain/vouched.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';
import { openSlices } from '../loaders.js';

export const request = implement(commands.financing.request, {
  load: async (tx, { request: { requestId, sliceIds }, secret }) => {
    tx.draw('financingRequest', requestId, tx.mspId);
    return { slices: await openSlices(tx, sliceIds), funder: partyOf(secret.funder) };
  },
  enters: ({ funder }) => [funder.mspId],
  actor: ({ slices }) => {
    const { holder, slice } = firstOf(slices);
    return { party: holder, mspId: slice.record.holderMsp };
  },
  decide: ({ request: { requestId: id, sliceIds }, secret }, { slices, funder, today }) => {
    const { slice, certificate } = firstOf(slices);
    const { holder, holderMsp } = slice.record;
    assertRole(funder, 'bank');
    if (funder.id === holder) throw new TenorError('SELF_TRANSFER');
    assertFinanceable(slices, today);
    assertOfferExpiry(secret.expiresOn, certificate.terms.record, today);
    const schema = 'tenor.financingRequest/1';
    const parties = { holder, holderMsp, funderMsp: funder.mspId };
    return [
      put('financingRequest', id, { schema, id, ...parties, ...secret, sliceIds: [...sliceIds], requestedOn: today }),
      ...shownTo(funder.mspId, slices),
    ];
  },
});

/** The funder has to open what it is to quote for. Slices of one certificate have their terms in common. */
function shownTo(funderMsp: string, slices: readonly HeldSlice[]): Write[] {
  const certificates = new Map(slices.map(({ certificate }) => [certificate.id, certificate]));
  const opened = [...slices.map(({ slice }) => slice), ...[...certificates.values()].map(({ terms }) => terms)];
  return opened.map((each) => copy(each, [funderMsp]));
}
