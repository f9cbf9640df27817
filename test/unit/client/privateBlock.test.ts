/** What counts as a peer's refusal to hand over a private block, and what does not. */
import { generateKeyPairSync } from 'node:crypto';
import { Metadata, status as grpc, type Client } from '@grpc/grpc-js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { common, orderer, peer } from '@hyperledger/fabric-protos';
import type { TenorError } from '../../../chaincode/src/protocol/errors.js';
import { askForPrivateBlock } from '../../../client/src/closedBooks/privateBlock.js';
import { openTransport } from '../../../client/src/transport.js';

const { privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const CONNECTION = {
  ...{ endpoint: 'nowhere', mspId: 'BankMSP', channel: 'tenor', chaincode: 'tenor' },
  ...{ certificate: 'CERTIFICATE', privateKey },
};

/** What the peer does: answers, hangs up, or fails. */
type Act = () => AsyncGenerator<peer.DeliverResponse>;

const answering = (...responses: readonly peer.DeliverResponse[]): Act =>
  async function* () {
    yield* await Promise.resolve(responses);
  };
const failing = (error: object): Act =>
  // eslint-disable-next-line require-yield -- it fails before it has anything to say
  async function* () {
    await Promise.reject(Object.assign(new Error('failed'), error));
  };
const statusOf = (code: keyof common.StatusMap): peer.DeliverResponse => {
  const response = new peer.DeliverResponse();
  response.setStatus(common.Status[code]);
  return response;
};
const block = (): peer.DeliverResponse => {
  const response = new peer.DeliverResponse();
  response.setBlockAndPrivateData(new peer.BlockAndPrivateData());
  return response;
};
const rpc = (code: grpc): Act => failing({ code, details: '', metadata: new Metadata() });

let sent: { method: string; request: common.Envelope; deadline: number }[] = [];
let cancelled = 0;
beforeEach(() => {
  sent = [];
  cancelled = 0;
});

function client(act: Act): Client {
  const makeBidiStreamRequest = (method: string, _to: unknown, _from: unknown, options: { deadline: number }): object =>
    Object.assign(act(), {
      write: (request: common.Envelope) => sent.push({ method, request, ...options }),
      cancel: () => (cancelled += 1),
    });
  return { makeBidiStreamRequest, close: () => undefined } as unknown as Client;
}

function ask(act: Act): Promise<unknown> {
  const grpcClient = client(act);
  const signer = (message: Uint8Array): Promise<Uint8Array> => Promise.resolve(Buffer.from(message).reverse());
  const { network } = openTransport(CONNECTION, { grpcClient });
  return askForPrivateBlock({ client: grpcClient, network, signer, withinMs: 5_000 }).catch(
    (error: unknown) => (error as TenorError).code,
  );
}

describe('a private block', () => {
  it.each<[string, Act, string]>([
    ['FORBIDDEN', answering(statusOf('FORBIDDEN')), 'refused'],
    ['a block', answering(block()), 'handed over'],
    ['a block, and then a refusal', answering(block(), statusOf('FORBIDDEN')), 'handed over'],
    ['SUCCESS without a block', answering(statusOf('SUCCESS')), 'REFUSED_BY_NETWORK'],
    ['no such channel', answering(statusOf('NOT_FOUND')), 'REFUSED_BY_NETWORK'],
    ['a clock that is off', answering(statusOf('BAD_REQUEST')), 'REFUSED_BY_NETWORK'],
    ['an error of its own', answering(statusOf('INTERNAL_SERVER_ERROR')), 'REFUSED_BY_NETWORK'],
    ['that it cannot now', answering(statusOf('SERVICE_UNAVAILABLE')), 'UNAVAILABLE'],
    ['another kind of answer', answering(new peer.DeliverResponse()), 'REFUSED_BY_NETWORK'],
    ['nothing', answering(), 'UNAVAILABLE'],
    ['no connection', rpc(grpc.UNAVAILABLE), 'UNAVAILABLE'],
    ['no answer in time', rpc(grpc.DEADLINE_EXCEEDED), 'UNAVAILABLE'],
    ['PERMISSION_DENIED, as a proxy says it and no peer', rpc(grpc.PERMISSION_DENIED), 'REFUSED_BY_NETWORK'],
    ['UNAUTHENTICATED', rpc(grpc.UNAUTHENTICATED), 'REFUSED_BY_NETWORK'],
    ['that it has no such service', rpc(grpc.UNIMPLEMENTED), 'REFUSED_BY_NETWORK'],
    ['an error that is none of gRPC', failing({}), 'REFUSED_BY_NETWORK'],
  ])('to %s', async (_what, act, expected) => {
    expect(await ask(act)).toBe(expected);
    expect(cancelled).toBe(1);
  });

  it('is asked for by one signed request for the newest block, within the deadline of an evaluate', async () => {
    const before = Date.now();
    await ask(answering(statusOf('FORBIDDEN')));
    const [{ method, request, deadline } = { method: '', request: new common.Envelope(), deadline: 0 }, ...more] = sent;
    expect([method, more]).toEqual(['/protos.Deliver/DeliverWithPrivateData', []]);
    expect(deadline - before).toBeGreaterThanOrEqual(5_000);
    expect(deadline - before).toBeLessThan(7_000);
    expect(Buffer.from(request.getSignature_asU8()).reverse()).toEqual(Buffer.from(request.getPayload_asU8()));
    const payload = common.Payload.deserializeBinary(request.getPayload_asU8());
    const header = common.ChannelHeader.deserializeBinary(
      payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
    );
    expect([header.getChannelId(), header.getType()]).toEqual(['tenor', common.HeaderType.DELIVER_SEEK_INFO]);
    const seek = orderer.SeekInfo.deserializeBinary(payload.getData_asU8());
    expect([seek.getStart()?.hasNewest(), seek.getStop()?.hasNewest()]).toEqual([true, true]);
  });
});
