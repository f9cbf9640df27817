/** What a case works with: calls on the network under test, whose outcomes are plain values with names for what differs. */
import { setTimeout as pause } from 'node:timers/promises';
import { common, gateway, orderer, peer } from '@hyperledger/fabric-protos';
import type { Identity } from './identity.js';
import {
  EMPTY,
  seekEnvelope,
  signedEnvelope,
  signedProposal,
  type ProposalParts,
  type SeekParts,
  type SignedProposal,
} from './messages.js';
import type { Names } from './names.js';
import type { Net, Org } from './net.js';
import type { Step } from './step.js';
import { broadcastAll, Refusal, type Delivered } from './wire.js';

/** A call of the probe chaincode; what is left out is right. */
export interface Call extends Partial<Omit<ProposalParts, 'args'>> {
  readonly steps?: readonly Step[];
  /** In place of the steps. */
  readonly args?: ProposalParts['args'];
  /** Whose gateway is asked; the first organisation's when left out. */
  readonly at?: Org;
  /** MSP ids of the organisations that are to answer or endorse. */
  readonly targets?: readonly string[];
  /** How long the client waits. */
  readonly timeoutMs?: number;
}

/** An endorsed transaction, signed by its creator. */
export interface Prepared {
  readonly txId: string;
  readonly creator: Identity;
  readonly envelope: common.Envelope;
}

/** Transactions that were to share a block were cut apart: the case is run again. */
export class Retry extends Error {
  override readonly name = 'Retry';
}

const CODES = new Map(Object.entries(peer.TxValidationCode).map(([name, code]) => [code as number, name]));

/** Name of a validation code. */
export const codeName = (code: number): string => CODES.get(code) ?? String(code);

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** One run of one case. */
export class Context {
  readonly net: Net;
  readonly names: Names;
  readonly #prefix: string;

  constructor(net: Net, names: Names, id: string, attempt: number) {
    this.net = net;
    this.names = names;
    this.#prefix = `${id}${LETTERS.charAt(attempt)}-`;
    for (const [name, address] of Object.entries(net.addresses)) {
      names.give(address, name);
      names.give(address.replace('localhost', '127.0.0.1'), name);
    }
    const people = { user: net.users, admin: net.admins, peer: net.peers };
    for (const [role, all] of Object.entries(people)) {
      for (const [org, { bytes }] of Object.entries(all)) {
        names.give(Buffer.from(bytes).toString('hex'), `<${role} of ${org}>`);
      }
    }
  }

  /** A key that no other case has, whose name in outcomes is the short one. */
  key(short: string): string {
    const value = this.#prefix + short;
    this.names.key(value, short);
    return value;
  }

  proposal(call: Call): SignedProposal {
    const { steps = [], args = ['run', JSON.stringify(steps)], at: _at, targets: _targets, ...parts } = call;
    const proposal = signedProposal({
      creator: this.net.users.Org1,
      channel: this.net.channel,
      chaincode: 'each',
      ...parts,
      args,
    });
    this.names.transaction(proposal.txId);
    return proposal;
  }

  /** The chaincode's results: parsed when they are JSON. @throws Refusal */
  async query(call: Call): Promise<unknown> {
    const { txId, signed } = this.proposal(call);
    const request = new gateway.EvaluateRequest();
    request.setTransactionId(txId);
    request.setChannelId(call.channel ?? this.net.channel);
    request.setProposedTransaction(signed);
    request.setTargetOrganizationsList([...(call.targets ?? [])]);
    const response = await this.net.wires[call.at ?? 'Org1'].evaluate(request, call.timeoutMs);
    return parsed(response.getResult()?.getPayload_asU8() ?? EMPTY);
  }

  /** As `query`, with a refusal as outcome. */
  evaluate(call: Call): Promise<unknown> {
    return outcomeOf(this.query(call));
  }

  /** An endorsed transaction, unsigned. @throws Refusal */
  async endorsed(call: Call): Promise<Prepared & { readonly proposal: SignedProposal }> {
    const proposal = this.proposal(call);
    const request = new gateway.EndorseRequest();
    request.setTransactionId(proposal.txId);
    request.setChannelId(call.channel ?? this.net.channel);
    request.setProposedTransaction(proposal.signed);
    request.setEndorsingOrganizationsList([...(call.targets ?? [])]);
    const response = await this.net.wires[call.at ?? 'Org1'].endorse(request, call.timeoutMs);
    const envelope = response.getPreparedTransaction() ?? new common.Envelope();
    return { txId: proposal.txId, creator: proposal.creator, envelope, proposal };
  }

  /** An endorsed transaction with its creator's signature. @throws Refusal */
  async prepare(call: Call): Promise<Prepared> {
    return signed(await this.endorsed(call));
  }

  /** Hands a transaction to the orderer, through the gateway. @throws Refusal */
  async order({ txId, envelope }: Prepared, at: Org = 'Org1', channel = this.net.channel): Promise<void> {
    const request = new gateway.SubmitRequest();
    request.setTransactionId(txId);
    request.setChannelId(channel);
    request.setPreparedTransaction(envelope);
    await this.net.wires[at].submit(request);
  }

  /** Code and block of a transaction. @throws Refusal */
  async status(
    txId: string,
    options: {
      at?: Org;
      by?: Identity;
      channel?: string;
      timeoutMs?: number;
      sign?: (message: Uint8Array) => Uint8Array;
    } = {},
  ): Promise<{ code: string; block: number }> {
    const { at = 'Org1', by = this.net.users[at], channel = this.net.channel } = options;
    const request = new gateway.CommitStatusRequest();
    request.setTransactionId(txId);
    request.setChannelId(channel);
    request.setIdentity(by.bytes);
    const bytes = request.serializeBinary();
    const signedRequest = new gateway.SignedCommitStatusRequest();
    signedRequest.setRequest(bytes);
    signedRequest.setSignature((options.sign ?? ((message) => by.sign(message)))(bytes));
    const response = await this.net.wires[at].commitStatus(signedRequest, options.timeoutMs);
    return { code: codeName(response.getResult()), block: response.getBlockNumber() };
  }

  /** Endorses, orders, waits until every peer has it. The outcome is the code, or who refused and how. */
  async submit(call: Call): Promise<unknown> {
    const prepared = await outcomeOf(this.prepare(call), 'endorse');
    return isPrepared(prepared) ? this.commit(prepared, call.at) : prepared;
  }

  /** Orders a prepared transaction and waits until every peer has it. */
  async commit(prepared: Prepared, at?: Org): Promise<unknown> {
    const ordered = await outcomeOf(this.order(prepared, at), 'submit');
    if (ordered !== undefined) return ordered;
    return this.settled(prepared.txId);
  }

  /** The code of a transaction, once all peers have it; they agree. @throws Refusal when it does not come */
  async settled(txId: string): Promise<unknown> {
    const orgs = Object.keys(this.net.wires) as Org[];
    const all = await Promise.all(orgs.map((at) => this.status(txId, { at })));
    const codes = [...new Set(all.map(({ code }) => code))];
    return codes.length === 1 ? codes[0] : codes;
  }

  /** Setting up: must be valid. */
  async given(call: Call): Promise<void> {
    const outcome = await this.submit(call);
    if (outcome !== 'VALID') throw new Error(`a set-up was refused: ${JSON.stringify(outcome)}`);
  }

  /** Hands transactions to the ordering service in this order, so close together that they nearly always share a block. */
  async orderAll(prepared: readonly Prepared[]): Promise<void> {
    if (prepared.length === 0) return;
    const replies = await broadcastAll(
      this.net.orderer,
      prepared.map(({ envelope }) => envelope),
    );
    const refused = replies.find(({ status }) => status !== 'SUCCESS');
    if (refused !== undefined) throw new Error(`not ordered: ${JSON.stringify(refused)}`);
  }

  /** Codes of transactions that are ordered in this order into one block. @throws Retry when they were not */
  async oneBlock(...prepared: readonly Prepared[]): Promise<unknown[]> {
    await this.orderAll(prepared);
    const all = await Promise.all(prepared.map(({ txId }) => this.status(txId)));
    await Promise.all(prepared.map(({ txId }) => this.settled(txId)));
    if (new Set(all.map(({ block }) => block)).size > 1) throw new Retry('cut apart');
    return all.map(({ code }) => code);
  }

  /** Blocks and a status, from one peer. */
  deliver(
    service: 'deliver' | 'deliverFiltered' | 'deliverWithPrivateData',
    seek: Partial<SeekParts> & { readonly at?: Org; readonly wanted?: number; readonly pastStatus?: boolean },
  ): Promise<Delivered> {
    const { at = 'Org1', wanted = 1000, pastStatus, ...parts } = seek;
    const request = seekEnvelope({ creator: this.net.users[at], channel: this.net.channel, ...parts });
    return this.net.wires[at].deliver(service, request, wanted, pastStatus);
  }

  /** Chaincode events of a gateway, a line each, until `wanted` blocks came or nothing more comes. */
  async events(
    options: {
      chaincode?: string;
      from?: number | 'oldest' | 'next';
      after?: string;
      wanted?: number;
      by?: Identity;
      channel?: string;
    } = {},
  ): Promise<{ events: object[]; error?: object }> {
    const { chaincode = 'any', from, after, wanted = 100, by = this.net.users.Org1 } = options;
    const request = new gateway.ChaincodeEventsRequest();
    request.setChannelId(options.channel ?? this.net.channel);
    request.setChaincodeId(chaincode);
    request.setIdentity(by.bytes);
    if (from !== undefined) request.setStartPosition(startOf(from));
    if (after !== undefined) request.setAfterTransactionId(after);
    const signedRequest = new gateway.SignedChaincodeEventsRequest();
    signedRequest.setRequest(request.serializeBinary());
    signedRequest.setSignature(by.sign(signedRequest.getRequest_asU8()));
    const { responses, error } = await this.net.wires.Org1.events(signedRequest, wanted);
    const events = responses.flatMap((response) =>
      response.getEventsList().map((event) => ({
        name: event.getEventName(),
        txId: event.getTxId(),
        payload: Buffer.from(event.getPayload_asU8()).toString('utf8'),
      })),
    );
    return error === undefined ? { events } : { events, error };
  }

  /** Height of the chain, as the first peer says it. */
  async height(): Promise<number> {
    const { responses } = await this.deliver('deliverFiltered', { start: 'newest', stop: 'newest', wanted: 1 });
    return (responses[0]?.getFilteredBlock()?.getNumber() ?? -1) + 1;
  }

  sleep(milliseconds: number): Promise<void> {
    return pause(milliseconds);
  }
}

function startOf(from: number | 'oldest' | 'next'): orderer.SeekPosition {
  const position = new orderer.SeekPosition();
  if (from === 'oldest') position.setOldest(new orderer.SeekOldest());
  else if (from === 'next') position.setNextCommit(new orderer.SeekNextCommit());
  else {
    const specified = new orderer.SeekSpecified();
    specified.setNumber(from);
    position.setSpecified(specified);
  }
  return position;
}

const isPrepared = (value: unknown): value is Prepared =>
  typeof value === 'object' && value !== null && 'envelope' in value;

/** The transaction with its creator's signature over its payload as it stands. */
export function signed({ txId, creator, envelope }: Prepared): Prepared {
  const payload = envelope.getPayload_asU8();
  return { txId, creator, envelope: signedEnvelope(payload, creator.sign(payload)) };
}

function parsed(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (cause instanceof SyntaxError) return text;
    throw cause;
  }
}

/** What came, or what was refused; `stage` says at which call. */
export async function outcomeOf<T>(work: Promise<T>, stage?: string): Promise<unknown> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return stage === undefined ? cause.outcome : { refusedAt: stage, ...cause.outcome };
  }
}
