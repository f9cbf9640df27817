/** Key-level endorsement policies as Fabric's protobuf. The shim's helper builds only AND, so the envelope is built here. */
import { common, msp } from '@hyperledger/fabric-protos';
import { alternativesOf, type KeyPolicy } from '../domain/decision.js';

const { MSPPrincipal, MSPRole } = msp;
const { SignaturePolicy, SignaturePolicyEnvelope } = common;

function peerOf(mspId: string): msp.MSPPrincipal {
  const role = new MSPRole();
  role.setMspIdentifier(mspId);
  role.setRole(MSPRole.MSPRoleType.PEER);
  const principal = new MSPPrincipal();
  principal.setPrincipalClassification(MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(role.serializeBinary());
  return principal;
}

function signedBy(index: number): common.SignaturePolicy {
  const rule = new SignaturePolicy();
  rule.setSignedBy(index);
  return rule;
}

function outOf(n: number, rules: common.SignaturePolicy[]): common.SignaturePolicy {
  const nOutOf = new SignaturePolicy.NOutOf();
  nOutOf.setN(n);
  nOutOf.setRulesList(rules);
  const rule = new SignaturePolicy();
  rule.setNOutOf(nOutOf);
  return rule;
}

/** Encoded policies are kept, because a channel has few different ones and encoding one is the most expensive step of a confirmation. */
const KEPT = 1000;
const kept = new Map<string, Uint8Array>();

/** Serialized SignaturePolicyEnvelope. MSP ids are sorted and unique, so that all endorsers write the same bytes. */
export function encodeKeyPolicy(policy: KeyPolicy): Uint8Array {
  const text = JSON.stringify([policy.all, policy.any]);
  const known = kept.get(text);
  if (known !== undefined) return known;
  const envelope = envelopeOf(policy);
  if (kept.size >= KEPT) kept.clear();
  kept.set(text, envelope);
  return envelope;
}

function envelopeOf(policy: KeyPolicy): Uint8Array {
  const all = [...new Set(policy.all)].sort();
  // An organisation that must sign anyway satisfies the choice by itself.
  const choice = new Map(alternativesOf(policy).map((each) => [each.join(), each]));
  const identities = [...new Set([...all, ...[...choice.values()].flat()])].sort();
  const at = (mspId: string): common.SignaturePolicy => signedBy(identities.indexOf(mspId));
  const together = (mspIds: readonly string[]): common.SignaturePolicy => {
    const [first = '', ...others] = mspIds;
    return others.length === 0 ? at(first) : outOf(mspIds.length, mspIds.map(at));
  };
  const rules = all.map(at);
  const sorted = [...choice].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => together(each));
  if (sorted.length > 0) rules.push(outOf(1, sorted));
  const envelope = new SignaturePolicyEnvelope();
  envelope.setVersion(0);
  envelope.setRule(outOf(rules.length, rules));
  envelope.setIdentitiesList(identities.map(peerOf));
  return envelope.serializeBinary();
}
