/** The expansion of a topology is data: it is compared whole. */
import { describe, expect, it } from '@jest/globals';
import { expand } from '../../network/src/expand.js';
import type { ExpansionContext } from '../../network/src/expand/environment.js';
import { lifecycleCommands } from '../../network/src/expand/lifecycle.js';
import { TOPOLOGIES } from '../../network/src/topology.js';

const CONTEXT: ExpansionContext = {
  dataPath: '/data',
  ports: {
    orderer: { general: 7050, admin: 7053, operations: 9443 },
    organizations: {
      org1: { peer: 7051, chaincode: 7052, operations: 9444 },
      org2: { peer: 9051, chaincode: 9052, operations: 9445 },
    },
  },
  fabric: { bin: '/fabric/bin', config: '/fabric/config' },
  baseEnv: { PATH: '/bin', HOME: '/home/me' },
};

const TOPOLOGY = TOPOLOGIES['two-org'];

const plan = expand(TOPOLOGY, CONTEXT);

const fileAt = (end: string): string => {
  const found = plan.files.find(({ path }) => path.endsWith(end));
  if (found === undefined) throw new Error(`no file ${end}`);
  return found.content;
};

describe('expand', () => {
  it('writes the channel configuration with anchor peers and majority policies', () => {
    expect(JSON.parse(fileAt('configtx.yaml'))).toMatchSnapshot();
  });

  it('gives the ordering node its environment', () => {
    expect(plan.orderer).toMatchSnapshot();
  });

  it('gives a peer its environment, without Docker and with our own builder', () => {
    expect(plan.peers[0]).toMatchSnapshot();
  });

  it('has a peer serve its profiles on loopback where a port is given for them', () => {
    const [org1, org2] = TOPOLOGY.organizations;
    const profiled = expand({ ...TOPOLOGY, organizations: [{ ...org1, profilePort: 6061 }, org2] }, CONTEXT);
    const settings = profiled.peers.map(({ env }) => [
      env['CORE_PEER_PROFILE_ENABLED'],
      env['CORE_PEER_PROFILE_LISTENADDRESS'],
    ]);
    expect(settings).toEqual([
      ['true', '127.0.0.1:6061'],
      [undefined, undefined],
    ]);
  });

  it('writes a connection profile for each organisation', () => {
    expect(JSON.parse(fileAt('connection-org2.json'))).toMatchSnapshot();
  });

  it('writes builder scripts that can be executed', () => {
    const scripts = plan.files.filter(({ path }) => path.startsWith('/data/builder/bin/'));
    expect(scripts.map(({ path, mode }) => [path.slice(-7), mode])).toEqual([
      ['/detect', 0o755],
      ['n/build', 0o755],
      ['release', 0o755],
    ]);
  });

  it('refuses ports of another topology', () => {
    expect(() => expand(TOPOLOGIES['three-org'], CONTEXT)).toThrow('No ports were chosen for organisation issuer.');
  });
});

describe('lifecycleCommands', () => {
  it('says what an administrator would type', () => {
    const commands = lifecycleCommands(TOPOLOGY, CONTEXT);
    const chaincode = {
      ...{ name: 'tenor', packageId: 'tenor_1:00', path: '/data/chaincode/tenor.tgz' },
      ...{ terms: {}, collectionsPath: '/data/chaincode/tenor.collections.json' },
    };
    const [org1] = TOPOLOGY.organizations;
    const all = [
      commands.joinOrderer(),
      commands.joinPeer(org1),
      commands.install(org1, chaincode),
      commands.approve(org1, chaincode),
      commands.commit(TOPOLOGY.organizations, chaincode),
      commands.queryCommitted(org1, chaincode.name),
    ];
    expect(all.map(({ name, args }) => `${name}: ${args.join(' ')}`)).toMatchSnapshot();
  });
});
