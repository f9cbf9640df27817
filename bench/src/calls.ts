/** One timed call: the gateway SDK's three steps with the client's own signer, after the client's own plan where there is one. */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { CommitError, EndorseError, StatusCode, type Contract } from '@hyperledger/fabric-gateway';
import { TenorError, type Plan } from '@tenor/client';

/** A proposal that only has to be signed. */
export interface Ready {
  readonly contract: Contract;
  readonly name: string;
  readonly argument: string;
  readonly transient: Readonly<Record<string, Uint8Array>>;
  readonly endorsers: readonly string[];
}

/** A call before its openings are fetched. */
export type Call = () => Promise<Ready>;

/** Milliseconds of each part of a call; `plan` is 0 where the openings were there already. */
export interface Timing {
  readonly plan: number;
  readonly endorse: number;
  readonly submit: number;
  readonly commit: number;
}

/** How one call ended: `VALID`, or why not. */
export interface Sample {
  readonly outcome: string;
  readonly timing: Timing;
}

/** A call of Tenor: its plan, made with a fresh seed, says what to open and who endorses. */
export function callOf(
  contract: Contract,
  name: string,
  request: object,
  plan: (seed: Uint8Array) => Promise<Plan>,
): Call {
  return async () => {
    const { transient: fields, endorsingOrganizations: endorsers = [] } = await plan(randomBytes(32));
    const transient = Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [field, Buffer.from(value, 'base64')]),
    );
    return { contract, name, argument: JSON.stringify(request), transient, endorsers };
  };
}

const proposalOf = ({ contract, name, argument, transient, endorsers }: Ready): ReturnType<Contract['newProposal']> =>
  contract.newProposal(name, {
    arguments: [argument],
    transientData: transient,
    endorsingOrganizations: [...endorsers],
  });

/** Why a call failed, in a word. */
function reasonOf(error: unknown): string {
  if (error instanceof TenorError) return error.code;
  if (error instanceof EndorseError) {
    const text = [error.message, ...error.details.map(({ message }) => message)].join(' ');
    return /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? `ENDORSE ${text.slice(0, 200)}`;
  }
  if (error instanceof CommitError) return nameOf(error.code);
  return error instanceof Error ? `${error.name} ${error.message.slice(0, 200)}` : 'unknown';
}

const nameOf = (code: number): string =>
  Object.entries(StatusCode).find(([, value]) => value === code)?.[0] ?? `code ${String(code)}`;

/** Measures the parts of a call one after the other. */
class Stopwatch {
  readonly #timing = { plan: 0, endorse: 0, submit: 0, commit: 0 };

  async time<Result>(part: keyof Timing, step: () => Promise<Result>): Promise<Result> {
    const start = performance.now();
    try {
      return await step();
    } finally {
      this.#timing[part] = performance.now() - start;
    }
  }

  sample(outcome: string): Sample {
    return { outcome, timing: { ...this.#timing } };
  }
}

/** Sends a call and waits for its commit. Never throws: a failure is an outcome. */
export async function send(call: Call | Ready): Promise<Sample> {
  const watch = new Stopwatch();
  try {
    const ready = typeof call === 'function' ? await watch.time('plan', call) : call;
    const transaction = await watch.time('endorse', () => proposalOf(ready).endorse());
    const commit = await watch.time('submit', () => transaction.submit());
    const { code } = await watch.time('commit', () => commit.getStatus());
    return watch.sample(nameOf(code));
  } catch (error) {
    return watch.sample(reasonOf(error));
  }
}

/** Has a call endorsed and leaves it there. Never throws. */
export async function endorseOnly(ready: Ready): Promise<Sample> {
  const watch = new Stopwatch();
  try {
    await watch.time('endorse', () => proposalOf(ready).endorse());
    return watch.sample('VALID');
  } catch (error) {
    return watch.sample(reasonOf(error));
  }
}

/** Sends a call that has to succeed, and returns its transaction id. @throws Error */
export async function mustSend(call: Call): Promise<string> {
  const transaction = await proposalOf(await call()).endorse();
  const { successful, code, transactionId } = await (await transaction.submit()).getStatus();
  if (!successful) throw new Error(`transaction ${transactionId} is ${nameOf(code)}`);
  return transactionId;
}
