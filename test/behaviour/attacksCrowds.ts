/** A sender whose places in a book are all taken today puts nothing more there, whatever its own chaincode says. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { splitInput } from '../../client/src/input.js';
import { placeKey, placesFor, takenOn } from '../../chaincode/src/ledger/intake.js';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, DEMANDED, demand, refusalOf, write } from '../support/attack.js';
import { claimOf } from '../support/deal.js';
import type { Scene } from './attacksScene.js';
import { outcome, recordOf } from './dealBooks.js';

/** The next business date, on which nothing of the scene ends. */
const TOMORROW = '2026-11-24';
const COMMAND = 'document:claim';

/** The quota of what others put into a book. Nothing is due yet. */
export function shouldKeepWithinPlaces(scene: () => Scene): void {
  describe('in a book whose places for an organisation are taken today', () => {
    let today = '';
    const bankMsp = (): string => scene().world.people('bank').mspId;
    const issuerMsp = (): string => scene().world.people('issuer').mspId;

    /** Claims a document of its own, with the seed of all hand-made calls: so it looks at the same places each time. */
    const claim = (reservationId: string): Promise<unknown> => {
      const { world } = scene();
      const input = { ...claimOf(world, {}), reservationId, books: 'register' as const };
      const { request, secret = {} } = splitInput(COMMAND, input);
      const call = { name: COMMAND, request, secret, openings: {} };
      return demand(world.people('issuer').maker, call, [issuerMsp(), bankMsp()]);
    };

    /** Has the bank itself fill or clear the places at which such a call looks. */
    const bankPuts = async (value: string): Promise<string> => {
      const newcomer = { command: COMMAND, senderMsp: issuerMsp(), seed: DEMANDED, today };
      const keys = [...new Set(placesFor(newcomer))].map((place) => placeKey(newcomer, place));
      const attackers = await Attackers.corrupt(scene().world, ['bank']);
      const ending = await attackers.commit(keys.map((key) => write(bankMsp(), key, value)));
      await attackers.surrender();
      return ending;
    };

    beforeAll(async () => {
      today = scene().world.date;
      expect(await bankPuts(takenOn(today))).toBe('VALID');
    });

    afterAll(async () => {
      await scene().world.moveTo(today);
    });

    it('the next call is refused, by a code that says whose book, for what and how many', async () => {
      const data = { mspId: bankMsp(), command: COMMAND, limit: '5000' };
      const reservationId = scene().world.newId('bank', 'issuer');
      expect(await refusalOf(claim(reservationId))).toEqual({ code: 'QUOTA_REACHED', data });
    });

    it("nothing comes in by the sender's word alone: the owner of the book endorses, by the real rules", async () => {
      const { world } = scene();
      const reservationId = world.newId('bank', 'issuer');
      expect(await outcome(world.people('issuer').maker.document.claim({ ...claimOf(world, {}), reservationId }))).toBe(
        'ok',
      );
      const forged = {
        ...(await recordOf(world, 'bank', 'reservation', reservationId)),
        id: world.newId('bank', 'issuer'),
      };
      const key = ownKey('reservation', forged.id);
      const attackers = await Attackers.corrupt(world, ['issuer']);
      const planted = [write(bankMsp(), key, forged)];
      expect(await attackers.commit(planted, ['issuer'])).toBe('ENDORSEMENT_POLICY_FAILURE');
      expect(await attackers.commit(planted, ['issuer', 'bank'])).toBe('REQUEST_MALFORMED');
      expect(await attackers.hashes(bankMsp(), [key])).toEqual({ [key]: '' });
      await attackers.surrender();
    });

    it('there is room again on the next business date, and none where the date is taken back', async () => {
      const { world } = scene();
      await world.moveTo(TOMORROW);
      expect((await refusalOf(claim(world.newId('bank', 'issuer')))).code).toBe('VALID');
      await world.moveTo(today);
      expect((await refusalOf(claim(world.newId('bank', 'issuer')))).code).toBe('VALID'); // over the place of tomorrow
      expect((await refusalOf(claim(world.newId('bank', 'issuer')))).code).toBe('QUOTA_REACHED');
    });
  });
}
