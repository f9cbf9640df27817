/**
 * Nobody is stuck: from every state of a certificate and of a slice, while any one side is silent and its peer is stopped, the others
 * still reach an end by the moves that the table of states names. What each way leads to is written by hand in `nobodyStuckWays.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stepDay } from '../../chaincode/src/protocol/dates.js';
import { CERTIFICATE_STATES, SLICE_STATES, type Move } from '../../chaincode/src/domain/states.js';
import {
  accept,
  ACCOUNT,
  acknowledge,
  attest,
  confirm,
  offer,
  offerSlice,
  openLine,
  pay,
  present,
  reinstate,
  report,
  sendBack,
  split,
  submitCertificate,
  type Presented,
} from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, POLICY, World, type PartyName } from '../support/world.js';
import { outcome, recordOf, viewOf } from './dealBooks.js';
import { addParties, MORE, SECOND_BANK } from './lifecycleParties.js';
import {
  allocated,
  commitAlone,
  completeAlone,
  nameOf,
  pledged,
  realiseAlone,
  releaseAlone,
  standInAlone,
  type Allocated,
} from './nobodyStuckBatches.js';
import {
  aWeekAfter,
  bySilent,
  CERTIFICATE_ENDS,
  first,
  isLate,
  SLICE_ENDS,
  waysOf,
  whenOver,
  type Way,
} from './nobodyStuckWays.js';

const FACE = '1000';

/** What a way is about. */
interface Thing {
  readonly certificateId: string;
  sliceId: string;
  readonly transferId?: string;
  readonly presented?: Presented;
  readonly batch?: Allocated;
}

/** The second bank may speak for payees that share the bank of their payer. */
async function nameStandIn(world: World): Promise<void> {
  const standIns = [{ party: MORE.secondBank, mspId: world.people('operator').mspId }];
  const policy = { ...POLICY, version: 2, effectiveFrom: world.date, standIns };
  await world.decide([{ kind: 'policy', policy }]);
}

/** The second bank is handed the payer's bank's copies of what it has to see, and states that the silent payee has the money. */
async function standIn(
  world: World,
  sliceId: string,
  certificateId: string,
  { presentmentId, uetr }: Presented,
): Promise<unknown> {
  const { maker, checker } = world.people('operator');
  const { mspId: register } = world.people('bank');
  const needed = [
    ['presentment', presentmentId, world.people('supplier').mspId],
    ...([
      ['attestation', uetr, register],
      ['slice', sliceId, register],
      ['terms', certificateId, register],
    ] as const),
  ] as const;
  for (const [kind, id, keeper] of needed) {
    const { opening: record } = await viewOf(world, 'bank', kind, id);
    await checker.book.restore({ kind, id, register: keeper, record });
  }
  const input = { presentmentId, uetr, ticketId: maker.newId() };
  await maker.ticket.prepare('presentment:acknowledge', input, { party: MORE.secondBank, expiresOn: world.date });
  return checker.presentment.acknowledge(input);
}

/** The suite on any ledger of five organisations. */
export function shouldLeaveNobodyStuck(open: OpenLedger): void {
  describe('with one side silent', () => {
    let opened: World | undefined;
    const stock: string[] = [];
    let whole = { certificateId: '', sliceId: '' };
    const world = (): World => {
      if (opened === undefined) throw new Error('no world');
      return opened;
    };
    const bank = (): ReturnType<World['people']>['checker'] => world().people('bank').checker;

    beforeAll(async () => {
      opened = await World.found(await open());
      await addParties(world());
      await nameStandIn(world());
      const certificateId = await offered();
      whole = { certificateId, sliceId: await accept(world(), certificateId) };
      const amounts = Array.from({ length: 40 }, () => '25');
      stock.push(...(await split(world(), whole.sliceId, amounts)));
    });
    afterAll(async () => {
      await opened?.close();
    });

    const confirmed = async (): Promise<string> => {
      const lineId = await openLine(world(), { limit: FACE });
      const certificateId = await submitCertificate(world(), FACE);
      await confirm(world(), lineId, [certificateId]);
      return certificateId;
    };
    const nextDay = (): string => stepDay(world().date, 1);
    const offered = async (): Promise<string> => {
      const certificateId = await confirmed();
      await offer(world(), certificateId, nextDay());
      return certificateId;
    };
    const part = (): string => {
      const sliceId = stock.pop();
      if (sliceId === undefined) throw new Error('the stock of slices is used up');
      return sliceId;
    };
    const presented = async ({ sharesBank }: Way): Promise<Thing> => {
      const sliceId = part();
      const asked = await present(world(), 'supplier', [sliceId], sharesBank ? LEI.bank : MORE.secondBank);
      return { certificateId: whole.certificateId, sliceId, presented: asked };
    };

    /** How each state is reached, with every peer up. */
    const REACH: Readonly<Record<Way['of'], Readonly<Record<string, (way: Way) => Promise<Thing>>>>> = {
      certificate: {
        SUBMITTED: async () => ({ certificateId: await submitCertificate(world(), FACE), sliceId: '' }),
        REJECTED: async () => {
          const certificateId = await submitCertificate(world(), FACE);
          await bank().certificate.reject({ certificateId });
          return { certificateId, sliceId: '' };
        },
        CONFIRMED: async () => ({ certificateId: await confirmed(), sliceId: '' }),
        OFFERED: async () => ({ certificateId: await offered(), sliceId: '' }),
        LAPSED: async () => {
          const certificateId = await offered();
          await world().moveTo(stepDay(nextDay(), 1));
          return { certificateId, sliceId: '' };
        },
        DECLINED: async () => {
          const certificateId = await offered();
          await world().people('supplier').checker.certificate.decline({ certificateId });
          return { certificateId, sliceId: '' };
        },
        ACTIVE: async () => {
          await pay(world(), 'supplier', [last.sliceId]);
          return last;
        },
      },
      slice: {
        FREE: () => Promise.resolve({ certificateId: whole.certificateId, sliceId: part() }),
        OFFERED: async () => {
          const { certificateId } = whole;
          const sliceId = part();
          return { certificateId, sliceId, transferId: await offerSlice(world(), sliceId, nextDay()) };
        },
        ALLOCATED: async ({ moves, sharesBank }) => {
          const sliceId = part();
          // Nobody holds back what is paid for; and without the money the batch is not committed.
          const stand = { expiresOn: nextDay(), isPaid: moves.includes('batch:commit'), sharesBank };
          return { certificateId: whole.certificateId, sliceId, batch: await allocated(world(), sliceId, stand) };
        },
        PLEDGED: async () => {
          const sliceId = part();
          await pledged(world(), sliceId, nextDay());
          return { certificateId: whole.certificateId, sliceId };
        },
        PRESENTED: presented,
        ACKNOWLEDGED: async (way) => {
          const thing = await presented(way);
          if (thing.presented !== undefined) await acknowledge(world(), 'supplier', thing.presented);
          return thing;
        },
        PAID: async () => {
          const sliceId = part();
          await pay(world(), 'supplier', [sliceId]);
          return { certificateId: whole.certificateId, sliceId };
        },
        RETURNED: async () => {
          const { certificateId } = whole;
          const sliceId = part();
          const asked = await pay(world(), 'supplier', [sliceId]);
          await bank().certificate.redeem({ certificateId, sliceIds: [sliceId] });
          await sendBack(world(), asked, { host: 'bank', party: LEI.bank });
          await reinstate(world(), asked);
          return { certificateId, sliceId };
        },
      },
    };
    let last: Thing = { certificateId: '', sliceId: '' };

    const payment = ({ presented: asked }: Thing): Presented => {
      if (asked === undefined) throw new Error('nothing was presented');
      return asked;
    };

    const batchOf = ({ batch }: Thing): Allocated => {
      if (batch === undefined) throw new Error('nothing was allocated');
      return batch;
    };

    /** How each move is taken while the books of the silent side cannot be written. */
    const TAKE: Readonly<Partial<Record<Move, (thing: Thing, way: Way) => Promise<unknown>>>> = {
      'the date': (_thing, way) => world().moveTo(whenOver(world().date, way), way.silent),
      'certificate:reject': ({ certificateId }) => bank().certificate.reject({ certificateId }),
      'certificate:unwind': ({ certificateId }) => bank().certificate.unwind({ certificateId }),
      'certificate:offer': ({ certificateId }) => offer(world(), certificateId, nextDay()),
      'certificate:accept': async (thing) => {
        thing.sliceId = await accept(world(), thing.certificateId);
      },
      'certificate:redeem': ({ certificateId, sliceId }) =>
        bank().certificate.redeem({ certificateId, sliceIds: [sliceId] }),
      'certificate:reinstate': ({ certificateId, sliceId }, { silent }) => {
        const books = silent === 'issuer' ? 'register' : 'all';
        return bank().certificate.reinstate({ certificateId, sliceIds: [sliceId], books });
      },
      'slice:accept': ({ sliceId, transferId = '' }) =>
        world().people('contractor').checker.slice.accept({ sliceId, transferId }),
      'slice:split': ({ sliceId }) => split(world(), sliceId, ['10', '15']),
      'cash:acknowledge': (thing) => standInAlone(world(), batchOf(thing)),
      'batch:commit': (thing) => commitAlone(world(), batchOf(thing)),
      'slice:complete': (thing) => completeAlone(world(), thing.sliceId, batchOf(thing)),
      'slice:release': (thing) => releaseAlone(world(), thing.sliceId, batchOf(thing)),
      'slice:realise': ({ sliceId }) => realiseAlone(world(), sliceId),
      'slice:present': ({ sliceId }) => present(world(), 'supplier', [sliceId], MORE.secondBank),
      'payment:report': (thing) => report(world(), payment(thing)),
      'payment:attest': (thing, { sharesBank }) =>
        sharesBank ? attest(world(), payment(thing)) : attest(world(), payment(thing), ACCOUNT, SECOND_BANK),
      'presentment:acknowledge': (thing, { silent }) =>
        silent === 'supplier'
          ? standIn(world(), thing.sliceId, thing.certificateId, payment(thing))
          : acknowledge(world(), 'supplier', payment(thing)),
      'presentment:discharge': (thing, { silent }) => {
        const { presentmentId, uetr } = payment(thing);
        const books = silent === 'supplier' ? 'register' : 'all';
        return bank().presentment.discharge({ presentmentId, uetr, books });
      },
    };

    const reach = (way: Way): Promise<Thing> => {
      const { of, state } = way;
      const reached = REACH[of][state];
      if (reached === undefined) throw new Error(`nobody has said how ${of} ${state} is reached`);
      return reached(way);
    };

    const follow = async (way: Way, thing: Thing): Promise<void> => {
      for (const move of way.moves) {
        const take = TAKE[move];
        if (take === undefined) throw new Error(`nobody has said how "${move}" is taken`);
        expect([move, await outcome(take(thing, way))]).toEqual([move, 'ok']);
      }
    };

    /** Where the bank's own register says that a certificate stands. */
    const certificateEnd = async ({ certificateId }: Thing): Promise<string> => {
      const { outcome: said } = await recordOf(world(), 'bank', 'confirmation', certificateId);
      if (said !== 'CONFIRMED') return said;
      return (await recordOf(world(), 'bank', 'status', certificateId)).state;
    };

    const sliceEnd = async ({ sliceId }: Thing, { state: from }: Way): Promise<string> => {
      const { state, holder, redrawn } = await recordOf(world(), 'bank', 'slice', sliceId);
      if (redrawn !== undefined) return 'drawn again';
      if (from === 'RETURNED') {
        const { isReturned } = await recordOf(world(), 'issuer', 'redeemed', sliceId);
        return isReturned === true ? 'out of the count' : 'in the count';
      }
      if (from === 'PAID')
        return (await recordOf(world(), 'issuer', 'redeemed', sliceId)).id === sliceId ? 'counted' : '';
      return state === 'FREE' ? `FREE in the hands of the ${nameOf(world(), holder)}` : state;
    };

    const certificates = waysOf('certificate', CERTIFICATE_STATES);
    const slices = waysOf('slice', SLICE_STATES);
    const ways = [...certificates, ...slices];

    it('every way has an end, and every end a way', () => {
      expect(certificates.map(({ name }) => name).sort()).toEqual(Object.keys(CERTIFICATE_ENDS).sort());
      expect(slices.map(({ name }) => name).sort()).toEqual(Object.keys(SLICE_ENDS).sort());
    });

    /** All ways of a group, while its peer is stopped. */
    const shouldComeToTheirEnds = (silent: PartyName, group: readonly Way[]): void => {
      const things = new Map<Way, Thing>();

      beforeAll(async () => {
        // What has lapsed has let the date move on, and what others offer until the next day would have lapsed too.
        for (const way of first(group, ({ state }) => state === 'LAPSED')) things.set(way, await reach(way));
        await world().ledger.faults.stopPeer(world().people(silent).organization);
      });
      afterAll(() => world().ledger.faults.startPeer(world().people(silent).organization));

      it.each(group)('a $of $name comes to its end', async (way) => {
        const thing = things.get(way);
        if (thing === undefined) throw new Error('its state was not reached');
        await follow(way, thing);
        const end = way.of === 'certificate' ? await certificateEnd(thing) : await sliceEnd(thing, way);
        expect(end).toBe((way.of === 'certificate' ? CERTIFICATE_ENDS : SLICE_ENDS)[way.name]);
      });
    };

    describe.each(bySilent(ways.filter((way) => !isLate(way))))(
      'the $silent, before maturity:',
      ({ silent, group }) => {
        shouldComeToTheirEnds(silent, group);
      },
    );

    describe('at maturity', () => {
      beforeAll(async () => {
        const certificateId = await offered();
        last = { certificateId, sliceId: await accept(world(), certificateId) };
        await world().moveTo(DUE);
      });

      describe.each(bySilent(ways.filter(isLate)))('the $silent:', ({ silent, group }) => {
        shouldComeToTheirEnds(silent, group);
      });

      it('nobody speaks for a payee before it has been silent for a week, nor whom the presentment does not name', async () => {
        const sliceId = part();
        const asked = await present(world(), 'supplier', [sliceId]);
        await report(world(), asked);
        await attest(world(), asked);
        const { presentmentId, uetr } = asked;
        const early = standIn(world(), sliceId, whole.certificateId, asked);
        expect(await outcome(early)).toBe('STAND_IN_EARLY');
        await world().moveTo(aWeekAfter(world().date));
        expect(await outcome(acknowledge(world(), 'bank', asked))).toBe('CALLER_NOT_ALLOWED');
        expect(await outcome(bank().presentment.discharge({ presentmentId, uetr, books: 'register' }))).toBe(
          'ACKNOWLEDGEMENT_NEEDED',
        );
        expect(await outcome(standIn(world(), sliceId, whole.certificateId, asked))).toBe('ok');
      });
    });
  });
}
