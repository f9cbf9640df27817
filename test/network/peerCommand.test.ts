/**
 * The main path by `peer chaincode query` and `invoke` alone, on real Fabric: from adopting the registry to a split slice,
 * every call endorsed by exactly the organisations whose books it writes.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimIdOf, newId, newReference, type Identity, type Plan } from '@tenor/client';
import { fabricDriver, findFabric, TOPOLOGIES, type RunningNetwork } from '@tenor/network';
import { shouldCloseBooks } from '../behaviour/closedBooks.js';
import { TENOR } from '../support/engines.js';
import { givenFor, PeerCommand, type PeerCall } from '../support/peerCommand.js';
import { DUE, LEI, START } from '../support/world.js';

const TOPOLOGY = TOPOLOGIES['three-org'];
const FOUNDERS = TOPOLOGY.organizations.map(({ mspId }) => mspId);
const ALL = ['issuer', 'bank', 'supplier'] as const;
const USERS = ['Admin', 'Admin2', 'Maker', 'Checker'] as const;
const AMOUNT = '5000000';

type Organization = (typeof ALL)[number];
type People = Readonly<Record<(typeof USERS)[number], PeerCommand>>;

let network: RunningNetwork;
let dataPath: string;
const people = {} as Record<Organization, People>;

async function peopleOf(organization: Organization): Promise<People> {
  const bin = findFabric()?.bin ?? '';
  const entries = USERS.map(async (user) => [user, await PeerCommand.of(network, bin, organization, user)] as const);
  return Object.fromEntries(await Promise.all(entries)) as Record<(typeof USERS)[number], PeerCommand>;
}

/** An invoke waits for the peers it names; who acts next on another peer waits for the same block. */
async function allCaughtUp(): Promise<void> {
  for (;;) {
    const heights = await Promise.all(ALL.map((name) => people[name].Admin.height()));
    if (new Set(heights).size === 1) return;
    await sleep(50);
  }
}

const [bank, issuer, supplier] = (['bank', 'issuer', 'supplier'] as const).map(
  (name) => TOPOLOGY.organizations.find((each) => each.name === name)?.mspId ?? '',
) as [string, string, string];

/** A new slice of the supplier, in the register of the bank. */
const newSlice = (): string => newId(bank, supplier);

const ids = {
  ...{ line: newId(bank, bank), lineTicket: newId(bank, bank), certificate: newId(bank, issuer) },
  ...{ confirmTicket: newId(bank, bank), slice: newSlice(), parts: [newSlice(), newSlice()], invoice: newReference() },
};
const INVOICE = { type: 'INVOICE' as const, number: ids.invoice, issuedOn: '2026-11-20', seller: LEI.supplier };
const CLAIM = claimIdOf(INVOICE);

beforeAll(async () => {
  dataPath = await mkdtemp(join(tmpdir(), 'tenor-peer-'));
  network = await fabricDriver.up(TOPOLOGY, { dataPath });
  await network.deploy(TENOR);
  for (const organization of ALL) people[organization] = await peopleOf(organization);
});

afterAll(async () => {
  await network.down();
  await rm(dataPath, { recursive: true, force: true });
});

/** Proposed by one administrator or operator, approved by another. The registry is public: a majority endorses. */
async function decide(changes: object[], proposer: PeerCommand, approver: PeerCommand): Promise<void> {
  const proposalId = newId(proposer.mspId, proposer.mspId);
  await proposer.submit({ name: 'registry:propose', request: { proposalId, changes } }, ALL);
  await approver.submit({ name: 'registry:approve', request: { proposalId } }, ALL);
}

async function registerOperators(organization: Organization): Promise<void> {
  const { Admin, Admin2, Maker, Checker } = people[organization];
  const duties = [['maker', Maker] as const, ['checker', Checker] as const];
  const changes: object[] = [];
  for (const [duty, person] of duties) {
    const { identity } = await person.answer<Identity>('registry:whoami', {});
    changes.push({ kind: 'operator', operator: { identity, duties: [duty], parties: [LEI[organization]] } });
  }
  await decide(changes, Admin, Admin2);
}

/** A call that needs four eyes: the maker prepares a ticket that says exactly what the checker will call. */
async function underFourEyes(
  call: PeerCall & { readonly ticketId: string },
  endorsers: readonly Organization[],
): Promise<void> {
  const { Maker, Checker } = people.bank;
  // Canonical JSON: fields in order.
  const payload = JSON.stringify(sorted({ private: call.secret ?? {}, request: call.request }));
  const secret = { party: LEI.bank, command: call.name, payload, expiresOn: START };
  await Maker.submit({ name: 'ticket:prepare', request: { ticketId: call.ticketId }, secret }, ['bank']);
  await Checker.submit(call, endorsers);
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

shouldCloseBooks('three-org', () => Promise.resolve(network));

describe('by the peer command alone', () => {
  it('founds the registry', async () => {
    const founding = { name: 'registry:adopt', request: { founders: FOUNDERS } };
    for (const name of ALL) await people[name].Admin.submit(founding, [name]);
    await allCaughtUp();
    await people.bank.Admin.submit({ name: 'registry:bootstrap', request: { founders: FOUNDERS } }, ALL);
    expect(await people.issuer.Maker.answer('registry:get', { kind: 'registry' })).toMatchObject({
      founders: [...FOUNDERS].sort(),
    });
  });

  it('registers parties, operators, policy, calendar and business date, by proposal and approval', async () => {
    const roles = { issuer: ['issuer'], bank: ['bank'], supplier: ['supplier'] };
    const parties = TOPOLOGY.organizations.map(({ name, mspId }) => ({
      kind: 'party',
      party: {
        id: LEI[name as Organization],
        name,
        mspId,
        roles: roles[name as Organization],
        sme: false,
        status: 'ACTIVE',
      },
    }));
    const limits = {
      maxTenorMonths: 12,
      justifyBeyondMonths: 6,
      smePaymentDays: 60,
      maxTier: 3,
      maxChildren: 50,
      graceDays: 5,
      standIns: [],
    };
    const rules = [
      { kind: 'policy', policy: { version: 1, effectiveFrom: '2025-06-15', ...limits } },
      {
        kind: 'calendar',
        calendar: { id: 'CN', version: 1, weekend: [5, 6], holidays: [], extraWorkdays: [], until: '2039-12-31' },
      },
    ];
    await decide([...parties, ...rules], people.bank.Admin, people.issuer.Admin);
    for (const name of ALL) await registerOperators(name);
    const first = { kind: 'businessDateSet', date: START, calendar: 'CN', keepers: [] };
    await decide([first], people.bank.Admin, people.issuer.Admin);
    expect(await people.supplier.Maker.answer('registry:get', { kind: 'businessDate' })).toMatchObject({ date: START });
  });

  it('opens a line under four eyes, in the books of bank and issuer', async () => {
    const terms = { currency: 'USD', limit: AMOUNT, expiresOn: '2027-12-31', revolving: true, autoConfirm: false };
    const request = { lineId: ids.line, ticketId: ids.lineTicket };
    const call = {
      name: 'line:open',
      ticketId: ids.lineTicket,
      request,
      secret: { bank: LEI.bank, issuer: LEI.issuer, ...terms },
    };
    await underFourEyes(call, ['bank', 'issuer']);
    const line = await people.issuer.Checker.answer('book:get', { kind: 'line', id: ids.line });
    expect(line).toMatchObject({ current: true, record: { limit: AMOUNT, utilised: '0' } });
  });

  it('claims, drafts and submits', async () => {
    const { Maker, Checker } = people.issuer;
    const documentHash = createHash('sha256').update(ids.invoice).digest('hex');
    const claim = { ...INVOICE, issuer: LEI.issuer, bank: LEI.bank, currency: 'USD', capacity: AMOUNT, documentHash };
    const reservationId = newId(bank, issuer);
    const reserving = { name: 'document:claim', request: { reservationId }, secret: claim } as const;
    await Maker.submit(reserving, ['bank', 'issuer', 'supplier']);
    await people.bank.Checker.submit({ name: 'document:confirm', request: { reservationId } }, ['bank', 'issuer']);
    const content = {
      ...{
        issuer: LEI.issuer,
        bank: LEI.bank,
        payee: LEI.supplier,
        currency: 'USD',
        amount: AMOUNT,
        dueDate: DUE,
        calendar: 'CN',
      },
      ...{ mode: 'GUARANTEED', deliveredOn: '2026-11-20', claims: [{ claimId: CLAIM, amount: AMOUNT }] },
    };
    const request = { certificateId: ids.certificate };
    await Maker.submit({ name: 'certificate:draft', request, secret: content }, ['issuer']);
    await Checker.submit({ name: 'certificate:submit', request }, ['bank', 'issuer']);
    const face = await people.bank.Checker.answer('book:get', { kind: 'face', id: ids.certificate });
    expect(face).toMatchObject({ current: true, record: { amount: AMOUNT, payee: LEI.supplier } });
  });

  it('is given exactly the transient map that --transient takes, the seed and the private part included', async () => {
    const call = { name: 'certificate:draft', request: { certificateId: newId(bank, issuer) } };
    const secret = {
      ...{
        issuer: LEI.issuer,
        bank: LEI.bank,
        payee: LEI.supplier,
        currency: 'USD',
        amount: '1',
        dueDate: DUE,
        calendar: 'CN',
      },
      ...{ mode: 'GUARANTEED', deliveredOn: '2026-11-20', claims: [{ claimId: CLAIM, amount: '1' }] },
    };
    const given = givenFor({ ...call, secret });
    const map = await people.issuer.Maker.open({ ...call, secret }, given);
    expect(Object.keys(map).sort()).toEqual(['private', 'seed']);
    expect(map['seed']).toBe(given['seed']);
    expect(JSON.parse(Buffer.from(map['private'] ?? '', 'base64').toString())).toEqual(secret);
  });

  it('confirms under four eyes, endorsed by bank and issuer', async () => {
    const request = { certificateIds: [ids.certificate], lineId: ids.line, ticketId: ids.confirmTicket };
    await underFourEyes({ name: 'certificate:confirm', ticketId: ids.confirmTicket, request }, ['bank', 'issuer']);
    const line = await people.issuer.Checker.answer('book:get', { kind: 'line', id: ids.line });
    expect(line).toMatchObject({ record: { utilised: AMOUNT } });
  });

  it('learns the endorsers from the plan, and which records will be opened to them', async () => {
    const call = {
      name: 'certificate:offer',
      request: { certificateId: ids.certificate },
      secret: { expiresOn: '2026-12-15' },
    };
    const plan = await people.bank.Checker.answer<Plan>(
      'command:plan',
      { command: call.name, request: call.request },
      givenFor(call),
    );
    expect(plan.endorsingOrganizations).toEqual(['BankMSP', 'SupplierMSP']);
    const openings = JSON.parse(Buffer.from(plan.transient['openings'] ?? '', 'base64').toString()) as object;
    expect(Object.keys(openings).sort()).toEqual(
      ['confirmation', 'face', 'terms'].map((kind) => `${kind}/${ids.certificate}`),
    );
  });

  it('offers, accepts and splits, endorsed by bank and holder', async () => {
    const offer = {
      name: 'certificate:offer',
      request: { certificateId: ids.certificate },
      secret: { expiresOn: '2026-12-15' },
    };
    await people.bank.Checker.submit(offer, ['bank', 'supplier']);
    const items = [{ certificateId: ids.certificate, sliceId: ids.slice }];
    await people.supplier.Checker.submit({ name: 'certificate:accept', request: { items } }, ['bank', 'supplier']);
    const request = { sliceId: ids.slice, partIds: ids.parts };
    const split = { name: 'slice:split', request, secret: { amounts: ['4000000', '1000000'] } };
    await people.supplier.Checker.submit(split, ['bank', 'supplier']);
    const { items: slices } = await people.supplier.Maker.answer<{ items: { id: string; record: object }[] }>(
      'book:list',
      { kind: 'slice' },
    );
    const shown = new Map(slices.map(({ id, record }) => [id, record]));
    expect(shown.get(ids.slice)).toMatchObject({ state: 'SPENT', children: ids.parts });
    expect(shown.get(ids.parts[0] ?? '')).toMatchObject({ state: 'FREE', amount: '4000000' });
    expect(shown.get(ids.parts[1] ?? '')).toMatchObject({ state: 'FREE', amount: '1000000' });
  });

  it('shows a refusal with its code, at the query as at the invoke', async () => {
    const call = {
      name: 'slice:split',
      request: { sliceId: ids.slice, partIds: [newSlice(), newSlice()] },
      secret: { amounts: ['1', '4999999'] },
    };
    const asked = await people.supplier.Checker.query(
      'command:open',
      { command: call.name, request: call.request },
      givenFor(call),
    );
    expect(asked).toMatchObject({ code: 1, stderr: expect.stringContaining('TENOR/1 {\\"code\\":\\"STATE\\"') });
    const [part = ''] = ids.parts;
    const other = {
      name: 'slice:split',
      request: { sliceId: part, partIds: [newSlice(), newSlice()] },
      secret: { amounts: ['1', '3999999'] },
    };
    const map = await people.supplier.Checker.open(other);
    const openings = Buffer.from(map['openings'] ?? '', 'base64')
      .toString()
      .replace('4000000', '9000000');
    const forged = { ...map, openings: Buffer.from(openings).toString('base64') };
    const sent = await people.supplier.Checker.invoke(other, forged, ['bank', 'supplier']);
    expect(sent).toMatchObject({ code: 1, stderr: expect.stringContaining('OPENING_MISMATCH') });
  });

  it('commits nothing when one of the endorsers is left out', async () => {
    const [part = ''] = ids.parts;
    const call = {
      name: 'slice:split',
      request: { sliceId: part, partIds: [newSlice(), newSlice()] },
      secret: { amounts: ['1', '3999999'] },
    };
    const map = await people.supplier.Checker.open(call);
    const sent = await people.supplier.Checker.invoke(call, map, ['supplier']);
    expect(sent).toMatchObject({ code: 1, stderr: expect.stringContaining('ENDORSEMENT_POLICY_FAILURE') });
    const slice = await people.supplier.Checker.answer('book:get', { kind: 'slice', id: part });
    expect(slice).toMatchObject({ current: true, record: { state: 'FREE', amount: '4000000' } });
  });
});
