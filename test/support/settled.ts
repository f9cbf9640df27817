/**
 * A client whose submits return only once every running peer has the block. Peers of a real network are rarely at the same one;
 * applications wait for events, suites that let one organisation act right after another wait here.
 */
import type { Tenor } from '@tenor/client';

type Settle = (transactionId: string) => Promise<void>;

const isReceipt = (value: unknown): value is { readonly transactionId: string } =>
  typeof value === 'object' &&
  value !== null &&
  'transactionId' in value &&
  'replayed' in value &&
  typeof value.transactionId === 'string';

function wrap<Target extends object>(target: Target, settle: Settle): Target {
  return new Proxy(target, {
    get: (inner, name) => {
      const value: unknown = Reflect.get(inner, name, inner);
      if (typeof value === 'function')
        return (...args: unknown[]): unknown => follow(Reflect.apply(value, inner, args), settle);
      return typeof value === 'object' && value !== null ? wrap(value, settle) : value;
    },
  });
}

function follow(outcome: unknown, settle: Settle): unknown {
  if (!(outcome instanceof Promise)) return outcome;
  return outcome.then(async (answer: unknown) => {
    if (isReceipt(answer)) await settle(answer.transactionId);
    return answer;
  });
}

/** Wraps a client. */
export const settled = (client: Tenor, settle: Settle): Tenor => wrap(client, settle);
