/** What everybody meets who sends what a step of a deal sends: what its case says, crossed with who lives with whom. */
import type { ErrorCode } from '@tenor/client';
import type { Case } from '../commands/support/case.js';
import type { PartyName } from '../support/world.js';

/** Maker and checker of each party. */
export const OPERATORS = [
  ['issuer', 'maker'],
  ['issuer', 'checker'],
  ['bank', 'maker'],
  ['bank', 'checker'],
  ['supplier', 'maker'],
  ['supplier', 'checker'],
  ['contractor', 'maker'],
  ['contractor', 'checker'],
  ['operator', 'maker'],
  ['operator', 'checker'],
] as const;

/** Whether a command is for administrators: then operators are the ones who may not. */
export const isForAdministrators = (each: Case): boolean =>
  each.for === 'administrator' || each.for === 'who decides the change';

/** What an operator of one party meets where all parties live apart. */
function metApart(each: Case, party: PartyName, duty: 'maker' | 'checker'): ErrorCode | 'ok' {
  if (each.for === 'operator') return 'ok';
  if (party !== each.by[0] && each.also?.includes(party) !== true) return each.elsewhere;
  if (isForAdministrators(each)) return each.inside ?? 'CALLER_NOT_ADMIN';
  return each.for.includes(duty) ? 'ok' : 'CALLER_NOT_ALLOWED';
}

/** Where parties share an organisation, one pair of hands has what any of them has; what it can show and may not do is the least. */
const BEST: readonly string[] = [
  ...['ok', 'REGISTRY_FOUNDED', 'CALLER_NOT_ADMIN', 'CALLER_NOT_ALLOWED', 'OPENING_MISMATCH', 'ID_FOREIGN'],
];

/** What each operator meets, in the order of {@link OPERATORS}, when some parties live together. */
export function expectedOf(each: Case, together: (one: PartyName, other: PartyName) => boolean): string[] {
  return OPERATORS.map(([party, duty]) => {
    const hands = OPERATORS.filter(([other, otherDuty]) => otherDuty === duty && together(party, other));
    const met: readonly string[] = hands.map(([other]) => metApart(each, other, duty));
    return BEST.find((code) => met.includes(code)) ?? '';
  });
}

/** Somebody of the acting organisation who is no operator, and, where operators act, one who only reads. */
export type Unfit = 'stranger' | 'viewer' | 'another party';

/** What those meet who may not send it. Administrators are the viewers here: the registry's commands are theirs. */
export function unfitFor(each: Case): Readonly<Partial<Record<Unfit, ErrorCode>>> {
  const abroad = each.elsewhere === 'ok' ? {} : { 'another party': each.elsewhere };
  if (isForAdministrators(each)) return { stranger: each.inside ?? 'CALLER_NOT_ADMIN', ...abroad };
  return { stranger: 'CALLER_NOT_REGISTERED', viewer: 'CALLER_NOT_ALLOWED', ...abroad };
}
