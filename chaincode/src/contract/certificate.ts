/** Contract `certificate`: lines, document claims, series and slices. */
import { TenorError } from '../protocol/errors.js';
import { claim, claimKey } from '../domain/claim.js';
import { confirm, reject } from '../domain/confirm.js';
import type { Opened } from '../domain/decision.js';
import { draft } from '../domain/draft.js';
import { openLine } from '../domain/line.js';
import { accept, decline, offer, unwind, type OfferedFacts } from '../domain/offer.js';
import type { RootedSlice } from '../domain/present.js';
import { restore } from '../domain/restore.js';
import { split } from '../domain/split.js';
import { submit } from '../domain/submit.js';
import { prepare } from '../domain/ticket.js';
import { acceptTransfer, declineTransfer, transfer, type AnswerFacts } from '../domain/transfer.js';
import { decodeBookRecord, sha256 } from '../ledger/codec.js';
import type { BookKind, Terms } from '../protocol/records.js';
import type { BookRef, LedgerTransaction, PublicRef } from '../ledger/transaction.js';
import { businessDate, DATE, inBank, inBoth, openSlice, openTerms, ticketOf, type Operations } from './operation.js';

type Names =
  | 'certificate:prepare'
  | 'certificate:openLine'
  | 'certificate:claim'
  | 'certificate:draft'
  | 'certificate:submit'
  | 'certificate:confirm'
  | 'certificate:reject'
  | 'certificate:offer'
  | 'certificate:accept'
  | 'certificate:decline'
  | 'certificate:unwind'
  | 'certificate:split'
  | 'certificate:transfer'
  | 'certificate:acceptTransfer'
  | 'certificate:declineTransfer'
  | 'certificate:restore';

const party = (tx: LedgerTransaction, id: string): ReturnType<typeof tx.get<'party'>> =>
  tx.get('party', id, 'PARTY_UNKNOWN');

/** The operations of the contract, by name. */
export const CERTIFICATE: Operations<Names> = {
  'certificate:prepare': async (tx, { request, secret }) => {
    const caller = await tx.caller(DATE, ['party', secret.party]);
    tx.expectAbsent('ticket', request.ticketId, caller.mspId, 'ID_TAKEN');
    return prepare(request, secret, {
      caller,
      party: await party(tx, secret.party),
      businessDate: await businessDate(tx),
    });
  },

  'certificate:openLine': async (tx, call) => {
    const { request, secret } = call;
    const caller = await tx.caller(DATE, ['party', secret.bank], ['party', secret.issuer]);
    const bank = await party(tx, secret.bank);
    tx.expectAbsent('line', request.lineId, bank.mspId, 'ID_TAKEN');
    const ticket = await ticketOf(tx, call, request.ticketId);
    const issuer = await party(tx, secret.issuer);
    // Another bank's line under that id would lose the issuer's copy of it.
    tx.expectAbsent('line', request.lineId, issuer.mspId, 'ID_TAKEN');
    return openLine(request, secret, { caller, bank, issuer, ticket, businessDate: await businessDate(tx) });
  },

  'certificate:claim': async (tx, { request, secret }) => {
    const caller = await tx.caller(
      ['party', secret.issuer],
      ['party', secret.bank],
      ['party', secret.seller],
      ['banks'],
    );
    const [issuer, bank, seller] = [
      await party(tx, secret.issuer),
      await party(tx, secret.bank),
      await party(tx, secret.seller),
    ];
    // Of two banks claiming one document in one block exactly one stays valid: absence by hash is checked at commit.
    const { mspIds } = await tx.get('banks', undefined, 'PARTY_ROLE');
    for (const mspId of mspIds) tx.expectAbsent('claim', request.claimId, mspId, 'DOCUMENT_CLAIMED');
    return claim(request, secret, { caller, issuer, bank, seller, expectedId: sha256(claimKey(secret)) });
  },

  'certificate:draft': async (tx, { request, secret }) => {
    const caller = await tx.caller(['party', secret.issuer]);
    const issuer = await party(tx, secret.issuer);
    tx.expectAbsent('draft', request.certificateId, issuer.mspId, 'ID_TAKEN');
    return draft(request, secret, { caller, issuer });
  },

  'certificate:submit': async (tx, { request }) => {
    const caller = await tx.caller();
    const opened = await tx.open('draft', request.certificateId, () => [caller.mspId]);
    const { content } = opened.record;
    await tx.prefetch(
      ...[DATE, ['policies'] as const, ['calendar', content.calendar] as const],
      ...[content.issuer, content.bank, content.payee].map((id) => ['party', id] as const),
    );
    await tx.foresee(...content.claims.map(({ claimId }): BookRef => ['claim', claimId]));
    const [issuer, bank, payee] = [
      await party(tx, content.issuer),
      await party(tx, content.bank),
      await party(tx, content.payee),
    ];
    for (const mspId of new Set([bank.mspId, issuer.mspId]))
      tx.expectAbsent('terms', request.certificateId, mspId, 'ID_TAKEN');
    const claims: Opened<'claim'>[] = [];
    for (const { claimId } of content.claims) claims.push(await tx.open('claim', claimId, inBank));
    return submit(request, {
      ...{ caller, draft: opened, issuer, bank, payee, claims, businessDate: await businessDate(tx) },
      policies: await tx.get('policies', undefined, 'POLICY_MISSING'),
      calendar: await tx.get('calendar', content.calendar, 'CALENDAR_UNKNOWN'),
      line: request.lineId === undefined ? undefined : await tx.open('line', request.lineId, inBank),
    });
  },

  'certificate:confirm': async (tx, call) => {
    const { request } = call;
    const caller = await tx.caller(DATE);
    if (new Set(request.certificateIds).size !== request.certificateIds.length) throw new TenorError('DUPLICATE_ITEM');
    const faceRefs = request.certificateIds.map((id): BookRef => ['face', id]);
    await tx.foresee(['line', request.lineId], ['ticket', request.ticketId], ...faceRefs);
    const line = await tx.open('line', request.lineId, inBank);
    const faces: Opened<'face'>[] = [];
    for (const [index, id] of request.certificateIds.entries()) {
      const face = await tx.item(index, async () => {
        const opened = await tx.open('face', id, inBoth);
        tx.expectAbsent('confirmation', id, line.record.bankMsp, 'STATE');
        return opened;
      });
      faces.push(face);
    }
    const ticket = await ticketOf(tx, call, request.ticketId);
    return confirm(request, { caller, line, faces, ticket, businessDate: await businessDate(tx) });
  },

  'certificate:reject': async (tx, { request }) => {
    const face = await tx.open('face', request.certificateId, inBank);
    tx.expectAbsent('confirmation', request.certificateId, face.record.bankMsp, 'STATE');
    return reject(request, { caller: await tx.caller(), face });
  },

  'certificate:offer': async (tx, { request, secret }) => {
    const id = request.certificateId;
    await tx.foresee(['terms', id], ['face', id], ['confirmation', id]);
    const terms = await openTerms(tx, id);
    const face = await tx.open('face', id, () => inBoth(terms.record));
    const confirmation = await tx.open('confirmation', id, ({ outcome }) =>
      inBoth(outcome === 'CONFIRMED' ? terms.record : bankOnly(terms.record)),
    );
    tx.expectAbsent('status', id, terms.record.bankMsp, 'STATE');
    expectNewTo(tx, terms.record, face.record.payeeMsp);
    const caller = await tx.caller(DATE, ...vouchersOf(terms.record));
    return offer(request, secret, {
      caller,
      bank: await party(tx, terms.record.bank),
      issuer: await party(tx, terms.record.issuer),
      terms,
      face,
      confirmation,
      businessDate: await businessDate(tx),
    });
  },

  'certificate:accept': async (tx, { request }) => {
    const ids = request.items.flatMap(({ certificateId, sliceId }) => [
      `certificate/${certificateId}`,
      `slice/${sliceId}`,
    ]);
    if (new Set(ids).size !== ids.length) throw new TenorError('DUPLICATE_ITEM');
    await tx.foresee(...request.items.flatMap(({ certificateId }) => offeredRefs(certificateId)));
    const opened: OpenedOffer[] = [];
    for (const [index, { certificateId, sliceId }] of request.items.entries()) {
      const item = await tx.item(index, async () => {
        const offer = await openOffered(tx, certificateId);
        tx.expectAbsent('slice', sliceId, offer.terms.record.bankMsp, 'ID_TAKEN');
        return offer;
      });
      opened.push(item);
    }
    const payeeId = opened[0]?.face.record.payee ?? '';
    const caller = await tx.caller(
      DATE,
      ['party', payeeId],
      ...opened.flatMap(({ terms }) => vouchersOf(terms.record)),
    );
    const offered: OfferedFacts[] = [];
    for (const [index, item] of opened.entries()) {
      const { bank, issuer } = item.terms.record;
      offered.push(
        await tx.item(index, async () => ({ ...item, bank: await party(tx, bank), issuer: await party(tx, issuer) })),
      );
    }
    const payee = await party(tx, payeeId);
    return accept(request, { caller, payee, offered, businessDate: await businessDate(tx) });
  },

  'certificate:decline': async (tx, { request }) => {
    const caller = await tx.caller(DATE);
    await tx.foresee(...offeredRefs(request.certificateId));
    const offered = await openOffered(tx, request.certificateId);
    return decline(request, { ...offered, caller, businessDate: await businessDate(tx) });
  },

  'certificate:unwind': async (tx, { request }) => {
    const id = request.certificateId;
    const caller = await tx.caller(DATE);
    await tx.foresee(['face', id], ['confirmation', id], ['status', id]);
    const face = await tx.open('face', id, inBoth);
    const { bankMsp } = face.record;
    const confirmation = await tx.open('confirmation', id, ({ outcome }) =>
      inBoth(outcome === 'CONFIRMED' ? face.record : bankOnly(face.record)),
    );
    const status = await tx.openIfShown('status', id, () => [bankMsp]);
    if (status === undefined) tx.expectAbsent('status', id, bankMsp, 'STATE');
    const { lineId } = confirmation.record;
    const line = lineId === undefined ? undefined : await tx.open('line', lineId, inBank);
    const claims: Opened<'claim'>[] = [];
    await tx.foresee(...face.record.claims.map(({ claimId }): BookRef => ['claim', claimId]));
    for (const { claimId } of face.record.claims) claims.push(await tx.open('claim', claimId, inBank));
    return unwind(request, {
      caller,
      face,
      confirmation,
      status,
      line,
      claims,
      businessDate: await businessDate(tx),
    });
  },

  'certificate:split': async (tx, { request, secret }) => {
    const caller = await tx.caller(DATE);
    const rooted = await openSlice(tx, request.sliceId);
    for (const id of request.partIds) tx.expectAbsent('slice', id, rooted.terms.record.bankMsp, 'ID_TAKEN');
    return split(request, secret, { ...rooted, caller, businessDate: await businessDate(tx) });
  },

  'certificate:transfer': async (tx, call) => {
    const { request, secret } = call;
    await tx.foresee(['slice', request.sliceId], ['ticket', request.ticketId]);
    const rooted = await openSlice(tx, request.sliceId);
    const ticket = await ticketOf(tx, call, request.ticketId);
    const terms = rooted.terms.record;
    const caller = await tx.caller(DATE, ['party', secret.transferee], ...vouchersOf(terms));
    const transferee = await party(tx, secret.transferee);
    const [bank, issuer] = [await party(tx, terms.bank), await party(tx, terms.issuer)];
    expectCopy(tx, rooted, transferee.mspId);
    tx.expectNoOther(rooted.terms, transferee.mspId);
    return transfer(request, secret, {
      ...rooted,
      caller,
      ticket,
      transferee,
      bank,
      issuer,
      businessDate: await businessDate(tx),
    });
  },

  'certificate:acceptTransfer': async (tx, { request }) =>
    acceptTransfer(request, await loadAnswer(tx, request.sliceId)),

  'certificate:declineTransfer': async (tx, { request }) => {
    const facts = await loadAnswer(tx, request.sliceId);
    // On terms of its own making a transferee could write into any book, a register too: so that book has the offer already.
    if (request.books !== 'register') tx.vouch(facts.slice, [facts.slice.record.holderMsp]);
    return declineTransfer(request, facts);
  },

  'certificate:restore': async (tx, { request, secret }) => {
    const { kind, id } = request;
    const opened = { kind, id, record: decodeBookRecord(kind, secret.record), bytes: secret.record };
    const terms = secret.terms === undefined ? undefined : decodeBookRecord('terms', secret.terms);
    const parties = 'bankMsp' in opened.record ? opened.record : terms;
    if (parties === undefined) throw new TenorError('OPENING_MISSING', { kind: 'terms', id });
    tx.vouch(opened, inBank(parties));
    if (terms !== undefined)
      tx.vouch({ kind: 'terms', id: terms.id, record: terms, bytes: secret.terms ?? '' }, inBoth(terms));
    // Roots never change: whoever holds other bytes holds another certificate's, and a restore must not lose them.
    if (ROOTS.includes(kind)) tx.expectAbsent(kind, id, tx.mspId, 'ID_TAKEN');
    else tx.expectOther(kind, id, tx.mspId, secret.record);
    const caller = await tx.caller(...vouchersOf(parties));
    const [bank, issuer] = [await party(tx, parties.bank), await party(tx, parties.issuer)];
    return restore(opened, { caller, terms, parties, bank, issuer });
  },
};

const ROOTS: readonly BookKind[] = ['terms', 'face', 'confirmation'];

/** A rejection stands in the bank's book alone. */
const bankOnly = ({ bankMsp }: { readonly bankMsp: string }): { bankMsp: string; issuerMsp: string } => ({
  bankMsp,
  issuerMsp: bankMsp,
});

/** The registry's records of the two who vouch for a certificate. */
const vouchersOf = ({ bank, issuer }: Pick<Terms, 'bank' | 'issuer'>): PublicRef[] => [
  ['party', bank],
  ['party', issuer],
];

const offeredRefs = (id: string): BookRef[] => [
  ['terms', id],
  ['face', id],
  ['confirmation', id],
  ['status', id],
];

/** The payee's book may be the register of another certificate, or hold a copy of one, under the same id: an offer writes over neither. */
function expectNewTo(tx: LedgerTransaction, terms: Terms, payeeMsp: string): void {
  tx.expectAbsent('status', terms.id, payeeMsp, 'ID_TAKEN');
  if (!inBoth(terms).includes(payeeMsp)) tx.expectAbsent('terms', terms.id, payeeMsp, 'ID_TAKEN');
}

type OpenedOffer = Omit<OfferedFacts, 'bank' | 'issuer'>;

async function openOffered(tx: LedgerTransaction, id: string): Promise<OpenedOffer> {
  const terms = await openTerms(tx, id);
  const face = await tx.open('face', id, () => inBoth(terms.record));
  const confirmation = await tx.open('confirmation', id, () => inBoth(terms.record));
  const status = await tx.open('status', id, () => inBank(terms.record));
  return { terms, face, confirmation, status };
}

/** Ids are unique in one register only. A copy in the book of another bank must not write over a slice that is registered there. */
function expectCopy(tx: LedgerTransaction, { slice, terms }: RootedSlice, mspId: string): void {
  if (mspId !== terms.record.bankMsp) tx.expectUnguarded('slice', slice.id, mspId);
}

async function loadAnswer(tx: LedgerTransaction, sliceId: string): Promise<AnswerFacts> {
  const rooted = await openSlice(tx, sliceId);
  const { bank, issuer } = rooted.terms.record;
  const { lock, holder } = rooted.slice.record;
  const transfereeId = lock?.kind === 'TRANSFER' ? lock.counterparty : holder;
  const caller = await tx.caller(DATE, ['party', transfereeId], ...vouchersOf(rooted.terms.record));
  const transferee = await party(tx, transfereeId);
  for (const mspId of new Set([transferee.mspId, rooted.slice.record.holderMsp])) expectCopy(tx, rooted, mspId);
  return {
    ...rooted,
    caller,
    transferee,
    bank: await party(tx, bank),
    issuer: await party(tx, issuer),
    businessDate: await businessDate(tx),
  };
}
