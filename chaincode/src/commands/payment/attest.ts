/** `payment:attest` */
import { put } from '../../domain/decision.js';
import { assertOpen, assertPays, assertValueDate, isSameAccount } from '../../domain/presentments.js';
import { hmac, saltOf } from '../../ledger/codec.js';
import { ownKey } from '../../ledger/keys.js';
import { canonicalJson } from '../../protocol/canonical.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { CREDIT_SECRET_ID } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openPresentment } from '../loaders.js';

export const attest = implement(commands.payment.attest, {
  load: async (tx, { request, secret, seed }) => {
    const { presentmentId, uetr } = request;
    const presentment = await openPresentment(tx, presentmentId);
    const { bankMsp, payeeBank, payeeBankMsp } = (await tx.open('presentment', presentmentId)).record;
    tx.expectAbsent('attestation', uetr, payeeBankMsp, 'UETR_USED');
    tx.expectAbsent('return', uetr, payeeBankMsp, 'PAYMENT_RETURNED');
    // Whoever is not of that bank has a secret of its own at most, and is refused as the caller.
    const isOwn = tx.mspId === payeeBankMsp;
    const known = isOwn
      ? await tx.openOrAbsent('creditSecret', CREDIT_SECRET_ID, payeeBankMsp, 'OPENING_MISSING')
      : undefined;
    // The first attestation of a bank makes the secret. Its salt is what this call's seed gives the record.
    const key = known?.record.salt ?? saltOf(seed, ownKey('creditSecret', CREDIT_SECRET_ID));
    // One account has one number, under whatever scheme and in letters of whatever case it is told.
    const entry = canonicalJson({
      account: secret.account.id.toUpperCase(),
      payeeBank,
      reference: secret.creditReference,
    });
    const creditId = hmac(Buffer.from(key, 'hex'), entry);
    tx.expectAbsent('credit', creditId, payeeBankMsp, 'CREDIT_USED');
    return {
      presentment,
      creditId,
      isFirst: known === undefined,
      receipt: await tx.openOrAbsent('receipt', presentmentId, bankMsp, 'OPENING_MISSING'),
    };
  },
  enters: ({ presentment }) => [presentment.record.bankMsp],
  actor: ({ presentment: { payeeBank, record } }) => ({ party: payeeBank, mspId: record.payeeBankMsp }),
  decide: ({ request, secret }, { presentment, creditId, isFirst, receipt, today }) => {
    const { account, creditReference: _hashed, ...attested } = secret;
    if (!isSameAccount(account, presentment.record.account)) throw new TenorError('ACCOUNT_MISMATCH');
    assertOpen(presentment);
    assertPays(attested, presentment);
    assertValueDate(attested.valueDate, presentment, today);
    const { bankMsp, payeeBankMsp } = presentment.record;
    const { presentmentId, uetr } = request;
    const about = { presentmentId, bankMsp, payeeBankMsp };
    const said = { ...about, ...attested, creditId, attestedOn: today };
    const mark = { schema: 'tenor.receipt/1' as const, id: presentmentId, bankMsp, payeeBankMsp, uetr };
    const newSecret = { schema: 'tenor.creditSecret/1', id: CREDIT_SECRET_ID, payeeBankMsp } as const;
    return [
      put('attestation', uetr, { schema: 'tenor.attestation/1', id: uetr, ...said }),
      put('credit', creditId, { schema: 'tenor.credit/1', id: creditId, ...about, uetr }),
      ...(isFirst ? [put('creditSecret', CREDIT_SECRET_ID, newSecret)] : []),
      ...(receipt === undefined ? [put('receipt', presentmentId, mark)] : []),
    ];
  },
});
