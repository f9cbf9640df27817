/** Reads: the caller's own book and nothing else, page by page; and what a submit would need. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, TenorError } from '@tenor/client';
import { issue, openLine, split, submitCertificate, type Issued } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World } from '../support/world.js';

const codeOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof TenorError ? error.code : error),
  );

const text = (base64: string | undefined): string => Buffer.from(base64 ?? '', 'base64').toString('utf8');

/** Reads on any ledger. */
export function shouldAnswerQueries(open: OpenLedger): void {
  describe('queries', () => {
    let world: World;
    let issued: Issued;
    let parts: string[];

    beforeAll(async () => {
      world = await World.found(await open());
      issued = await issue(world, '1000');
      parts = await split(world, issued.sliceId, ['100', '200', '300', '400']);
    }, 120_000);

    afterAll(() => world.close());

    it('list by pages without losing or repeating a record', async () => {
      const { slices } = world.people('supplier').checker;
      const first = await slices.list({ limit: 2 });
      const second = await slices.list({ limit: 2, bookmark: first.bookmark ?? '' });
      const third = await slices.list({ limit: 2, bookmark: second.bookmark ?? '' });
      expect([first, second, third].map(({ items }) => items.length)).toEqual([2, 2, 1]);
      expect(third.bookmark).toBeUndefined();
      const ids = [first, second, third].flatMap(({ items }) => items.map(({ id }) => id));
      expect(ids).toEqual([issued.sliceId, ...parts].sort());
      const all: string[] = [];
      for await (const { id } of slices.all()) all.push(id);
      expect(all).toEqual(ids);
    });

    it.each(['0', '101', '1.5'])('refuse a page of %s', async (limit) => {
      expect(await codeOf(world.people('supplier').checker.slices.list({ limit: Number(limit) }))).toBe(
        'REQUEST_MALFORMED',
      );
    });

    it('show a stranger nothing, whatever it asks for', async () => {
      const stranger = world.people('bank').mspId === world.people('issuer').mspId ? 'bank' : 'issuer';
      const { stranger: enrolled, checker } = world.people(stranger);
      expect(await codeOf(checker.slices.get(issued.sliceId))).toBe('NOT_FOUND');
      expect((await enrolled.slices.list()).items).toEqual([]);
      const bank = world.people('bank').mspId;
      // Another organisation's book is not named by an argument: the question is asked of one's own, on a peer that lacks it.
      const asked = checker.sender.evaluate('certificate:get', {
        kind: 'slice',
        id: issued.sliceId,
        collection: `_implicit_org_${bank}`,
      });
      expect(await codeOf(asked)).toBe('REQUEST_MALFORMED');
    });

    it('say who the caller is', async () => {
      const { admin, checker, mspId } = world.people('supplier');
      const [first, second] = [await admin.registry.whoami(), await checker.registry.whoami()];
      expect([first.mspId, first.admin, second.admin]).toEqual([mspId, true, false]);
      expect(second.identity).toMatch(/^[0-9a-f]{64}$/);
      expect(second.identity).not.toBe(first.identity);
    });

    it('read the registry, and refuse what it lacks', async () => {
      const { registry } = world.people('supplier').checker;
      expect((await registry.get('party', LEI.bank)).mspId).toBe(world.people('bank').mspId);
      expect((await registry.get('businessDate')).date).toBe(world.date);
      expect(await codeOf(registry.get('calendar', 'XX'))).toBe('NOT_FOUND');
    });

    it("plan a submit: exactly its openings, its endorsers, and the caller's own seed and private part", async () => {
      const { checker, mspId } = world.people('supplier');
      const sliceId = parts[3] ?? '';
      const request = { sliceId, partIds: [newId(), newId()] };
      const secret = { amounts: ['150', '250'] };
      const seed = Buffer.alloc(32, 7);
      const plan = await checker.sender.plan('certificate:split', request, secret, seed);
      expect(plan.endorsingOrganizations).toEqual(
        [world.people('bank').mspId, mspId].filter((each, index, all) => all.indexOf(each) === index).sort(),
      );
      expect(Object.keys(plan.transient).sort()).toEqual(['openings', 'private', 'seed']);
      expect(text(plan.transient['private'])).toBe('{"amounts":["150","250"]}');
      expect(plan.transient['seed']).toBe(seed.toString('base64'));
      const openings = JSON.parse(text(plan.transient['openings'])) as Record<string, string>;
      expect(Object.keys(openings).sort()).toEqual([`slice/${sliceId}`, `terms/${issued.certificateId}`]);
      expect(openings[`slice/${sliceId}`]).toBe((await checker.slices.get(sliceId)).opening);
      const opened = await checker.sender.evaluate(
        'certificate:open',
        { command: 'certificate:split', request },
        { seed, private: Buffer.from(JSON.stringify(secret)) },
      );
      expect(opened).toEqual(plan.transient);
    });

    it('refuse in the plan what the submit would refuse', async () => {
      const lineId = await openLine(world, { limit: '50' });
      const certificateId = await submitCertificate(world, '100');
      const { checker, maker, party } = world.people('bank');
      const input = { certificateIds: [certificateId], lineId, ticketId: newId() };
      await maker.tickets.prepare('certificate:confirm', input, { party, expiresOn: world.date });
      expect(await codeOf(checker.sender.plan('certificate:confirm', input, undefined, Buffer.alloc(32)))).toBe(
        'LINE_EXCEEDED',
      );
      expect(await checker.tickets.read(input.ticketId)).toEqual({ command: 'certificate:confirm', input });
    });
  });
}
