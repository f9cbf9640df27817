/** Cases of bytes that are no message: at every service, and in every part of a message that a service takes apart. */
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { outcomeOf, type Context } from '../support/context.js';
import { EMPTY, seekEnvelope, signedEnvelope, type SignedProposal } from '../support/messages.js';
import type { Case } from '../support/suite.js';
import { broadcastAll, deliverFromOrderer, rawToOrderer } from '../support/wire.js';

/** A number that does not end. */
const JUNK = Buffer.from([0xff, 0xff]);

/** Each is no message for a reason of its own. */
const NO_MESSAGES: Readonly<Record<string, Buffer>> = {
  endless: JUNK,
  short: Buffer.from([0x0a, 0x05, 0x61]),
  fieldZero: Buffer.from([0x00]),
  endOfNoGroup: Buffer.from([0x0c]),
  openGroup: Buffer.from([0x0b]),
  noSuchType: Buffer.from([0x0e]),
};

const PEER_METHODS = [
  'gateway.Gateway/Evaluate',
  'gateway.Gateway/Endorse',
  'gateway.Gateway/Submit',
  'gateway.Gateway/CommitStatus',
  'gateway.Gateway/ChaincodeEvents',
  'protos.Endorser/ProcessProposal',
  'protos.Deliver/Deliver',
  'protos.Deliver/DeliverFiltered',
  'protos.Deliver/DeliverWithPrivateData',
];
const ORDERER_METHODS = ['orderer.AtomicBroadcast/Broadcast', 'orderer.AtomicBroadcast/Deliver'];

async function byReason(send: (bytes: Uint8Array) => Promise<unknown>): Promise<object> {
  const outcomes = Object.entries(NO_MESSAGES).map(async ([reason, bytes]) => [reason, await send(bytes)] as const);
  return Object.fromEntries(await Promise.all(outcomes));
}

/** Bytes that are no request at all. */
const noRequest = (method: string, send: (t: Context, bytes: Uint8Array) => Promise<unknown>): Case => ({
  id: `bytes-${method.replace(/^.*\./, '').replace('/', '-').toLowerCase()}`,
  name: `${method} refuses bytes that are no message`,
  run: (t) => byReason((bytes) => send(t, bytes)),
});

type ProposalPart = 'proposal' | 'header' | 'channelHeader' | 'signatureHeader' | 'payload';

/** A proposal in which one part is junk; its creator signed it so. */
function spoiled(t: Context, part: ProposalPart): SignedProposal {
  const { proposal, creator, txId } = t.proposal({ steps: [] });
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  if (part === 'channelHeader') header.setChannelHeader(JUNK);
  if (part === 'signatureHeader') header.setSignatureHeader(JUNK);
  proposal.setHeader(part === 'header' ? JUNK : header.serializeBinary());
  if (part === 'payload') proposal.setPayload(JUNK);
  const bytes = part === 'proposal' ? JUNK : proposal.serializeBinary();
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(bytes);
  signed.setSignature(creator.sign(bytes));
  return { txId, creator, proposal, signed };
}

const spoiledProposal = (part: ProposalPart): Case => ({
  id: `bytes-proposal-${part.toLowerCase()}`,
  name: `A proposal whose ${part} is no message is refused by the gateway and by the endorser`,
  // The gateway drops its connections to peers that refuse.
  alone: true,
  run: async (t) => {
    const { signed } = spoiled(t, part);
    const evaluate = new gateway.EvaluateRequest();
    evaluate.setProposedTransaction(signed);
    const endorse = new gateway.EndorseRequest();
    endorse.setProposedTransaction(signed);
    const wire = t.net.wires.Org1;
    return {
      evaluate: await outcomeOf(wire.evaluate(evaluate).then(() => 'answered')),
      endorse: await outcomeOf(wire.endorse(endorse).then(() => 'answered')),
      process: await outcomeOf(wire.process(signed).then((reply) => reply.getResponse()?.toObject())),
    };
  },
});

type EnvelopePart = 'payload' | 'noHeader' | 'emptyHeader' | 'channelHeader' | 'signatureHeader' | 'data';

/** The envelope with one part that is junk or not there, signed again. */
function spoil(t: Context, envelope: common.Envelope, part: EnvelopePart): common.Envelope {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const header = payload.getHeader() ?? new common.Header();
  if (part === 'channelHeader') header.setChannelHeader(JUNK);
  if (part === 'signatureHeader') header.setSignatureHeader(JUNK);
  if (part === 'noHeader') payload.setHeader(undefined);
  if (part === 'emptyHeader') payload.setHeader(new common.Header());
  if (part === 'data') payload.setData(JUNK);
  const bytes = part === 'payload' ? JUNK : payload.serializeBinary();
  return signedEnvelope(bytes, t.net.users.Org1.sign(bytes));
}

const ENVELOPE_PARTS: readonly EnvelopePart[] = [
  'payload',
  'noHeader',
  'emptyHeader',
  'channelHeader',
  'signatureHeader',
  'data',
];

const spoiledSeek = (part: EnvelopePart): Case => ({
  id: `bytes-seek-${part.toLowerCase()}`,
  name: `A seek with a fault of its ${part} is a bad request`,
  run: async (t) => {
    const { Org1 } = t.net.users;
    const seek = { creator: Org1, channel: t.net.channel, start: 0, stop: 0 };
    const request = spoil(t, seekEnvelope(seek), part);
    const [atPeer, atOrderer] = await Promise.all([
      t.net.wires.Org1.deliver('deliver', request, 3),
      deliverFromOrderer(t.net.orderer, request, 3),
    ]);
    const shape = ({ responses, error }: typeof atPeer): unknown => ({
      statuses: responses.map((each) => each.getStatus()),
      error,
    });
    return { atPeer: shape(atPeer), atOrderer: shape(atOrderer) };
  },
});

const spoiledBroadcast = (part: Exclude<EnvelopePart, 'data'>): Case => ({
  id: `bytes-broadcast-${part.toLowerCase()}`,
  name: `The ordering service refuses an envelope with a fault of its ${part}`,
  run: async (t) => {
    const { envelope } = await t.prepare({ chaincode: 'any', targets: ['Org1MSP'], steps: [] });
    const broken = spoil(t, envelope, part);
    const direct = await outcomeOf(broadcastAll(t.net.orderer, [broken]).then(([reply]) => reply));
    const request = new gateway.SubmitRequest();
    request.setChannelId(t.net.channel);
    request.setPreparedTransaction(broken);
    return { direct, byGateway: await outcomeOf(t.net.wires.Org1.submit(request).then(() => 'taken')) };
  },
});

/** Anything, sent as an update of the configuration. */
function updateEnvelope(t: Context, data: Uint8Array): common.Envelope {
  const { Org1 } = t.net.admins;
  const payload = common.Payload.deserializeBinary(
    seekEnvelope({ creator: Org1, channel: t.net.channel }).getPayload_asU8(),
  );
  const header = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? EMPTY);
  header.setType(common.HeaderType.CONFIG_UPDATE);
  payload.getHeader()?.setChannelHeader(header.serializeBinary());
  payload.setData(data);
  const bytes = payload.serializeBinary();
  return signedEnvelope(bytes, Org1.sign(bytes));
}

export const UNDECODABLE: readonly Case[] = [
  ...PEER_METHODS.map((method) => noRequest(method, (t, bytes) => t.net.wires.Org1.raw(`/${method}`, bytes))),
  ...ORDERER_METHODS.map((method) => noRequest(method, (t, bytes) => rawToOrderer(t.net.orderer, `/${method}`, bytes))),
  ...(['proposal', 'header', 'channelHeader', 'signatureHeader', 'payload'] as const).map(spoiledProposal),
  ...ENVELOPE_PARTS.map(spoiledSeek),
  ...ENVELOPE_PARTS.filter((part) => part !== 'data').map(spoiledBroadcast),
  {
    id: 'bytes-broadcast-empty-channel-header',
    name: 'A channel header that is there and empty names no channel',
    run: (t) => {
      const payload = Buffer.from([0x0a, 0x02, 0x0a, 0x00]);
      const envelope = signedEnvelope(payload, t.net.users.Org1.sign(payload));
      return outcomeOf(broadcastAll(t.net.orderer, [envelope]).then(([reply]) => reply));
    },
  },
  ...(['envelope', 'content', 'signer'] as const).map((part): Case => ({
    id: `bytes-update-${part}`,
    name: `An update of the configuration whose ${part} is no message is a bad request`,
    run: async (t) => {
      const signature = new common.ConfigSignature();
      signature.setSignatureHeader(part === 'signer' ? JUNK : EMPTY);
      const update = new common.ConfigUpdateEnvelope();
      const content = new common.ConfigUpdate();
      content.setChannelId(t.net.channel);
      update.setConfigUpdate(part === 'content' ? JUNK : content.serializeBinary());
      update.setSignaturesList([signature]);
      const envelope = updateEnvelope(t, part === 'envelope' ? JUNK : update.serializeBinary());
      return outcomeOf(broadcastAll(t.net.orderer, [envelope]).then(([reply]) => reply));
    },
  })),
  {
    id: 'bytes-status',
    name: 'A signed request for a status that is none',
    run: async (t) => {
      const request = new gateway.SignedCommitStatusRequest();
      request.setRequest(JUNK);
      return [
        await outcomeOf(t.net.wires.Org1.commitStatus(request)),
        await outcomeOf(t.net.wires.Org1.commitStatus(new gateway.SignedCommitStatusRequest())),
      ];
    },
  },
  {
    id: 'bytes-events',
    name: 'A signed request for events that is none',
    run: async (t) => {
      const request = new gateway.SignedChaincodeEventsRequest();
      request.setRequest(JUNK);
      return [
        await t.net.wires.Org1.events(request, 1),
        await t.net.wires.Org1.events(new gateway.SignedChaincodeEventsRequest(), 1),
      ];
    },
  },
  {
    id: 'bytes-lifecycle',
    name: 'Arguments of the life cycle that are none',
    run: async (t) => {
      const ask = (name: string): Promise<unknown> => t.evaluate({ chaincode: '_lifecycle', args: [name, JUNK] });
      return [await ask('QueryChaincodeDefinition'), await ask('QueryChaincodeDefinitions')];
    },
  },
  {
    id: 'bytes-stream',
    name: 'Requests of a chaincode that are none',
    run: async (t) => {
      const { Type } = peer.ChaincodeMessage;
      const asked = [
        'GET_STATE',
        'GET_STATE_MULTIPLE',
        'GET_PRIVATE_DATA_HASH',
        'PUT_STATE',
        'DEL_STATE',
        'PURGE_PRIVATE_DATA',
        'GET_STATE_METADATA',
        'PUT_STATE_METADATA',
        'WRITE_BATCH_STATE',
        'GET_STATE_BY_RANGE',
        'QUERY_STATE_NEXT',
        'QUERY_STATE_CLOSE',
        'GET_QUERY_RESULT',
        'GET_HISTORY_FOR_KEY',
        'INVOKE_CHAINCODE',
      ] as const;
      const outcomes = asked.map(
        async (type) =>
          [
            type,
            await t.evaluate({
              chaincode: 'any',
              steps: [{ do: 'ask', type: Type[type], payload: JUNK.toString('base64'), caught: true }],
            }),
          ] as const,
      );
      return Object.fromEntries(await Promise.all(outcomes));
    },
  },
];
