/** Attempts on slices that must fail: passing one on twice, forging one, reading or moving what is another's. */
import { randomBytes } from 'node:crypto';
import { newId, type Tenor } from '@tenor/client';
import type { Holdings } from './issuance.js';
import type { Stage } from './stage.js';

const NAME = 'certificate:split';

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

/** What must fail once the contractor holds its slice. */
export async function attemptForbiddenMoves(stage: Stage, holdings: Holdings): Promise<void> {
  const [transfer] = stage.deal.transfers;
  const held = holdings.get(transfer?.certificate ?? '');
  if (transfer === undefined || held === undefined) throw new Error('a deal has a transfer');
  const { from, to } = transfer;
  const [kept, passed] = [held.slices.get(from) ?? '', held.slices.get(to) ?? ''];
  const operator = stage.withRole('operator').key;

  const again = {
    sliceId: passed,
    transferId: newId(),
    ticketId: newId(),
    transferee: stage.lei(operator),
    expiresOn: transfer.offerExpiresOn,
  };
  const by = { party: stage.lei(from), expiresOn: stage.deal.businessDate };
  await stage.step('prepare a second transfer', from, 'Maker', ({ tickets }) =>
    tickets.prepare('certificate:transfer', again, by),
  );
  await stage.refused('transfer a slice twice', from, 'Checker', 'OPENING_MISMATCH', ({ slices }) =>
    slices.transfer(again),
  );

  const supplier = stage.as(from, 'Checker');
  const [slice, terms] = [await supplier.slices.get(kept), await supplier.certificates.terms.get(held.certificateId)];
  const shown = { [`slice/${kept}`]: slice.opening, [`terms/${terms.id}`]: terms.opening };
  const endorsers = [terms.record.bankMsp, slice.record.holderMsp];
  const halves = (amount: bigint): Split => ({
    request: { sliceId: kept, partIds: [newId(), newId()] },
    secret: { amounts: [(amount / 2n).toString(), (amount - amount / 2n).toString()] },
  });
  const doubled = BigInt(slice.record.amount) * 2n;
  const forged = {
    ...shown,
    [`slice/${kept}`]: slice.opening.replace(`"amount":"${slice.record.amount}"`, `"amount":"${String(doubled)}"`),
  };
  await stage.refused('forge an opening: twice the amount', from, 'Checker', 'OPENING_MISMATCH', (client) =>
    send(client, halves(doubled), forged, endorsers),
  );
  await stage.refused('read a certificate as a stranger', operator, 'Checker', 'NOT_FOUND', (client) =>
    client.slices.get(kept),
  );
  const genuine = halves(BigInt(slice.record.amount));
  await stage.refused(
    'move a slice as a stranger who got hold of its opening',
    operator,
    'Checker',
    'CALLER_NOT_ALLOWED',
    (client) => send(client, genuine, shown, endorsers),
  );
}
