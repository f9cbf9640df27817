/** Prints who is who in a deal, and what is traded, before the deal begins. */
import { dealTopology } from '../dealTopology.js';
import type { Deal, DealParty } from '../readDeal.js';
import { nameOf } from '../../scene/names.js';

/** One party, as it is introduced. */
export interface Member {
  readonly name: string;
  readonly company: string;
  readonly id: string;
  readonly roles: readonly string[];
  readonly organization: string;
  readonly mspId: string;
  readonly does: string;
}

/** What the deal is about. */
export interface Trade {
  readonly title: string;
  /** What is bought: the price, and the same in the other currency. */
  readonly worth: string;
  readonly promises: readonly string[];
}

/** Whether the deal itself has anything to do with a bank. */
export const isNamed = ({ certificates, payments }: Deal, bank: string): boolean =>
  [...certificates, ...payments].some((each) => each.bank === bank);

/** What a party does in a deal; the first line that fits. */
const DOES: readonly (readonly [fits: (deal: Deal, party: DealParty) => boolean, does: string])[] = [
  [(_, { roles }) => roles.includes('issuer'), 'buys, and promises to pay on a day'],
  [
    (deal, { key, roles }) => roles.includes('bank') && !isNamed(deal, key),
    'comes in after the deal: buys promises, exchanges money, keeps accounts',
  ],
  [
    (deal, { key, roles }) => roles.includes('bank') && !deal.certificates.some(({ bank }) => bank === key),
    'keeps an account of a payee, and attests that the money came',
  ],
  [(_, { roles }) => roles.includes('bank'), 'confirms the promises against a credit line, and pays for the buyer'],
  [(_, { roles }) => roles.includes('operator'), 'runs the platform; is no party to the deal and sees nothing of it'],
  [
    (deal, { key }) => deal.certificates.some(({ payee }) => payee === key),
    'sells, holds the certificates, and passes slices of them on',
  ],
  [(deal, { key }) => deal.transfers.some(({ to }) => to === key), 'works for a holder, and is paid with a slice'],
  [() => true, 'takes no part'],
];

const doesOf = (deal: Deal, party: DealParty): string => DOES.find(([fits]) => fits(deal, party))?.[1] ?? '';

/** Introduces every party. */
export function castOf(deal: Deal): Member[] {
  const mspOf = new Map(dealTopology(deal).organizations.map(({ name, mspId }) => [name, mspId]));
  return deal.parties.map((party) => ({
    ...{ name: nameOf(party), company: party.name, id: party.lei, roles: party.roles },
    ...{ organization: party.organization, mspId: mspOf.get(party.organization) ?? '', does: doesOf(deal, party) },
  }));
}

/** Says what is traded. */
export function tradeOf(deal: Deal): Trade {
  const { total, equivalent } = deal.worth;
  const company = new Map(deal.parties.map(({ key, name }) => [key, name]));
  return {
    title: deal.title,
    worth: `${total.currency} ${total.amount}, or ${equivalent.currency} ${equivalent.amount}`,
    promises: deal.certificates.map(
      ({ key, issuer, payee, bank, amount, dueDate }) =>
        `${key}: ${company.get(issuer) ?? issuer} promises ${company.get(payee) ?? payee} ${amount.currency} ${amount.amount} ` +
        `on ${dueDate}, confirmed by ${company.get(bank) ?? bank}`,
    ),
  };
}
