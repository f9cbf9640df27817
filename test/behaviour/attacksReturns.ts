/**
 * Attacks on what came back, by changed chaincode: payee's bank and holder invent a return or a slice, a return is used twice, for two presentments or
 * for more than it says, and a bank alone takes out of the count what it was paid.
 */
import { afterEach, expect, it } from '@jest/globals';
import type { BookRecord } from '@tenor/client';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, demand, refusalOf, write } from '../support/attack.js';
import { reinstate, sendBack, type Presented } from '../support/deal.js';
import { LEI, type World } from '../support/world.js';
import { openingsOf } from './attacksScene.js';
import { outcome, recordOf } from './dealBooks.js';
import { SECOND_BANK } from './lifecycleParties.js';

const REFUSED = 'ENDORSEMENT_POLICY_FAILURE';

/** What the suite of returns has at hand. */
export interface Desk {
  readonly world: () => World;
  readonly certificateId: () => string;
  /** A slice that is due and free. */
  readonly part: () => string;
  /** Presents these at the second bank, which attests the payment, and discharges them. */
  readonly paid: (...sliceIds: string[]) => Promise<Presented>;
}

/** The attacks, in the world of the suite. */
export function shouldReinstateHonestly({ world, certificateId, part, paid }: Desk): void {
  let attackers: Attackers | undefined;
  const corrupt = async (...names: Parameters<typeof Attackers.corrupt>[1]): Promise<Attackers> =>
    (attackers = await Attackers.corrupt(world(), names));
  afterEach(async () => {
    await attackers?.surrender();
    attackers = undefined;
  });
  const mspId = (name: 'bank' | 'issuer' | 'operator' | 'supplier'): string => world().people(name).mspId;
  const sliceOf = (sliceId: string): Promise<BookRecord<'slice'>> => recordOf(world(), 'bank', 'slice', sliceId);

  /** The payee's bank writes its return anew: nobody else signs for that key. */
  const rewrite = async ({ uetr }: Presented, changes: Partial<BookRecord<'return'>>): Promise<void> => {
    const before = await recordOf(world(), 'operator', 'return', uetr, 'operator');
    const hostile = await corrupt('operator');
    const said = write(mspId('operator'), ownKey('return', uetr), { ...before, ...changes });
    // The bank has to have the bytes to show them. Who lies shows them.
    const shown = write(mspId('bank'), `shown/return/${mspId('operator')}/${uetr}`, { ...before, ...changes });
    expect(await hostile.commit([said])).toBe('VALID');
    await hostile.surrender();
    const handing = await corrupt('bank');
    expect(await handing.commit([shown])).toBe('VALID');
    await handing.surrender();
    attackers = undefined;
  };

  it("payee's bank and holder invent a return: nothing is owed again without the bank", async () => {
    const sliceId = part();
    const presented = await paid(sliceId);
    await sendBack(world(), presented, SECOND_BANK); // invented: the holder keeps the money
    const { maker, checker, mspId: holder } = world().people('supplier');
    const { presentmentId, uetr } = presented;
    const request = { presentmentId, uetr, ticketId: maker.newId() };
    await maker.ticket.prepare('slice:reinstate', request, { party: LEI.supplier, expiresOn: world().date });
    const before = await sliceOf(sliceId);
    const theirs = [
      ['presentment', presentmentId],
      ['ticket', request.ticketId],
    ] as const;
    const ours = [
      ['slice', sliceId],
      ['terms', before.certificateId],
      ['payment', uetr],
    ] as const;
    const openings = {
      ...(await openingsOf(world(), 'supplier', ...theirs)),
      ...(await openingsOf(world(), 'bank', ...ours)),
      [`return/${uetr}`]: JSON.stringify(await recordOf(world(), 'operator', 'return', uetr, 'operator')),
    };
    const hostile = await corrupt('operator', 'supplier');
    const owed = { ...before, state: 'FREE', lock: null };
    expect(await hostile.commit([write(mspId('bank'), ownKey('slice', sliceId), owed)])).toBe(REFUSED);
    const invented = ownKey('slice', `${mspId('bank')}~${holder}~invented-slice-0001`);
    expect(await hostile.commit([write(mspId('bank'), invented, owed)])).toBe(REFUSED);
    await hostile.surrender();
    attackers = undefined;
    // Asked by the holder, the bank's own peer answers that this is for the bank to say.
    const call = { name: 'slice:reinstate', request, openings };
    const answer = await refusalOf(demand(checker, call, [mspId('bank'), mspId('supplier')]));
    expect(answer).toEqual({ code: 'CALLER_NOT_ALLOWED', data: {} });
    expect(await sliceOf(sliceId)).toEqual(before);
  });

  it('a return serves one presentment, and no more than the payment had brought, whatever the bank that gave it writes since', async () => {
    const [one, other] = [await paid(part()), await paid(part())];
    await sendBack(world(), one, SECOND_BANK);
    await rewrite(one, { presentmentId: other.presentmentId });
    expect(await outcome(reinstate(world(), { ...other, uetr: one.uetr }))).toBe('PAYMENT_MISMATCH');
    expect(await outcome(reinstate(world(), one))).toBe('PAYMENT_MISMATCH');
    await rewrite(one, { presentmentId: one.presentmentId, amount: '101' });
    expect(await outcome(reinstate(world(), one))).toBe('PAYMENT_MISMATCH');
    await rewrite(one, { amount: '40' });
    expect(await outcome(reinstate(world(), one))).toBe('ok');
    // A larger return of the same payment afterwards takes nothing more.
    await rewrite(one, { amount: '100' });
    expect(await outcome(reinstate(world(), one))).toBe('RETURN_USED');
  });

  it('a bank alone takes nothing out of the count: its peer’s word needs a return in the book of another bank', async () => {
    const sliceId = part();
    const presented = await paid(sliceId);
    const { checker } = world().people('bank');
    await checker.certificate.redeem({ certificateId: certificateId(), sliceIds: [sliceId] });
    const before = await recordOf(world(), 'issuer', 'totals', certificateId());
    const real = await sliceOf(sliceId);
    const returned = { paymentId: presented.uetr, payeeBankMsp: mspId('operator'), amount: real.amount };
    const hostile = await corrupt('bank');
    const key = ownKey('slice', sliceId);
    const said = {
      ...real,
      state: 'RETURNED',
      returned,
      children: [`${mspId('bank')}~${mspId('bank')}~nothing-follows-it`],
    };
    expect(await hostile.commit([write(mspId('bank'), key, said)])).toBe('VALID');
    const totals = ownKey('totals', certificateId());
    expect(await hostile.commit([write(mspId('issuer'), totals, { ...before, paid: '0' })])).toBe(REFUSED);
    await hostile.surrender();
    attackers = undefined;
    const takeOut = checker.certificate.reinstate({ certificateId: certificateId(), sliceIds: [sliceId] });
    expect(await outcome(takeOut)).toBe('NOT_FOUND');
    expect(await recordOf(world(), 'issuer', 'totals', certificateId())).toEqual(before);
    // An invented return that no book holds is refused by the issuer's peer too.
    const made = {
      ...{
        schema: 'tenor.return/1',
        id: presented.uetr,
        presentmentId: presented.presentmentId,
        bankMsp: mspId('bank'),
      },
      ...{ payeeBankMsp: mspId('operator'), holderMsp: mspId('supplier'), currency: 'USD', amount: real.amount },
      ...{ returnedOn: world().date, recordedOn: world().date, messageHash: 'ab'.repeat(32), salt: 'ab'.repeat(32) },
    };
    const relied = ['face', 'confirmation', 'status', 'totals'] as const;
    const refs = relied.map((kind) => [kind, certificateId()] as const);
    const { lineId = '' } = await recordOf(world(), 'bank', 'confirmation', certificateId());
    const opened = await openingsOf(
      world(),
      'bank',
      ...refs,
      ['line', lineId],
      ['slice', sliceId],
      ['redeemed', sliceId],
    );
    const openings = { ...opened, [`return/${presented.uetr}`]: JSON.stringify(made) };
    const request = { certificateId: certificateId(), sliceIds: [sliceId] };
    const call = { name: 'certificate:reinstate', request, openings };
    const data = { kind: 'return', id: presented.uetr, index: '0' };
    expect(await refusalOf(demand(checker, call, [mspId('issuer')]))).toEqual({ code: 'OPENING_MISMATCH', data });
  });
}
