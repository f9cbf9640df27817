/** `certificate:accept` */
import { put, type Write } from '../../domain/decision.js';
import { eachItem, firstOf } from '../../domain/items.js';
import { assertCertificate, stateOf } from '../../domain/lifecycle.js';
import { assertRole } from '../../domain/parties.js';
import type { OfferedCertificate } from '../../domain/vouched.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { eachOf, offeredRefs, openOffered } from '../loaders.js';

export const accept = implement(commands.certificate.accept, {
  load: async (tx, { request }) => {
    await tx.foresee(...request.items.flatMap(({ certificateId }) => offeredRefs(certificateId)));
    const offered = await eachOf(tx, request.items, async ({ certificateId, sliceId }) => {
      const certificate = await openOffered(tx, certificateId);
      tx.draw('slice', sliceId, registerOf(certificateId));
      return certificate;
    });
    return { offered };
  },
  actor: ({ offered }) => {
    const { payee } = firstOf(offered);
    return { party: payee, mspId: payee.mspId };
  },
  decide: ({ request }, { offered, today }) => {
    const first = firstOf(offered);
    return eachItem(offered, (certificate, index) => {
      const isAlike = certificate.payee.id === first.payee.id && certificate.bank.mspId === first.bank.mspId;
      if (!isAlike) throw new TenorError('BATCH_MIXED');
      assertRole(certificate.payee, 'supplier');
      assertCertificate('accept', stateOf(certificate, today));
      return acceptOne(certificate, request.items[index]?.sliceId ?? '');
    }).flat();
  },
});

function acceptOne({ id, face, payee, terms }: OfferedCertificate, sliceId: string): Write[] {
  const { currency, amount } = face.record;
  const holder = { holder: payee.id, holderMsp: payee.mspId };
  return [
    put('status', id, { schema: 'tenor.status/1', id, state: 'ACTIVE', payeeMsp: payee.mspId }),
    put('slice', sliceId, {
      ...{ schema: 'tenor.slice/1', id: sliceId, certificateId: id, termsHash: terms.hash, parentId: null },
      ...{ currency, amount, ...holder, tier: 0, state: 'FREE', lock: null, children: [] },
    }),
  ];
}
