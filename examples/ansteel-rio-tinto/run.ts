/** The Ansteel to Rio Tinto deal, from trade documents to proven payment, on a network of five organisations. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
import { deadProcesses, NetworkBroken, StepFailed, whileWhole } from './demo/failure.js';
import { interruption, parentGone, type Interruption } from './demo/interruption.js';
import { attemptForbiddenIssues, issueAll, transferAll } from './demo/issuance.js';
import { readOptions, USAGE, UsageError, type Options } from './demo/options.js';
import { castOf, tradeOf } from './demo/cast.js';
import { writeConnections } from './demo/connections.js';
import { leaveFreeSlice } from './demo/freeSlice.js';
import { ensurePicturePlace, writePicture } from './demo/picture.js';
import { forMachines, forPeople, introduce, printOutcome, type Kept, type Outcome } from './demo/print.js';
import { foundRegistry, moveBusinessDate, openLines } from './demo/registry.js';
import { readPositions } from './demo/positions.js';
import { checkConservation, readOperatorView } from './demo/report.js';
import { settleAll } from './demo/settlement.js';
import { Stage, type Printer } from './demo/stage.js';
import { DealError, readDeal, type Deal } from './readDeal.js';

const FIVE_ORGANIZATIONS = TOPOLOGIES['five-org'];

/** The embedded network waits for no one else's transactions; on Fabric the topology's own batches apply. */
const BATCH_TIMEOUT_MS = { devnet: 10, fabric: FIVE_ORGANIZATIONS.batch.timeoutMs };

const DRIVERS = { devnet: devnetDriver, fabric: fabricDriver };

/** Plays the deal on a network that is up. */
async function play(stage: Stage, { keep, picture }: Options): Promise<Outcome> {
  const [cast, trade] = [castOf(stage.deal, stage.network), tradeOf(stage.deal)];
  stage.note('\n1. The registry and the lines');
  await foundRegistry(stage);
  const lines = await openLines(stage);
  stage.note('\n2. and 3. Documents and certificates');
  const holdings = await issueAll(stage, lines);
  await attemptForbiddenIssues(stage, lines);
  stage.note('\n4. A slice for the contractor');
  await transferAll(stage, holdings);
  await attemptForbiddenMoves(stage, holdings);
  stage.note('\n5. Maturity: presentment, proof, discharge');
  await moveBusinessDate(stage, stage.deal.maturityDate);
  await settleAll(stage, holdings);
  const conservation = await checkConservation(stage, holdings);
  const kept = keep ? await leaveWork(stage) : undefined;
  const positions = await readPositions(stage);
  await writePicture(picture, stage.deal, positions);
  return {
    ...{
      engine: stage.network.engine,
      cast,
      trade,
      steps: stage.steps,
      refusals: stage.refusals,
      conservation,
      picture,
    },
    ok: stage.allRefused && conservation.every(({ holds }) => holds),
    positions,
    operator: await readOperatorView(stage),
    ...(kept === undefined ? {} : { kept }),
  };
}

/** A network that is kept leaves a free slice, and a file that says how to connect. */
async function leaveWork(stage: Stage): Promise<Kept> {
  stage.note('\n6. Something left to do');
  const { deal, network } = stage;
  const free = await leaveFreeSlice(stage, deal.maturityDate, network.dataPath);
  const { path, command } = await writeConnections(network, deal, free);
  return { free, connections: path, command };
}

function printKept(stage: Stage, { free, connections, command }: Kept): void {
  const { holder, currency, amount } = free;
  stage.note(`\nThe network stays up until Ctrl-C. ${holder} holds a free slice of ${currency} ${amount}.`);
  stage.note(`How to connect as everybody: ${connections}`);
  stage.note(`To split the slice, and to be refused once, run in another terminal:\n  ${command}`);
}

/** What a run knows of itself: how the deal came out, once it did. */
interface Run {
  readonly options: Options;
  readonly deal: Deal;
  readonly printer: Printer;
  code?: number;
  /** Why it did not come to an end. */
  interrupted?: Interruption;
}

/** Deploys, plays, and stays when asked to. */
async function runOn(starting: Promise<RunningNetwork>, run: Run): Promise<number> {
  const { options, deal, printer } = run;
  const begun = performance.now();
  const seconds = (): string => ((performance.now() - begun) / 1000).toFixed(1);
  const network = await starting;
  await network.deploy(chaincodeSource('tenor', projectChaincodePath()));
  printer.note(`network (${network.engine}) and chaincode are up after ${seconds()} s`);
  const stage = new Stage(network, deal, printer);
  try {
    const outcome = await whileWhole(network, play(stage, options));
    if (options.json) console.log(JSON.stringify(outcome, undefined, 2));
    else printOutcome(outcome);
    printer.note(`${seconds()} s on ${network.engine}`);
    run.code = outcome.ok ? 0 : 1;
    if (outcome.kept !== undefined) {
      printKept(stage, outcome.kept);
      await parentGone();
    }
    return run.code;
  } finally {
    stage.close();
  }
}

async function newDataFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'tenor-demo-'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NetworkError(
      `No folder can be made in ${tmpdir()} (${why}). Set TMPDIR to a folder that you can write to.`,
      {
        cause,
      },
    );
  }
}

function startNetwork({ network }: Options, dataPath: string, printer: Printer): Promise<RunningNetwork> {
  const topology = {
    ...FIVE_ORGANIZATIONS,
    batch: { ...FIVE_ORGANIZATIONS.batch, timeoutMs: BATCH_TIMEOUT_MS[network] },
  };
  const onProgress = (line: string): void => {
    printer.note(`    ${line}`);
  };
  return DRIVERS[network].up(topology, { dataPath, onProgress });
}

/** A network that is still starting is waited for, so that nothing writes behind our back; one that does not come is left to its guard. */
const START_PATIENCE_MS = 5_000;

async function takeDown(starting: Promise<RunningNetwork>, dataPath: string): Promise<void> {
  const failed = (): undefined => undefined; // told by whoever waits for the deal; the driver has stopped what it started
  const network = await Promise.race([starting.catch(failed), sleep(START_PATIENCE_MS, undefined, { ref: false })]);
  await network?.down();
  await rm(dataPath, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const deal = await readDeal(options.deal);
  const printer = options.json ? forMachines : forPeople;
  await ensurePicturePlace(options.picture);
  introduce(printer, castOf(deal, { topology: FIVE_ORGANIZATIONS }), tradeOf(deal));
  const interrupted = interruption();
  const dataPath = await newDataFolder();
  const starting = startNetwork(options, dataPath, printer);
  const run: Run = { options, deal, printer };
  try {
    const ended = await Promise.race([runOn(starting, run), interrupted]);
    if (typeof ended === 'number') return ended;
    // Ctrl-C is how a network that was kept is left: then the deal's own outcome counts.
    if (run.code !== undefined) return run.code;
    run.interrupted = ended;
    return ended.code;
  } catch (error) {
    if (!(error instanceof StepFailed) && !(error instanceof NetworkBroken)) throw error;
    console.error([error.message, ...(await deadProcesses(await starting))].join('\n'));
    return 1;
  } finally {
    await takeDown(starting, dataPath);
    if (run.interrupted !== undefined) {
      printer.note(
        `Interrupted by ${run.interrupted.by}: the deal was not finished. The network is stopped and removed.`,
      );
    }
  }
}

main().then(
  // What is still under way after an interruption, calls to a network that is gone, is not waited for.
  (code) => process.exit(code),
  (error: unknown) => {
    const isKnown = error instanceof DealError || error instanceof NetworkError || error instanceof UsageError;
    console.error(isKnown ? error.message : error);
    process.exitCode = error instanceof UsageError || error instanceof DealError ? 2 : 1;
  },
);
