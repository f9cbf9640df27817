/** Shapes that cases of validation share: transactions that race within a block or across two. */
import type { Context, Prepared } from '../support/context.js';
import type { Step } from '../support/step.js';
import type { Case } from '../support/suite.js';

/** Steps of one transaction under `any`, endorsed by the first organisation unless others are named. */
type Transaction =
  | readonly Step[]
  | { readonly steps: readonly Step[]; readonly targets?: readonly string[]; readonly chaincode?: string };

function prepare(t: Context, transaction: Transaction): Promise<Prepared> {
  const call = 'steps' in transaction ? transaction : { steps: transaction };
  return t.prepare({ chaincode: 'any', targets: ['Org1MSP'], ...call });
}

export const put = (key: string, value = 'v', collection?: string): Step => ({
  ...{ do: 'put', key, value },
  ...(collection === undefined ? {} : { collection }),
});
export const get = (key: string, collection?: string): Step => ({
  ...{ do: 'get', key },
  ...(collection === undefined ? {} : { collection }),
});

/** Transactions endorsed on the same state, then ordered into one block. */
export const inOneBlock = (
  id: string,
  name: string,
  transactions: (t: Context) => readonly Transaction[],
  given?: (t: Context) => readonly Step[],
): Case => ({
  id,
  name,
  run: async (t) => {
    if (given !== undefined) await t.given({ chaincode: 'any', targets: ['Org1MSP'], steps: given(t) });
    const prepared: Prepared[] = [];
    for (const each of transactions(t)) prepared.push(await prepare(t, each));
    return t.oneBlock(...prepared);
  },
});

/** A transaction that is endorsed first and ordered after another one is committed. */
export const overtaken = (
  id: string,
  name: string,
  steps: (t: Context) => readonly Step[],
  between: (t: Context) => readonly Step[],
  given?: (t: Context) => readonly Step[],
): Case => ({
  id,
  name,
  run: async (t) => {
    if (given !== undefined) await t.given({ chaincode: 'any', targets: ['Org1MSP'], steps: given(t) });
    const slow = await prepare(t, steps(t));
    await t.given({ chaincode: 'any', targets: ['Org1MSP'], steps: between(t) });
    return t.commit(slow);
  },
});
