// `npx tenor-devnet`: a network from nothing, with how to connect to it. It runs until it is interrupted.
import { collectEarly } from './memory.js';
import { messageOf } from './messageOf.js';
import { readArguments, USAGE, UsageError } from './command/arguments.js';
import { runNetwork } from './command/run.js';

const FAILED = 1;
const WRONG_USAGE = 2;

async function main(): Promise<void> {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted === 'help') {
    process.stdout.write(USAGE);
    return;
  }
  collectEarly();
  const network = await runNetwork(wanted);
  const end = (): void => void network.close().finally(() => process.exit());
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

main().catch((error: unknown) => {
  process.stderr.write(`tenor-devnet: ${messageOf(error)}\n`);
  process.exit(error instanceof UsageError ? WRONG_USAGE : FAILED);
});
