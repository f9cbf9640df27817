/** `certificate:reinstate` */
import { revived } from '../../domain/certificates.js';
import { put, unsalted, type Opened, type Write } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertCertificate, assertSlice, stateOf } from '../../domain/lifecycle.js';
import { assertLineOf, drawAgain, drawingOf, drawnLine, type Drawing } from '../../domain/lines.js';
import { add, digitsOf, isAbove, isEqual, money, moneyOf, subtract, sum, type Money } from '../../domain/money.js';
import type { ConfirmedCertificate, Vouched } from '../../domain/vouched.js';
import type { BookRef, LedgerTransaction } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { demandIdOf, drawerOf, registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openConfirmed, openLine } from '../loaders.js';
import { successorsOf } from '../successors.js';

export const reinstate = implement(commands.certificate.reinstate, {
  load: async (tx, { request }) => {
    const { certificateId: id, sliceIds } = request;
    await tx.foresee(['totals', id, drawerOf(id)], ...sliceIds.map((sliceId): BookRef => ['slice', sliceId]));
    const certificate = await openConfirmed(tx, id);
    const { lineId } = (await tx.open('confirmation', id)).record;
    const totals = await tx.open('totals', id, drawerOf(id));
    const counted: Counted[] = [];
    for (const [index, sliceId] of sliceIds.entries())
      counted.push(await tx.item(index, () => openCounted(tx, id, sliceId)));
    return { certificate, line: lineId === undefined ? undefined : await openLine(tx, lineId), totals, counted };
  },
  actor: ({ certificate: { bank } }) => ({ party: bank, mspId: bank.mspId }),
  decide: ({ request }, { certificate, line, totals, counted, today }) => {
    const isAlone = request.books === 'register';
    const state = stateOf(certificate, today);
    assertCertificate('reinstate', state);
    const taken = eachItem(counted, (each) => {
      if (![each.slice, each.mark].every(({ record }) => record.certificateId === certificate.id))
        throw new TenorError('BATCH_MIXED', { sliceId: each.slice.id });
      assertSlice('takeOut', each.slice.record, today);
      const isUsed = each.mark.record.isReturned === true || (isAlone && each.slice.record.redrawn !== undefined);
      if (isUsed) throw new TenorError('RETURN_USED', { sliceId: each.slice.id });
      return takenOut(each);
    });
    assertWithinReturns(taken);
    const paid = leftOf(totals, taken);
    const again = redrawn(certificate, line, taken);
    if (isAlone) return [...drawnOn(again, []), ...taken.map(markDrawn)];
    return [
      put('totals', certificate.id, { ...unsalted(totals.record), paid: digitsOf(paid) }),
      ...taken.flatMap(recount),
      ...drawnOn(again),
      ...(state === 'SETTLED' ? [revived(certificate)] : []),
    ];
  },
});

/** What stays in the count. The marks add up to the totals, so it is never less than nothing in an honest book. @throws TenorError CURRENCY_MISMATCH, PAYMENT_MISMATCH */
function leftOf({ record }: Opened<'totals'>, taken: readonly TakenOut[]): Money {
  const outs = taken.map(({ out }) => out);
  const left = subtract(money(record.currency, record.paid), sum(record.currency, outs));
  if (left.minor < 0n) throw new TenorError('PAYMENT_MISMATCH');
  return left;
}

/** A slice that was counted, with what the books say of it. */
interface Counted {
  readonly slice: Opened<'slice'>;
  /** The issuer's mark that it was counted. */
  readonly mark: Opened<'redeemed'>;
  /** The return that took it away. Absent where it is not RETURNED, which the rule refuses. */
  readonly returned: Opened<'return'> | undefined;
  /** What stayed paid of it then. */
  readonly kept: Opened<'slice'> | undefined;
}

async function openCounted(tx: LedgerTransaction, certificateId: string, sliceId: string): Promise<Counted> {
  const [bankMsp, issuerMsp] = [registerOf(certificateId), drawerOf(certificateId)];
  const slice = await tx.open('slice', sliceId, bankMsp);
  const mark = await tx.open('redeemed', sliceId, issuerMsp);
  const { returned: cause, children } = slice.record;
  if (cause === undefined) return { slice, mark, returned: undefined, kept: undefined };
  // The bank says what came back, as it says what is paid. But it does not say so alone.
  const returned = await tx.open('return', cause.paymentId, cause.payeeBankMsp);
  const { kept: keptId } = successorsOf(sliceId, cause.paymentId);
  if (children.length < 2) return { slice, mark, returned, kept: undefined };
  tx.expectAbsent('redeemed', keptId, issuerMsp, 'SLICE_COUNTED');
  return { slice, mark, returned, kept: await tx.open('slice', keptId, bankMsp) };
}

/** What leaves the count. */
interface TakenOut extends Counted {
  readonly returned: Opened<'return'>;
  readonly back: Money;
  /** What stayed paid, if it still is: it is counted in the slice's place. What came back since then is counted once it is paid again. */
  readonly stays: Opened<'slice'> | undefined;
  readonly out: Money;
}

/** The issuer's own mark says how much was counted. What came back and what stayed paid come to that. @throws TenorError CURRENCY_MISMATCH, PAYMENT_MISMATCH */
function takenOut(counted: Counted): TakenOut {
  const { slice, mark, returned, kept } = counted;
  const { returned: cause, lock } = slice.record;
  if (cause === undefined || returned === undefined) throw new Error('a slice that is RETURNED says what came back');
  const { currency } = slice.record;
  const [whole, back] = [moneyOf(mark.record), money(currency, cause.amount)];
  const keptAmount = kept === undefined ? money(currency, '0') : moneyOf(kept.record);
  const isWhole = isEqual(whole, add(back, keptAmount));
  if (!isWhole || demandIdOf(returned.record) !== lock?.id) throw new TenorError('PAYMENT_MISMATCH');
  const stays = kept?.record.state === 'PAID' ? kept : undefined;
  return { ...counted, returned, back, stays, out: stays === undefined ? whole : back };
}

/** No return takes more out of the count than went back. @throws TenorError CURRENCY_MISMATCH, PAYMENT_MISMATCH */
function assertWithinReturns(taken: readonly TakenOut[]): void {
  for (const { returned } of taken) {
    const ofIt = taken.filter((each) => each.returned.id === returned.id).map(({ back }) => back);
    if (isAbove(sum(returned.record.currency, ofIt), moneyOf(returned.record)))
      throw new TenorError('PAYMENT_MISMATCH');
  }
}

/** The mark stays, so that the slice is never counted again. What stayed paid is counted in its place. */
function recount({ mark, stays }: TakenOut): readonly Write[] {
  const marked = put('redeemed', mark.id, { ...unsalted(mark.record), isReturned: true });
  if (stays === undefined) return [marked];
  const { certificateId, currency, amount } = stays.record;
  const kept = { schema: 'tenor.redeemed/1', id: stays.id, certificateId, currency, amount, partOf: mark.id } as const;
  return [marked, put('redeemed', stays.id, kept)];
}

/** What was drawn on the line already, because the issuer was silent, is not drawn again. */
const drawnBefore = ({ slice }: TakenOut): Money => money(slice.record.currency, slice.record.redrawn ?? '0');

/** The line takes up what it gave back for these slices. A line that does not revolve gave nothing back. */
function redrawn(
  { face }: ConfirmedCertificate,
  line: Vouched<'line'> | undefined,
  taken: readonly TakenOut[],
): Drawing | undefined {
  if (line === undefined) throw new Error('a certificate that is active was confirmed on a line');
  assertLineOf(line, face.record);
  const amounts = taken.map((each) => subtract(each.out, drawnBefore(each)));
  return line.record.revolving ? drawAgain(drawingOf(line), sum(face.record.currency, amounts)) : undefined;
}

const drawnOn = (drawing: Drawing | undefined, readers?: readonly string[]): Write[] =>
  drawing === undefined ? [] : [put('line', drawing.line.id, drawnLine(drawing), readers)];

const markDrawn = ({ slice, out }: TakenOut): Write =>
  put('slice', slice.id, { ...unsalted(slice.record), redrawn: digitsOf(out) }, []);
