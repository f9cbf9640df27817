/** Whose approvals count, and how many are enough. */
import { describe, expect, it } from '@jest/globals';
import { approved } from '../../../chaincode/src/domain/registry.js';
import type { RegistryFacts } from '../../../chaincode/src/domain/registryChanges.js';
import type { Change, Duty, PublicRecord } from '../../../chaincode/src/protocol/records/index.js';
import { codeOf } from '../protocol/support.js';
import { MSP } from '../../commands/support/facts.js';
import { callers, changes, FACTS, FIVE, proposalOf, personOf, PROPOSAL, type Approval } from './registryFacts.js';

const by = (mspId: string, letter: string): Approval => ({ mspId, identity: personOf(letter) });
const state = (change: Change, before: readonly Approval[], facts: Partial<RegistryFacts> = {}): unknown => {
  const found = codeOf(() => approved(proposalOf([change], before), { ...FACTS, ...facts }));
  if (typeof found === 'string') return found;
  const { answered } = found as { answered: ReturnType<typeof approved> };
  const [proposal] = answered;
  return proposal?.op === 'publish' ? (proposal.record as { state: string }).state : undefined;
};

describe('founders decide by the majority of their organisations', () => {
  const others = FIVE.filter((mspId) => mspId !== MSP.bank);
  const founders = (count: number): PublicRecord<'registry'> => ({
    ...FACTS.registry,
    founders: [MSP.bank, ...others.slice(0, count - 1)],
  });

  it.each([
    [2, 1, 'APPLIED'],
    [3, 1, 'APPLIED'],
    [4, 1, 'OPEN'],
    [4, 2, 'APPLIED'],
    [5, 1, 'OPEN'],
    [5, 2, 'APPLIED'],
    [5, 3, 'APPLIED'],
  ])('of %i founders, %i before and one more: %s', (count, before, outcome) => {
    const approvals = others.slice(0, before).map((mspId) => by(mspId, 'f'));
    expect(state(changes.party, approvals, { registry: founders(count) })).toBe(outcome);
  });

  it('does not count the voice of an organisation that is no founder any more', () => {
    expect(state(changes.party, [by('FormerMSP', 'f')], { registry: founders(3) })).toBe('OPEN');
    expect(state(changes.party, [by('FormerMSP', 'f')], { registry: founders(2) })).toBe('OPEN');
  });

  it.each([
    ['the same administrator again', by(MSP.bank, 'a'), 'SAME_PERSON'],
    ['another administrator of the same organisation', by(MSP.bank, 'b'), 'ALREADY_APPROVED'],
  ])('refuses %s', (_what, before, code) => {
    expect(state(changes.party, [before])).toBe(code);
    expect(state(changes.party, [by(MSP.supplier, 'f'), before])).toBe(code);
  });

  it('takes an administrator of another organisation for another person, whatever the names are', () => {
    expect(state(changes.party, [by(MSP.issuer, 'a')])).toBe('OPEN');
    expect(state(changes.party, [by(MSP.supplier, 'f'), by(MSP.issuer, 'a')])).toBe('APPLIED');
  });

  it('names the person before the organisation', () => {
    expect(state(changes.party, [by(MSP.bank, 'f'), by(MSP.bank, 'a')])).toBe('SAME_PERSON');
  });
});

describe('operators are registered by two administrators of their own organisation', () => {
  it.each([
    ['a second administrator', by(MSP.bank, 'b'), 'APPLIED'],
    ['the same administrator', by(MSP.bank, 'a'), 'SAME_PERSON'],
    ['an administrator of another organisation', by(MSP.issuer, 'b'), 'CALLER_NOT_ALLOWED'],
    ['an administrator of another organisation with the same names', by(MSP.issuer, 'a'), 'CALLER_NOT_ALLOWED'],
  ])('after %s: %#', (_what, before, outcome) => {
    expect(state(changes.operator, [before])).toBe(outcome);
  });

  it('needs no founder', () => {
    const registry = { ...FACTS.registry, founders: [MSP.issuer, MSP.supplier] };
    expect(state(changes.operator, [by(MSP.bank, 'b')], { registry })).toBe('APPLIED');
  });
});

describe('the date is stepped by two operators of each of two organisations, one of them a bank', () => {
  const maker = { caller: callers.maker };
  const two = (mspId: string): readonly Approval[] => [by(mspId, 'e'), by(mspId, 'f')];
  const issuerMaker = { caller: { ...callers.maker, mspId: MSP.issuer } };

  it.each<[string, readonly Approval[], Partial<RegistryFacts>, string]>([
    ['two of an issuer, then two of a bank', [...two(MSP.issuer), by(MSP.bank, '1')], maker, 'APPLIED'],
    ['two of a bank, then two of an issuer', [...two(MSP.bank), by(MSP.issuer, '1')], issuerMaker, 'APPLIED'],
    ['one of each in turn', [by(MSP.bank, '1'), ...two(MSP.issuer)], maker, 'APPLIED'],
    [
      'two of an issuer, then two of a bank that is suspended',
      [...two(MSP.issuer), by(MSP.bank, '1')],
      { ...maker, banks: { ...FACTS.banks, active: [] } },
      'OPEN',
    ],
    ['two of an issuer, and one of a bank', two(MSP.issuer), maker, 'OPEN'],
    ['one of an issuer, and two of a bank', [by(MSP.issuer, 'f'), by(MSP.bank, '1')], maker, 'OPEN'],
    ['one of each', [by(MSP.issuer, 'f')], maker, 'OPEN'],
    ['two of a supplier, then two of an issuer', [...two(MSP.supplier), by(MSP.issuer, '1')], issuerMaker, 'OPEN'],
    [
      'one of each of four',
      [by(MSP.supplier, 'f'), by(MSP.contractor, '1'), by('OperatorMSP', '2')],
      issuerMaker,
      'OPEN',
    ],
    [
      'two of an issuer, which had adopted the founding when they voted',
      [...two(MSP.issuer), by(MSP.bank, '1')],
      { ...maker, isMember: true },
      'APPLIED',
    ],
    [
      'two of a bank that has adopted another founding since',
      [...two(MSP.issuer), by(MSP.bank, '1')],
      { ...maker, isMember: false },
      'FOUNDING_MISSING',
    ],
    ['three of one bank', two(MSP.bank), maker, 'ALREADY_APPROVED'],
    ['the same person twice', [by(MSP.bank, 'b')], maker, 'SAME_PERSON'],
    [
      'two of an issuer and one of a bank, of whom one bears the names of the other of the bank',
      [by(MSP.issuer, 'b'), by(MSP.issuer, 'e'), by(MSP.bank, '1')],
      maker,
      'APPLIED',
    ],
  ])('%s: %#', (_what, before, facts, outcome) => {
    expect(state(changes.businessDate, before, facts)).toBe(outcome);
  });
});

describe('the approval of somebody who has no duty any more', () => {
  const maker = callers.maker;
  const lost = (letter: string, duties: Duty[]): Partial<RegistryFacts> => ({
    caller: maker,
    operators: new Map([
      ...FACTS.operators,
      [personOf(letter), { ...maker.operator, identity: personOf(letter), duties }],
    ]),
  });
  const issuers = [by(MSP.issuer, 'e'), by(MSP.issuer, 'f')];

  it('is none where the next of its organisation approves, who is the first then', () => {
    expect(state(changes.businessDate, [by(MSP.bank, '1'), ...issuers], lost('1', ['maker']))).toBe('APPLIED');
    for (const duties of [[], ['viewer']] as Duty[][]) {
      expect(state(changes.businessDate, [by(MSP.bank, '1'), ...issuers], lost('1', duties))).toBe('OPEN');
      const two = [by(MSP.bank, '1'), by(MSP.bank, '0'), ...issuers];
      expect(state(changes.businessDate, two, lost('1', duties))).toBe('APPLIED');
    }
    expect(state(changes.businessDate, [by(MSP.bank, '1'), by(MSP.bank, '0')], lost('1', ['maker']))).toBe(
      'ALREADY_APPROVED',
    );
  });

  it('is taken out of the proposal', () => {
    const before = proposalOf([changes.businessDate], [by(MSP.bank, '1'), ...issuers]);
    const [proposal] = approved(before, { ...FACTS, ...lost('1', ['viewer']) });
    const own = { mspId: MSP.bank, identity: maker.identity, claimedDate: FACTS.claimedDate };
    expect(proposal).toMatchObject({ record: { approvals: [...issuers, own] } });
  });

  it('counts for another organisation, whose people nobody else asks for', () => {
    const two = [by(MSP.issuer, '1'), by(MSP.issuer, 'f'), by(MSP.bank, '0')];
    expect(state(changes.businessDate, two, lost('1', []))).toBe('APPLIED');
  });
});

describe('a proposal that was applied', () => {
  it('is closed, whoever comes', () => {
    const proposal = { ...proposalOf([changes.party], [by(MSP.issuer, 'f')]), state: 'APPLIED' as const };
    for (const caller of Object.values(callers)) {
      expect(codeOf(() => approved(proposal, { ...FACTS, caller }), true)).toEqual([
        'PROPOSAL_CLOSED',
        { proposalId: PROPOSAL },
      ]);
    }
  });
});

it('asks who may take part before it counts voices', () => {
  expect(state(changes.party, [by(MSP.bank, 'e')], { caller: callers.nobody })).toBe('CALLER_NOT_ADMIN');
});

it('notes each approval in its order, and applies nothing before there are enough', () => {
  const before = by(MSP.issuer, 'f');
  expect(approved(proposalOf([changes.party], [before]), FACTS)).toEqual([
    {
      op: 'publish',
      kind: 'proposal',
      id: PROPOSAL,
      record: { ...proposalOf([changes.party], [before]), approvals: [before, by(MSP.bank, 'a')] },
    },
  ]);
});
