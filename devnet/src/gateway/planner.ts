// Which sets of organisations would satisfy what a simulation needs. Each is tried against the validator's own policies.
import type { peer } from '@hyperledger/fabric-protos';
import { implicitCollectionOwner } from '../channel.js';
import type { Identity } from '../identity/membership.js';
import { anyOf, type Policy } from '../identity/policy.js';
import type { EndorsementCheck } from '../ledger/endorsementCheck.js';
import { findCollection } from '../ledger/definition.js';
import type { Peer } from '../peer/peer.js';
import { plannedKeyPolicy } from './keyPolicy.js';
import { peersKnownTo, type View } from './network.js';

const PREFIX = 'no combination of peers can be derived which satisfy the endorsement policy';

/** The smallest sets of running peers that satisfy the interest. Throws with Fabric's text when there is none. */
export function planLayouts(view: View, interest: peer.ChaincodeInterest): Peer[][] {
  const { channel } = view.own;
  const calls = interest.getChaincodesList();
  const policies = calls.flatMap((call) => policiesOf(view, call));
  const alive = peersKnownTo(view.own, view.network).filter(
    (candidate) => candidate.running && calls.every((call) => mayRead(view, candidate, call)),
  );
  const identities = new Map(
    alive.map((candidate) => [candidate, channel.membership.identify(candidate.signer.identity)]),
  );
  const layouts = minimalSets(alive, (set) => {
    const signers = set
      .map((member) => identities.get(member))
      .filter((found): found is Identity => found !== undefined);
    return policies.every((policy) => policy(signers));
  });
  if (layouts.length === 0) {
    throw new Error(`${PREFIX}: no peer combination can satisfy the endorsement policy`);
  }
  const hosted = layouts.filter((set) => set.every((member) => calls.every((call) => member.hosts(call.getName()))));
  if (hosted.length === 0) {
    throw new Error(`${PREFIX}: required chaincodes are not installed on sufficient peers`);
  }
  return hosted;
}

function policiesOf({ own: { channel, ledger } }: View, call: peer.ChaincodeCall): Policy[] {
  const name = call.getName();
  const chaincodePolicy = ledger.endorsementCheck.chaincodePolicy(name);
  if (!chaincodePolicy) {
    throw new Error(`${PREFIX}: No metadata was found for chaincode ${name} in channel ${channel.name}`);
  }
  const keyPolicies = call.getKeyPoliciesList().map((policy) => {
    const planned = plannedKeyPolicy(policy);
    if (!planned) {
      throw new Error(`${PREFIX}: state based endorsement policy cannot be satisfied`);
    }
    return planned;
  });
  const collections = call.getCollectionNamesList();
  const own =
    collections.length > 0
      ? collections.map((each) => collectionPolicy(ledger.endorsementCheck, name, each) ?? chaincodePolicy)
      : [chaincodePolicy];
  return call.getDisregardNamespacePolicy() ? keyPolicies : [...own, ...keyPolicies];
}

/** Discovery plans an implicit collection by membership; the validator asks for the organisation's Endorsement policy. */
function collectionPolicy(check: EndorsementCheck, chaincode: string, collection: string): Policy | undefined {
  const owner = implicitCollectionOwner(collection);
  return owner === undefined
    ? check.collectionPolicy(chaincode, collection)
    : anyOf(owner, ['peer', 'admin', 'client', 'orderer']);
}

/** Only a member has the values that a call reads. */
function mayRead({ own: { channel, ledger } }: View, candidate: Peer, call: peer.ChaincodeCall): boolean {
  const definition = ledger.endorsementCheck.definition(call.getName());
  const identity = channel.membership.identify(candidate.signer.identity);
  return (
    call.getNoPrivateReads() ||
    call
      .getCollectionNamesList()
      .every((name) => identity !== undefined && findCollection(definition, name)?.isMember(identity) === true)
  );
}

/** Sets of growing size that are accepted and contain no smaller one that is. */
function minimalSets<T>(members: readonly T[], accepts: (set: readonly T[]) => boolean): T[][] {
  const found: T[][] = [];
  let candidates: T[][] = [[]];
  for (let size = 0; size <= members.length; size += 1) {
    const open = candidates.filter((set) => !found.some((smaller) => smaller.every((member) => set.includes(member))));
    found.push(...open.filter(accepts));
    candidates = open
      .filter((set) => !found.includes(set))
      .flatMap((set) => members.slice(nextIndex(members, set)).map((member) => [...set, member]));
  }
  return found;
}

function nextIndex<T>(members: readonly T[], set: readonly T[]): number {
  const last = set.at(-1);
  return last === undefined ? 0 : members.indexOf(last) + 1;
}
