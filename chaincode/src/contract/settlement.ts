/** Contract `settlement`: presentment, payment reports, attestations, release and the final count. */
import type { Opened } from '../domain/decision.js';
import { acknowledge, attestCredit, needsAcknowledgement, release, reportPayment } from '../domain/payment.js';
import { present } from '../domain/present.js';
import { settle } from '../domain/settle.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import {
  businessDate,
  DATE,
  foreseeSlices,
  inBank,
  inBoth,
  openSlice,
  openSlices,
  ticketOf,
  type Operations,
} from './operation.js';

type Names =
  | 'settlement:present'
  | 'settlement:reportPayment'
  | 'settlement:attestCredit'
  | 'settlement:acknowledge'
  | 'settlement:release'
  | 'settlement:settle';

/** A presentment is its holder's act: the holder's book is its register. */
const openPresentment = (tx: LedgerTransaction, id: string): Promise<Opened<'presentment'>> =>
  tx.open('presentment', id, ({ holderMsp }) => [holderMsp]);

/** The operations of the contract, by name. */
export const SETTLEMENT: Operations<Names> = {
  'settlement:present': async (tx, { request, secret }) => {
    const caller = await tx.caller(DATE, ['party', secret.payeeBank]);
    tx.expectAbsent('presentment', request.presentmentId, caller.mspId, 'ID_TAKEN');
    await foreseeSlices(tx, request.sliceIds);
    const slices = [];
    for (const [index, sliceId] of request.sliceIds.entries())
      slices.push(await tx.item(index, () => openSlice(tx, sliceId)));
    const payeeBank = await tx.get('party', secret.payeeBank, 'PARTY_UNKNOWN');
    // The banks keep copies that they pay by: another holder's presentment under that id would lose them.
    for (const mspId of [...slices.slice(0, 1).map(({ terms }) => terms.record.bankMsp), payeeBank.mspId])
      tx.expectAbsent('presentment', request.presentmentId, mspId, 'ID_TAKEN');
    return present(request, secret, { caller, slices, payeeBank, businessDate: await businessDate(tx) });
  },

  'settlement:reportPayment': async (tx, { request, secret }) => {
    const presentment = await openPresentment(tx, request.presentmentId);
    const { bankMsp } = presentment.record;
    const earlier = await tx.openIfShown('payment', request.uetr, () => [bankMsp]);
    if (earlier === undefined) tx.expectAbsent('payment', request.uetr, bankMsp, 'UETR_USED');
    return reportPayment(request, secret, { caller: await tx.caller(), presentment, earlier });
  },

  'settlement:attestCredit': async (tx, call) => {
    const { request, secret } = call;
    const caller = await tx.caller(DATE);
    // Whoever attests writes into the payer's bank's book, which may be the register of another payee's attestations: so that bank
    // must have been presented the very same. A presentment of the attester's own making would forge them.
    const presentment = await tx.open('presentment', request.presentmentId, ({ holderMsp, bankMsp }) => [
      holderMsp,
      bankMsp,
    ]);
    for (const mspId of [presentment.record.payeeBankMsp, presentment.record.bankMsp])
      tx.expectAbsent('attestation', request.uetr, mspId, 'UETR_USED');
    const ticket = await ticketOf(tx, call, request.ticketId);
    return attestCredit(request, secret, { caller, presentment, ticket, businessDate: await businessDate(tx) });
  },

  'settlement:acknowledge': async (tx, { request }) => {
    const caller = await tx.caller(DATE);
    const presentment = await openPresentment(tx, request.presentmentId);
    tx.expectAbsent('acknowledgement', request.presentmentId, presentment.record.holderMsp, 'ID_TAKEN');
    const slices = await openSlices(tx, presentment.record.sliceIds);
    return acknowledge(request, { caller, presentment, slices, businessDate: await businessDate(tx) });
  },

  'settlement:release': async (tx, { request }) => {
    const caller = await tx.caller(DATE);
    await tx.foresee(['presentment', request.presentmentId], ['payment', request.uetr], ['attestation', request.uetr]);
    const presentment = await openPresentment(tx, request.presentmentId);
    const { bankMsp, payeeBankMsp, holderMsp, sliceIds } = presentment.record;
    const payment = await tx.open('payment', request.uetr, () => [bankMsp]);
    const attestation = await tx.open('attestation', request.uetr, () => [payeeBankMsp]);
    // Where it is needed and missing the rule refuses: an absent record has no opening to show.
    const acknowledgement = needsAcknowledgement(presentment.record)
      ? await tx.openIfShown('acknowledgement', presentment.id, () => [holderMsp])
      : undefined;
    const slices = await openSlices(tx, sliceIds);
    const facts = { presentment, payment, attestation, acknowledgement, slices };
    return release(request, { ...facts, caller, businessDate: await businessDate(tx) });
  },

  'settlement:settle': async (tx, { request }) => {
    const id = request.certificateId;
    const caller = await tx.caller(DATE);
    await tx.foresee(['face', id], ['confirmation', id], ['status', id], ['totals', id]);
    await foreseeSlices(tx, request.sliceIds);
    const face = await tx.open('face', id, inBoth);
    const { bankMsp, issuerMsp } = face.record;
    const confirmation = await tx.open('confirmation', id, () => inBoth(face.record));
    const status = await tx.open('status', id, () => [bankMsp]);
    const line = await tx.open('line', confirmation.record.lineId ?? '', inBank);
    const totals = await tx.openIfShown('totals', id, () => inBoth(face.record));
    if (totals === undefined) tx.expectAbsent('totals', id, issuerMsp, 'OPENING_MISSING');
    const slices: Opened<'slice'>[] = [];
    for (const sliceId of request.sliceIds) {
      slices.push(await tx.open('slice', sliceId, () => [bankMsp]));
      // The issuer's own book remembers every slice that was counted: the bank alone cannot count one twice.
      tx.expectAbsent('redeemed', sliceId, issuerMsp, 'STATE');
    }
    return settle(request, {
      caller,
      face,
      confirmation,
      status,
      line,
      totals,
      slices,
      businessDate: await businessDate(tx),
    });
  },
};
