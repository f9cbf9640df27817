/** Mutants of what may be a chaincode definition. */
import { mutantsOf, type Mutant } from './mutant.js';

const definition = mutantsOf('ledger/definitionCheck.ts');
const lifecycle = mutantsOf('peer/systemChaincodes.ts');

export const DEFINITION_MUTANTS: readonly Mutant[] = [
  definition.never('any chaincode name', '!NAME.test(name)', 'd-names'),
  definition.never('names of system chaincodes', 'SYSTEM_NAMES.has(name)', 'd-system'),
  definition.never('any version', '!VERSION.test(version)', 'd-versions'),
  definition.never('any collection name', '!COLLECTION_NAME.test(name)', 'd-collection-names'),
  definition.drop('a collection twice', '[others.has(name),', '[false,', 'd-collection-names'),
  definition.drop('more peers than allowed', 'maximum < required,', 'false,', 'd-collection-counts'),
  definition.drop('peers below zero', '[required < 0,', '[false,', 'd-collection-counts'),
  definition.never('no rule', '!rule', 'd-collection-members'),
  definition.never('members that all have to agree', 'nested.getN() !== 1', 'd-collection-members'),
  definition.drop('members that are not there', 'channel.membership.has(mspId) ?', 'true ?', 'd-collection-members'),
  definition.never('an upgrade without collections', 'committed.length > 0 && proposed.length === 0', 'd-upgrade'),
  definition.never('an upgrade without one of the collections', '!after', 'd-upgrade,ttl-upgrade'),
  definition.never('another block-to-live', 'after.getBlockToLive() !== before.getBlockToLive()', 'ttl-upgrade'),
  lifecycle.drop(
    'arguments that are none',
    '() => unmarshal(type, argument)',
    '() => new (type as never)()',
    'bytes-lifecycle',
  ),
];
