/** Cases of requests that lack a part, or come from somebody without the right. Each call has its own text for the refusal. */
import { gateway } from '@hyperledger/fabric-protos';
import { outcomeOf, Retry, type Context } from '../support/context.js';
import { OpenEnvelope } from '../support/envelope.js';
import { signedEnvelope } from '../support/messages.js';
import { outOf } from '../support/policy.js';
import type { Case } from '../support/suite.js';
import { put } from './blocks.js';

const GARBAGE = Buffer.from([0xff, 0xff]);

function statusRequest(t: Context, change: (request: gateway.CommitStatusRequest) => void): Promise<unknown> {
  const request = new gateway.CommitStatusRequest();
  request.setTransactionId('ab');
  request.setChannelId(t.net.channel);
  request.setIdentity(t.net.users.Org1.bytes);
  change(request);
  return signedStatus(t, request.serializeBinary());
}

function signedStatus(t: Context, bytes: Uint8Array): Promise<unknown> {
  const signed = new gateway.SignedCommitStatusRequest();
  signed.setRequest(bytes);
  signed.setSignature(t.net.users.Org1.sign(bytes));
  return outcomeOf(t.net.wires.Org1.commitStatus(signed));
}

const statuses = async (t: Context, seek: Parameters<Context['deliver']>[1]): Promise<unknown> => {
  const { responses, error } = await t.deliver('deliver', { start: 0, stop: 0, wanted: 2, ...seek });
  return { parts: responses.map((each) => (each.hasBlock() ? 'block' : each.getStatus())), error };
};

const LIFECYCLE_ARGS = ['QueryChaincodeDefinition', ''] as const;

export const MISSING: readonly Case[] = [
  {
    id: 'm-evaluate',
    name: 'An evaluate without proposal is refused',
    run: (t) => outcomeOf(t.net.wires.Org1.evaluate(new gateway.EvaluateRequest())),
  },
  {
    id: 'm-endorse',
    name: 'An endorse without proposal is refused',
    run: (t) => outcomeOf(t.net.wires.Org1.endorse(new gateway.EndorseRequest())),
  },
  {
    id: 'm-submit',
    name: 'A submit without transaction is refused',
    run: (t) => outcomeOf(t.net.wires.Org1.submit(new gateway.SubmitRequest())),
  },
  { id: 'm-status', name: 'A status without request is refused', run: (t) => signedStatus(t, new Uint8Array()) },
  {
    id: 'm-status-garbage',
    name: 'A status request that is none is refused',
    run: async (t) => ((await signedStatus(t, GARBAGE)) as { code: string }).code,
  },
  {
    id: 'm-status-identity',
    name: 'A status needs an identity',
    run: (t) =>
      statusRequest(t, (request) => {
        request.setIdentity('');
      }),
  },
  {
    id: 'm-events',
    name: 'Chaincode events without request are refused',
    run: (t) => t.net.wires.Org1.events(new gateway.SignedChaincodeEventsRequest(), 1),
  },
  {
    id: 'm-named-channel',
    name: 'Organisations that were named are not asked on an unknown channel',
    run: (t) => t.submit({ channel: 'elsewhere', targets: ['Org1MSP'] }),
  },
  {
    id: 'm-limit',
    name: 'Of 501 calls at once one is too many',
    alone: true,
    run: async (t) => {
      const waiting = Array.from({ length: 500 }, () => outcomeOf(t.status('ab'.repeat(32), { timeoutMs: 6000 })));
      await t.sleep(2500);
      const refused = await outcomeOf(t.status('cd'.repeat(32), { timeoutMs: 1000 }));
      await Promise.all(waiting);
      // A call that found room waits in vain for its transaction: not all of the others had arrived.
      if (JSON.stringify(refused).includes('DEADLINE_EXCEEDED')) throw new Retry('there was room for one more');
      return refused;
    },
  },
  {
    id: 'm-not-hosted',
    name: 'A chaincode that those who should endorse it do not host cannot be planned for',
    alone: true,
    run: async (t) => {
      const chaincode = 'misplaced';
      await t.net.deploy(chaincode, { endorsementPolicy: outOf(1, 'Org1MSP.peer'), hosts: ['org2'] });
      return t.submit({ chaincode, steps: [put(t.key('k'))] });
    },
  },
  {
    id: 'm-private-read',
    name: 'Who reads private data is asked where they are',
    run: async (t) => {
      const at = { key: t.key('k'), collection: 'shared' };
      await t.given({ chaincode: 'any', steps: [{ do: 'put', ...at, value: 'v' }] });
      return t.submit({ steps: [{ do: 'get', ...at }, put(t.key('o'), 'v', 'own')] });
    },
  },
  {
    id: 'm-outsider-status',
    name: 'A status is not for clients of the ordering organisation',
    run: (t) => outcomeOf(t.status('ab', { by: t.net.odd.outsider })),
  },
  {
    id: 'm-outsider-events',
    name: 'Chaincode events are not for clients of the ordering organisation',
    run: (t) => t.events({ by: t.net.odd.outsider }),
  },
  {
    id: 'm-outsider-blocks',
    name: 'Blocks are not for clients of the ordering organisation',
    run: (t) => statuses(t, { creator: t.net.odd.outsider }),
  },
  {
    id: 'm-outsider-qscc',
    name: 'qscc, cscc and the life cycle are not for clients of the ordering organisation',
    run: async (t) => {
      const creator = t.net.odd.outsider;
      return [
        await t.evaluate({ creator, chaincode: 'qscc', args: ['GetChainInfo', t.net.channel] }),
        await t.evaluate({ creator, chaincode: 'cscc', args: ['GetConfigBlock', t.net.channel] }),
        await t.evaluate({ creator, chaincode: '_lifecycle', args: LIFECYCLE_ARGS }),
      ];
    },
  },
  {
    id: 'm-outsider-orders',
    name: 'A client of the ordering organisation may write to the channel, and who endorsed it decides',
    alone: true,
    run: async (t) => {
      const prepared = await t.endorsed({ chaincode: 'any', steps: [put(t.key('k'))] });
      const creator = t.net.odd.outsider;
      const open = new OpenEnvelope(prepared.envelope);
      const nonce = open.signatureHeader.getNonce_asU8();
      open.signatureHeader.setCreator(creator.bytes);
      open.transaction.getActionsList()[0]?.setHeader(open.signatureHeader.serializeBinary());
      open.channelHeader.setTxId(creator.txId(nonce));
      open.rehash();
      open.endorseBy(t.net.peers.Org1);
      const payload = open.seal();
      const txId = open.channelHeader.getTxId();
      return t.commit({ txId, creator, envelope: signedEnvelope(payload, creator.sign(payload)) });
    },
  },
  {
    id: 'm-cscc',
    name: 'cscc wants a channel that exists and a function that it has',
    run: async (t) => [
      await t.evaluate({ chaincode: 'cscc', args: ['GetConfigBlock', 'elsewhere'] }),
      await t.evaluate({ chaincode: 'cscc', args: ['GetConfigBlock'] }),
      await t.evaluate({ chaincode: 'cscc', args: ['Nothing', t.net.channel] }),
    ],
  },
  {
    id: 'm-lifecycle',
    name: 'The life cycle wants two arguments, and knows what is defined',
    run: async (t) => [
      await t.evaluate({ chaincode: '_lifecycle', args: ['QueryChaincodeDefinition'] }),
      await t.evaluate({ chaincode: '_lifecycle', args: ['QueryChaincodeDefinition', '\n\u0007nowhere'] }),
    ],
  },
  {
    id: 'm-seek-time',
    name: 'A seek needs a time',
    run: (t) => statuses(t, { timestamp: null }),
  },
  {
    id: 'm-seek-signature',
    name: 'A seek needs the signature of its creator',
    run: (t) => statuses(t, { sign: (message) => t.net.users.Org2.sign(message) }),
  },
  {
    id: 'm-nameless-event',
    name: 'An event without name is no chaincode event',
    alone: true,
    run: async (t) => {
      const steps = [put(t.key('k')), { do: 'event', name: 'e' }] as const;
      const prepared = await t.endorsed({ chaincode: 'any', steps });
      const open = new OpenEnvelope(prepared.envelope);
      // A field of one byte: the name.
      const events = Buffer.from(open.chaincodeAction.getEvents_asU8());
      const at = events.indexOf(Buffer.from([0x1a, 1, 'e'.charCodeAt(0)]));
      open.chaincodeAction.setEvents(Buffer.concat([events.subarray(0, at), events.subarray(at + 3)]));
      open.endorseBy(t.net.peers.Org1);
      const payload = open.seal();
      const envelope = signedEnvelope(payload, prepared.creator.sign(payload));
      const code = await t.commit({ ...prepared, envelope });
      const { block } = await t.status(prepared.txId);
      const { events: seen } = await t.events({ from: block });
      return [at > 0, code, seen.filter((each) => (each as { txId: string }).txId === prepared.txId)];
    },
  },
];
