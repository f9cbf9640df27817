/** The processes of chaincodes: each chaincode has its own, or shares those of a program. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ChaincodeSource } from '@tenor/network';
import { addressesForProgram, ChaincodeFleet, programOf } from '../../network/src/chaincode/servers.js';
import { baseEnvironment } from '../../network/src/processes/environment.js';
import { Supervisor } from '../../network/src/processes/supervisor.js';

const SERVER = `
  const port = process.env.CHAINCODE_SERVER_ADDRESS.split(':')[1];
  require('net').createServer().listen(Number(port), '127.0.0.1');
`;
const HOST = { name: 'bank', mspId: 'BankMSP', domain: 'bank.example.com', users: [] };

let dataPath = '';
const supervisor = new Supervisor();

beforeAll(() => {
  dataPath = mkdtempSync(join(tmpdir(), 'tenor-servers-'));
});

afterAll(async () => {
  await supervisor.stopAll();
  rmSync(dataPath, { recursive: true });
});

/** Processes that run, by name. */
const running = (): Record<string, number | undefined> =>
  Object.fromEntries(
    supervisor
      .status()
      .filter((each) => each.running)
      .map(({ name, pid }) => [name, pid]),
  );

it('are shared by chaincodes with one program, and outlive each of these; one without a program takes its own along', async () => {
  const fleet = new ChaincodeFleet(supervisor, { dataPath, baseEnv: baseEnvironment() });
  const start = async (chaincode: Pick<ChaincodeSource, 'name' | 'program'>): Promise<void> => {
    const source = { command: process.execPath, args: ['-e', SERVER], cwd: dataPath, ...chaincode };
    const addresses = await addressesForProgram(dataPath, [HOST], programOf(source));
    await fleet.startAll({ source, packageId: 'any', addresses }, [HOST]);
  };
  await start({ name: 'one', program: 'both' });
  const first = running();
  expect(Object.keys(first)).toEqual(['chaincode-both-bank']);
  await start({ name: 'two', program: 'both' });
  expect(running()).toEqual(first);
  await start({ name: 'alone' });
  expect(Object.keys(running()).sort()).toEqual(['chaincode-alone-bank', 'chaincode-both-bank']);

  await fleet.withdraw('one', [HOST]);
  await fleet.withdraw('alone', [HOST]);
  expect(running()).toEqual(first);
  expect(fleet.names()).toEqual(['two']);

  await fleet.restart(HOST, 'two');
  expect(Object.keys(running())).toEqual(['chaincode-both-bank']);
  expect(running()).not.toEqual(first);
});
