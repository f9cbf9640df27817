/** Step 1 of the deal: the registry is founded, everybody is registered, the bank opens its lines. */
import { minorOf, type Change } from '@tenor/client';
import type { Deal, DealParty } from '../readDeal.js';
import { chunksOf } from './chunks.js';
import type { Stage } from './stage.js';

/** Ids of the lines by their key in the deal. */
export type LineIds = ReadonlyMap<string, string>;

/** Who only takes slices from others, or watches, joins later. */
const isFounder = ({ certificates }: Deal, { key, roles }: DealParty): boolean =>
  roles.some((role) => FOUNDING.includes(role)) || certificates.some(({ payee }) => payee === key);

const FOUNDING: readonly string[] = ['issuer', 'bank', 'operator'];

/** One party of each founder. */
const foundersOf = ({ deal }: Stage): readonly DealParty[] => deal.parties.filter((party) => isFounder(deal, party));

/** Founds the registry; organisations that only take slices from others join later. */
export async function foundRegistry(stage: Stage): Promise<void> {
  const { parties } = stage.deal;
  const founding = foundersOf(stage);
  const founders = founding.map((party) => stage.mspOf(party));
  await Promise.all(
    parties.map((party) =>
      stage.step('adopt the founding', party.key, 'Admin', (admin) => admin.registry.adopt({ founders })),
    ),
  );
  const [first] = founding;
  if (first === undefined) throw new Error('a deal has parties');
  await stage.step('bootstrap the registry', first.key, 'Admin', (admin) => admin.registry.bootstrap({ founders }));
  for (const changes of chunksOf(registrations(stage), CHANGES_AT_ONCE))
    await decide(stage, 'parties, policy, calendar', changes);
  await Promise.all(parties.map((party) => registerOperators(stage, party)));
  await moveBusinessDate(stage, stage.deal.businessDate);
}

/** So many names of 200 letters and a calendar of 2000 dates fit into one request. */
const CHANGES_AT_ONCE = 20;

function registrations(stage: Stage): Change[] {
  const { parties, policy, calendar } = stage.deal;
  const registered = parties.map((party): Change => {
    const { lei, usci, name, roles, sme } = party;
    const ids = { id: lei, ...(usci === undefined ? {} : { otherId: usci }) };
    return { kind: 'party', party: { ...ids, name, mspId: stage.mspOf(party), roles, sme, status: 'ACTIVE' } };
  });
  // Whoever is in this deal gains or loses by its payments, or is to have no power over money: nobody stands in for a payee.
  const rules: Change = { kind: 'policy', policy: { ...policy, standIns: [] } };
  return [...registered, rules, { kind: 'calendar', calendar }];
}

/** Proposes changes and has a majority of the founders approve them. */
async function decide(stage: Stage, what: string, changes: Change[]): Promise<void> {
  const founders = foundersOf(stage);
  const [proposer, ...approvers] = founders.slice(0, Math.floor(founders.length / 2) + 1);
  if (proposer === undefined) return;
  const proposalId = stage.newId(proposer.key);
  await stage.step(`propose ${what}`, proposer.key, 'Admin', (admin) =>
    admin.registry.propose({ proposalId, changes }),
  );
  for (const { key } of approvers) {
    await stage.step(`approve ${what}`, key, 'Admin', (admin) => admin.registry.approve({ proposalId }));
  }
}

async function registerOperators(stage: Stage, { key, lei }: DealParty): Promise<void> {
  const [maker, checker] = await Promise.all([
    stage.as(key, 'Maker').registry.whoami(),
    stage.as(key, 'Checker').registry.whoami(),
  ]);
  const proposalId = stage.newId(key);
  const changes: Change[] = [
    { kind: 'operator', operator: { identity: maker.identity, duties: ['maker'], parties: [lei] } },
    { kind: 'operator', operator: { identity: checker.identity, duties: ['maker', 'checker'], parties: [lei] } },
  ];
  await stage.step('propose operators', key, 'Admin', (admin) => admin.registry.propose({ proposalId, changes }));
  await stage.step('approve operators', key, 'Admin2', (admin) => admin.registry.approve({ proposalId }));
}

/**
 * Sets the business date as the founders may: a deal of months is played in a minute. Day by day its operators would step it, two
 * people of the bank and two of another organisation.
 */
export async function moveBusinessDate(stage: Stage, date: string): Promise<void> {
  const calendar = stage.deal.calendar.id;
  await decide(stage, `business date ${date}`, [{ kind: 'businessDateSet', date, calendar, keepers: [] }]);
}

/** Opens the bank's lines, each under four eyes. */
export async function openLines(stage: Stage): Promise<LineIds> {
  const ids = new Map<string, string>();
  for (const line of stage.deal.lines) {
    const { amount, currency } = line.limit;
    const { expiresOn, revolving, autoConfirm } = line;
    const input = {
      ...{
        lineId: stage.newId(line.bank),
        ticketId: stage.newId(line.bank),
        bank: stage.lei(line.bank),
        issuer: stage.lei(line.issuer),
      },
      ...{ currency, limit: minorOf(amount, currency), expiresOn, revolving, autoConfirm },
    };
    const by = { party: input.bank, expiresOn: stage.deal.businessDate };
    await stage.step(`prepare line ${currency} ${amount}`, line.bank, 'Maker', ({ ticket }) =>
      ticket.prepare('line:open', input, by),
    );
    await stage.step(`open line ${currency} ${amount}`, line.bank, 'Checker', ({ line }) => line.open(input));
    ids.set(line.key, input.lineId);
  }
  return ids;
}
