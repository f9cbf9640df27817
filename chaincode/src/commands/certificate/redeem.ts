/** `certificate:redeem` */
import { ended } from '../../domain/certificates.js';
import { put, type Opened, type Write } from '../../domain/decision.js';
import { eachItem, firstOf } from '../../domain/items.js';
import { assertCertificate, assertSlice, stateOf } from '../../domain/lifecycle.js';
import { assertLineOf, drawingOf, drawnLine, giveBack, type Drawing } from '../../domain/lines.js';
import { add, digitsOf, isAbove, isEqual, money, moneyOf, sum, type Money } from '../../domain/money.js';
import { isSameDeal } from '../../domain/parties.js';
import type { ConfirmedCertificate, Vouched } from '../../domain/vouched.js';
import type { BookRef, LedgerTransaction } from '../../ledger/transaction.js';
import type { Pending } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { drawerOf, registerOf } from '../../protocol/identifiers.js';
import type { BookRecord, Slice } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openConfirmed, openLine } from '../loaders.js';

export const redeem = implement(commands.certificate.redeem, {
  load: async (tx, { request }) => {
    const { certificateId, furtherCertificateIds = [], sliceIds } = request;
    const ids = [certificateId, ...furtherCertificateIds];
    await tx.foresee(
      ...ids.map((id): BookRef => ['totals', id, drawerOf(id)]),
      ...sliceIds.map((id): BookRef => ['slice', id]),
    );
    const certificates: Pending<ConfirmedCertificate>[] = [];
    const totals = new Map<string, Opened<'totals'>>();
    const lineIds = new Set<string>();
    for (const id of ids) {
      certificates.push(await openConfirmed(tx, id));
      const { lineId } = (await tx.open('confirmation', id)).record;
      if (lineId !== undefined) lineIds.add(lineId);
      const opened = await tx.openOrAbsent('totals', id, drawerOf(id), 'OPENING_MISSING');
      if (opened !== undefined) totals.set(id, opened);
    }
    return {
      ...{ certificates, totals },
      lines: await Promise.all([...lineIds].map((id) => openLine(tx, id))),
      ...(await openCounted(tx, certificateId, sliceIds)),
    };
  },
  actor: ({ certificates }) => {
    const { bank } = firstOf(certificates);
    return { party: bank, mspId: bank.mspId };
  },
  decide: (_call, { certificates, lines, totals, slices, awaited, today }) => {
    const byId = new Map(certificates.map((each) => [each.id, each]));
    eachOf(certificates, (certificate) => {
      if (!isSameDeal(certificate.face.record, firstOf(certificates).face.record)) throw new TenorError('BATCH_MIXED');
      assertCertificate('redeem', stateOf(certificate, today));
    });
    const counted = eachItem(slices, ({ record }) => {
      const certificate = byId.get(record.certificateId);
      if (certificate === undefined) throw new TenorError('BATCH_MIXED', { sliceId: record.id });
      assertSlice('redeem', record, today);
      assertTakenOut(record, awaited);
      return { id: certificate.id, amount: moneyOf(record) };
    });
    const paid = eachOf(certificates, (certificate): Paid => {
      const amounts = counted.flatMap((each) => (each.id === certificate.id ? [each.amount] : []));
      if (amounts.length === 0) throw new TenorError('BATCH_MIXED');
      return { certificate, now: sum(certificate.face.record.currency, amounts) };
    });
    return [
      ...eachPaid(paid, (each) => countedOf(each, totals.get(each.certificate.id))).flat(),
      ...slices.map(({ record }) => countOnce(record)),
      ...givenBack(paid, lines),
    ];
  },
});

/** What is paid of a certificate by this call. */
interface Paid {
  readonly certificate: ConfirmedCertificate;
  readonly now: Money;
}

/** Applies a rule to each certificate. @throws what the rule throws, with the id of the certificate */
const eachOf = <Result>(
  certificates: readonly ConfirmedCertificate[],
  rule: (certificate: ConfirmedCertificate) => Result,
): Result[] => certificates.map((certificate) => naming(certificate, () => rule(certificate)));

const eachPaid = <Result>(paid: readonly Paid[], rule: (paid: Paid) => Result): Result[] =>
  paid.map((each) => naming(each.certificate, () => rule(each)));

function naming<Result>({ id: certificateId }: ConfirmedCertificate, rule: () => Result): Result {
  try {
    return rule();
  } catch (error) {
    throw error instanceof TenorError ? new TenorError(error.code, { ...error.data, certificateId }) : error;
  }
}

/** Opens the slices in the register of their certificates, and what they succeed. */
async function openCounted(
  tx: LedgerTransaction,
  certificateId: string,
  sliceIds: readonly string[],
): Promise<{
  readonly slices: readonly Opened<'slice'>[];
  readonly awaited: ReadonlyMap<string, BookRecord<'redeemed'>>;
}> {
  const issuerMsp = drawerOf(certificateId);
  const slices: Opened<'slice'>[] = [];
  const awaited = new Map<string, BookRecord<'redeemed'>>();
  for (const [index, sliceId] of sliceIds.entries()) {
    await tx.item(index, async () => {
      const slice = await tx.open('slice', sliceId, registerOf(certificateId));
      slices.push(slice);
      const { awaits } = slice.record;
      if (awaits !== undefined) awaited.set(awaits, (await tx.open('redeemed', awaits, issuerMsp)).record);
      // The issuer's own book remembers every slice that was counted, so the bank alone cannot count a slice twice.
      tx.expectAbsent('redeemed', sliceId, issuerMsp, 'SLICE_COUNTED');
    });
  }
  return { slices, awaited };
}

/** As long as what a slice succeeds is in the count, its amount is too. @throws TenorError RETURN_UNCOUNTED */
function assertTakenOut({ awaits }: Slice, awaited: ReadonlyMap<string, BookRecord<'redeemed'>>): void {
  const isIn = awaits !== undefined && awaited.get(awaits)?.isReturned !== true;
  if (isIn) throw new TenorError('RETURN_UNCOUNTED', { sliceId: awaits });
}

/** The totals of a certificate after the count, and its end if that was all. @throws TenorError CURRENCY_MISMATCH, PAID_EXCEEDS_FACE */
function countedOf({ certificate, now }: Paid, before: Opened<'totals'> | undefined): Write[] {
  const { id, face } = certificate;
  const { currency } = face.record;
  const earlier = before === undefined ? money(currency, '0') : money(before.record.currency, before.record.paid);
  const paid = add(earlier, now);
  if (isAbove(paid, moneyOf(face.record))) throw new TenorError('PAID_EXCEEDS_FACE');
  return [
    put('totals', id, { schema: 'tenor.totals/1', id, currency, paid: digitsOf(paid) }),
    ...(isEqual(paid, moneyOf(face.record)) ? [ended(certificate, 'SETTLED')] : []),
  ];
}

function countOnce({ id, certificateId, currency, amount }: Opened<'slice'>['record']): Write {
  return put('redeemed', id, { schema: 'tenor.redeemed/1', id, certificateId, currency, amount });
}

/** On a revolving line, what is paid becomes available again. Several certificates can be drawn on one line. @throws TenorError LINE_FOREIGN, LINE_UNDRAWN */
function givenBack(paid: readonly Paid[], lines: readonly Vouched<'line'>[]): Write[] {
  const drawings = new Map(lines.map((line): [string, Drawing] => [line.id, drawingOf(line)]));
  eachPaid(paid, ({ certificate: { face, confirmation }, now }) => {
    const { lineId = '' } = confirmation.record;
    const drawing = drawings.get(lineId);
    if (drawing === undefined) throw new Error('a certificate that is active was confirmed on a line');
    assertLineOf(drawing.line, face.record);
    drawings.set(lineId, giveBack(drawing, now));
  });
  return [...drawings.values()].flatMap((drawing) =>
    drawing.line.record.revolving ? [put('line', drawing.line.id, drawnLine(drawing))] : [],
  );
}
