/** The bank keeps the register, so it can write many records. But alone it cannot issue a certificate or take a slice from a holder. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookRecord } from '@tenor/client';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, demand, refusalOf, write } from '../support/attack.js';
import { forgedFace, forgedTerms } from '../support/attackForgery.js';
import { confirm } from '../support/deal.js';
import type { People } from '../support/world.js';
import { FACE, holdersOf, openingOf, openingsOf, type Scene } from './attacksScene.js';
import { recordOf } from './dealBooks.js';

const salt = 'ab'.repeat(32);
const PAYEE_OFFER = { secret: { expiresOn: '2026-12-15' } };

/** The attacks by the bank alone before anything is due. */
export function shouldNotTrustTheBankAlone(scene: () => Scene): void {
  describe('with the chaincode changed at the bank', () => {
    let attackers: Attackers;

    beforeAll(async () => {
      attackers = await Attackers.corrupt(scene().world, ['bank']);
    });

    afterAll(async () => {
      await attackers.surrender();
    });

    /** The bank, and a payee whose peer is not the bank's own. */
    const victims = (): { bank: People; payee: People; payable: { payee: string; payeeMsp: string } } => {
      const { world } = scene();
      const payee = world.people(holdersOf(scene()).holder);
      return { bank: world.people('bank'), payee, payable: { payee: payee.party, payeeMsp: payee.mspId } };
    };

    it('a certificate that its issuer never submitted is neither offered nor accepted', async () => {
      const { world, lineId } = scene();
      const { bank, payee, payable } = victims();
      const terms = forgedTerms(world);
      const { id } = terms;
      const face = { ...forgedFace(world, terms, FACE), ...payable };
      const confirmation: BookRecord<'confirmation'> = {
        schema: 'tenor.confirmation/1',
        id,
        outcome: 'CONFIRMED',
        by: 'BANK',
        lineId,
        salt,
      };
      const status: BookRecord<'status'> = {
        schema: 'tenor.status/1',
        id,
        state: 'OFFERED',
        payeeMsp: payee.mspId,
        offerExpiresOn: '2026-12-15',
        salt,
      };
      const forged = { terms, face, confirmation, status };
      const minted = (Object.keys(forged) as (keyof typeof forged)[]).map((kind) =>
        write(bank.mspId, ownKey(kind, id), forged[kind]),
      );
      expect(await attackers.commit(minted)).toBe('VALID');
      const openings = Object.fromEntries(
        Object.entries(forged).map(([kind, record]) => [`${kind}/${id}`, JSON.stringify(record)]),
      );
      const offered = { name: 'certificate:offer', request: { certificateId: id }, openings, ...PAYEE_OFFER };
      const accepted = {
        name: 'certificate:accept',
        request: { items: [{ certificateId: id, sliceId: payee.checker.newId(bank.mspId) }] },
        openings,
      };
      const refusal = { code: 'OPENING_MISMATCH', data: { kind: 'terms', id } };
      expect(await refusalOf(demand(bank.checker, offered, [payee.mspId]))).toEqual(refusal);
      expect(await refusalOf(demand(payee.checker, accepted, [payee.mspId]))).toMatchObject(refusal);
    });

    it('a certificate that its issuer submitted to another amount is not accepted', async () => {
      const { world, pending } = scene();
      const { bank, payee, payable } = victims();
      const real = await openingsOf(world, 'issuer', ['terms', pending], ['confirmation', pending]);
      const face = { ...(await recordOf(world, 'issuer', 'face', pending)), ...payable, amount: '900000' };
      const status: BookRecord<'status'> = {
        schema: 'tenor.status/1',
        id: pending,
        state: 'OFFERED',
        payeeMsp: payee.mspId,
        offerExpiresOn: '2026-12-15',
        salt,
      };
      const openings = { ...real, ...openingOf('face', face), ...openingOf('status', status) };
      const call = { name: 'certificate:offer', request: { certificateId: pending }, openings, ...PAYEE_OFFER };
      expect(await refusalOf(demand(bank.checker, call, [payee.mspId]))).toEqual({
        code: 'OPENING_MISMATCH',
        data: { kind: 'face', id: pending },
      });
    });

    it('a face of its own making is confirmed by nobody: the line of its issuer is not drawn for it', async () => {
      const { world, lineId } = scene();
      const [bank, issuer] = [world.people('bank'), world.people('issuer')];
      const terms = forgedTerms(world);
      const face = forgedFace(world, terms, FACE);
      const { id } = face;
      expect(await attackers.commit([write(bank.mspId, ownKey('face', id), face)])).toBe('VALID');
      const line = await recordOf(world, 'issuer', 'line', lineId);
      const request = { lineId, certificateIds: [id], ticketId: bank.checker.newId() };
      const openings = { ...openingOf('line', line), ...openingOf('face', face) };
      const call = { name: 'certificate:confirm', request, openings };
      expect(await refusalOf(demand(bank.checker, call, [issuer.mspId]))).toEqual({
        code: 'OPENING_MISMATCH',
        data: { kind: 'face', id, index: '0' },
      });
      expect(await recordOf(world, 'issuer', 'line', lineId)).toEqual(line);
    });

    it('a line that the bank widens in its own book is no line of the issuer', async () => {
      const { world, lineId } = scene();
      const line = { ...(await recordOf(world, 'issuer', 'line', lineId)), id: world.newId('bank'), utilised: '0' };
      expect(await attackers.commit([write(world.people('bank').mspId, ownKey('line', line.id), line)])).toBe('VALID');
      expect(await refusalOf(world.people('issuer').checker.book.line.get(line.id))).toMatchObject({
        code: 'NOT_FOUND',
      });
    });
  });

  describe('once the bank runs the real chaincode again', () => {
    it('a certificate that came to nothing is not confirmed again', async () => {
      const { world, lineId, rejected, unwound } = scene();
      await expect(confirm(world, lineId, [rejected])).rejects.toMatchObject({ code: 'CONFIRMATION_EXISTS' });
      await expect(confirm(world, lineId, [unwound])).rejects.toMatchObject({ code: 'CONFIRMATION_EXISTS' });
    });
  });
}
