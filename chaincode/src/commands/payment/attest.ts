/** `payment:attest` */
import { put, type Opened } from '../../domain/decision.js';
import { assertOpen, assertPays, assertReferred, assertValueDate, isSameAccount } from '../../domain/presentments.js';
import { hmac, saltOf } from '../../ledger/codec.js';
import { ownKey } from '../../ledger/keys.js';
import { canonicalJson } from '../../protocol/canonical.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { paymentIdOf } from '../../protocol/identifiers.js';
import { CREDIT_SECRET_ID, type BookRecord } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openPresentment } from '../loaders.js';

export const attest = implement(commands.payment.attest, {
  load: async (tx, { request, secret, seed }) => {
    const { presentmentId, uetr } = request;
    const paymentId = paymentIdOf(request);
    const presentment = await openPresentment(tx, presentmentId);
    const { bankMsp, payeeBank, payeeBankMsp, endToEndId } = (await tx.open('presentment', presentmentId)).record;
    tx.expectAbsent('attestation', paymentId, payeeBankMsp, 'UETR_USED');
    tx.expectAbsent('return', paymentId, payeeBankMsp, 'PAYMENT_RETURNED');
    // Whoever is not of that bank has a secret of its own at most, and is refused as the caller.
    const isOwn = tx.mspId === payeeBankMsp;
    const known = isOwn
      ? await tx.openOrAbsent('creditSecret', CREDIT_SECRET_ID, payeeBankMsp, 'OPENING_MISSING')
      : undefined;
    const markOf = marking(known, seed, { account: secret.account.id, payeeBank });
    const entryId = markOf({ reference: secret.creditReference });
    tx.expectAbsent('credit', entryId, payeeBankMsp, 'CREDIT_USED');
    // A UETR is like no other. A reference is whatever the holder wrote, so here it counts once.
    const isReferred = uetr === undefined && endToEndId !== undefined;
    const referenceId = isReferred ? markOf({ endToEndId: endToEndId.toUpperCase() }) : undefined;
    if (referenceId !== undefined) tx.expectAbsent('credit', referenceId, payeeBankMsp, 'REFERENCE_USED');
    return {
      ...{ presentment, entryId, referenceId },
      isFirst: known === undefined,
      receipt: await tx.openOrAbsent('receipt', presentmentId, bankMsp, 'OPENING_MISSING'),
    };
  },
  enters: ({ presentment }) => [presentment.record.bankMsp],
  actor: ({ presentment: { payeeBank, record } }) => ({ party: payeeBank, mspId: record.payeeBankMsp }),
  decide: ({ request, secret }, { presentment, entryId, referenceId, isFirst, receipt, today }) => {
    const { account, creditReference: _hashed, ...attested } = secret;
    assertReferred(request, presentment);
    if (!isSameAccount(account, presentment.record.account)) throw new TenorError('ACCOUNT_MISMATCH');
    assertOpen(presentment);
    assertPays(attested, presentment);
    assertValueDate(attested.valueDate, presentment, today);
    const { bankMsp, payeeBankMsp } = presentment.record;
    const { presentmentId } = request;
    const paymentId = paymentIdOf(request);
    const about = { presentmentId, bankMsp, payeeBankMsp };
    const said = { ...about, ...attested, creditId: entryId, attestedOn: today };
    const marks = referenceId === undefined ? [entryId] : [entryId, referenceId];
    const mark = { schema: 'tenor.receipt/1' as const, id: presentmentId, bankMsp, payeeBankMsp, paymentId };
    const newSecret = { schema: 'tenor.creditSecret/1', id: CREDIT_SECRET_ID, payeeBankMsp } as const;
    return [
      put('attestation', paymentId, { schema: 'tenor.attestation/1', id: paymentId, ...said }),
      ...marks.map((id) => put('credit', id, { schema: 'tenor.credit/1', id, ...about, paymentId })),
      ...(isFirst ? [put('creditSecret', CREDIT_SECRET_ID, newSecret)] : []),
      ...(receipt === undefined ? [put('receipt', presentmentId, mark)] : []),
    ];
  },
});

/** What tells a credit from others on its account: the bank's reference of the entry, or the reference that the payment carried. */
type Told = { readonly reference: string } | { readonly endToEndId: string };

/**
 * Keys what was told by the secret of the bank's book. The first attestation of a bank makes the secret: its salt is what this call's seed gives
 * the record. One account has one number, under whatever scheme and in letters of whatever case it is told.
 */
function marking(
  known: Opened<'creditSecret'> | undefined,
  seed: Uint8Array,
  { account, payeeBank }: { readonly account: string; readonly payeeBank: string },
): (told: Told) => BookRecord<'credit'>['id'] {
  const key = Buffer.from(known?.record.salt ?? saltOf(seed, ownKey('creditSecret', CREDIT_SECRET_ID)), 'hex');
  return (told) => hmac(key, canonicalJson({ account: account.toUpperCase(), payeeBank, ...told }));
}
