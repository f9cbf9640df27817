/** Outcomes that differ on devnet on purpose, each with the reason. Nothing else may differ. */

/** A difference that is meant. */
interface Explained {
  /** What devnet gives in place of Fabric's outcome. */
  readonly devnet: unknown;
  readonly why: string;
}

/** By case id. */
export const EXPLAINED: Readonly<Record<string, Explained>> = {
  'a-lifecycle-peer': {
    devnet: {
      status: 500,
      message: 'devnet does not serve QueryInstalledChaincodes: definitions are written by deploy',
    },
    why: 'Nothing is installed on a peer of devnet. What it says instead must not read like a refusal by the access list.',
  },
};
