/** A channel with open books: a client can read, but plans and submits nothing unless open books are accepted explicitly. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  connect,
  EVERY_MEMBER_READS,
  newMemoryJournal,
  type ConnectOptions,
  type JournalEntry,
  type Tenor,
} from '@tenor/client';
import type { Ledger, OpenLedger } from '../support/ledger.js';
import { outcome } from './dealBooks.js';

/** The same on any engine. The ledger has block events as Fabric leaves them. */
export function shouldRefuseOpenBooks(open: OpenLedger): void {
  describe('a client on a channel with open books', () => {
    let ledger: Ledger;
    let founders: string[] = [];
    const clients: Tenor[] = [];
    const client = (options: Omit<ConnectOptions, 'connection'> = {}): Tenor => {
      const [host] = ledger.organizations;
      const guest = ledger.guest(host?.name ?? '', host?.name ?? '', 'Admin');
      const made = connect({ ...guest, ...options });
      clients.push(made);
      return made;
    };

    beforeAll(async () => {
      ledger = await open();
      founders = ledger.organizations.map(({ mspId }) => mspId);
    });
    afterAll(async () => {
      for (const each of clients) each.close();
      await ledger.close();
    });

    it('plans nothing and submits nothing, in any way that it can', async () => {
      const refused = client();
      const request = { founders };
      expect(await outcome(refused.registry.adopt(request))).toBe('BOOKS_OPEN');
      expect(await outcome(refused.sender.plan('registry:adopt', request, undefined, new Uint8Array(32)))).toBe(
        'BOOKS_OPEN',
      );
      const argument = JSON.stringify(request);
      expect(await outcome(refused.sender.submitOnce('registry:adopt', argument, {}, founders.slice(0, 1)))).toBe(
        'BOOKS_OPEN',
      );
      for (const name of ['command:plan', 'command:open'] as const)
        expect(await outcome(refused.sender.evaluate(name, { command: 'registry:adopt', request }))).toBe('BOOKS_OPEN');
    });

    it('notes nothing as under way, and wrote nothing', async () => {
      const journal = newMemoryJournal();
      const refused = client({ journal });
      expect(await outcome(refused.registry.adopt({ founders }))).toBe('BOOKS_OPEN');
      expect(journal.pending()).toEqual([]);
      expect(await outcome(refused.registry.get('registry'))).not.toBe('ok');
    });

    it('does not send again what an earlier run left open, and keeps it noted', async () => {
      const journal = newMemoryJournal();
      const entry: JournalEntry = {
        operation: `registry:adopt ${JSON.stringify({ founders })}`,
        contentHash: createHash('sha256').update('{}').digest('hex'),
        seed: Buffer.alloc(32).toString('base64'),
        sent: { transactionId: 'a'.repeat(64), prepared: '' },
      };
      journal.put(entry);
      expect(await outcome(client({ journal }).registry.adopt({ founders }))).toBe('BOOKS_OPEN');
      expect(journal.pending()).toEqual([entry]);
    });

    it('still reads', async () => {
      expect(await client().registry.whoami()).toMatchObject({ mspId: founders[0] });
    });

    it('works where that is accepted in words', async () => {
      const accepting = client({ acceptOpenBooks: EVERY_MEMBER_READS });
      expect(await outcome(accepting.registry.adopt({ founders }))).toBe('ok');
    });
  });
}
