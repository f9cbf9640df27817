/** What the documents of a deal back. A document is claimed once, for all the certificates that it backs together. */
import { remarksOf, type Input } from '@tenor/client';
import {
  minor,
  sum,
  type Deal,
  type DealBillOfLading,
  type DealCertificate,
  type DealDocument,
  type DealInvoice,
} from './deal.js';

/** A document behind a certificate of the deal, or behind the one that its line must refuse. */
export interface Use {
  readonly certificate: DealCertificate;
  readonly document: DealDocument;
  /** Place of the certificate in deal.json. */
  readonly place: string;
  /** Place of the entry that names the document's file. */
  readonly entry: string;
}

export const isInvoice = (document: DealDocument): document is DealInvoice => document.type === 'INVOICE';
export const isBillOfLading = (document: DealDocument): document is DealBillOfLading =>
  document.type === 'BILL_OF_LADING';

/** Every use of a document that is claimed. The documents behind a transfer are read and compared, but nobody claims them. */
export const usesOf = ({ certificates, attempts }: Pick<Deal, 'certificates' | 'attempts'>): Use[] =>
  [
    ...certificates.map((certificate, index) => ({ certificate, place: `$.certificates[${String(index)}]` })),
    { certificate: attempts.overLine, place: '$.attempts.overLine' },
  ].flatMap(({ certificate, place }) =>
    certificate.documents.map((document, index) => ({
      certificate,
      document,
      place,
      entry: `${place}.documents[${String(index)}].file`,
    })),
  );

/**
 * What a document backs of a certificate, in minor units: an invoice what the deal says. A bill of lading backs the whole face where it is
 * the only one, else what the invoices back that it names.
 */
export function backedBy(
  { amount, documents }: Pick<DealCertificate, 'amount' | 'documents'>,
  document: DealDocument,
): bigint {
  const { currency } = amount;
  if (isInvoice(document)) return minor({ amount: document.capacity, currency });
  if (documents.filter(isBillOfLading).length === 1) return minor(amount);
  const named = documents
    .filter(isInvoice)
    .filter((invoice) => document.document.invoices.includes(invoice.document.number));
  return sum(named.map(({ capacity }) => minor({ amount: capacity, currency })));
}

/** What a document is claimed for: everything that it backs in the deal. Minor units. */
const capacityOf = (deal: Deal, { document }: DealDocument): bigint =>
  sum(
    usesOf(deal)
      .filter((use) => use.document.document.sha256 === document.sha256)
      .map((use) => backedBy(use.certificate, use.document)),
  );

/** How a document is named when it is claimed for a certificate; two names of one claim are one document. */
export const claimOf = (
  { parties }: Pick<Deal, 'parties'>,
  { payee }: Pick<DealCertificate, 'payee'>,
  { type, document: { number, issueDate: issuedOn } }: DealDocument,
): Pick<Input<'document:claim'>, 'type' | 'number' | 'issuedOn' | 'seller'> => ({
  ...{ type, number, issuedOn, seller: parties.find(({ key }) => key === payee)?.lei ?? '' },
});

/** What claiming a document for a certificate takes, but for the id under which it is reserved. */
export function claimInput(
  deal: Deal,
  certificate: DealCertificate,
  document: DealDocument,
): Omit<Input<'document:claim'>, 'reservationId'> {
  const leiOf = (party: string): string => deal.parties.find(({ key }) => key === party)?.lei ?? '';
  const remarks = isInvoice(document) ? remarksOf(document.document) : undefined;
  return {
    ...claimOf(deal, certificate, document),
    ...{ issuer: leiOf(certificate.issuer), bank: leiOf(certificate.bank), currency: certificate.amount.currency },
    ...{ capacity: capacityOf(deal, document).toString(), documentHash: document.document.sha256 },
    ...(remarks === undefined ? {} : { remarks }),
  };
}
