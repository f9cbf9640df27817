/** Getting the official release of Fabric into the cache: downloaded, its checksum verified, put in place in one step. */
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FABRIC_VERSION, fabricCachePath, findFabric } from '../drivers/fabric/installation.js';
import { NetworkError, UsageError } from '../driver.js';
import { baseEnvironment } from '../processes/environment.js';
import { Supervisor } from '../processes/supervisor.js';

/** Where the project publishes its releases. */
const OFFICIAL_BASE = 'https://github.com/hyperledger/fabric/releases/download';

const OFFICIAL_API = 'https://api.github.com/repos/hyperledger/fabric/releases/tags';
/** As Fabric's releases are named. It becomes part of addresses and paths. */
const RELEASE = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?$/;
const DIGEST = /\b[0-9a-f]{64}\b/;

/** Options of an installation. */
export interface InstallOptions {
  /** Left out: the release that this project is written for. */
  readonly version?: string;
  /** Folder of releases: `<base>/v<version>/<archive>` is fetched. */
  readonly base?: string;
  /** Expected SHA-256 of the archive in hex. Left out: taken from where the release is published. */
  readonly sha256?: string;
  /** Where to install. Left out: the cache that drivers look into. */
  readonly target?: string;
  readonly onProgress?: (line: string) => void;
}

/** What was, or had been, installed. */
export interface Installed {
  readonly path: string;
  readonly version: string;
  /** False when it was there before. */
  readonly fetched: boolean;
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };
const SYSTEMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' };

function archiveName(version: string): string {
  const system = SYSTEMS[process.platform];
  const architecture = ARCHITECTURES[process.arch];
  if (system === undefined || architecture === undefined) {
    throw new NetworkError(`Fabric is not released for ${process.platform} on ${process.arch}.`);
  }
  return `hyperledger-fabric-${system}-${architecture}-${version}.tar.gz`;
}

async function get(url: string): Promise<globalThis.Response> {
  try {
    return await fetch(url, { redirect: 'follow' });
  } catch (cause) {
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new NetworkError(`${url} cannot be reached: ${why}`, { cause });
  }
}

/** A checksum file beside the archive, as mirrors have it. */
async function besideArchive(url: string): Promise<string | undefined> {
  const response = await get(`${url}.sha256`);
  return response.ok ? DIGEST.exec((await response.text()).toLowerCase())?.[0] : undefined;
}

/** The digest that GitHub computes of each file of a release. */
async function fromGithub(version: string, archive: string): Promise<string | undefined> {
  const response = await get(`${OFFICIAL_API}/v${version}`);
  if (!response.ok) return undefined;
  const { assets = [] } = (await response.json()) as { assets?: { name?: string; digest?: string }[] };
  return DIGEST.exec(assets.find(({ name }) => name === archive)?.digest ?? '')?.[0];
}

function givenDigest(sha256: string | undefined): string | undefined {
  const given = sha256?.toLowerCase();
  if (given === undefined || DIGEST.exec(given)?.[0] === given) return given;
  throw new NetworkError(`${given} is not a SHA-256 in hex (64 digits).`);
}

async function publishedDigest(url: string, base: string, version: string): Promise<string> {
  const official = base === OFFICIAL_BASE;
  const digest = (await besideArchive(url)) ?? (official ? await fromGithub(version, basename(url)) : undefined);
  if (digest !== undefined) return digest;
  throw new NetworkError(
    `No checksum is published at ${url}.sha256${official ? ' or by GitHub' : ''}. ` +
      'Give a checksum that you trust with --sha256 or TENOR_FABRIC_SHA256. Nothing is installed without one.',
  );
}

/** Downloads to a file. @returns SHA-256 in hex */
async function download(url: string, path: string): Promise<string> {
  const response = await get(url);
  if (!response.ok || response.body === null) {
    throw new NetworkError(`${url} cannot be fetched: the server answered ${String(response.status)}.`);
  }
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(response.body), hashing, createWriteStream(path));
  } catch (cause) {
    throw new NetworkError(`The download of ${url} broke off.`, { cause });
  }
  return hash.digest('hex');
}

async function unpack(archive: string, folder: string): Promise<void> {
  await mkdir(folder);
  const args = ['-xzf', archive, '-C', folder];
  await new Supervisor().must({ name: 'tar', command: 'tar', args, cwd: folder, env: baseEnvironment() });
  if (findFabric(join(folder, 'bin')) === undefined) {
    throw new NetworkError(`${basename(archive)} does not hold bin/ and config/ of a Fabric release.`);
  }
}

async function fetchInto(target: string, url: string, expected: string, report: (line: string) => void): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  // Beside the target, so that the last step is a rename within one file system.
  const work = await mkdtemp(join(dirname(target), '.install-'));
  try {
    const archive = join(work, basename(url));
    report(`fetching ${url}`);
    const actual = await download(url, archive);
    if (actual !== expected) {
      throw new NetworkError(
        `${url} has SHA-256 ${actual}, but ${expected} was expected. Nothing was installed: ` +
          'the file is damaged, or it is not the one that was published.',
      );
    }
    report('checksum verified');
    await unpack(archive, join(work, 'release'));
    await rename(join(work, 'release'), target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Installs a release unless it is there.
 * @throws NetworkError when it cannot be fetched, has no or another checksum, or is no Fabric release; UsageError when the version
 *   is none
 */
export async function installFabric(options: InstallOptions = {}): Promise<Installed> {
  const version = options.version ?? FABRIC_VERSION;
  if (!RELEASE.test(version)) {
    throw new UsageError(`"${version}" is no release: three numbers, as in ${FABRIC_VERSION} or 3.2.0-beta.1.`);
  }
  const target = options.target ?? fabricCachePath(version);
  if (findFabric(join(target, 'bin')) !== undefined) return { path: target, version, fetched: false };
  if (existsSync(target)) {
    throw new NetworkError(`${target} exists, but is not a complete Fabric release. Remove it and try again.`);
  }
  const base = (options.base ?? OFFICIAL_BASE).replace(/\/+$/, '');
  const url = `${base}/v${version}/${archiveName(version)}`;
  const expected = givenDigest(options.sha256) ?? (await publishedDigest(url, base, version));
  await fetchInto(target, url, expected, options.onProgress ?? ((): void => undefined));
  return { path: target, version, fetched: true };
}
