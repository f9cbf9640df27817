/**
 * Where everything lies inside the data folder of a network: one place, so that identities, configuration, clients and
 * the command line agree. The folders below `organizations/` are those of `cryptogen` and of fabric-samples.
 */
import { join } from 'node:path';
import type { OrganizationSpec, Topology } from './topology.js';

/** DNS name of the organisation's only peer: the TLS server name that clients ask for. */
export const peerHost = (organization: OrganizationSpec): string => `peer0.${organization.domain}`;

/** DNS name of the only ordering node. */
export const ordererHost = (topology: Topology): string => `orderer.${topology.orderer.domain}`;

/** Root of all identities. */
export const organizationsPath = (dataPath: string): string => join(dataPath, 'organizations');

/** Folder of one peer organisation. */
export const organizationPath = (dataPath: string, organization: OrganizationSpec): string =>
  join(organizationsPath(dataPath), 'peerOrganizations', organization.domain);

/** Folder of the organisation's peer: `msp` and `tls`. */
export const peerPath = (dataPath: string, organization: OrganizationSpec): string =>
  join(organizationPath(dataPath, organization), 'peers', peerHost(organization));

/** TLS root certificate of the organisation's peer. */
export const peerTlsRootPath = (dataPath: string, organization: OrganizationSpec): string =>
  join(peerPath(dataPath, organization), 'tls', 'ca.crt');

/** MSP folder of one user. */
export const userMspPath = (dataPath: string, organization: OrganizationSpec, user: string): string =>
  join(organizationPath(dataPath, organization), 'users', `${user}@${organization.domain}`, 'msp');

/** Connection profile of one organisation, beside its MSP folder as in the samples. */
export const connectionProfilePath = (dataPath: string, organization: OrganizationSpec): string =>
  join(organizationPath(dataPath, organization), `connection-${organization.name}.json`);

/** Folder of the ordering organisation. */
export const ordererOrganizationPath = (dataPath: string, topology: Topology): string =>
  join(organizationsPath(dataPath), 'ordererOrganizations', topology.orderer.domain);

/** Folder of the ordering node: `msp` and `tls`. */
export const ordererPath = (dataPath: string, topology: Topology): string =>
  join(ordererOrganizationPath(dataPath, topology), 'orderers', ordererHost(topology));

/** TLS root certificate of the ordering node. */
export const ordererTlsRootPath = (dataPath: string, topology: Topology): string =>
  join(ordererPath(dataPath, topology), 'tls', 'ca.crt');

/** Log file of a process. */
export const logPath = (dataPath: string, process: string): string => join(dataPath, 'logs', `${process}.log`);

/** Folder in which a node keeps its ledger. */
export const ledgerPath = (dataPath: string, process: string): string => join(dataPath, 'ledgers', process);

/** Folder that holds one file for each chaincode label: the address of this organisation's chaincode server. */
export const chaincodeAddressesPath = (dataPath: string, organization: OrganizationSpec): string =>
  join(dataPath, 'chaincode', organization.name);

/** Our own external builder for the peers. */
export const builderPath = (dataPath: string): string => join(dataPath, 'builder');

/** Folder with `configtx.yaml`. */
export const configPath = (dataPath: string): string => join(dataPath, 'config');

/** First block of the channel. */
export const genesisBlockPath = (dataPath: string, channel: string): string =>
  join(dataPath, 'config', `${channel}.block`);

/** What a later `up` on the same folder must know: topology name and ports. */
export const recordPath = (dataPath: string): string => join(dataPath, 'network.json');
