/**
 * Attacks from outside: ids that are seen before they are used, lists full of nonsense, and parties that are suspended and go on.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newReference } from '@tenor/client';
import type { TopologyName } from '@tenor/network';
import { ownKey, shownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, demand, refusalOf, write } from '../support/attack.js';
import { forgedFace, forgedTerms } from '../support/attackForgery.js';
import { claimInvoice, contentOf, openLine, submitCertificate } from '../support/deal.js';
import { itApart } from '../support/hosting.js';
import { LEI, type PartyName } from '../support/world.js';
import { FACE, openingOf, type Scene } from './attacksScene.js';
import { outcome, rowsOf, viewOf } from './dealBooks.js';
import { standing } from './lifecycleRoles.js';

const EXPIRES = '2026-12-15';
const salt = 'ab'.repeat(32);

/** Ids, lists, suspensions. Nothing is due yet. */
export function shouldKeepStrangersOut(scene: () => Scene, on: TopologyName): void {
  idsSeenEarly(scene, on);
  poisonedLists(scene);
  suspendedParties(scene);
}

function idsSeenEarly(scene: () => Scene, on: TopologyName): void {
  itApart(on, 'an id that was seen in a draft is used first by nobody else, at any organisation', async () => {
    const { world, lineId } = scene();
    const { maker, checker } = world.people('issuer');
    const certificateId = world.newId('bank', 'issuer');
    const content = contentOf(FACE, await claimInvoice(world, FACE));
    await maker.certificate.draft({ certificateId, ...content });

    const foreign = { code: 'ID_FOREIGN', data: { kind: 'draft', id: certificateId } };
    for (const name of ['contractor', 'operator', 'supplier', 'bank'] as const)
      expect(await refusalOf(world.people(name).maker.certificate.draft({ certificateId, ...content }))).toEqual(
        foreign,
      );

    const stranger = world.people('contractor');
    const attackers = await Attackers.corrupt(world, ['contractor']);
    for (const payee of ['bank', 'issuer', 'supplier', 'operator'] as const) {
      const terms = forgedTerms(world, { id: certificateId, bankMsp: stranger.mspId, issuerMsp: stranger.mspId });
      const paid = { payee: LEI[payee], payeeMsp: world.people(payee).mspId };
      const face = { ...forgedFace(world, terms, FACE), ...paid };
      const said = { outcome: 'CONFIRMED' as const, by: 'BANK' as const, lineId, salt };
      const confirmation = { schema: 'tenor.confirmation/1' as const, id: certificateId, ...said };
      const forged = { terms, face, confirmation };
      const kinds = Object.keys(forged) as (keyof typeof forged)[];
      const planted = kinds.map((kind) => write(stranger.mspId, ownKey(kind, certificateId), forged[kind]));
      expect(await attackers.commit(planted)).toBe('VALID'); // at home
      const openings = Object.assign({}, ...kinds.map((kind) => openingOf(kind, forged[kind]))) as Record<
        string,
        string
      >;
      const secret = { expiresOn: EXPIRES };
      const call = { name: 'certificate:offer', request: { certificateId }, secret, openings };
      expect(await refusalOf(demand(stranger.checker, call, [world.people(payee).mspId]))).toEqual({
        ...{ code: 'OPENING_MISMATCH', data: { kind: 'terms', id: certificateId } },
      });
    }
    await attackers.surrender();
    expect(await outcome(checker.certificate.submit({ certificateId }))).toBe('ok');
    expect(await viewOf(world, 'bank', 'face', certificateId)).toMatchObject({ record: { payee: LEI.supplier } });
  });
}

function poisonedLists(scene: () => Scene): void {
  describe('a book in which somebody wrote nonsense', () => {
    const nonsense: Record<string, object | string> = {};
    let before = 0;

    beforeAll(async () => {
      const { world } = scene();
      const { mspId, checker } = world.people('operator');
      before = (await rowsOf(checker, 'face')).length;
      const [good, other] = [
        forgedFace(world, forgedTerms(world), FACE),
        forgedFace(world, forgedTerms(world), FACE),
      ] as const;
      nonsense[ownKey('face', world.newId('operator'))] = 'no JSON at all';
      nonsense[ownKey('face', world.newId('operator', 'bank'))] = { schema: 'tenor.face/1' };
      nonsense[ownKey('face', world.newId('operator', 'issuer'))] = good; // of another id
      nonsense[`own/face/${mspId}/${good.id}`] = good;
      nonsense[shownKey('NoSuchMSP', 'face', good.id)] = good;
      nonsense[shownKey(mspId, 'face', other.id)] = other;
      const attackers = await Attackers.corrupt(world, ['operator']);
      const writes = Object.entries(nonsense).map(([key, value]) => write(mspId, key, value));
      expect(await attackers.commit(writes)).toBe('VALID');
      await attackers.surrender();
    });

    afterAll(async () => {
      const { world } = scene();
      const { mspId } = world.people('operator');
      const attackers = await Attackers.corrupt(world, ['operator']);
      const erased = Object.keys(nonsense).map((key) => ({
        ...{ op: 'delPrivate' as const, collection: `_implicit_org_${mspId}`, key },
      }));
      expect(await attackers.commit(erased)).toBe('VALID');
      await attackers.surrender();
    });

    it('lists it row by row, and says of each why it does not count', async () => {
      const rows = await rowsOf(scene().world.people('operator').checker, 'face');
      expect(rows).toHaveLength(before + Object.keys(nonsense).length);
      const reasons = rows.flatMap((row) => (row.current ? [] : [row.reason]));
      expect(reasons.filter((reason) => reason === 'UNREADABLE')).toHaveLength(4);
      expect(reasons.filter((reason) => reason === 'REGISTER_UNKNOWN')).toHaveLength(1);
      expect(reasons).toContain('NOT_REGISTERED');
    });
  });
}

function suspendedParties(scene: () => Scene): void {
  /** Takes a four-eyes step as the people of a party. */
  async function twoHands<Input extends { readonly ticketId: string }>(
    name: PartyName,
    command: 'certificate:confirm' | 'slice:offer' | 'line:open',
    input: Input,
    act: (input: Input) => Promise<unknown>,
  ): Promise<string> {
    const { maker, party } = scene().world.people(name);
    await maker.ticket.prepare(command, input as never, { party, expiresOn: scene().world.date });
    return outcome(act(input));
  }

  describe('a party that is suspended', () => {
    it('as a holder passes nothing on', async () => {
      const { world, small } = scene();
      const { maker, checker } = world.people('supplier');
      const input = { sliceId: small, transferId: newReference(), ticketId: maker.newId() };
      await standing(world, 'supplier', ['supplier'], 'SUSPENDED');
      const offered = { ...input, transferee: LEI.contractor, expiresOn: EXPIRES };
      const answer = await twoHands('supplier', 'slice:offer', offered, (given) => checker.slice.offer(given));
      await standing(world, 'supplier', ['supplier']);
      expect(answer).toBe('PARTY_SUSPENDED');
      expect(await viewOf(world, 'bank', 'slice', small)).toMatchObject({ record: { state: 'FREE' } });
    });

    it('as a bank opens no line, confirms nothing and offers nothing', async () => {
      const { world, pending } = scene();
      const { maker, checker } = world.people('bank');
      const waiting = await submitCertificate(world, '100');
      const lineId = await openLine(world, { limit: '1000' });
      const terms = { currency: 'USD', limit: '1', autoConfirm: false, revolving: true, expiresOn: '2027-12-31' };
      const line = { lineId: maker.newId(), ticketId: maker.newId(), bank: LEI.bank, issuer: LEI.issuer, ...terms };
      const confirmation = { certificateIds: [waiting], lineId, ticketId: maker.newId() };
      await standing(world, 'bank', ['bank'], 'SUSPENDED');
      const answers = [
        await twoHands('bank', 'line:open', line, (given) => checker.line.open(given)),
        await twoHands('bank', 'certificate:confirm', confirmation, (given) => checker.certificate.confirm(given)),
        await outcome(checker.certificate.offer({ certificateId: pending, expiresOn: EXPIRES })),
      ];
      await standing(world, 'bank', ['bank']);
      expect(answers).toEqual(['PARTY_SUSPENDED', 'PARTY_SUSPENDED', 'PARTY_SUSPENDED']);
    });
  });
}
