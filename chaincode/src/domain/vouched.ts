/**
 * The records on which rules may rely. Whoever writes a record can name any register in it, so it proves nothing that the bytes are
 * where the record says. Here a record becomes one that rules accept. For this, its register, parties, organisations, currency and
 * the registry are compared with each other. Rules take only these types, so the compiler refuses a record that was not checked.
 */
import { TenorError } from '../protocol/errors.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';
import type { BookKind, BookRecord, Slice } from '../protocol/records/index.js';
import { consolidatedIn } from './consolidations.js';
import type { Opened } from './decision.js';
import {
  assertBankAndIssuer,
  assertBound,
  assertFormerBankAndIssuer,
  assertLives,
  isSameDeal,
  type BankAndIssuer,
  type Party,
} from './parties.js';

declare const VOUCHED: unique symbol;
declare const NAMED: unique symbol;
interface Brand {
  readonly [VOUCHED]: true;
}

/** A line or a claim that bank, issuer and registry vouch for. */
export type Vouched<Kind extends 'line' | 'claim'> = Opened<Kind> & Brand & Vouchers;

interface Vouchers {
  readonly bank: Party;
  readonly issuer: Party;
}

/**
 * A claim or a reservation whose parties are those of the registry, whatever roles they have left. Rules that only end it take it. It has
 * another brand, so that no rule that relies on it does.
 */
export type Endable<Kind extends 'claim' | 'reservation'> = Opened<Kind> & { readonly [NAMED]: true } & Vouchers;

/** A claim that is not confirmed yet, with its parties as the registry has them. */
export interface VouchedReservation extends Opened<'reservation'>, Vouchers, Brand {
  readonly seller: Party;
}

/** A certificate by its terms, on which a holder of a slice relies. */
export interface Certificate extends Brand, Vouchers {
  readonly id: string;
  readonly terms: Opened<'terms'>;
}

/** A certificate by its face, on which bank and issuer rely. */
export interface FacedCertificate extends Brand, Vouchers {
  readonly id: string;
  readonly face: Opened<'face'>;
}

/** A certificate by its face that the bank has confirmed or rejected, with its status if it has one. */
export interface ConfirmedCertificate extends FacedCertificate {
  readonly payee: Party;
  readonly confirmation: Opened<'confirmation'>;
  readonly status: Opened<'status'> | undefined;
}

/** All records of a certificate, on which its payee relies. */
export interface OfferedCertificate extends ConfirmedCertificate, Certificate {}

/** A slice, with the certificate of which it is a part. */
export interface HeldSlice extends Brand {
  readonly slice: Opened<'slice'>;
  readonly certificate: Certificate;
  readonly holder: Party;
}

/** A slice as it stands, whatever came of it. Rules that only look whether it was paid take it; a rule that takes the slice itself does not. */
export type TracedSlice = Slice & { readonly [NAMED]: true };

/** Holder and banks that a presentment names, as the registry has them. */
export interface PresentmentParties {
  readonly holder: Party;
  readonly bank: Party;
  readonly payeeBank: Party;
  /** Who may speak for the holder, if the presentment names one. */
  readonly standIn: Party | undefined;
}

/** A presentment whose holder and banks are those of the registry. */
export interface VouchedPresentment extends Opened<'presentment'>, PresentmentParties, Brand {}

/** A mandate whose holder and banks are those of the registry. */
export interface VouchedMandate extends Opened<'mandate'>, Omit<PresentmentParties, 'standIn'>, Brand {}

/** A mandate that is only to be revoked, with its holder as the registry has it. What became of the banks does not matter then. */
export type RevocableMandate = Opened<'mandate'> & { readonly [NAMED]: true; readonly holder: Party };
/** A request for financing, with holder and funder as the registry has them. What the slices come to, it does not say. */
export type VouchedFinancingRequest = Financing<'financingRequest'>;
/** A quote, with holder and funder as the registry has them. */
export type VouchedQuote = Financing<'quote'>;

const mismatch = (kind: BookKind, id: string): TenorError => new TenorError('OPENING_MISMATCH', { kind, id });

/** The id of a certificate names the two organisations that vouch for it. Roots in two other books would not be their promise. */
function assertNamed(id: string, kind: 'terms' | 'face', record: BankAndIssuer, { bank, issuer }: Vouchers): void {
  if (record.bankMsp !== registerOf(id) || record.issuerMsp !== drawerOf(id)) throw mismatch(kind, id);
  assertBankAndIssuer(record, bank, issuer);
}

/** @throws TenorError OPENING_MISMATCH, SAME_ORGANIZATION, PARTY_ROLE */
export function vouchCertificate(terms: Opened<'terms'>, vouchers: Vouchers): Certificate {
  assertNamed(terms.id, 'terms', terms.record, vouchers);
  return { id: terms.id, terms, ...vouchers } as Certificate;
}

/** @throws TenorError OPENING_MISMATCH, SAME_ORGANIZATION, PARTY_ROLE */
export function vouchFace(face: Opened<'face'>, vouchers: Vouchers): FacedCertificate {
  assertNamed(face.id, 'face', face.record, vouchers);
  return { id: face.id, face, ...vouchers } as FacedCertificate;
}

/** The records from which the state of a certificate follows. */
interface Standing {
  readonly payee: Party;
  readonly confirmation: Opened<'confirmation'>;
  readonly status: Opened<'status'> | undefined;
}

/** @throws TenorError OPENING_MISMATCH, PARTY_ROLE */
export function vouchConfirmed(certificate: FacedCertificate, standing: Standing): ConfirmedCertificate {
  const { payee, payeeMsp } = certificate.face.record;
  const { confirmation, status } = standing;
  const { outcome, lineId } = confirmation.record;
  const isWhole = confirmation.id === certificate.id && (outcome === 'CONFIRMED') === (lineId !== undefined);
  if (!isWhole) throw mismatch('confirmation', confirmation.id);
  const fits = status === undefined || (status.id === certificate.id && status.record.payeeMsp === payeeMsp);
  if (!fits) throw mismatch('status', certificate.id);
  assertBound(standing.payee, payee, payeeMsp, undefined);
  return { ...certificate, ...standing };
}

/** @throws TenorError OPENING_MISMATCH */
export function vouchOffered(confirmed: ConfirmedCertificate, { terms }: Certificate): OfferedCertificate {
  const face = confirmed.face.record;
  const { record } = terms;
  const agrees = isSameDeal(face, record) && face.currency === record.currency && face.dueDate === record.dueDate;
  if (terms.id !== confirmed.id || !agrees) throw mismatch('terms', terms.id);
  return { ...confirmed, terms };
}

/** What is said of free slices of one holder and certificate, if anything is. */
interface MayBeConsolidated {
  readonly consolidation: Opened<'consolidation'> | undefined;
}

type SliceVouchers = Pick<HeldSlice, 'certificate' | 'holder'> & MayBeConsolidated;

/** @throws TenorError OPENING_MISMATCH, PARTY_ROLE, STATE if the slice became part of another one */
export function vouchSlice(slice: Opened<'slice'>, vouchers: SliceVouchers): HeldSlice {
  const { certificate, holder, consolidation } = vouchers;
  assertPart(slice, vouchers);
  if (consolidatedIn(slice, consolidation) !== undefined)
    throw new TenorError('STATE', { state: 'SPENT', sliceId: slice.id });
  return { slice, certificate, holder } as HeldSlice;
}

/** @throws TenorError OPENING_MISMATCH, PARTY_ROLE */
export function traceSlice(slice: Opened<'slice'>, vouchers: SliceVouchers): TracedSlice {
  assertPart(slice, vouchers);
  const wholeId = consolidatedIn(slice, vouchers.consolidation);
  return (
    wholeId === undefined ? slice.record : { ...slice.record, state: 'SPENT', children: [wholeId] }
  ) as TracedSlice;
}

/** A part of its certificate, whose holder is the one of the registry. */
function assertPart({ record, id }: Opened<'slice'>, { certificate, holder }: SliceVouchers): void {
  const isPart =
    record.certificateId === certificate.id &&
    record.termsHash === certificate.terms.hash &&
    record.currency === certificate.terms.record.currency &&
    registerOf(id) === certificate.terms.record.bankMsp;
  if (!isPart) throw mismatch('slice', id);
  assertBound(holder, record.holder, record.holderMsp, undefined);
}

/** A line or a claim. @throws TenorError SAME_ORGANIZATION, PARTY_ROLE */
export function vouchDeal<Kind extends 'line' | 'claim'>(opened: Opened<Kind>, vouchers: Vouchers): Vouched<Kind> {
  assertBankAndIssuer(opened.record, vouchers.bank, vouchers.issuer);
  return { ...opened, ...vouchers } as Vouched<Kind>;
}

/** The id names bank and issuer, as with a certificate. @throws TenorError OPENING_MISMATCH */
function assertDrawn({ id, record }: Opened<'reservation'>): void {
  if (record.bankMsp !== registerOf(id) || record.issuerMsp !== drawerOf(id)) throw mismatch('reservation', id);
}

/** A claim that is to end. @throws TenorError SAME_ORGANIZATION, PARTY_ROLE */
export function endableClaim(opened: Opened<'claim'>, vouchers: Vouchers): Endable<'claim'> {
  assertFormerBankAndIssuer(opened.record, vouchers.bank, vouchers.issuer);
  return { ...opened, ...vouchers } as Endable<'claim'>;
}

/** A reservation that is to end. Its seller has no say in that. @throws TenorError OPENING_MISMATCH, SAME_ORGANIZATION, PARTY_ROLE */
export function endableReservation(opened: Opened<'reservation'>, vouchers: Vouchers): Endable<'reservation'> {
  assertDrawn(opened);
  assertFormerBankAndIssuer(opened.record, vouchers.bank, vouchers.issuer);
  return { ...opened, ...vouchers } as Endable<'reservation'>;
}

/** @throws TenorError OPENING_MISMATCH, SAME_ORGANIZATION, PARTY_ROLE */
export function vouchReservation(opened: Opened<'reservation'>, vouchers: Vouchers, seller: Party): VouchedReservation {
  const { record } = opened;
  assertDrawn(opened);
  assertBankAndIssuer(record, vouchers.bank, vouchers.issuer);
  assertBound(seller, record.seller, record.sellerMsp, 'supplier');
  return { ...opened, ...vouchers, seller } as VouchedReservation;
}

type Financing<Kind extends 'financingRequest' | 'quote'> = Opened<Kind> & Brand & HolderAndFunder;
interface HolderAndFunder {
  readonly holder: Party;
  readonly funder: Party;
}

/** A request for financing, or a quote. @throws TenorError PARTY_ROLE */
export function vouchFinancing<Kind extends 'financingRequest' | 'quote'>(
  opened: Opened<Kind>,
  named: HolderAndFunder,
): Financing<Kind> {
  const { holder, holderMsp, funder, funderMsp } = opened.record as BookRecord<'financingRequest' | 'quote'>;
  assertBound(named.holder, holder, holderMsp, undefined);
  assertBound(named.funder, funder, funderMsp, 'bank');
  return { ...opened, ...named } as Financing<Kind>;
}

/** @throws TenorError OPENING_MISMATCH, PARTY_ROLE */
export function vouchPresentment(opened: Opened<'presentment'>, named: PresentmentParties): VouchedPresentment {
  const { record } = opened;
  assertBound(named.holder, record.holder, record.holderMsp, undefined);
  assertBound(named.bank, record.bank, record.bankMsp, 'bank');
  assertBound(named.payeeBank, record.payeeBank, record.payeeBankMsp, 'bank');
  assertStandIn(opened, named.standIn);
  return { ...opened, ...named } as VouchedPresentment;
}

/** @throws TenorError PARTY_ROLE */
export function vouchMandate(opened: Opened<'mandate'>, named: Omit<PresentmentParties, 'standIn'>): VouchedMandate {
  const { record } = opened;
  assertLives(named.holder, record.holder, record.holderMsp, 'holder');
  assertBound(named.bank, record.bank, record.bankMsp, 'bank');
  assertBound(named.payeeBank, record.payeeBank, record.payeeBankMsp, 'bank');
  return { ...opened, ...named } as VouchedMandate;
}

/** @throws TenorError PARTY_ROLE */
export function revocableMandate(opened: Opened<'mandate'>, holder: Party): RevocableMandate {
  assertLives(holder, opened.record.holder, opened.record.holderMsp, 'holder');
  return { ...opened, holder } as RevocableMandate;
}

/** A stand-in speaks against the holder, for the bank that both share. So it must be neither of them. */
function assertStandIn({ id, record }: Opened<'presentment'>, party: Party | undefined): void {
  const { standIn, holderMsp, bankMsp, payeeBankMsp } = record;
  if (standIn === undefined) return;
  const isApart = payeeBankMsp === bankMsp && standIn.mspId !== bankMsp && standIn.mspId !== holderMsp;
  if (!isApart || party === undefined) throw mismatch('presentment', id);
  assertBound(party, standIn.party, standIn.mspId, undefined);
}
