/** Every refusal of the chaincode reaches the caller as its code with its data, through a query and through an endorsement. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERRORS, encodeError, TenorError, type ErrorCode } from '../../chaincode/src/protocol/errors.js';
import { Attackers, refusalOf } from '../support/attack.js';
import type { OpenLedger } from '../support/ledger.js';
import { World } from '../support/world.js';

/** Text that a careless line would cut, quote twice or end at. */
const DATA = { path: 'items[0]', text: '"} TENOR/1 {"code":"STATE"}\n\u00e9\u{1f511}\\' };

/** What a changed chaincode is told to refuse with. */
function refusingWith(code: ErrorCode): Readonly<Record<string, Uint8Array>> {
  const operations = [{ op: 'fail', value: encodeError(new TenorError(code, DATA)) }];
  return { raw: Buffer.from(JSON.stringify(operations)) };
}

/** All codes, on any ledger. */
export function shouldTellEveryCode(open: OpenLedger): void {
  describe('a refusal', () => {
    let world: World;
    let speakers: Attackers;
    beforeAll(async () => {
      world = await World.found(await open());
      speakers = await Attackers.corrupt(world, ['bank']);
    });
    afterAll(async () => {
      await speakers.surrender();
      await world.close();
    });

    it.each(Object.keys(ERRORS) as ErrorCode[])('with %s is told as such, with its data', async (code) => {
      const { mspId, checker } = world.people('bank');
      const { sender } = checker;
      const expected = { code, data: DATA };
      const transient = refusingWith(code);
      expect(await refusalOf(sender.evaluate('book:get', {}, transient))).toEqual(expected);
      expect(await refusalOf(sender.submitOnce('book:get', '{}', transient, [mspId]))).toEqual(expected);
    });
  });
}
