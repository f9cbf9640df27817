/** The commands that an administrator would type to join the channel and to deploy a chaincode, as data. */
import { join } from 'node:path';
import { genesisBlockPath, ordererHost, ordererPath, peerTlsRootPath } from '../layout.js';
import type { CommandPlan } from '../plan.js';
import { NetworkError, type ChaincodeTerms } from '../driver.js';
import type { OrganizationSpec, Topology } from '../topology.js';
import { peerCommandEnvironment, portsOf, type ExpansionContext } from './environment.js';
import { termsArguments } from './terms.js';

/** A chaincode with its definition: version 1, sequence 1 unless said, since a new program needs no new definition. */
export interface ChaincodePackage {
  readonly name: string;
  readonly packageId: string;
  /** The package file. */
  readonly path: string;
  readonly terms: ChaincodeTerms;
  /** The collections file, when the terms have collections. */
  readonly collectionsPath: string;
}

/** Life-cycle commands of one topology. Each acts as the organisation's `Admin`. */
export interface LifecycleCommands {
  joinOrderer(): CommandPlan;
  joinPeer(organization: OrganizationSpec): CommandPlan;
  install(organization: OrganizationSpec, chaincode: ChaincodePackage): CommandPlan;
  approve(organization: OrganizationSpec, chaincode: ChaincodePackage): CommandPlan;
  /** Asks the peers of these organisations to endorse. */
  commit(members: readonly OrganizationSpec[], chaincode: ChaincodePackage): CommandPlan;
  queryCommitted(organization: OrganizationSpec, name: string): CommandPlan;
}

function osnadmin(topology: Topology, context: ExpansionContext): CommandPlan {
  const tls = join(ordererPath(context.dataPath, topology), 'tls');
  const args = [
    ...['channel', 'join', '--channelID', topology.channel],
    ...['--config-block', genesisBlockPath(context.dataPath, topology.channel)],
    ...['-o', `localhost:${String(context.ports.orderer.admin)}`, '--ca-file', join(tls, 'ca.crt')],
    ...['--client-cert', join(tls, 'server.crt'), '--client-key', join(tls, 'server.key')],
  ];
  const command = join(context.fabric.bin, 'osnadmin');
  return { name: 'osnadmin channel join', command, args, cwd: context.dataPath, env: context.baseEnv };
}

function firstOf(members: readonly OrganizationSpec[]): OrganizationSpec {
  const [first] = members;
  if (first === undefined) throw new NetworkError('No organisation is on the channel.');
  return first;
}

/** Commands for a topology. */
export function lifecycleCommands(topology: Topology, context: ExpansionContext): LifecycleCommands {
  const { dataPath, ports, fabric, baseEnv } = context;
  const peer = (organization: OrganizationSpec, args: readonly string[]): CommandPlan => ({
    name: `peer ${args.slice(0, 3).join(' ')} (${organization.name})`,
    command: join(fabric.bin, 'peer'),
    args,
    cwd: dataPath,
    env: {
      ...baseEnv,
      FABRIC_CFG_PATH: fabric.config,
      FABRIC_LOGGING_SPEC: 'error',
      ...peerCommandEnvironment(topology, organization, 'Admin', { dataPath, ports }),
    },
  });
  const lifecycle = ['lifecycle', 'chaincode'];
  const orderer = [
    ...['-o', `localhost:${String(ports.orderer.general)}`, '--ordererTLSHostnameOverride', ordererHost(topology)],
    ...['--tls', '--cafile', join(ordererPath(dataPath, topology), 'tls', 'ca.crt')],
  ];
  const definition = (chaincode: ChaincodePackage): readonly string[] => [
    ...['--channelID', topology.channel, '--name', chaincode.name],
    ...termsArguments(chaincode.terms, chaincode.collectionsPath),
  ];
  const peersOf = (organizations: readonly OrganizationSpec[]): readonly string[] =>
    organizations.flatMap((organization) => [
      ...['--peerAddresses', `localhost:${String(portsOf(ports, organization).peer)}`],
      ...['--tlsRootCertFiles', peerTlsRootPath(dataPath, organization)],
    ]);
  return {
    joinOrderer: () => osnadmin(topology, context),
    joinPeer: (organization) =>
      peer(organization, ['channel', 'join', '-b', genesisBlockPath(dataPath, topology.channel)]),
    install: (organization, chaincode) => peer(organization, [...lifecycle, 'install', chaincode.path]),
    approve: (organization, chaincode) => {
      const hosted = chaincode.terms.hosts?.includes(organization.name) ?? true;
      const args = [...definition(chaincode), ...(hosted ? ['--package-id', chaincode.packageId] : [])];
      return peer(organization, [...lifecycle, 'approveformyorg', ...orderer, ...args]);
    },
    commit: (members, chaincode) =>
      peer(firstOf(members), [...lifecycle, 'commit', ...orderer, ...definition(chaincode), ...peersOf(members)]),
    queryCommitted: (organization, name) =>
      peer(organization, [...lifecycle, 'querycommitted', '--channelID', topology.channel, '--name', name]),
  };
}
