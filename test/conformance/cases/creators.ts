/** Cases of how a creator may be written: PEM, DER and protobuf as Go reads them, wherever that decides whose key must have signed. */
import type { Context } from '../support/context.js';
import { FORMS, type Form } from '../support/creators.js';
import type { Case } from '../support/suite.js';

/** What becomes of a proposal and of a transaction that the owner of the first certificate signs. The other is an administrator. */
async function written(t: Context, form: Form): Promise<unknown> {
  const own = t.net.users.Org1;
  const call = {
    chaincode: 'any',
    creator: own.written(form(own, t.net.admins.Org1)),
    targets: ['Org1MSP'],
    steps: [{ do: 'put', key: t.key('k') }, { do: 'creator' }],
  } as const;
  return firstLines({ evaluate: await t.evaluate(call), submit: await t.submit(call) });
}

/** Where the shim itself fails, its message goes on with a stack. */
function firstLines(outcome: object): unknown {
  const short = (_name: string, value: unknown): unknown =>
    typeof value === 'string' ? value.replace(/\n[^]*$/, '') : value;
  return JSON.parse(JSON.stringify(outcome, short));
}

export const CREATORS: readonly Case[] = Object.entries(FORMS).flatMap(([kind, forms]) =>
  Object.entries(forms).map(([name, form], index) => ({
    id: `w-${kind}-${String(index + 1).padStart(2, '0')}`,
    name: `A creator that is written ${name}`,
    run: (t: Context) => written(t, form),
  })),
);
