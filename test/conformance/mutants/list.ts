/** All mutants. Each removes one check from devnet, and with each at least one case must fail. */
import { ACCESS_MUTANTS } from './access.js';
import { COMMITTER } from './committer.js';
import { DEFINITION_MUTANTS } from './definitions.js';
import { ENDORSER } from './endorser.js';
import { GATEWAY } from './gateway.js';
import { IDENTITY } from './identity.js';
import { MEMBERS_MUTANTS } from './members.js';
import type { Mutant } from './mutant.js';
import { SERVICES } from './services.js';

export const MUTANTS: readonly Mutant[] = [
  ...[...COMMITTER, ...ENDORSER, ...GATEWAY],
  ...[...IDENTITY, ...SERVICES, ...ACCESS_MUTANTS, ...MEMBERS_MUTANTS],
  ...DEFINITION_MUTANTS,
];
