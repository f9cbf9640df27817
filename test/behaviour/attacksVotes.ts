/** Hands that set a date before it has come, and votes that outlive what they were given on. On a registry with people (lifecycleRegistry.ts). */
import { expect, it } from '@jest/globals';
import type { Change, Duty, Tenor } from '@tenor/client';
import { itApart } from '../support/hosting.js';
import { LEI, type PartyName } from '../support/world.js';
import { outcome } from './dealBooks.js';
import { dateOf, decide, HOUSE_BANK, setTo, type Stage } from './lifecycleRegistryStage.js';

/** The day, by the clock of the clients, so many days on. */
const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The date follows the clock of those who step it. Nobody but the founders sets another one. */
export function datesFollowTheClock({ on, as, msp, msps }: Stage): void {
  const HANDS = [
    ['bank', 'Maker'],
    ['bank', 'Checker'],
    ['issuer', 'Maker'],
    ['issuer', 'Checker'],
  ] as const;
  const founders = (change: Change): Promise<string> => decide([change], as('bank'), as('issuer'));
  /** All banks of the registry: the bank, and the one that the issuer's organisation got on the way. */
  const banksAre = (status: 'ACTIVE' | 'SUSPENDED'): Promise<string> => {
    const bankOf = (id: string, name: PartyName): Change => ({
      kind: 'party',
      party: { id, name: 'A party', mspId: msp(name), roles: ['bank'], sme: false, status },
    });
    return decide([bankOf(LEI.bank, 'bank'), bankOf(HOUSE_BANK, 'issuer')], as('bank'), as('issuer'));
  };
  const dateNow = async (): Promise<string> => (await as('bank').registry.get('businessDate')).date;
  const hands = (date: string): Promise<string> => {
    const [first, ...others] = HANDS.map(([name, user]) => as(name, user));
    if (first === undefined) throw new Error('nobody has a hand');
    return decide([dateOf(date)], first, ...others);
  };

  it('takes a wrong date back by the word of its founders, but not into the past', async () => {
    expect(await founders(setTo('2199-12-31'))).toBe('ok');
    expect(await founders(setTo(dayIn(-30)))).toBe('BUSINESS_DATE_BACKWARDS');
    expect(await founders(setTo(dayIn(-3)))).toBe('ok');
    expect(await dateNow()).toBe(dayIn(-3));
  });

  it('takes a step by two people of each of two organisations, and by no fewer', async () => {
    const proposalId = as('bank').newId();
    const [next, before] = [dayIn(0), await dateNow()];
    await as('bank', 'Maker').registry.propose({ proposalId, changes: [dateOf(next)] });
    for (const [name, user] of HANDS.slice(1)) {
      expect(await dateNow()).toBe(before);
      expect(await outcome(as(name, user).registry.approve({ proposalId }))).toBe('ok');
    }
    expect(await dateNow()).toBe(next);
  });

  it('lets no hands, two or four, set a date that has not come', async () => {
    const before = await dateNow();
    for (const date of ['2199-12-31', dayIn(30)]) {
      expect(await hands(date)).toBe('BUSINESS_DATE_STEP');
      for (const [name, user] of HANDS) expect(await decide([dateOf(date)], as(name, user))).toBe('BUSINESS_DATE_STEP');
    }
    expect(await hands(dayIn(5))).toBe('BUSINESS_DATE_AHEAD');
    expect(await dateNow()).toBe(before);
  });

  it('needs a bank that is not suspended, and else the word of the founders', async () => {
    const [before, next] = [await dateNow(), dayIn(1)];
    expect(await banksAre('SUSPENDED')).toBe('ok');
    expect(await hands(next)).toBe('ok'); // a proposal that stays open
    expect(await dateNow()).toBe(before);
    expect(await founders(setTo(dayIn(-1)))).toBe('ok');
    expect(await banksAre('ACTIVE')).toBe('ok');
    expect(await hands(before)).toBe('ok');
    expect(await dateNow()).toBe(before);
  });

  it('does not count somebody whose duties were taken away before the next of its organisation approves', async () => {
    expect(await founders(setTo(dayIn(-1)))).toBe('ok');
    const { identity } = await as('bank', 'Maker').registry.whoami();
    const makerIs = (duties: Duty[]): Promise<string> =>
      decide(
        [{ kind: 'operator', operator: { identity, duties, parties: [LEI.bank] } }],
        as('bank'),
        as('bank', 'Admin2'),
      );
    const proposalId = as('bank').newId();
    await as('bank', 'Maker').registry.propose({ proposalId, changes: [dateOf(dayIn(0))] });
    expect(await makerIs(['viewer'])).toBe('ok');
    for (const [name, user] of HANDS.slice(1))
      expect(await outcome(as(name, user).registry.approve({ proposalId }))).toBe('ok');
    expect(await dateNow()).toBe(dayIn(-1));
    expect(await makerIs(['maker'])).toBe('ok');
    expect(await outcome(as('bank', 'Maker').registry.approve({ proposalId }))).toBe('ok');
    expect(await dateNow()).toBe(dayIn(0));
  });

  itApart(on, 'hears no organisation that has adopted another founding since', async () => {
    await as('issuer').registry.adopt({ founders: [msp('issuer'), msp('operator')] });
    expect(await decide([dateOf(dayIn(1))], as('issuer', 'Maker'))).toBe('FOUNDING_MISSING');
    await as('issuer').registry.adopt({ founders: [...msps] });
    expect(await decide([dateOf(dayIn(1))], as('issuer', 'Maker'))).toBe('ok');
  });
}

/** A vote that is kept until what it was given on has changed, and looks the same again. */
export function oldVotes({ as, msp }: Stage): void {
  const both = (change: Change): Promise<string> => decide([change], as('bank'), as('issuer'));
  const supplierIs = (status: 'ACTIVE' | 'SUSPENDED'): Change => ({
    kind: 'party',
    party: { id: LEI.supplier, name: 'A party', mspId: msp('supplier'), roles: ['supplier'], sme: false, status },
  });
  const openVote = async (user: Tenor, change: Change): Promise<string> => {
    const proposalId = user.newId();
    await user.registry.propose({ proposalId, changes: [change] });
    return proposalId;
  };

  it('does not revive a party that was suspended since', async () => {
    expect(await both(supplierIs('SUSPENDED'))).toBe('ok');
    const revival = await openVote(as('bank'), supplierIs('ACTIVE'));
    expect(await both(supplierIs('ACTIVE'))).toBe('ok');
    expect(await both(supplierIs('SUSPENDED'))).toBe('ok');
    expect(await outcome(as('issuer').registry.approve({ proposalId: revival }))).toBe('PROPOSAL_STALE');
    expect(await as('bank').registry.get('party', LEI.supplier)).toMatchObject({ status: 'SUSPENDED' });
  });

  it('does not give an operator back what was taken from it since', async () => {
    const { identity } = await as('bank', 'User1').registry.whoami();
    const duties = (...list: Duty[]): Change => ({
      kind: 'operator',
      operator: { identity, duties: list, parties: [LEI.bank] },
    });
    const own = (change: Change): Promise<string> => decide([change], as('bank'), as('bank', 'Admin2'));
    expect(await own(duties('viewer'))).toBe('ok');
    const promotion = await openVote(as('bank'), duties('checker'));
    expect(await own(duties('checker'))).toBe('ok');
    expect(await own(duties('viewer'))).toBe('ok');
    expect(await outcome(as('bank', 'Admin2').registry.approve({ proposalId: promotion }))).toBe('PROPOSAL_STALE');
  });

  it('does not bring founders back who were let go since', async () => {
    const { founders } = await as('bank').registry.get('registry');
    const same: Change = { kind: 'founders', founders };
    const kept = await openVote(as('bank'), same);
    expect(await both(same)).toBe('ok');
    expect(await outcome(as('issuer').registry.approve({ proposalId: kept }))).toBe('PROPOSAL_STALE');
  });
}
