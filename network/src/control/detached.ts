/** Starts networks in the background, and uses those that another process started. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { connectionFor } from '../drivers/connections.js';
import { readRecord, type NetworkRecord } from '../drivers/dataFolder.js';
import { ensureUsable } from '../drivers/usableFolder.js';
import { NetworkError, type RunningNetwork, type UpOptions } from '../driver.js';
import { logPath } from '../layout.js';
import { openLog } from '../processes/log.js';
import { pause } from '../processes/wait.js';
import { DAEMON_PROGRAM } from '../programs.js';
import type { Topology } from '../topology.js';
import {
  fromPlainError,
  type CallName,
  type Calls,
  type Request,
  type Response,
  type StartMessage,
  type StartReport,
} from './protocol.js';
import { isRunning, readState, removeState, type NetworkState } from './state.js';

const STOP_TIMEOUT_MS = 15_000;
const STOP_INTERVAL_MS = 50;

async function call<Name extends CallName>(
  { socketPath }: NetworkState,
  name: Name,
  ...args: Calls[Name]['args']
): Promise<Calls[Name]['result']> {
  const socket = connect(socketPath);
  const request: Request = { name, args };
  socket.write(`${JSON.stringify(request)}\n`);
  for await (const line of createInterface({ input: socket })) {
    const response = JSON.parse(line) as Response;
    if ('error' in response) throw fromPlainError(response.error);
    return response.result as Calls[Name]['result'];
  }
  throw new NetworkError('The process that keeps the network running closed the connection.');
}

async function untilGone(state: NetworkState): Promise<boolean> {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isRunning(state) && Date.now() < deadline) await pause(STOP_INTERVAL_MS);
  return !isRunning(state);
}

/** Asks the process to stop, then sends a signal, then kills it. In each case its guardian ends the processes of the network. */
async function stop(state: NetworkState, dataPath: string): Promise<void> {
  const kindly = await call(state, 'down').then(
    () => true,
    () => false,
  );
  for (const signal of [kindly ? undefined : 'SIGTERM', 'SIGKILL'] as const) {
    if (signal !== undefined && isRunning(state)) process.kill(state.pid, signal);
    if (await untilGone(state)) {
      await removeState(dataPath);
      return;
    }
  }
  throw new NetworkError(`Process ${String(state.pid)}, which keeps the network running, cannot be stopped.`);
}

function attached(state: NetworkState, record: NetworkRecord, dataPath: string): RunningNetwork {
  const done = async (calling: Promise<null>): Promise<void> => {
    await calling;
  };
  return {
    engine: state.engine,
    topology: record.topology,
    dataPath,
    faults: {
      stopPeer: (organization) => done(call(state, 'stopPeer', organization)),
      startPeer: (...organizations) => done(call(state, 'startPeer', ...organizations)),
      loseLedger: (organization) => done(call(state, 'loseLedger', organization)),
      replaceChaincode: (organization, source) => done(call(state, 'replaceChaincode', organization, source)),
      restoreChaincode: (organization, name) => done(call(state, 'restoreChaincode', organization, name)),
      restartChaincode: (organization, name) => done(call(state, 'restartChaincode', organization, name)),
    },
    deploy: (source, terms) =>
      terms === undefined
        ? done(call(state, 'deploy', source))
        : Promise.reject(
            new NetworkError('A network in the background takes no chaincode with a policy or collections of its own.'),
          ),
    withdraw: (name) => done(call(state, 'withdraw', name)),
    connectionFor: (organization, user) => connectionFor({ ...record, dataPath }, organization, user),
    removeOrganization: (organization) => done(call(state, 'removeOrganization', organization)),
    addOrganization: (organization) => done(call(state, 'addOrganization', organization)),
    status: () => call(state, 'status'),
    blocks: async (organization) =>
      (await call(state, 'blocks', organization)).map((block) => Buffer.from(block, 'base64')),
    down: () => stop(state, dataPath),
  };
}

/**
 * The network that runs in the background behind a data folder, or undefined when none does. `down` stops it for all.
 * @throws NetworkError when its files cannot be read
 */
export async function attach(dataPath: string): Promise<RunningNetwork | undefined> {
  const whole = resolve(dataPath);
  const state = await readState(whole);
  if (state === undefined) return undefined;
  const record = await readRecord(whole);
  if (record === undefined) throw new NetworkError(`The record of the network in ${whole} is missing.`);
  return attached(state, record, whole);
}

function untilReady(daemon: ChildProcess, onProgress: (line: string) => void): Promise<void> {
  return new Promise((succeed, fail) => {
    daemon.on('message', (message) => {
      const report = message as StartReport;
      if (report.kind === 'progress') onProgress(report.line);
      if (report.kind === 'ready') succeed();
      if (report.kind === 'failed') fail(fromPlainError(report.error));
    });
    daemon.once('error', fail);
    daemon.once('exit', (code) => {
      fail(new NetworkError(`The background process ended with exit code ${String(code)}.`, { process: 'daemon' }));
    });
  });
}

/**
 * Brings a network up that stays when this process ends.
 * @throws NetworkError when it does not come up, or when one is running behind the folder; UsageError when the folder is none
 */
export async function startDetached(
  engine: RunningNetwork['engine'],
  topology: Topology,
  options: UpOptions,
): Promise<RunningNetwork> {
  const dataPath = resolve(options.dataPath);
  if ((await attach(dataPath)) !== undefined)
    throw new NetworkError(`A network is running already on the data folder ${dataPath}.`);
  await ensureUsable(dataPath);
  const { descriptor } = openLog(logPath(dataPath, 'daemon'));
  const stdio = ['ignore', descriptor, descriptor, 'ipc'] as const;
  const daemon = spawn(process.execPath, [DAEMON_PROGRAM], { detached: true, stdio: [...stdio], cwd: dataPath });
  closeSync(descriptor);
  const { fabricBin, onProgress } = options;
  const message: StartMessage = { engine, topology, dataPath, ...(fabricBin === undefined ? {} : { fabricBin }) };
  daemon.send(message);
  await untilReady(daemon, onProgress ?? ((): void => undefined));
  daemon.removeAllListeners('exit');
  if (daemon.connected) daemon.disconnect();
  daemon.unref();
  const network = await attach(dataPath);
  if (network === undefined)
    throw new NetworkError('The network started and then stopped at once.', { process: 'daemon' });
  return network;
}
