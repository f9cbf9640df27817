/** The Ansteel to Rio Tinto deal, from trade documents to proven payment, on a network of five organisations. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chaincodeSource,
  devnetDriver,
  fabricDriver,
  NetworkError,
  projectChaincodePath,
  TOPOLOGIES,
  type RunningNetwork,
} from '@tenor/network';
import { attemptForbiddenMoves } from './demo/attempts.js';
import { deadProcesses, StepFailed } from './demo/failure.js';
import { attemptForbiddenIssues, issueAll, transferAll } from './demo/issuance.js';
import { readOptions, USAGE, UsageError } from './demo/options.js';
import { forMachines, forPeople, printOutcome, type Outcome } from './demo/print.js';
import { foundRegistry, moveBusinessDate, openLines } from './demo/registry.js';
import { checkConservation, readOperatorView, readPositions } from './demo/report.js';
import { settleAll } from './demo/settlement.js';
import { Stage } from './demo/stage.js';
import { DealError, readDeal } from './readDeal.js';

const FIVE_ORGANIZATIONS = TOPOLOGIES['five-org'];

/** The embedded network waits for no one else's transactions; on Fabric the topology's own batches apply. */
const BATCH_TIMEOUT_MS = { devnet: 10, fabric: FIVE_ORGANIZATIONS.batch.timeoutMs };

const DRIVERS = { devnet: devnetDriver, fabric: fabricDriver };

/** Plays the deal on a network that is up. */
async function play(stage: Stage): Promise<Outcome> {
  stage.note('\n1. The registry and the lines');
  await foundRegistry(stage);
  const lines = await openLines(stage);
  stage.note('\n2. and 3. Documents and certificates');
  const holdings = await issueAll(stage, lines);
  await attemptForbiddenIssues(stage, lines);
  stage.note('\n4. A slice for the contractor');
  await transferAll(stage, holdings);
  await attemptForbiddenMoves(stage, holdings);
  stage.note('\n5. Maturity: presentment, proof, release');
  await moveBusinessDate(stage, stage.deal.maturityDate);
  await settleAll(stage, holdings);
  const conservation = await checkConservation(stage, holdings);
  return {
    ...{ engine: stage.network.engine, steps: stage.steps, refusals: stage.refusals, conservation },
    ok: stage.allRefused && conservation.every(({ holds }) => holds),
    positions: await readPositions(stage),
    operator: await readOperatorView(stage),
  };
}

function printConnections(stage: Stage): void {
  stage.note('\nThe network stays up until Ctrl-C. Connect with fromPaths(...):');
  for (const { organization, key } of stage.deal.parties) {
    stage.note(`  ${key}: ${JSON.stringify(stage.network.connectionFor(organization, 'Checker'))}`);
  }
}

const untilInterrupted = (): Promise<void> =>
  new Promise((done) => {
    // Signal listeners alone do not keep a process alive.
    const alive = setInterval(() => undefined, 60_000);
    const end = (): void => {
      clearInterval(alive);
      done();
    };
    process.once('SIGINT', end).once('SIGTERM', end);
  });

/** Ctrl-C: the network goes down first, whatever was under way. While it still starts, its own guard ends it. */
function onInterrupt(started: { readonly network?: RunningNetwork }, dataPath: string): () => void {
  const interrupt = (): void => {
    void Promise.resolve(started.network?.down())
      .then(() => rm(dataPath, { recursive: true, force: true }))
      .finally(() => process.exit(130));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return () => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const deal = await readDeal(options.deal);
  const printer = options.json ? forMachines : forPeople;
  const dataPath = await mkdtemp(join(tmpdir(), 'tenor-demo-'));
  const begun = performance.now();
  const seconds = (): string => ((performance.now() - begun) / 1000).toFixed(1);
  const topology = {
    ...FIVE_ORGANIZATIONS,
    batch: { ...FIVE_ORGANIZATIONS.batch, timeoutMs: BATCH_TIMEOUT_MS[options.network] },
  };
  const started: { network?: RunningNetwork } = {};
  const disarm = onInterrupt(started, dataPath);
  const network = await DRIVERS[options.network].up(topology, {
    dataPath,
    onProgress: (line) => {
      printer.note(`    ${line}`);
    },
  });
  started.network = network;
  const stage = new Stage(network, deal, printer);
  try {
    await network.deploy(chaincodeSource('tenor', projectChaincodePath()));
    printer.note(`network (${network.engine}) and chaincode are up after ${seconds()} s`);
    const outcome = await play(stage);
    if (options.json) console.log(JSON.stringify(outcome, undefined, 2));
    else printOutcome(outcome);
    printer.note(`${seconds()} s on ${network.engine}`);
    if (options.keep) {
      disarm();
      printConnections(stage);
      await untilInterrupted();
    }
    return outcome.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error([error.message, ...(await deadProcesses(network))].join('\n'));
    return 1;
  } finally {
    disarm();
    stage.close();
    await network.down();
    await rm(dataPath, { recursive: true, force: true });
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isKnown = error instanceof DealError || error instanceof NetworkError || error instanceof UsageError;
    console.error(isKnown ? error.message : error);
    process.exitCode = error instanceof UsageError || error instanceof DealError ? 2 : 1;
  },
);
