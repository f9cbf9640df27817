/** `certificate:redeem` */
import { ended } from '../../domain/certificates.js';
import { put, type Opened, type Write } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertCertificate, assertSlice, stateOf } from '../../domain/lifecycle.js';
import { assertLineOf, drawingOf, drawnLine, giveBack } from '../../domain/lines.js';
import { add, digitsOf, isAbove, isEqual, money, moneyOf, sum, type Money } from '../../domain/money.js';
import type { ConfirmedCertificate, Vouched } from '../../domain/vouched.js';
import type { BookRef } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { drawerOf, registerOf } from '../../protocol/identifiers.js';
import type { BookRecord, Slice } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openConfirmed, openLine } from '../loaders.js';

export const redeem = implement(commands.certificate.redeem, {
  load: async (tx, { request }) => {
    const { certificateId: id, sliceIds } = request;
    const issuerMsp = drawerOf(id);
    await tx.foresee(['totals', id, issuerMsp], ...sliceIds.map((sliceId): BookRef => ['slice', sliceId]));
    const certificate = await openConfirmed(tx, id);
    const { lineId } = (await tx.open('confirmation', id)).record;
    const totals = await tx.openOrAbsent('totals', id, issuerMsp, 'OPENING_MISSING');
    const slices: Opened<'slice'>[] = [];
    const awaited = new Map<string, BookRecord<'redeemed'>>();
    for (const [index, sliceId] of sliceIds.entries()) {
      await tx.item(index, async () => {
        const slice = await tx.open('slice', sliceId, registerOf(id));
        slices.push(slice);
        const { awaits } = slice.record;
        if (awaits !== undefined) awaited.set(awaits, (await tx.open('redeemed', awaits, issuerMsp)).record);
        // The issuer's own book remembers every slice that was counted, so the bank alone cannot count a slice twice.
        tx.expectAbsent('redeemed', sliceId, issuerMsp, 'SLICE_COUNTED');
      });
    }
    return {
      certificate,
      line: lineId === undefined ? undefined : await openLine(tx, lineId),
      totals,
      slices,
      awaited,
    };
  },
  actor: ({ certificate: { bank } }) => ({ party: bank, mspId: bank.mspId }),
  decide: (_call, { certificate, line, totals, slices, awaited, today }) => {
    const { id, face } = certificate;
    const { currency } = face.record;
    assertCertificate('redeem', stateOf(certificate, today));
    const counted = eachItem(slices, ({ record }) => {
      if (record.certificateId !== id) throw new TenorError('BATCH_MIXED', { sliceId: record.id });
      assertSlice('redeem', record, today);
      assertTakenOut(record, awaited);
      return moneyOf(record);
    });
    const paidNow = sum(currency, counted);
    const before = totals === undefined ? money(currency, '0') : money(totals.record.currency, totals.record.paid);
    const paid = add(before, paidNow);
    if (isAbove(paid, moneyOf(face.record))) throw new TenorError('PAID_EXCEEDS_FACE', { certificateId: id });
    return [
      put('totals', id, { schema: 'tenor.totals/1', id, currency, paid: digitsOf(paid) }),
      ...slices.map(({ record }) => countOnce(record)),
      ...givenBack(certificate, line, paidNow),
      ...(isEqual(paid, moneyOf(face.record)) ? [ended(certificate, 'SETTLED')] : []),
    ];
  },
});

/** As long as what a slice succeeds is in the count, its amount is too. @throws TenorError RETURN_UNCOUNTED */
function assertTakenOut({ awaits }: Slice, awaited: ReadonlyMap<string, BookRecord<'redeemed'>>): void {
  const isIn = awaits !== undefined && awaited.get(awaits)?.isReturned !== true;
  if (isIn) throw new TenorError('RETURN_UNCOUNTED', { sliceId: awaits });
}

function countOnce({ id, certificateId, currency, amount }: Opened<'slice'>['record']): Write {
  return put('redeemed', id, { schema: 'tenor.redeemed/1', id, certificateId, currency, amount });
}

/** On a revolving line, what is paid becomes available again. */
function givenBack({ face }: ConfirmedCertificate, line: Vouched<'line'> | undefined, amount: Money): Write[] {
  if (line === undefined) throw new Error('a certificate that is active was confirmed on a line');
  assertLineOf(line, face.record);
  return line.record.revolving ? [put('line', line.id, drawnLine(giveBack(drawingOf(line), amount)))] : [];
}
