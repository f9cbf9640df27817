/** Gives the first payee a free slice, issued on a line of its own, so that a user of the network has something to work with. */
import { decimalOf } from '@tenor/client';
import { issue } from '../../scene/issuing.js';
import { nameOf } from '../../scene/names.js';
import { freeDueDate } from '../dealDates.js';
import type { Stage } from './stage.js';

/** Small enough for every deal: five million minor units, as USD 50,000.00. */
const AMOUNT = '5000000';

/** What was left, by id, and who holds it. */
export interface FreeSlice {
  readonly holder: string;
  readonly organization: string;
  readonly sliceId: string;
  readonly certificateId: string;
  readonly lineId: string;
  readonly currency: string;
  /** In major units. */
  readonly amount: string;
  readonly dueDate: string;
}

/**
 * Issues a certificate to the deal's first payee and has it accepted: its root slice is free for up to a month.
 * @param folder where the invoice behind it is written
 */
export async function leaveFreeSlice(stage: Stage, folder: string): Promise<FreeSlice> {
  const [first] = stage.deal.certificates;
  if (first === undefined) throw new Error('a deal has a certificate');
  const { issuer, bank, payee } = first;
  const { currency } = first.amount;
  const dueDate = freeDueDate(stage.deal, stage.date);
  if (dueDate === undefined) throw new Error(`no working day follows ${stage.date} soon enough`);
  const issued = await issue(stage, { issuer, bank, payee, currency, amount: AMOUNT, dueDate }, folder);
  const holder = stage.party(payee);
  return {
    ...{ holder: nameOf(holder), organization: holder.organization, ...issued },
    ...{ currency, amount: decimalOf(AMOUNT, currency), dueDate },
  };
}
