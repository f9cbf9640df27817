/**
 * `npm run reconciliation`: plays the dollar certificate of the Ansteel to Rio Tinto deal on the embedded network. At the end of the day it compares the
 * bank's book with the statements of its accounts: first as they should be, then with three things wrong.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readBankStatement, readDesk, reconcile, type Desk, type Reconciliation } from '@tenor/client';
import { chaincodeSource, devnetDriver, projectChaincodePath, type RunningNetwork } from '@tenor/network';
import { interruption } from '../ansteel-rio-tinto/demo/interruption.js';
import { issueAll, transferAll } from '../ansteel-rio-tinto/demo/issuance.js';
import { OWN_DEAL } from '../ansteel-rio-tinto/demo/options.js';
import { foundRegistry, moveBusinessDate, openLines } from '../ansteel-rio-tinto/demo/registry.js';
import { settleAll } from '../ansteel-rio-tinto/demo/settlement.js';
import { peopleOf, Stage, type Printer } from '../ansteel-rio-tinto/demo/stage.js';
import { dealTopology } from '../ansteel-rio-tinto/dealTopology.js';
import { readDeal, type Deal } from '../ansteel-rio-tinto/readDeal.js';
import { dayEndText, type DayEnd } from './dayEnd.js';
import { altered, dayEndsOf, PAYS_FROM } from './statements.js';
import { sayDay, sayObligations, sayReconciliation } from './say.js';

const USAGE = `npm run reconciliation

  Plays a small deal on the embedded network, and compares the bank's book with its statements (camt.053): as they should be, and
  with three things wrong. Says for each difference what to do.

  -h, --help   this text`;

const nobody = (): void => undefined;
const SILENT: Printer = { step: nobody, refusal: nobody, note: nobody };
/** The embedded network waits for no one else's transactions. */
const BATCH_TIMEOUT_MS = 10;

/** The deal, as far as its first certificate goes. */
function firstCertificate(deal: Deal): Deal {
  const [first] = deal.certificates;
  const isOf = ({ certificate }: { readonly certificate: string }): boolean => certificate === first?.key;
  return {
    ...deal,
    certificates: deal.certificates.slice(0, 1),
    transfers: deal.transfers.filter(isOf),
    payments: deal.payments.filter(isOf),
  };
}

/** The own book of a party. */
const deskOf = (stage: Stage, key: string): Promise<Desk> => readDesk(stage.as(key, 'Checker'));

/** The books of all parties that owe or are owed. */
async function desksOf(stage: Stage): Promise<ReadonlyMap<string, Desk>> {
  const desks = new Map<string, Desk>();
  for (const { key, name } of stage.deal.parties) desks.set(name, await deskOf(stage, key));
  return desks;
}

/** Writes the statements as files, and reads them as they came from a bank. */
async function reconciled(desk: Desk, dayEnds: readonly DayEnd[], folder: string): Promise<Reconciliation> {
  const files = dayEnds.map((dayEnd) => ({
    text: dayEndText(dayEnd),
    file: join(folder, `${dayEnd.statementId}.xml`),
  }));
  for (const { file, text } of files) await writeFile(file, text);
  const messages = await Promise.all(files.map(async ({ file }) => readBankStatement(await readFile(file))));
  return reconcile(desk, messages, { paysFrom: [PAYS_FROM] });
}

/** Plays, and says what the books tell. @returns whether exactly what is wrong was found */
async function endTheDay(stage: Stage, folder: string): Promise<boolean> {
  const { deal } = stage;
  await foundRegistry(stage);
  const holdings = await issueAll(stage, await openLines(stage));
  await transferAll(stage, holdings, () => Promise.resolve());
  const bank = stage.withRole('bank').key;
  const morning = await deskOf(stage, bank);
  console.log(sayObligations('Before the money moves', deal.parties, await desksOf(stage)));
  await moveBusinessDate(stage, deal.maturityDate);
  await settleAll(stage, holdings);
  const evening = await deskOf(stage, bank);
  console.log(sayObligations('At the end of the day', deal.parties, await desksOf(stage)));
  console.log(sayDay(deal.parties, evening, morning));
  const dayEnds = dayEndsOf(deal);
  const right = await reconciled(evening, dayEnds, folder);
  console.log(sayReconciliation("The bank's book and its statements, as they should be", right));
  const wrong = await reconciled(evening, altered(dayEnds), folder);
  console.log(sayReconciliation('The same with three things wrong', wrong));
  return right.isClean && wrong.counts.MISSING + wrong.counts.EXTRA + wrong.counts.DIFFERENT === 3;
}

async function playOn(starting: Promise<RunningNetwork>, deal: Deal, folder: string): Promise<number> {
  const network = await starting;
  await network.deploy(chaincodeSource('tenor', projectChaincodePath()));
  const stage = new Stage(network, peopleOf(network), deal, SILENT);
  try {
    return (await endTheDay(stage, folder)) ? 0 : 1;
  } finally {
    stage.close();
  }
}

async function main(): Promise<number> {
  const { help } = parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } }).values;
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const deal = firstCertificate(await readDeal(OWN_DEAL));
  const interrupted = interruption();
  const folder = await mkdtemp(join(tmpdir(), 'tenor-reconciliation-'));
  const topology = dealTopology(deal);
  const batch = { ...topology.batch, timeoutMs: BATCH_TIMEOUT_MS };
  const starting = devnetDriver.up({ ...topology, batch }, { dataPath: join(folder, 'network') });
  try {
    const ended = await Promise.race([playOn(starting, deal, folder), interrupted]);
    return typeof ended === 'number' ? ended : ended.code;
  } finally {
    // Whoever waits for the deal is told why a network does not start.
    const network = await starting.catch(nobody);
    await network?.down();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    console.error(isUsage ? `${error.message}\n\n${USAGE}` : error);
    process.exitCode = isUsage ? 2 : 1;
  },
);
