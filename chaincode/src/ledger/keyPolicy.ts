/** Key-level endorsement policies as Fabric's protobuf. The shim's helper builds only AND, so the envelope is built here. */
import { common, msp } from '@hyperledger/fabric-protos';
import type { KeyPolicy } from '../domain/decision.js';

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
  const text = `${policy.all.join()}/${(policy.any ?? []).join()}`; // MSP ids hold neither
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
  const any = [...new Set(policy.any ?? [])].sort();
  const choice = any.some((mspId) => all.includes(mspId)) ? [] : any;
  const identities = [...new Set([...all, ...choice])].sort();
  const at = (mspId: string): common.SignaturePolicy => signedBy(identities.indexOf(mspId));
  const rules = all.map(at);
  if (choice.length > 0) rules.push(outOf(1, choice.map(at)));
  const envelope = new SignaturePolicyEnvelope();
  envelope.setVersion(0);
  envelope.setRule(outOf(rules.length, rules));
  envelope.setIdentitiesList(identities.map(peerOf));
  return envelope.serializeBinary();
}
