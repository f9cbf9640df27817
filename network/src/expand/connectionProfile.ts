/** Connection profiles in the common shape, for operators and tools that ask for one. */
import { connectionProfilePath, peerHost, peerTlsRootPath } from '../layout.js';
import type { NetworkPorts, PlannedFile } from '../plan.js';
import type { OrganizationSpec, Topology } from '../topology.js';
import { portsOf } from './environment.js';

interface Place {
  readonly dataPath: string;
  readonly ports: NetworkPorts;
}

function connectionProfile(topology: Topology, organization: OrganizationSpec, at: Place): object {
  const peer = peerHost(organization);
  return {
    name: `${topology.name}-${organization.name}`,
    version: '1.0.0',
    client: { organization: organization.mspId, connection: { timeout: { peer: { endorser: '300' } } } },
    channels: { [topology.channel]: { peers: { [peer]: {} } } },
    organizations: { [organization.mspId]: { mspid: organization.mspId, peers: [peer] } },
    peers: {
      [peer]: {
        url: `grpcs://localhost:${String(portsOf(at.ports, organization).peer)}`,
        tlsCACerts: { path: peerTlsRootPath(at.dataPath, organization) },
        grpcOptions: { 'ssl-target-name-override': peer, hostnameOverride: peer },
      },
    },
  };
}

/** One profile for each organisation. */
export const connectionProfiles = (topology: Topology, at: Place): readonly PlannedFile[] =>
  topology.organizations.map((organization) => ({
    path: connectionProfilePath(at.dataPath, organization),
    content: `${JSON.stringify(connectionProfile(topology, organization, at), null, 2)}\n`,
    mode: 0o644,
  }));
