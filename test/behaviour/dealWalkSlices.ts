/** Second part of the walk: slices split, offered, given back, passed on and restored; certificates rejected, declined, unwound. */
import { newReference } from '@tenor/client';
import { confirm, offer, offerSlice, openLine, submitCertificate } from '../support/deal.js';
import { LEI } from '../support/world.js';
import { viewOf } from './dealBooks.js';
import { ticketed, type Step, type Way } from './dealStep.js';

/** The parts of the walk's slice. */
export const PARTS = ['600000', '318273'];

/** The steps between acceptance and maturity. */
export function sliceSteps(way: Way): Step[] {
  return [...splitAndOffer(way), ...answers(way), ...refusals(way)];
}

function splitAndOffer({ world, notes }: Way): Step[] {
  return [
    {
      ...{ name: 'slice:split', by: ['supplier', 'checker'], books: ['bank', 'supplier'], writes: ['slice'] },
      ready: () => {
        [notes.kept, notes.passedOn] = [world().newId('bank', 'supplier'), world().newId('bank', 'supplier')];
        const request = { sliceId: notes.sliceId, partIds: [notes.kept, notes.passedOn] };
        return Promise.resolve({ request, secret: { amounts: PARTS } });
      },
    },
    {
      ...{ name: 'slice:offer', by: ['supplier', 'checker'], books: ['bank', 'contractor', 'supplier'] },
      writes: ['slice', 'terms', 'ticket'],
      ready: () => {
        notes.transferId = newReference();
        const request = { sliceId: notes.passedOn, transferId: notes.transferId, ticketId: world().newId('supplier') };
        const secret = { transferee: LEI.contractor, expiresOn: '2026-12-15' };
        return ticketed(world().people('supplier'), world().date, 'slice:offer', { request, secret });
      },
    },
  ];
}

function answers({ world, notes }: Way): Step[] {
  const request = (): object => ({ sliceId: notes.passedOn, transferId: notes.transferId });
  return [
    {
      ...{ name: 'slice:decline', by: ['contractor', 'checker'] },
      ...{ books: ['bank', 'contractor', 'supplier'], writes: ['slice'] },
      ready: () => Promise.resolve({ request: request() }),
    },
    {
      ...{
        name: 'slice:accept',
        by: ['contractor', 'checker'],
        books: ['bank', 'contractor'],
        writes: ['slice'],
      },
      ready: async () => {
        notes.transferId = await offerSlice(world(), notes.passedOn);
        return { request: request() };
      },
    },
    {
      ...{ name: 'book:restore', by: ['supplier', 'checker'], books: ['supplier'], writes: ['slice'] },
      ready: async () => {
        const { opening: record } = await viewOf(world(), 'contractor', 'slice', notes.passedOn);
        const register = world().people('bank').mspId;
        return { request: { kind: 'slice', id: notes.passedOn, register }, secret: { record } };
      },
    },
  ];
}

function refusals({ world, notes }: Way): Step[] {
  return [
    {
      ...{ name: 'certificate:reject', by: ['bank', 'checker'], books: ['bank'], writes: ['confirmation'] },
      ready: async () => {
        notes.rejected = await submitCertificate(world(), '445566');
        return { request: { certificateId: notes.rejected } };
      },
    },
    {
      ...{
        name: 'certificate:unwind',
        by: ['bank', 'checker'],
        books: ['bank', 'issuer'],
        writes: ['status', 'claim'],
      },
      ready: () => Promise.resolve({ request: { certificateId: notes.rejected } }),
    },
    {
      ...{ name: 'certificate:decline', by: ['supplier', 'checker'], books: ['bank', 'supplier'], writes: ['status'] },
      ready: async () => {
        const certificateId = await submitCertificate(world(), '665544');
        await confirm(world(), await openLine(world()), [certificateId]);
        await offer(world(), certificateId);
        return { request: { certificateId } };
      },
    },
  ];
}
