/** How the demo, its files and the network's commands name parties and people: by organisation, with the party's key beside it. */
import type { DealParty } from '../readDeal.js';

/** A party: `supplier (rio-tinto)`. The first word is what `network env` takes. */
export const nameOf = ({ organization, key }: Pick<DealParty, 'organization' | 'key'>): string =>
  `${organization} (${key})`;

/** A person of a party: `supplier (rio-tinto) Checker`. */
export const personOf = (party: Pick<DealParty, 'organization' | 'key'>, person: string): string =>
  `${nameOf(party)} ${person}`;
