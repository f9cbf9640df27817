/** `@tenor/network`: a Fabric network from one typed value, on real Fabric or on the embedded devnet. */
export { NetworkError, UsageError } from './driver.js';
export type {
  ChaincodeSource,
  ChaincodeTerms,
  Faults,
  NetworkDriver,
  ProcessStatus,
  RunningNetwork,
  UpOptions,
  UserConnection,
} from './driver.js';
export { isOrganizationName, partOf, TOPOLOGIES, topologyOf } from './topology.js';
export type {
  AccessSpec,
  BatchSpec,
  BlockEvents,
  OrganizationSpec,
  Topology,
  TopologyName,
  UserSpec,
} from './topology.js';
export { devnetDriver } from './drivers/devnet/index.js';
export { fabricDriver } from './drivers/fabric/index.js';
export { makeFolder } from './drivers/usableFolder.js';
export { FABRIC_VERSION, findFabric } from './drivers/fabric/installation.js';
export type { FabricInstallation } from './plan.js';
export { freePort } from './processes/ports.js';
export { attach, startDetached } from './control/detached.js';
export { readTail } from './processes/log.js';
export { chaincodeSource, projectChaincodePath } from './commands/source.js';
export { find as findNetwork } from './commands/where.js';
