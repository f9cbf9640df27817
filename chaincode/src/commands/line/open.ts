/** `line:open` */
import { put } from '../../domain/decision.js';
import { assertApart, assertRole } from '../../domain/parties.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { addMonths } from '../../protocol/dates.js';
import { TenorError } from '../../protocol/errors.js';
import { LIMITS } from '../../protocol/limits.js';
import { implement } from '../implement.js';

export const open = implement(commands.line.open, {
  load: (tx, { request, secret }) => {
    tx.draw('line', request.lineId, tx.mspId);
    return { bank: partyOf(secret.bank), issuer: partyOf(secret.issuer) };
  },
  enters: ({ issuer }) => [issuer.mspId],
  actor: ({ bank }) => ({ party: bank, mspId: bank.mspId }),
  decide: ({ request, secret }, { bank, issuer, today }) => {
    const organizations = { bankMsp: bank.mspId, issuerMsp: issuer.mspId };
    assertRole(bank, 'bank');
    assertRole(issuer, 'issuer');
    assertApart(organizations);
    if (secret.expiresOn <= today) throw new TenorError('LINE_EXPIRED', { lineId: request.lineId });
    if (secret.expiresOn > addMonths(today, LIMITS.lineMonths)) throw new TenorError('LINE_TERM');
    const line = { schema: 'tenor.line/1' as const, id: request.lineId, ...secret, ...organizations, utilised: '0' };
    return [put('line', line.id, line)];
  },
});
