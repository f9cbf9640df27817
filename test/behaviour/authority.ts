/**
 * The authority matrix: every command by every person, and every command on a certificate and a slice in every state.
 * Written by hand from who answers for what: the issuer drafts and submits, the bank opens lines, confirms, proves and settles,
 * the supplier accepts, splits, passes on and presents, the platform's operator never touches an amount.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Change, type Tenor } from '@tenor/client';
import {
  accept,
  ACCOUNT,
  acknowledge,
  attest,
  confirm,
  issue,
  offer,
  offerSlice,
  openLine,
  pay,
  present,
  report,
  split,
  submitCertificate,
} from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, START, World, type PartyName } from '../support/world.js';
import { outcome } from './dealBooks.js';
import { asGiven, send, stand, type Ready } from './dealStand.js';
import type { Step, SubmitName } from './dealStep.js';
import { walk } from './dealWalk.js';

type Person = `${PartyName} ${'maker' | 'checker' | 'admin'}`;

const BOTH = (party: PartyName): Person[] => [`${party} maker`, `${party} checker`];
const ADMINS: Person[] = ['issuer admin', 'bank admin', 'supplier admin', 'contractor admin', 'operator admin'];

/** Who may, by command. Everybody else is refused. */
const MAY: Readonly<Record<Exclude<SubmitName, `registry:${string}`>, readonly Person[]>> = {
  'certificate:prepare': ['bank maker'],
  'certificate:openLine': ['bank checker'],
  'certificate:claim': BOTH('issuer'),
  'certificate:draft': ['issuer maker'],
  'certificate:submit': ['issuer checker'],
  'certificate:confirm': ['bank checker'],
  'certificate:reject': BOTH('bank'),
  'certificate:offer': BOTH('bank'),
  'certificate:accept': BOTH('supplier'),
  'certificate:decline': BOTH('supplier'),
  'certificate:unwind': BOTH('bank'),
  'certificate:split': BOTH('supplier'),
  'certificate:transfer': ['supplier checker'],
  'certificate:acceptTransfer': BOTH('contractor'),
  'certificate:declineTransfer': BOTH('contractor'),
  // Bytes that were handed over may be kept by whoever was given them, in its own book.
  'certificate:restore': (['issuer', 'bank', 'supplier', 'contractor', 'operator'] as const).flatMap(BOTH),
  'settlement:present': BOTH('supplier'),
  'settlement:reportPayment': BOTH('bank'),
  'settlement:attestCredit': ['bank checker'],
  'settlement:acknowledge': BOTH('supplier'),
  'settlement:release': BOTH('bank'),
  'settlement:settle': BOTH('bank'),
};

/** Commands that open a ticket or a draft, which only its own organisation's book vouches for. */
const OWN_ACT: readonly SubmitName[] = [
  ...(['certificate:openLine', 'certificate:submit', 'certificate:confirm', 'certificate:transfer'] as const),
  'settlement:attestCredit',
];

/** What an administrator of another organisation may meet: its book may hold the very bytes already. */
const NO_WAY_IN = ['CALLER_NOT_REGISTERED', 'OPENING_MISMATCH', 'CALLER_NOT_ALLOWED', 'ID_TAKEN'];

const EVERYBODY: readonly Person[] = [
  ...(['issuer', 'bank', 'supplier', 'contractor', 'operator'] as const).flatMap(BOTH),
  ...ADMINS,
];

function clientOf(world: World, person: Person): Tenor {
  const [party, duty] = person.split(' ') as [PartyName, 'maker' | 'checker' | 'admin'];
  return world.people(party)[duty];
}

/** What a person who may not meets: nobody's operator, or another's act, or simply not allowed. */
function refusalOf(person: Person, step: Step): string {
  if (person.endsWith('admin')) return 'CALLER_NOT_REGISTERED';
  const isForeign = !person.startsWith(step.by[0]);
  return isForeign && OWN_ACT.includes(step.name) ? 'OPENING_MISMATCH' : 'CALLER_NOT_ALLOWED';
}

async function attemptAll(world: World, step: Step, ready: Ready): Promise<Record<string, unknown>> {
  const allowed = MAY[step.name as keyof typeof MAY];
  const met: Record<string, unknown> = {};
  for (const person of EVERYBODY.filter((each) => !allowed.includes(each))) {
    // An administrator is refused before anything is opened that another organisation's book would have to vouch for.
    met[person] = await outcome(send(ready, clientOf(world, person), asGiven(ready)));
  }
  return met;
}

/** What every command meets on a certificate in one state; `-` where the question does not arise. */
type CertificateRow = readonly [
  confirm: string,
  reject: string,
  offer: string,
  accept: string,
  decline: string,
  unwind: string,
];

/** NOT_FOUND: the own book holds nothing to open. OPENING_MISMATCH: the payee's copy is superseded. */
const CERTIFICATE: Readonly<Record<string, CertificateRow>> = {
  SUBMITTED: ['ok', 'ok', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'],
  REJECTED: ['STATE', 'STATE', 'STATE', 'NOT_FOUND', 'NOT_FOUND', 'ok'],
  CONFIRMED: ['STATE', 'STATE', 'ok', 'NOT_FOUND', 'NOT_FOUND', 'STATE'],
  OFFERED: ['STATE', 'STATE', 'STATE', 'ok', 'ok', 'STATE'],
  LAPSED: ['STATE', 'STATE', 'STATE', 'OFFER_LAPSED', 'OFFER_LAPSED', 'ok'],
  DECLINED: ['STATE', 'STATE', 'STATE', 'STATE', 'STATE', 'ok'],
  ACTIVE: ['STATE', 'STATE', 'STATE', 'STATE', 'STATE', 'STATE'],
  UNWOUND: ['STATE', 'STATE', 'STATE', 'OPENING_MISMATCH', 'OPENING_MISMATCH', 'STATE'],
};

/** What every command meets on a slice in one state. */
type SliceRow = Readonly<
  Partial<
    Record<'split' | 'acceptTransfer' | 'declineTransfer' | 'present' | 'acknowledge' | 'release' | 'settle', string>
  >
>;

const BEFORE_DUE: Readonly<Record<string, SliceRow>> = {
  FREE: {
    split: 'ok',
    acceptTransfer: 'NOT_FOUND',
    declineTransfer: 'NOT_FOUND',
    present: 'DUE_NOT_REACHED',
    settle: 'STATE',
  },
  OFFERED: { split: 'STATE', acceptTransfer: 'ok', declineTransfer: 'ok', present: 'STATE', settle: 'STATE' },
  LAPSED: {
    split: 'ok',
    acceptTransfer: 'OFFER_LAPSED',
    declineTransfer: 'OFFER_LAPSED',
    present: 'DUE_NOT_REACHED',
    settle: 'STATE',
  },
  SPENT: {
    split: 'STATE',
    acceptTransfer: 'NOT_FOUND',
    declineTransfer: 'NOT_FOUND',
    present: 'STATE',
    settle: 'STATE',
  },
};

const WHEN_DUE: Readonly<Record<string, SliceRow>> = {
  FREE: { split: 'DUE_REACHED', present: 'ok', settle: 'STATE' },
  PRESENTED: {
    split: 'STATE',
    present: 'STATE',
    acknowledge: 'ok',
    release: 'ACKNOWLEDGEMENT_NEEDED',
    settle: 'STATE',
  },
  ACKNOWLEDGED: { split: 'STATE', present: 'STATE', acknowledge: 'ID_TAKEN', release: 'ok', settle: 'STATE' },
  PAID: { split: 'STATE', present: 'STATE', acknowledge: 'ID_TAKEN', release: 'STATE', settle: 'ok' },
};

const SEED = Buffer.alloc(32, 1);

/** Plans a command as the one who may: what the submit would meet. */
const meets = (client: Tenor, name: SubmitName, request: object, secret?: object): Promise<unknown> =>
  outcome(client.sender.plan(name, request as never, secret as never, SEED));

async function certificateRow(world: World, certificateId: string, lineId: string): Promise<unknown[]> {
  const { maker, checker, party } = world.people('bank');
  const payee = world.people('supplier').checker;
  const ticketed = { certificateIds: [certificateId], lineId, ticketId: newId() };
  await maker.tickets.prepare('certificate:confirm', ticketed, { party, expiresOn: world.date });
  return [
    await meets(checker, 'certificate:confirm', ticketed),
    await meets(checker, 'certificate:reject', { certificateId }),
    await meets(checker, 'certificate:offer', { certificateId }, { expiresOn: '2026-12-20' }),
    await meets(payee, 'certificate:accept', { items: [{ certificateId, sliceId: newId() }] }),
    await meets(payee, 'certificate:decline', { certificateId }),
    await meets(checker, 'certificate:unwind', { certificateId }),
  ];
}

interface SliceCase {
  readonly sliceId: string;
  readonly certificateId: string;
  readonly transferId?: string;
  readonly presentmentId?: string;
  readonly uetr?: string;
}

async function sliceRow(world: World, given: SliceCase, row: SliceRow): Promise<SliceRow> {
  const { sliceId, certificateId, transferId = newId(), presentmentId = newId(), uetr = '' } = given;
  const [holder, transferee, bank] = (['supplier', 'contractor', 'bank'] as const).map(
    (name) => world.people(name).checker,
  );
  if (holder === undefined || transferee === undefined || bank === undefined)
    throw new Error('five organisations have all three');
  const halves = { amounts: ['50', '50'] };
  const presented = { presentmentId: newId(), sliceIds: [sliceId] };
  const tries: Readonly<Record<keyof SliceRow, () => Promise<unknown>>> = {
    split: () => meets(holder, 'certificate:split', { sliceId, partIds: [newId(), newId()] }, halves),
    acceptTransfer: () => meets(transferee, 'certificate:acceptTransfer', { sliceId, transferId }),
    declineTransfer: () => meets(transferee, 'certificate:declineTransfer', { sliceId, transferId }),
    present: () => meets(holder, 'settlement:present', presented, { account: ACCOUNT, payeeBank: LEI.bank }),
    acknowledge: () => meets(holder, 'settlement:acknowledge', { presentmentId, uetr }),
    release: () => meets(bank, 'settlement:release', { presentmentId, uetr }),
    settle: () => meets(bank, 'settlement:settle', { certificateId, sliceIds: [sliceId] }),
  };
  const met: Record<string, unknown> = {};
  for (const step of Object.keys(row) as (keyof SliceRow)[]) met[step] = await tries[step]();
  return met;
}

/** Who may do what, when, on any ledger of five organisations. */
export function shouldKnowWhoMay(open: OpenLedger): void {
  describe('authority', () => {
    let world: World;
    const steps = walk(() => world);

    beforeAll(async () => {
      world = await World.found(await open());
    }, 120_000);
    afterAll(() => world.close());

    it.each(steps.filter(({ name }) => !name.startsWith('registry:')).map((step) => [step.name, step] as const))(
      '%s: by those who may, and by nobody else',
      async (name, step) => {
        const ready = await stand(world, step);
        const allowed = MAY[name as keyof typeof MAY];
        const others = EVERYBODY.filter((person) => !allowed.includes(person));
        const met = await attemptAll(world, step, ready);
        for (const person of others.filter((each) => each.endsWith('admin') && !each.startsWith(step.by[0]))) {
          // Another organisation's administrator is refused by whichever comes first; neither lets it in.
          expect(NO_WAY_IN).toContain(met[person]);
        }
        const exact = others.filter((person) => !person.endsWith('admin') || person.startsWith(step.by[0]));
        expect(Object.fromEntries(exact.map((person) => [person, met[person]]))).toEqual(
          Object.fromEntries(exact.map((person) => [person, refusalOf(person, step)])),
        );
        for (const person of allowed.filter((each) => each.startsWith(step.by[0]))) {
          expect(await meets(clientOf(world, person), name, ready.request, ready.secret)).toBe('ok');
        }
        await send(ready, ready.by, asGiven(ready));
      },
      60_000,
    );
  });

  describe('the registry', () => {
    let world: World;
    beforeAll(async () => {
      world = await World.found(await open());
    }, 120_000);
    afterAll(() => world.close());

    const date = (to: string): Change[] => [{ kind: 'businessDate', date: to }];

    it('leaves parties and rules to administrators of founders', async () => {
      const { checker, admin, mspId } = world.people('supplier');
      const party = {
        id: LEI.supplier,
        name: 'Renamed',
        mspId,
        roles: ['supplier' as const],
        sme: true,
        status: 'ACTIVE' as const,
      };
      const changes: Change[] = [{ kind: 'party', party }];
      expect(await outcome(checker.registry.propose({ proposalId: newId(), changes }))).toBe('CALLER_NOT_ADMIN');
      const proposalId = newId();
      await admin.registry.propose({ proposalId, changes });
      expect(await outcome(admin.registry.approve({ proposalId }))).toBe('SAME_PERSON');
      expect(await outcome(world.people('supplier').admin2.registry.approve({ proposalId }))).toBe('ALREADY_APPROVED');
      expect((await admin.registry.get('party', LEI.supplier)).name).toBe('supplier');
    });

    it("lets nobody else speak for an organisation's operators", async () => {
      const { maker, admin } = world.people('supplier');
      const { identity } = await maker.registry.whoami();
      const changes: Change[] = [
        { kind: 'operator', operator: { identity, duties: ['checker'], parties: [LEI.supplier] } },
      ];
      expect(await outcome(world.people('bank').admin.registry.propose({ proposalId: newId(), changes }))).toBe(
        'PARTY_UNKNOWN',
      );
      const proposalId = newId();
      await admin.registry.propose({ proposalId, changes });
      expect(await outcome(world.people('bank').admin.registry.approve({ proposalId }))).toBe('CALLER_NOT_ALLOWED');
      expect(await outcome(admin.registry.approve({ proposalId }))).toBe('SAME_PERSON');
    });

    it("moves the business date by operators of two organisations, one of them a bank's", async () => {
      const proposalId = newId();
      await world.people('issuer').checker.registry.propose({ proposalId, changes: date('2026-11-24') });
      expect(await outcome(world.people('issuer').maker.registry.approve({ proposalId }))).toBe('ALREADY_APPROVED');
      await world.people('supplier').checker.registry.approve({ proposalId });
      expect((await world.people('bank').checker.registry.get('businessDate')).date).toBe(START);
      await world.people('bank').checker.registry.approve({ proposalId });
      expect((await world.people('bank').checker.registry.get('businessDate')).date).toBe('2026-11-24');
      const back = { proposalId: newId(), changes: date('2026-11-23') };
      expect(await outcome(world.people('bank').checker.registry.propose(back))).toBe('BUSINESS_DATE_BACKWARDS');
      expect(
        await outcome(
          world.people('bank').stranger.registry.propose({ proposalId: newId(), changes: date('2026-12-01') }),
        ),
      ).toBe('CALLER_NOT_REGISTERED');
    });

    it('never lets a person check what the same person made, whatever the duties', async () => {
      const { checker, admin, admin2, party } = world.people('bank');
      const { identity } = await checker.registry.whoami();
      const proposalId = newId();
      const operator = { identity, duties: ['maker' as const, 'checker' as const], parties: [party] };
      await admin.registry.propose({ proposalId, changes: [{ kind: 'operator', operator }] });
      await admin2.registry.approve({ proposalId });
      const terms = { bank: LEI.bank, issuer: LEI.issuer, currency: 'USD', limit: '100', expiresOn: '2027-12-31' };
      const input = { lineId: newId(), ticketId: newId(), ...terms, revolving: true, autoConfirm: false };
      await checker.tickets.prepare('certificate:openLine', input, { party, expiresOn: '2026-12-31' });
      expect(await outcome(checker.lines.open(input))).toBe('SAME_PERSON');
    });
  });

  describe('states', () => {
    let world: World;
    beforeAll(async () => {
      world = await World.found(await open());
    }, 120_000);
    afterAll(() => world.close());

    it('a certificate takes each step from its own states only', async () => {
      const { checker } = world.people('bank');
      const payee = world.people('supplier').checker;
      const lineId = await openLine(world, { limit: '100000' });
      const submitted = (): Promise<string> => submitCertificate(world, '100');
      const confirmed = async (): Promise<string> => {
        const id = await submitted();
        await confirm(world, lineId, [id]);
        return id;
      };
      const offered = async (expiresOn: string): Promise<string> => {
        const id = await confirmed();
        await offer(world, id, expiresOn);
        return id;
      };
      const lapsed = await offered(START);
      await world.moveTo('2026-11-25');
      const [rejected, declined, active, unwound] = [
        await submitted(),
        await offered('2026-12-15'),
        await offered('2026-12-15'),
        await offered('2026-12-15'),
      ];
      await checker.certificates.reject({ certificateId: rejected });
      await payee.certificates.decline({ certificateId: declined });
      await accept(world, active);
      await payee.certificates.decline({ certificateId: unwound });
      await checker.certificates.unwind({ certificateId: unwound });
      const ids: Record<string, string> = {
        ...{
          SUBMITTED: await submitted(),
          REJECTED: rejected,
          CONFIRMED: await confirmed(),
          OFFERED: await offered('2026-12-15'),
        },
        ...{ LAPSED: lapsed, DECLINED: declined, ACTIVE: active, UNWOUND: unwound },
      };
      const met: Record<string, unknown> = {};
      for (const [state, id] of Object.entries(ids)) met[state] = await certificateRow(world, id, lineId);
      expect(met).toEqual(CERTIFICATE);
    }, 120_000);

    it('a slice takes each step from its own states only', async () => {
      const { certificateId, sliceId } = await issue(world, '800');
      const parts = await split(
        world,
        sliceId,
        Array.from({ length: 8 }, () => '100'),
      );
      const [lapsed = '', offered = '', free = '', presented = '', acknowledged = '', paid = ''] = parts;
      const lapsedTransfer = await offerSlice(world, lapsed, world.date);
      await world.moveTo('2026-11-26');
      const offeredTransfer = await offerSlice(world, offered);
      const before: Record<string, SliceCase> = {
        FREE: { sliceId: free, certificateId },
        OFFERED: { sliceId: offered, certificateId, transferId: offeredTransfer },
        LAPSED: { sliceId: lapsed, certificateId, transferId: lapsedTransfer },
        SPENT: { sliceId, certificateId },
      };
      const metBefore: Record<string, unknown> = {};
      for (const [state, given] of Object.entries(before))
        metBefore[state] = await sliceRow(world, given, BEFORE_DUE[state] ?? {});
      expect(metBefore).toEqual(BEFORE_DUE);

      await world.moveTo(DUE);
      const first = await present(world, 'supplier', [presented]);
      await report(world, first);
      await attest(world, first);
      const second = await present(world, 'supplier', [acknowledged]);
      await report(world, second);
      await attest(world, second);
      await acknowledge(world, 'supplier', second);
      const third = await pay(world, 'supplier', [paid]);
      const due: Record<string, SliceCase> = {
        FREE: { sliceId: free, certificateId },
        PRESENTED: { sliceId: presented, certificateId, ...first },
        ACKNOWLEDGED: { sliceId: acknowledged, certificateId, ...second },
        PAID: { sliceId: paid, certificateId, ...third },
      };
      const metDue: Record<string, unknown> = {};
      for (const [state, given] of Object.entries(due))
        metDue[state] = await sliceRow(world, given, WHEN_DUE[state] ?? {});
      expect(metDue).toEqual(WHEN_DUE);
    }, 120_000);
  });
}
