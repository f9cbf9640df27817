// The chaincodes installed on one peer: connected at their first call, and again after their stream has ended.
import { messageOf } from '../messageOf.js';
import type { ConnectChaincode } from './link.js';
import { peer } from '@hyperledger/fabric-protos';
import { readSequence } from '../ledger/definition.js';
import { signedData, unpackProposal } from '../peer/proposal.js';
import { isSystemChaincode } from '../peer/systemChaincodes.js';
import { readResult, type ChaincodeCall, type ChaincodeResult } from './call.js';
import { TransactionContext } from './context.js';
import { checkInit } from './initialization.js';
import { MessageType, read } from './requests.js';
import { Registrations } from './registrations.js';
import { ChaincodeStream } from './stream.js';

/** name[:version][/channel] */
const NAMED = /^([^:/]*)(?::[^/]*)?(?:\/(.*))?$/;

interface Installed {
  readonly packageId: string;
  /** Undefined when the chaincode dials the peer, and not the peer the chaincode. */
  readonly connect: ConnectChaincode | undefined;
  open?: ChaincodeStream;
  opening?: Promise<ChaincodeStream> | undefined;
}

export class ChaincodeHost {
  /** The chaincodes that have dialled the peer. */
  readonly registrations = new Registrations();
  readonly #installed = new Map<string, Installed>();
  readonly #executeTimeoutMs: number;

  constructor(executeTimeoutMs: number) {
    this.#executeTimeoutMs = executeTimeoutMs;
  }

  /** Installs a chaincode, or puts another in its place: the old one's stream is closed. */
  install(name: string, packageId: string, connect?: ConnectChaincode): void {
    this.#hangUp(name);
    this.#installed.set(name, { packageId, connect });
  }

  /** The package id of an installed chaincode; undefined when the peer does not host it. */
  packageOf(name: string): string | undefined {
    return this.#installed.get(name)?.packageId;
  }

  /** Runs a transaction's first chaincode. Rejects with the peer's text when it cannot be reached or gives no answer. */
  async execute(call: ChaincodeCall): Promise<ChaincodeResult> {
    let message: peer.ChaincodeMessage;
    try {
      message = await this.#run(call);
    } catch (error) {
      throw new Error(`failed to execute transaction ${call.txId}: ${messageOf(error)}`, { cause: error });
    }
    return readResult(call, message);
  }

  async #run(call: ChaincodeCall): Promise<peer.ChaincodeMessage> {
    const { installed, isInit } = this.#resolve(call);
    let stream: ChaincodeStream;
    try {
      stream = await this.#launch(installed);
    } catch (error) {
      throw new Error(`could not launch chaincode ${installed.packageId}: ${messageOf(error)}`, { cause: error });
    }
    const context = new TransactionContext(call, isInit, (spec) => this.#invoke(call, spec));
    return stream.execute(call, context, isInit ? MessageType.INIT : MessageType.TRANSACTION, this.#executeTimeoutMs);
  }

  #resolve(call: ChaincodeCall): { readonly installed: Installed; readonly isInit: boolean } {
    const { chaincode, channel, simulator } = call;
    const isDefined = readSequence(chaincode, simulator.readLifecycle) > 0;
    const installed = this.#installed.get(chaincode);
    const problem = `failed to get chaincode container info for ${chaincode}`;
    try {
      if (!isDefined) {
        throw new Error(`[channel ${channel}] ${problem}: chaincode ${chaincode} not found`);
      }
      if (!installed) {
        const reason = `chaincode definition for '${chaincode}' exists, but chaincode is not installed`;
        throw new Error(`[channel ${channel}] ${problem}: ${reason}`);
      }
      return { installed, isInit: checkInit(call) };
    } catch (error) {
      throw new Error(`invalid invocation: ${messageOf(error)}`, { cause: error });
    }
  }

  /** The name of the other chaincode may carry a version, which is ignored, and a channel. */
  async #invoke(call: ChaincodeCall, spec: Uint8Array): Promise<Uint8Array> {
    const asked = read(peer.ChaincodeSpec, spec);
    const [, chaincode = '', channel = ''] = NAMED.exec(asked.getChaincodeId()?.getName() ?? '') ?? [];
    const refusal = calleeRefusal(call, chaincode, channel);
    if (refusal !== undefined) {
      throw new Error(refusal);
    }
    const input = asked.getInput() ?? new peer.ChaincodeInput();
    try {
      const message = await this.#run({ ...call, chaincode, input: input.serializeBinary() });
      return message.serializeBinary();
    } catch (error) {
      throw new Error(`execute failed: ${messageOf(error)}`, { cause: error });
    }
  }

  closeAll(): void {
    for (const name of this.#installed.keys()) {
      this.#hangUp(name);
    }
    this.registrations.closeAll();
  }

  /** Calls that come while the line is being opened wait for the same one. */
  async #launch(installed: Installed): Promise<ChaincodeStream> {
    const { packageId, connect } = installed;
    if (!connect) {
      return this.registrations.stream(packageId);
    }
    if (installed.open?.isClosed === false) {
      return installed.open;
    }
    installed.opening ??= open(installed, connect).finally(() => {
      installed.opening = undefined;
    });
    return installed.opening;
  }

  #hangUp(name: string): void {
    const installed = this.#installed.get(name);
    installed?.open?.close();
    installed?.opening
      ?.then((stream) => {
        stream.close();
      })
      .catch(() => undefined); // it never opened: nothing to close
  }
}

async function open(installed: Installed, connect: ConnectChaincode): Promise<ChaincodeStream> {
  const { packageId } = installed;
  try {
    const link = await connect().catch((error: unknown) => {
      throw new Error(`error cannot create connection for ${packageId}: ${messageOf(error)}`, { cause: error });
    });
    // A Fabric peer would wait for the right one until its start-up timeout of 300 seconds; here the mistake is named.
    const stream = new ChaincodeStream(link, (name) =>
      name === packageId ? undefined : `chaincode registered as ${name}, but ${packageId} is installed`,
    );
    await stream.ready();
    installed.open = stream;
    return stream;
  } catch (error) {
    throw new Error(`connection to ${packageId} failed: ${messageOf(error)}`, { cause: error });
  }
}

/** Why the proposer may not have another chaincode called; undefined when it may. There is one channel only. */
function calleeRefusal(call: ChaincodeCall, chaincode: string, channel: string): string | undefined {
  if (channel !== '' && channel !== call.channel) {
    return `Failed to get policy manager for channel [${channel}]`;
  }
  const signed = signedData(unpackProposal(call.signedProposal));
  return isSystemChaincode(chaincode) ? undefined : call.simulator.channel.refusal('peer/ChaincodeToChaincode', signed);
}
