/** How the demo, the example programs, their files and the network's commands name parties and people: by organisation, with the party's key beside it. */

/** What names a party. */
interface Named {
  readonly organization: string;
  readonly key: string;
}

/** A party: `supplier (rio-tinto)`. The first word is what `network env` takes. */
export const nameOf = ({ organization, key }: Named): string => `${organization} (${key})`;

/** A person of a party: `supplier (rio-tinto) Checker`. */
export const personOf = (party: Named, person: string): string => `${nameOf(party)} ${person}`;
