/** `document:claim` */
import { claimKey } from '../../domain/claims.js';
import { put } from '../../domain/decision.js';
import { assertApart, assertRole } from '../../domain/parties.js';
import { sha256 } from '../../ledger/codec.js';
import { partyOf, Pending } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';

export const claim = implement(commands.document.claim, {
  load: (_tx, { secret }) => ({
    issuer: partyOf(secret.issuer),
    bank: partyOf(secret.bank),
    seller: partyOf(secret.seller),
    banks: new Pending([['banks']], (registry) => registry.get('banks', undefined, 'PARTY_ROLE')),
  }),
  // If two banks claim one document in one block, only one claim is valid, because the commit checks absence by hash.
  expect: (tx, { banks }, { request }) => {
    for (const mspId of banks.mspIds) tx.expectAbsent('claim', request.claimId, mspId, 'DOCUMENT_CLAIMED');
  },
  actor: ({ issuer }) => ({ party: issuer, mspId: issuer.mspId }),
  decide: ({ request, secret }, { issuer, bank, seller }) => {
    const organizations = { bankMsp: bank.mspId, issuerMsp: issuer.mspId };
    assertRole(issuer, 'issuer');
    assertRole(bank, 'bank');
    assertRole(seller, 'supplier');
    assertApart(organizations);
    if (request.claimId !== sha256(claimKey(secret))) throw new TenorError('CLAIM_ID');
    const record = { schema: 'tenor.claim/1' as const, id: request.claimId, ...secret, ...organizations };
    return [put('claim', record.id, { ...record, allocations: [] })];
  },
});
