/** `certificate:draft` */
import { put } from '../../domain/decision.js';
import { assertRole } from '../../domain/parties.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';

export const draft = implement(commands.certificate.draft, {
  load: (tx, { request, secret }) => {
    const { certificateId: id } = request;
    tx.assertDrawn('draft', id);
    tx.expectAbsent('draft', id, tx.mspId, 'ID_TAKEN');
    return { issuer: partyOf(secret.issuer), bank: partyOf(secret.bank) };
  },
  actor: ({ issuer }) => ({ party: issuer, mspId: issuer.mspId }),
  decide: ({ request, secret }, { issuer, bank, caller }) => {
    const { certificateId: id } = request;
    assertRole(issuer, 'issuer');
    // The id says whose book will keep the certificate: it must be the bank's.
    if (registerOf(id) !== bank.mspId) throw new TenorError('ID_FOREIGN', { kind: 'draft', id });
    return [put('draft', id, { schema: 'tenor.draft/1', id, maker: caller.identity, content: secret })];
  },
});
