/** What to say when a step of the demo fails: which step, what was answered, and which process of the network is gone. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { TenorError } from '@tenor/client';
import type { ProcessStatus, RunningNetwork } from '@tenor/network';

/** A step that had to succeed and did not. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';

  constructor(what: string, who: string, cause: unknown) {
    super(`The step "${what}" of ${who} failed: ${reasonOf(cause)}`, { cause });
  }
}

interface PeerDetail {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
}

/** What the peers said, where the gateway hands it on. */
function detailsOf(cause: unknown): readonly PeerDetail[] {
  if (typeof cause !== 'object' || cause === null || !('details' in cause) || !Array.isArray(cause.details)) return [];
  return cause.details as PeerDetail[];
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof TenorError)) return error.message;
  const { cause } = error;
  const own = cause instanceof Error && !(cause instanceof TenorError) ? [cause.message] : [];
  const peers = detailsOf(cause).map(({ mspId, address, message }) => `${mspId} at ${address}: ${message}`);
  return [error.message, ...own, ...peers].join('\n  ');
}

const SETTLE_MS = 200;
const TAIL_LINES = 15;

async function describe({ name, logPath }: ProcessStatus): Promise<string> {
  const log = logPath === undefined ? '' : await readFile(logPath, 'utf8').catch(() => '');
  const tail = log.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  return `Process ${name} is not running. ${tail === '' ? 'It logged nothing.' : `The end of its log:\n${tail}`}`;
}

/** One paragraph for each process that should run and does not. */
export async function deadProcesses(network: RunningNetwork): Promise<string[]> {
  await sleep(SETTLE_MS); // a process is missed by those who call it before its end is reported
  const dead = (await network.status()).filter(({ running, logPath }) => !running && logPath !== undefined);
  return Promise.all(dead.map(describe));
}
