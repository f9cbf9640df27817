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
    const isAlone = request.books === 'register';
    for (const [index, sliceId] of sliceIds.entries())
      counted.push(await tx.item(index, () => openCounted(tx, { id, sliceId, isAlone })));
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
      if (each.mark.record.isReturned === true) throw new TenorError('RETURN_USED', { sliceId: each.slice.id });
      const left = takenOut(each);
      // What stayed paid at first may have come back since the bank drew the line alone.
      const isDrawn = each.slice.record.redrawn !== undefined && isEqual(left.out, drawnBefore(left));
      if (isAlone && isDrawn) throw new TenorError('RETURN_USED', { sliceId: each.slice.id });
      return left;
    });
    if (!isAlone) assertWithinReturns(taken);
    const paid = isAlone ? undefined : leftOf(totals, taken);
    const again = redrawn(certificate, line, taken);
    if (paid === undefined) return [...drawnOn(again, []), ...taken.map(markDrawn)];
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

/** Something that came back of a slice, or of what had stayed paid of it. */
interface Back {
  readonly slice: Opened<'slice'>;
  /** The return that took it away. Absent where the bank acts alone: it binds nobody else, and whoever keeps the return could delete it to hold that up. */
  readonly returned: Opened<'return'> | undefined;
}

/** A slice that was counted, with what the books say of it. */
interface Counted {
  readonly slice: Opened<'slice'>;
  /** The issuer's mark that it was counted. */
  readonly mark: Opened<'redeemed'>;
  /** What came back of it, one return after the other. Empty where it is not RETURNED, which the rule refuses. */
  readonly backs: readonly Back[];
  /** What is left of it after these. */
  readonly rest: Opened<'slice'> | undefined;
}

async function openCounted(
  tx: LedgerTransaction,
  { id, sliceId, isAlone }: { readonly id: string; readonly sliceId: string; readonly isAlone: boolean },
): Promise<Counted> {
  const [bankMsp, issuerMsp] = [registerOf(id), drawerOf(id)];
  const slice = await tx.open('slice', sliceId, bankMsp);
  const mark = await tx.open('redeemed', sliceId, issuerMsp);
  const { backs, rest } = await openBacks(tx, slice, { bankMsp, isAlone });
  // The issuer could write a mark into its own book, to keep the bank from drawing the line alone.
  if (!isAlone && rest !== undefined && backs.length > 0)
    tx.expectAbsent('redeemed', rest.id, issuerMsp, 'SLICE_COUNTED');
  return { slice, mark, backs, rest };
}

/** What came back of a slice, return after return, and what is left of it. No id can lead in a circle. */
async function openBacks(
  tx: LedgerTransaction,
  slice: Opened<'slice'>,
  at: { readonly bankMsp: string; readonly isAlone: boolean },
): Promise<Pick<Counted, 'backs' | 'rest'>> {
  const { state, returned: cause, children } = slice.record;
  if (state !== 'RETURNED' || cause === undefined) return { backs: [], rest: slice };
  const { paymentId, payeeBankMsp } = cause;
  // The bank says what came back, as it says what is paid. But where it binds the issuer, it does not say so alone.
  const returned = at.isAlone ? undefined : await tx.open('return', paymentId, payeeBankMsp);
  if (children.length < 2) return { backs: [{ slice, returned }], rest: undefined };
  const kept = await tx.open('slice', successorsOf(slice.id, paymentId).kept, at.bankMsp);
  const { backs, rest } = await openBacks(tx, kept, at);
  return { backs: [{ slice, returned }, ...backs], rest };
}

/** What leaves the count. */
interface TakenOut extends Counted {
  readonly out: Money;
}

/** The issuer's own mark says how much was counted. What came back and what stays paid come to that. @throws TenorError STATE, CURRENCY_MISMATCH, PAYMENT_MISMATCH */
function takenOut(counted: Counted): TakenOut {
  const { slice, mark, backs, rest } = counted;
  const { currency, lock } = slice.record;
  if (rest !== undefined && rest.record.state !== 'PAID')
    throw new TenorError('STATE', { state: rest.record.state, sliceId: rest.id });
  const out = sum(currency, backs.map(backOf));
  const stays = rest === undefined ? money(currency, '0') : moneyOf(rest.record);
  const isWhole = isEqual(moneyOf(mark.record), add(out, stays));
  const isOther = backs.some(({ returned }) => returned !== undefined && demandIdOf(returned.record) !== lock?.id);
  if (!isWhole || isOther) throw new TenorError('PAYMENT_MISMATCH');
  return { ...counted, out };
}

const backOf = ({ slice: { record } }: Back): Money => money(record.currency, record.returned?.amount ?? '0');

/** No return takes more out of the count than went back. @throws TenorError CURRENCY_MISMATCH, PAYMENT_MISMATCH */
function assertWithinReturns(taken: readonly TakenOut[]): void {
  const backs = taken.flatMap((each) => each.backs);
  for (const { returned } of backs) {
    if (returned === undefined) continue;
    const ofIt = backs.filter((each) => each.returned?.id === returned.id).map(backOf);
    if (isAbove(sum(returned.record.currency, ofIt), moneyOf(returned.record)))
      throw new TenorError('PAYMENT_MISMATCH');
  }
}

/** The mark stays, so that the slice is never counted again. What stayed paid is counted in its place. */
function recount({ mark, rest }: TakenOut): readonly Write[] {
  const marked = put('redeemed', mark.id, { ...unsalted(mark.record), isReturned: true });
  if (rest === undefined) return [marked];
  const { certificateId, currency } = mark.record;
  const { amount } = rest.record;
  const kept = { schema: 'tenor.redeemed/1', id: rest.id, certificateId, currency, amount, partOf: mark.id } as const;
  return [marked, put('redeemed', rest.id, kept)];
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
