/**
 * The process that keeps a network running in the background. It is told what to bring up by the one that started it,
 * reports to it until the network is up, and then takes commands on a socket.
 */
import { devnetDriver } from '../drivers/devnet/index.js';
import { fabricDriver } from '../drivers/fabric/index.js';
import type { NetworkDriver, RunningNetwork } from '../driver.js';
import { toPlainError, type StartMessage, type StartReport } from './protocol.js';
import { ControlServer } from './server.js';
import { removeState, socketPathFor, writeState } from './state.js';

const DRIVERS: Readonly<Record<StartMessage['engine'], NetworkDriver>> = { devnet: devnetDriver, fabric: fabricDriver };

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function report(message: StartReport): void {
  if (process.connected) process.send?.(message);
}

/** Stops the network once, however often it is asked. */
function stopper(network: RunningNetwork, dataPath: string): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => (stopping ??= network.down().then(() => removeState(dataPath)));
}

async function serve(network: RunningNetwork): Promise<void> {
  const { dataPath, engine, topology } = network;
  const socketPath = socketPathFor(dataPath);
  const stop = stopper(network, dataPath);
  const end = async (): Promise<void> => {
    await stop();
    await server.close();
  };
  const server = new ControlServer(network, socketPath, end);
  for (const signal of SIGNALS) process.once(signal, () => void end().finally(() => process.exit()));
  await server.listen();
  await writeState(dataPath, { engine, topology: topology.name, socketPath });
}

async function start(message: StartMessage): Promise<void> {
  const { engine, topology, dataPath, fabricBin } = message;
  // Whoever started us gave up before the network was up: so do we. The children are ended by their guard.
  const abandoned = (): never => process.exit(1);
  process.once('disconnect', abandoned);
  try {
    const network = await DRIVERS[engine].up(topology, {
      dataPath,
      onProgress: (line) => {
        report({ kind: 'progress', line });
      },
      ...(fabricBin === undefined ? {} : { fabricBin }),
    });
    await serve(network);
    report({ kind: 'ready' });
  } catch (cause) {
    report({ kind: 'failed', error: toPlainError(cause) });
  }
  process.removeListener('disconnect', abandoned);
  if (process.connected) process.disconnect();
}

process.once('message', (message) => void start(message as StartMessage));
