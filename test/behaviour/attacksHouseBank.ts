/**
 * An issuer with a bank of its own in the same organisation. The registry knows both, so both roles are real. But a single book then
 * vouches for a certificate, and its organisation can write into it whatever it likes. No honest endorser may rely on such a
 * certificate, at any step.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId, newReference, type BookKind, type BookRecord } from '@tenor/client';
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import { Attackers, demand, refusalOf, write, type HandMade } from '../support/attack.js';
import { forgedFace, forgedSlice, forgedTerms, underForged } from '../support/attackForgery.js';
import { ACCOUNT } from '../support/deal.js';
import { LEI, START, type PartyName } from '../support/world.js';
import { openingOf, type Scene } from './attacksScene.js';
import { MORE } from './lifecycleParties.js';

/** No line was ever drawn for it, and no document stands behind it. */
const FACE = '900000000000';
const OFFER_ENDS = '2026-12-15';
const SALT = 'ef'.repeat(32);

type AnyRecord = BookRecord<BookKind> & { readonly id: string };

/** The paper of the house, at every stage, with what the calls open. */
interface House {
  /** Accepted, or on offer, or confirmed only, or submitted only. */
  readonly ids: Readonly<Record<'live' | 'offered' | 'confirmed' | 'pending', string>>;
  readonly lineId: string;
  readonly slices: Readonly<Record<'kept' | 'onOffer' | 'paid', string>>;
  readonly transferId: string;
  readonly openings: Readonly<Record<string, string>>;
}

/** Everything that a house bank can write at home about its own issuer's paper. */
function paperOf({ world }: Scene): House {
  const { mspId } = world.people('issuer');
  const own = (): string => newId(mspId, mspId);
  const ofSupplier = (): { id: string } => ({ id: newId(mspId, world.people('supplier').mspId) });
  const both = { issuer: LEI.issuer, issuerMsp: mspId, bank: MORE.houseBank, bankMsp: mspId };
  const records: [BookKind, AnyRecord][] = [];
  const keep = (kind: BookKind, record: AnyRecord): string => {
    records.push([kind, record]);
    return record.id;
  };
  const termsOf = (): BookRecord<'terms'> => {
    const terms = forgedTerms(world, both);
    keep('face', forgedFace(world, terms, FACE));
    keep('terms', terms);
    return terms;
  };
  const certificate = (): string => termsOf().id;
  const lineId = keep('line', {
    ...{ schema: 'tenor.line/1', id: own(), ...both, currency: 'USD', limit: '1800000000000', utilised: FACE },
    ...{ expiresOn: '2027-12-31', revolving: true, autoConfirm: false, salt: SALT },
  });
  const live = termsOf();
  const ids = { live: live.id, offered: certificate(), confirmed: certificate(), pending: certificate() };
  for (const id of [ids.live, ids.offered, ids.confirmed])
    keep('confirmation', {
      ...{ schema: 'tenor.confirmation/1', id, outcome: 'CONFIRMED', by: 'BANK', lineId, salt: SALT },
    });
  const { mspId: payeeMsp } = world.people('supplier');
  keep('status', { schema: 'tenor.status/1', id: ids.live, state: 'ACTIVE', payeeMsp, salt: SALT });
  keep('status', {
    ...{
      schema: 'tenor.status/1',
      id: ids.offered,
      state: 'OFFERED',
      payeeMsp,
      offerExpiresOn: OFFER_ENDS,
      salt: SALT,
    },
  });
  const counterparty = { counterparty: LEI.contractor, counterpartyMsp: world.people('contractor').mspId };
  const transferId = newReference();
  const lock = { kind: 'TRANSFER' as const, id: transferId, ...counterparty, expiresOn: OFFER_ENDS };
  const slices = {
    kept: keep('slice', forgedSlice(world, underForged(live), FACE, ofSupplier())),
    onOffer: keep('slice', forgedSlice(world, underForged(live), FACE, { ...ofSupplier(), state: 'OFFERED', lock })),
    paid: keep('slice', forgedSlice(world, underForged(live), FACE, { ...ofSupplier(), state: 'PAID' })),
  };
  const openings: Record<string, string> = {};
  for (const [kind, record] of records) Object.assign(openings, openingOf(kind, record));
  return { ids, lineId, slices, transferId, openings };
}

type Call = Omit<HandMade, 'openings'>;

/** MSP ids of the house, and of whoever calls. */
interface Msp {
  readonly house: string;
  readonly caller: string;
}

/** A step that relies on the paper: who takes it, and whose honest peer is asked to sign. */
interface Reliance {
  readonly what: string;
  readonly by: PartyName;
  readonly asked: PartyName;
  /** Where the step is one of four eyes: for whom the ticket is prepared. */
  readonly ticketOf?: string;
  readonly index?: string;
  readonly call: (house: House, msp: Msp) => Call;
}

const RELIANCES: readonly Reliance[] = [
  {
    ...{ what: 'it is confirmed on a line of the house', by: 'issuer', asked: 'operator', ticketOf: MORE.houseBank },
    call: ({ ids, lineId }, { caller }) => ({
      name: 'certificate:confirm',
      request: { certificateIds: [ids.pending], lineId, ticketId: newId(caller, caller) },
    }),
  },
  {
    ...{ what: 'a payee is offered it', by: 'issuer', asked: 'supplier' },
    call: ({ ids }) => ({
      ...{ name: 'certificate:offer', request: { certificateId: ids.confirmed }, secret: { expiresOn: OFFER_ENDS } },
    }),
  },
  {
    ...{ what: 'its payee accepts it', by: 'supplier', asked: 'supplier', index: '0' },
    call: ({ ids }, { house, caller }) => ({
      ...{
        name: 'certificate:accept',
        request: { items: [{ certificateId: ids.offered, sliceId: newId(house, caller) }] },
      },
    }),
  },
  {
    ...{ what: 'its holder splits it', by: 'supplier', asked: 'supplier' },
    call: ({ slices }, { house, caller }) => ({
      name: 'slice:split',
      request: { sliceId: slices.kept, partIds: [newId(house, caller), newId(house, caller)] },
      secret: { amounts: ['1', '899999999999'] },
    }),
  },
  {
    ...{ what: 'another is offered a slice of it', by: 'supplier', asked: 'contractor', ticketOf: LEI.supplier },
    call: ({ slices }, { caller }) => ({
      name: 'slice:offer',
      request: { sliceId: slices.kept, transferId: newReference(), ticketId: newId(caller, caller) },
      secret: { transferee: LEI.contractor, expiresOn: OFFER_ENDS },
    }),
  },
  {
    ...{ what: 'another takes a slice of it over', by: 'contractor', asked: 'contractor' },
    call: ({ slices, transferId }) => ({
      ...{ name: 'slice:accept', request: { sliceId: slices.onOffer, transferId } },
    }),
  },
  {
    ...{ what: 'its holder presents it', by: 'supplier', asked: 'bank', ticketOf: LEI.supplier, index: '0' },
    call: ({ slices }, { caller }) => ({
      name: 'slice:present',
      request: { presentmentId: newId(caller, caller), sliceIds: [slices.kept], ticketId: newId(caller, caller) },
      secret: { account: ACCOUNT, payeeBank: LEI.bank },
    }),
  },
  {
    ...{ what: 'the house settles it', by: 'issuer', asked: 'operator' },
    call: ({ ids, slices }) => ({
      ...{ name: 'certificate:redeem', request: { certificateId: ids.live, sliceIds: [slices.paid] } },
    }),
  },
  {
    ...{ what: 'the house unwinds it', by: 'issuer', asked: 'operator' },
    call: ({ ids }) => ({ name: 'certificate:unwind', request: { certificateId: ids.confirmed } }),
  },
];

/** Paper that one organisation vouches for twice. */
export function shouldHearTwoVoices(scene: () => Scene): void {
  describe('an issuer with a bank in its own organisation writes paper at home', () => {
    let house: House | undefined;

    beforeAll(async () => {
      const { world } = scene();
      const { mspId } = world.people('issuer');
      house = paperOf(scene());
      const attackers = await Attackers.corrupt(world, ['issuer']);
      const writes = Object.entries(house.openings).map(([name, bytes]) => write(mspId, `own/${name}`, bytes));
      expect(await attackers.commit(writes)).toBe('VALID'); // its own book, nobody else's business
      await attackers.surrender();
    });

    it.each(RELIANCES)('not one honest peer signs when $what', async ({ by, asked, ticketOf, index, call }) => {
      if (house === undefined) throw new Error('nothing was forged');
      const { world } = scene();
      const { mspId } = world.people('issuer');
      const made = call(house, { house: mspId, caller: world.people(by).mspId });
      const ticket = ticketOf === undefined ? {} : await ticketFor(scene(), by, ticketOf, made);
      const asking = demand(world.people(by).checker, { ...made, openings: { ...house.openings, ...ticket } }, [
        world.people(asked).mspId,
      ]);
      expect(await refusalOf(asking)).toEqual({
        code: 'SAME_ORGANIZATION',
        data: { mspId, ...(index === undefined ? {} : { index }) },
      });
    });
  });
}

/** A ticket that a maker of the caller's organisation did prepare for the call. */
async function ticketFor(
  { world }: Scene,
  by: PartyName,
  party: string,
  { name, request, secret }: Call,
): Promise<Record<string, string>> {
  const { maker } = world.people(by);
  const { ticketId } = request as { ticketId: string };
  const payload = canonicalJson({ private: secret ?? {}, request });
  await maker.sender.submit('ticket:prepare', { ticketId }, { party, command: name, payload, expiresOn: START });
  const { opening } = await maker.book.ticket.get(ticketId);
  return { [`ticket/${ticketId}`]: opening };
}
