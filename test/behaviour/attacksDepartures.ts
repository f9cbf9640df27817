/**
 * Attacks by way of departures: an organisation that is said to have left keeps what it holds, whoever restores or writes it
 * meanwhile, and votes that were given long ago decide nothing. All victims run the real chaincode.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Change } from '@tenor/client';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import {
  Attackers,
  demand,
  ending,
  erase,
  guard,
  publish,
  refusalOf,
  write,
  type RawOperation,
} from '../support/attack.js';
import { confirm, issue, offerSlice, openLine, present, report, split, submitCertificate } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, World, type PartyName } from '../support/world.js';
import { openingsOf } from './attacksScene.js';
import { outcome, viewOf } from './dealBooks.js';
import { addParties, MORE } from './lifecycleParties.js';

const FACE = '100000';
const SALT = 'ab'.repeat(32);
/** Three of five founders, the attacker among them. */
const VOTERS = ['bank', 'operator', 'contractor'] as const;

/** The suite on any ledger of five organisations. */
export function shouldKeepWhatTheAbsentHold(open: OpenLedger): void {
  describe('under attack while an organisation has left', () => {
    let opened: World | undefined;
    const world = (): World => {
      if (opened === undefined) throw new Error('no world');
      return opened;
    };
    const mspOf = (name: PartyName): string => world().people(name).mspId;

    beforeAll(async () => {
      opened = await World.found(await open());
      await addParties(opened);
    });
    afterAll(async () => {
      await opened?.close();
    });

    const departure = (name: PartyName, state: 'LEAVING' | 'LEFT' | 'MEMBER'): Change => ({
      ...{ kind: 'departure', departure: { mspId: mspOf(name), state } },
    });
    const depart = (name: PartyName, state: 'LEFT' | 'MEMBER'): Promise<string> =>
      world().decide([departure(name, state)], VOTERS);

    /** The contractor, registered as it is but for its status. */
    const contractor = (status: 'ACTIVE' | 'SUSPENDED'): Change => ({
      kind: 'party',
      party: {
        id: LEI.contractor,
        name: 'contractor',
        mspId: mspOf('contractor'),
        roles: ['supplier'],
        sme: false,
        status,
      },
    });

    /** What the bank alone commits with changed chaincode. */
    const committedByBank = async (...operations: RawOperation[]): Promise<string> => {
      const bank = await Attackers.corrupt(world(), ['bank']);
      try {
        return await bank.commit(operations);
      } finally {
        await bank.surrender();
      }
    };

    /** The bank alone gives a slice to the contractor. */
    const stolen = async (sliceId: string): Promise<string> => {
      const { opening } = await viewOf(world(), 'bank', 'slice', sliceId);
      const taken = { ...(JSON.parse(opening) as object), holder: LEI.contractor, holderMsp: mspOf('contractor') };
      const [book, key] = [mspOf('bank'), ownKey('slice', sliceId)];
      return committedByBank(write(book, key, taken), guard(book, key, [book, mspOf('contractor')]));
    };

    it('the bank does not take a slice of a holder that had left, although it restored it meanwhile', async () => {
      const { sliceId } = await issue(world(), FACE);
      const { opening } = await viewOf(world(), 'bank', 'slice', sliceId);
      await depart('supplier', 'LEFT');
      const restored = demand(
        world().people('bank').checker,
        {
          name: 'book:restore',
          request: { kind: 'slice', id: sliceId, register: mspOf('bank') },
          secret: { record: opening },
          openings: {},
        },
        [mspOf('bank'), mspOf('supplier')],
      );
      expect(await ending(restored)).toBe('VALID');
      expect(await stolen(sliceId)).toBe('ENDORSEMENT_POLICY_FAILURE');
      await depart('supplier', 'MEMBER');
      expect(await stolen(sliceId)).toBe('ENDORSEMENT_POLICY_FAILURE');
      expect(await viewOf(world(), 'supplier', 'slice', sliceId)).toMatchObject({ current: true });
      expect(await outcome(split(world(), sliceId, ['40000', '60000']))).toBe('ok');
    });

    it('nor a slice whose offer was declined meanwhile', async () => {
      const { sliceId } = await issue(world(), FACE);
      const transferId = await offerSlice(world(), sliceId);
      await depart('supplier', 'LEFT');
      await world().people('contractor').checker.slice.decline({ sliceId, transferId });
      await depart('supplier', 'MEMBER');
      expect(await stolen(sliceId)).toBe('ENDORSEMENT_POLICY_FAILURE');
    });

    it('nor does it revive alone what was unwound while the issuer had left', async () => {
      const lineId = await openLine(world(), { limit: FACE });
      const certificateId = await submitCertificate(world(), FACE);
      await confirm(world(), lineId, [certificateId]);
      await world().decide([departure('issuer', 'LEAVING')], VOTERS);
      const items = (['terms', 'face', 'confirmation'] as const).map((kind) => ({ kind, id: certificateId }));
      await world()
        .people('bank')
        .admin.registry.preserve({ mspId: mspOf('issuer'), items });
      await depart('issuer', 'LEFT');
      await world().people('bank').checker.certificate.unwind({ certificateId });
      await depart('issuer', 'MEMBER');
      const key = ownKey('status', certificateId);
      expect(await committedByBank(erase(mspOf('bank'), key))).toBe('ENDORSEMENT_POLICY_FAILURE');
    });

    it('votes given before an organisation decided to stay put nobody off', async () => {
      const old = await world().decide([departure('supplier', 'LEFT')], ['bank', 'operator']);
      await world().decide([departure('supplier', 'LEAVING')], VOTERS);
      await depart('supplier', 'MEMBER');
      const late = world().people('contractor').admin.registry.approve({ proposalId: old });
      expect(await outcome(late)).toBe('PROPOSAL_STALE');
    });

    it('a suspended party does not revive itself by votes that are older than its suspension', async () => {
      const old = await world().decide([contractor('ACTIVE')], ['operator', 'issuer']);
      await world().decide([contractor('SUSPENDED')], ['bank', 'issuer', 'supplier']);
      const late = world().people('contractor').admin.registry.approve({ proposalId: old });
      expect(await outcome(late)).toBe('PROPOSAL_STALE');
      await world().decide([contractor('ACTIVE')], ['bank', 'issuer', 'supplier']);
    });

    it('a copy from a register that has left is shown as current only where it was preserved', async () => {
      const { sliceId } = await issue(world(), FACE);
      const voters = ['supplier', 'operator', 'contractor'] as const;
      await world().decide([departure('bank', 'LEFT')], voters);
      expect(await viewOf(world(), 'supplier', 'slice', sliceId)).toMatchObject({ current: false });
      await world().decide([departure('bank', 'MEMBER')], voters);
      expect(await viewOf(world(), 'supplier', 'slice', sliceId)).toMatchObject({ current: true });
    });

    it("a majority with the bank does not prove a payment by declaring the payee's bank gone", async () => {
      const { sliceId, certificateId } = await issue(world(), '1000');
      await world().moveTo(DUE);
      const presented = await present(world(), 'supplier', [sliceId], MORE.secondBank);
      await report(world(), presented); // the bank says so, and nothing was paid
      const { presentmentId, uetr, currency, amount } = presented;
      const parties = { bankMsp: mspOf('bank'), payeeBankMsp: mspOf('operator') };
      const said = { currency, amount, valueDate: DUE, attestedOn: DUE, creditId: SALT, messageHash: SALT, salt: SALT };
      const bytes = JSON.stringify({ schema: 'tenor.attestation/1', id: uetr, presentmentId, ...parties, ...said });
      const shown = await openingsOf(
        world(),
        'bank',
        ...([
          ['presentment', presentmentId],
          ['payment', uetr],
          ['slice', sliceId],
          ['terms', certificateId],
        ] as const),
      );
      const { mspId } = world().people('operator');
      const hash = createHash('sha256').update(bytes).digest('hex');
      const majority = await Attackers.corrupt(world(), ['bank', 'issuer', 'contractor']);
      expect(
        await majority.commit([
          publish('departures', {
            ...{ schema: 'tenor.departures/1', version: 100 },
            organizations: [{ mspId, state: 'LEFT' }],
          }),
          publish(`voucher/${mspId}/attestation/${uetr}`, {
            ...{ schema: 'tenor.voucher/1', mspId, kind: 'attestation', id: uetr, hash },
          }),
        ]),
      ).toBe('VALID');
      await majority.surrender();
      const call = { name: 'presentment:discharge', request: { presentmentId, uetr } };
      const openings = { ...shown, [`attestation/${uetr}`]: bytes };
      const asked = demand(world().people('bank').checker, { ...call, openings }, [mspOf('bank'), mspOf('supplier')]);
      expect(await refusalOf(asked)).toEqual({ code: 'ATTESTATION_NEEDED', data: { paymentId: uetr } });
      await world().decide([departure('operator', 'MEMBER')], ['bank', 'issuer', 'supplier']);
    });

    it('an organisation that adopts another founding keeps nobody from suspending its party', async () => {
      const founders = [mspOf('contractor'), mspOf('issuer')];
      await world().people('contractor').admin.registry.adopt({ founders });
      const voters = ['bank', 'issuer', 'supplier'] as const;
      expect(await outcome(world().decide([contractor('SUSPENDED')], voters))).toBe('ok');
      const { status } = await world().people('bank').checker.registry.get('party', LEI.contractor);
      expect(status).toBe('SUSPENDED');
      expect(await outcome(world().decide([contractor('ACTIVE')], voters))).toBe('ok');
      const all = world().ledger.organizations.map(({ mspId }) => mspId);
      await world().people('contractor').admin.registry.adopt({ founders: all });
    });

    it('the last founder that is there decides alone, so that the registry does not end with it', async () => {
      const [operator, supplier] = [mspOf('operator'), mspOf('supplier')];
      const pair: Change = { kind: 'founders', founders: [operator, supplier] };
      expect(await outcome(world().decide([pair], VOTERS))).toBe('ok');
      await world().decide([departure('supplier', 'LEFT')], ['operator', 'supplier']);
      const five = (['bank', 'issuer', 'supplier', 'contractor', 'operator'] as const).map(mspOf);
      const admin = world().people('operator').admin;
      const changes: Change[] = [{ kind: 'founders', founders: five }];
      await admin.registry.propose({ proposalId: admin.newId(), changes });
      const { founders } = await admin.registry.get('registry');
      expect(founders).toEqual([...five].sort());
      await depart('supplier', 'MEMBER');
    });
  });
}
