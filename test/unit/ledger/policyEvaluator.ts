/**
 * Reads a SignaturePolicyEnvelope from its bytes and says who satisfies it. Written against the protobuf wire format and Fabric's
 * message definitions (common/policies.proto, msp/msp_principal.proto), without the library that the chaincode encodes with.
 */

interface Field {
  readonly number: number;
  readonly value: bigint | Uint8Array;
}

function varint(bytes: Uint8Array, at: number): { readonly value: bigint; readonly next: number } {
  let value = 0n;
  for (let shift = 0n, next = at; ; shift += 7n, next++) {
    const byte = bytes[next];
    if (byte === undefined) throw new RangeError('varint runs past its end');
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value, next: next + 1 };
  }
}

function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = varint(bytes, at);
    const content = varint(bytes, tag.next);
    const wire = Number(tag.value & 7n);
    if (wire !== 0 && wire !== 2) throw new RangeError(`wire type ${String(wire)} has no place in a policy`);
    const end = wire === 0 ? content.next : content.next + Number(content.value);
    if (end > bytes.length) throw new RangeError('field runs past its end');
    fields.push({
      number: Number(tag.value >> 3n),
      value: wire === 0 ? content.value : bytes.subarray(content.next, end),
    });
    at = end;
  }
  return fields;
}

function allOf(fields: readonly Field[], number: number): Uint8Array[] {
  return fields.flatMap((field) => (field.number === number && typeof field.value !== 'bigint' ? [field.value] : []));
}

const numberOf = (fields: readonly Field[], number: number): number => {
  const found = fields.find((field) => field.number === number)?.value ?? 0n;
  if (typeof found !== 'bigint') throw new RangeError('a number is expected');
  return Number(found);
};

/** A policy as Fabric reads it. */
export type Rule = { readonly signedBy: number } | { readonly n: number; readonly rules: readonly Rule[] };

export interface Policy {
  readonly version: number;
  readonly rule: Rule;
  /** MSP ids whose peers the rule names, by index. */
  readonly mspIds: readonly string[];
}

const ROLE = 0;
const PEER = 3;

// common.SignaturePolicy is a oneof: signed_by (1) or n_out_of (2); proto3 writes a oneof's number even when it is 0.
function ruleOf(bytes: Uint8Array): Rule {
  const fields = fieldsOf(bytes);
  const [outOf] = allOf(fields, 2);
  if (outOf === undefined) return { signedBy: numberOf(fields, 1) };
  const inner = fieldsOf(outOf);
  return { n: numberOf(inner, 1), rules: allOf(inner, 2).map(ruleOf) };
}

function peerOf(principal: Uint8Array): string {
  const fields = fieldsOf(principal);
  const [role] = allOf(fields, 2);
  if (numberOf(fields, 1) !== ROLE || role === undefined) throw new RangeError('not a role principal');
  const roleFields = fieldsOf(role);
  if (numberOf(roleFields, 2) !== PEER) throw new RangeError('not the role PEER');
  return Buffer.from(allOf(roleFields, 1)[0] ?? []).toString('utf8');
}

/** Reads an envelope. @throws RangeError */
export function readPolicy(bytes: Uint8Array): Policy {
  const fields = fieldsOf(bytes);
  const [rule] = allOf(fields, 2);
  if (rule === undefined) throw new RangeError('a policy has a rule');
  return { version: numberOf(fields, 1), rule: ruleOf(rule), mspIds: allOf(fields, 3).map(peerOf) };
}

/** Whether one endorsement of each organisation named satisfies the policy. As in Fabric, one signature serves one leaf. */
export function satisfies({ rule, mspIds }: Policy, endorsers: ReadonlySet<string>): boolean {
  const used = new Set<string>();
  const holds = (each: Rule): boolean => {
    if ('signedBy' in each) {
      const mspId = mspIds[each.signedBy] ?? '';
      if (!endorsers.has(mspId) || used.has(mspId)) return false;
      used.add(mspId);
      return true;
    }
    return each.rules.filter(holds).length >= each.n;
  };
  return holds(rule);
}
