/** Finding organisations by name, and what a client needs to act as one of their users. */
import { NetworkError, type UserConnection } from '../driver.js';
import { portsOf } from '../expand/environment.js';
import { peerHost, peerTlsRootPath, userMspPath } from '../layout.js';
import type { NetworkPorts } from '../plan.js';
import type { OrganizationSpec, Topology } from '../topology.js';

/** An organisation by its short name. @throws NetworkError naming those that exist */
export function findOrganization(topology: Topology, name: string): OrganizationSpec {
  const found = topology.organizations.find((organization) => organization.name === name);
  if (found !== undefined) return found;
  const known = topology.organizations.map((organization) => organization.name).join(', ');
  throw new NetworkError(`Topology ${topology.name} has no organisation ${name}. It has: ${known}.`);
}

/** What a gateway client needs. @throws NetworkError for an unknown organisation or user */
export function connectionFor(
  network: { readonly topology: Topology; readonly ports: NetworkPorts; readonly dataPath: string },
  organizationName: string,
  user: string,
): UserConnection {
  const { topology, ports, dataPath } = network;
  const organization = findOrganization(topology, organizationName);
  if (!organization.users.some(({ name }) => name === user)) {
    const known = organization.users.map(({ name }) => name).join(', ');
    throw new NetworkError(`Organisation ${organizationName} has no user ${user}. It has: ${known}.`);
  }
  return {
    mspId: organization.mspId,
    channel: topology.channel,
    endpoint: `localhost:${String(portsOf(ports, organization).peer)}`,
    hostAlias: peerHost(organization),
    tlsRootCertPath: peerTlsRootPath(dataPath, organization),
    mspPath: userMspPath(dataPath, organization, user),
  };
}
