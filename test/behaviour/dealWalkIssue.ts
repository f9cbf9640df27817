/** First part of the walk: line, document, certificate, up to the payee's acceptance. */
import { createHash } from 'node:crypto';
import { claimIdOf, newReference } from '@tenor/client';
import { contentOf } from '../support/deal.js';
import { LEI } from '../support/world.js';
import { payloadOf, ticketed, type Call, type Step, type Way } from './dealStep.js';

/** Face of the walk's certificates, in cents: digits that appear nowhere else. */
export const FACE = '918273';
/** Number of the walk's invoice: appears nowhere in public. */
export const INVOICE = 'RT-IRON-2026-0817';

/** The steps up to acceptance. */
export function issueSteps(way: Way): Step[] {
  return [...lineSteps(way), ...certificateSteps(way)];
}

function lineSteps({ world, notes }: Way): Step[] {
  const line = (): Call => ({
    request: { lineId: notes.lineId, ticketId: notes.lineTicket },
    secret: {
      ...{ bank: LEI.bank, issuer: LEI.issuer, currency: 'USD', limit: '7755331122' },
      ...{ expiresOn: '2027-12-31', revolving: true, autoConfirm: false },
    },
  });
  return [
    {
      ...{ name: 'ticket:prepare', by: ['bank', 'maker'], books: ['bank'], writes: ['ticket'] },
      ready: () => {
        [notes.lineId, notes.lineTicket] = [world().newId('bank'), world().newId('bank')];
        const secret = {
          party: LEI.bank,
          command: 'line:open',
          payload: payloadOf(line()),
          expiresOn: world().date,
        };
        return Promise.resolve({ request: { ticketId: notes.lineTicket }, secret });
      },
    },
    {
      ...{
        name: 'line:open',
        by: ['bank', 'checker'],
        books: ['bank', 'issuer'],
        writes: ['line', 'ticket'],
      },
      ready: () => Promise.resolve(line()),
    },
    {
      ...{ name: 'document:claim', by: ['issuer', 'maker'], books: ['bank', 'issuer'], writes: ['claim'] },
      ready: () => {
        const document = { type: 'INVOICE' as const, number: `${INVOICE}/${newReference()}`, seller: LEI.supplier };
        notes.claimId = claimIdOf(document);
        const documentHash = createHash('sha256').update(document.number).digest('hex');
        const rest = { issuer: LEI.issuer, bank: LEI.bank, currency: 'USD', capacity: '13579246801', documentHash };
        return Promise.resolve({ request: { claimId: notes.claimId }, secret: { ...document, ...rest } });
      },
    },
  ];
}

function certificateSteps({ world, notes }: Way): Step[] {
  return [
    {
      ...{ name: 'certificate:draft', by: ['issuer', 'maker'], books: ['issuer'], writes: ['draft'] },
      ready: () => {
        notes.certificateId = world().newId('bank', 'issuer');
        const content = contentOf(FACE, notes.claimId, { tenorJustification: 'Blast furnace relining' });
        return Promise.resolve({ request: { certificateId: notes.certificateId }, secret: content });
      },
    },
    {
      ...{ name: 'certificate:submit', by: ['issuer', 'checker'], books: ['bank', 'issuer'] },
      writes: ['terms', 'face', 'claim', 'draft'],
      ready: () => Promise.resolve({ request: { certificateId: notes.certificateId } }),
    },
    {
      ...{ name: 'certificate:confirm', by: ['bank', 'checker'], books: ['bank', 'issuer'] },
      writes: ['confirmation', 'line', 'ticket'],
      ready: () => {
        const request = {
          certificateIds: [notes.certificateId],
          lineId: notes.lineId,
          ticketId: world().newId('bank'),
        };
        return ticketed(world().people('bank'), world().date, 'certificate:confirm', { request });
      },
    },
    {
      ...{ name: 'certificate:offer', by: ['bank', 'checker'], books: ['bank', 'supplier'] },
      writes: ['status', 'terms', 'face', 'confirmation'],
      ready: () =>
        Promise.resolve({ request: { certificateId: notes.certificateId }, secret: { expiresOn: '2026-12-15' } }),
    },
    {
      ...{ name: 'certificate:accept', by: ['supplier', 'checker'], books: ['bank', 'supplier'] },
      writes: ['slice', 'status'],
      ready: () => {
        notes.sliceId = world().newId('bank', 'supplier');
        const items = [{ certificateId: notes.certificateId, sliceId: notes.sliceId }];
        return Promise.resolve({ request: { items } });
      },
    },
  ];
}
