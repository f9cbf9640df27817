// Requests of the Deliver service, right or wrong.
import { common, orderer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { TestIdentity } from '../../../test/support/testIdentities.js';
import { serialize } from './raw.js';
import { CHANNEL, signerOf } from './world.js';

type Position = 'oldest' | 'newest' | 'next' | number;

function positionOf(position: Position): orderer.SeekPosition {
  const result = new orderer.SeekPosition();
  if (typeof position === 'number') {
    const specified = new orderer.SeekSpecified();
    specified.setNumber(position);
    result.setSpecified(specified);
  } else if (position === 'oldest') {
    result.setOldest(new orderer.SeekOldest());
  } else if (position === 'newest') {
    result.setNewest(new orderer.SeekNewest());
  } else {
    result.setNextCommit(new orderer.SeekNextCommit());
  }
  return result;
}

/** From one position to another; without one of them where it is undefined. */
export function seek(start: Position | undefined, stop: Position | undefined, failIfNotReady = true): orderer.SeekInfo {
  const info = new orderer.SeekInfo();
  info.setStart(start === undefined ? undefined : positionOf(start));
  info.setStop(stop === undefined ? undefined : positionOf(stop));
  info.setBehavior(orderer.SeekInfo.SeekBehavior[failIfNotReady ? 'FAIL_IF_NOT_READY' : 'BLOCK_UNTIL_READY']);
  return info;
}

export interface SeekRequest {
  readonly info: orderer.SeekInfo;
  readonly timestamp?: Date;
  readonly channel?: string;
}

export async function seekEnvelope(asker: TestIdentity, request: SeekRequest): Promise<common.Envelope> {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.DELIVER_SEEK_INFO);
  channelHeader.setChannelId(request.channel ?? CHANNEL);
  channelHeader.setTimestamp(Timestamp.fromDate(request.timestamp ?? new Date()));
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(serialize(asker.mspId, asker));
  signatureHeader.setNonce(Buffer.from('nonce'));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(request.info.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(await signerOf(asker)(envelope.getPayload_asU8()));
  return envelope;
}
