/** `certificate:offer` */
import { copy, put } from '../../domain/decision.js';
import { assertCertificate, assertOfferExpiry, stateOf } from '../../domain/lifecycle.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { openOffered } from '../loaders.js';

export const offer = implement(commands.certificate.offer, {
  load: async (tx, { request }) => ({ certificate: await openOffered(tx, request.certificateId) }),
  enters: ({ certificate }) => [certificate.face.record.payeeMsp],
  actor: ({ certificate: { bank } }) => ({ party: bank, mspId: bank.mspId }),
  decide: ({ secret: { expiresOn } }, { certificate, today }) => {
    const { id, terms, face, confirmation } = certificate;
    const { payeeMsp } = face.record;
    assertCertificate('offer', stateOf(certificate, today));
    assertOfferExpiry(expiresOn, terms.record, today);
    return [
      put('status', id, { schema: 'tenor.status/1', id, state: 'OFFERED', payeeMsp, offerExpiresOn: expiresOn }),
      ...[terms, face, confirmation].map((root) => copy(root, [payeeMsp])),
    ];
  },
});
