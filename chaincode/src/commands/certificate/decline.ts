/** `certificate:decline` */
import { put } from '../../domain/decision.js';
import { assertCertificate, stateOf } from '../../domain/lifecycle.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { openConfirmed } from '../loaders.js';

export const decline = implement(commands.certificate.decline, {
  load: async (tx, { request }) => ({ certificate: await openConfirmed(tx, request.certificateId) }),
  actor: ({ certificate: { payee } }) => ({ party: payee, mspId: payee.mspId }),
  decide: (_call, { certificate, today }) => {
    const { id, payee } = certificate;
    assertCertificate('decline', stateOf(certificate, today));
    return [put('status', id, { schema: 'tenor.status/1', id, state: 'DECLINED', payeeMsp: payee.mspId })];
  },
});
