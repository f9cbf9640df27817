/** Organisations with peers leave a channel, or come back to it: by an update that a majority of administrators signs. */
import { common } from '@hyperledger/fabric-protos';
import { NetworkError, type UserConnection } from '../driver.js';
import { Signer } from '../gateway/signer.js';
import { pause } from '../processes/wait.js';
import { isAdministrator, signaturesNeeded } from './administrators.js';
import { applicationOf, applicationUpdate, mention } from './applicationUpdate.js';
import { configurationOf, updateEnvelope } from './configuration.js';
import { broadcast, ordererOf } from './orderers.js';
import { sign, type Update } from './updateFile.js';

const TIMEOUT_MS = 60_000;
const INTERVAL_MS = 50;

/** The update that takes an organisation off the channel. @throws NetworkError when it is not on it */
export function withoutOrganization(config: common.Config, channelId: string, mspId: string): Uint8Array {
  const write = mention(applicationOf(config));
  if (!write.getGroupsMap().has(mspId)) throw new NetworkError(`${mspId} is not on channel ${channelId}.`);
  write.getGroupsMap().del(mspId);
  return applicationUpdate(config, channelId, { write, changesMembers: true });
}

/**
 * The update that brings an organisation to the channel.
 * @param first a configuration of the channel that has it, as it is to be again
 * @throws NetworkError when it is on the channel, or was not in `first`
 */
export function withOrganization(
  config: common.Config,
  channelId: string,
  { mspId, first }: { readonly mspId: string; readonly first: common.Config },
): Uint8Array {
  const write = mention(applicationOf(config));
  if (write.getGroupsMap().has(mspId)) throw new NetworkError(`${mspId} is on channel ${channelId} already.`);
  const organization = applicationOf(first).getGroupsMap().get(mspId);
  if (organization === undefined)
    throw new NetworkError(
      `${mspId} was not on channel ${channelId} when it was made: what it is made from is not known.`,
    );
  write.getGroupsMap().set(mspId, organization);
  return applicationUpdate(config, channelId, { write, changesMembers: true });
}

/** The newest configuration that any of these peers has: one that was taken off the channel keeps an older one. */
async function newestConfiguration(connections: readonly UserConnection[]): Promise<common.Config> {
  const [newest] = (await Promise.all(connections.map(configurationOf))).sort(
    (one, other) => other.getSequence() - one.getSequence(),
  );
  if (newest === undefined) throw new NetworkError('No peer runs that could say what the channel is.');
  return newest;
}

/** The configuration in the channel's first block. */
export function firstConfiguration(block: Uint8Array): common.Config {
  const [envelope = new Uint8Array()] = common.Block.deserializeBinary(block).getData()?.getDataList_asU8() ?? [];
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
  return common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig() ?? new common.Config();
}

/** Makes the update for the configuration in force. */
type MakeUpdate = (config: common.Config, channelId: string) => Uint8Array;

/** What is to change, and by whom. */
interface Proposal {
  readonly config: common.Config;
  readonly channel: string;
  /** Those who may sign, in the order in which they are asked. */
  readonly signers: readonly Signer[];
  readonly update: MakeUpdate;
}

/** The update as it is sent, signed by as many organisations' administrators as the channel asks for. @throws NetworkError when there are too few */
export function changeEnvelope({ config, channel, signers, update }: Proposal): common.Envelope {
  const needed = signaturesNeeded(config);
  if (needed === undefined)
    throw new NetworkError('This channel changes by another rule than a number of administrators.');
  const signing = signers.filter((signer) => isAdministrator(config, signer)).slice(0, needed);
  const [sender] = signing;
  if (sender === undefined || signing.length < needed) {
    const [wanted, are] = [String(needed), String(signing.length)];
    throw new NetworkError(`${wanted} organisations' administrators have to sign, and there are ${are}.`);
  }
  const unsigned: Update = { content: update(config, channel), signatures: [] };
  return updateEnvelope(signing.reduce(sign, unsigned), channel, sender);
}

/** Whether the user's own peer has a newer configuration; the reason why not. A peer that comes back is told on the way that it left, and then knows none of its users. */
async function whyNotNewer(connection: UserConnection, sequence: number): Promise<string | undefined> {
  try {
    const config = await configurationOf(connection);
    return config.getSequence() > sequence ? undefined : 'it still has the one before';
  } catch (cause) {
    if (cause instanceof NetworkError) return cause.message;
    throw cause;
  }
}

/** Returns when the user's own peer has a newer configuration. @throws NetworkError when it does not come */
async function untilNewer(connection: UserConnection, sequence: number): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const reason = await whyNotNewer(connection, sequence);
    if (reason === undefined) return;
    if (Date.now() > deadline) {
      const waited = `after ${String(TIMEOUT_MS / 1000)} s the peer at ${connection.endpoint} does not have it: ${reason}`;
      throw new NetworkError(`The update was ordered, but ${waited}`);
    }
    await pause(INTERVAL_MS);
  }
}

/** Who takes part in a change. */
interface Change {
  /** Administrators who may sign, in the order in which they are asked. */
  readonly administrators: readonly UserConnection[];
  /** One administrator for each peer that will have the change. */
  readonly peers: readonly UserConnection[];
  readonly update: MakeUpdate;
}

/** Changes the channel, and returns when all the peers named have it. @throws NetworkError when it cannot be signed, sent or had */
export async function changeChannel({ administrators, peers, update }: Change): Promise<void> {
  const [config, signers] = await Promise.all([
    newestConfiguration(peers),
    Promise.all(administrators.map((connection) => Signer.load(connection))),
  ]);
  const channel = administrators[0]?.channel ?? '';
  await broadcast(changeEnvelope({ config, channel, signers, update }), ordererOf(config));
  await Promise.all(peers.map((connection) => untilNewer(connection, config.getSequence())));
}
