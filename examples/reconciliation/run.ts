/**
 * `npm run reconciliation`: plays the dollar certificate of the Ansteel to Rio Tinto deal. At the end of the day it compares the bank's book with the
 * statements of its accounts: first as they should be, then with three things wrong.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBankStatement, reconcile, type Desk, type Reconciliation } from '@tenor/client';
import { issueAll, transferAll } from '../ansteel-rio-tinto/demo/issuance.js';
import { openLines } from '../ansteel-rio-tinto/demo/lines.js';
import { OWN_DEAL } from '../ansteel-rio-tinto/demo/options.js';
import { settleAll } from '../ansteel-rio-tinto/demo/settlement.js';
import { Stage } from '../ansteel-rio-tinto/demo/stage.js';
import { readDeal, type Deal } from '../ansteel-rio-tinto/readDeal.js';
import { moveBusinessDate } from '../scene/founding.js';
import { silent } from '../scene/print.js';
import { runProgram } from '../scene/program.js';
import { deskOf, desksOf } from '../scene/desks.js';
import { dayEndText, type DayEnd } from './dayEnd.js';
import { altered, dayEndsOf, PAYS_FROM } from './statements.js';
import { sayDay, sayObligations, sayReconciliation } from './say.js';

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

runProgram({
  name: 'reconciliation',
  shows: `Plays a small deal, and compares the bank's book with its statements (camt.053): as they should be, and with three things
wrong. Says for each difference what to do.`,
  prepare: async () => {
    const deal = firstCertificate(await readDeal(OWN_DEAL));
    return { cast: deal, sceneOn: (network, open) => new Stage(network, open, deal, silent), play: endTheDay };
  },
});
