/**
 * A suspended party begins nothing new; what it has begun comes to its end, and paper that others hold is passed on and paid. The tables
 * of the commands try each of these words; here they stand together, written by hand.
 */
import { expect, it } from '@jest/globals';
import { DEFINITIONS, type CommandDefinition } from '../../chaincode/src/protocol/commands/index.js';

const FOR_SUSPENDED: Readonly<Record<string, 'refused' | 'taken'>> = {
  // A line, a document, a certificate: what binds, or asks others to bind themselves.
  'line:open': 'refused',
  'document:claim': 'refused',
  'document:confirm': 'refused',
  'certificate:draft': 'refused',
  'certificate:submit': 'refused',
  'certificate:confirm': 'refused',
  'certificate:offer': 'refused',
  'certificate:accept': 'refused',
  // A suspended holder makes no new deal with its paper. It keeps it, and presents it.
  'slice:offer': 'refused',
  'financing:request': 'refused',
  'financing:quote': 'refused',
  'financing:accept': 'refused',
  'financing:reserve': 'refused',
  'financing:settle': 'refused',
  'financing:register': 'taken',
  'financing:limit': 'taken',
  'financing:release': 'taken',
  'slice:accept': 'refused',
  'slice:allocate': 'refused',
  // Nor does a suspended party pay or promise anything in a batch that is new.
  'cash:instruct': 'refused',
  'cash:block': 'refused',
  'batch:approve': 'refused',
  // What ends something, or only divides it.
  'ticket:prepare': 'taken',
  'document:reject': 'taken',
  'document:credit': 'taken',
  'document:release': 'taken',
  'certificate:reject': 'taken',
  'certificate:decline': 'taken',
  'certificate:unwind': 'taken',
  'certificate:redeem': 'taken',
  'certificate:reinstate': 'taken',
  'slice:decline': 'taken',
  'slice:split': 'taken',
  'slice:present': 'taken',
  'slice:presentUnderMandate': 'taken',
  'slice:reinstate': 'taken',
  'mandate:give': 'taken',
  'mandate:revoke': 'taken',
  'slice:release': 'taken',
  'slice:realise': 'taken',
  'cash:unblock': 'taken',
  'cash:acknowledge': 'taken',
  'cash:deny': 'taken',
  'cash:reopen': 'taken',
  'batch:decline': 'taken',
  'presentment:acknowledge': 'taken',
  'presentment:withdraw': 'taken',
  'presentment:discharge': 'taken',
  'presentment:reopen': 'taken',
  'payment:report': 'taken',
  'payment:return': 'taken',
  'payment:attest': 'taken',
};

it('of every command for a party says whether a suspended one may send it', () => {
  const commands = Object.entries(DEFINITIONS).flatMap(([name, definition]) => {
    if (definition.kind !== 'submit') return [];
    const { by }: CommandDefinition = definition;
    return 'party' in by ? [[name, by.commits === true ? 'refused' : 'taken']] : [];
  });
  expect(Object.fromEntries(commands)).toEqual(FOR_SUSPENDED);
});
