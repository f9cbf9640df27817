/** The Ansteel to Rio Tinto deal, from trade documents to proven payment, on a network with a peer for each organisation of the deal. */
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  chaincodeSource,
  devnetDriver,
  fabricDriver,
  NetworkError,
  projectChaincodePath,
  type RunningNetwork,
} from '@tenor/network';
import { deadProcesses, NetworkBroken, reasonOf, StepFailed, whileWhole } from '../scene/failure.js';
import { newFolder } from '../scene/folder.js';
import { interruption, parentGone, type Interruption } from '../scene/interruption.js';
import { OWN_DEAL, readOptions, USAGE, UsageError, type Options } from './demo/options.js';
import { settleAfterwards, withBanksForAfterwards } from './demo/afterwards.js';
import { castOf, tradeOf } from './demo/cast.js';
import { writeConnections } from './demo/connections.js';
import { leaveFreeSlice } from './demo/freeSlice.js';
import { ensurePicturePlace, writePicture } from './demo/picture.js';
import { introduce, printOutcome, type Kept, type Outcome } from './demo/print.js';
import { forMachines, forPeople } from '../scene/print.js';
import { play } from './demo/play.js';
import { peopleOf, type Printer } from '../scene/scene.js';
import { Stage } from './demo/stage.js';
import { dealTopology } from './dealTopology.js';
import { DealError, readDeal, type Deal } from './readDeal.js';

/** The embedded network waits for no one else's transactions. */
const DEVNET_BATCH_TIMEOUT_MS = 10;

const DRIVERS = { devnet: devnetDriver, fabric: fabricDriver };

/** The deal that is played. To its own deal the demo adds the banks that come in afterwards. */
async function dealOf({ deal: folder }: Options): Promise<Deal> {
  const deal = await readDeal(folder);
  return folder === OWN_DEAL ? withBanksForAfterwards(deal) : deal;
}

/** A network that is kept leaves a free slice, and a file that says how to connect. */
async function leaveWork(stage: Stage, network: RunningNetwork, isOwn: boolean): Promise<Kept> {
  const { deal } = stage;
  stage.note(`\n${isOwn ? '8' : '6'}. Something left to do`);
  const free = await leaveFreeSlice(stage, network.dataPath);
  const { path, command } = await writeConnections(network, deal, free);
  return { free, connections: path, command };
}

/** Says how the deal came out, and then draws it: what has happened is told even where it cannot be drawn. @returns whether it was drawn */
async function tellAndDraw(played: Outcome, { options: { json, picture }, deal, printer }: Run): Promise<boolean> {
  if (!json) printOutcome(played);
  const failed = await writePicture(picture, deal, played.positions).then(() => undefined, reasonOf);
  if (json) console.log(JSON.stringify({ ...played, ...(failed === undefined ? { picture } : {}) }, undefined, 2));
  if (failed !== undefined)
    console.error(`The deal was played, but its picture was not written: ${failed}. Name another file with --picture.`);
  else if (!json) printer.note(`The deal as a picture: ${picture}`);
  return failed === undefined;
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
  const stage = new Stage(network, peopleOf(network), deal, printer);
  try {
    const isOwn = options.deal === OWN_DEAL;
    const playing = play(stage, {
      after: isOwn ? () => settleAfterwards(stage, network.dataPath) : undefined,
      leave: options.keep ? () => leaveWork(stage, network, isOwn) : undefined,
    });
    const outcome = await whileWhole(network, playing);
    const isDrawn = await tellAndDraw(outcome, run);
    printer.note(`${seconds()} s on ${network.engine}`);
    run.code = outcome.ok && isDrawn ? 0 : 1;
    if (outcome.kept !== undefined) {
      printKept(stage, outcome.kept);
      await parentGone();
    }
    return run.code;
  } finally {
    stage.close();
  }
}

function startNetwork({ network }: Options, deal: Deal, dataPath: string, printer: Printer): Promise<RunningNetwork> {
  const topology = dealTopology(deal);
  const batch = { ...topology.batch, ...(network === 'devnet' ? { timeoutMs: DEVNET_BATCH_TIMEOUT_MS } : {}) };
  const onProgress = (line: string): void => {
    printer.note(`    ${line}`);
  };
  return DRIVERS[network].up({ ...topology, batch }, { dataPath, onProgress });
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
  const deal = await dealOf(options);
  const printer = options.json ? forMachines : forPeople;
  await ensurePicturePlace(options.picture);
  introduce(printer, castOf(deal), tradeOf(deal));
  const interrupted = interruption();
  const dataPath = await newFolder('demo');
  const starting = startNetwork(options, deal, dataPath, printer);
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
