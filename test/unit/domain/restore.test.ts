/** A lost copy is taken from another party: only what a registered bank's register vouches for, only into the own book. */
import { describe, expect, it } from '@jest/globals';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import { restore, type RestoreFacts } from '../../../chaincode/src/domain/restore.js';
import type { BookKind } from '../../../chaincode/src/protocol/records/index.js';
import {
  callerOf,
  changed,
  CLAIM,
  CONFIRMATION,
  FACE,
  HASH,
  idOf,
  LINE,
  MSP,
  OFFERED,
  opened,
  PARTY,
  SLICE,
  TERMS,
} from './facts.js';
import { refusesInOrder } from './refusals.js';

const TOTALS = opened('totals', { schema: 'tenor.totals/1', id: FACE.id, currency: 'USD', paid: '0', salt: HASH });
const GOOD: RestoreFacts = {
  ...{
    caller: callerOf('supplier', ['maker']),
    terms: TERMS.record,
    parties: TERMS.record,
    bank: PARTY.bank,
    issuer: PARTY.issuer,
  },
};
const facts = (changes: Partial<RestoreFacts>) => (current: RestoreFacts) => ({ ...current, ...changes });
const viewer = callerOf('supplier', ['viewer']);

describe('restore', () => {
  refusesInOrder<RestoreFacts>((current) => restore(SLICE, current), GOOD, [
    ['CALLER_NOT_REGISTERED', 'the caller is no operator', facts({ caller: { ...viewer, operator: undefined } })],
    ['CALLER_NOT_ALLOWED', 'the caller only reads', facts({ caller: viewer })],
    [
      'PARTY_ROLE',
      'the register is of no registered bank',
      facts({ bank: { ...PARTY.bank, roles: ['issuer', 'supplier'] } }),
      { role: 'bank' },
    ],
    ['PARTY_ROLE', 'the register is not that of its bank', facts({ bank: { ...PARTY.bank, mspId: MSP.otherBank } })],
    ['PARTY_ROLE', 'the issuer is of another organisation', facts({ issuer: { ...PARTY.issuer, mspId: MSP.bank } })],
    [
      'OPENING_MISMATCH',
      'the terms are of another certificate',
      facts({ terms: changed(TERMS, { id: idOf('certificate', 2) }).record }),
      { kind: 'terms', id: idOf('certificate', 2) },
    ],
  ]);

  const NOBODY: string[] = [];
  const BOTH = [MSP.bank, MSP.issuer];
  // Whose signature the policy of the caller's own copy asks for besides its own.
  it.each<[Opened<BookKind>, 'bank' | 'issuer' | 'supplier', string[]]>([
    [TERMS, 'bank', BOTH],
    [TERMS, 'issuer', BOTH],
    [TERMS, 'supplier', NOBODY],
    [FACE, 'bank', BOTH],
    [FACE, 'supplier', NOBODY],
    [CONFIRMATION, 'issuer', BOTH],
    [OFFERED, 'bank', BOTH],
    [OFFERED, 'supplier', NOBODY],
    [TOTALS, 'issuer', BOTH],
    [SLICE, 'bank', [MSP.supplier]],
    [SLICE, 'supplier', NOBODY],
    [SLICE, 'issuer', NOBODY],
    [LINE, 'bank', NOBODY],
    [CLAIM, 'issuer', NOBODY],
  ])('%# copies the very bytes into the own book', (record, name, endorsers) => {
    const caller = callerOf(name);
    const terms = 'bankMsp' in record.record ? undefined : TERMS.record;
    const write = {
      op: 'copy',
      kind: record.kind,
      id: record.id,
      bytes: record.bytes,
      books: [{ mspId: caller.mspId }],
    };
    expect(restore(record, { ...GOOD, caller, terms })).toEqual({ writes: [write], endorsers });
  });
});
