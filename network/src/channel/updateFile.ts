/**
 * The file that administrators pass on to each other. It holds the update and its signatures in the form of `peer channel signconfigtx`
 * and `peer channel update`, so that an organisation can also sign with these. The content of a file is checked before it is used.
 */
import { common, msp } from '@hyperledger/fabric-protos';
import { NetworkError } from '../driver.js';
import { signatureHeader } from '../gateway/envelope.js';
import type { Signer } from '../gateway/signer.js';
import { certificateOf, type Identity } from './administrators.js';
import { createVerify } from 'node:crypto';

/** A configuration update on its way. */
export interface Update {
  /** Serialized `common.ConfigUpdate`. */
  readonly content: Uint8Array;
  readonly signatures: readonly common.ConfigSignature[];
}

/** As bytes of the file: the envelope itself is signed only when it is sent. */
export function writeUpdate({ content, signatures }: Update, channel: string): Uint8Array {
  const update = new common.ConfigUpdateEnvelope();
  update.setConfigUpdate(content);
  update.setSignaturesList([...signatures]);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG_UPDATE);
  channelHeader.setChannelId(channel);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(update.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope.serializeBinary();
}

function decode(bytes: Uint8Array): { readonly type: number; readonly update: Update } | undefined {
  try {
    const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(bytes).getPayload_asU8());
    const header = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
    const content = common.ConfigUpdateEnvelope.deserializeBinary(payload.getData_asU8());
    return {
      type: common.ChannelHeader.deserializeBinary(header).getType(),
      update: { content: content.getConfigUpdate_asU8(), signatures: content.getSignaturesList() },
    };
  } catch {
    return undefined; // no message of Fabric at all
  }
}

/** Reads a file and compares it with the only update that it may hold. @throws NetworkError for any other */
export function readUpdate(bytes: Uint8Array, expected: Uint8Array, name: string): Update {
  const found = decode(bytes);
  if (found?.type !== common.HeaderType.CONFIG_UPDATE)
    throw new NetworkError(`${name} holds no configuration update. Make one with \`close-books prepare\`.`);
  if (!Buffer.from(found.update.content).equals(expected)) {
    throw new NetworkError(
      `${name} does not hold the update that closes the books of this channel in its present configuration. Do not sign it. ` +
        'The channel has changed since, or the file is for another channel, or it does something else. Prepare a new file.',
    );
  }
  return found.update;
}

/** The bytes that one signature covers. */
const coveredBy = (header: Uint8Array, content: Uint8Array): Buffer => Buffer.concat([header, content]);

/** Adds a signature. */
export function sign(update: Update, signer: Signer): Update {
  const header = signatureHeader(signer).serializeBinary();
  const signature = new common.ConfigSignature();
  signature.setSignatureHeader(header);
  signature.setSignature(signer.sign(coveredBy(header, update.content)));
  return { ...update, signatures: [...update.signatures, signature] };
}

function signedBy(signature: common.ConfigSignature, content: Uint8Array): Identity | undefined {
  try {
    const header = signature.getSignatureHeader_asU8();
    const creator = common.SignatureHeader.deserializeBinary(header).getCreator_asU8();
    const identity = msp.SerializedIdentity.deserializeBinary(creator);
    const key = certificateOf(identity.getIdBytes_asU8())?.publicKey;
    const verified =
      key !== undefined &&
      createVerify('sha256').update(coveredBy(header, content)).verify(key, signature.getSignature_asU8());
    if (!verified) return undefined;
    return { mspId: identity.getMspid(), certificate: Buffer.from(identity.getIdBytes_asU8()).toString() };
  } catch {
    return undefined; // whoever wrote this signed nothing
  }
}

/** The organisations whose signatures are valid. */
export const signersOf = ({ content, signatures }: Update): readonly Identity[] =>
  signatures.flatMap((signature) => signedBy(signature, content) ?? []);
