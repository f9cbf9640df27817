/** The Ansteel to Rio Tinto deal, from trade documents to proven payment, on a network of five organisations. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chaincodeSource, devnetDriver, fabricDriver, NetworkError, projectChaincodePath, TOPOLOGIES, type RunningNetwork } from '@tenor/network';
import { attemptForbiddenMoves } from './demo/attempts.js';
import { deadProcesses, StepFailed } from './demo/failure.js';
import { attemptForbiddenIssues, issueAll, transferAll } from './demo/issuance.js';
import { forMachines, forPeople, printOutcome, type Outcome } from './demo/print.js';
import { foundRegistry, moveBusinessDate, openLines } from './demo/registry.js';
import { checkConservation, readOperatorView, readPositions } from './demo/report.js';
import { settleAll } from './demo/settlement.js';
import { Stage } from './demo/stage.js';
import { DealError, readDeal } from './readDeal.js';

const FIVE_ORGANIZATIONS = TOPOLOGIES['five-org'];

const USAGE = `npm run demo -- [--network devnet|fabric] [--keep] [--json] [--deal FOLDER]

  --network   devnet (default): embedded, nothing to install; fabric: real Fabric processes (npm run fabric:install)
  --keep      leave the network running until Ctrl-C and print how to connect
  --json      one JSON document on standard output
  --deal      folder with another deal.json and its files`;

/** The embedded network waits for no one else's transactions; on Fabric the topology's own batches apply. */
const BATCH_TIMEOUT_MS = { devnet: 10, fabric: FIVE_ORGANIZATIONS.batch.timeoutMs };

const DRIVERS = { devnet: devnetDriver, fabric: fabricDriver };
// The program runs from examples/dist/ansteel-rio-tinto; the deal lies beside its source.
const OWN_DEAL = resolve(__dirname, '../../ansteel-rio-tinto');

interface Options {
  readonly network: keyof typeof DRIVERS;
  readonly keep: boolean;
  readonly json: boolean;
  readonly deal: string;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      network: { type: 'string', default: 'devnet' },
      keep: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      deal: { type: 'string', default: OWN_DEAL },
      help: { type: 'boolean', default: false },
    },
  });
  const { network, keep, json, deal, help } = values;
  if (help) {
    console.log(USAGE);
    process.exit(0);
  }
  if (network !== 'devnet' && network !== 'fabric') throw new TypeError(`--network takes devnet or fabric, not ${network}`);
  return { network, keep, json, deal };
}

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

/** Ctrl-C in the middle of the deal: the network goes down first, whatever was under way. */
function downOnInterrupt(network: RunningNetwork, dataPath: string): () => void {
  const interrupt = (): void => {
    void network
      .down()
      .then(() => rm(dataPath, { recursive: true, force: true }))
      .finally(() => process.exit(130));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return () => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
}

async function main(): Promise<number> {
  const options = readOptions();
  const deal = await readDeal(options.deal);
  const printer = options.json ? forMachines : forPeople;
  const dataPath = await mkdtemp(join(tmpdir(), 'tenor-demo-'));
  const started = performance.now();
  const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1);
  const topology = { ...FIVE_ORGANIZATIONS, batch: { ...FIVE_ORGANIZATIONS.batch, timeoutMs: BATCH_TIMEOUT_MS[options.network] } };
  const network = await DRIVERS[options.network].up(topology, { dataPath, onProgress: (line) => { printer.note(`    ${line}`); } });
  const disarm = downOnInterrupt(network, dataPath);
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
    const isKnown = error instanceof DealError || error instanceof NetworkError || error instanceof TypeError;
    console.error(isKnown ? error.message : error);
    process.exitCode = error instanceof TypeError || error instanceof DealError ? 2 : 1;
  },
);
