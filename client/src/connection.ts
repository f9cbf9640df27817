/** Where the peer is and who calls: from explicit paths, from a connection profile, or from the environment names of fabric-samples. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { TenorError } from '../../chaincode/src/protocol/errors.js';

/** Everything needed to act as one user on one peer. PEM texts, not paths. */
export interface Connection {
  /** `host:port` of a peer of the caller's own organisation. */
  readonly endpoint: string;
  /** TLS server name, if it differs from the endpoint's host. */
  readonly hostAlias?: string;
  /** PEM of the peer's TLS root. If absent, the link is not encrypted, which is for tests only. */
  readonly tlsRootCert?: string;
  readonly mspId: string;
  /** PEM of the user's certificate. */
  readonly certificate: string;
  /** PEM of the user's private key. Absent if a signer is given. */
  readonly privateKey?: string;
  readonly channel: string;
  readonly chaincode: string;
}

/** Paths of the files that the operators of a network hand out. */
export interface ConnectionPaths {
  readonly endpoint: string;
  readonly hostAlias?: string;
  readonly tlsRootCertPath?: string;
  readonly mspId: string;
  /** MSP folder of the user, with `signcerts/` and `keystore/`. */
  readonly mspPath: string;
  /** True where the private key is elsewhere (an HSM) and `connect` is given a `signer`: `keystore/` is not read. */
  readonly keyElsewhere?: boolean;
  readonly channel: string;
  /** Chaincode name on the channel. Default `tenor`. */
  readonly chaincode?: string;
}

const wrong = (problem: string, cause?: unknown): TenorError => new TenorError('CONFIGURATION', { problem }, { cause });

function read(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw wrong(`${what} cannot be read: ${path}`, cause);
  }
}

/** The file at a path. If the path is a folder, its first file, as the samples do. */
function firstFile(path: string, what: string): string {
  try {
    if (statSync(path).isFile()) return path;
    const [name] = readdirSync(path).sort();
    if (name !== undefined) return join(path, name);
  } catch (cause) {
    throw wrong(`${what} cannot be read: ${path}`, cause);
  }
  throw wrong(`${what} is empty: ${path}`);
}

const SETTINGS = ['endpoint', 'mspId', 'mspPath', 'channel'] as const;

/** Whoever writes plain JavaScript may pass a user that is not there. */
function assertPaths(given: Partial<ConnectionPaths> | undefined): void {
  if (given === undefined || (given as unknown) === null)
    throw wrong('fromPaths was given nothing: there is no such user');
  const missing = SETTINGS.filter((setting) => typeof given[setting] !== 'string');
  if (missing.length > 0) throw wrong(`fromPaths needs ${missing.join(', ')} as text`);
}

/** Reads a connection from files. @throws TenorError CONFIGURATION naming the file */
export function fromPaths(paths: ConnectionPaths): Connection {
  assertPaths(paths);
  const { endpoint, hostAlias, tlsRootCertPath, mspId, mspPath, channel } = paths;
  return {
    ...{ endpoint, mspId, channel, chaincode: paths.chaincode ?? 'tenor' },
    certificate: read(firstFile(join(mspPath, 'signcerts'), 'certificate folder'), 'certificate'),
    ...(paths.keyElsewhere === true
      ? {}
      : { privateKey: read(firstFile(join(mspPath, 'keystore'), 'key folder'), 'private key') }),
    ...(hostAlias === undefined ? {} : { hostAlias }),
    ...(tlsRootCertPath === undefined ? {} : { tlsRootCert: read(tlsRootCertPath, 'TLS root certificate') }),
  };
}

const zProfile = z.object({
  client: z.object({ organization: z.string().optional() }).optional(),
  organizations: z.record(z.string(), z.object({ mspid: z.string(), peers: z.array(z.string()).min(1) })),
  peers: z.record(
    z.string(),
    z.object({
      url: z.string(),
      tlsCACerts: z.object({ pem: z.string().optional(), path: z.string().optional() }).optional(),
      grpcOptions: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

/** Settings that a profile does not hold. */
export interface ProfileUser {
  /** MSP folder of the user, with `signcerts/` and `keystore/`. */
  readonly mspPath: string;
  /** True where the private key is elsewhere (an HSM) and `connect` is given a `signer`. */
  readonly keyElsewhere?: boolean;
  readonly channel: string;
  /** Default `tenor`. */
  readonly chaincode?: string;
  /** Organisation of the profile to act for. Default: its `client.organization`, which may be missing where this is given. */
  readonly organization?: string;
}

type Peer = z.infer<typeof zProfile>['peers'][string];

/** Reads a common connection profile (JSON or YAML) and picks the organisation's first peer. @throws TenorError CONFIGURATION */
export function fromProfile(profilePath: string, user: ProfileUser): Connection {
  const { mspId, peer } = peerOf(profilePath, user.organization);
  const { pem, path } = peer.tlsCACerts ?? {};
  const alias = peer.grpcOptions?.['ssl-target-name-override'];
  const base = fromPaths({
    ...{ endpoint: peer.url.replace(/^grpcs?:\/\//, ''), mspId, ...user },
    ...(typeof alias === 'string' ? { hostAlias: alias } : {}),
    ...(path === undefined ? {} : { tlsRootCertPath: path }),
  });
  return pem === undefined ? base : { ...base, tlsRootCert: pem };
}

function peerOf(
  profilePath: string,
  organization: string | undefined,
): { readonly mspId: string; readonly peer: Peer } {
  const parsed = zProfile.safeParse(parseProfile(profilePath));
  if (!parsed.success)
    throw wrong(`${profilePath} is not a connection profile: ${String(parsed.error.issues[0]?.path.join('.'))}`);
  const { client, organizations, peers } = parsed.data;
  const name = organization ?? client?.organization;
  if (name === undefined) throw wrong(`${profilePath} has no client.organization: pass the organization to act for`);
  const found = organizations[name];
  const peer = peers[found?.peers[0] ?? ''];
  if (found === undefined || peer === undefined) throw wrong(`${profilePath} has no organisation ${name} with a peer`);
  return { mspId: found.mspid, peer };
}

function parseProfile(path: string): unknown {
  try {
    return parseYaml(read(path, 'connection profile'));
  } catch (cause) {
    throw cause instanceof TenorError ? cause : wrong(`${path} is neither JSON nor YAML`, cause);
  }
}

const SAMPLE_PEER = 'peers/peer0.org1.example.com/tls/ca.crt';
const SAMPLE_USER = 'users/User1@org1.example.com/msp';

/**
 * Reads the environment names of fabric-samples: PEER_ENDPOINT, PEER_HOST_ALIAS, MSP_ID, CRYPTO_PATH, KEY_DIRECTORY_PATH,
 * CERT_DIRECTORY_PATH, TLS_CERT_PATH, CHANNEL_NAME, CHAINCODE_NAME, with the samples' defaults for organisation 1. @throws TenorError CONFIGURATION
 */
export function fromEnvironment(env: Readonly<Record<string, string | undefined>> = process.env): Connection {
  // As in the samples, a name that is set to nothing counts as not set.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const crypto = set['CRYPTO_PATH'];
  const under = (name: string, fallback: string): string => {
    const path = set[name] ?? (crypto === undefined ? undefined : join(crypto, fallback));
    if (path === undefined) throw wrong(`set ${name}, or CRYPTO_PATH to the organisation's folder`);
    return path;
  };
  return {
    endpoint: set['PEER_ENDPOINT'] ?? 'localhost:7051',
    hostAlias: set['PEER_HOST_ALIAS'] ?? 'peer0.org1.example.com',
    mspId: set['MSP_ID'] ?? 'Org1MSP',
    channel: set['CHANNEL_NAME'] ?? 'mychannel',
    chaincode: set['CHAINCODE_NAME'] ?? 'tenor',
    certificate: read(
      firstFile(under('CERT_DIRECTORY_PATH', `${SAMPLE_USER}/signcerts`), 'CERT_DIRECTORY_PATH'),
      'certificate',
    ),
    privateKey: read(
      firstFile(under('KEY_DIRECTORY_PATH', `${SAMPLE_USER}/keystore`), 'KEY_DIRECTORY_PATH'),
      'private key',
    ),
    tlsRootCert: read(under('TLS_CERT_PATH', SAMPLE_PEER), 'TLS_CERT_PATH'),
  };
}
