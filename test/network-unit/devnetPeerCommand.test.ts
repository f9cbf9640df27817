// Fabric's own `peer` command against devnet. It is there when Fabric is installed (`npm run network -- install`).
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { devnetDriver, findFabric, TOPOLOGIES, type RunningNetwork } from '@tenor/network';
import { RAW } from '../support/engines.js';
import { must, run } from '../support/processes.js';

const NETWORK_CLI = join(__dirname, '../../network/dist/cli.js');
const TOPOLOGY = TOPOLOGIES['three-org'];
const fabric = findFabric();

if (!fabric) {
  it('the peer command is not installed: nothing was tried with it', () => {
    console.warn('peer command not found; `npm run network -- install` installs it');
  });
}

(fabric ? describe : describe.skip)('the peer command', () => {
  let network: RunningNetwork;
  let dataPath: string;
  let env: Record<string, string>;

  const peer = (...args: string[]): ReturnType<typeof run> => run(join(fabric?.bin ?? '', 'peer'), args, { env });
  const argumentsOf = (...operations: object[]): string[] => [
    ...['-C', TOPOLOGY.channel, '-n', RAW.name, '-c'],
    JSON.stringify({ Args: ['run', JSON.stringify(operations)] }),
  ];
  const invoke = (endorsers: readonly string[], ...operations: object[]): ReturnType<typeof run> => {
    const targets = endorsers.flatMap((name) => {
      const { endpoint, tlsRootCertPath } = network.connectionFor(name, 'Admin');
      return ['--peerAddresses', endpoint, '--tlsRootCertFiles', tlsRootCertPath];
    });
    const orderer = [
      '-o',
      env['ORDERER_ADDRESS'] ?? '',
      '--ordererTLSHostnameOverride',
      env['ORDERER_HOST_ALIAS'] ?? '',
    ];
    return peer(
      ...['chaincode', 'invoke', ...orderer, '--tls', '--cafile', env['ORDERER_CA'] ?? ''],
      ...argumentsOf(...operations),
      ...targets,
      '--waitForEvent',
    );
  };

  beforeAll(async () => {
    dataPath = await mkdtemp(join(tmpdir(), 'tenor-devnet-peer-'));
    network = await devnetDriver.up(TOPOLOGY, { dataPath });
    await network.deploy(RAW);
    const which = ['--topology', TOPOLOGY.name, '--data', dataPath, '--user', 'Admin', '--format', 'peer', '--json'];
    env = JSON.parse(await must(process.execPath, [NETWORK_CLI, 'env', 'issuer', ...which])) as Record<string, string>;
  });

  afterAll(async () => {
    await network.down();
    await rm(dataPath, { recursive: true, force: true });
  });

  it('invokes, waits for the event, and queries', async () => {
    const value = Buffer.from('written').toString('base64');
    const invoked = await invoke(['issuer', 'bank'], { op: 'put', key: 'k', value });
    expect(invoked).toMatchObject({ code: 0 });
    const queried = await peer('chaincode', 'query', ...argumentsOf({ op: 'get', key: 'k' }));
    expect(JSON.parse(queried.stdout)).toEqual([value]);
  });

  it('hears that a transaction is not valid, and what a chaincode refused', async () => {
    const invalid = await invoke(['issuer'], { op: 'put', key: 'k', value: '' });
    expect(invalid).toMatchObject({ code: 1, stderr: expect.stringContaining('ENDORSEMENT_POLICY_FAILURE') });
    const refused = await invoke(['issuer', 'bank'], { op: 'fail', value: 'no such thing' });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('no such thing') });
  });

  it('finds the orderer by the configuration block when it is given none', async () => {
    const orderer = ['--tls', '--cafile', env['ORDERER_CA'] ?? ''];
    const override = ['--ordererTLSHostnameOverride', env['ORDERER_HOST_ALIAS'] ?? ''];
    const invoked = await peer('chaincode', 'invoke', ...orderer, ...override, ...argumentsOf());
    expect(invoked).toMatchObject({ code: 0 });
  });

  it('lists the channel, its height and its definitions, and fetches its configuration', async () => {
    expect((await peer('channel', 'list')).stdout).toContain(TOPOLOGY.channel);
    expect((await peer('channel', 'getinfo', '-c', TOPOLOGY.channel)).stdout).toMatch(/"height":\d+/);
    const committed = await peer('lifecycle', 'chaincode', 'querycommitted', '-C', TOPOLOGY.channel, '-n', RAW.name);
    expect(committed.stdout).toContain('Sequence: 1');
    const file = join(dataPath, 'config.block');
    const orderer = [
      '-o',
      env['ORDERER_ADDRESS'] ?? '',
      '--ordererTLSHostnameOverride',
      env['ORDERER_HOST_ALIAS'] ?? '',
    ];
    const tls = ['--tls', '--cafile', env['ORDERER_CA'] ?? ''];
    expect(await peer('channel', 'fetch', 'config', file, '-c', TOPOLOGY.channel, ...orderer, ...tls)).toMatchObject({
      code: 0,
    });
    const decoded = join(dataPath, 'config.json');
    const translate = ['proto_decode', '--type', 'common.Block', '--input', file, '--output', decoded];
    await must(join(fabric?.bin ?? '', 'configtxlator'), translate);
    expect(await readFile(decoded, 'utf8')).toContain('"LifecycleEndorsement"');
  });
});
