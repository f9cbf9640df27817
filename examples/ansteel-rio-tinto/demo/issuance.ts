/** Steps 2 to 4 of the deal: documents, certificates, and a slice for the contractor. */
import { claimIdOf, minorOf, newReference, type DraftContent } from '@tenor/client';
import type { DealCertificate, DealDocument, DealTransfer } from '../readDeal.js';
import type { LineIds } from './registry.js';
import type { Stage } from './stage.js';

/** A certificate in its payee's hands: ids only. */
interface Held {
  readonly certificateId: string;
  /** Slices by the key of their holder. */
  readonly slices: Map<string, string>;
}

/** Held certificates by their key in the deal. */
export type Holdings = ReadonlyMap<string, Held>;

type Claimed = { readonly type: DealDocument['type']; readonly claimId: string; readonly amount: string };

/** Claims one document of a certificate. Every kind of document covers the whole face by itself. */
async function claimDocument(stage: Stage, certificate: DealCertificate, document: DealDocument): Promise<Claimed> {
  const { issuer, bank, payee, amount } = certificate;
  const { number, issueDate: issuedOn, sha256: documentHash } = document.document;
  const capacity = document.type === 'INVOICE' ? document.capacity : amount.amount;
  const input = {
    ...{ reservationId: stage.newId(issuer, bank), type: document.type, number, issuedOn, seller: stage.lei(payee) },
    ...{ issuer: stage.lei(issuer), bank: stage.lei(bank), currency: amount.currency },
    ...{ capacity: minorOf(capacity, amount.currency), documentHash },
  };
  const { reservationId } = input;
  await stage.step(`claim ${document.file}`, issuer, 'Maker', ({ document }) => document.claim(input));
  await stage.step(`confirm ${document.file}`, bank, 'Checker', ({ document }) => document.confirm({ reservationId }));
  return { type: document.type, claimId: claimIdOf(input), amount: input.capacity };
}

/** Claims the documents of a certificate and drafts it. */
async function draft(
  stage: Stage,
  certificate: DealCertificate,
  claimed: readonly Claimed[],
  person: 'Maker' | 'Checker',
): Promise<string> {
  const { issuer, bank, payee, amount, dueDate, mode, deliveredOn } = certificate;
  const certificateId = stage.newId(issuer, bank);
  const content: DraftContent = {
    ...{ issuer: stage.lei(issuer), bank: stage.lei(bank), payee: stage.lei(payee) },
    ...{ currency: amount.currency, amount: minorOf(amount.amount, amount.currency) },
    ...{ dueDate, calendar: stage.deal.calendar.id, mode, deliveredOn },
    claims: claimed.map(({ claimId, amount: reserved }) => ({ claimId, amount: reserved })),
  };
  const what = `draft ${amount.currency} ${amount.amount}`;
  await stage.step(what, issuer, person, ({ certificate }) => certificate.draft({ certificateId, ...content }));
  return certificateId;
}

const claimAll = async (stage: Stage, certificate: DealCertificate): Promise<Claimed[]> => {
  const claimed: Claimed[] = [];
  for (const document of certificate.documents) claimed.push(await claimDocument(stage, certificate, document));
  return claimed;
};

/** Issues every certificate of the deal, from documents to an accepted offer. */
export async function issueAll(stage: Stage, lines: LineIds): Promise<Holdings> {
  const holdings = new Map<string, Held>();
  for (const certificate of stage.deal.certificates) {
    const certificateId = await draft(stage, certificate, await claimAll(stage, certificate), 'Maker');
    await submitAndConfirm(stage, certificate, certificateId, lines.get(certificate.line) ?? '');
    const { bank, payee, offerExpiresOn, key } = certificate;
    await stage.step('offer to the payee', bank, 'Checker', ({ certificate }) =>
      certificate.offer({ certificateId, expiresOn: offerExpiresOn }),
    );
    const sliceId = stage.newId(payee, bank);
    const items = [{ certificateId, sliceId }];
    await stage.step('accept: the root slice', payee, 'Checker', ({ certificate }) => certificate.accept({ items }));
    holdings.set(key, { certificateId, slices: new Map([[payee, sliceId]]) });
  }
  return holdings;
}

async function submitAndConfirm(
  stage: Stage,
  certificate: DealCertificate,
  certificateId: string,
  lineId: string,
): Promise<void> {
  const { issuer, bank } = certificate;
  const isAutomatic = stage.deal.lines.find(({ key }) => key === certificate.line)?.autoConfirm === true;
  if (isAutomatic) {
    await stage.step('submit; the line confirms at once', issuer, 'Checker', ({ certificate }) =>
      certificate.submit({ certificateId, lineId }),
    );
    return;
  }
  await stage.step('submit', issuer, 'Checker', ({ certificate }) => certificate.submit({ certificateId }));
  const input = { certificateIds: [certificateId], lineId, ticketId: stage.newId(bank) };
  const by = { party: stage.lei(bank), expiresOn: stage.deal.businessDate };
  await stage.step('prepare the confirmation', bank, 'Maker', ({ ticket }) =>
    ticket.prepare('certificate:confirm', input, by),
  );
  await stage.step('confirm', bank, 'Checker', ({ certificate }) => certificate.confirm(input));
}

/** Splits the supplier's slices and passes parts on. */
export async function transferAll(stage: Stage, holdings: Holdings): Promise<void> {
  for (const transfer of stage.deal.transfers) await transferOne(stage, transfer, holdings);
}

async function transferOne(stage: Stage, transfer: DealTransfer, holdings: Holdings): Promise<void> {
  const { from, to, amount, offerExpiresOn } = transfer;
  const held = holdings.get(transfer.certificate);
  const whole = held?.slices.get(from);
  if (held === undefined || whole === undefined) throw new Error(`${from} holds nothing of ${transfer.certificate}`);
  const { record } = await stage.as(from, 'Checker').book.slice.get(whole);
  const part = BigInt(minorOf(amount.amount, amount.currency));
  const bank = stage.withRole('bank').key;
  const [kept, passed] = [stage.newId(from, bank), stage.newId(from, bank)];
  const amounts = [(BigInt(record.amount) - part).toString(), part.toString()];
  await stage.step('split the slice', from, 'Checker', ({ slice }) =>
    slice.split({ sliceId: whole, partIds: [kept, passed], amounts }),
  );
  const input = {
    sliceId: passed,
    transferId: newReference(),
    ticketId: stage.newId(from),
    transferee: stage.lei(to),
    expiresOn: offerExpiresOn,
  };
  const by = { party: stage.lei(from), expiresOn: stage.deal.businessDate };
  await stage.step('prepare the transfer', from, 'Maker', ({ ticket }) => ticket.prepare('slice:offer', input, by));
  await stage.step(`offer ${amount.currency} ${amount.amount}`, from, 'Checker', ({ slice }) => slice.offer(input));
  const { sliceId, transferId } = input;
  await stage.step('accept the slice', to, 'Checker', ({ slice }) => slice.accept({ sliceId, transferId }));
  held.slices.set(from, kept).set(to, passed);
}

/** What must fail before maturity. */
export async function attemptForbiddenIssues(stage: Stage, lines: LineIds): Promise<void> {
  const { certificates, attempts } = stage.deal;
  const [first] = certificates;
  const invoice = first?.documents[0];
  if (first === undefined || invoice === undefined) throw new Error('a deal has a certificate with a document');
  const retyped = {
    type: invoice.type,
    number: ` ${invoice.document.number.toLowerCase().replaceAll('-', ' ')}`,
    ...{ issuedOn: invoice.document.issueDate, seller: stage.lei(first.payee) },
  };
  const again = {
    ...{ ...retyped, reservationId: stage.newId(first.issuer, first.bank) },
    ...{ issuer: stage.lei(first.issuer), bank: stage.lei(first.bank) },
    ...{ currency: first.amount.currency, capacity: '100', documentHash: invoice.document.sha256 },
  };
  await stage.refused(
    'finance one invoice twice, its number retyped',
    first.issuer,
    'Maker',
    'DOCUMENT_CLAIMED',
    ({ document }) => document.claim(again),
  );

  const over = attempts.overLine;
  const claimed = await claimAll(stage, over);
  const own = await draft(stage, over, claimed, 'Checker');
  await stage.refused('check what one has made oneself', over.issuer, 'Checker', 'SAME_PERSON', (client) =>
    client.certificate.submit({ certificateId: own }),
  );
  const certificateId = await draft(stage, over, claimed, 'Maker');
  await stage.step('submit', over.issuer, 'Checker', (client) => client.certificate.submit({ certificateId }));
  const input = {
    certificateIds: [certificateId],
    lineId: lines.get(over.line) ?? '',
    ticketId: stage.newId(over.bank),
  };
  const by = { party: stage.lei(over.bank), expiresOn: stage.deal.businessDate };
  await stage.step('prepare a confirmation', over.bank, 'Maker', ({ ticket }) =>
    ticket.prepare('certificate:confirm', input, by),
  );
  await stage.refused('issue above the line', over.bank, 'Checker', 'LINE_EXCEEDED', (client) =>
    client.certificate.confirm(input),
  );
}
