/** Who plays in the deals of tests and of the benchmark, and what it takes to say what they do. */

/** Who plays. The second and the third bank are there in the topology `wide` alone. */
export type PlayerName = 'issuer' | 'bank' | 'supplier' | 'contractor' | 'operator' | 'secondBank' | 'thirdBank';

/** LEIs with valid checks; whose they are does not matter here. */
export const LEI: Readonly<Record<PlayerName, string>> = {
  issuer: '5493002ERZU2K9PZDL40',
  bank: 'HWUPKR0MPOU8FGXBT394',
  supplier: '213800YOEO5OQ72G2R82',
  contractor: '529900X2VMAQT2PE0V24',
  operator: '5493001KJTIIGC8Y1R12',
  secondBank: 'DEMO00SOUTHERNBANK58',
  thirdBank: 'DEMO00NORTHERNBANK70',
};

/** Where ids are drawn, and what day it is. */
export interface Place {
  /** The business date. */
  readonly date: string;
  /** A new record id for a player's book, drawn by that player unless another one is named. */
  id(register: PlayerName, drawer?: PlayerName): string;
  /** A new reference. */
  reference(): string;
}
