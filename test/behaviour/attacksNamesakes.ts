/**
 * Two authorities that write equal names are not one. Nobody keeps an authority from writing the names of another one and of its people. So an
 * organisation that does must neither silence those people where they vote, nor get what they may do.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duty, Tenor } from '@tenor/client';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World, type PartyName } from '../support/world.js';
import { outcome } from './dealBooks.js';
import { dateOf, decide, EVERY_DAY, setTo } from './lifecycleRegistryStage.js';

/** The suite on a ledger where every organisation's people bear the same names, and so do their authorities. */
export function shouldTellNamesakesApart(open: OpenLedger): void {
  describe('people whose names are equal, of authorities whose names are', () => {
    let world: World;

    beforeAll(async () => {
      // The founding itself needs the votes of administrators with equal names.
      world = await World.found(await open());
    });
    afterAll(() => world.close());

    const identityOf = async (user: Tenor): Promise<string> => (await user.registry.whoami()).identity;
    const today = (days = 0): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

    it('have one hash of their names, in five organisations', async () => {
      const names: readonly PartyName[] = ['issuer', 'bank', 'supplier', 'contractor', 'operator'];
      for (const who of ['maker', 'checker', 'admin'] as const) {
        const hashes = await Promise.all(names.map((name) => identityOf(world.people(name)[who])));
        expect(new Set(hashes).size).toBe(1);
      }
    });

    it('vote each for their own organisation: whoever is first silences nobody', async () => {
      const [contractor, bank, issuer] = (['contractor', 'bank', 'issuer'] as const).map((name) => world.people(name));
      if (contractor === undefined || bank === undefined || issuer === undefined) throw new Error('nobody is there');
      const proposalId = contractor.admin.newId();
      await contractor.admin.registry.propose({ proposalId, changes: [EVERY_DAY] });
      expect(await outcome(contractor.admin.registry.approve({ proposalId }))).toBe('SAME_PERSON');
      expect(await outcome(bank.admin.registry.approve({ proposalId }))).toBe('ok');
      expect(await outcome(issuer.admin.registry.approve({ proposalId }))).toBe('ok');
      expect(await bank.admin.registry.get('proposal', proposalId)).toMatchObject({ state: 'APPLIED' });
    });

    it('step the date as two of each of two organisations, and one of each of four are no two', async () => {
      await world.decide([setTo(today(-1))]);
      const steps = async (...hands: Tenor[]): Promise<string> => {
        const [first, ...others] = hands;
        if (first === undefined) throw new Error('nobody has a hand');
        expect(await decide([dateOf(today())], first, ...others)).toBe('ok');
        return (await first.registry.get('businessDate')).date;
      };
      const [bank, issuer, supplier, operator] = (['bank', 'issuer', 'supplier', 'operator'] as const).map((name) =>
        world.people(name),
      );
      if (bank === undefined || issuer === undefined || supplier === undefined || operator === undefined)
        throw new Error('nobody is there');
      expect(await steps(bank.maker, issuer.maker, supplier.maker, operator.maker)).toBe(today(-1));
      expect(await steps(bank.maker, issuer.maker, bank.checker, issuer.checker)).toBe(today());
    });

    it('have no duty by the duty of a namesake, and act for no party of another organisation', async () => {
      const { maker, admin, admin2 } = world.people('bank');
      const identity = await identityOf(maker);
      const dutiesAre = (duties: Duty[]): Promise<string> =>
        decide([{ kind: 'operator', operator: { identity, duties, parties: [LEI.bank] } }], admin, admin2);
      const prepare = (name: PartyName, party: string): Promise<string> => {
        const { maker: sender } = world.people(name);
        const said = { party, command: 'slice:offer', payload: '{}', expiresOn: today() };
        return outcome(sender.sender.submit('ticket:prepare', { ticketId: sender.newId() }, said));
      };
      expect(await dutiesAre(['viewer'])).toBe('ok');
      expect(await prepare('bank', LEI.bank)).toBe('CALLER_NOT_ALLOWED');
      expect(await prepare('issuer', LEI.issuer)).toBe('ok');
      expect(await prepare('issuer', LEI.bank)).toBe('CALLER_NOT_ALLOWED');
      expect(await dutiesAre(['maker'])).toBe('ok');
    });
  });
}
