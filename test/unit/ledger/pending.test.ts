/** Facts that wait for registry records. The records are read once, in one message, and then each fact is made. */
import { describe, expect, it } from '@jest/globals';
import { factsOf, partyOf, Pending, refsOf, type RegistryView } from '../../../chaincode/src/ledger/pending.js';
import { TenorError } from '../../../chaincode/src/protocol/errors.js';
import { BANK, ISSUER, PARTY } from '../../commands/support/facts.js';
import { codeOf } from '../protocol/support.js';

/** A registry with the bank alone. */
const registry: RegistryView = {
  find: (kind, id) => (kind === 'party' && id === BANK ? (PARTY.bank as never) : undefined),
  get: (kind, id, missing) => {
    const found = registry.find(kind, id);
    if (found === undefined) throw new TenorError(missing);
    return found;
  },
};
const refuses = new Pending([['banks']], () => {
  throw new TenorError('STATE', { state: 'PAID' });
});

it('asks for what every fact needs, in lists too, and for nothing of what is no fact', () => {
  const loaded = {
    bank: partyOf(BANK),
    both: [partyOf(BANK), partyOf(ISSUER)],
    date: new Pending([['businessDate']], () => 'today'),
    plain: { party: BANK },
    texts: ['party', BANK],
    none: undefined,
  };
  expect(refsOf(loaded)).toEqual([['party', BANK], ['party', BANK], ['party', ISSUER], ['businessDate']]);
});

describe('facts', () => {
  it('are made of the registry, what is no fact stays as it is', () => {
    const list = ['a'];
    const facts = factsOf({ bank: partyOf(BANK), all: [partyOf(BANK)], list, none: undefined }, registry);
    expect(facts).toEqual({ bank: PARTY.bank, all: [PARTY.bank], list, none: undefined });
    expect(facts.list).toBe(list);
  });

  it('are refused where the registry lacks what they need', () => {
    expect(codeOf(() => factsOf({ issuer: partyOf(ISSUER) }, registry))).toBe('PARTY_UNKNOWN');
  });

  it('of an item say which it is', () => {
    expect(codeOf(() => factsOf({ all: [partyOf(BANK).at(0), refuses.at(1)] }, registry), true)).toEqual([
      'STATE',
      { state: 'PAID', index: '1' },
    ]);
  });

  it('grow out of one another, and ask for what both need', () => {
    const named = partyOf(BANK).map(({ name }, view) => [name, view.find('banks')], [['banks']]);
    expect(named.refs).toEqual([['party', BANK], ['banks']]);
    expect(named.resolve(registry)).toEqual([BANK, undefined]);
    expect(named.at(3).refs).toEqual(named.refs);
  });
});
