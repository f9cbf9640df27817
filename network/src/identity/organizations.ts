/** Identities of a whole topology as files, in the folders that `cryptogen` makes. */
import { createIdentities as identitiesOf } from 'tenor-devnet';
import { organizationsPath } from '../layout.js';
import type { PlannedFile } from '../plan.js';
import type { Topology } from '../topology.js';

/** New authorities, nodes and users for a topology: every call gives other keys. Keys have mode 0600. */
export function createIdentities(topology: Topology, dataPath: string): Promise<readonly PlannedFile[]> {
  return identitiesOf(topology, organizationsPath(dataPath));
}
