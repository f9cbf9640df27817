/** One content under one id has one effect, however often it is sent and wherever its sender dies. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, newMemoryJournal, TenorError, type Journal, type JournalEntry } from '@tenor/client';
import { Sender } from '../../client/src/sender.js';
import { claimInvoice, confirm, contentOf, offer, openLine, submitCertificate } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World } from '../support/world.js';

const codeOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof TenorError ? error.code : error),
  );

/** A journal of a process that dies before it can note the outcome. */
const dyingWith = (journal: Journal): Journal => ({ ...journal, remove: () => undefined });

/** Idempotency on any ledger. */
export function shouldBeIdempotent(open: OpenLedger): void {
  describe('the same content again', () => {
    let world: World;

    const senderOf = (journal: Journal, user: 'Maker' | 'Checker'): Sender => {
      const { organization } = world.people('issuer');
      return new Sender(world.ledger.door(organization, user), journal);
    };

    beforeAll(async () => {
      world = await World.found(await open());
    }, 120_000);

    afterAll(() => world.close());

    it('is answered as replayed and not ordered again', async () => {
      const { maker } = world.people('issuer');
      const claimId = await claimInvoice(world, '100');
      const input = { certificateId: newId(), ...contentOf('100', claimId) };
      const first = await maker.certificates.draft(input);
      const second = await maker.certificates.draft(input);
      expect([first.replayed, second.replayed]).toEqual([false, true]);
      expect([second.transactionId, second.blockNumber]).toEqual([undefined, undefined]);
      expect(await codeOf(maker.certificates.draft({ ...input, amount: '99' }))).toBe('ID_TAKEN');
      expect((await maker.certificates.drafts.get(input.certificateId)).record.content.amount).toBe('100');
    });

    it('is recognised by its bytes even where the state has moved on', async () => {
      const lineId = await openLine(world, { limit: '100' });
      const certificateId = await submitCertificate(world, '100');
      await confirm(world, lineId, [certificateId]);
      await offer(world, certificateId);
      const { sender } = world.people('supplier').checker;
      const request = { items: [{ certificateId, sliceId: newId() }] };
      const { transient, endorsingOrganizations } = await sender.plan(
        'certificate:accept',
        request,
        undefined,
        Buffer.alloc(32, 3),
      );
      const bytes = Object.fromEntries(
        Object.entries(transient).map(([field, value]) => [field, Buffer.from(value, 'base64')]),
      );
      const send = (map: Record<string, Uint8Array>): Promise<{ readonly replayed: boolean }> =>
        sender.submitOnce('certificate:accept', JSON.stringify(request), map, endorsingOrganizations ?? []);
      expect((await send(bytes)).replayed).toBe(false);
      expect((await send(bytes)).replayed).toBe(true);
      expect(await codeOf(send({ ...bytes, seed: Buffer.alloc(32, 4) }))).toBe('OPENING_MISMATCH');
    });

    it('finds the outcome of a transaction whose sender died after sending it', async () => {
      const journal = newMemoryJournal();
      const claimId = await claimInvoice(world, '100');
      const request = { certificateId: newId() };
      const content = contentOf('100', claimId);
      const first = await senderOf(dyingWith(journal), 'Maker').submit('certificate:draft', request, content);
      expect(journal.pending()).toHaveLength(1);
      const resumed = await senderOf(journal, 'Maker').submit('certificate:draft', request, content);
      expect([resumed.transactionId, resumed.blockNumber]).toEqual([first.transactionId, first.blockNumber]);
      expect(journal.pending()).toEqual([]);
    });

    it('refuses other content under an id whose outcome is open', async () => {
      const journal = newMemoryJournal();
      const claimId = await claimInvoice(world, '100');
      const request = { certificateId: newId() };
      await senderOf(dyingWith(journal), 'Maker').submit('certificate:draft', request, contentOf('100', claimId));
      const other = senderOf(journal, 'Maker').submit('certificate:draft', request, contentOf('99', claimId));
      expect(await codeOf(other)).toBe('ID_TAKEN');
    });

    it('starts anew with the same seed where the sender died before sending', async () => {
      const entries: JournalEntry[] = [];
      const journal = newMemoryJournal();
      const noting: Journal = {
        ...journal,
        put: (entry) => {
          entries.push(entry);
          journal.put(entry);
        },
      };
      const claimId = await claimInvoice(world, '100');
      const request = { certificateId: newId() };
      // A draft in another's name is refused: nothing was sent.
      const foreign = { ...contentOf('100', claimId), issuer: LEI.supplier };
      expect(await codeOf(senderOf(noting, 'Maker').submit('certificate:draft', request, foreign))).toBe(
        'CALLER_NOT_ALLOWED',
      );
      expect(journal.pending()).toEqual([]);
      const sender = senderOf(noting, 'Maker');
      await sender.submit('certificate:draft', request, contentOf('100', claimId));
      const seeds = entries
        .filter(({ contentHash }) => contentHash === entries.at(-1)?.contentHash)
        .map(({ seed }) => seed);
      expect(new Set(seeds).size).toBe(1);
      expect((await sender.submit('certificate:draft', request, contentOf('100', claimId))).replayed).toBe(true);
    });
  });
}
