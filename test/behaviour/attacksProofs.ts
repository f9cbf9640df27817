/**
 * Proof of payment in the books of several organisations. A presentment counts only if holder and bank have it. An id or UETR is used up
 * when one book has it. Counted slices are looked up in both books. The owners of the books put all other records into them.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookKind, BookRecord } from '@tenor/client';
import type { TopologyName } from '@tenor/network';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, demand, refusalOf, write, type HandMade, type Refusal } from '../support/attack.js';
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import { ACCOUNT } from '../support/deal.js';
import { leftOut, satisfy } from '../support/hosting.js';
import { LEI, type PartyName } from '../support/world.js';
import { openingOf, openingsOf, type Scene } from './attacksScene.js';
import { MORE } from './lifecycleParties.js';

type Openings = Readonly<Record<string, string>>;

const salt = 'cd'.repeat(32);
const money = { currency: 'USD', amount: '50000' };
const KEEPERS: readonly PartyName[] = ['bank', 'issuer', 'supplier', 'operator'];

/** Run after the settlement: `live` is counted. */
export function shouldProveInEveryBook(scene: () => Scene, on: TopologyName): void {
  if (satisfy(on, KEEPERS, [['contractor']])) {
    leftOut('no endorser takes proof that one of several books holds', 'nobody lives apart from those who keep them');
    return;
  }
  describe('with the chaincode changed at all who keep proof', () => {
    let attackers: Attackers | undefined;
    let genuine: Openings = {};
    let undo: (() => Promise<unknown>)[] = [];
    let presentment: BookRecord<'presentment'>;
    let uetr = '';

    beforeAll(async () => {
      const { world, live, kept, lineId } = scene();
      const roots = [['terms', live] as const, ['face', live] as const, ['confirmation', live] as const];
      const rest = [['status', live] as const, ['totals', live] as const, ['line', lineId] as const];
      genuine = await openingsOf(world, 'bank', ...roots, ...rest, ['slice', kept]);
      attackers = await Attackers.corrupt(world, KEEPERS);
      uetr = randomUUID();
      const [holderMsp, bankMsp] = [world.people('supplier').mspId, world.people('bank').mspId];
      const parties = { holder: LEI.supplier, holderMsp, bank: LEI.bank, bankMsp };
      const payee = { payeeBank: MORE.secondBank, payeeBankMsp: world.people('operator').mspId, account: ACCOUNT };
      const content = { ...money, presentedOn: world.date, sliceIds: [kept], state: 'OPEN' as const, salt };
      presentment = { schema: 'tenor.presentment/1', id: world.newId('supplier'), ...parties, ...payee, ...content };
    });

    afterEach(async () => {
      for (const each of undo) expect(await each()).toBe('VALID');
      undo = [];
    });

    afterAll(async () => {
      await attackers?.surrender();
    });

    /** A record in the book of one of them, until the case is over. */
    async function put(who: PartyName, kind: BookKind, id: string, record: object | string): Promise<void> {
      const { mspId } = scene().world.people(who);
      const key = ownKey(kind, id);
      const [before] = (await attackers?.undo(mspId, [key], who)) ?? [];
      expect(await attackers?.commit([write(mspId, key, record)])).toBe('VALID');
      undo.push(async () => attackers?.commit(before === undefined ? [] : [before]));
    }

    /** What the one who keeps nothing answers. */
    const answerTo = (by: PartyName, made: HandMade): Promise<Refusal> => {
      const { world } = scene();
      return refusalOf(demand(world.people(by).checker, made, [world.people('contractor').mspId]));
    };

    const attest = (ticketId = scene().world.newId('operator')): Promise<Refusal> =>
      answerTo('operator', {
        name: 'payment:attest',
        request: { presentmentId: presentment.id, uetr, ticketId },
        secret: { ...money, account: ACCOUNT, valueDate: '2027-03-15', creditReference: 'ENTRY-1', messageHash: salt },
        openings: openingOf('presentment', presentment),
      });

    const settle = (openings: Openings): Promise<Refusal> => {
      const { live, kept } = scene();
      const request = { certificateId: live, sliceIds: [kept] };
      return answerTo('bank', { name: 'certificate:redeem', request, openings });
    };

    it('no credit is attested on a presentment that its holder does not keep, whatever the banks have', async () => {
      for (const who of ['bank', 'operator'] as const) await put(who, 'presentment', presentment.id, presentment);
      const data = { kind: 'presentment', id: presentment.id };
      expect(await attest()).toEqual({ code: 'OPENING_MISMATCH', data });
    });

    it("no credit is attested once more by a UETR that the book of the payee's bank knows; a copy elsewhere uses up none", async () => {
      const { bankMsp, payeeBankMsp } = presentment;
      const proven = {
        valueDate: '2027-03-15',
        attestedOn: '2027-03-15',
        creditId: salt,
        messageHash: salt,
        ...money,
        bankMsp,
        payeeBankMsp,
        salt,
      };
      const attestation = { schema: 'tenor.attestation/1', id: uetr, presentmentId: presentment.id, ...proven };
      await put('supplier', 'presentment', presentment.id, presentment);
      await put('bank', 'attestation', uetr, attestation);
      const ticketId = scene().world.newId('operator');
      const unprepared = { code: 'OPENING_MISSING', data: { kind: 'ticket', id: ticketId } };
      expect(await attest(ticketId)).toEqual(unprepared); // it comes as far as the second person
      await put('operator', 'attestation', uetr, attestation);
      expect(await attest(ticketId)).toEqual({ code: 'UETR_USED', data: { kind: 'attestation', id: uetr } });
    });

    it("no credit is attested of a payment that the book of the payee's bank says came back; a copy elsewhere says nothing", async () => {
      const { id: presentmentId, bankMsp, payeeBankMsp, holderMsp } = presentment;
      const returned = {
        ...{ schema: 'tenor.return/1' as const, id: uetr, presentmentId, bankMsp, payeeBankMsp, holderMsp, ...money },
        ...{ returnedOn: '2027-03-15', recordedOn: '2027-03-15', messageHash: salt, salt },
      };
      await put('supplier', 'presentment', presentmentId, presentment);
      for (const who of ['bank', 'supplier'] as const) await put(who, 'return', uetr, returned);
      const ticketId = scene().world.newId('operator');
      expect(await attest(ticketId)).toEqual({
        ...{ code: 'OPENING_MISSING', data: { kind: 'ticket', id: ticketId } },
      });
      await put('operator', 'return', uetr, returned);
      expect(await attest(ticketId)).toEqual({ code: 'PAYMENT_RETURNED', data: { kind: 'return', id: uetr } });
    });

    it("nothing is discharged by a payment that the book of the payee's bank says came back, whoever else says that the money is there", async () => {
      const { live, kept } = scene();
      const { id: presentmentId, bankMsp, payeeBankMsp, holderMsp } = presentment;
      const { [`slice/${kept}`]: paid = '', [`terms/${live}`]: terms = '' } = genuine;
      const lock = { kind: 'PRESENTMENT', id: presentmentId, counterpartyMsp: payeeBankMsp };
      const slice = { ...(JSON.parse(paid) as BookRecord<'slice'>), state: 'PRESENTED', lock };
      const about = { id: uetr, presentmentId, bankMsp, ...money, messageHash: salt, salt };
      const payment = { schema: 'tenor.payment/1', status: 'ACCC', ...about };
      const day = '2027-03-15';
      const dates = { valueDate: day, attestedOn: day, creditId: salt };
      const attestation = { schema: 'tenor.attestation/1', payeeBankMsp, ...dates, ...about };
      const back = { holderMsp, returnedOn: day, recordedOn: day };
      const returned = { schema: 'tenor.return/1', payeeBankMsp, ...back, ...about };
      // The payee's bank says itself that the payee has the money.
      const word = {
        id: presentmentId,
        bankMsp,
        byMsp: payeeBankMsp,
        paymentId: uetr,
        ...money,
        inSpiteOfReturn: true,
        salt,
      };
      const acknowledgement = { schema: 'tenor.acknowledgement/1', ...word };
      await put('supplier', 'presentment', presentmentId, presentment);
      await put('bank', 'slice', kept, slice);
      await put('bank', 'payment', uetr, payment);
      await put('operator', 'attestation', uetr, attestation);
      await put('operator', 'return', uetr, returned);
      await put('operator', 'acknowledgement', presentmentId, acknowledgement);
      const openings = {
        ...openingOf('presentment', presentment),
        ...{ [`slice/${kept}`]: JSON.stringify(slice), [`terms/${live}`]: terms },
        ...{ [`payment/${uetr}`]: JSON.stringify(payment), [`attestation/${uetr}`]: JSON.stringify(attestation) },
      };
      const discharge = (more: Openings): Promise<Refusal> =>
        answerTo('bank', {
          ...{ name: 'presentment:discharge', request: { presentmentId, uetr } },
          openings: { ...openings, ...more },
        });
      expect(await discharge({})).toEqual({ code: 'PAYMENT_RETURNED', data: { kind: 'return', id: uetr } });
      const said = { [`acknowledgement/${presentmentId}`]: JSON.stringify(acknowledgement) };
      expect(await discharge(said)).toEqual({
        ...{ code: 'OPENING_MISMATCH', data: { kind: 'acknowledgement', id: presentmentId } },
      });
    });

    it('nothing is discharged by parts that do not add up, whoever counts one of them twice or leaves out what came back', async () => {
      const { live, kept } = scene();
      const { id: presentmentId, bankMsp, payeeBankMsp, holderMsp } = presentment;
      const { [`slice/${kept}`]: paid = '', [`terms/${live}`]: terms = '' } = genuine;
      const lock = { kind: 'PRESENTMENT', id: presentmentId, counterpartyMsp: payeeBankMsp };
      const slice = { ...(JSON.parse(paid) as BookRecord<'slice'>), state: 'PRESENTED', lock };
      const dates = { valueDate: '2027-03-15', attestedOn: '2027-03-15', creditId: salt };
      const uetrs = [randomUUID(), randomUUID()] as const;
      const openings = {
        ...openingOf('presentment', presentment),
        [`slice/${kept}`]: JSON.stringify(slice),
        [`terms/${live}`]: terms,
      };
      await put('supplier', 'presentment', presentmentId, presentment);
      await put('bank', 'slice', kept, slice);
      /** What both banks say of a part, in books that are theirs. */
      const say = async (id: string, sent: string, came: string, paidId = presentmentId): Promise<Openings> => {
        const about = { id, presentmentId: paidId, bankMsp, currency: 'USD', messageHash: salt, salt };
        const payment = { schema: 'tenor.payment/1', status: 'ACCC', ...about, amount: sent };
        const attestation = { schema: 'tenor.attestation/1', payeeBankMsp, ...dates, ...about, amount: came };
        await put('bank', 'payment', id, payment);
        await put('operator', 'attestation', id, attestation);
        return { [`payment/${id}`]: JSON.stringify(payment), [`attestation/${id}`]: JSON.stringify(attestation) };
      };
      const discharge = (more: Openings, others: readonly string[]): Promise<Refusal> => {
        const request = { presentmentId, uetr: uetrs[0], ...(others.length > 0 ? { furtherUetrs: others } : {}) };
        return answerTo('bank', { name: 'presentment:discharge', request, openings: { ...openings, ...more } });
      };
      const first = await say(uetrs[0], '25000', '25000');
      const none = { code: 'UNDERPAID', data: {} };
      expect(await discharge(first, [])).toEqual(none);
      expect(await discharge(first, [uetrs[0]])).toMatchObject({ code: 'DUPLICATE_ITEM' });
      expect(await discharge({ ...first, ...(await say(uetrs[1], '25000', '24999')) }, [uetrs[1]])).toEqual(none);
      const inflated = { ...first, ...(await say(uetrs[1], '1', '25000')) };
      expect(await discharge(inflated, [uetrs[1]])).toEqual(none);
      const foreign = { ...first, ...(await say(uetrs[1], '25000', '25000', scene().world.newId('supplier'))) };
      expect(await discharge(foreign, [uetrs[1]])).toEqual({ code: 'PAYMENT_MISMATCH', data: {} });
      const whole = { ...first, ...(await say(uetrs[1], '25000', '25000')) };
      const back = { holderMsp, returnedOn: '2027-03-15', recordedOn: '2027-03-15', payeeBankMsp, bankMsp, ...money };
      await put('operator', 'return', uetrs[1], {
        schema: 'tenor.return/1',
        id: uetrs[1],
        presentmentId,
        ...back,
        messageHash: salt,
        salt,
      });
      expect(await discharge(whole, [uetrs[1]])).toEqual({
        code: 'PAYMENT_RETURNED',
        data: { kind: 'return', id: uetrs[1] },
      });
    });

    it('no part is attested beside those that the receipt names and that are not shown, nor beyond what they leave', async () => {
      const { id: presentmentId, bankMsp, payeeBankMsp } = presentment;
      const earlier = randomUUID();
      const dates = { valueDate: '2027-03-15', attestedOn: '2027-03-15', creditId: salt };
      const about = { presentmentId, bankMsp, payeeBankMsp, messageHash: salt, salt };
      const attestation = {
        schema: 'tenor.attestation/1' as const,
        id: earlier,
        ...about,
        ...dates,
        ...money,
        amount: '1',
      };
      const receipt = {
        schema: 'tenor.receipt/1' as const,
        id: presentmentId,
        bankMsp,
        payeeBankMsp,
        paymentId: earlier,
        salt,
      };
      await put('supplier', 'presentment', presentmentId, presentment);
      await put('operator', 'attestation', earlier, attestation);
      await put('bank', 'receipt', presentmentId, receipt);
      const ticketId = scene().world.newId('operator');
      const request = { presentmentId, uetr, ticketId };
      const secret = {
        ...money,
        account: ACCOUNT,
        valueDate: '2027-03-15',
        creditReference: 'ENTRY-1',
        messageHash: salt,
      };
      const payload = canonicalJson({ private: secret, request });
      const ticket = {
        ...{
          schema: 'tenor.ticket/1' as const,
          id: ticketId,
          party: MORE.secondBank,
          command: 'payment:attest',
          payload,
        },
        ...{ maker: salt, expiresOn: scene().world.date, salt },
      };
      await put('operator', 'ticket', ticketId, ticket);
      const answer = (more: Openings): Promise<Refusal> =>
        answerTo('operator', {
          ...{ name: 'payment:attest', request, secret },
          openings: { ...openingOf('presentment', presentment), ...openingOf('ticket', ticket), ...more },
        });
      const missing = (kind: BookKind, id: string): Refusal => ({ code: 'OPENING_MISSING', data: { kind, id } });
      expect(await answer({})).toEqual(missing('receipt', presentmentId));
      expect(await answer(openingOf('receipt', receipt))).toEqual(missing('attestation', earlier));
      const shown = { ...openingOf('receipt', receipt), ...openingOf('attestation', attestation) };
      expect(await answer(shown)).toEqual({ code: 'OVERPAID', data: {} });
    });

    it.each<{ who: PartyName; refusal: (kept: string) => Refusal }>([
      { who: 'supplier', refusal: () => ({ code: 'ID_TAKEN', data: { kind: 'presentment', id: presentment.id } }) },
      // What others put into their own books is no presentment of the holder: the slice itself is what stands in the way.
      { who: 'bank', refusal: (sliceId) => ({ code: 'STATE', data: { state: 'PAID', sliceId, index: '0' } }) },
      { who: 'operator', refusal: (sliceId) => ({ code: 'STATE', data: { state: 'PAID', sliceId, index: '0' } }) },
    ])(
      'an id of a presentment that the book of the $who has is taken for its holder alone',
      async ({ who, refusal }) => {
        const { live, kept } = scene();
        await put(who, 'presentment', presentment.id, presentment);
        const { [`slice/${kept}`]: slice = '', [`terms/${live}`]: terms = '' } = genuine;
        const ticketId = scene().world.newId('supplier');
        const call = {
          name: 'slice:present',
          request: { presentmentId: presentment.id, sliceIds: [kept], ticketId },
          secret: { payeeBank: MORE.secondBank, account: ACCOUNT },
        };
        const payload = canonicalJson({ private: call.secret, request: call.request });
        const ticket = {
          ...{ schema: 'tenor.ticket/1' as const, id: ticketId, party: LEI.supplier, command: call.name, payload },
          ...{ maker: salt, expiresOn: scene().world.date, salt },
        };
        await put('supplier', 'ticket', ticketId, ticket);
        const refused = await answerTo('supplier', {
          ...call,
          openings: {
            [`slice/${kept}`]: slice,
            [`terms/${live}`]: terms,
            ...openingOf('ticket', ticket),
          },
        });
        expect(refused).toEqual(refusal(kept));
      },
    );

    it('no report replaces one that the book of the bank does not hold', async () => {
      await put('supplier', 'presentment', presentment.id, presentment);
      const { bankMsp } = presentment;
      const report = { status: 'ACSP' as const, ...money, messageHash: salt };
      const earlier = {
        schema: 'tenor.payment/1' as const,
        id: uetr,
        presentmentId: presentment.id,
        bankMsp,
        ...report,
        salt,
      };
      const refused = await answerTo('bank', {
        name: 'payment:report',
        request: { presentmentId: presentment.id, uetr },
        secret: { ...report, status: 'ACCC' },
        openings: { ...openingOf('presentment', presentment), ...openingOf('payment', earlier) },
      });
      expect(refused).toEqual({ code: 'OPENING_MISMATCH', data: { kind: 'payment', id: uetr } });
    });

    it('nothing is counted on totals that the book of the issuer does not hold, and nothing twice', async () => {
      const { live, kept } = scene();
      const less = { schema: 'tenor.totals/1', id: live, currency: 'USD', paid: '0', salt };
      const refusal = { code: 'OPENING_MISMATCH', data: { kind: 'totals', id: live } };
      await put('bank', 'totals', live, less);
      expect(await settle({ ...genuine, [`totals/${live}`]: JSON.stringify(less) })).toEqual(refusal);
      const counted = { code: 'SLICE_COUNTED', data: { kind: 'redeemed', id: kept, index: '0' } };
      expect(await settle(genuine)).toEqual(counted); // the bank's book has no say in it
      await put('issuer', 'totals', live, less);
      expect(await settle(genuine)).toEqual(refusal);
    });

    it('nothing is counted from nothing where something was counted before', async () => {
      const { live } = scene();
      const { [`totals/${live}`]: hidden, ...shown } = genuine;
      expect(hidden).toBeDefined();
      expect(await settle(shown)).toEqual({ code: 'OPENING_MISSING', data: { kind: 'totals', id: live } });
    });
  });
}
