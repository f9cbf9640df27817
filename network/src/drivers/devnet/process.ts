/** The devnet process: reads its data folder (first argument), plays the network, and takes commands from its parent. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startDevnet, type Devnet, type DevnetOptions, type DevnetOrganization } from 'tenor-devnet';
import { portsOf } from '../../expand/environment.js';
import {
  caFileName,
  ordererOrganizationPath,
  ordererPath,
  organizationPath,
  peerHost,
  peerPath,
  tlsCaFileName,
} from '../../layout.js';
import { executeTimeoutSecondsOf, type OrganizationSpec } from '../../topology.js';
import { readRecord, type NetworkRecord } from '../dataFolder.js';
import type { AnswerMessage, CommandMessage, Commands } from './messages.js';

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

/** The only file of a folder. */
function only(folder: string): string {
  const [name] = readdirSync(folder);
  if (name === undefined) throw new Error(`There is no file in ${folder}.`);
  return read(folder, name);
}

function organization(dataPath: string, { ports }: NetworkRecord, spec: OrganizationSpec): DevnetOrganization {
  const root = organizationPath(dataPath, spec);
  const node = peerPath(dataPath, spec);
  return {
    mspId: spec.mspId,
    hostAlias: peerHost(spec),
    port: portsOf(ports, spec).peer,
    tlsCertPem: read(node, 'tls', 'server.crt'),
    tlsKeyPem: read(node, 'tls', 'server.key'),
    signCertPem: only(join(node, 'msp', 'signcerts')),
    signKeyPem: only(join(node, 'msp', 'keystore')),
    msp: {
      rootCertsPem: [read(root, 'msp', 'cacerts', caFileName(spec.domain))],
      tlsRootCertsPem: [read(root, 'msp', 'tlscacerts', tlsCaFileName(spec.domain))],
    },
  };
}

function orderer(dataPath: string, { topology, ports }: NetworkRecord): DevnetOptions['orderer'] {
  const node = ordererPath(dataPath, topology);
  const msp = join(node, 'msp');
  const root = ordererOrganizationPath(dataPath, topology);
  return {
    mspId: topology.orderer.mspId,
    signCertPem: only(join(msp, 'signcerts')),
    signKeyPem: only(join(msp, 'keystore')),
    rootCertsPem: [read(root, 'msp', 'cacerts', caFileName(topology.orderer.domain))],
    tlsRootCertsPem: [read(root, 'msp', 'tlscacerts', tlsCaFileName(topology.orderer.domain))],
    port: ports.orderer.general,
    tlsCertPem: read(node, 'tls', 'server.crt'),
    tlsKeyPem: read(node, 'tls', 'server.key'),
  };
}

function options(dataPath: string, record: NetworkRecord): DevnetOptions {
  const { topology } = record;
  return {
    channel: topology.channel,
    batch: topology.batch,
    executeTimeoutMs: executeTimeoutSecondsOf(topology) * 1000,
    organizations: topology.organizations.map((spec) => organization(dataPath, record, spec)),
    orderer: orderer(dataPath, record),
  };
}

const done = (action: Promise<void>): Promise<undefined> => action.then(() => undefined);

type Performers = { readonly [Name in keyof Commands]: (devnet: Devnet, argument: Commands[Name]) => Promise<Result> };

type Result = AnswerMessage['result'];

const PERFORMERS: Performers = {
  deploy: (devnet, { endorsementPolicy, collections, ...rest }) =>
    done(
      devnet.deploy({
        ...rest,
        ...(endorsementPolicy === undefined ? {} : { endorsementPolicy: Buffer.from(endorsementPolicy, 'base64') }),
        ...(collections === undefined ? {} : { collections: Buffer.from(collections, 'base64') }),
      }),
    ),
  stopPeer: (devnet, { mspId }) => done(devnet.stopPeer(mspId)),
  startPeer: (devnet, { mspId }) => done(devnet.startPeer(mspId)),
  blocks: (devnet, { mspId }) =>
    Promise.resolve(devnet.blocks(mspId).map((block) => Buffer.from(block).toString('base64'))),
};

async function answer<Name extends keyof Commands>(devnet: Devnet, command: CommandMessage<Name>): Promise<void> {
  const { id, name, argument } = command;
  let message: AnswerMessage;
  try {
    const result = await PERFORMERS[name](devnet, argument);
    message = result === undefined ? { id } : { id, result };
  } catch (cause) {
    message = { id, error: cause instanceof Error ? cause.message : String(cause) };
  }
  process.send?.(message);
}

async function main(dataPath: string): Promise<void> {
  const record = await readRecord(dataPath);
  if (record === undefined) throw new Error(`${dataPath} holds no network.`);
  const devnet = await startDevnet(options(dataPath, record));
  process.on('message', (command) => void answer(devnet, command as CommandMessage<keyof Commands>));
  const end = (): void => void devnet.close().finally(() => process.exit());
  process.once('SIGTERM', end);
  process.once('disconnect', end);
}

main(process.argv[2] ?? '').catch((cause: unknown) => {
  console.error(cause);
  process.exit(1);
});
