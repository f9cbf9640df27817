/** Conventions that say which part of a year lies between two dates. Interest is counted by one of them. */

/**
 * The conventions by the names of the 2006 ISDA Definitions (section 4.16), each with its code in ISO 20022 (InterestComputationMethod2Code).
 * ISO 20022 also has A007, "30E/360 model 1". It takes the end of February as a 30th, which `30E/360` of ISDA does not, so that is A011.
 */
export const DAY_COUNTS = {
  'ACT/360': 'A004',
  'ACT/365F': 'A005',
  'ACT/ACT ISDA': 'A008',
  '30/360': 'A001',
  '30E/360': 'A011',
} as const;

/** Name of a convention. */
export type DayCount = keyof typeof DAY_COUNTS;
