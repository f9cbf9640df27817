/** The variables that the `peer` command and fabric-samples' applications want, for one user of a running network. */
import { join } from 'node:path';
import { connectionFor, findOrganization } from '../drivers/connections.js';
import type { NetworkRecord } from '../drivers/dataFolder.js';
import { findFabric } from '../drivers/fabric/installation.js';
import { peerCommandEnvironment } from '../expand/environment.js';
import { organizationPath, ordererHost } from '../layout.js';

/** Who asks for which variables. */
interface EnvironmentQuery {
  readonly record: NetworkRecord;
  readonly dataPath: string;
  readonly organization: string;
  readonly user: string;
  readonly chaincode: string;
}

type Variables = Readonly<Record<string, string>>;

/** What fabric-samples' applications read. */
function samples({ record, dataPath, organization, user, chaincode }: EnvironmentQuery): Variables {
  const connection = connectionFor({ ...record, dataPath }, organization, user);
  return {
    CHANNEL_NAME: connection.channel,
    CHAINCODE_NAME: chaincode,
    MSP_ID: connection.mspId,
    CRYPTO_PATH: organizationPath(dataPath, findOrganization(record.topology, organization)),
    KEY_DIRECTORY_PATH: join(connection.mspPath, 'keystore'),
    CERT_DIRECTORY_PATH: join(connection.mspPath, 'signcerts'),
    CERT_PATH: join(connection.mspPath, 'signcerts'),
    TLS_CERT_PATH: connection.tlsRootCertPath,
    PEER_ENDPOINT: connection.endpoint,
    PEER_HOST_ALIAS: connection.hostAlias,
  };
}

/** What the `peer` command reads, and what its `-o` and `--ordererTLSHostnameOverride` need. */
function peer({ record, dataPath, organization, user }: EnvironmentQuery): Variables {
  const { topology, ports } = record;
  // Refuses unknown organisations and users.
  connectionFor({ ...record, dataPath }, organization, user);
  const fabric = findFabric();
  return {
    ...(fabric === undefined ? {} : { FABRIC_CFG_PATH: fabric.config }),
    FABRIC_LOGGING_SPEC: 'error',
    ...peerCommandEnvironment(topology, findOrganization(topology, organization), user, { dataPath, ports }),
    ORDERER_ADDRESS: `localhost:${String(ports.orderer.general)}`,
    ORDERER_HOST_ALIAS: ordererHost(topology),
  };
}

/** Formats of `env`. */
export const ENVIRONMENT_FORMATS = { samples, peer } as const;

/** Name of a format. */
export type EnvironmentFormat = keyof typeof ENVIRONMENT_FORMATS;

const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

/** Variables as shell commands, for `eval`. */
export const asShell = (variables: Variables): string =>
  Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(value)}`)
    .join('\n');
