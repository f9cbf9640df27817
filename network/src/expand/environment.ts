/** Environment variables of the ordering node, the peers and the `peer` command: pure functions of topology, ports and folders. */
import { join } from 'node:path';
import {
  builderPath,
  chaincodeAddressesPath,
  ledgerPath,
  ordererPath,
  ordererTlsRootPath,
  peerPath,
  peerTlsRootPath,
  userMspPath,
} from '../layout.js';
import type { FabricInstallation, NetworkPorts, PeerPorts } from '../plan.js';
import {
  endorsementTimeoutSecondsOf,
  executeTimeoutSecondsOf,
  type OrganizationSpec,
  type Topology,
} from '../topology.js';

/** What every function here needs to know. */
export interface ExpansionContext {
  readonly dataPath: string;
  readonly ports: NetworkPorts;
  readonly fabric: FabricInstallation;
  /** PATH and HOME, the only variables that processes inherit. */
  readonly baseEnv: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string>>;

const LOGGING: Environment = {
  FABRIC_LOGGING_SPEC: 'info:grpc=warn',
  FABRIC_LOGGING_FORMAT: '%{time:2006-01-02T15:04:05.000Z07:00} %{level:.4s} [%{module}] %{message}',
};

/** Name of the variable through which the external builder learns where chaincode servers listen. */
export const CHAINCODE_ADDRESSES_VARIABLE = 'TENOR_CHAINCODE_ADDRESSES';

/** Ports of one organisation. @throws Error when the ports do not belong to the topology */
export function portsOf(ports: NetworkPorts, organization: OrganizationSpec): PeerPorts {
  const found = ports.organizations[organization.name];
  if (found === undefined) throw new Error(`No ports were chosen for organisation ${organization.name}.`);
  return found;
}

/** Environment of `orderer`. */
export function ordererEnvironment(topology: Topology, context: ExpansionContext): Environment {
  const { dataPath, ports, fabric } = context;
  const node = ordererPath(dataPath, topology);
  const ledger = ledgerPath(dataPath, 'orderer');
  const tls = {
    root: join(node, 'tls', 'ca.crt'),
    cert: join(node, 'tls', 'server.crt'),
    key: join(node, 'tls', 'server.key'),
  };
  return {
    ...context.baseEnv,
    ...LOGGING,
    FABRIC_CFG_PATH: fabric.config,
    ORDERER_GENERAL_LISTENADDRESS: '127.0.0.1',
    ORDERER_GENERAL_LISTENPORT: String(ports.orderer.general),
    ORDERER_GENERAL_LOCALMSPID: topology.orderer.mspId,
    ORDERER_GENERAL_LOCALMSPDIR: join(node, 'msp'),
    ORDERER_GENERAL_TLS_ENABLED: 'true',
    ORDERER_GENERAL_TLS_PRIVATEKEY: tls.key,
    ORDERER_GENERAL_TLS_CERTIFICATE: tls.cert,
    ORDERER_GENERAL_TLS_ROOTCAS: `[${tls.root}]`,
    ORDERER_GENERAL_BOOTSTRAPMETHOD: 'none',
    ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE: tls.cert,
    ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY: tls.key,
    ORDERER_CHANNELPARTICIPATION_ENABLED: 'true',
    ORDERER_FILELEDGER_LOCATION: ledger,
    ORDERER_CONSENSUS_WALDIR: join(ledger, 'etcdraft', 'wal'),
    ORDERER_CONSENSUS_SNAPDIR: join(ledger, 'etcdraft', 'snapshot'),
    ORDERER_OPERATIONS_LISTENADDRESS: `127.0.0.1:${String(ports.orderer.operations)}`,
    ORDERER_ADMIN_LISTENADDRESS: `127.0.0.1:${String(ports.orderer.admin)}`,
    ORDERER_ADMIN_TLS_ENABLED: 'true',
    ORDERER_ADMIN_TLS_CERTIFICATE: tls.cert,
    ORDERER_ADMIN_TLS_PRIVATEKEY: tls.key,
    ORDERER_ADMIN_TLS_ROOTCAS: `[${tls.root}]`,
    ORDERER_ADMIN_TLS_CLIENTROOTCAS: `[${tls.root}]`,
  };
}

/**
 * Gossip and private data between organisations of one peer each on one machine. With the released intervals discovery
 * is blind for 25 s after the start: the first contact fails, because the other peer has not joined yet or is not yet
 * trusted for TLS, takes the dial timeout to do so, and is tried again only after the reconnect interval. And one invalid
 * private transaction would stall the commit of its victim for a minute.
 */
const GOSSIP: Environment = {
  CORE_PEER_GOSSIP_ORGLEADER: 'true',
  CORE_PEER_GOSSIP_USELEADERELECTION: 'false',
  CORE_PEER_GOSSIP_STATE_ENABLED: 'false',
  CORE_PEER_DELIVERYCLIENT_BLOCKGOSSIPENABLED: 'false',
  CORE_PEER_GOSSIP_DIALTIMEOUT: '1s',
  CORE_PEER_GOSSIP_RECONNECTINTERVAL: '250ms',
  CORE_PEER_GOSSIP_ALIVETIMEINTERVAL: '1s',
  CORE_PEER_GOSSIP_PUBLISHSTATEINFOINTERVAL: '1s',
  CORE_PEER_GOSSIP_REQUESTSTATEINFOINTERVAL: '1s',
  CORE_PEER_GOSSIP_PUBLISHCERTPERIOD: '2s',
  CORE_PEER_GOSSIP_PVTDATA_SKIPPULLINGINVALIDTRANSACTIONSDURINGCOMMIT: 'true',
  CORE_PEER_GOSSIP_PVTDATA_PULLRETRYTHRESHOLD: '3s',
  // A transaction can be sent long after it was endorsed. Until then its values are in this store alone. So no number of blocks, which any
  // member can bring about, may throw them away: the business date, which is in every read set, ends it.
  CORE_PEER_GOSSIP_PVTDATA_TRANSIENTSTOREMAXBLOCKRETENTION: '1000000000',
  // An endorser keeps private values to itself: peers that need them ask for them when the block comes.
  CORE_PEER_GOSSIP_PVTDATA_IMPLICITCOLLECTIONDISSEMINATIONPOLICY_REQUIREDPEERCOUNT: '0',
  CORE_PEER_GOSSIP_PVTDATA_IMPLICITCOLLECTIONDISSEMINATIONPOLICY_MAXPEERCOUNT: '0',
};

const timeouts = (topology: Topology): Environment => ({
  CORE_CHAINCODE_EXECUTETIMEOUT: `${String(executeTimeoutSecondsOf(topology))}s`,
  CORE_PEER_GATEWAY_ENDORSEMENTTIMEOUT: `${String(endorsementTimeoutSecondsOf(topology))}s`,
  // While a gateway dials a peer that is stopped and that gossip still names, it looks for no other one.
  CORE_PEER_GATEWAY_DIALTIMEOUT: '2s',
});

const profiling = ({ profilePort }: OrganizationSpec): Environment =>
  profilePort === undefined
    ? {}
    : {
        CORE_PEER_PROFILE_ENABLED: 'true',
        CORE_PEER_PROFILE_LISTENADDRESS: `127.0.0.1:${String(profilePort)}`,
      };

function externalBuilder(dataPath: string): string {
  const builder = { name: 'tenor', path: builderPath(dataPath), propagateEnvironment: [CHAINCODE_ADDRESSES_VARIABLE] };
  return JSON.stringify([builder]);
}

/** Environment of `peer node start`. */
export function peerEnvironment(
  topology: Topology,
  organization: OrganizationSpec,
  context: ExpansionContext,
): Environment {
  const { dataPath, fabric } = context;
  const ports = portsOf(context.ports, organization);
  const node = peerPath(dataPath, organization);
  const ledger = ledgerPath(dataPath, `peer-${organization.name}`);
  const address = `localhost:${String(ports.peer)}`;
  return {
    ...context.baseEnv,
    ...LOGGING,
    ...GOSSIP,
    ...timeouts(topology),
    FABRIC_CFG_PATH: fabric.config,
    CORE_PEER_ID: `peer0.${organization.domain}`,
    CORE_PEER_ADDRESS: address,
    CORE_PEER_LISTENADDRESS: `127.0.0.1:${String(ports.peer)}`,
    CORE_PEER_CHAINCODEADDRESS: `localhost:${String(ports.chaincode)}`,
    CORE_PEER_CHAINCODELISTENADDRESS: `127.0.0.1:${String(ports.chaincode)}`,
    CORE_PEER_GOSSIP_BOOTSTRAP: address,
    CORE_PEER_GOSSIP_EXTERNALENDPOINT: address,
    CORE_PEER_LOCALMSPID: organization.mspId,
    CORE_PEER_MSPCONFIGPATH: join(node, 'msp'),
    CORE_PEER_FILESYSTEMPATH: ledger,
    CORE_LEDGER_SNAPSHOTS_ROOTDIR: join(ledger, 'snapshots'),
    CORE_PEER_TLS_ENABLED: 'true',
    CORE_PEER_TLS_CERT_FILE: join(node, 'tls', 'server.crt'),
    CORE_PEER_TLS_KEY_FILE: join(node, 'tls', 'server.key'),
    CORE_PEER_TLS_ROOTCERT_FILE: join(node, 'tls', 'ca.crt'),
    CORE_OPERATIONS_LISTENADDRESS: `127.0.0.1:${String(ports.operations)}`,
    ...profiling(organization),
    // Empty: no Docker client and no Docker health check.
    CORE_VM_ENDPOINT: '',
    CORE_CHAINCODE_EXTERNALBUILDERS: externalBuilder(dataPath),
    [CHAINCODE_ADDRESSES_VARIABLE]: chaincodeAddressesPath(dataPath, organization),
  };
}

/** What the `peer` command needs to act as one user on the organisation's own peer; FABRIC_CFG_PATH apart. */
export function peerCommandEnvironment(
  topology: Topology,
  organization: OrganizationSpec,
  user: string,
  at: { readonly dataPath: string; readonly ports: NetworkPorts },
): Environment {
  return {
    CORE_PEER_TLS_ENABLED: 'true',
    CORE_PEER_LOCALMSPID: organization.mspId,
    CORE_PEER_MSPCONFIGPATH: userMspPath(at.dataPath, organization, user),
    CORE_PEER_TLS_ROOTCERT_FILE: peerTlsRootPath(at.dataPath, organization),
    CORE_PEER_ADDRESS: `localhost:${String(portsOf(at.ports, organization).peer)}`,
    ORDERER_CA: ordererTlsRootPath(at.dataPath, topology),
  };
}
