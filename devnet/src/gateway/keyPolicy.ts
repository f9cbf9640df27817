// A key policy as the gateway plans for it: whether any signers at all can meet it, by its form alone.
import type { common } from '@hyperledger/fabric-protos';
import { signaturePolicy, type Policy } from '../identity/policy.js';

/** Undefined when nobody can meet it. At commit an emptied policy is none, and the others let nobody write. */
export function plannedKeyPolicy(policy: common.SignaturePolicyEnvelope): Policy | undefined {
  const rule = policy.getRule();
  const listed = policy.getIdentitiesList().length;
  const canBePlanned = rule && signersOf(rule).every((signer) => signer < listed) && hasEnoughParts(rule);
  return canBePlanned ? signaturePolicy(policy.serializeBinary()) : undefined;
}

/** The signers that a rule names, by their places in the policy's list. An empty rule names one that no list has. */
function signersOf(rule: common.SignaturePolicy): number[] {
  const parts = rule.getNOutOf()?.getRulesList();
  return parts?.flatMap(signersOf) ?? [rule.hasSignedBy() ? rule.getSignedBy() : Infinity];
}

/** Whether as many parts of a rule can be met as it asks for. */
function hasEnoughParts(rule: common.SignaturePolicy): boolean {
  const nested = rule.getNOutOf();
  return !nested || nested.getRulesList().filter(hasEnoughParts).length >= nested.getN();
}
