/** The steps of a batch, as suites take them: each under four eyes where it takes two. */
import { randomUUID } from 'node:crypto';
import type { FourEyesName, Input, Receipt, SheetRow } from '@tenor/client';
import { ACCOUNT, attestInput, reportInput } from '../deal/inputs.js';
import { viewOf } from '../behaviour/dealBooks.js';
import { LEI, type PartyName, type World } from './world.js';

/** Last day of the batches here. */
export const BATCH_END = '2026-12-15';

type Ticketed<Name extends FourEyesName> = Input<Name> & { readonly ticketId: string };

/** What a maker prepares and a checker sends. */
export async function underFourEyes<Name extends FourEyesName>(
  world: World,
  name: PartyName,
  command: Name,
  input: Omit<Ticketed<Name>, 'ticketId'>,
  party: string = LEI[name],
): Promise<Receipt> {
  const { maker, checker } = world.people(name);
  const whole = { ...input, ticketId: maker.newId() } as unknown as Ticketed<Name>;
  await maker.ticket.prepare(command, whole, { party, expiresOn: world.date });
  const [noun, verb] = command.split(':') as [keyof typeof checker, string];
  return (checker[noun] as unknown as Record<string, (input: unknown) => Promise<Receipt>>)[verb]?.(
    whole,
  ) as Promise<Receipt>;
}

/** A leg of money as scenarios say it. */
export interface Money {
  readonly legId: string;
  readonly what: 'CREDIT' | 'BLOCK';
  readonly from: PartyName;
  readonly to: PartyName;
  readonly payerBank: PartyName;
  readonly payeeBank: PartyName;
  readonly currency: string;
  readonly amount: string;
}

/** Draws a leg of money for the book of the bank that proves it. */
export function moneyLeg(world: World, said: Omit<Money, 'legId'>): Money {
  const register = said.what === 'CREDIT' ? said.payeeBank : said.payerBank;
  return { ...said, legId: world.newId(register, said.from) };
}

/** The payer instructs money. */
export const instruct = (
  world: World,
  { legId, what, from, to, payerBank, payeeBank, currency, amount }: Money,
  legIds: readonly string[],
  changes: Partial<Input<'cash:instruct'>> = {},
): Promise<Receipt> =>
  underFourEyes(
    world,
    from,
    'cash:instruct',
    {
      ...{ legId, legIds: [...legIds], what, sender: LEI[from], receiver: LEI[to], currency, amount },
      ...{ payerBank: LEI[payerBank], payeeBank: LEI[payeeBank], account: ACCOUNT, expiresOn: BATCH_END, ...changes },
    },
    changes.sender,
  );

/** The holder allocates a slice. */
export const allocate = (
  world: World,
  holder: PartyName,
  slice: { readonly sliceId: string; readonly legId: string; readonly to: PartyName; readonly inReturn: string },
  legIds: readonly string[],
  changes: Partial<Input<'slice:allocate'>> = {},
): Promise<Receipt> =>
  underFourEyes(world, holder, 'slice:allocate', {
    ...{ sliceId: slice.sliceId, legId: slice.legId, legIds: [...legIds], receiver: LEI[slice.to] },
    ...{ inReturn: slice.inReturn, expiresOn: BATCH_END, ...changes },
  });

/** A member approves what it gives and takes. @param party for whom, if its people act for several */
export const approve = (
  world: World,
  name: PartyName,
  legIds: readonly string[],
  party: string = LEI[name],
): Promise<Receipt> => underFourEyes(world, name, 'batch:approve', { legIds: [...legIds], party }, party);

/** Writes the outcome AGREED. */
export async function agree(
  world: World,
  name: PartyName,
  legIds: readonly string[],
  told: readonly SheetRow[] = [],
): Promise<Receipt> {
  const { checker } = world.people(name);
  return checker.batch.agree({ legIds: [...legIds], sheet: await checker.batch.sheet(legIds, told) });
}

/** Commits an agreed batch, or one that needs no agreement, from its sheet. */
export async function commit(
  world: World,
  name: PartyName,
  legIds: readonly string[],
  how: 'agreed' | 'from its sheet' = 'agreed',
): Promise<Receipt> {
  const { checker } = world.people(name);
  const secret = how === 'agreed' ? {} : { sheet: await checker.batch.sheet(legIds) };
  return checker.batch.commit({ legIds: [...legIds], ...secret });
}

/** The payment of a leg. */
export interface LegPayment {
  readonly legId: string;
  readonly uetr: string;
  readonly currency: string;
  readonly amount: string;
}

export const paymentOf = ({ legId, currency, amount }: Money): LegPayment => ({
  legId,
  uetr: randomUUID(),
  currency,
  amount,
});

/** The payer's bank reports. */
export function report(
  world: World,
  bank: PartyName,
  { legId, ...payment }: LegPayment,
  status: 'ACCC' | 'ACSP' | 'RJCT' | 'PDNG' = 'ACSP',
): Promise<Receipt> {
  const { presentmentId: _none, ...said } = reportInput({ ...payment, presentmentId: '' }, status);
  return world.people(bank).checker.payment.report({ ...said, legId });
}

/** The payee's bank attests the credit. @param party which bank, if its people act for several */
export function attest(
  world: World,
  bank: PartyName,
  { legId, ...payment }: LegPayment,
  changes: Partial<Input<'payment:attest'>> = {},
  party: string = LEI[bank],
): Promise<Receipt> {
  const place = { date: world.date, id: (name: PartyName) => world.newId(name), reference: () => '' };
  const { presentmentId: _none, ticketId: _drawn, ...said } = attestInput(place, { ...payment, presentmentId: '' });
  return underFourEyes(world, bank, 'payment:attest', { ...said, legId, ...changes }, party);
}

/** Whose book has what a stand-in needs: the bank that registers the leg and attests its credit. */
export interface Attested {
  readonly legId: string;
  readonly uetr: string;
  readonly payeeBank: PartyName;
}

/** A stand-in is handed leg and attestation by the payee's bank. @param name whose people stand in */
export async function handTo(world: World, name: PartyName, { legId, uetr, payeeBank }: Attested): Promise<void> {
  const { mspId: register } = world.people(payeeBank);
  for (const [kind, id] of [
    ['leg', legId],
    ['attestation', uetr],
  ] as const) {
    const { opening: record } = await viewOf(world, payeeBank, kind, id, payeeBank);
    await world.people(name).checker.book.restore({ kind, id, register, record });
  }
}

/** It is handed what it needs, and says for a silent payee that the money has come. @param party which one, if its people act for several */
export async function standInFor(
  world: World,
  name: PartyName,
  attested: Attested,
  party: string = LEI[name],
): Promise<Receipt> {
  await handTo(world, name, attested);
  const { legId, uetr } = attested;
  return underFourEyes(world, name, 'cash:acknowledge', { legId, uetr }, party);
}
