// Gateway.Endorse: collects the endorsements that a transaction needs and assembles it, unsigned.
import { status } from '@grpc/grpc-js';
import { gateway, peer, type common } from '@hyperledger/fabric-protos';
import type { Peer } from '../peer/peer.js';
import { transactionEnvelope } from '../ledger/transaction.js';
import { askEndorser, detailOf } from './grading.js';
import { unlessAborted, type CallContext } from '../callContext.js';
import { peersKnownTo, type Network, type View } from './network.js';
import { Plan } from './plan.js';
import { planLayouts } from './planner.js';
import { readProposal, type ProposalContent } from './request.js';
import { RpcError } from './rpcError.js';
import { messageOf } from '../messageOf.js';

interface Endorsing {
  readonly network: Network;
  readonly own: Peer;
  readonly signed: peer.SignedProposal;
  readonly proposal: ProposalContent;
  readonly context: CallContext;
}

export async function endorse(
  network: Network,
  own: Peer,
  request: gateway.EndorseRequest,
  context: CallContext,
): Promise<gateway.EndorseResponse> {
  const signed = request.getProposedTransaction() ?? new peer.SignedProposal();
  const endorsing = { network, own, signed, proposal: unpack(signed), context };
  const named = request.getEndorsingOrganizationsList();
  const plan = named.length > 0 ? planForOrganisations(endorsing, named) : await planFromFirstEndorser(endorsing);
  await collect(endorsing, plan);
  if (!plan.isComplete) {
    throw new RpcError(
      status.ABORTED,
      'failed to collect enough transaction endorsements, see attached details for more info',
      plan.errors,
    );
  }
  const response = new gateway.EndorseResponse();
  response.setPreparedTransaction(assemble(endorsing.proposal, plan));
  return response;
}

function unpack(signed: peer.SignedProposal): ProposalContent {
  if (signed.getProposalBytes_asU8().length === 0) {
    throw new RpcError(status.INVALID_ARGUMENT, 'the proposed transaction must contain a signed proposal');
  }
  try {
    return readProposal(signed.getProposalBytes_asU8());
  } catch (error) {
    throw new RpcError(status.INVALID_ARGUMENT, messageOf(error));
  }
}

/** The caller names the organisations and answers for it that they satisfy the policies. */
function planForOrganisations({ network, own, proposal }: Endorsing, named: readonly string[]): Plan {
  const hosts =
    proposal.channel === network.channel.name
      ? peersKnownTo(own, network).filter((p) => p.hosts(proposal.chaincode))
      : [];
  const missing = named.filter((mspId) => !hosts.some((candidate) => candidate.mspId === mspId));
  if (missing.length > 0) {
    throw new RpcError(status.UNAVAILABLE, `failed to find any endorsing peers for org(s): ${missing.join(', ')}`);
  }
  return new Plan([hosts.filter(({ mspId }) => named.includes(mspId))]);
}

/** One peer simulates first; what it found is needed decides who else is asked. */
async function planFromFirstEndorser(endorsing: Endorsing): Promise<Plan> {
  const { network, own, proposal } = endorsing;
  const view = { network, own };
  const first = chooseFirst(endorsing);
  const response = await askFirst(endorsing, first);
  const interest = response.getInterest();
  const needed = interest && interest.getChaincodesList().length > 0 ? interest : interestIn(proposal.chaincode);
  const layouts = proposal.hasTransient ? planProtected(view, needed) : plan(view, needed);
  const preferred = layouts.filter((set) => set.includes(first));
  const others = layouts.filter((set) => !set.includes(first));
  const chosen = new Plan([...network.scheduler.shuffle(preferred), ...network.scheduler.shuffle(others)]);
  chosen.accept(first, response);
  return chosen;
}

function chooseFirst({ network, own, proposal }: Endorsing): Peer {
  const isKnown = proposal.channel === network.channel.name;
  if (isKnown && own.hosts(proposal.chaincode)) {
    return own;
  }
  if (proposal.hasTransient) {
    throw new RpcError(
      status.FAILED_PRECONDITION,
      "no endorsers found in the gateway's organization; " +
        'retry specifying endorsing organization(s) to protect transient data',
    );
  }
  if (!isKnown) {
    throw new RpcError(
      status.FAILED_PRECONDITION,
      proposal.channel === '' // Fabric finds no words for it
        ? ''
        : 'no combination of peers can be derived which satisfy the endorsement policy: ' +
            `No metadata was found for chaincode ${proposal.chaincode} in channel ${proposal.channel}`,
    );
  }
  const [layout] = network.scheduler.shuffle(plan({ network, own }, interestIn(proposal.chaincode)));
  const [candidate] = layout ?? [];
  if (!candidate) {
    throw new Error('a layout without peers'); // the planner refuses what nobody can endorse
  }
  return candidate;
}

async function askFirst({ network, own, signed, context }: Endorsing, first: Peer): Promise<peer.ProposalResponse> {
  const answer = await unlessAborted(askEndorser({ network, own }, first, signed), context);
  if (!answer) {
    throw new RpcError(status.DEADLINE_EXCEEDED, 'endorsement timeout expired while collecting first endorsement');
  }
  if (!answer.ok) {
    const details = [detailOf(first, answer.failure)];
    throw new RpcError(status.ABORTED, 'failed to endorse transaction, see attached details for more info', details);
  }
  return answer.response;
}

function plan(view: View, interest: peer.ChaincodeInterest): Peer[][] {
  try {
    return planLayouts(view, interest);
  } catch (error) {
    throw new RpcError(status.FAILED_PRECONDITION, messageOf(error));
  }
}

/** Transient data goes to members of the collections alone, even where a non-member could endorse. */
function planProtected(view: View, interest: peer.ChaincodeInterest): Peer[][] {
  const cautious = interest.cloneMessage();
  const guarded = cautious.getChaincodesList().filter((call) => call.getNoPrivateReads());
  guarded.forEach((call) => {
    call.setNoPrivateReads(false);
  });
  const collections = guarded.flatMap((call) => call.getCollectionNamesList());
  try {
    return plan(view, cautious);
  } catch (error) {
    if (collections.length > 0) {
      plan(view, interest); // its own error, if it cannot be planned without the caution either
      throw new RpcError(
        status.FAILED_PRECONDITION,
        'requires endorsement from organisation(s) that are not in the distribution policy of the private data ' +
          `collection(s): [${collections.join(' ')}]; ` +
          'retry specifying trusted endorsing organizations to protect transient data',
      );
    }
    throw error;
  }
}

async function collect({ network, own, signed, context }: Endorsing, plan: Plan): Promise<void> {
  while (!plan.isComplete) {
    const organisations = plan.nextOrganisations();
    if (organisations.length === 0) {
      return;
    }
    const round = peersKnownTo(own, network)
      .filter(({ mspId }) => organisations.includes(mspId))
      .map(async (target) => {
        const answer = await askEndorser({ network, own }, target, signed);
        if (answer.ok) {
          plan.accept(target, answer.response);
        } else {
          plan.fail(target, answer.failure);
        }
      });
    if (!(await unlessAborted(Promise.all(round), context))) {
      throw new RpcError(status.DEADLINE_EXCEEDED, 'endorsement timeout expired while collecting endorsements');
    }
  }
}

function interestIn(chaincode: string): peer.ChaincodeInterest {
  const call = new peer.ChaincodeCall();
  call.setName(chaincode);
  const interest = new peer.ChaincodeInterest();
  interest.setChaincodesList([call]);
  return interest;
}

/** The transaction that the client signs: same header, the proposal without its transient part, the endorsements. */
function assemble({ header, payload }: ProposalContent, plan: Plan): common.Envelope {
  const visible = new peer.ChaincodeProposalPayload();
  visible.setInput(payload.getInput_asU8());
  const proposal = visible.serializeBinary();
  return transactionEnvelope({ header, proposal, payload: plan.payload, endorsements: plan.endorsements() });
}
