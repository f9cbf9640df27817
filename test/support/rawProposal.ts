/** A query whose creator is written in bytes of one's own, below every client: what becomes of it, and where. */
import { GatewayError } from '@hyperledger/fabric-gateway';
import { gateway as protos } from '@hyperledger/fabric-protos';
import type { Connection, Identity as Caller } from '@tenor/client';
import { decodeError } from '../../chaincode/src/protocol/errors.js';
import { Identity } from '../conformance/support/identity.js';
import { signedProposal } from '../conformance/support/messages.js';
import type { Door } from './ledger.js';

/** `denied` by the peer, `undecoded` by the shim, refused by the chaincode with a code, or answered with an identity. */
export type Outcome = 'denied' | 'undecoded' | { readonly code: string } | { readonly caller: Caller };

/** Before any chaincode: the creator, or the signature that does not fit it. */
const BY_PEER = /error validating proposal: |proposal client identity expired/;
/** In the chaincode's process, before the chaincode. */
const BY_SHIM = /Decoding SerializedIdentity failed/;

/** Whoever signs at a door: thousands of creators are tried at the same one. */
const SENDERS = new WeakMap<Connection, Identity>();

function senderOf(connection: Connection): Identity {
  const { mspId, certificate, privateKey = '' } = connection;
  const sender = SENDERS.get(connection) ?? new Identity(mspId, certificate, privateKey);
  SENDERS.set(connection, sender);
  return sender;
}

/** Asks `registry:whoami` with this creator, signed with the key of the door's own user. @throws what is none of these outcomes */
export async function whoamiAs({ connection, gateway }: Door, creator: Uint8Array): Promise<Outcome> {
  const { mspId, channel, chaincode } = connection;
  const sender = senderOf(connection).written(creator);
  const { txId, signed } = signedProposal({ creator: sender, channel, chaincode, args: ['registry:whoami', '{}'] });
  const proposed = new protos.ProposedTransaction();
  proposed.setTransactionId(txId);
  proposed.setProposal(signed);
  proposed.setEndorsingOrganizationsList([mspId]);
  const proposal = gateway.newSignedProposal(proposed.serializeBinary(), signed.getSignature_asU8());
  try {
    return { caller: JSON.parse(Buffer.from(await proposal.evaluate()).toString('utf8')) as Caller };
  } catch (error) {
    return refusedAs(error);
  }
}

function refusedAs(error: unknown): Outcome {
  if (!(error instanceof GatewayError)) throw error;
  const text = [error.message, ...error.details.map(({ message }) => message)].join('\n');
  const refusal = decodeError(text);
  if (refusal !== undefined) return { code: refusal.code };
  if (BY_PEER.test(text)) return 'denied';
  if (BY_SHIM.test(text)) return 'undecoded';
  throw error;
}
