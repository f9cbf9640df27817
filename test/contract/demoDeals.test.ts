/** Deals that `readDeal` accepts play to the end: the demo's own steps, on the engine in this process. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dealTopology } from '../../examples/ansteel-rio-tinto/dealTopology.js';
import { play } from '../../examples/ansteel-rio-tinto/demo/play.js';
import type { Outcome } from '../../examples/ansteel-rio-tinto/demo/print.js';
import { Stage } from '../../examples/ansteel-rio-tinto/demo/stage.js';
import type { Printer } from '../../examples/scene/scene.js';
import { readDeal } from '../../examples/ansteel-rio-tinto/readDeal.js';
import { changeFile, copyOfDeal, INPUT_DEALS, withValues } from '../support/dealFolder.js';
import { openInProcess } from '../support/inProcessLedger.js';

const OWN = path.resolve(__dirname, '../../examples/ansteel-rio-tinto');

const nobody = (): void => undefined;
const SILENT: Printer = { step: nobody, refusal: nobody, note: nobody };

async function playFolder(folder: string): Promise<Outcome> {
  const deal = await readDeal(folder);
  const ledger = await openInProcess(dealTopology(deal));
  const stage = new Stage(
    { engine: 'devnet', blocks: (organization) => ledger.blocks(organization) },
    (organization, person) => ledger.connect(organization, person),
    deal,
    SILENT,
  );
  try {
    return await play(stage);
  } finally {
    stage.close();
    await ledger.close();
  }
}

const withoutUetr = (xml: string): string => xml.replace(/\s*<((?:Orgnl)?UETR)>[^<]*<\/\1>/g, '');

/** Plays the deal that ships with other values, and with messages that name no UETR. */
async function playChanged(
  changes: Parameters<typeof withValues>[0],
  messages: readonly string[] = [],
): Promise<Outcome> {
  const folder = await copyOfDeal(OWN);
  try {
    await changeFile(folder, 'deal.json', withValues(changes));
    for (const message of messages) await changeFile(folder, message, withoutUetr);
    return await playFolder(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What is held in the end: holder, certificate, amount. All of it is paid. */
function paidIn({ positions }: Outcome): string[] {
  const slices = positions.filter(({ kind, state }) => kind === 'slice' && state !== 'SPENT');
  expect(slices.filter(({ state }) => state !== 'PAID')).toEqual([]);
  return slices
    .map(({ holder, certificate, currency, amount }) => `${holder} ${certificate ?? ''} ${currency} ${amount}`)
    .sort();
}

/** Everything that had to fail failed, and every certificate adds up. */
function expectSound({ ok, refusals, conservation, operator }: Outcome, certificates: number): void {
  expect(refusals.filter(({ code, expected }) => code !== expected)).toEqual([]);
  expect(refusals).toHaveLength(9);
  expect(conservation.filter(({ holds, live }) => holds && live === '0.00')).toHaveLength(certificates);
  expect({ ok, records: operator.records }).toEqual({ ok: true, records: 0 });
}

const stepsNamed = ({ steps }: Outcome, what: RegExp): string[] =>
  steps.filter((step) => what.test(step.what)).map(({ who, what: said }) => `${who}: ${said}`);

describe('a deal', () => {
  it('with two transfers to one party has both slices presented together and paid by one payment', async () => {
    const played = await playFolder(path.join(INPUT_DEALS, 'two-transfers-to-one'));
    expectSound(played, 2);
    expect(paidIn(played)).toEqual([
      'contractor (pilbara-mining) certificate-usd USD 1000000.00',
      'contractor (pilbara-mining) certificate-usd USD 4000000.00',
      'supplier (rio-tinto) certificate-cny CNY 39000000.00',
      'supplier (rio-tinto) certificate-usd USD 29000000.00',
    ]);
    expect(stepsNamed(played, /^present .*USD|^discharge: \d/)).toEqual([
      'supplier (rio-tinto) Checker: present USD 29000000.00',
      'contractor (pilbara-mining) Checker: present USD 5000000.00',
      'bank (icbc) Checker: discharge: 2 slices are paid',
    ]);
  });

  it('with a transfer of all that is held splits nothing', async () => {
    const played = await playFolder(path.join(INPUT_DEALS, 'transfer-whole'));
    expectSound(played, 2);
    expect(paidIn(played)).toEqual([
      'contractor (pilbara-mining) certificate-usd USD 34000000.00',
      'supplier (rio-tinto) certificate-cny CNY 39000000.00',
    ]);
    expect(stepsNamed(played, /^split/)).toEqual([]);
  });

  it('of seven organisations and two banks plays: slices go round, one invoice backs two certificates, a bank pays into another', async () => {
    const played = await playFolder(path.join(INPUT_DEALS, 'many-parties'));
    expectSound(played, 3);
    expect(paidIn(played)).toEqual([
      'contractor (pilbara-mining) certificate-a USD 500000.00',
      'haulage (north-west-haulage) certificate-a USD 4000000.00',
      'haulage (north-west-haulage) certificate-c USD 6000000.00',
      'mine-owner (rio-tinto) certificate-a USD 25000000.00',
      'mine-owner (rio-tinto) certificate-a USD 500000.00',
      'mine-owner (rio-tinto) certificate-b USD 4000000.00',
    ]);
    expect(played.cast.map(({ mspId }) => mspId)).toEqual([
      ...['MillMSP', 'BankMSP', 'SouthernBankMSP', 'MineOwnerMSP', 'ContractorMSP', 'HaulageMSP', 'PlatformMSP'],
    ]);
    // The invoice behind two certificates is claimed once. 4.5 million are gathered from a slice of 4 and a half of one.
    expect(stepsNamed(played, /^claim .*共用/)).toHaveLength(1);
    expect(stepsNamed(played, /^(split|offer USD)/)).toEqual([
      'mine-owner (rio-tinto) Checker: split the slice',
      'mine-owner (rio-tinto) Checker: offer USD 4000000.00',
      'mine-owner (rio-tinto) Checker: split the slice',
      'mine-owner (rio-tinto) Checker: offer USD 1000000.00',
      'contractor (pilbara-mining) Checker: offer USD 4000000.00',
      'contractor (pilbara-mining) Checker: split the slice',
      'contractor (pilbara-mining) Checker: offer USD 500000.00',
      'haulage (north-west-haulage) Checker: offer USD 500000.00',
      'mine-owner (rio-tinto) Checker: offer USD 6000000.00',
    ]);
    // Who has an account at another bank than its payer's need not say that the money came: its own bank does.
    expect(stepsNamed(played, /^acknowledge/)).toEqual([
      'contractor (pilbara-mining) Checker: acknowledge the money',
      'mine-owner (rio-tinto) Checker: acknowledge the money',
      'haulage (north-west-haulage) Checker: acknowledge the money',
    ]);
  });

  it('with a payment that carries no UETR is paid by the reference that its payee asks for', async () => {
    const played = await playChanged({ 'payments.2.uetr': undefined }, [
      'payments/rio-tinto-cny.pacs.002.xml',
      'payments/rio-tinto-cny.camt.054.xml',
    ]);
    expectSound(played, 2);
    expect(paidIn(played)).toHaveLength(3);
  });

  it.each([
    ['the narrowest policy that it fits into', { 'policy.maxTier': 1, 'policy.maxChildren': 2, 'policy.graceDays': 0 }],
    [
      'a payee that is an SME, due on the last day of its term',
      { 'parties.2.sme': true, 'policy.smePaymentDays': 125 },
    ],
  ])('with %s plays', async (_what, changes) => {
    const played = await playChanged(changes);
    expectSound(played, 2);
    expect(paidIn(played)).toHaveLength(3);
  });
});
