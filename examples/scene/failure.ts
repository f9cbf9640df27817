/** What to say when a step of the demo or of an example program fails: which step, what was answered, and which process of the network is gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { TenorError } from '@tenor/client';
import { readTail, type ProcessStatus, type RunningNetwork } from '@tenor/network';

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

/** Why something failed. A refusal is said once, with its data, though the gateway and each peer hand it on in their own words too. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof TenorError)) return error.message;
  const { cause, code } = error;
  const data = Object.entries(error.data).map(([name, value]) => `${name}: ${value}`);
  const own = cause instanceof Error && !(cause instanceof TenorError) ? [cause.message] : [];
  const peers = detailsOf(cause).map(({ mspId, address, message }) => `${mspId} at ${address}: ${message}`);
  const others = [...own, ...peers].filter((text) => !text.includes(`${code}: `));
  return [error.message, ...data, ...others].join('\n  ');
}

/** The network lost a process, and the step under way did not notice by itself. */
export class NetworkBroken extends Error {
  override readonly name = 'NetworkBroken';

  constructor() {
    super('It cannot go on: the network has lost a process.');
  }
}

const SETTLE_MS = 200;
const WATCH_MS = 500;
/** A step that meets the loss says more: it is given this long to fail by itself. */
const PATIENCE_MS = 3_000;

/** Processes that should run and do not. Parts of one process have no log of their own. */
const deadOf = async (network: RunningNetwork): Promise<ProcessStatus[]> =>
  (await network.status()).filter(({ running, logPath }) => !running && logPath !== undefined);

function describe({ name, logPath }: ProcessStatus): string {
  const tail = logPath === undefined ? '' : readTail(logPath);
  return `Process ${name} is not running. ${tail === '' ? 'It logged nothing.' : `The end of its log:\n${tail}`}`;
}

/** One paragraph for each process that should run and does not. */
export async function deadProcesses(network: RunningNetwork): Promise<string[]> {
  await sleep(SETTLE_MS); // a process is missed by those who call it before its end is reported
  return (await deadOf(network)).map(describe);
}

/**
 * Waits for work on a network, and for no longer than its processes live: a lost orderer is else noticed after minutes.
 * @throws NetworkBroken, and whatever the work throws
 */
export function whileWhole<Answer>(network: RunningNetwork, work: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const look = async (): Promise<void> => {
      if ((await deadOf(network)).length === 0) return;
      clearInterval(timer);
      setTimeout(() => {
        reject(new NetworkBroken());
      }, PATIENCE_MS).unref();
    };
    const timer = setInterval(() => void look().catch(reject), WATCH_MS);
    void work.then(resolve, reject).finally(() => {
      clearInterval(timer);
    });
  });
}
