// Chaincodes that the command line starts: one process for every organisation, stopped with the network.
import { spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Devnet } from '../devnet.js';
import type { ChaincodeProgram } from './arguments.js';
import { guardGroup } from './guard.js';

const START_TIMEOUT_MS = 30_000;

export interface RunningPrograms {
  /** host:port of each organisation's server. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Resolves when all of them listen or have dialled; rejects when one has ended before, or does neither for half a minute. */
  ready(): Promise<void>;
  stop(): void;
}

/** Where chaincodes dial the peers, and whether they have. */
type Peers = Pick<Devnet, 'chaincodeEndpointOf' | 'hasRegistered'>;

/** Starts the program for each organisation, on one of the ports. Peers dial it at the first call, or it dials its peer. */
export function startPrograms(
  { name, command }: ChaincodeProgram,
  mspIds: readonly string[],
  ports: readonly number[],
  peers: Peers,
): RunningPrograms {
  const addresses = Object.fromEntries(mspIds.map((mspId, index) => [mspId, `127.0.0.1:${String(ports[index])}`]));
  const processes = Object.entries(addresses).map(([mspId, address]) =>
    start(name, command, mspId, { server: address, peer: peers.chaincodeEndpointOf(mspId) }),
  );
  const hasEnded = (): boolean =>
    processes.some(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
  return {
    addresses,
    ready: async () => {
      const registered = (index: number): boolean => peers.hasRegistered(mspIds[index] ?? '', name);
      await Promise.all(ports.map((port, index) => listening(name, port, hasEnded, () => registered(index))));
    },
    stop: () => {
      processes.forEach(({ pid }) => {
        signalGroup(pid, 'SIGTERM');
      });
    },
  };
}

function start(
  name: string,
  command: string,
  mspId: string,
  addresses: { readonly server: string; readonly peer: string | undefined },
): ChildProcess {
  const child = spawn(command, {
    shell: true,
    detached: true, // a group of its own, so that what the shell starts ends with it
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      CHAINCODE_SERVER_ADDRESS: addresses.server,
      CHAINCODE_ID: name,
      CORE_CHAINCODE_ID_NAME: name,
      CORE_PEER_ADDRESS: addresses.peer,
      CORE_PEER_TLS_ENABLED: 'false',
      CORE_PEER_LOCALMSPID: mspId,
    },
  });
  const release = child.pid === undefined ? (): void => undefined : guardGroup(child.pid);
  child.on('exit', (code) => {
    if (!signalGroup(child.pid, 0)) {
      release();
    }
    if (code !== null && code !== 0) {
      process.stderr.write(`chaincode ${name} of ${mspId} has ended with code ${String(code)}\n`);
    }
  });
  return child;
}

async function listening(
  name: string,
  port: number,
  hasEnded: () => boolean,
  hasRegistered: () => boolean,
): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!hasRegistered() && !(await accepts(port))) {
    if (hasEnded()) {
      throw new Error(
        `chaincode ${name} ended before it listened on its port (CHAINCODE_SERVER_ADDRESS) or dialled its peer (CORE_PEER_ADDRESS)`,
      );
    }
    if (Date.now() > deadline) {
      throw new Error(
        `chaincode ${name} neither listens on port ${String(port)} (CHAINCODE_SERVER_ADDRESS) nor dials its peer (CORE_PEER_ADDRESS)`,
      );
    }
    await sleep(50);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

/** Whether any process of the group is there to take the signal; 0 only asks. */
function signalGroup(pid: number | undefined, signal: 'SIGTERM' | 0): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal);
  } catch {
    return false; // all have ended by themselves
  }
}
