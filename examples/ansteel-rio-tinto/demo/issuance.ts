/** Steps 2 to 4 of the deal: documents, certificates, and a slice for the contractor. */
import { claimIdOf, decimalOf, LIMITS, minorOf, newReference, TenorError, type DraftContent } from '@tenor/client';
import { backedBy, claimInput, claimOf } from '../dealClaims.js';
import type { DealCertificate, DealTransfer } from '../readDeal.js';
import {
  planTransfers,
  rootOf,
  type Cut,
  type Move,
  type PlannedSlice,
  type PlannedTransfer,
} from '../transferPlan.js';
import type { LineIds } from './lines.js';
import type { Stage } from './stage.js';

/** A certificate in its payee's hands: ids only. */
interface Held {
  readonly certificateId: string;
  /** Ids of slices by their names in the plan. */
  readonly slices: Map<string, string>;
}

/** Held certificates by their key in the deal. */
export type Holdings = ReadonlyMap<string, Held>;

/** A part of a claim that backs a certificate. */
type Backing = DraftContent['claims'][number];

/** Claims the documents of a certificate and drafts it. */
async function draft(
  stage: Stage,
  certificate: DealCertificate,
  claims: readonly Backing[],
  person: 'Maker' | 'Checker',
): Promise<string> {
  const { issuer, bank, payee, amount, dueDate, mode, deliveredOn } = certificate;
  const certificateId = stage.newId(issuer, bank);
  const content: DraftContent = {
    ...{ issuer: stage.lei(issuer), bank: stage.lei(bank), payee: stage.lei(payee) },
    ...{ currency: amount.currency, amount: minorOf(amount.amount, amount.currency) },
    ...{ dueDate, calendar: stage.deal.calendar.id, mode, deliveredOn },
    claims: [...claims],
  };
  const what = `draft ${amount.currency} ${amount.amount}`;
  await stage.step(what, issuer, person, ({ certificate }) => certificate.draft({ certificateId, ...content }));
  return certificateId;
}

/** Claims the documents of a certificate that no certificate before it has claimed. */
async function claimAll(stage: Stage, certificate: DealCertificate): Promise<Backing[]> {
  const backing: Backing[] = [];
  for (const document of certificate.documents) {
    const input = claimInput(stage.deal, certificate, document);
    const claimId = claimIdOf(input);
    if (!stage.claimed.has(claimId)) await claim(stage, certificate, document.file, input);
    stage.claimed.add(claimId);
    backing.push({ claimId, amount: backedBy(certificate, document).toString() });
  }
  return backing;
}

/** Claims a document, which the bank's checker confirms. */
async function claim(
  stage: Stage,
  { issuer, bank }: DealCertificate,
  file: string,
  document: ReturnType<typeof claimInput>,
): Promise<void> {
  const input = { ...document, reservationId: stage.newId(issuer, bank) };
  const { reservationId } = input;
  await stage.step(`claim ${file}`, issuer, 'Maker', (client) => client.document.claim(input));
  await stage.step(`confirm ${file}`, bank, 'Checker', (client) => client.document.confirm({ reservationId }));
}

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
    holdings.set(key, { certificateId, slices: new Map([[rootOf(certificate).name, sliceId]]) });
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

/** Takes the transfers of the deal, and after the first of them what must fail with its slices. */
export async function transferAll(
  stage: Stage,
  holdings: Holdings,
  afterFirst: (planned: PlannedTransfer) => Promise<void>,
): Promise<void> {
  const { transfers } = planTransfers(stage.deal);
  for (const [index, transfer] of stage.deal.transfers.entries()) {
    const planned = transfers[index];
    const held = holdings.get(transfer.certificate);
    if (planned === undefined || held === undefined) throw new Error(`${transfer.key} is not planned`);
    for (const move of planned.moves) await pass(stage, transfer, move, held);
    if (index === 0) await afterFirst(planned);
  }
}

/** Splits a slice where only a part of it changes hands, and passes the part on. */
async function pass(
  stage: Stage,
  { from, to, offerExpiresOn, ...transfer }: DealTransfer,
  move: Move,
  held: Held,
): Promise<void> {
  if (move.cut !== undefined) await split(stage, move.slice, move.cut, held);
  const sliceId = held.slices.get(move.slice.name) ?? '';
  const transferId = newReference();
  const input = {
    ...{ sliceId, transferId, ticketId: stage.newId(from), transferee: stage.lei(to), expiresOn: offerExpiresOn },
  };
  const by = { party: stage.lei(from), expiresOn: stage.deal.businessDate };
  const { currency } = transfer.amount;
  const amount = `${currency} ${decimalOf(move.slice.amount, currency)}`;
  await stage.step('prepare the transfer', from, 'Maker', ({ ticket }) => ticket.prepare('slice:offer', input, by));
  await stage.step(`offer ${amount}`, from, 'Checker', ({ slice }) => slice.offer(input));
  await stage.step('accept the slice', to, 'Checker', ({ slice }) => slice.accept({ sliceId, transferId }));
}

async function split(stage: Stage, part: PlannedSlice, { whole, kept }: Cut, { slices }: Held): Promise<void> {
  const { holder } = part;
  const sliceId = slices.get(whole) ?? '';
  const partIds = [kept, part].map(({ name }) => {
    const id = stage.newIdBeside(holder, sliceId);
    slices.set(name, id);
    return id;
  });
  const amounts = [kept, part].map(({ amount }) => amount.toString());
  await stage.step('split the slice', holder, 'Checker', ({ slice }) => slice.split({ sliceId, partIds, amounts }));
}

/** The number of a document as somebody might type it, if it is the same number then. */
function retyped(document: ReturnType<typeof claimOf>): string {
  const number = ` ${document.number.toLowerCase().replaceAll('-', ' ')}`;
  try {
    const isSame = number.length <= LIMITS.text && claimIdOf({ ...document, number }) === claimIdOf(document);
    return isSame ? number : document.number;
  } catch (error) {
    if (error instanceof TenorError) return document.number;
    throw error;
  }
}

/** What must fail before maturity. */
export async function attemptForbiddenIssues(stage: Stage, lines: LineIds): Promise<void> {
  const { certificates, attempts } = stage.deal;
  const [first] = certificates;
  const invoice = first?.documents[0];
  if (first === undefined || invoice === undefined) throw new Error('a deal has a certificate with a document');
  const known = claimOf(stage.deal, first, invoice);
  const again = {
    ...{ ...known, number: retyped(known), reservationId: stage.newId(first.issuer, first.bank) },
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
