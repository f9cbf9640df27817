/** The registry from nothing: who founds it, who decides what, and what cannot be undone. Each organisation acts as itself here. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimIdOf, newReference, type Change, type Duty, type Input, type Role, type Tenor } from '@tenor/client';
import type { TopologyName } from '@tenor/network';
import { claimInput } from '../deal/inputs.js';
import { contentOf } from '../support/deal.js';
import { itApart } from '../support/hosting.js';
import type { Ledger, OpenLedger } from '../support/ledger.js';
import { DUE, LEI, type PartyName } from '../support/world.js';
import { datesFollowTheClock, oldVotes } from './attacksVotes.js';
import { outcome, refusal } from './dealBooks.js';
import { dateOf, decide, EVERY_DAY, HOUSE_BANK, setTo, stageOn, type Stage } from './lifecycleRegistryStage.js';

const partyOf = (id: string, mspId: string, roles: Role[]): Change => ({
  kind: 'party',
  party: { id, name: 'A party', mspId, roles, sme: false, status: 'ACTIVE' },
});

const policyOf = (version: number, effectiveFrom: string): Change => ({
  kind: 'policy',
  policy: {
    ...{ version, effectiveFrom, maxTenorMonths: 12, justifyBeyondMonths: 6, smePaymentDays: 60 },
    ...{ maxTier: 3, maxChildren: 50, graceDays: 5, standIns: [] },
  },
});

const calendarOf = (version: number): Change => ({
  kind: 'calendar',
  calendar: { id: 'CN', version, weekend: [5, 6], holidays: [], extraWorkdays: [], until: '2027-12-31' },
});

/** The registry, step by step. */
export function shouldFoundARegistry(open: OpenLedger, on: TopologyName = 'five-org'): void {
  describe('a registry', () => {
    let ledger: Ledger;
    const clients = new Map<string, Tenor>();
    const stage = stageOn(on, (organization, user) => {
      const name = `${organization} ${user}`;
      const client = clients.get(name) ?? ledger.connect(organization, user);
      clients.set(name, client);
      return client;
    });
    beforeAll(async () => {
      ledger = await open();
    });
    afterAll(async () => {
      for (const client of clients.values()) client.close();
      await ledger.close();
    });

    foundings(stage);
    foundersDecide(stage);
    organizationsDecide(stage);
    datesMove(stage);
    rulesAreNeeded(stage);
    foundersChange(stage);
    twoIds(stage);
    oldVotes(stage);
    datesFollowTheClock(stage);
  });
}

function foundings({ on, as, msp, msps, seconds }: Stage): void {
  it('does nothing before it is founded', async () => {
    expect(
      await outcome(as('bank').registry.propose({ proposalId: as('bank').newId(), changes: [dateOf('2026-11-23')] })),
    ).toBe('REGISTRY_NOT_FOUNDED');
    expect(await outcome(as('bank').registry.get('registry'))).toBe('NOT_FOUND');
  });

  it('is founded by two organisations or more that the channel has, each once', async () => {
    const adopt = (founders: readonly string[], user = 'Admin'): Promise<string> =>
      outcome(as('bank', user).registry.adopt({ founders: [...founders] }));
    expect(await adopt(msps, 'User1')).toBe('CALLER_NOT_ADMIN');
    expect(await adopt([msp('bank')])).toBe('FOUNDERS_INVALID');
    expect(await adopt([msp('bank'), msp('bank')])).toBe('FOUNDERS_INVALID');
    expect(await adopt([msp('bank'), 'NobodyMSP'])).toBe('MSP_UNKNOWN');
  });

  itApart(on, 'is founded by none but one of its founders', async () => {
    const founders = [msp('issuer'), msp('supplier')];
    expect(await outcome(as('bank').registry.bootstrap({ founders }))).toBe('FOUNDING_MISSING');
  });

  it('is written into a book by its owner, not by others', async () => {
    const argument = JSON.stringify({ founders: [msp('bank'), msp('issuer')] });
    const send = (...mspIds: string[]): Promise<string> =>
      outcome(as('issuer').sender.submitOnce('registry:adopt', argument, {}, mspIds));
    expect(await send(...msps.filter((mspId) => mspId !== msp('issuer')))).toBe('ENDORSEMENT_POLICY_FAILURE');
  });

  it('is founded once every founder has adopted it in its own book', async () => {
    const bootstrap = (user = 'Admin'): Promise<string> =>
      outcome(as('bank', user).registry.bootstrap({ founders: [...msps] }));
    const first = (['bank', 'issuer', 'supplier', 'contractor'] as const).filter(
      (name) => msp(name) !== msp('operator'),
    );
    for (const name of first) await as(name).registry.adopt({ founders: [...msps].reverse() });
    expect((await refusal(as('bank').registry.bootstrap({ founders: [...msps] }))).data).toEqual({
      mspId: msp('operator'),
    });
    await as('operator').registry.adopt({ founders: [...msps] });
    expect(await bootstrap('User1')).toBe('CALLER_NOT_ADMIN');
    expect(await bootstrap()).toBe('ok');
    expect((await as('bank').registry.get('registry')).founders).toEqual([...msps].sort());
  });

  it('is founded by the endorsement of a majority, not of one', async () => {
    const argument = JSON.stringify({
      proposalId: as('bank').newId(),
      changes: [partyOf(LEI.bank, msp('bank'), ['bank'])],
    });
    const send = (...mspIds: string[]): Promise<string> =>
      outcome(as('bank').sender.submitOnce('registry:propose', argument, {}, mspIds));
    const majority = [msp('bank'), ...seconds.map(msp)];
    for (let few = 1; few < majority.length; few += 1)
      expect(await send(...majority.slice(0, few))).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect(await send(...majority)).toBe('ok');
  });

  itApart(on, 'is not founded again by others', async () => {
    const founders = [msp('bank'), msp('issuer')];
    for (const name of ['bank', 'issuer'] as const) await as(name).registry.adopt({ founders });
    expect(await outcome(as('bank').registry.bootstrap({ founders }))).toBe('REGISTRY_FOUNDED');
    for (const name of ['bank', 'issuer'] as const) await as(name).registry.adopt({ founders: [...msps] });
  });

  it('is not founded again by the same', async () => {
    expect(await as('bank').registry.bootstrap({ founders: [...msps] })).toMatchObject({ replayed: true });
  });
}

function foundersDecide({ on, as, msp, msps, seconds }: Stage): void {
  const parties = [
    partyOf(LEI.issuer, msp('issuer'), ['issuer']),
    partyOf(LEI.bank, msp('bank'), ['bank']),
    partyOf(LEI.supplier, msp('supplier'), ['supplier']),
  ];

  it('takes parties by the word of a majority of founders, one an organisation', async () => {
    const proposalId = as('bank').newId();
    expect(await outcome(as('bank', 'User1').registry.propose({ proposalId, changes: parties }))).toBe(
      'CALLER_NOT_ADMIN',
    );
    await as('bank').registry.propose({ proposalId, changes: parties });
    const approve = (name: PartyName, user = 'Admin'): Promise<string> =>
      outcome(as(name, user).registry.approve({ proposalId }));
    expect(await approve('bank')).toBe('SAME_PERSON');
    expect(await approve('bank', 'Admin2')).toBe('ALREADY_APPROVED');
    expect(await approve('issuer', 'Maker')).toBe('CALLER_NOT_ADMIN');
    for (const name of seconds) {
      expect(await outcome(as('bank').registry.get('party', LEI.bank))).toBe('NOT_FOUND');
      expect(await approve(name)).toBe('ok');
    }
    expect(await as('operator', 'User1').registry.get('party', LEI.bank)).toMatchObject({ mspId: msp('bank') });
    expect(await approve('operator', 'Admin2')).toBe('PROPOSAL_CLOSED');
    expect(await outcome(as('bank').registry.approve({ proposalId: as('bank').newId() }))).toBe('NOT_FOUND');
  });

  it('binds a party to one organisation for good', async () => {
    expect(await decide([partyOf(LEI.bank, msp('operator'), ['bank'])], as('operator'))).toBe('PARTY_TAKEN');
    expect(await decide([partyOf(LEI.contractor, 'NobodyMSP', ['supplier'])], as('operator'))).toBe('MSP_UNKNOWN');
  });

  itApart(on, 'binds a party only to an organisation of this registry', async () => {
    const party = partyOf(LEI.contractor, msp('contractor'), ['supplier']);
    await as('contractor').registry.adopt({ founders: [msp('contractor'), msp('operator')] });
    expect(await decide([party], as('operator'))).toBe('FOUNDING_MISSING');
    await as('contractor').registry.adopt({ founders: [...msps] });
    expect(await decide([party], as('operator'))).toBe('ok');
  });

  it('decides together what the same people decide, and dates and founders alone', async () => {
    const [admin, bank] = [as('bank'), as('bank', 'Maker')];
    const operator = {
      identity: (await bank.registry.whoami()).identity,
      duties: ['maker' as const],
      parties: [LEI.bank],
    };
    const founders: Change = { kind: 'founders', founders: [...msps] };
    expect(await decide([parties[0] ?? founders, { kind: 'operator', operator }], admin)).toBe('PROPOSAL_MIXED');
    expect(await decide([founders, calendarOf(1)], admin)).toBe('PROPOSAL_MIXED');
    expect(await decide([dateOf('2026-11-23'), dateOf('2026-11-24')], bank)).toBe('PROPOSAL_MIXED');
  });
}

function organizationsDecide({ as, msp }: Stage): void {
  const register = async (name: PartyName, user: string, duties: Duty[], parties: string[]): Promise<string> => {
    const { identity } = await as(name, user).registry.whoami();
    return decide([{ kind: 'operator', operator: { identity, duties, parties } }], as(name), as(name, 'Admin2'));
  };

  it('takes operators by the word of two administrators of their own organisation', async () => {
    const { identity } = await as('bank', 'Maker').registry.whoami();
    const change: Change = { kind: 'operator', operator: { identity, duties: ['maker'], parties: [LEI.bank] } };
    expect(await decide([change], as('bank', 'Checker'))).toBe('CALLER_NOT_ADMIN');
    expect(await decide([change], as('bank'), as('bank'))).toBe('SAME_PERSON');
    expect(await decide([change], as('bank'), as('issuer'))).toBe('CALLER_NOT_ALLOWED');
    expect(await decide([change], as('issuer'))).toBe('PARTY_UNKNOWN');
    expect(await decide([change], as('bank'), as('bank', 'Admin2'))).toBe('ok');
    expect(await register('bank', 'Checker', ['checker'], [LEI.bank])).toBe('ok');
    expect(await register('bank', 'User1', ['viewer'], [LEI.bank])).toBe('ok');
    expect(await register('issuer', 'Maker', ['maker'], [LEI.issuer])).toBe('ok');
    expect(await register('issuer', 'Checker', ['checker'], [LEI.issuer])).toBe('ok');
    // One person may act for several parties of its organisation.
    const parties = msp('supplier') === msp('bank') ? [LEI.bank, LEI.supplier] : [LEI.supplier];
    expect(await register('supplier', 'Maker', ['maker'], parties)).toBe('ok');
  });
}

function datesMove({ as, seconds }: Stage): void {
  const majority = (change: Change): Promise<string> =>
    decide([change], as('bank'), ...seconds.map((name) => as(name)));

  it('knows no date before its founders have set it, by a calendar', async () => {
    const ticket = { party: LEI.bank, command: 'certificate:confirm', payload: '{}', expiresOn: '2026-12-01' };
    const ticketId = as('bank').newId();
    const prepare = as('bank', 'Maker').sender.submit('ticket:prepare', { ticketId }, ticket);
    expect(await outcome(prepare)).toBe('BUSINESS_DATE_MISSING');
    expect(await outcome(as('bank').registry.get('businessDate'))).toBe('NOT_FOUND');
    expect(await decide([dateOf('2026-11-23')], as('bank', 'Maker'))).toBe('BUSINESS_DATE_MISSING');
    expect(await decide([setTo('2026-11-23')], as('bank', 'Maker'))).toBe('CALLER_NOT_ADMIN');
    expect(await majority(setTo('2026-11-23'))).toBe('CALENDAR_UNKNOWN');
    expect(await majority(EVERY_DAY)).toBe('ok');
    expect(await majority(setTo('2026-11-23', 'EVERY-DAY', ['NobodyMSP']))).toBe('MSP_UNKNOWN');
    expect(await majority(setTo('2026-11-23'))).toBe('ok');
    expect(await as('bank').registry.get('businessDate')).toMatchObject({ date: '2026-11-23', version: 1 });
  });

  it('is moved forward by operators alone', async () => {
    expect(await decide([dateOf('2026-11-23')], as('bank', 'Maker'))).toBe('BUSINESS_DATE_BACKWARDS');
    expect(await decide([dateOf('2026-11-22')], as('bank', 'Maker'))).toBe('BUSINESS_DATE_BACKWARDS');
    expect(await decide([dateOf('2026-11-24')], as('bank'))).toBe('CALLER_NOT_REGISTERED');
    expect(await decide([dateOf('2026-11-24')], as('bank', 'User1'))).toBe('CALLER_NOT_ALLOWED');
  });

  it('is not set by a proposal that was overtaken', async () => {
    const overtaken = as('bank').newId();
    await as('bank').registry.propose({ proposalId: overtaken, changes: [setTo('2026-11-24')] });
    expect(await majority(setTo('2026-11-25'))).toBe('ok');
    expect(await outcome(as('issuer').registry.approve({ proposalId: overtaken }))).toBe('PROPOSAL_STALE');
  });
}

function rulesAreNeeded({ as, msp, seconds }: Stage): void {
  const invoice = (capacity: string): Input<'document:claim'> =>
    claimInput({ id: () => as('issuer').newId(msp('bank')) }, newReference(), capacity);
  const majority = (changes: Change[]): Promise<string> =>
    decide(changes, as('bank'), ...seconds.map((name) => as(name)));
  const submit = async (): Promise<string> => {
    const certificateId = as('issuer').newId(msp('bank'));
    const document = invoice('10');
    const claimId = claimIdOf(document);
    await as('issuer', 'Maker').document.claim(document);
    await as('bank', 'Checker').document.confirm({ reservationId: document.reservationId });
    await as('issuer', 'Maker').certificate.draft({ certificateId, ...contentOf('10', claimId, { dueDate: DUE }) });
    return outcome(as('issuer', 'Checker').certificate.submit({ certificateId }));
  };

  it('lets nothing be issued without a policy in force and a calendar', async () => {
    expect(await submit()).toBe('POLICY_MISSING');
    expect(await majority([policyOf(1, '2026-12-01')])).toBe('ok');
    expect(await submit()).toBe('CALENDAR_UNKNOWN');
    expect(await majority([calendarOf(1)])).toBe('ok');
    expect(await submit()).toBe('POLICY_MISSING');
    expect(await majority([setTo('2026-12-01', 'CN')])).toBe('ok');
    expect(await submit()).toBe('ok');
  });

  it('takes policies and calendars version by version', async () => {
    expect(await majority([policyOf(1, '2027-01-01')])).toBe('PROPOSAL_STALE');
    expect(await majority([policyOf(3, '2027-01-01')])).toBe('PROPOSAL_STALE');
    expect(await majority([policyOf(2, '2026-11-30')])).toBe('PROPOSAL_STALE');
    expect(await majority([policyOf(2, '2027-01-01'), policyOf(3, '2027-02-01')])).toBe('ok');
    expect(await majority([calendarOf(1)])).toBe('PROPOSAL_STALE');
    expect(await majority([calendarOf(2)])).toBe('ok');
  });

  it('lets no organisation vouch for itself', async () => {
    expect(await majority([partyOf(HOUSE_BANK, msp('issuer'), ['bank'])])).toBe('ok');
    const claim = as('issuer', 'Maker').document.claim({ ...invoice('10'), bank: HOUSE_BANK });
    expect(await outcome(claim)).toBe('SAME_ORGANIZATION');
  });

  it('is full one day', async () => {
    const batch = (from: number): Change[] =>
      Array.from({ length: 50 }, (_, index) => policyOf(from + index, '2027-03-01'));
    for (const from of [4, 54, 104]) expect(await majority(batch(from))).toBe('ok');
    expect(await majority(batch(154).slice(0, 47))).toBe('ok');
    expect(await majority([policyOf(201, '2027-03-01')])).toBe('REGISTRY_FULL');
  });
}

function foundersChange({ on, as, msp, msps }: Stage): void {
  it('keeps two founders, each once', async () => {
    const keep = (founders: string[]): Promise<string> => decide([{ kind: 'founders', founders }], as('bank'));
    expect(await keep([msp('bank')])).toBe('REQUEST_MALFORMED');
    expect(await keep([msp('bank'), msp('bank')])).toBe('FOUNDERS_INVALID');
  });

  itApart(on, 'lets a founder go, for good', async () => {
    const fewer: Change = { kind: 'founders', founders: [msp('bank'), msp('issuer'), msp('supplier')] };
    expect(await decide([fewer], as('bank'), as('issuer'), as('supplier'))).toBe('ok');
    expect(await decide([calendarOf(3)], as('operator'))).toBe('CALLER_NOT_ALLOWED');
    expect(await outcome(as('operator').registry.bootstrap({ founders: [...msps] }))).toBe('REGISTRY_FOUNDED');
    expect((await as('bank').registry.get('registry')).founders).toEqual([msp('bank'), msp('issuer'), msp('supplier')]);
    expect(await decide([calendarOf(3)], as('bank'), as('issuer'))).toBe('ok');
  });
}

function twoIds({ as, msp }: Stage): void {
  // With a valid check character (GB 32100).
  const USCI = '91100000100003962T';
  const both = (...changes: Change[]): Promise<string> => decide(changes, as('bank'), as('issuer'));
  const supplierIs = (otherId?: string): Change => ({
    kind: 'party',
    party: {
      ...{ id: LEI.supplier, name: 'A party', mspId: msp('supplier'), roles: ['supplier'], sme: false },
      ...{ status: 'ACTIVE', ...(otherId === undefined ? {} : { otherId }) },
    },
  });

  it('knows a party by its LEI and by its USCI, and registers neither as another', async () => {
    expect(await both(supplierIs(USCI))).toBe('ok');
    for (const id of [LEI.supplier, USCI])
      expect(await as('operator', 'User1').registry.get('party', id)).toMatchObject({
        id: LEI.supplier,
        otherId: USCI,
      });
    expect(await both(partyOf(USCI, msp('issuer'), ['supplier']))).toBe('PARTY_ID_TAKEN');
    expect(await both(supplierIs(LEI.bank))).toBe('REQUEST_MALFORMED');
  });

  it('lets one document be claimed under one id of its seller alone', async () => {
    const id = (): string => as('issuer').newId(msp('bank'));
    const number = newReference();
    const claim = (seller: string): Promise<unknown> =>
      as('issuer', 'Maker').document.claim({ ...claimInput({ id }, number, '10'), seller });
    expect(await refusal(claim(USCI))).toMatchObject({ code: 'PARTY_OTHER_ID', data: { party: LEI.supplier } });
    await claim(LEI.supplier);
    expect(await outcome(claim(USCI))).toBe('PARTY_OTHER_ID');
  });

  it('frees no second id, so that no seller has its document claimed again under it', async () => {
    expect(await both(supplierIs())).toBe('ok');
    expect(await as('bank').registry.get('party', USCI)).toMatchObject({ id: LEI.supplier, otherId: USCI });
    expect(await both(supplierIs('91310000DEMBAWUP3W'))).toBe('ok');
    expect(await both(partyOf(USCI, msp('supplier'), ['supplier']))).toBe('PARTY_ID_TAKEN');
    expect(await as('bank').registry.get('partyId', USCI)).toMatchObject({ party: LEI.supplier });
  });
}
