/** Every service of a peer that somebody of another organisation can reach, and what it gives: bytes, or a refusal. */
import type { Client } from '@grpc/grpc-js';
import type { BookKind } from '@tenor/client';
import { common, gateway, orderer, peer } from '@hyperledger/fabric-protos';
import { openTransport, type Transport } from '../../client/src/transport.js';
import { newP256Signer } from '../../client/src/signer.js';
import { createPrivateKey } from 'node:crypto';
import type { Guest } from './ledger.js';

/** What a guest knows from the blocks, and asks with. */
export interface GuestKnowledge {
  readonly kinds: readonly BookKind[];
  /** Of a certificate, and of a slice. */
  readonly ids: readonly [certificateId: string, sliceId: string];
  readonly transactionId: string;
  readonly party: string;
  readonly height: number;
  /** Organisations whose peers a gateway may be asked to turn to. */
  readonly hostMspId: string;
}

/** A guest with all that it needs to ask. */
interface Visit extends GuestKnowledge {
  readonly transport: Transport;
  readonly client: Client;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
  readonly channel: string;
}

type Question = () => Promise<Uint8Array>;
type Service = (visit: Visit) => readonly Question[];

/** A query through the gateway, run at the host. */
const evaluate =
  ({ transport, hostMspId }: Visit, chaincode: string, name: string, args: (string | Uint8Array)[]): Question =>
  () =>
    transport.network.getContract(chaincode).evaluate(name, { arguments: args, endorsingOrganizations: [hostMspId] });

const ask = (visit: Visit, name: string, request: object): Question =>
  evaluate(visit, 'tenor', name, [JSON.stringify(request)]);

/** The same without a gateway: the proposal goes to the peer's endorser itself. */
const endorse =
  ({ transport, client, sign }: Visit, name: string, request: object): Question =>
  async () => {
    const proposal = transport.contract.newProposal(name, { arguments: [JSON.stringify(request)] });
    const signed = gateway.ProposedTransaction.deserializeBinary(proposal.getBytes()).getProposal();
    const message = new peer.SignedProposal();
    message.setProposalBytes(signed?.getProposalBytes_asU8() ?? new Uint8Array());
    message.setSignature(await sign(message.getProposalBytes_asU8()));
    const response = await unary(client, '/protos.Endorser/ProcessProposal', message.serializeBinary());
    const answer = peer.ProposalResponse.deserializeBinary(response).getResponse();
    if (answer?.getStatus() !== 200) throw new Error(answer?.getMessage());
    return response;
  };

function unary(client: Client, method: string, request: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      method,
      (bytes: Uint8Array) => Buffer.from(bytes),
      (bytes) => bytes,
      request,
      { deadline: Date.now() + 10_000 },
      (error, value) => {
        if (error === null && value !== undefined) resolve(value);
        else reject(error ?? new Error('no answer'));
      },
    );
  });
}

/** All blocks in one stream; it ends with a status. */
const deliver =
  ({ transport, client, sign }: Visit, method: string): Question =>
  async () => {
    const envelope = common.Envelope.deserializeBinary(
      transport.network.newBlockAndPrivateDataEventsRequest().getBytes(),
    );
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    payload.setData(everything().serializeBinary());
    envelope.setPayload(payload.serializeBinary());
    envelope.setSignature(await sign(envelope.getPayload_asU8()));
    const stream = client.makeBidiStreamRequest(
      `/protos.Deliver/${method}`,
      (message: common.Envelope) => Buffer.from(message.serializeBinary()),
      (bytes) => bytes,
      { deadline: Date.now() + 20_000 },
    );
    const answers: AsyncIterator<Buffer, undefined> = stream[Symbol.asyncIterator]();
    stream.write(envelope);
    const blocks: Buffer[] = [];
    for (;;) {
      const { value } = await answers.next();
      const status = value === undefined ? 0 : peer.DeliverResponse.deserializeBinary(value).getStatus();
      if (value === undefined || status !== 0) {
        stream.cancel();
        if (status === common.Status.SUCCESS) return Buffer.concat(blocks);
        throw new Error(`status ${String(status)}`);
      }
      blocks.push(value);
    }
  };

function everything(): orderer.SeekInfo {
  const [start, stop] = [new orderer.SeekPosition(), new orderer.SeekPosition()];
  start.setOldest(new orderer.SeekOldest());
  stop.setNewest(new orderer.SeekNewest());
  const seek = new orderer.SeekInfo();
  seek.setStart(start);
  seek.setStop(stop);
  return seek;
}

/** Events of the chaincode since block 0, up to one that names the certificate. */
const events =
  ({ transport, ids: [wanted] }: Visit): Question =>
  async () => {
    const stream = await transport.network.getChaincodeEvents('tenor', { startBlock: 0n });
    const heard: Buffer[] = [];
    try {
      for await (const { eventName, payload } of stream) {
        heard.push(Buffer.from(eventName), Buffer.from(payload));
        if (Buffer.from(payload).includes(wanted)) break;
      }
    } finally {
      stream.close();
    }
    return Buffer.concat(heard);
  };

const definition = (): Uint8Array => {
  const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
  args.setName('tenor');
  return args.serializeBinary();
};

/** By the name under which the record of what members see knows it. */
export const SERVICES = {
  'the query for a record': (visit) =>
    visit.kinds.map((kind) => ask(visit, 'book:get', { kind, id: kind === 'slice' ? visit.ids[1] : visit.ids[0] })),
  'the query for a list of records': (visit) => visit.kinds.map((kind) => ask(visit, 'book:list', { kind })),
  'the queries that prepare a submit': (visit) =>
    ['command:open', 'command:plan'].flatMap((name) =>
      visit.ids.slice(1).map((sliceId) =>
        ask(visit, name, {
          command: 'slice:split',
          request: { sliceId, partIds: ['A'.repeat(22), 'B'.repeat(22)] },
        }),
      ),
    ),
  'the same queries at the endorser of the peer, without a gateway': (visit) => [
    ...(['slice', 'face'] as const).map((kind) => endorse(visit, 'book:list', { kind })),
    ...visit.ids.map((id) => endorse(visit, 'book:get', { kind: 'slice', id })),
  ],
  'blocks with private values': (visit) => [deliver(visit, 'DeliverWithPrivateData')],
  'whole blocks as events': (visit) => [deliver(visit, 'Deliver')],
  'filtered blocks': (visit) => [deliver(visit, 'DeliverFiltered')],
  'chaincode events': (visit) => [events(visit)],
  'the registry': (visit) => [
    ask(visit, 'registry:get', { kind: 'party', id: visit.party }),
    ask(visit, 'registry:get', { kind: 'businessDate' }),
  ],
  'blocks by the system query': (visit) => [
    ...[...new Set([0, visit.height >> 1, visit.height - 1])].map((number) =>
      evaluate(visit, 'qscc', 'GetBlockByNumber', [visit.channel, String(number)]),
    ),
    evaluate(visit, 'qscc', 'GetBlockByTxID', [visit.channel, visit.transactionId]),
    evaluate(visit, 'qscc', 'GetTransactionByID', [visit.channel, visit.transactionId]),
    evaluate(visit, 'qscc', 'GetChainInfo', [visit.channel]),
  ],
  "the channel's configuration": (visit) => [
    evaluate(visit, 'cscc', 'GetChannelConfig', [visit.channel]),
    evaluate(visit, 'cscc', 'GetConfigBlock', [visit.channel]),
  ],
  'the definition of the chaincode': (visit) => [
    evaluate(visit, '_lifecycle', 'QueryChaincodeDefinition', [definition()]),
  ],
  'what a peer answers to its own administrators alone: installed chaincode, approvals, joining a channel': (visit) => [
    ...['QueryInstalledChaincodes', 'GetInstalledChaincodePackage', 'QueryApprovedChaincodeDefinition'].map((name) =>
      evaluate(visit, '_lifecycle', name, [new Uint8Array()]),
    ),
    evaluate(visit, 'cscc', 'JoinChain', [new Uint8Array()]),
  ],
} as const satisfies Readonly<Record<string, Service>>;

/** What changed chaincode reads of a foreign book at the peer of who changed it. */
export const CHANGED_CHAINCODE = {
  "private values, asked for by changed chaincode at the member's own peer": ['getPrivate', 'getPrivateRange'],
  'changed chaincode at home: hashes': ['getPrivateHash'],
  'changed chaincode at home: key policies': ['getPrivatePolicy'],
} as const;

/** Name of a service. */
export type ServiceName = keyof typeof SERVICES | keyof typeof CHANGED_CHAINCODE;

/** What one service gave one guest. */
export interface Given {
  readonly service: ServiceName;
  /** The answers; empty where every question was refused. */
  readonly answers: readonly Uint8Array[];
  /** What the refusals said. */
  readonly refusals: readonly string[];
}

async function put(service: ServiceName, questions: readonly Question[]): Promise<Given> {
  const answers: Uint8Array[] = [];
  const refusals: string[] = [];
  for (const question of questions) {
    try {
      answers.push(await question());
    } catch (error) {
      refusals.push(error instanceof Error ? `${error.message} ${JSON.stringify(error)}` : String(error));
    }
  }
  return { service, answers, refusals };
}

/** Asks everything. */
export async function askEverything(
  { connection, grpcClient }: Guest,
  knows: GuestKnowledge,
): Promise<readonly Given[]> {
  const transport = openTransport(connection, { grpcClient });
  const visit: Visit = {
    ...knows,
    ...{ transport, client: grpcClient, channel: connection.channel },
    sign: newP256Signer(createPrivateKey(connection.privateKey ?? '')),
  };
  const given: Given[] = [];
  try {
    for (const [name, service] of Object.entries(SERVICES) as [keyof typeof SERVICES, Service][])
      given.push(await put(name, service(visit)));
  } finally {
    transport.close();
    grpcClient.close();
  }
  return given;
}

/** Reads other books by changed chaincode at the guest's own peer; what is not there is no answer. */
export async function askByChangedChaincode(
  transport: Transport,
  foreign: readonly string[],
  keys: readonly string[],
): Promise<readonly Given[]> {
  const read =
    (operation: object): Question =>
    async () => {
      const options = { arguments: [JSON.stringify([operation])], endorsingOrganizations: [transport.mspId] };
      const answer = await transport.contract.evaluate('read', options);
      const [result] = JSON.parse(Buffer.from(answer).toString('utf8')) as readonly [string];
      if (result === '') throw new Error('nothing is there');
      return Buffer.from(result, 'base64');
    };
  const given: Given[] = [];
  for (const [service, operations] of Object.entries(CHANGED_CHAINCODE) as [ServiceName, readonly string[]][]) {
    const questions = foreign.flatMap((mspId) =>
      operations.flatMap((op) => keys.map((key) => read({ op, collection: `_implicit_org_${mspId}`, key }))),
    );
    given.push(await put(service, questions));
  }
  return given;
}
