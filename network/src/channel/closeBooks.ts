/**
 * Closes the books of a channel that exists, in the steps prepare, sign and send. Different organisations can take the steps, on
 * different machines. Each step asks its own peer for the configuration in force, and refuses a file that does not agree with it.
 */
import type { common } from '@hyperledger/fabric-protos';
import { NetworkError, type UserConnection } from '../driver.js';
import { booksOf } from '../gateway/books.js';
import { Signer } from '../gateway/signer.js';
import { pause } from '../processes/wait.js';
import { isAdministrator, memberships, signaturesNeeded, type Identity } from './administrators.js';
import { closingUpdate, isClosed } from './closingUpdate.js';
import { configurationOf, updateEnvelope } from './configuration.js';
import { broadcast, ordererOf, type OrdererAddress } from './orderers.js';
import { readUpdate, sign, signersOf, writeUpdate, type Update } from './updateFile.js';

const CLOSING_TIMEOUT_MS = 30_000;
const CLOSING_INTERVAL_MS = 250;

/** Where a file stands: who signed it, and how many have to. */
export interface Standing {
  readonly signed: readonly string[];
  /** Undefined where the channel counts otherwise. */
  readonly needed: number | undefined;
  readonly missing: readonly string[];
}

function standingOf(config: common.Config, update: Update): Standing {
  const admins = signersOf(update).filter((identity) => isAdministrator(config, identity));
  const signed = [...new Set(admins.map(({ mspId }) => mspId))].sort();
  const missing = [...memberships(config).keys()].filter((mspId) => !signed.includes(mspId)).sort();
  return { signed, needed: signaturesNeeded(config), missing };
}

/** The result of a step. */
export type Step =
  | { readonly state: 'closed already' }
  | {
      readonly state: 'prepared' | 'signed' | 'signed already';
      readonly file: Uint8Array;
      readonly standing: Standing;
    };

const CLOSED_ALREADY: Step = { state: 'closed already' };

/** Makes the update, unsigned. @throws NetworkError */
export async function prepare(connection: UserConnection): Promise<Step> {
  const { channel } = connection;
  const config = await configurationOf(connection);
  if (isClosed(config)) return CLOSED_ALREADY;
  const update: Update = { content: closingUpdate(config, channel), signatures: [] };
  return { state: 'prepared', file: writeUpdate(update, channel), standing: standingOf(config, update) };
}

function requireAdministrator(config: common.Config, { mspId, certificate }: Identity): void {
  if (!memberships(config).has(mspId))
    throw new NetworkError(`${mspId} has no peers on this channel, so its signature does not count.`);
  if (isAdministrator(config, { mspId, certificate })) return;
  throw new NetworkError(
    `This user is not an administrator of ${mspId}, so the signature does not count. Sign as an administrator.`,
  );
}

/** Adds the user's signature to a file. @throws NetworkError when the file is not that update, or the user no administrator */
export async function signFile(connection: UserConnection, bytes: Uint8Array, name: string): Promise<Step> {
  const { channel, mspId } = connection;
  const [config, signer] = await Promise.all([configurationOf(connection), Signer.load(connection)]);
  if (isClosed(config)) return CLOSED_ALREADY;
  const update = readUpdate(bytes, closingUpdate(config, channel), name);
  requireAdministrator(config, { mspId, certificate: signer.certificate });
  const before = standingOf(config, update);
  if (before.signed.includes(mspId)) return { state: 'signed already', file: bytes, standing: before };
  const after = sign(update, signer);
  return { state: 'signed', file: writeUpdate(after, channel), standing: standingOf(config, after) };
}

async function untilClosed(connection: UserConnection): Promise<void> {
  const deadline = Date.now() + CLOSING_TIMEOUT_MS;
  for (;;) {
    const books = await booksOf(connection);
    if (books.state === 'closed') return;
    if (Date.now() > deadline) {
      const how =
        books.state === 'open' ? 'hands out private blocks' : `does not refuse private blocks: ${books.reason}`;
      const waited = `after ${String(CLOSING_TIMEOUT_MS / 1000)} s the peer at ${connection.endpoint} still ${how}`;
      throw new NetworkError(`The update was ordered, but ${waited}.`);
    }
    await pause(CLOSING_INTERVAL_MS);
  }
}

function requireEnough({ signed, needed, missing }: Standing): void {
  if (needed === undefined || signed.length >= needed) return;
  throw new NetworkError(
    `${String(needed)} organisations' administrators have to sign, and ${String(signed.length)} did` +
      `${signed.length === 0 ? '' : ` (${signed.join(', ')})`}. Not yet: ${missing.join(', ')}.`,
  );
}

/**
 * Sends a signed file to the ordering node, and returns when the user's own peer refuses private blocks.
 * @throws NetworkError when signatures are missing, the ordering node refuses, or the peer does not close
 */
export async function sendFile(
  connection: UserConnection,
  bytes: Uint8Array,
  name: string,
  orderer?: OrdererAddress,
): Promise<{ readonly state: 'closed' | 'closed already' }> {
  const { channel } = connection;
  const [config, signer] = await Promise.all([configurationOf(connection), Signer.load(connection)]);
  if (isClosed(config)) return { state: 'closed already' };
  const { content, signatures } = readUpdate(bytes, closingUpdate(config, channel), name);
  requireEnough(standingOf(config, { content, signatures }));
  const envelope = updateEnvelope({ content, signatures }, channel, signer);
  await broadcast(envelope, orderer ?? ordererOf(config));
  await untilClosed(connection);
  return { state: 'closed' };
}
