// Fabric's policy language, as `peer lifecycle chaincode approveformyorg --signature-policy` takes it: AND('Org1MSP.peer', …), OR, OutOf.
import { common, msp } from '@hyperledger/fabric-protos';

const ROLES = {
  admin: msp.MSPRole.MSPRoleType.ADMIN,
  member: msp.MSPRole.MSPRoleType.MEMBER,
  client: msp.MSPRole.MSPRoleType.CLIENT,
  peer: msp.MSPRole.MSPRoleType.PEER,
  orderer: msp.MSPRole.MSPRoleType.ORDERER,
} as const;
type Role = keyof typeof ROLES;

const PRINCIPAL = /^([A-Za-z0-9.-]+)\.(admin|member|client|peer|orderer)$/;
const TOKEN = /\s*(?:([A-Za-z]+)|(\d+)|'([^']*)'|"([^"]*)"|([(),]))/y;
/** Each gate in the spellings that Fabric knows. */
const GATES: ReadonlyMap<string, 'and' | 'or' | 'outof'> = new Map([
  ...(['And', 'and', 'AND'] as const).map((name) => [name, 'and'] as const),
  ...(['Or', 'or', 'OR'] as const).map((name) => [name, 'or'] as const),
  ...(['OutOf', 'outof', 'OUTOF'] as const).map((name) => [name, 'outof'] as const),
]);

interface Token {
  readonly kind: 'gate' | 'number' | 'principal' | '(' | ')' | ',' | 'end';
  readonly text: string;
  /** Where it begins in the text, from 1 on. */
  readonly at: number;
}

/**
 * A serialized common.SignaturePolicyEnvelope from its text, for example `OR('Org1MSP.member','Org2MSP.member')`. It has the bytes
 * that the `peer` command makes of the same text.
 * @throws Error that names the place of the mistake
 */
export function signaturePolicyFromText(text: string): Uint8Array {
  const principals: msp.MSPPrincipal[] = [];
  const tokens = tokensOf(text);
  const rule = readGate(tokens, principals);
  expectToken(tokens, 'end');
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setVersion(0);
  envelope.setRule(rule);
  envelope.setIdentitiesList(principals);
  return envelope.serializeBinary();
}

/** The tokens in reverse, so that the next one is taken from the end. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const before = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      throw new Error(
        `a policy has nothing that begins with "${text.slice(before, before + 10)}" (character ${String(before + 1)})`,
      );
    }
    const [whole, gate, number, single, double, mark] = match;
    const at = before + 1 + (whole.length - whole.trimStart().length);
    if (gate !== undefined) {
      tokens.push({ kind: 'gate', text: gate, at });
    } else if (number !== undefined) {
      tokens.push({ kind: 'number', text: number, at });
    } else if (mark !== undefined) {
      tokens.push({ kind: mark as '(' | ')' | ',', text: mark, at });
    } else {
      tokens.push({ kind: 'principal', text: single ?? double ?? '', at });
    }
  }
  return [...tokens, { kind: 'end', text: 'the end', at: end + 1 } as const].reverse();
}

function take(tokens: Token[]): Token {
  const token = tokens.pop();
  if (!token) {
    throw new Error('the policy ends too early');
  }
  return token;
}

function expectToken(tokens: Token[], ...kinds: readonly Token['kind'][]): Token {
  const token = take(tokens);
  if (!kinds.includes(token.kind)) {
    const wanted = kinds.map((kind) => (kind === 'end' ? 'the end' : kind)).join(' or ');
    throw new Error(`a policy needs ${wanted} where it has ${token.text} (character ${String(token.at)})`);
  }
  return token;
}

/** AND(…), OR(…) or OutOf(n, …). */
function readGate(tokens: Token[], principals: msp.MSPPrincipal[]): common.SignaturePolicy {
  const name = expectToken(tokens, 'gate');
  const gate = GATES.get(name.text);
  if (gate === undefined) {
    throw new Error(`a policy has AND, OR and OutOf, and no ${name.text} (character ${String(name.at)})`);
  }
  expectToken(tokens, '(');
  let count: number | undefined;
  if (gate === 'outof') {
    count = Number(expectToken(tokens, 'number').text);
    expectToken(tokens, ',');
  }
  const rules: common.SignaturePolicy[] = [];
  do {
    rules.push(readRule(tokens, principals));
  } while (expectToken(tokens, ',', ')').kind === ',');
  count ??= gate === 'and' ? rules.length : 1;
  if (count > rules.length + 1) {
    const of = String(rules.length);
    throw new Error(`a policy cannot need ${String(count)} out of ${of} (character ${String(name.at)})`);
  }
  const nested = new common.SignaturePolicy.NOutOf();
  nested.setN(count);
  nested.setRulesList(rules);
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(nested);
  return rule;
}

function readRule(tokens: Token[], principals: msp.MSPPrincipal[]): common.SignaturePolicy {
  if (tokens.at(-1)?.kind === 'gate') {
    return readGate(tokens, principals);
  }
  const token = expectToken(tokens, 'principal', 'gate');
  const [, mspId, role] = PRINCIPAL.exec(token.text) ?? [];
  if (mspId === undefined || role === undefined) {
    const roles = Object.keys(ROLES).join(', ');
    throw new Error(
      `'${token.text}' is no principal (character ${String(token.at)}): write an MSP id, a dot and a role, which is one of ${roles}`,
    );
  }
  const content = new msp.MSPRole();
  content.setMspIdentifier(mspId);
  content.setRole(ROLES[role as Role]);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(content.serializeBinary());
  const rule = new common.SignaturePolicy();
  rule.setSignedBy(principals.push(principal) - 1);
  return rule;
}
