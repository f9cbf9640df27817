/** Shipped topologies, changed for suites. */
import type { Topology } from '@tenor/network';

/** On free ports, so that a network of the same name may run beside. */
export const onFreePorts = (topology: Topology): Topology => ({
  ...topology,
  orderer: { mspId: topology.orderer.mspId, domain: topology.orderer.domain },
  organizations: topology.organizations.map(({ name, mspId, domain, users }) => ({ name, mspId, domain, users })),
});
