/** Messages that a bank sends in several pages, of which each alone proves nothing. */
import type { Page } from './iso20022.js';
import type { Account } from './values.js';

/** A page of a message, and what it says of each account. */
export interface Paged {
  readonly page?: Page;
  readonly accounts: readonly { readonly account: Account; readonly page?: Page }[];
}

/** What tells an account from others. */
export const accountKey = ({ scheme, id }: Account): string => `${scheme} ${id}`;

/** Whether pages are all there are: numbered from 1 without a gap, and the last one says that it is. */
const areWhole = (pages: readonly Page[]): boolean =>
  [...pages]
    .sort((one, other) => one.number - other.number)
    .every(({ number, last }, index) => number === index + 1 && last === (index === pages.length - 1));

/** The page numbers that messages carry: of the message, and of what it says of each account. Those without a number are whole. */
function numberings(pages: readonly Paged[]): readonly (readonly Page[])[] {
  const accounts = pages.flatMap((page) => page.accounts);
  const keys = [...new Set(accounts.map(({ account }) => accountKey(account)))];
  const ofAccounts = keys.map((key) => accounts.filter(({ account }) => accountKey(account) === key));
  return [pages, ...ofAccounts]
    .map((each) => each.flatMap(({ page }) => page ?? []))
    .filter((numbers) => numbers.length > 0);
}

/** Whether all pages are there. Several messages without numbers are no pages of one. */
export function areAllThere(pages: readonly Paged[]): boolean {
  const found = numberings(pages);
  return found.every(areWhole) && (pages.length === 1 || found.some(({ length }) => length === pages.length));
}
