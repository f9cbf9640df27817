/** The access list of a topology: closed unless it says otherwise, and refused where it could not be closed. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { devnetDriver, fabricDriver, TOPOLOGIES, UsageError, type Topology } from '@tenor/network';
import { accessOf } from '../../network/src/expand/access.js';

const CLOSED = { policies: { BlockEvents: 'ALL Admins' }, list: { 'event/Block': 'BlockEvents' } };
const { blockEvents: _said, ...UNSAID }: Topology = TOPOLOGIES['two-org'];
const ONE: Topology = { ...UNSAID, organizations: UNSAID.organizations.slice(0, 1) };

describe('the access list', () => {
  it.each(Object.values(TOPOLOGIES))('of $name closes its books', (topology) => {
    expect(accessOf(topology)).toEqual(CLOSED);
  });

  it('closes books where a topology says nothing of them', () => {
    expect(accessOf(UNSAID)).toEqual(CLOSED);
  });

  it('is empty where a topology says that blocks are open', () => {
    expect(accessOf({ ...UNSAID, blockEvents: 'open' })).toEqual({ policies: {}, list: {} });
  });

  it('has more entries where a topology gives them', () => {
    const access = { policies: { Few: 'ANY Admins' }, list: { 'qscc/GetChainInfo': 'Few' } } as const;
    expect(accessOf({ ...UNSAID, access })).toEqual({
      policies: { ...CLOSED.policies, ...access.policies },
      list: { ...CLOSED.list, ...access.list },
    });
  });

  it('stays closed whatever other entries say', () => {
    const access = { policies: { BlockEvents: 'ANY Readers' }, list: { 'event/Block': 'Readers' } } as const;
    expect(accessOf({ ...UNSAID, access })).toEqual(CLOSED);
  });

  it.each([devnetDriver, fabricDriver])(
    'is refused on $engine where one organisation would open it',
    async (driver) => {
      const dataPath = await mkdtemp(join(tmpdir(), 'tenor-access-'));
      const refused = driver.up(ONE, { dataPath }).catch((error: unknown) => error);
      expect(await refused).toBeInstanceOf(UsageError);
      expect(String(await refused)).toContain('two-org has 1 organisation');
      expect(await readdir(dataPath)).toEqual([]);
      await rm(dataPath, { recursive: true });
    },
  );
});
