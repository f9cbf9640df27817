/** What the parties of a batch compute themselves: its id, and the rows of the legs that they see. */
import { describe, expect, it } from '@jest/globals';
import { batchIdOf, settlingIdsOf, sheetFrom, sheetRowOf } from '../../../client/src/batches.js';
import { BANK_QUOTE, PRICE, SALES, SETTLING_IDS } from '../../commands/support/atOnceFacts.js';
import { batchIdOf as batchIdOfChaincode } from '../../../chaincode/src/commands/batchLoaders.js';
import {
  BATCH_ID,
  BLOCK_LEG,
  BLOCK_ROW,
  CREDIT_LEG,
  CREDIT_ROW,
  LEG_IDS,
  OTHER_LEG_ID,
  SHEET,
  SLICE_LEG,
  SLICE_ROW,
} from '../../commands/support/batchFacts.js';
import { changed, HASH } from '../../commands/support/facts.js';

type Legs = Parameters<typeof sheetFrom>[0];

describe('batchIdOf', () => {
  it('is the SHA-256 of the ids in order, as the chaincode computes it', () => {
    expect(batchIdOf(['b', 'a'])).toBe('0473ef2dc0d324ab659d3580c1134e9d812035905c4781fdd6d529b0c6860e13');
    expect(batchIdOf(LEG_IDS)).toBe(BATCH_ID);
    expect(batchIdOf([...LEG_IDS].reverse())).toBe(batchIdOfChaincode(LEG_IDS));
  });

  it('is another one for one leg more, less or other', () => {
    const ids = [LEG_IDS, LEG_IDS.slice(1), [...LEG_IDS, OTHER_LEG_ID], [...LEG_IDS.slice(1), OTHER_LEG_ID]].map(
      batchIdOf,
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('leaves the order of the ids that it is given as it is', () => {
    const given = ['b', 'a'];
    batchIdOf(given);
    expect(given).toEqual(['b', 'a']);
  });
});

describe('settlingIdsOf', () => {
  it('are the ids under which the chaincode settles a quote, in the order of its slices', () => {
    expect(settlingIdsOf(BANK_QUOTE.record)).toEqual({ sales: SALES, price: PRICE, legIds: SETTLING_IDS });
  });
});

describe('sheetRowOf', () => {
  it.each([
    ['SLICE', SLICE_LEG, SLICE_ROW],
    ['CREDIT', CREDIT_LEG, CREDIT_ROW],
    ['BLOCK', BLOCK_LEG, BLOCK_ROW],
  ])('is the row of a leg %s, as the chaincode makes it', (_what, { record, bytes }, row) => {
    expect(sheetRowOf({ record, opening: bytes })).toEqual(row);
  });

  it('hashes the bytes as they are stored', () => {
    const { record, bytes } = changed(CREDIT_LEG, { amount: '591' });
    expect(sheetRowOf({ record, opening: bytes }).legHash).not.toBe(CREDIT_ROW.legHash);
  });
});

describe('sheetFrom', () => {
  const own = new Map([SLICE_LEG, CREDIT_LEG, BLOCK_LEG].map((leg) => [leg.id, leg]));
  const reader = (isCurrent = true): Legs => ({
    get: (id) => {
      const leg = own.get(id);
      if (leg === undefined) return Promise.reject(new Error(`${id} is not in the own book`));
      const found = { kind: 'leg' as const, id, register: '', record: leg.record, opening: leg.bytes };
      const says = isCurrent ? { current: true as const } : { current: false as const, reason: 'SUPERSEDED' as const };
      return Promise.resolve({ ...found, ...says });
    },
    list: () => Promise.reject(new Error('nothing is listed')),
    all: () => {
      throw new Error('nothing is listed');
    },
  });

  it('has one row a leg, in the order of the ids', async () => {
    expect(await sheetFrom(reader(), [...LEG_IDS].reverse())).toEqual(SHEET);
  });

  it('takes the rows that were told, and reads nothing for them', async () => {
    const told = [
      { ...BLOCK_ROW, id: OTHER_LEG_ID },
      { ...CREDIT_ROW, legHash: HASH },
    ];
    const sheet = await sheetFrom(reader(), [SLICE_ROW.id, CREDIT_ROW.id, OTHER_LEG_ID], told);
    expect(sheet).toEqual([SLICE_ROW, told[1], told[0]]);
  });

  it('is refused where a leg is neither in the own book nor told, and where the register has other bytes', async () => {
    await expect(sheetFrom(reader(), [OTHER_LEG_ID, SLICE_ROW.id])).rejects.toThrow('not in the own book');
    const data = { kind: 'leg', id: SLICE_ROW.id };
    await expect(sheetFrom(reader(false), [SLICE_ROW.id])).rejects.toMatchObject({ code: 'OPENING_MISMATCH', data });
  });
});
