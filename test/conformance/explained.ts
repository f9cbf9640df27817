/** Outcomes that devnet gives otherwise on purpose, each with the reason. Nothing else may differ. */

/** A difference that is meant. */
export interface Explained {
  /** What devnet gives in place of Fabric's outcome. */
  readonly devnet: unknown;
  readonly why: string;
}

/** By case id. */
export const EXPLAINED: Readonly<Record<string, Explained>> = {};
