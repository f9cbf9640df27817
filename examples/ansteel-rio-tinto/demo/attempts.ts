/** Attempts on slices that must fail: passing a slice on twice, forging one, reading or moving another party's slice. */
import { randomBytes } from 'node:crypto';
import { newReference, type Tenor } from '@tenor/client';
import { largestOf, type PlannedTransfer } from '../transferPlan.js';
import type { Holdings } from './issuance.js';
import type { Stage } from './stage.js';

const NAME = 'slice:split';

interface Split {
  readonly request: { readonly sliceId: string; readonly partIds: string[] };
  readonly secret: { readonly amounts: string[] };
}

/** Sends a split with openings of the attacker's own making, named to exactly the organisations that would have to endorse. */
function send(
  client: Tenor,
  { request, secret }: Split,
  openings: object,
  endorsers: readonly string[],
): Promise<unknown> {
  const transient = {
    ...{ openings: Buffer.from(JSON.stringify(openings)), private: Buffer.from(JSON.stringify(secret)) },
    seed: randomBytes(32),
  };
  return client.sender.submitOnce(NAME, JSON.stringify(request), transient, endorsers);
}

/** What must fail once the first transfer is made. */
export async function attemptForbiddenMoves(stage: Stage, holdings: Holdings, planned: PlannedTransfer): Promise<void> {
  const [transfer] = stage.deal.transfers;
  const held = holdings.get(transfer?.certificate ?? '');
  const [move] = planned.moves;
  if (transfer === undefined || held === undefined || move === undefined) throw new Error('a deal has a transfer');
  const { from } = transfer;
  const operator = stage.withRole('operator').key;

  const again = {
    sliceId: held.slices.get(move.slice.name) ?? '',
    transferId: newReference(),
    ticketId: stage.newId(from),
    transferee: stage.lei(operator),
    expiresOn: transfer.offerExpiresOn,
  };
  const by = { party: stage.lei(from), expiresOn: stage.deal.businessDate };
  await stage.step('prepare a second transfer', from, 'Maker', ({ ticket }) =>
    ticket.prepare('slice:offer', again, by),
  );
  await stage.refused('transfer a slice twice', from, 'Checker', 'OPENING_MISMATCH', ({ slice }) => slice.offer(again));

  const target = largestOf(planned.held);
  const holder = stage.as(target.holder, 'Checker');
  const sliceId = held.slices.get(target.name) ?? '';
  const [slice, terms] = [await holder.book.slice.get(sliceId), await holder.book.terms.get(held.certificateId)];
  const shown = { [`slice/${sliceId}`]: slice.opening, [`terms/${terms.id}`]: terms.opening };
  const endorsers = [terms.record.bankMsp, slice.record.holderMsp];
  const halves = (amount: bigint, drawer: string): Split => ({
    request: { sliceId, partIds: [stage.newIdBeside(drawer, sliceId), stage.newIdBeside(drawer, sliceId)] },
    secret: { amounts: [(amount / 2n).toString(), (amount - amount / 2n).toString()] },
  });
  const doubled = BigInt(slice.record.amount) * 2n;
  const forged = {
    ...shown,
    [`slice/${sliceId}`]: slice.opening.replace(`"amount":"${slice.record.amount}"`, `"amount":"${String(doubled)}"`),
  };
  await stage.refused('forge an opening: twice the amount', target.holder, 'Checker', 'OPENING_MISMATCH', (client) =>
    send(client, halves(doubled, target.holder), forged, endorsers),
  );
  await stage.refused('read a certificate as a stranger', operator, 'Checker', 'NOT_FOUND', (client) =>
    client.book.slice.get(sliceId),
  );
  const genuine = halves(BigInt(slice.record.amount), operator);
  await stage.refused(
    'move a slice as a stranger who got hold of its opening',
    operator,
    'Checker',
    'CALLER_NOT_ALLOWED',
    (client) => send(client, genuine, shown, endorsers),
  );
}
