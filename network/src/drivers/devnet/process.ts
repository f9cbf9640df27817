/** The devnet process: reads its data folder (first argument), plays the network, and takes commands from its parent. */
import {
  collectEarly,
  readOrderer,
  readOrganization,
  startDevnet,
  type Devnet,
  type DevnetOptions,
} from 'tenor-devnet';
import { accessOf } from '../../expand/access.js';
import { portsOf } from '../../expand/environment.js';
import { organizationsPath } from '../../layout.js';
import { endorsementTimeoutSecondsOf, executeTimeoutSecondsOf } from '../../topology.js';
import { readRecord, type NetworkRecord } from '../dataFolder.js';
import type { AnswerMessage, CommandMessage, Commands } from './messages.js';

/** As the channel configuration of the real engine says. */
const ABSOLUTE_MAX_BYTES = 10 * 1024 * 1024;

function options(dataPath: string, record: NetworkRecord): DevnetOptions {
  const { topology, ports } = record;
  const path = organizationsPath(dataPath);
  return {
    channel: topology.channel,
    batch: { ...topology.batch, absoluteMaxBytes: ABSOLUTE_MAX_BYTES },
    access: accessOf(topology),
    executeTimeoutMs: executeTimeoutSecondsOf(topology) * 1000,
    endorsementTimeoutMs: endorsementTimeoutSecondsOf(topology) * 1000,
    organizations: topology.organizations.map((spec) =>
      readOrganization(path, { ...spec, port: portsOf(ports, spec).peer }),
    ),
    orderer: readOrderer(path, { ...topology.orderer, port: ports.orderer.general }),
  };
}

type Performers = { readonly [Name in keyof Commands]: (devnet: Devnet, argument: Commands[Name]) => Promise<void> };

const PERFORMERS: Performers = {
  deploy: (devnet, { endorsementPolicy, collections, ...rest }) =>
    devnet.deploy({
      ...rest,
      ...(endorsementPolicy === undefined ? {} : { endorsementPolicy: Buffer.from(endorsementPolicy, 'base64') }),
      ...(collections === undefined ? {} : { collections: Buffer.from(collections, 'base64') }),
    }),
  stopPeer: (devnet, { mspId }) => devnet.stopPeer(mspId),
  startPeer: (devnet, { mspId }) => devnet.startPeer(mspId),
  loseLedger: (devnet, { mspId }) => devnet.loseLedger(mspId),
};

async function answer<Name extends keyof Commands>(devnet: Devnet, command: CommandMessage<Name>): Promise<void> {
  const { id, name, argument } = command;
  let message: AnswerMessage;
  try {
    await PERFORMERS[name](devnet, argument);
    message = { id };
  } catch (cause) {
    message = { id, error: cause instanceof Error ? cause.message : String(cause) };
  }
  process.send?.(message);
}

async function main(dataPath: string): Promise<void> {
  // Heard from the first moment on: whoever misses that its parent goes is never told again. Until devnet is up, there is nothing to close.
  let end = (): void => process.exit();
  for (const gone of ['SIGTERM', 'disconnect'])
    process.once(gone, () => {
      end();
    });
  const record = await readRecord(dataPath);
  if (record === undefined) throw new Error(`${dataPath} holds no network.`);
  collectEarly();
  const devnet = await startDevnet(options(dataPath, record));
  end = (): void => void devnet.close().finally(() => process.exit());
  process.on('message', (command) => void answer(devnet, command as CommandMessage<keyof Commands>));
}

main(process.argv[2] ?? '').catch((cause: unknown) => {
  console.error(cause);
  process.exit(1);
});
