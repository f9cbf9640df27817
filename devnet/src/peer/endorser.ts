// The endorsing peer: from a signed proposal to a proposal response, by the rules of Fabric's endorser.
import { peer } from '@hyperledger/fabric-protos';
import type { Channel } from '../channel.js';
import type { ChaincodeResult } from '../chaincode/call.js';
import { definitionIn, readSequence } from '../ledger/definition.js';
import { Simulator, type SimulationResult } from '../ledger/simulator.js';
import { messageOf } from '../messageOf.js';
import { distribute } from './distribution.js';
import type { Peer, PeerShared } from './peer.js';
import { isSystemChaincode, runSystemChaincode } from './systemChaincodes.js';
import { checkFilters, signedData, unpackProposal, validateProposal, type Proposal } from './proposal.js';

/**
 * What a call of the endorser gives. An error without response comes from the filters; with a response from the checks
 * of the proposal; a response alone may still carry a status that is none of success.
 */
export interface EndorserReply {
  readonly response?: peer.ProposalResponse;
  /** Go cannot tell an empty payload from none on the wire; whoever is in the same process can. */
  readonly hasPayload: boolean;
  readonly error?: string;
}

const ERROR_THRESHOLD = 400;
const ERROR = 500;

export class Endorser {
  readonly #peer: Peer;
  readonly #shared: PeerShared;

  constructor(own: Peer, shared: PeerShared) {
    this.#peer = own;
    this.#shared = shared;
  }

  get #channel(): Channel {
    return this.#peer.channel;
  }

  async process(signed: peer.SignedProposal): Promise<EndorserReply> {
    try {
      checkFilters(signed, this.#channel, this.#peer.now());
    } catch (error) {
      return { error: messageOf(error), hasPayload: false };
    }
    let proposal: Proposal;
    try {
      proposal = unpackProposal(signed);
    } catch (error) {
      return { ...failure(messageOf(error)), error: messageOf(error) };
    }
    const withoutChannel = proposal.channel === '' && isSystemChaincode(proposal.chaincode);
    if (proposal.channel !== this.#channel.name && !withoutChannel) {
      return failure(`channel '${proposal.channel}' not found`);
    }
    try {
      this.#preProcess(proposal);
    } catch (error) {
      return { ...failure(messageOf(error)), error: messageOf(error) };
    }
    try {
      return isSystemChaincode(proposal.chaincode) ? this.#runSystem(proposal) : await this.#endorse(proposal);
    } catch (error) {
      return failure(messageOf(error));
    }
  }

  #preProcess(proposal: Proposal): void {
    validateProposal(proposal, this.#channel);
    const creator = proposal.signatureHeader.getCreator_asU8();
    if (this.#peer.ledger.status(proposal.txId)) {
      throw new Error(
        `duplicate transaction found [${proposal.txId}]. Creator [${Buffer.from(creator).toString('hex')}]`,
      );
    }
    if (isSystemChaincode(proposal.chaincode)) {
      return; // each has checks of its own
    }
    const refusal = this.#channel.refusal('peer/Propose', signedData(proposal));
    if (refusal !== undefined) {
      throw new Error(refusal);
    }
  }

  /** A system chaincode has no simulator here, so that there is nothing to commit either. */
  #runSystem(proposal: Proposal): EndorserReply {
    const { ledger } = this.#peer;
    const args = peer.ChaincodeInput.deserializeBinary(proposal.input).getArgsList_asU8();
    const response = runSystemChaincode(proposal.chaincode, {
      mspId: this.#peer.mspId,
      channel: this.#channel,
      chain: this.#shared.chain,
      ledger,
      channelId: proposal.channel,
      args,
      signed: signedData(proposal),
    });
    const nothing = { publicBytes: new Uint8Array(), privateSets: [], interest: new peer.ChaincodeInterest() };
    return this.#reply(proposal, 'syscc', response, undefined, nothing);
  }

  async #endorse(proposal: Proposal): Promise<EndorserReply> {
    const { gate } = this.#peer;
    await gate.pass('simulate');
    const release = await this.#peer.ledger.lock.share();
    try {
      const simulator = new Simulator(this.#channel, proposal.txId, this.#peer.ledger);
      const version = this.#definedVersion(proposal, simulator);
      const { response, event } = await this.#simulate(proposal, simulator);
      const simulation = resultOf(simulator);
      release();
      await gate.pass('distribute');
      distribute(this.#peer, this.#shared, proposal.txId, simulation.privateSets);
      await gate.pass('endorse');
      const keptEvent = response.getStatus() >= ERROR_THRESHOLD ? undefined : event;
      return this.#reply(proposal, version, response, keptEvent, simulation);
    } finally {
      release();
    }
  }

  /** Reads the committed sequence, as every call does, and checks that this peer hosts the chaincode. */
  #definedVersion({ chaincode, channel }: Proposal, simulator: Simulator): string {
    const cause = (text: string): Error =>
      new Error(
        `make sure the chaincode ${chaincode} has been successfully defined on channel ${channel} and try again: ${text}`,
      );
    if (readSequence(chaincode, simulator.readLifecycle) === 0) {
      throw cause(`chaincode ${chaincode} not found`);
    }
    if (this.#peer.host.packageOf(chaincode) === undefined) {
      throw cause(`chaincode definition for '${chaincode}' exists, but chaincode is not installed`);
    }
    const definition = definitionIn(this.#peer.ledger.state, chaincode);
    return definition?.version ?? '';
  }

  async #simulate(proposal: Proposal, simulator: Simulator): Promise<ChaincodeResult> {
    try {
      return await this.#peer.host.execute({
        channel: proposal.channel,
        txId: proposal.txId,
        chaincode: proposal.chaincode,
        input: proposal.input,
        signedProposal: proposal.signed,
        creator: this.#channel.membership.identify(proposal.signatureHeader.getCreator_asU8()),
        simulator,
      });
    } catch (error) {
      throw new Error(`error in simulation: ${messageOf(error)}`, { cause: error });
    }
  }

  #reply(
    proposal: Proposal,
    version: string,
    response: peer.Response,
    event: peer.ChaincodeEvent | undefined,
    { publicBytes, interest }: SimulationResult,
  ): EndorserReply {
    const reply = new peer.ProposalResponse();
    reply.setResponse(response);
    const status = response.getStatus();
    if (status >= ERROR_THRESHOLD && status < ERROR) {
      return { response: reply, hasPayload: false };
    }
    const payload = responsePayload(proposal, version, response, event, publicBytes);
    reply.setPayload(payload);
    reply.setInterest(interest);
    if (status < ERROR) {
      const { identity } = this.#peer.signer;
      const signature = this.#sign(Buffer.concat([payload, identity]));
      const endorsement = new peer.Endorsement();
      endorsement.setEndorser(identity);
      endorsement.setSignature(signature);
      reply.setVersion(1);
      reply.setEndorsement(endorsement);
    }
    return { response: reply, hasPayload: true };
  }

  #sign(data: Uint8Array): Uint8Array {
    const { faults, signer } = this.#peer;
    if (faults.signsWrongly === true) {
      return signer.sign(Buffer.concat([data, Buffer.of(0)]));
    }
    const signature = signer.sign(data);
    this.#channel.membership.vouch({ data, identity: signer.identity, signature });
    return signature;
  }
}

function responsePayload(
  { hash, chaincode }: Proposal,
  version: string,
  response: peer.Response,
  event: peer.ChaincodeEvent | undefined,
  results: Uint8Array,
): Uint8Array {
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  id.setVersion(version);
  const action = new peer.ChaincodeAction();
  action.setResults(results);
  action.setResponse(response);
  action.setChaincodeId(id);
  if (event) {
    action.setEvents(event.serializeBinary());
  }
  const payload = new peer.ProposalResponsePayload();
  payload.setProposalHash(hash);
  payload.setExtension$(action.serializeBinary());
  return payload.serializeBinary();
}

/** Throws with the peer's text when a written key carries a policy that cannot be read. */
function resultOf(simulator: Simulator): SimulationResult {
  try {
    return simulator.result();
  } catch (error) {
    throw new Error(`error in simulation: ${messageOf(error)}`, { cause: error });
  }
}

/** A response that the peer itself makes: status 500 and no payload. */
function failure(message: string): EndorserReply {
  const response = new peer.Response();
  response.setStatus(ERROR);
  response.setMessage(message);
  const reply = new peer.ProposalResponse();
  reply.setResponse(response);
  return { response: reply, hasPayload: false };
}
