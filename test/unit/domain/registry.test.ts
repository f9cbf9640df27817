/** The registry: who founds it, who may propose what, whose voices count, and what makes a proposal stale. */
import { describe, expect, it } from '@jest/globals';
import { approved, DECIDERS, proposed } from '../../../chaincode/src/domain/registry.js';
import { assertFounders, type RegistryFacts } from '../../../chaincode/src/domain/registryChanges.js';
import type { Write } from '../../../chaincode/src/domain/decision.js';
import type { ErrorData } from '../../../chaincode/src/protocol/errors.js';
import type { Change, PublicRecord, StandIn } from '../../../chaincode/src/protocol/records/index.js';
import { codeOf } from '../protocol/support.js';
import { BANK, CONTRACTOR, ISSUER, MSP, OTHER_BANK, PARTY, SUPPLIER } from '../../commands/support/facts.js';
import {
  CALENDAR,
  callers,
  dateRecord,
  changes,
  FACTS,
  FIVE,
  POLICY,
  personOf,
  PROPOSAL,
  proposalOf,
  type Approval,
  published,
} from './registryFacts.js';

/** With a valid check character (GB 32100). */
const [USCI, OTHER_USCI] = ['91100000100003962T', '91310000DEMBAWUP3W'];
/** The supplier bears the first of them. */
const BEARS: RegistryFacts['partyIds'] = new Map([[USCI, { schema: 'tenor.partyId/1', id: USCI, party: SUPPLIER }]]);
const AT_CONTRACTOR: StandIn = { party: CONTRACTOR, mspId: MSP.contractor };

it('takes two or more different founders', () => {
  const found = (...founders: string[]): unknown =>
    codeOf(() => {
      assertFounders(founders);
    });
  expect([found(MSP.issuer, MSP.bank), found(...FIVE)]).toEqual([{ answered: undefined }, { answered: undefined }]);
  expect([found(), found(MSP.bank), found(MSP.bank, MSP.bank)]).toEqual(Array(3).fill('FOUNDERS_INVALID'));
});

describe('who may propose what', () => {
  // prettier-ignore
  const TABLE: readonly (readonly [Change['kind'], ...string[]])[] = [
    //               founder's admin     other's admin         maker                    checker                  viewer                 nobody
    ['party',        'taken',            'CALLER_NOT_ALLOWED', 'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',    'CALLER_NOT_ADMIN'],
    ['policy',       'taken',            'CALLER_NOT_ALLOWED', 'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',    'CALLER_NOT_ADMIN'],
    ['calendar',     'taken',            'CALLER_NOT_ALLOWED', 'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',    'CALLER_NOT_ADMIN'],
    ['founders',     'taken',            'CALLER_NOT_ALLOWED', 'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',    'CALLER_NOT_ADMIN'],
    ['businessDateSet', 'taken',         'CALLER_NOT_ALLOWED', 'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',    'CALLER_NOT_ADMIN'],
    ['departure',    'taken',            'CALLER_NOT_ALLOWED', 'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',    'CALLER_NOT_ADMIN'],
    ['operator',     'taken',            'PARTY_UNKNOWN',      'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',      'CALLER_NOT_ADMIN',    'CALLER_NOT_ADMIN'],
    ['businessDate', 'CALLER_NOT_REGISTERED', 'CALLER_NOT_REGISTERED', 'taken',        'taken',                 'CALLER_NOT_ALLOWED',  'CALLER_NOT_REGISTERED'],
  ];
  const who = ['founderAdmin', 'otherAdmin', 'maker', 'checker', 'viewer', 'nobody'] as const;
  const rows = TABLE.flatMap(([kind, ...outcomes]) =>
    who.map((name, index) => ({ kind, name, outcome: outcomes[index] })),
  );

  it.each(rows)('$kind by $name: $outcome', ({ kind, name, outcome }) => {
    const facts = { ...FACTS, caller: callers[name] };
    const found = codeOf(() => proposed({ proposalId: PROPOSAL, changes: [changes[kind]] }, facts));
    expect(typeof found === 'string' ? found : 'taken').toBe(outcome);
    // The same people may approve, and nobody else.
    const proposal = proposalOf(
      [changes[kind]],
      [{ mspId: kind === 'operator' ? callers[name].mspId : 'AnotherMSP', identity: personOf('f') }],
    );
    const approving = codeOf(() => approved(proposal, facts));
    expect(typeof approving === 'string' ? approving : 'taken').toBe(outcome);
  });

  it('knows every kind of change', () => {
    expect(Object.keys(DECIDERS).sort()).toEqual(TABLE.map(([kind]) => kind).sort());
  });
});

describe('who has left', () => {
  const leaving = (state: 'LEAVING' | 'LEFT', ...mspIds: string[]): RegistryFacts => ({
    ...FACTS,
    departures: { schema: 'tenor.departures/1', version: 1, organizations: mspIds.map((mspId) => ({ mspId, state })) },
  });
  const voice = (mspId: string, letter: string): Approval => ({ mspId, identity: personOf(letter) });
  const stateAfter = (change: Change, before: readonly Approval[], facts: RegistryFacts): unknown => {
    const [first] = approved(proposalOf([change], before), facts);
    return first?.op === 'publish' ? (first.record as { readonly state?: string }).state : undefined;
  };

  it('has no voice among the founders, and is not waited for', () => {
    const two = [voice(MSP.issuer, 'f'), voice('OperatorMSP', 'e')];
    expect(stateAfter(changes.party, two, FACTS)).toBe('APPLIED');
    expect(stateAfter(changes.party, two, leaving('LEFT', MSP.issuer, 'OperatorMSP'))).toBe('OPEN');
    const one = [voice(MSP.issuer, 'f')];
    expect(stateAfter(changes.party, one, FACTS)).toBe('OPEN');
    expect(stateAfter(changes.party, one, leaving('LEFT', MSP.supplier, 'OperatorMSP'))).toBe('APPLIED');
    expect(stateAfter(changes.party, one, leaving('LEAVING', MSP.supplier, 'OperatorMSP'))).toBe('OPEN');
  });

  it('leaves the last founder to decide alone, and nobody else', () => {
    const others = FIVE.filter((mspId) => mspId !== MSP.bank);
    const written = (gone: readonly string[]): unknown[] =>
      proposed({ proposalId: PROPOSAL, changes: [changes.party] }, leaving('LEFT', ...gone)).map((write) =>
        write.op === 'publish' ? [write.kind, (write.record as { readonly state?: string }).state] : write,
      );
    expect(written(others)).toEqual([
      ['proposal', 'APPLIED'],
      ['party', undefined],
    ]);
    expect(written(others.slice(1))).toEqual([['proposal', 'OPEN']]);
  });

  it('is no bank whose voice the date needs', () => {
    const facts = { ...FACTS, caller: callers.maker };
    const three = [voice(MSP.issuer, 'f'), voice(MSP.issuer, '1'), voice(MSP.bank, '2')];
    expect(stateAfter(changes.businessDate, three, facts)).toBe('APPLIED');
    for (const state of ['LEAVING', 'LEFT'] as const)
      expect(stateAfter(changes.businessDate, three, { ...leaving(state, MSP.bank), caller: callers.maker })).toBe(
        'OPEN',
      );
    expect(stateAfter(changes.businessDate, three, { ...leaving('LEFT', MSP.issuer), caller: callers.maker })).toBe(
      'OPEN',
    );
  });
});

describe('proposals', () => {
  it('come true only over what stood there when they were made', () => {
    const proposal = proposalOf([changes.party], [{ mspId: 'AnotherMSP', identity: personOf('f') }]);
    expect(codeOf(() => approved(proposal, { ...FACTS, basis: 'cd'.repeat(32) }))).toBe('PROPOSAL_STALE');
  });

  it.each([
    ['2026-11-23', '2026-11-23', 'taken'],
    ['2026-11-23', '2026-12-23', 'taken'],
    ['2026-11-23', '2026-12-24', 'PROPOSAL_STALE'],
    // The founders have taken the date back since.
    ['2026-11-24', '2026-11-23', 'PROPOSAL_STALE'],
    ['2027-06-30', '2026-11-23', 'PROPOSAL_STALE'],
    [null, '2026-11-23', 'PROPOSAL_STALE'],
    [null, null, 'taken'],
  ] as const)('of %s are taken on %s: %s', (proposedOn, date, outcome) => {
    const proposal = { ...proposalOf([changes.party], [{ mspId: 'AnotherMSP', identity: personOf('f') }]), proposedOn };
    const businessDate = date === null ? undefined : dateRecord(date);
    const found = codeOf(() => approved(proposal, { ...FACTS, businessDate }));
    expect(typeof found === 'string' ? found : 'taken').toBe(outcome);
  });

  const run = (list: Change[], facts: RegistryFacts = FACTS): unknown =>
    proposed({ proposalId: PROPOSAL, changes: list }, facts);

  it('are written with the proposer as first approval, and change nothing yet', () => {
    const { mspId, identity } = FACTS.caller;
    const record = {
      ...{ schema: 'tenor.proposal/1', id: PROPOSAL, changes: [changes.party], state: 'OPEN' },
      ...{ proposer: { mspId, identity }, approvals: [{ mspId, identity }], basis: FACTS.basis },
      proposedOn: '2026-11-23',
    };
    expect(run([changes.party])).toEqual([published('proposal', PROPOSAL, record)]);
  });

  it.each<[string, Change[]]>([
    ['founders and operators decide', [changes.party, changes.operator]],
    ['founders and two operators decide', [changes.policy, changes.businessDate]],
    ['one sets the date twice', [changes.businessDate, { kind: 'businessDate', date: '2026-12-01' }]],
    ['founders set the date beside something else', [changes.businessDateSet, changes.party]],
    ['founders set the date and operators step it', [changes.businessDateSet, changes.businessDate]],
    ['one sets the date twice, first backwards', [{ kind: 'businessDate', date: '2020-01-01' }, changes.businessDate]],
    ['the founders change beside something else', [changes.founders, changes.party]],
    [
      'something else stands before a change of the founders that is invalid too',
      [changes.party, { kind: 'founders', founders: [MSP.bank, MSP.bank] }],
    ],
    ['nothing changes', []],
  ])('refuses with PROPOSAL_MIXED where %s', (_what, list) => {
    expect(codeOf(() => run(list))).toBe('PROPOSAL_MIXED');
    expect(codeOf(() => run(list, { ...FACTS, caller: callers.nobody }))).toBe('PROPOSAL_MIXED');
  });

  it('take parties, policy and calendar together', () => {
    expect(codeOf(() => run([changes.party, changes.policy, changes.calendar]))).toHaveProperty('answered');
  });

  const calendarOf = (id: string, version: number): Change => ({
    kind: 'calendar',
    calendar: { ...CALENDAR, id, version },
  });
  const calendar = (version: number): Change => calendarOf('CN', version);
  const policy = (version: number, effectiveFrom: string, standIns: StandIn[] = []): Change => ({
    kind: 'policy',
    policy: { ...POLICY, version, effectiveFrom, standIns },
  });
  const party = (values: Partial<PublicRecord<'party'>>): Change => {
    const { schema: _schema, version: _version, ...rest } = { ...PARTY.contractor, ...values };
    return { kind: 'party', party: rest };
  };
  const operator = (parties: string[]): Change => ({
    kind: 'operator',
    operator: { identity: personOf('9'), duties: ['maker'], parties },
  });
  const banks = (count: number): PublicRecord<'banks'> => ({
    ...FACTS.banks,
    mspIds: Array.from({ length: count }, (_, index) => `Bank${String(index)}MSP`),
  });
  const policies = (count: number): PublicRecord<'policies'> => ({
    ...FACTS.policies,
    versions: Array.from({ length: count }, (_, index) => ({ ...POLICY, version: index + 1 })),
  });

  type Refusal = [code: string, what: string, change: Change, facts: Partial<RegistryFacts>, data?: ErrorData];
  it.each<Refusal>([
    [
      'PARTY_TAKEN',
      'a party moves to another organisation',
      party({ id: SUPPLIER, mspId: MSP.contractor }),
      {},
      { mspId: MSP.supplier },
    ],
    ['REGISTRY_FULL', 'a thirty-first bank comes', party({ roles: ['bank'] }), { banks: banks(30) }, { kind: 'banks' }],
    [
      'REGISTRY_FULL',
      'a two-hundred-and-first policy comes',
      policy(201, '2030-01-01'),
      { policies: policies(200) },
      { kind: 'policies' },
    ],
    ['PROPOSAL_STALE', 'the policy skips a version', policy(3, '2027-01-01'), {}, { kind: 'policy' }],
    ['PROPOSAL_STALE', 'the policy has the version that is there', policy(1, '2027-01-01'), {}],
    ['PROPOSAL_STALE', 'the policy is effective before the last one', policy(2, '2025-06-14'), {}],
    ['PROPOSAL_STALE', 'the calendar skips a version', calendar(3), {}, { kind: 'calendar' }],
    ['PROPOSAL_STALE', 'the calendar has the version that is there', calendar(1), {}],
    [
      'PROPOSAL_STALE',
      'a new calendar does not begin at one',
      { kind: 'calendar', calendar: { ...CALENDAR, id: 'AU', version: 2 } },
      {},
    ],
    [
      'PARTY_UNKNOWN',
      'a stand-in of the policy is not there',
      policy(2, '2027-01-01', [AT_CONTRACTOR]),
      {},
      { party: CONTRACTOR },
    ],
    [
      'PARTY_UNKNOWN',
      'a stand-in of the policy belongs to another organisation',
      policy(2, '2027-01-01', [{ party: ISSUER, mspId: MSP.bank }]),
      {},
      { party: ISSUER },
    ],
    ['PARTY_UNKNOWN', 'an operator acts for a party of another organisation', operator([ISSUER]), {}],
    [
      'PARTY_UNKNOWN',
      'an operator acts for a party that is not there',
      operator([BANK, CONTRACTOR]),
      {},
      { party: CONTRACTOR },
    ],
    [
      'PARTY_ID_TAKEN',
      'the id of a new party is the second id of another',
      party({ id: USCI }),
      { partyIds: BEARS },
      { party: SUPPLIER },
    ],
    [
      'PARTY_ID_TAKEN',
      'the second id of a new party is that of another',
      party({ otherId: USCI }),
      { partyIds: BEARS },
      { party: SUPPLIER },
    ],
    [
      'PARTY_ID_TAKEN',
      'the second id is the one under which another is registered',
      party({ otherId: USCI }),
      { parties: new Map([...FACTS.parties, [USCI, { ...PARTY.otherBank, id: USCI }]]) },
      { party: USCI },
    ],
    ['CALENDAR_UNKNOWN', 'the date is set by no known calendar', { ...changes.businessDateSet, calendar: 'AU' }, {}],
    ['CALENDAR_ENDS', 'the date is set beyond its calendar', { ...changes.businessDateSet, date: '2028-01-03' }, {}],
    ['FOUNDERS_INVALID', 'a founder is named twice', { kind: 'founders', founders: [MSP.bank, MSP.bank] }, {}],
  ])(
    'refuses with %s where %s, when proposed and again when it would be applied',
    (...[code, , change, facts, data]: Refusal) => {
      expect(codeOf(() => run([change], { ...FACTS, ...facts }), true)).toEqual([code, data ?? expect.anything()]);
      const { caller } = { ...FACTS, ...facts };
      const others = FIVE.filter((mspId) => mspId !== caller.mspId).map((mspId) => ({
        mspId,
        identity: personOf('f'),
      }));
      const approvals = change.kind === 'operator' ? [{ mspId: caller.mspId, identity: personOf('f') }] : others;
      expect(codeOf(() => approved(proposalOf([change], approvals), { ...FACTS, ...facts }))).toBe(code);
    },
  );

  // Each change sees what those before it in the same proposal have made of the registry.
  it.each<[string, string, Change[], Partial<RegistryFacts>]>([
    ['PARTY_TAKEN', 'a new party is given to two organisations', [party({}), party({ mspId: MSP.bank })], {}],
    ['PARTY_TAKEN', 'a known party moves behind a new one', [party({}), party({ id: SUPPLIER })], {}],
    [
      'REGISTRY_FULL',
      'a thirty-first bank comes behind the thirtieth',
      [party({ roles: ['bank'] }), party({ id: OTHER_BANK, mspId: MSP.otherBank, roles: ['bank'] })],
      { banks: banks(29) },
    ],
    ['PROPOSAL_STALE', 'a policy comes twice', [policy(2, '2027-01-01'), policy(2, '2027-01-01')], {}],
    ['PROPOSAL_STALE', 'a calendar comes twice', [calendar(2), calendar(2)], {}],
    ['PROPOSAL_STALE', 'a new calendar comes twice', [calendarOf('AU', 1), calendarOf('AU', 1)], {}],
    [
      'PARTY_ID_TAKEN',
      'two new parties bear one second id',
      [party({ otherId: USCI }), party({ id: OTHER_BANK, otherId: USCI })],
      {},
    ],
    [
      'PARTY_ID_TAKEN',
      'a new party is registered under the id of one before it',
      [party({ otherId: USCI }), party({ id: USCI })],
      {},
    ],
    ['PARTY_UNKNOWN', 'the second operator acts for a foreign party', [operator([BANK]), operator([ISSUER])], {}],
  ])('refuses with %s where %s', (code, _what, list, facts) => {
    expect(codeOf(() => run(list, { ...FACTS, ...facts }))).toBe(code);
  });

  it.each<[string, Change[]]>([
    ['a calendar twice, one version after the other', [calendar(2), calendar(3)]],
    ['another calendar first', [calendarOf('AU', 1), calendar(2)]],
    ['a policy behind a calendar and a party', [calendar(2), party({}), policy(2, '2027-01-01')]],
    [
      'a policy whose stand-in is registered before it',
      [party({ id: CONTRACTOR, mspId: MSP.contractor }), policy(2, '2027-01-01', [AT_CONTRACTOR])],
    ],
    ['one party twice in its organisation', [party({}), party({ roles: ['supplier', 'operator'] })]],
    ['two operators', [operator([BANK]), operator([])]],
  ])('takes %s', (_what, list) => {
    expect(codeOf(() => run(list))).toHaveProperty('answered');
  });

  it.each<[string, Change, Partial<RegistryFacts>]>([
    [
      'a bank of an organisation that has one, in a full registry',
      party({ roles: ['bank'], mspId: 'Bank7MSP' }),
      { banks: banks(30) },
    ],
    ['a thirtieth bank', party({ roles: ['bank'] }), { banks: banks(29) }],
    ['a two-hundredth policy', policy(200, '2030-01-01'), { policies: policies(199) }],
    ['a policy effective on the day of the last', policy(2, '2025-06-15'), {}],
    ['a policy with a stand-in', policy(2, '2027-01-01', [{ party: BANK, mspId: MSP.bank }]), {}],
    ['a first policy', policy(1, '2025-06-15'), { policies: { ...FACTS.policies, versions: [] } }],
    ['a calendar that follows', calendar(2), {}],
    [
      'a party with other roles in its organisation',
      party({ id: BANK, mspId: MSP.bank, roles: ['bank', 'supplier'] }),
      {},
    ],
    ['an operator without a party', operator([]), {}],
  ])('takes %s', (_what, change, facts) => {
    expect(codeOf(() => run([change], { ...FACTS, ...facts }))).toHaveProperty('answered');
  });
});

describe('what is applied', () => {
  const applied = (list: Change[], facts: Partial<RegistryFacts> = {}): Write[] => {
    const all = { ...FACTS, ...facts };
    const others = FIVE.filter((mspId) => mspId !== all.caller.mspId).map((mspId) => ({
      mspId,
      identity: personOf('f'),
    }));
    const first = list[0]?.kind === 'operator' ? [{ mspId: all.caller.mspId, identity: personOf('f') }] : others;
    return [...approved(proposalOf(list, first), all)].slice(1);
  };

  it('registers a party, and its organisation among the banks in order', () => {
    const otherBank = {
      kind: 'party',
      party: { id: OTHER_BANK, name: 'B', mspId: 'ABankMSP', roles: ['bank'], sme: false, status: 'ACTIVE' },
    } as const;
    expect(applied([changes.party, { ...otherBank, party: { ...otherBank.party, roles: ['bank'] } }])).toEqual([
      published('party', CONTRACTOR, { schema: 'tenor.party/1', ...changes.party.party, version: 1 }),
      published('party', OTHER_BANK, { schema: 'tenor.party/1', ...otherBank.party, version: 1 }),
      published('banks', undefined, {
        ...{ ...FACTS.banks, mspIds: ['ABankMSP', MSP.bank] },
        active: [{ mspId: 'ABankMSP', parties: 1 }, ...FACTS.banks.active],
      }),
    ]);
  });

  it('registers two banks of one proposal', () => {
    const bank = (id: string, mspId: string): Change => ({
      kind: 'party',
      party: { id, name: 'B', mspId, roles: ['bank'], sme: false, status: 'ACTIVE' },
    });
    const writes = applied([bank(CONTRACTOR, 'ABankMSP'), bank(OTHER_BANK, 'ZBankMSP')]);
    expect(writes).toContainEqual(
      published('banks', undefined, {
        ...{ ...FACTS.banks, mspIds: ['ABankMSP', MSP.bank, 'ZBankMSP'] },
        active: ['ABankMSP', MSP.bank, 'ZBankMSP'].map((mspId) => ({ mspId, parties: 1 })),
      }),
    );
  });

  describe('to the banks when one changes', () => {
    const bankWith = (values: Partial<PublicRecord<'party'>>): Change => ({
      kind: 'party',
      party: { id: BANK, name: 'B', mspId: MSP.bank, roles: ['bank'], sme: false, status: 'ACTIVE', ...values },
    });
    const second = (values: Partial<PublicRecord<'party'>> = {}): Change => bankWith({ id: CONTRACTOR, ...values });
    const banksAfter = (...list: Change[]): unknown =>
      applied(list).find((write) => write.op === 'publish' && write.kind === 'banks');
    const activeAre = (...active: object[]): object => published('banks', undefined, { ...FACTS.banks, active });

    it.each<[string, Change[], object[]]>([
      ['is suspended', [bankWith({ status: 'SUSPENDED' })], []],
      ['has the role no longer', [bankWith({ roles: ['supplier'] })], []],
      ['is joined by a second of its organisation', [second()], [{ mspId: MSP.bank, parties: 2 }]],
      ['is suspended while a second is active', [second(), bankWith({ status: 'SUSPENDED' })], FACTS.banks.active],
      [
        'and a second are suspended',
        [second(), bankWith({ status: 'SUSPENDED' }), second({ status: 'SUSPENDED' })],
        [],
      ],
      ['is suspended and back', [bankWith({ status: 'SUSPENDED' }), bankWith({})], FACTS.banks.active],
    ])('which %s: its organisation stays, because its book may hold claims', (_what, list, active) => {
      expect(banksAfter(...list)).toEqual(activeAre(...active));
    });

    it('takes an organisation whose only bank is suspended from the start', () => {
      const party = second({ mspId: 'ABankMSP', status: 'SUSPENDED' });
      expect(banksAfter(party)).toEqual(
        published('banks', undefined, { ...FACTS.banks, mspIds: ['ABankMSP', MSP.bank] }),
      );
    });

    it('writes nothing where only its name changes', () => {
      expect(banksAfter(bankWith({ name: 'C' }))).toBeUndefined();
    });
  });

  const contractor = changes.party.party;
  const partyWith = (values: object): Change => ({ kind: 'party', party: { ...contractor, ...values } });
  const idOf = (id: string, party: string): object =>
    published('partyId', id, { schema: 'tenor.partyId/1', id, party });

  it('registers a second id as one of that party, and keeps it where a change leaves it out', () => {
    const record = { schema: 'tenor.party/1' as const, ...contractor, otherId: USCI, version: 1 };
    expect(applied([partyWith({ otherId: USCI })])).toEqual([
      published('party', CONTRACTOR, record),
      idOf(USCI, CONTRACTOR),
    ]);
    const parties = new Map([...FACTS.parties, [CONTRACTOR, record]]);
    const partyIds = new Map([[USCI, { schema: 'tenor.partyId/1' as const, id: USCI, party: CONTRACTOR }]]);
    const after = (values: object): unknown[] => applied([partyWith(values)], { parties, partyIds }).slice(1);
    expect(after({ otherId: USCI, roles: ['bank'] })).toEqual([published('banks', undefined, expect.anything())]);
    expect(after({ otherId: OTHER_USCI })).toEqual([idOf(OTHER_USCI, CONTRACTOR)]);
    expect(applied([partyWith({ name: 'D' })], { parties, partyIds })).toEqual([
      published('party', CONTRACTOR, { ...record, name: 'D', version: 2 }),
    ]);
  });

  it('gives a second id that was replaced back to its own party, and to no other', () => {
    const record = { schema: 'tenor.party/1' as const, ...contractor, otherId: OTHER_USCI, version: 2 };
    const parties = new Map([...FACTS.parties, [CONTRACTOR, record]]);
    const partyIds = new Map(
      [USCI, OTHER_USCI].map((id) => [id, { schema: 'tenor.partyId/1' as const, id, party: CONTRACTOR }]),
    );
    const after = (values: object): unknown => codeOf(() => applied([partyWith(values)], { parties, partyIds }));
    expect(after({ otherId: USCI })).toHaveProperty('answered');
    expect(after({ id: USCI })).toBe('PARTY_ID_TAKEN');
    expect(after({ id: OTHER_BANK, otherId: USCI })).toBe('PARTY_ID_TAKEN');
  });

  it('counts how often party, operator, founders and date have changed, also within one proposal', () => {
    const known = { schema: 'tenor.party/1' as const, ...contractor, version: 4 };
    const parties = new Map([...FACTS.parties, [CONTRACTOR, known]]);
    const suspended = partyWith({ status: 'SUSPENDED' });
    expect(applied([suspended], { parties })).toMatchObject([{ record: { status: 'SUSPENDED', version: 5 } }]);
    expect(applied([suspended, changes.party], { parties })).toMatchObject([
      { record: { status: 'ACTIVE', version: 6 } },
    ]);
    const { operator } = changes.operator;
    const operators = new Map([
      [operator.identity, { schema: 'tenor.operator/1' as const, mspId: MSP.bank, ...operator, version: 2 }],
    ]);
    expect(applied([changes.operator], { operators })).toMatchObject([{ record: { version: 3 } }]);
  });

  it('writes each record once, with what the later change says', () => {
    const twice = [1, 2].map((step): Change => ({
      kind: 'policy',
      policy: { ...POLICY, version: step + 1, maxTier: step, effectiveFrom: '2027-01-01' },
    }));
    const versions = [POLICY, ...twice.map((change) => (change.kind === 'policy' ? change.policy : POLICY))];
    expect(applied(twice)).toEqual([published('policies', undefined, { schema: 'tenor.policies/1', versions })]);
  });

  it('lets an operator act for a party that its organisation has', () => {
    const { operator } = changes.operator;
    expect(applied([changes.operator])).toEqual([
      published('operator', `${MSP.bank}/${operator.identity}`, {
        schema: 'tenor.operator/1',
        mspId: MSP.bank,
        ...operator,
        version: 1,
      }),
    ]);
  });

  it('replaces a calendar, moves the date, changes the founders', () => {
    expect(applied([changes.calendar])).toEqual([
      published('calendar', 'CN', { schema: 'tenor.calendar/1', ...changes.calendar.calendar }),
    ]);
    const { kind: _kind, ...set } = changes.businessDateSet;
    expect(applied([changes.businessDateSet])).toEqual([
      published('businessDate', undefined, { schema: 'tenor.businessDate/1', ...set, version: 2 }),
    ]);
    expect(applied([changes.founders])).toEqual([
      published('registry', undefined, { ...FACTS.registry, founders: [MSP.bank, MSP.supplier], version: 2 }),
    ]);
  });
});
