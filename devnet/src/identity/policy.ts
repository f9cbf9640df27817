// Policies as functions of the identities that signed: signature policies, and "n of the organisations".
import { common, msp } from '@hyperledger/fabric-protos';
import type { Identity, NodeRole } from './membership.js';

export type Policy = (signers: readonly Identity[]) => boolean;

type Principal = (identity: Identity) => boolean;
/** Evaluates a rule and marks the signers it uses up: one signature counts once. */
type Rule = (signers: readonly Identity[], used: boolean[]) => boolean;

type MspRoleType = msp.MSPRole.MSPRoleTypeMap[keyof msp.MSPRole.MSPRoleTypeMap];

const ROLE_OF_TYPE: ReadonlyMap<MspRoleType, NodeRole> = new Map<MspRoleType, NodeRole>([
  [msp.MSPRole.MSPRoleType.ADMIN, 'admin'],
  [msp.MSPRole.MSPRoleType.CLIENT, 'client'],
  [msp.MSPRole.MSPRoleType.PEER, 'peer'],
  [msp.MSPRole.MSPRoleType.ORDERER, 'orderer'],
]);

const compiled = new Map<string, Policy>();

/** The policy in the bytes of a SignaturePolicyEnvelope. Throws when it is malformed or uses an unserved principal. */
export function signaturePolicy(envelope: Uint8Array): Policy {
  const key = Buffer.from(envelope).toString('latin1');
  let policy = compiled.get(key);
  if (!policy) {
    policy = compile(common.SignaturePolicyEnvelope.deserializeBinary(envelope));
    compiled.set(key, policy);
  }
  return policy;
}

/** Satisfied by a valid identity of the organisation that has one of the roles. */
export function anyOf(mspId: string, roles: readonly NodeRole[]): Policy {
  return (signers) => signers.some((signer) => isMember(signer, mspId) && roles.some((role) => signer.role === role));
}

/** Satisfied when at least `count` of the given policies are. */
export function atLeast(count: number, policies: readonly Policy[]): Policy {
  return (signers) => policies.filter((policy) => policy(signers)).length >= count;
}

function compile(envelope: common.SignaturePolicyEnvelope): Policy {
  const principals = envelope.getIdentitiesList().map(toPrincipal);
  const rule = toRule(envelope.getRule(), principals);
  return (signers) => rule(signers, new Array<boolean>(signers.length).fill(false));
}

function toRule(policy: common.SignaturePolicy | undefined, principals: readonly Principal[]): Rule {
  const nested = policy?.getNOutOf();
  if (nested) {
    const rules = nested.getRulesList().map((rule) => toRule(rule, principals));
    return nOutOf(nested.getN(), rules);
  }
  if (!policy?.hasSignedBy()) {
    throw new Error('empty policy element');
  }
  const principal = principals[policy.getSignedBy()];
  if (!principal) {
    throw new Error(`identity index out of range, requested ${String(policy.getSignedBy())}`);
  }
  return signedBy(principal);
}

/** All rules are tried in order, each takes what it needs; those that fail give back what they took. */
function nOutOf(n: number, rules: readonly Rule[]): Rule {
  return (signers, used) => {
    let satisfied = 0;
    for (const rule of rules) {
      const attempt = [...used];
      if (rule(signers, attempt)) {
        satisfied += 1;
        attempt.forEach((taken, index) => (used[index] = taken));
      }
    }
    return satisfied >= n;
  };
}

function signedBy(principal: Principal): Rule {
  return (signers, used) => {
    const index = signers.findIndex((signer, position) => !used[position] && principal(signer));
    if (index >= 0) {
      used[index] = true;
    }
    return index >= 0;
  };
}

function toPrincipal(principal: msp.MSPPrincipal): Principal {
  if (principal.getPrincipalClassification() !== msp.MSPPrincipal.Classification.ROLE) {
    throw new Error('devnet serves policies over roles only, not over organisational units or single identities');
  }
  const wanted = msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8());
  const mspId = wanted.getMspIdentifier();
  const role = ROLE_OF_TYPE.get(wanted.getRole());
  return (identity) => isMember(identity, mspId) && (role === undefined || identity.role === role);
}

function isMember(identity: Identity, mspId: string): boolean {
  return identity.valid && identity.mspId === mspId;
}
