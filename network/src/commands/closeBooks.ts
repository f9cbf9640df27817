/** `close-books`: all at once for the network that runs here, or step by step for the administrators of any channel. */
import { readFile } from 'node:fs/promises';
import { prepare, sendFile, signFile, type Standing, type Step } from '../channel/closeBooks.js';
import type { OrdererAddress } from '../channel/orderers.js';
import { NetworkError, UsageError, type RunningNetwork, type UserConnection } from '../driver.js';
import { replaceFile } from '../files.js';
import { ordererHost, ordererTlsRootPath } from '../layout.js';
import { readRecord } from '../drivers/dataFolder.js';
import { booksOf } from '../gateway/books.js';
import type { StepName, StepOptions } from './closeBooksOptions.js';
import type { Outcome } from './outcome.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** @throws UsageError naming what to pass */
function connectionOf(options: StepOptions, env: Variables): UserConnection {
  const need = (value: string | undefined, option: string, variable: string): string => {
    const found = value ?? env[variable];
    if (found !== undefined && found !== '') return found;
    throw new UsageError(`Pass --${option}, or set ${variable} as for the \`peer\` command.`);
  };
  const endpoint = need(options.peer, 'peer', 'CORE_PEER_ADDRESS');
  return {
    mspId: need(options.mspId, 'msp-id', 'CORE_PEER_LOCALMSPID'),
    channel: need(options.channel, 'channel', 'CHANNEL_NAME'),
    endpoint,
    hostAlias: options.peerHost ?? env['CORE_PEER_TLS_SERVERHOSTOVERRIDE'] ?? endpoint.replace(/:\d+$/, ''),
    tlsRootCertPath: need(options.peerCa, 'peer-ca', 'CORE_PEER_TLS_ROOTCERT_FILE'),
    mspPath: need(options.msp, 'msp', 'CORE_PEER_MSPCONFIGPATH'),
  };
}

async function orderingNode({ orderer, ordererHost, ordererCa }: StepOptions): Promise<OrdererAddress | undefined> {
  if (orderer === undefined && ordererHost === undefined && ordererCa === undefined) return undefined;
  if (orderer === undefined || ordererCa === undefined)
    throw new UsageError('Use --orderer and --orderer-ca together to name an ordering node.');
  return {
    endpoint: orderer,
    tlsRoots: await read(ordererCa, UsageError),
    ...(ordererHost === undefined ? {} : { hostAlias: ordererHost }),
  };
}

async function read(path: string, Refusal: typeof NetworkError = NetworkError): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Refusal(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

const closedAlready = (channel: string): Outcome => ({
  data: { channel, books: 'closed', changed: false },
  text: `The books of channel ${channel} are closed already: nothing to do.`,
});

const closed = (channel: string): Outcome => ({
  data: { channel, books: 'closed', changed: true },
  text: `The books of channel ${channel} are closed: its peers give private values to nobody.`,
});

function describe({ signed, needed, missing }: Standing): string {
  const whom = signed.length === 0 ? 'Nobody has signed yet' : `Signed for ${signed.join(', ')}`;
  const more = missing.length === 0 ? '' : `; not yet for ${missing.join(', ')}`;
  return `${whom}${more}. ${needed === undefined ? "The channel's own rule says how many are needed." : `${String(needed)} are needed.`}`;
}

const DONE = {
  prepared: 'holds the update that closes the books',
  signed: 'is signed',
  'signed already': 'was signed for this organisation already',
} as const;

async function keep(step: Step, channel: string, file: string): Promise<Outcome> {
  if (step.state === 'closed already') return closedAlready(channel);
  const { state, standing } = step;
  if (state !== 'signed already') await replaceFile(file, step.file);
  return {
    data: { channel, books: 'open', file, state, ...standing },
    text: `${file} ${DONE[state]}. ${describe(standing)}`,
  };
}

/** One step, as one administrator. */
export async function closeBooksStep(step: StepName, options: StepOptions, env: Variables): Promise<Outcome> {
  const connection = connectionOf(options, env);
  const { channel } = connection;
  const { file } = options;
  if (step === 'prepare') return keep(await prepare(connection), channel, file);
  if (step === 'sign') return keep(await signFile(connection, await read(file), file), channel, file);
  const orderer = await orderingNode(options);
  const { state } = await sendFile(connection, await read(file), file, orderer);
  return state === 'closed' ? closed(channel) : closedAlready(channel);
}

async function onDevnet(network: RunningNetwork): Promise<Outcome> {
  const { topology } = network;
  const [first] = topology.organizations;
  const books = first === undefined ? { state: 'open' } : await booksOf(network.connectionFor(first.name, 'Admin'));
  if (books.state === 'closed') return closedAlready(topology.channel);
  throw new NetworkError(
    'This command does not close books on devnet. They are closed there unless the topology sets ' +
      "blockEvents: 'open', as this one does. Start the network again without this setting.",
  );
}

/** All steps, by the administrators of a network that runs here. */
export async function closeBooks(network: RunningNetwork): Promise<Outcome> {
  if (network.engine === 'devnet') return onDevnet(network);
  const { topology, dataPath } = network;
  const [first, ...others] = topology.organizations.map(({ name }) => network.connectionFor(name, 'Admin'));
  const record = await readRecord(dataPath);
  if (first === undefined || record === undefined) throw new NetworkError(`${dataPath} holds no network.`);
  const orderer = {
    endpoint: `localhost:${String(record.ports.orderer.general)}`,
    hostAlias: ordererHost(topology),
    tlsRoots: await readFile(ordererTlsRootPath(dataPath, topology)),
  };
  let step = await prepare(first);
  for (const connection of [first, ...others]) {
    if (step.state === 'closed already') return closedAlready(topology.channel);
    if (step.standing.signed.length >= (step.standing.needed ?? Infinity)) break;
    step = await signFile(connection, step.file, 'the update');
  }
  if (step.state === 'closed already') return closedAlready(topology.channel);
  const { state } = await sendFile(first, step.file, 'the update', orderer);
  return state === 'closed' ? closed(topology.channel) : closedAlready(topology.channel);
}
