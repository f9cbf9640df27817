/** Queries read only the caller's own book and the public registry. They also answer what a submit needs, in the form that `peer` takes. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Row, View } from '@tenor/client';
import { ALL } from '../commands/cases.js';
import { issue, type Issued } from '../support/deal.js';
import { BOOK_KINDS } from '../support/kinds.js';
import type { TopologyName } from '@tenor/network';
import { itApart, stepsOn } from '../support/hosting.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, START, World, type PartyName } from '../support/world.js';
import { outcome, recordOf, viewsOf } from './dealBooks.js';
import { stand } from './dealStand.js';
import { walker, type Step } from './dealStep.js';
import { REPEATS, walk } from './dealWalk.js';

const TICKETS = 7;

/** Pages, absences, strangers, plans. */
export function shouldAnswerQueries(open: OpenLedger, on: TopologyName = 'five-org'): void {
  describe('queries', () => {
    let world: World;
    let issued: Issued;
    beforeAll(async () => {
      world = await World.found(await open());
      issued = await issue(world);
      const { maker } = world.people('contractor');
      const ticket = { party: LEI.contractor, command: 'slice:offer', payload: '{}', expiresOn: START };
      for (let index = 0; index < TICKETS; index++) {
        await maker.sender.submit('ticket:prepare', { ticketId: maker.newId() }, ticket);
      }
    });
    afterAll(() => world.close());

    pages(() => world);
    ownBook(
      on,
      () => world,
      () => issued,
    );
    registry(() => world);
    plans(on, () => world);
  });
}

function pages(world: () => World): void {
  const page = (options: object): Promise<Page<'ticket'>> =>
    world()
      .people('contractor')
      .checker.sender.evaluate('book:list', { kind: 'ticket', ...options });

  it('list a kind by id, page by page', async () => {
    const sizes: number[] = [];
    const ids: string[] = [];
    let bookmark: string | undefined;
    do {
      const answer: Page<'ticket'> = await page({ limit: 3, ...(bookmark === undefined ? {} : { bookmark }) });
      sizes.push(answer.items.length);
      ids.push(...answer.items.map(({ id }) => id));
      bookmark = answer.bookmark;
    } while (bookmark !== undefined);
    expect(sizes).toEqual([3, 3, 1]);
    expect(new Set(ids).size).toBe(TICKETS);
    expect(ids).toEqual([...ids].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    const all: string[] = [];
    for await (const { id } of world().people('contractor').checker.book.ticket.all()) all.push(id);
    expect(all).toEqual(ids);
  });

  it('give no bookmark where a page is the last, even a full one', async () => {
    expect(await page({ limit: TICKETS })).not.toHaveProperty('bookmark');
    expect(await page({ limit: TICKETS - 1 })).toHaveProperty('bookmark');
    expect(await page({ bookmark: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz' })).toEqual({ items: [] });
  });

  it('stay inside their kind, whatever the bookmark says', async () => {
    for (const bookmark of ['\u{10ffff}', '../../slice', '/', '-']) {
      const { items } = await page({ bookmark });
      expect(new Set(items.map(({ kind }) => kind)).size).toBeLessThanOrEqual(1);
      expect(items.filter(({ opening }) => !opening.includes('tenor.ticket/1'))).toEqual([]);
    }
  });

  it.each([0, 501, -1, 1.5, '3', null])('refuse a page of %p rows', async (limit) => {
    expect(await outcome(page({ limit }))).toBe('REQUEST_MALFORMED');
  });

  it('answer only what names a certificate that is asked for, and look at no more rows than a page has', async () => {
    const { slice } = world().people('bank').checker.book;
    const all: Row<'slice'>[] = [];
    for await (const row of slice.all()) all.push(row);
    const [certificateId = ''] = all.flatMap(({ record }) => record?.certificateId ?? []);
    const meant = all.filter(({ record }) => record?.certificateId === certificateId).map(({ id }) => id);
    const found: string[] = [];
    for await (const { id } of slice.all({ certificateIds: [certificateId] })) found.push(id);
    expect(found).toEqual(meant);
    const { items, bookmark } = await slice.list({ limit: 1, certificateIds: [world().newId('bank', 'issuer')] });
    expect([items, bookmark === undefined]).toEqual([[], all.length === 1]);
  });

  it("answer a certificate's own records by its id, and nothing of a record that only has a part of it", async () => {
    const { confirmation } = world().people('bank').checker.book;
    const all: Row<'confirmation'>[] = [];
    for await (const row of confirmation.all()) all.push(row);
    const [{ id } = { id: '' }] = all;
    const { items } = await confirmation.list({ certificateIds: [id] });
    expect(items.map((row) => row.id)).toEqual([id]);
    expect((await confirmation.list({ certificateIds: [id.slice(0, -1)] })).items).toEqual([]);
  });

  it('refuse kinds and fields that do not exist', async () => {
    const { sender } = world().people('bank').checker;
    expect(await outcome(sender.evaluate('book:list', { kind: 'secret' }))).toBe('REQUEST_MALFORMED');
    expect(await outcome(page({ collection: '_implicit_org_BankMSP' }))).toBe('REQUEST_MALFORMED');
    expect(await outcome(sender.evaluate('book:get', { kind: 'line' }))).toBe('REQUEST_MALFORMED');
    expect(await outcome(sender.evaluate('book:get', { kind: 'line', id: '' }))).toBe('REQUEST_MALFORMED');
  });
}

function ownBook(on: TopologyName, world: () => World, issued: () => Issued): void {
  it("answer NOT_FOUND for what one's own book does not hold, in any spelling", async () => {
    const { slice: slices } = world().people('bank').checker.book;
    const { sliceId } = issued();
    expect(await outcome(slices.get(sliceId))).toBe('ok');
    for (const id of [world().newId('bank'), `${sliceId}/`, `../slice/${sliceId}`, sliceId.slice(1), `${sliceId} `]) {
      await expect(slices.get(id)).rejects.toMatchObject({ code: 'NOT_FOUND', data: { kind: 'slice', id } });
    }
  });

  it('show a book to everyone in its organisation, operator or not', async () => {
    const { record, current } = await world().people('supplier').stranger.book.slice.get(issued().sliceId);
    expect([record.amount, current]).toEqual(['100000', true]);
  });

  itApart(on, 'show an organisation that is no party nothing but its own founding', async () => {
    const { checker, stranger } = world().people('operator');
    for (const kind of BOOK_KINDS) {
      const expected = kind === 'founding' ? ['channel'] : [];
      expect((await viewsOf(stranger, kind)).map(({ id }) => id)).toEqual(expected);
    }
    const { lineId, certificateId, sliceId } = issued();
    expect(await outcome(checker.book.line.get(lineId))).toBe('NOT_FOUND');
    expect(await outcome(checker.book.terms.get(certificateId))).toBe('NOT_FOUND');
    const partIds = [checker.newId(world().people('bank').mspId), checker.newId(world().people('bank').mspId)];
    expect(await outcome(checker.slice.split({ sliceId, partIds, amounts: ['1', '99999'] }))).toBe('NOT_FOUND');
  });

  it('fail on the peer of another organisation, whose book they must not answer for', async () => {
    const { sliceId } = issued();
    const door = world().ledger.door(world().people('operator').organization, 'Checker');
    const ask = (name: string, request: object): Promise<Uint8Array> =>
      door.contract.evaluate(name, {
        arguments: [JSON.stringify(request)],
        endorsingOrganizations: [world().people('bank').mspId],
      });
    try {
      await expect(ask('book:get', { kind: 'slice', id: sliceId })).rejects.toThrow('NOT_FOUND');
      await expect(ask('book:get', { kind: 'founding', id: 'channel' })).rejects.toThrow('BOOK_ELSEWHERE');
      await expect(ask('book:list', { kind: 'slice' })).rejects.toThrow('BOOK_ELSEWHERE');
    } finally {
      door.close();
    }
  });

  it('mark what the register does not hold any more', async () => {
    const status = async (name: PartyName): Promise<View<'status'>> =>
      world().people(name).checker.book.status.get(issued().certificateId);
    expect((await status('bank')).current).toBe(true);
    expect((await status('supplier')).current).toBe(true);
    const claims = await viewsOf(world().people('issuer').checker, 'claim');
    expect(claims.every(({ current }) => current)).toBe(true);
  });
}

function registry(world: () => World): void {
  it('tell everyone what the registry holds, and who one is', async () => {
    const { stranger, mspId } = world().people('operator');
    expect(await stranger.registry.get('party', LEI.bank)).toMatchObject({
      ...{ mspId: world().people('bank').mspId, roles: ['bank'] },
    });
    expect(await stranger.registry.get('banks')).toEqual({
      ...{ schema: 'tenor.banks/1', mspIds: [world().people('bank').mspId] },
      active: [{ mspId: world().people('bank').mspId, parties: 1 }],
    });
    expect(await stranger.registry.get('businessDate')).toMatchObject({ schema: 'tenor.businessDate/1', date: START });
    expect(await stranger.registry.get('calendar', 'CN')).toMatchObject({ version: 1 });
    const { founders } = await stranger.registry.get('registry');
    expect(founders).toEqual([...founders].sort());
    expect(await stranger.registry.whoami()).toMatchObject({ mspId, admin: false });
    expect(await world().people('operator').admin.registry.whoami()).toMatchObject({ mspId, admin: true });
  });

  it('answer NOT_FOUND for what the registry does not hold', async () => {
    const { stranger } = world().people('operator');
    expect(await outcome(stranger.registry.get('calendar', 'US'))).toBe('NOT_FOUND');
    expect(await outcome(stranger.registry.get('party', '5493001KJTIIGC8Y1R17'))).toBe('NOT_FOUND');
    expect(await outcome(stranger.registry.get('proposal', stranger.newId()))).toBe('NOT_FOUND');
    expect(await outcome(stranger.registry.get('party'))).toBe('NOT_FOUND');
  });

  it('describe every transaction to tools that ask for metadata', async () => {
    const door = world().ledger.door(world().people('operator').organization, 'User1');
    const answer = await door.contract.evaluate('org.hyperledger.fabric:GetMetadata');
    door.close();
    const { contracts } = JSON.parse(Buffer.from(answer).toString()) as {
      contracts: Readonly<Record<string, { readonly transactions: readonly { readonly name: string }[] }>>;
    };
    const told = Object.entries(contracts).flatMap(([noun, { transactions }]) =>
      transactions.map(({ name }) => `${noun}:${name}`),
    );
    expect(told.sort()).toEqual([...ALL.map(({ name }) => name), ...QUERIES].sort());
  });
}

/** What reads, besides the commands. */
const QUERIES = ['registry:whoami', 'registry:get', 'book:get', 'book:list', 'command:open', 'command:plan'];

/** Commands whose plans are tried: with and without openings, private part, ticket. */
const PLANNED: readonly string[] = [
  'line:open',
  'certificate:submit',
  'certificate:confirm',
  'certificate:accept',
  'slice:split',
];

function plans(on: TopologyName, world: () => World): void {
  describe('plan and open', () => {
    const steps = stepsOn(on, walk(world)).filter(({ name }) => !REPEATS.includes(name));
    it.each(steps)('give exactly what a proposal of $name takes', async (step) => {
      const ready = await stand(world(), step);
      const { sender } = ready.by;
      const seed = randomBytes(32);
      const given = {
        seed,
        ...(ready.secret === undefined ? {} : { private: Buffer.from(JSON.stringify(ready.secret)) }),
      };
      const asked = { command: step.name, request: ready.request };
      const opened = await sender.evaluate<Record<string, string>>('command:open', asked, given);
      const plan = await sender.plan(step.name, ready.request, ready.secret as never, seed);
      expect(opened).toEqual(plan.transient);
      expect(Object.values(opened).every((text) => Buffer.from(text, 'base64').toString('base64') === text)).toBe(true);
      const transient = Object.fromEntries(
        Object.entries(opened).map(([field, text]) => [field, Buffer.from(text, 'base64')]),
      );
      const receipt = await sender.submitOnce(step.name, JSON.stringify(ready.request), transient, ready.endorsers);
      expect(receipt.replayed).toBe(false);
    });

    it('refuse what the submit would refuse, by the same code', async () => {
      const taken = steps.filter(({ name }) => PLANNED.includes(name));
      for (const step of taken) expect(await planned(world(), step)).toBe('NOT_FOUND');
      const { sender } = world().people('bank').checker;
      const request = { ticketId: world().newId('bank') };
      expect(await outcome(sender.evaluate('command:plan', { command: 'book:list', request }))).toBe(
        'FUNCTION_UNKNOWN',
      );
      expect(await outcome(sender.evaluate('command:plan', { command: 'certificate:mint', request }))).toBe(
        'FUNCTION_UNKNOWN',
      );
      expect(await outcome(sender.evaluate('command:plan', { command: 'certificate:reject', request: {} }))).toBe(
        'ID_MALFORMED',
      );
      const rejected = { command: 'certificate:reject', request: { certificateId: world().newId('bank', 'issuer') } };
      expect(await outcome(sender.evaluate('command:plan', rejected))).toBe('SEED_INVALID');
    });

    itApart(on, 'show nobody more than the own book does', async () => {
      const { sender } = world().people('operator').checker;
      const id = (await viewsOf(world().people('bank').checker, 'face'))[0]?.id ?? '';
      expect(await recordOf(world(), 'bank', 'face', id)).toMatchObject({ bank: LEI.bank });
      const asked = { command: 'certificate:reject', request: { certificateId: id } };
      expect(await outcome(sender.evaluate('command:open', asked, { seed: randomBytes(32) }))).toBe('NOT_FOUND');
    });
  });
}

/** The plan of a step for ids that nobody has. */
async function planned(world: World, step: Step): Promise<string> {
  const certificateId = world.newId('bank', 'issuer');
  const slice = (): string => world.newId('bank', 'supplier');
  const requests: Readonly<Record<string, readonly [object, object?]>> = {
    'line:open': [
      { lineId: world.newId('bank'), ticketId: world.newId('bank') },
      {
        ...{ bank: LEI.bank, issuer: LEI.issuer, currency: 'USD', limit: '1', expiresOn: '2027-12-31' },
        ...{ revolving: true, autoConfirm: false },
      },
    ],
    'certificate:submit': [{ certificateId }],
    'certificate:confirm': [
      { certificateIds: [certificateId], lineId: world.newId('bank'), ticketId: world.newId('bank') },
    ],
    'certificate:accept': [{ items: [{ certificateId, sliceId: slice() }] }],
    'slice:split': [{ sliceId: slice(), partIds: [slice(), slice()] }, { amounts: ['1', '1'] }],
  };
  const [request, secret] = requests[step.name] ?? [{}];
  const { sender } = walker(world, step);
  return outcome(sender.plan(step.name, request, secret as never, randomBytes(32)));
}
