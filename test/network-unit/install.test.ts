/** Installing Fabric's release, from a server of our own. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { installFabric } from '../../network/src/commands/install.js';

const COMMANDS = ['peer', 'orderer', 'osnadmin', 'configtxgen'];

let folder = '';
let archive: Buffer = Buffer.alloc(0);
let digest = '';
let server: Server;
let base = '';
const published = new Map<string, Buffer | string>();
const asked: string[] = [];

function release(commands: readonly string[]): Buffer {
  const root = mkdtempSync(join(folder, 'release-'));
  for (const sub of ['bin', 'config']) mkdirSync(join(root, sub));
  for (const name of commands) {
    writeFileSync(join(root, 'bin', name), '#!/bin/sh\n');
    chmodSync(join(root, 'bin', name), 0o755);
  }
  for (const name of ['core.yaml', 'orderer.yaml']) writeFileSync(join(root, 'config', name), '');
  execFileSync('tar', ['-czf', `${root}.tar.gz`, '-C', root, 'bin', 'config']);
  return readFileSync(`${root}.tar.gz`);
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenor-install-'));
  archive = release(COMMANDS);
  digest = sha256(archive);
  server = createServer((request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    const body = [...published].find(([end]) => url.endsWith(end))?.[1];
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/releases`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  published.clear();
  published.set('.tar.gz', archive);
  asked.length = 0;
});

let count = 0;
const newTarget = (): string => join(folder, `cache-${String((count += 1))}`, '9.9.9');

describe('installFabric', () => {
  it('installs an archive whose checksum was given', async () => {
    const target = newTarget();
    const installed = await installFabric({ base, version: '9.9.9', sha256: digest, target });
    expect(installed).toEqual({ path: target, version: '9.9.9', fetched: true });
    expect(readdirSync(join(target, 'bin')).sort()).toEqual([...COMMANDS].sort());
    expect(asked).toEqual([expect.stringMatching(/^\/releases\/v9\.9\.9\/hyperledger-fabric-.*-9\.9\.9\.tar\.gz$/)]);
  });

  it('takes the checksum that is published beside the archive', async () => {
    published.set('.sha256', `${digest.toUpperCase()}  hyperledger-fabric.tar.gz\n`);
    const target = newTarget();
    expect((await installFabric({ base, version: '9.9.9', target })).fetched).toBe(true);
  });

  it('fetches nothing when the release is there', async () => {
    const target = newTarget();
    await installFabric({ base, version: '9.9.9', sha256: digest, target });
    asked.length = 0;
    expect((await installFabric({ base, version: '9.9.9', target })).fetched).toBe(false);
    expect(asked).toEqual([]);
  });

  it('refuses without any checksum', async () => {
    const target = newTarget();
    await expect(installFabric({ base, version: '9.9.9', target })).rejects.toThrow(/--sha256 or TENOR_FABRIC_SHA256/);
    expect(existsSync(target)).toBe(false);
  });

  it.each(['../../x', '3.1.5/../../x', '3.1', 'v3.1.5', '3.1.5-', '3.1.5\n'])(
    'refuses a text that is no release: %j',
    async (version) => {
      const installing = installFabric({ base, version, sha256: digest, target: newTarget() });
      await expect(installing).rejects.toThrow(/is no release: three numbers/);
      expect(asked).toEqual([]);
    },
  );

  it('takes the release before a release', async () => {
    const target = newTarget();
    const installed = await installFabric({ base, version: '3.2.0-beta.1', sha256: digest, target });
    expect(installed).toEqual({ path: target, version: '3.2.0-beta.1', fetched: true });
  });

  it('refuses a text that is no checksum', async () => {
    await expect(installFabric({ base, sha256: 'abc', target: newTarget() })).rejects.toThrow(/not a SHA-256/);
  });

  it('installs nothing of an archive with another checksum', async () => {
    const target = newTarget();
    const other = sha256(Buffer.from('other'));
    await expect(installFabric({ base, version: '9.9.9', sha256: other, target })).rejects.toThrow(
      new RegExp(`has SHA-256 ${digest}, but ${other} was expected`),
    );
    expect(readdirSync(join(target, '..'))).toEqual([]);
  });

  it('installs nothing of an archive that is no Fabric release', async () => {
    const wrong = release(['peer']);
    published.set('.tar.gz', wrong);
    const target = newTarget();
    await expect(installFabric({ base, sha256: sha256(wrong), target })).rejects.toThrow(
      /does not hold bin\/ and config\//,
    );
    expect(readdirSync(join(target, '..'))).toEqual([]);
  });

  it('names the address that has no archive', async () => {
    published.clear();
    await expect(installFabric({ base, sha256: digest, target: newTarget() })).rejects.toThrow(
      /releases\/v.*\.tar\.gz cannot be fetched: the server answered 404/,
    );
  });

  it('names the server that cannot be reached', async () => {
    const closed = 'http://127.0.0.1:9/releases';
    await expect(installFabric({ base: closed, sha256: digest, target: newTarget() })).rejects.toThrow(
      /cannot be reached/,
    );
  });
});
