/** A channel whose access list refuses blocks to members even at their own peers. A listener gets an error and does not wait for ever. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPOLOGIES, type NetworkDriver, type RunningNetwork } from '@tenor/network';
import { ledgerOn, TENOR } from '../support/engines.js';
import type { Ledger } from '../support/ledger.js';
import { onFreePorts } from '../support/topologies.js';
import { refusal } from './dealBooks.js';

/** What a listener asks first: for a block that it names, or for the height of the chain. */
const QUERIES = [
  ['GetBlockByNumber', { startBlock: 0n }],
  ['GetChainInfo', {}],
] as const;

/** The same on any network. */
export function shouldSayThatBlocksAreRefused(driver: NetworkDriver): void {
  describe('with the queries for blocks under a policy that no one signature meets', () => {
    let ledger: Ledger;
    let network: RunningNetwork;
    beforeAll(async () => {
      const dataPath = await mkdtemp(join(tmpdir(), 'tenor-refused-'));
      const list = Object.fromEntries(QUERIES.map(([query]) => [`qscc/${query}`, 'Nobody']));
      const access = { policies: { Nobody: 'ALL Admins' }, list } as const;
      network = await driver.up(onFreePorts({ ...TOPOLOGIES['two-org'], access }), { dataPath });
      await network.deploy(TENOR);
      ledger = ledgerOn(network);
    });
    afterAll(async () => {
      await ledger.close();
      await network.down();
      await rm(network.dataPath, { recursive: true, force: true });
    });

    it.each(QUERIES)('a listener is refused by a code that names the query %s', async (query, options) => {
      const [host, other] = ledger.organizations;
      const client = ledger.connect(host?.name ?? '', 'Admin');
      await client.registry.adopt({ founders: [host?.mspId ?? '', other?.mspId ?? ''] });
      const error = await refusal(client.events(options).next());
      expect([error.code, error.data]).toEqual(['LEDGER_READ_REFUSED', { query }]);
      client.close();
    });
  });
}
