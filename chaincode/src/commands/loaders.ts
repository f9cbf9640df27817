/**
 * The only way to open a record on which a rule relies. A loader opens the bytes, expects every register to hold them, and checks
 * the rest against the registry. Its result is a record that bank, issuer and registry vouch for (src/domain/vouched.ts).
 */
import type { Party } from '../domain/parties.js';
import {
  endableClaim,
  endableReservation,
  revocableMandate,
  vouchCertificate,
  vouchConfirmed,
  vouchDeal,
  vouchFace,
  vouchMandate,
  vouchFinancing,
  vouchOffered,
  vouchPresentment,
  vouchReservation,
  traceSlice,
  vouchSlice,
  type Certificate,
  type ConfirmedCertificate,
  type Endable,
  type FacedCertificate,
  type HeldSlice,
  type OfferedCertificate,
  type RevocableMandate,
  type TracedSlice,
  type Vouched,
  type VouchedMandate,
  type VouchedFinancingRequest,
  type VouchedQuote,
  type VouchedPresentment,
  type VouchedReservation,
} from '../domain/vouched.js';
import type { Opened } from '../domain/decision.js';
import { consolidationIdOf } from '../ledger/keys.js';
import { Pending, type PublicRef, type RegistryView } from '../ledger/pending.js';
import type { BookRef, LedgerTransaction } from '../ledger/transaction.js';
import { registerOf } from '../protocol/identifiers.js';
import type { BookRecord, Slice } from '../protocol/records/index.js';

const party = (registry: RegistryView, id: string): Party => registry.get('party', id, 'PARTY_UNKNOWN');
const partyRefs = (...ids: readonly string[]): PublicRef[] => ids.map((id) => ['party', id]);

/** A record that names a bank and an issuer, after the registry was checked for both. */
function vouched<Fact>(
  { bank, issuer }: { readonly bank: string; readonly issuer: string },
  make: (vouchers: { readonly bank: Party; readonly issuer: Party }) => Fact,
): Pending<Fact> {
  return new Pending(partyRefs(bank, issuer), (registry) =>
    make({ bank: party(registry, bank), issuer: party(registry, issuer) }),
  );
}

/** Opens a certificate's terms. */
export async function openCertificate(tx: LedgerTransaction, id: string): Promise<Pending<Certificate>> {
  const terms = await tx.open('terms', id);
  return vouched(terms.record, (vouchers) => vouchCertificate(terms, vouchers));
}

/** Opens a certificate's face. */
export async function openFace(tx: LedgerTransaction, id: string): Promise<Pending<FacedCertificate>> {
  const face = await tx.open('face', id);
  return vouched(face.record, (vouchers) => vouchFace(face, vouchers));
}

/** Opens the face of a certificate that its bank confirmed or rejected, and its status. Without one, the register must hold none. */
export async function openConfirmed(tx: LedgerTransaction, id: string): Promise<Pending<ConfirmedCertificate>> {
  await tx.foresee(...offeredRefs(id));
  const face = await tx.open('face', id);
  const confirmation = await tx.open('confirmation', id);
  const status = await tx.openOrAbsent('status', id, registerOf(id), 'OPENING_MISSING');
  const { payee } = face.record;
  return vouched(face.record, (vouchers) => vouchFace(face, vouchers)).map(
    (faced, registry) => vouchConfirmed(faced, { payee: party(registry, payee), confirmation, status }),
    partyRefs(payee),
  );
}

/** Opens all records of a certificate that its bank confirmed or rejected. */
export async function openOffered(tx: LedgerTransaction, id: string): Promise<Pending<OfferedCertificate>> {
  await tx.foresee(...offeredRefs(id));
  const certificate = await openCertificate(tx, id);
  const confirmed = await openConfirmed(tx, id);
  return confirmed.map((fact, registry) => vouchOffered(fact, certificate.resolve(registry)), certificate.refs);
}

/** What {@link openOffered} opens. */
export const offeredRefs = (id: string): BookRef[] => [
  ['terms', id],
  ['face', id],
  ['confirmation', id],
  ['status', id],
];

/** Opens a slice with the terms of its certificate. */
export const openSlice = (tx: LedgerTransaction, id: string): Promise<Pending<HeldSlice>> =>
  openPart(tx, id, vouchSlice);

/** Opens a slice to see what came of it: also one that became part of another one. */
export const openTraced = (tx: LedgerTransaction, id: string): Promise<Pending<TracedSlice>> =>
  openPart(tx, id, traceSlice);

async function openPart<Fact>(
  tx: LedgerTransaction,
  id: string,
  vouch: (slice: Opened<'slice'>, vouchers: Parameters<typeof vouchSlice>[1]) => Fact,
): Promise<Pending<Fact>> {
  const slice = await tx.open('slice', id);
  const certificate = await openCertificate(tx, slice.record.certificateId);
  const consolidation = slice.record.state === 'FREE' ? await openConsolidation(tx, slice.record) : undefined;
  const { holder } = slice.record;
  return certificate.map(
    (fact, registry) => vouch(slice, { certificate: fact, holder: party(registry, holder), consolidation }),
    partyRefs(holder),
  );
}

/**
 * What may be said of a free slice beside its own record. It is looked up on every date, although nothing is said before the slice is due: a business date that was
 * wrong can be set back.
 */
export async function openConsolidation(
  tx: LedgerTransaction,
  slice: Pick<Slice, 'certificateId' | 'holder'>,
): Promise<Opened<'consolidation'> | undefined> {
  return tx.openOrAbsent('consolidation', consolidationIdOf(slice), registerOf(slice.certificateId), 'OPENING_MISSING');
}

/** Opens slices one after the other. A refusal names the index. */
export async function openSlices(
  tx: LedgerTransaction,
  ids: readonly string[],
): Promise<readonly Pending<HeldSlice>[]> {
  await tx.foresee(...ids.map((id): BookRef => ['slice', id]));
  return eachOf(tx, ids, (id) => openSlice(tx, id));
}

/** Loads items one after the other. A refusal names the index. */
export async function eachOf<Item, Fact>(
  tx: LedgerTransaction,
  items: readonly Item[],
  load: (item: Item) => Promise<Pending<Fact>>,
): Promise<readonly Pending<Fact>[]> {
  const loaded: Pending<Fact>[] = [];
  for (const [index, item] of items.entries()) {
    const fact = await tx.item(index, () => load(item));
    loaded.push(fact.at(index));
  }
  return loaded;
}

/** Opens a line. @throws TenorError SAME_ORGANIZATION, PARTY_ROLE */
export async function openLine(tx: LedgerTransaction, id: string): Promise<Pending<Vouched<'line'>>> {
  return deal(await tx.open('line', id));
}

/** Opens a claim in its bank's register. @throws TenorError SAME_ORGANIZATION, PARTY_ROLE */
export async function openClaim(
  tx: LedgerTransaction,
  id: string,
  bankMsp: string,
): Promise<Pending<Vouched<'claim'>>> {
  return deal(await tx.open('claim', id, bankMsp));
}

/** Opens a claim that is only to end. @throws TenorError SAME_ORGANIZATION, PARTY_ROLE */
export async function openEndableClaim(
  tx: LedgerTransaction,
  id: string,
  bankMsp: string,
): Promise<Pending<Endable<'claim'>>> {
  const opened = await tx.open('claim', id, bankMsp);
  return vouched(opened.record, (vouchers) => endableClaim(opened, vouchers));
}

/** Opens claims one after the other. */
export async function openClaims(
  tx: LedgerTransaction,
  ids: readonly string[],
  bankMsp: string,
): Promise<readonly Pending<Vouched<'claim'>>[]> {
  await tx.foresee(...ids.map((id): BookRef => ['claim', id, bankMsp]));
  const claims: Pending<Vouched<'claim'>>[] = [];
  for (const id of ids) claims.push(await openClaim(tx, id, bankMsp));
  return claims;
}

/** Opens a claim that is not confirmed yet. @throws TenorError OPENING_MISMATCH, SAME_ORGANIZATION, PARTY_ROLE */
export async function openReservation(tx: LedgerTransaction, id: string): Promise<Pending<VouchedReservation>> {
  const opened = await tx.open('reservation', id);
  const { seller } = opened.record;
  return vouched(opened.record, (vouchers) => vouchers).map(
    (vouchers, registry) => vouchReservation(opened, vouchers, party(registry, seller)),
    partyRefs(seller),
  );
}

/** Opens a claim that is not confirmed yet and is only to end. @throws TenorError OPENING_MISMATCH, SAME_ORGANIZATION, PARTY_ROLE */
export async function openEndableReservation(
  tx: LedgerTransaction,
  id: string,
): Promise<Pending<Endable<'reservation'>>> {
  const opened = await tx.open('reservation', id);
  return vouched(opened.record, (vouchers) => endableReservation(opened, vouchers));
}

const deal = <Kind extends 'line' | 'claim'>(opened: Opened<Kind>): Pending<Vouched<Kind>> =>
  vouched(opened.record, (vouchers) => vouchDeal(opened, vouchers));

/** Opens a request for financing. @throws TenorError PARTY_ROLE */
export const openFinancingRequest = async (
  tx: LedgerTransaction,
  id: string,
): Promise<Pending<VouchedFinancingRequest>> => financing(await tx.open('financingRequest', id));

/** Opens a quote. @throws TenorError PARTY_ROLE */
export const openQuote = async (tx: LedgerTransaction, id: string): Promise<Pending<VouchedQuote>> =>
  financing(await tx.open('quote', id));

function financing<Kind extends 'financingRequest' | 'quote'>(
  opened: Opened<Kind>,
): Pending<ReturnType<typeof vouchFinancing<Kind>>> {
  const { holder, funder } = opened.record as BookRecord<'financingRequest' | 'quote'>;
  return new Pending(partyRefs(holder, funder), (registry) =>
    vouchFinancing(opened, { holder: party(registry, holder), funder: party(registry, funder) }),
  );
}

/** Opens a presentment. @throws TenorError OPENING_MISMATCH, PARTY_ROLE */
export async function openPresentment(tx: LedgerTransaction, id: string): Promise<Pending<VouchedPresentment>> {
  const opened = await tx.open('presentment', id);
  const { holder, bank, payeeBank, standIn } = opened.record;
  const standIns = standIn === undefined ? [] : [standIn.party];
  return new Pending(partyRefs(holder, bank, payeeBank, ...standIns), (registry) =>
    vouchPresentment(opened, {
      holder: party(registry, holder),
      bank: party(registry, bank),
      payeeBank: party(registry, payeeBank),
      standIn: standIn === undefined ? undefined : party(registry, standIn.party),
    }),
  );
}

/** Opens a mandate. @throws TenorError OPENING_MISMATCH, PARTY_ROLE */
export async function openMandate(tx: LedgerTransaction, id: string): Promise<Pending<VouchedMandate>> {
  const opened = await tx.open('mandate', id);
  const { holder, bank, payeeBank } = opened.record;
  return new Pending(partyRefs(holder, bank, payeeBank), (registry) =>
    vouchMandate(opened, {
      holder: party(registry, holder),
      bank: party(registry, bank),
      payeeBank: party(registry, payeeBank),
    }),
  );
}

/** Opens a mandate that is only to be revoked. @throws TenorError OPENING_MISMATCH, PARTY_ROLE */
export async function openRevocableMandate(tx: LedgerTransaction, id: string): Promise<Pending<RevocableMandate>> {
  const opened = await tx.open('mandate', id);
  const { holder } = opened.record;
  return new Pending(partyRefs(holder), (registry) => revocableMandate(opened, party(registry, holder)));
}

/** The acknowledgement of a presentment if one is shown: the holder's, or its stand-in's. @param isMeant which one, if there are both */
export function openAcknowledgement(
  tx: LedgerTransaction,
  { id, holderMsp, standIn }: BookRecord<'presentment'>,
  isMeant: (record: BookRecord<'acknowledgement'>) => boolean,
): Promise<Opened<'acknowledgement'> | undefined> {
  const registers = standIn === undefined ? [holderMsp] : [holderMsp, standIn.mspId];
  return tx.openOneIfShown('acknowledgement', id, registers, isMeant);
}
