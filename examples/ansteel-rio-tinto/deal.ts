/** A deal as its readers return it, and the few look-ups that its checks share. */
import {
  minorOf,
  type BillOfLading,
  type CreditNotification,
  type Invoice,
  type PaymentName,
  type PaymentStatus,
} from '@tenor/client';
import { must } from './dealError.js';
import type { CertificateEntry, DealFile, DealMoney, DealParty, PaymentEntry, TransferEntry } from './dealSchema.js';

/** An invoice of the deal; `capacity` is what it backs, in major units of its currency. */
export interface DealInvoice {
  readonly type: 'INVOICE';
  readonly file: string;
  readonly capacity: string;
  readonly document: Invoice;
}

/** A bill of lading of the deal. */
export interface DealBillOfLading {
  readonly type: 'BILL_OF_LADING';
  readonly file: string;
  readonly document: BillOfLading;
}

/** A trade document of the deal, read. */
export type DealDocument = DealInvoice | DealBillOfLading;

/** An entry whose documents have been read. */
export type WithDocuments<Entry> = Omit<Entry, 'documents'> & { readonly documents: readonly DealDocument[] };
/** A certificate of the deal with its documents. */
export type DealCertificate = WithDocuments<CertificateEntry>;
/** A transfer of the deal with its documents. */
export type DealTransfer = WithDocuments<TransferEntry>;
/** A payment of the deal with its messages. */
export type DealPayment = PaymentEntry & { readonly status: PaymentStatus; readonly credit: CreditNotification };

/** A deal with everything its files say. */
export interface Deal extends Omit<DealFile, 'certificates' | 'transfers' | 'payments' | 'attempts'> {
  readonly certificates: readonly DealCertificate[];
  readonly transfers: readonly DealTransfer[];
  readonly payments: readonly DealPayment[];
  readonly attempts: {
    readonly overLine: DealCertificate;
    readonly inProcess: DealFile['attempts']['inProcess'] & { readonly status: PaymentStatus };
    readonly anotherAccount: DealFile['attempts']['anotherAccount'] & { readonly credit: CreditNotification };
  };
}

type Role = DealParty['roles'][number];

/** Minor units of an amount. */
export const minor = ({ amount, currency }: DealMoney): bigint => BigInt(minorOf(amount, currency));

/** Sum of minor units. */
export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** What messages call a payment by: its UETR, or the end-to-end reference of one that has none. */
export const paymentName = ({ uetr, endToEndId }: PaymentEntry): PaymentName => uetr ?? { endToEndId };

/** The same in words. */
export const nameInWords = ({ uetr }: PaymentEntry): string => (uetr === undefined ? 'end-to-end id' : 'UETR');

/** The party with that key, in that role. @throws DealError */
export function partyAt(deal: Deal, key: string, role: Role, place: string): DealParty {
  const party = deal.parties.find((candidate) => candidate.key === key);
  must(party !== undefined, place, `Name one of the parties: ${deal.parties.map((each) => each.key).join(', ')}.`);
  must(party.roles.includes(role), place, `Name a party with the role ${role}, or give this one that role.`);
  return party;
}

/** The certificate with that key. @throws DealError */
export function certificateAt(deal: Deal, key: string, place: string): DealCertificate {
  const certificate = deal.certificates.find((candidate) => candidate.key === key);
  must(
    certificate !== undefined,
    place,
    `Name one of the certificates: ${deal.certificates.map((each) => each.key).join(', ')}.`,
  );
  return certificate;
}

/** What a party holds of a certificate after the transfers up to, not including, one of them. */
export function holding(deal: Deal, certificate: DealCertificate, party: string, before: number): bigint {
  const moved = deal.transfers.slice(0, before).filter((transfer) => transfer.certificate === certificate.key);
  const received = sum(moved.filter((transfer) => transfer.to === party).map(({ amount }) => minor(amount)));
  const given = sum(moved.filter((transfer) => transfer.from === party).map(({ amount }) => minor(amount)));
  return (certificate.payee === party ? minor(certificate.amount) : 0n) + received - given;
}

/** What a party holds of a certificate in the end, in minor units. */
export const finalHolding = (deal: Deal, certificate: DealCertificate, party: string): bigint =>
  holding(deal, certificate, party, deal.transfers.length);
