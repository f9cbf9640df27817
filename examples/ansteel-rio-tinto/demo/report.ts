/** What the operator sees in the end, and whether every certificate adds up. */
import { decimalOf } from '@tenor/client';
import type { Holdings } from './issuance.js';
import { entriesOf } from './positions.js';
import type { Stage } from './stage.js';

/** Whether a certificate adds up, from the bank's book. */
export interface Conservation {
  readonly certificate: string;
  readonly currency: string;
  readonly face: string;
  readonly paid: string;
  readonly live: string;
  readonly holds: boolean;
}

/** What the operator's organisation, which is no party, can tell. */
export interface OperatorView {
  readonly records: number;
  readonly blocks: number;
}

const LIVE = ['FREE', 'OFFERED', 'PRESENTED', 'ACKNOWLEDGED'];

/** Counts what the operator's own book holds, and the blocks that it keeps all the same. */
export async function readOperatorView(stage: Stage): Promise<OperatorView> {
  const { key, organization } = stage.withRole('operator');
  const client = stage.as(key, 'Checker');
  let records = (await entriesOf(organization, client)).length;
  for await (const _ of client.book.terms.all()) records += 1;
  return { records, blocks: (await stage.network.blocks(organization)).length };
}

/** Checks paid + live = face for every certificate, in the book of the bank that confirmed it. */
export async function checkConservation(stage: Stage, holdings: Holdings): Promise<Conservation[]> {
  const checks: Conservation[] = [];
  for (const { key, bank: confirming } of stage.deal.certificates) {
    const bank = stage.as(confirming, 'Checker');
    const certificateId = holdings.get(key)?.certificateId ?? '';
    const { amount, currency } = (await bank.book.face.get(certificateId)).record;
    const slices = [];
    for await (const row of bank.book.slice.all()) if (row.current) slices.push(row.record);
    const own = slices.filter((slice) => slice.certificateId === certificateId);
    const total = (states: readonly string[]): bigint =>
      own.filter(({ state }) => states.includes(state)).reduce((sum, slice) => sum + BigInt(slice.amount), 0n);
    const [paid, live] = [total(['PAID']), total(LIVE)];
    const shown = {
      face: decimalOf(amount, currency),
      paid: decimalOf(paid, currency),
      live: decimalOf(live, currency),
    };
    checks.push({ certificate: key, currency, ...shown, holds: paid + live === BigInt(amount) });
  }
  return checks;
}
