/** The channel's first configuration, as the value of `configtx.yaml`. Written as JSON, which every YAML reader takes. */
import { join } from 'node:path';
import { ordererOrganizationPath, ordererPath, organizationPath } from '../layout.js';
import type { OrganizationSpec, Topology } from '../topology.js';
import { accessOf } from './access.js';
import { portsOf, type ExpansionContext } from './environment.js';

/** Name of the only profile. */
export const PROFILE = 'Tenor';

type Roles = Readonly<Record<string, readonly string[]>>;

const signature = (mspId: string, roles: readonly string[]): object => ({
  Type: 'Signature',
  Rule: `OR(${roles.map((role) => `'${mspId}.${role}'`).join(',')})`,
});

const signatures = (mspId: string, policies: Roles): object =>
  Object.fromEntries(Object.entries(policies).map(([name, roles]) => [name, signature(mspId, roles)]));

const implicit = (rules: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(rules).map(([name, Rule]) => [name, { Type: 'ImplicitMeta', Rule }]));

// A client's signature must never count as an endorsement. With `.member` it would.
const PEER_ORGANIZATION_ROLES: Roles = {
  Readers: ['admin', 'peer', 'client'],
  Writers: ['admin', 'client'],
  Admins: ['admin'],
  Endorsement: ['peer'],
};

const ORDERER_ORGANIZATION_ROLES: Roles = { Readers: ['member'], Writers: ['member'], Admins: ['admin'] };

const COMMON_POLICIES = { Readers: 'ANY Readers', Writers: 'ANY Writers', Admins: 'MAJORITY Admins' };

function peerOrganization(organization: OrganizationSpec, context: ExpansionContext): object {
  return {
    Name: organization.mspId,
    ID: organization.mspId,
    MSPDir: join(organizationPath(context.dataPath, organization), 'msp'),
    Policies: signatures(organization.mspId, PEER_ORGANIZATION_ROLES),
    AnchorPeers: [{ Host: 'localhost', Port: portsOf(context.ports, organization).peer }],
  };
}

function orderer(topology: Topology, context: ExpansionContext): object {
  const { orderer: spec, batch } = topology;
  const port = context.ports.orderer.general;
  const certificate = join(ordererPath(context.dataPath, topology), 'tls', 'server.crt');
  return {
    OrdererType: 'etcdraft',
    BatchTimeout: `${String(batch.timeoutMs)}ms`,
    BatchSize: {
      MaxMessageCount: batch.maxMessageCount,
      AbsoluteMaxBytes: '10 MB',
      PreferredMaxBytes: batch.preferredMaxBytes,
    },
    EtcdRaft: {
      Consenters: [{ Host: 'localhost', Port: port, ClientTLSCert: certificate, ServerTLSCert: certificate }],
      // Short ticks: a restarted node waits ten of them before it leads. Small snapshots: the log grows to twice this size.
      Options: {
        TickInterval: '100ms',
        ElectionTick: 10,
        HeartbeatTick: 1,
        MaxInflightBlocks: 5,
        SnapshotIntervalSize: '16 MB',
      },
    },
    Organizations: [
      {
        Name: spec.mspId,
        ID: spec.mspId,
        MSPDir: join(ordererOrganizationPath(context.dataPath, topology), 'msp'),
        Policies: signatures(spec.mspId, ORDERER_ORGANIZATION_ROLES),
        OrdererEndpoints: [`localhost:${String(port)}`],
      },
    ],
    Policies: implicit({ ...COMMON_POLICIES, BlockValidation: 'ANY Writers' }),
    Capabilities: { V2_0: true },
  };
}

/** The whole of `configtx.yaml`: one profile with anchor peers, majority policies for life cycle and endorsement, and the access list. */
export function configtx(topology: Topology, context: ExpansionContext): object {
  const { policies, list } = accessOf(topology);
  return {
    Profiles: {
      [PROFILE]: {
        Policies: implicit(COMMON_POLICIES),
        Capabilities: { V3_0: true },
        Orderer: orderer(topology, context),
        Application: {
          Organizations: topology.organizations.map((organization) => peerOrganization(organization, context)),
          Policies: implicit({
            ...COMMON_POLICIES,
            LifecycleEndorsement: 'MAJORITY Endorsement',
            Endorsement: 'MAJORITY Endorsement',
            ...policies,
          }),
          ACLs: list,
          Capabilities: { V2_5: true },
        },
      },
    },
  };
}
