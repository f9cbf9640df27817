/** The lines of the deal: its banks open them, each under four eyes. */
import { minorOf } from '@tenor/client';
import type { Stage } from './stage.js';

/** Ids of the lines by their key in the deal. */
export type LineIds = ReadonlyMap<string, string>;

/** Opens the bank's lines, each under four eyes. */
export async function openLines(stage: Stage): Promise<LineIds> {
  const ids = new Map<string, string>();
  for (const line of stage.deal.lines) {
    const { amount, currency } = line.limit;
    const { expiresOn, revolving, autoConfirm } = line;
    const input = {
      ...{
        lineId: stage.newId(line.bank),
        ticketId: stage.newId(line.bank),
        bank: stage.lei(line.bank),
        issuer: stage.lei(line.issuer),
      },
      ...{ currency, limit: minorOf(amount, currency), expiresOn, revolving, autoConfirm },
    };
    const by = { party: input.bank, expiresOn: stage.deal.businessDate };
    await stage.step(`prepare line ${currency} ${amount}`, line.bank, 'Maker', ({ ticket }) =>
      ticket.prepare('line:open', input, by),
    );
    await stage.step(`open line ${currency} ${amount}`, line.bank, 'Checker', ({ line }) => line.open(input));
    ids.set(line.key, input.lineId);
  }
  return ids;
}
