// `npx tenor-devnet` as a person starts it: identities from nothing, a chaincode by its command, and an end without remains.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash } from '@hyperledger/fabric-gateway';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { descendantsOf, run, survivors } from '../../test/support/processes.js';
import { readArguments, UsageError } from '../src/command/arguments.js';
import { ensureIdentities } from '../src/command/ensureIdentities.js';
import { readTerms } from '../src/command/terms.js';
import { signerOf } from './support/world.js';

const CLI = join(__dirname, '../dist/cli.js');
const CHAINCODE = join(__dirname, '../../test/fixtures/raw-chaincode/main.cjs');

describe('the command line', () => {
  let directory: string;
  let child: ChildProcess;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tenor-devnet-'));
  });

  afterEach(async () => {
    child.kill('SIGTERM');
    await rm(directory, { recursive: true, force: true });
  });

  it('starts a network with a chaincode under its terms, says how to connect, and stops both', async () => {
    const collections = join(directory, 'collections_config.json');
    await writeFile(collections, JSON.stringify([{ name: 'second', policy: "OR('Org2MSP.member')", blockToLive: 1 }]));
    const terms = [
      ...['--signature-policy', "raw=OR('Org2MSP.peer')", '--collections-config', `raw=${collections}`],
      ...['--init-required', 'raw=start'],
    ];
    const chaincode = `raw=exec '${process.execPath}' '${CHAINCODE}'`; // a shell's words: folders may have spaces
    child = spawn(process.execPath, [CLI, '--directory', directory, '--chaincode', chaincode, ...terms], {
      stdio: 'pipe',
    });
    let printed = '';
    child.stdout?.on('data', (text: Buffer) => (printed += text.toString()));
    while (!printed.includes('Org2MSP')) {
      expect(child.exitCode).toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const endpoint = /localhost:\d+(?= \(TLS, host alias peer0.org1)/.exec(printed)?.[0] ?? '';
    const root = join(directory, 'organizations/peerOrganizations/org1.example.com');
    const only = async (folder: string): Promise<string> => {
      const [name = ''] = await readdir(folder);
      return readFile(join(folder, name), 'utf8');
    };
    const user = join(root, 'users/User1@org1.example.com/msp');
    const [certPem, keyPem] = [await only(join(user, 'signcerts')), await only(join(user, 'keystore'))];
    const tlsRoot = await readFile(join(root, 'peers/peer0.org1.example.com/tls/ca.crt'));
    const client = new Client(endpoint, credentials.createSsl(tlsRoot), {
      'grpc.ssl_target_name_override': 'peer0.org1.example.com',
    });
    const gateway = connect({
      client,
      identity: { mspId: 'Org1MSP', credentials: Buffer.from(certPem) },
      signer: signerOf({ mspId: 'Org1MSP', certPem, keyPem }),
      hash: hash.none,
    });
    const contract = gateway.getNetwork('mychannel').getContract('raw');
    const put = { op: 'put', key: 'k', value: 'dg==' };
    const putPrivate = { op: 'putPrivate', collection: 'second', key: 'k', value: 'dg==' };
    await contract.submit('run', {
      arguments: [JSON.stringify([put, putPrivate])],
      endorsingOrganizations: ['Org2MSP'],
    });
    expect(Buffer.from(await contract.evaluate('run', { arguments: ['[{"op":"get","key":"k"}]'] })).toString()).toBe(
      '["dg=="]',
    );
    gateway.close();
    client.close();
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    const left = await run('pgrep', ['-f', directory]);
    expect(left.stdout).toBe('');
  });

  it('leaves no chaincode behind when it is killed', async () => {
    const stubborn = `raw=trap "" TERM; '${process.execPath}' '${CHAINCODE}'`; // the shell has to be killed, too
    child = spawn(process.execPath, [CLI, '--directory', directory, '--chaincode', stubborn], { stdio: 'pipe' });
    const [printed] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    expect(printed.toString()).toContain('Org2MSP');
    const below = descendantsOf(child.pid ?? 0);
    expect(below.filter(({ command }) => command.includes(CHAINCODE)).length).toBeGreaterThanOrEqual(2);
    child.kill('SIGKILL');
    expect(await survivors(below)).toEqual([]);
  });

  const nobody = { orderer: { domain: 'example.com' }, organizations: [] };

  it.each([
    ['/proc/devnet', 'cannot write where --directory says (choose another folder): ENOENT'],
    ['/dev/null', 'cannot write where --directory says (choose another folder): ENOTDIR'],
  ])('says at once that no identities can be made in %s', async (path, text) => {
    await expect(ensureIdentities(path, nobody)).rejects.toThrow(text);
  });

  it('does not make identities where a part of them is there', async () => {
    await mkdir(join(directory, 'peerOrganizations'));
    await expect(ensureIdentities(directory, nobody)).rejects.toThrow('has peerOrganizations alone');
    expect(await readdir(directory)).toEqual(['peerOrganizations']);
  });

  it('says what is wrong with its options', async () => {
    child = spawn(process.execPath, [CLI, '--help'], { stdio: 'ignore' });
    const wrong = await run(process.execPath, [CLI, '--layout', 'nothing']);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no layout nothing') });
  });

  it.each([
    [['--signature-policy', "a=OR('Org1MSP.boss')"], "'Org1MSP.boss' is no principal (character 4)"],
    [['--signature-policy', "b=OR('A.peer')"], '--signature-policy b: no such chaincode is deployed'],
    [['--init-required', 'a', '--init-required', 'a=go'], '--init-required a: it is given twice'],
    [
      ['--chaincode-dials', 'd', '--init-required', 'd=go'],
      '--init-required d=go: devnet cannot call a chaincode that',
    ],
    [['--chaincode-dials', 'a'], 'chaincode a is deployed twice'],
    [['--chaincode', 'c=x', '--chaincode', 'c=y'], 'chaincode c is deployed twice'],
    [['--collections-config', 'a=nowhere.json'], '--collections-config nowhere.json: ENOENT'],
  ])('refuses the terms %j as wrong usage', async (args, text) => {
    const read = async (): Promise<unknown> => {
      const wanted = readArguments(['--chaincode-address', 'a=127.0.0.1:9', ...args]);
      return wanted === 'help' ? wanted : readTerms(wanted.terms.get('a') ?? {});
    };
    const refused: unknown = await read().catch((cause: unknown) => cause);
    expect(refused).toBeInstanceOf(UsageError);
    expect(refused).toHaveProperty('message', expect.stringContaining(text));
  });

  it('takes terms for chaincodes of every kind, and a server for each organisation', () => {
    const places = [
      '--chaincode',
      'a=x',
      '--chaincode-address',
      'b@Org1MSP=h:1',
      '--chaincode-address',
      'b@Org2MSP=h:2',
    ];
    const init = ['--init-required', 'a=go', '--init-required', 'b', '--init-required', 'c'];
    const wanted = readArguments([...places, '--chaincode-dials', 'c', ...init]);
    expect(wanted).toHaveProperty(
      'terms',
      new Map([
        ['a', { init: { function: 'go' } }],
        ['b', { init: {} }],
        ['c', { init: {} }],
      ]),
    );
  });

  it('is told what the initialisation was refused with', async () => {
    const chaincode = `raw=exec '${process.execPath}' '${CHAINCODE}'`;
    const args = ['--directory', directory, '--chaincode', chaincode, '--init-required', 'raw=start'];
    const policy = ['--signature-policy', "raw=AND('Org1MSP.peer','Org3MSP.peer')"];
    child = spawn(process.execPath, [CLI, ...args, ...policy], { stdio: 'pipe' });
    let said = '';
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(said).toContain('start of chaincode raw was refused: its transaction is not valid (code 10)');
  });

  it('is told at once of a chaincode that ends before it listens', async () => {
    const args = ['--directory', directory, '--chaincode', "raw=echo 'no such program' >&2; exit 3"];
    child = spawn(process.execPath, [CLI, ...args], { stdio: 'pipe' });
    let said = '';
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(said).toContain('chaincode raw ended before it listened on its port');
    expect(said).toContain('no such program');
  });
});
