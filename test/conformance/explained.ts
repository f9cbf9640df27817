/** Outcomes that differ on devnet on purpose, each with the reason. Nothing else may differ. */

/** A difference that is meant. */
interface Explained {
  /** What devnet gives in place of Fabric's outcome. */
  readonly devnet: unknown;
  readonly why: string;
}

/** By case id. */
export const EXPLAINED: Readonly<Record<string, Explained>> = {
  '77': {
    devnet: {
      refused:
        'Devnet refused deploy: collection-name: brief -- devnet does not serve block-to-live: purge the keys instead',
    },
    why: 'Block-to-live is refused by name when the definition is deployed: a test would have to wait for blocks.',
  },
  'a-lifecycle-peer': {
    devnet: {
      status: 500,
      message: 'devnet does not serve QueryInstalledChaincodes: definitions are written by deploy',
    },
    why: 'Nothing is installed on a peer of devnet. What it says instead must not read like a refusal by the access list.',
  },
};
