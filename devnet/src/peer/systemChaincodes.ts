// The chaincodes that every peer brings along, as far as clients evaluate them: each answers from what the peer has.
import { common, peer } from '@hyperledger/fabric-protos';
import { unmarshal, within, type MessageClass } from '../decode.js';
import type { SignedData } from '../identity/membership.js';
import {
  applicationPolicyOf,
  definitionIn,
  definitionNames,
  LIFECYCLE,
  type ChaincodeDefinition,
} from '../ledger/definition.js';
import { checkDefinition } from '../ledger/definitionCheck.js';
import type { Chain, CommittedBlock } from '../ledger/chain.js';
import { messageOf } from '../messageOf.js';
import type { Channel } from '../channel.js';
import { assembleBlock } from '../orderer/blockWriter.js';
import type { PeerLedger } from './peerLedger.js';

export interface SystemCall {
  /** Of the peer's own organisation. */
  readonly mspId: string;
  readonly channel: Channel;
  readonly chain: Chain;
  readonly ledger: PeerLedger;
  /** The channel of the proposal; "" when it has none. */
  readonly channelId: string;
  readonly args: readonly Uint8Array[];
  readonly signed: SignedData;
}

type Query = (call: SystemCall, argument: Uint8Array) => Uint8Array;

const NAMES: ReadonlySet<string> = new Set(['qscc', 'cscc', 'lscc', LIFECYCLE]);

/** Whether every peer has a chaincode of this name by itself. */
export function isSystemChaincode(name: string): boolean {
  return NAMES.has(name);
}

/** Runs one. What it cannot do is in the response. */
export function runSystemChaincode(name: string, call: SystemCall): peer.Response {
  const run = PROGRAMS[name];
  try {
    if (!run) {
      throw new Error(`devnet does not serve the system chaincode ${name}: its definitions come from deploy`);
    }
    return success(run(call));
  } catch (error) {
    const response = new peer.Response();
    response.setStatus(error instanceof NotDefined ? 404 : 500);
    response.setMessage(messageOf(error));
    return response;
  }
}

class NotDefined extends Error {}

const PROGRAMS: Readonly<Record<string, (call: SystemCall) => Uint8Array>> = {
  qscc: (call) => {
    const [name, channelId, argument] = texts(call);
    if (name === undefined || channelId === undefined) {
      throw new Error(`Incorrect number of arguments, ${String(call.args.length)}`);
    }
    if (name !== 'GetChainInfo' && argument === undefined) {
      throw new Error(`missing 3rd argument for ${name}`);
    }
    if (channelId !== call.channel.name) {
      throw new Error(`Invalid chain ID, ${channelId}`);
    }
    requireAccess(call, `qscc/${name}`, (refusal) => `[${name}][${channelId}]: [${refusal}]`);
    const query = QSCC[name];
    if (!query) {
      throw new Error(`Requested function ${name} not found.`);
    }
    return query(call, call.args[2] ?? new Uint8Array());
  },
  cscc: (call) => {
    const [name = '', channelId] = texts(call);
    if (name === 'GetChannels') {
      requireMember(call, name);
      const info = new peer.ChannelInfo();
      info.setChannelId(call.channel.name);
      const result = new peer.ChannelQueryResponse();
      result.setChannelsList([info]);
      return result.serializeBinary();
    }
    if (channelId === undefined) {
      throw new Error(`Incorrect number of arguments, ${String(call.args.length)}`);
    }
    const query = CSCC[name];
    if (!query) {
      throw new Error(`Requested function ${name} not found.`);
    }
    if (channelId !== call.channel.name) {
      throw new Error(
        `access denied for [${name}][${channelId}]: Failed to get policy manager for channel [${channelId}]`,
      );
    }
    requireAccess(call, `cscc/${name}`, (refusal) => `[${name}][${channelId}]: ${refusal}`);
    return query(call, new Uint8Array());
  },
  [LIFECYCLE]: (call) => {
    const [name = ''] = texts(call);
    if (call.args.length !== 2) {
      const count = String(call.args.length);
      throw new Error(`lifecycle scc operations require exactly two arguments but received ${count}`);
    }
    const refusal = call.channel.refusal(`${LIFECYCLE}/${name}`, call.signed);
    if (refusal !== undefined) {
      throw new Error(`Failed to authorize invocation due to failed ACL check: ${refusal}`);
    }
    const query = LIFECYCLE_QUERIES[name];
    if (!query) {
      throw notServed(name);
    }
    return query(call, call.args[1] ?? new Uint8Array());
  },
};

const QSCC: Readonly<Record<string, Query>> = {
  GetChainInfo: ({ ledger }) => {
    const last = ledger.block(ledger.height - 1);
    const info = new common.BlockchainInfo();
    info.setHeight(ledger.height);
    info.setCurrentblockhash(last?.hash ?? new Uint8Array());
    info.setPreviousblockhash(ledger.block(ledger.height - 2)?.hash ?? new Uint8Array());
    return info.serializeBinary();
  },
  GetBlockByNumber: ({ ledger }, argument) => {
    const number = readUint64(text(argument));
    const wanted = number === MAX_UINT64 ? ledger.height - 1 : Number(number);
    const problem = `Failed to get block number ${String(number)}, error no such block number [${String(number)}] in index`;
    return bytesOf(ledger.block(wanted), problem);
  },
  GetBlockByHash: ({ ledger, chain }, argument) => {
    const number = chain.numberOf(argument);
    const hex = Buffer.from(argument).toString('hex');
    const problem = `Failed to get block hash ${text(argument)}, error no such block hash [${hex}] in index`;
    return bytesOf(number === undefined ? undefined : ledger.block(number), problem);
  },
  GetBlockByTxID: ({ ledger }, argument) => {
    const id = text(argument);
    const problem = `Failed to get block for txID ${id}, error no such transaction ID [${id}] in index`;
    return bytesOf(ledger.block(ledger.status(id)?.block ?? -1), problem);
  },
  GetTransactionByID: ({ ledger }, argument) => {
    const id = text(argument);
    const status = ledger.status(id);
    if (!status) {
      throw new Error(`Failed to get transaction with id ${id}, error no such transaction ID [${id}] in index`);
    }
    const result = new peer.ProcessedTransaction();
    result.setTransactionenvelope(envelopes(ledger.block(status.block))[status.tx]);
    result.setValidationcode(status.code);
    return result.serializeBinary();
  },
};

const CSCC: Readonly<Record<string, Query>> = {
  GetConfigBlock: ({ ledger }) => bytesOf(ledger.block(ledger.configBlock), 'no configuration block'),
  GetChannelConfig: ({ channel }) => channel.config.serializeBinary(),
};

/** Throws with the lifecycle's text when the argument of one of its functions is none. */
function lifecycleArgument<T>(name: string, type: MessageClass<T>, argument: Uint8Array): T {
  return within(
    `failed to invoke backing implementation of '${name}': could not decode input arg for *lifecycle.Invocation.${name}`,
    () => unmarshal(type, argument),
  );
}

const LIFECYCLE_QUERIES: Readonly<Record<string, Query>> = {
  /** Says what is wrong with a definition. One that may be is written by deploy alone. */
  CommitChaincodeDefinition: (call, argument) => {
    const name = 'CommitChaincodeDefinition';
    const args = lifecycleArgument(name, peer.lifecycle.CommitChaincodeDefinitionArgs, argument);
    const collections = args.getCollections() ?? new peer.CollectionConfigPackage();
    within(`failed to invoke backing implementation of '${name}': error validating chaincode definition`, () => {
      checkDefinition(
        { name: args.getName(), version: args.getVersion(), collections },
        call.channel,
        definitionOf(call, args.getName()),
      );
    });
    throw notServed(name);
  },
  QueryChaincodeDefinition: (call, argument) => {
    const args = lifecycleArgument('QueryChaincodeDefinition', peer.lifecycle.QueryChaincodeDefinitionArgs, argument);
    const name = args.getName();
    const definition = definitionOf(call, name);
    if (!definition) {
      throw new NotDefined(`namespace ${name} is not defined`);
    }
    const result = new peer.lifecycle.QueryChaincodeDefinitionResult();
    describe(result, definition);
    call.channel.mspIds.forEach((mspId) => result.getApprovalsMap().set(mspId, true));
    return result.serializeBinary();
  },
  QueryChaincodeDefinitions: (call, argument) => {
    lifecycleArgument('QueryChaincodeDefinitions', peer.lifecycle.QueryChaincodeDefinitionsArgs, argument);
    const result = new peer.lifecycle.QueryChaincodeDefinitionsResult();
    for (const name of definitionNames(call.ledger.state)) {
      const definition = definitionOf(call, name);
      if (definition) {
        const entry = new peer.lifecycle.QueryChaincodeDefinitionsResult.ChaincodeDefinition();
        entry.setName(name);
        describe(entry, definition);
        result.addChaincodeDefinitions(entry);
      }
    }
    return result.serializeBinary();
  },
};

function notServed(name: string): Error {
  return new Error(`devnet does not serve ${name}: definitions are written by deploy`);
}

function readUint64(digits: string): bigint {
  if (!/^\d+$/.test(digits) || BigInt(digits) > MAX_UINT64) {
    const reason = /^\d+$/.test(digits) ? 'value out of range' : 'invalid syntax';
    throw new Error(`Failed to parse block number with error strconv.ParseUint: parsing "${digits}": ${reason}`);
  }
  return BigInt(digits);
}

const MAX_UINT64 = 2n ** 64n - 1n;

function requireAccess({ channel, signed }: SystemCall, resource: string, reason: (refusal: string) => string): void {
  const refusal = channel.refusal(resource, signed);
  if (refusal !== undefined) {
    throw new Error(`access denied for ${reason(refusal)}`);
  }
}

/** The creator is known and has signed: what is left to ask is whether it is of the peer's own organisation. */
function requireMember({ mspId, channel, signed }: SystemCall, name: string): void {
  const creator = channel.membership.identify(signed.identity);
  if (creator?.mspId !== mspId) {
    throw new Error(
      `access denied for [${name}]: Failed deserializing proposal creator during channelless check policy ` +
        `with policy [Members]: [expected MSP ID ${mspId}, received ${creator?.mspId ?? ''}]`,
    );
  }
}

function definitionOf({ ledger }: SystemCall, name: string): ChaincodeDefinition | undefined {
  return definitionIn(ledger.state, name);
}

function describe(
  target:
    | peer.lifecycle.QueryChaincodeDefinitionResult
    | peer.lifecycle.QueryChaincodeDefinitionsResult.ChaincodeDefinition,
  definition: ChaincodeDefinition,
): void {
  target.setSequence(definition.sequence);
  target.setVersion(definition.version);
  target.setEndorsementPlugin('escc');
  target.setValidationPlugin('vscc');
  target.setValidationParameter(applicationPolicyOf(definition.signaturePolicy));
  target.setInitRequired(definition.initRequired);
  target.setCollections(peer.CollectionConfigPackage.deserializeBinary(definition.collections));
}

function envelopes(block: CommittedBlock | undefined): common.Envelope[] {
  return (block?.envelopes ?? []).map((bytes) => common.Envelope.deserializeBinary(bytes));
}

function bytesOf(block: CommittedBlock | undefined, problem: string): Uint8Array {
  if (!block) {
    throw new Error(problem);
  }
  return assembleBlock(block).serializeBinary();
}

function success(payload: Uint8Array): peer.Response {
  const response = new peer.Response();
  response.setStatus(200);
  response.setPayload(payload);
  return response;
}

function texts({ args }: SystemCall): string[] {
  return args.map(text);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
