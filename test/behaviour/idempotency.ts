/**
 * The caller's id is the idempotency key. The same bytes sent twice have one effect, and other bytes under the id are refused. A client
 * that did not receive an outcome finds it out by the id of the transaction that it sent.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newFileJournal, type DraftContent, type Journal, type Receipt } from '@tenor/client';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { Sender } from '../../client/src/sender.js';
import { claimInvoice, confirm, contentOf, issue, openLine, submitCertificate } from '../support/deal.js';
import type { TopologyName } from '@tenor/network';
import { stepsOn } from '../support/hosting.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World, type PartyName } from '../support/world.js';
import { outcome, recordOf, utilised } from './dealBooks.js';
import { asGiven, heightOf, send, stand } from './dealStand.js';
import { ticketed, type Step } from './dealStep.js';
import { walk } from './dealWalk.js';

/** Repeats, taken ids, lost answers. */
export function shouldBeIdempotent(open: OpenLedger, on: TopologyName = 'five-org'): void {
  describe('idempotency', () => {
    let world: World;
    const folder = mkdtempSync(join(tmpdir(), 'tenor-journal-'));
    beforeAll(async () => {
      world = await World.found(await open());
    });
    afterAll(async () => {
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    });

    takenIds(() => world);
    lostAnswers(() => world, folder);
    describe('the same bytes twice', () => {
      const steps = stepsOn(
        on,
        walk(() => world),
      ).filter(({ repeat }) => repeat === undefined || repeat === 'written again');
      it.each(steps)('are one $name', (step) => expectOneEffect(world, step));
    });
  });
}

async function expectOneEffect(world: World, step: Step): Promise<void> {
  const ready = await stand(world, step);
  await send(ready, ready.by, asGiven(ready));
  const height = await heightOf(world);
  // What restores an own book: endorsers write it again, since a hash survives the loss of the value. The plan, which sees the value, does not.
  const again =
    step.repeat === 'written again'
      ? await ready.by.sender.submit(step.name, ready.request, ready.secret as never)
      : await send(ready, ready.by, asGiven(ready));
  expect(again).toMatchObject({ replayed: true, transactionId: undefined, blockNumber: undefined });
  expect(await heightOf(world)).toBe(height);
}

function takenIds(world: () => World): void {
  describe('other bytes under an id', () => {
    it('are refused for a line, and the first line stays', async () => {
      const lineId = await openLine(world(), { limit: '1000' });
      const call = {
        request: { lineId, ticketId: world().newId('bank') },
        secret: {
          ...{ bank: LEI.bank, issuer: LEI.issuer, currency: 'USD', limit: '2000' },
          ...{ expiresOn: '2027-12-31', revolving: true, autoConfirm: false },
        },
      };
      await ticketed(world().people('bank'), world().date, 'line:open', call);
      expect(
        await outcome(
          world()
            .people('bank')
            .checker.line.open({ ...call.request, ...call.secret }),
        ),
      ).toBe('ID_TAKEN');
      expect(await recordOf(world(), 'bank', 'line', lineId)).toMatchObject({ limit: '1000' });
    });

    it('are refused for a ticket, a draft, a certificate, a slice and its parts', async () => {
      const { certificateId, sliceId } = await issue(world(), '3000');
      const claimId = await claimInvoice(world(), '3000');
      const { maker } = world().people('issuer');
      // With another journal: one's own remembers the submission, and answers from it.
      const stranger = world().ledger.connect(world().people('issuer').organization, 'Checker');
      const draft = (id: string, changes: Partial<DraftContent>): Promise<string> =>
        outcome(maker.certificate.draft({ certificateId: id, ...contentOf('3000', claimId, changes) }));
      const draftId = world().newId('bank', 'issuer');
      expect(await draft(draftId, {})).toBe('ok');
      expect(await draft(draftId, { dueDate: '2027-03-16' })).toBe('ID_TAKEN');
      expect(await draft(certificateId, {})).toBe('ok');
      expect(await outcome(stranger.certificate.submit({ certificateId }))).toBe('ID_TAKEN');
      stranger.close();
      const { checker: supplier } = world().people('supplier');
      const split = { sliceId, partIds: [world().newId('bank', 'supplier'), sliceId], amounts: ['1000', '2000'] };
      expect(await outcome(supplier.slice.split(split))).toBe('ID_TAKEN');
      const ticket = { party: LEI.bank, command: 'certificate:confirm', expiresOn: world().date };
      const { sender } = world().people('bank').maker;
      const ticketId = world().newId('bank');
      expect(await outcome(sender.submit('ticket:prepare', { ticketId }, { ...ticket, payload: '1' }))).toBe('ok');
      expect(await outcome(sender.submit('ticket:prepare', { ticketId }, { ...ticket, payload: '2' }))).toBe(
        'ID_TAKEN',
      );
    });

    it('are refused for a proposal to the registry', async () => {
      const { admin } = world().people('bank');
      const proposalId = admin.newId();
      const propose = (date: string): Promise<string> =>
        outcome(
          admin.registry.propose({
            ...{ proposalId, changes: [{ kind: 'businessDateSet', date, calendar: 'CN', keepers: [] }] },
          }),
        );
      expect(await propose('2026-11-24')).toBe('ok');
      expect(await propose('2026-11-24')).toBe('ok');
      expect(await propose('2026-11-25')).toBe('ID_TAKEN');
    });
  });
}

class Crash extends Error {}

/** A journal whose owner dies at a given moment, and does nothing more. */
function dyingAt(journal: Journal, moment: 'put' | 'sent' | 'finish'): Journal {
  let isDead = false;
  const reach = (now: string): void => {
    isDead ||= moment === now;
    if (isDead) throw new Crash('the process died');
  };
  return {
    ...journal,
    put: (entry) => {
      journal.put(entry);
      reach(entry.sent === undefined ? 'put' : 'sent');
    },
    finish: (entry) => {
      reach('finish');
      journal.finish(entry);
    },
    remove: (operation) => {
      if (!isDead) journal.remove(operation);
    },
  };
}

function lostAnswers(world: () => World, folder: string): void {
  const doors: { close(): void }[] = [];
  const as = (party: PartyName, user: string, journal: Journal): Sender => {
    const door = world().ledger.door(world().people(party).organization, user);
    doors.push(door);
    return new Sender(door, journal);
  };
  const journalOf = (name: string): Journal => newFileJournal(join(folder, name));
  const draftCall = async (): Promise<{ certificateId: string; content: DraftContent }> => ({
    certificateId: world().newId('bank', 'issuer'),
    content: contentOf('700', await claimInvoice(world(), '700')),
  });
  const draftBy = (
    journal: Journal,
    { certificateId, content }: { certificateId: string; content: DraftContent },
  ): Promise<Receipt> => as('issuer', 'Maker', journal).submit('certificate:draft', { certificateId }, content);

  describe('a client that died', () => {
    afterAll(() => {
      for (const door of doors) door.close();
    });

    it('before it was endorsed starts anew with the same seed', async () => {
      const call = await draftCall();
      const journal = journalOf('before');
      await expect(draftBy(dyingAt(journal, 'put'), call)).rejects.toThrow(Crash);
      const [entry] = journal.pending();
      expect(entry?.sent).toBeUndefined();
      expect(await draftBy(journalOf('before'), call)).toMatchObject({ replayed: false });
      const { salt } = await recordOf(world(), 'issuer', 'draft', call.certificateId);
      const seed = Buffer.from(entry?.seed ?? '', 'base64');
      expect(salt).toBe(createHmac('sha256', seed).update(ownKey('draft', call.certificateId)).digest('hex'));
      expect(journal.pending()).toEqual([]);
    });

    it('before it sent sends the very transaction that it had signed', async () => {
      const call = await draftCall();
      const journal = journalOf('signed');
      await expect(draftBy(dyingAt(journal, 'sent'), call)).rejects.toThrow(Crash);
      const transactionId = journal.pending()[0]?.sent?.transactionId;
      expect(transactionId).toMatch(/^[0-9a-f]{64}$/);
      expect(await outcome(world().people('issuer').maker.book.draft.get(call.certificateId))).toBe('NOT_FOUND');
      expect(await draftBy(journalOf('signed'), call)).toMatchObject({ transactionId, replayed: false });
      expect(journal.pending()).toEqual([]);
    });

    it('after it sent finds the same receipt, and sends nothing new', async () => {
      const call = await draftCall();
      const journal = journalOf('sent');
      await expect(draftBy(dyingAt(journal, 'finish'), call)).rejects.toThrow(Crash);
      const sent = journal.pending()[0]?.sent?.transactionId ?? '';
      const blockNumber = await world().people('issuer').maker.committed(sent);
      expect(await draftBy(journalOf('sent'), call)).toMatchObject({
        transactionId: sent,
        blockNumber,
        replayed: false,
      });
      expect(await recordOf(world(), 'issuer', 'draft', call.certificateId)).toMatchObject({
        content: { amount: '700' },
      });
    });

    it('refuses other content under a call whose outcome is open', async () => {
      const call = await draftCall();
      await expect(draftBy(dyingAt(journalOf('other'), 'put'), call)).rejects.toThrow(Crash);
      const other = { ...call, content: { ...call.content, dueDate: '2027-03-16' } };
      expect(await outcome(draftBy(journalOf('other'), other))).toBe('ID_TAKEN');
    });

    it('builds anew what was found invalid in the meantime', async () => {
      const lineId = await openLine(world(), { limit: '5000' });
      const [late, early] = [await submitCertificate(world(), '1000'), await submitCertificate(world(), '2000')];
      const call = { request: { certificateIds: [late], lineId, ticketId: world().newId('bank') } };
      await ticketed(world().people('bank'), world().date, 'certificate:confirm', call);
      const confirmLate = (journal: Journal): Promise<Receipt> =>
        as('bank', 'Checker', journal).submit('certificate:confirm', call.request);
      await expect(confirmLate(dyingAt(journalOf('lost race'), 'sent'))).rejects.toThrow(Crash);
      const lost = journalOf('lost race').pending()[0]?.sent?.transactionId;
      await confirm(world(), lineId, [early]);
      const receipt = await confirmLate(journalOf('lost race'));
      expect(receipt.transactionId).not.toBe(lost);
      expect(await utilised(world(), 'bank', lineId)).toBe('3000');
    });

    it('never takes one seed for two calls', async () => {
      const journal = journalOf('seeds');
      const calls = [await draftCall(), await draftCall()];
      for (const call of calls) await expect(draftBy(dyingAt(journal, 'put'), call)).rejects.toThrow(Crash);
      const seeds = journal.pending().map(({ seed }) => seed);
      expect(new Set([...seeds, randomBytes(32).toString('base64')]).size).toBe(3);
    });
  });
}
