/** Last part of the walk: maturity, presentment, proof of payment, release, settlement. */
import { randomUUID } from 'node:crypto';
import { ACCOUNT } from '../support/deal.js';
import { DUE, LEI } from '../support/world.js';
import { PARTS } from './dealWalkSlices.js';
import { ticketed, type Step, type Way } from './dealStep.js';

const MESSAGE_HASH = 'cd'.repeat(32);
const [KEPT_AMOUNT] = PARTS;
const MONEY = { currency: 'USD', amount: KEPT_AMOUNT };

/** The steps from maturity on. */
export function settleSteps(way: Way): Step[] {
  return [...paymentSteps(way), ...releaseSteps(way)];
}

function paymentSteps({ world, notes }: Way): Step[] {
  const ids = (): { presentmentId: string; uetr: string } => ({ presentmentId: notes.presentmentId, uetr: notes.uetr });
  return [
    {
      ...{ name: 'presentment:withdraw', by: ['supplier', 'checker'], books: ['bank', 'supplier'] },
      writes: ['presentment', 'slice'],
      ready: async () => {
        await world().moveTo(DUE);
        const presentmentId = world().newId('supplier');
        const wrong = { presentmentId, sliceIds: [notes.kept], account: `${ACCOUNT}-WRONG`, payeeBank: LEI.bank };
        await world().people('supplier').maker.slice.present(wrong);
        return { request: { presentmentId } };
      },
    },
    {
      ...{ name: 'slice:present', by: ['supplier', 'checker'], books: ['bank', 'supplier'] },
      writes: ['presentment', 'slice'],
      ready: () => {
        [notes.presentmentId, notes.uetr] = [world().newId('supplier'), randomUUID()];
        const request = { presentmentId: notes.presentmentId, sliceIds: [notes.kept] };
        return Promise.resolve({ request, secret: { account: ACCOUNT, payeeBank: LEI.bank } });
      },
    },
    {
      ...{ name: 'presentment:reopen', by: ['bank', 'checker'], books: ['bank'], writes: ['remittance'] },
      ready: async () => {
        const rejected = { presentmentId: notes.presentmentId, uetr: randomUUID() };
        const message = {
          currency: 'USD',
          amount: KEPT_AMOUNT ?? '',
          status: 'RJCT' as const,
          messageHash: MESSAGE_HASH,
        };
        await world()
          .people('bank')
          .maker.payment.report({ ...rejected, ...message });
        return { request: rejected };
      },
    },
    {
      ...{ name: 'payment:report', by: ['bank', 'checker'], books: ['bank'] },
      writes: ['payment', 'remittance'],
      ready: () => Promise.resolve({ request: ids(), secret: { ...MONEY, status: 'ACCC', messageHash: MESSAGE_HASH } }),
    },
    {
      ...{
        name: 'payment:attest',
        by: ['bank', 'checker'],
        books: ['bank'],
        writes: ['attestation', 'receipt', 'ticket'],
      },
      ready: () => {
        const secret = { ...MONEY, valueDate: DUE, account: ACCOUNT, messageHash: MESSAGE_HASH };
        const call = { request: { ...ids(), ticketId: world().newId('bank') }, secret };
        return ticketed(world().people('bank'), world().date, 'payment:attest', call);
      },
    },
    {
      ...{ name: 'presentment:acknowledge', by: ['supplier', 'checker'], books: ['bank', 'supplier'] },
      writes: ['acknowledgement', 'slice'],
      ready: () => Promise.resolve({ request: ids() }),
    },
  ];
}

function releaseSteps({ notes }: Way): Step[] {
  return [
    {
      ...{ name: 'presentment:discharge', by: ['bank', 'checker'], books: ['bank', 'supplier'], writes: ['slice'] },
      ready: () => Promise.resolve({ request: { presentmentId: notes.presentmentId, uetr: notes.uetr } }),
    },
    {
      ...{ name: 'certificate:redeem', by: ['bank', 'checker'], books: ['bank', 'issuer'] },
      writes: ['totals', 'redeemed', 'line'],
      ready: () => Promise.resolve({ request: { certificateId: notes.certificateId, sliceIds: [notes.kept] } }),
    },
  ];
}
