/** Many commands on one line at once, sent by the client library with its own retries. A command that comes too late is sent again, and none is lost. */
import { performance } from 'node:perf_hooks';
import { TenorError } from '@tenor/client';
import { CONFIRM } from './lanes.js';
import type { Cast } from './people.js';
import { rounded } from './statistics.js';
import { forEach, type Stock } from './stock.js';

/** The result of many commands on one line. */
export interface Contended {
  readonly title: string;
  readonly commands: number;
  readonly units: number;
  readonly inFlight: number;
  readonly succeeded: number;
  /** Commands that gave up, by code. Their caller can send them again. */
  readonly failed: Readonly<Record<string, number>>;
  /** Successful commands that the ledger does not show, or failed ones that it does. */
  readonly lost: number;
  readonly attemptsPerSuccess: number;
  readonly unitsPerSecond: number;
}

/** Confirms on one line, `units` certificates a command, so many commands in flight. */
export async function contend(
  cast: Cast,
  stock: Stock,
  { units, commands, inFlight }: Pick<Contended, 'units' | 'commands' | 'inFlight'>,
): Promise<Contended> {
  const { tenor } = cast.bank.checker;
  const inputs = await stock.onOneLine(commands, units);
  const failed: Record<string, number> = {};
  const start = performance.now();
  const attempts = await forEach(
    inputs,
    async (input) => {
      try {
        return (await tenor.certificate.confirm(input)).attempts;
      } catch (error) {
        const code = error instanceof TenorError ? error.code : 'UNKNOWN';
        failed[code] = (failed[code] ?? 0) + 1;
        return undefined;
      }
    },
    inFlight,
  );
  const seconds = (performance.now() - start) / 1000;
  const done = attempts.filter((each) => each !== undefined);
  const confirmed = await forEach(inputs, async ({ certificateIds: [first = ''] }) => isConfirmed(cast, first));
  const lost = confirmed.filter((each, index) => each !== (attempts[index] !== undefined)).length;
  return {
    title: units === 1 ? CONFIRM : `${CONFIRM}, ${String(units)} at once`,
    ...{ commands, units, inFlight, succeeded: done.length, failed, lost },
    attemptsPerSuccess: rounded(done.reduce((sum, each) => sum + each, 0) / Math.max(1, done.length)),
    unitsPerSecond: rounded((done.length * units) / seconds),
  };
}

async function isConfirmed({ bank }: Cast, id: string): Promise<boolean> {
  try {
    await bank.checker.tenor.book.confirmation.get(id);
    return true;
  } catch (error) {
    if (error instanceof TenorError && error.code === 'NOT_FOUND') return false;
    throw error;
  }
}
