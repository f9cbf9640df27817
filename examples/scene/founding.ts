/** The registry of a scene is founded, everybody is registered, and its business date is set. */
import type { Change } from '@tenor/client';
import { chunksOf } from './chunks.js';
import type { Party, Scene } from './scene.js';

/** Founds the registry; organisations that are no founders join later. */
export async function foundRegistry(scene: Scene): Promise<void> {
  const { parties, founders: founding, businessDate } = scene.cast;
  const founders = founding.map((party) => scene.mspOf(party));
  await Promise.all(
    parties.map((party) =>
      scene.step('adopt the founding', party.key, 'Admin', (admin) => admin.registry.adopt({ founders })),
    ),
  );
  const [first] = founding;
  if (first === undefined) throw new Error('a registry has founders');
  await scene.step('bootstrap the registry', first.key, 'Admin', (admin) => admin.registry.bootstrap({ founders }));
  for (const changes of chunksOf(registrations(scene), CHANGES_AT_ONCE))
    await decide(scene, 'parties, policy, calendar', changes);
  await Promise.all(parties.map((party) => registerOperators(scene, party)));
  await moveBusinessDate(scene, businessDate);
}

/** So many names of 200 letters and a calendar of 2000 dates fit into one request. */
const CHANGES_AT_ONCE = 20;

/** A party as it is registered, with these roles. */
export function registrationOf(scene: Scene, party: Party, roles = party.roles): Change {
  const { lei, usci, name, sme } = party;
  const ids = { id: lei, ...(usci === undefined ? {} : { otherId: usci }) };
  return {
    kind: 'party',
    party: { ...ids, name, mspId: scene.mspOf(party), roles: [...roles], sme, status: 'ACTIVE' },
  };
}

function registrations(scene: Scene): Change[] {
  const { parties, policy, calendar } = scene.cast;
  const registered = parties.map((party) => registrationOf(scene, party));
  // Whoever takes part gains or loses by the payments, or is to have no power over money: nobody stands in for a payee.
  const rules: Change = { kind: 'policy', policy: { ...policy, standIns: [] } };
  return [...registered, rules, { kind: 'calendar', calendar }];
}

/** Proposes changes and has a majority of the founders approve them. */
export async function decide(scene: Scene, what: string, changes: Change[]): Promise<void> {
  const { founders } = scene.cast;
  const [proposer, ...approvers] = founders.slice(0, Math.floor(founders.length / 2) + 1);
  if (proposer === undefined) return;
  const proposalId = scene.newId(proposer.key);
  await scene.step(`propose ${what}`, proposer.key, 'Admin', (admin) =>
    admin.registry.propose({ proposalId, changes }),
  );
  for (const { key } of approvers) {
    await scene.step(`approve ${what}`, key, 'Admin', (admin) => admin.registry.approve({ proposalId }));
  }
}

async function registerOperators(scene: Scene, { key, lei }: Party): Promise<void> {
  const [maker, checker] = await Promise.all([
    scene.as(key, 'Maker').registry.whoami(),
    scene.as(key, 'Checker').registry.whoami(),
  ]);
  const proposalId = scene.newId(key);
  const changes: Change[] = [
    { kind: 'operator', operator: { identity: maker.identity, duties: ['maker'], parties: [lei] } },
    { kind: 'operator', operator: { identity: checker.identity, duties: ['maker', 'checker'], parties: [lei] } },
  ];
  await scene.step('propose operators', key, 'Admin', (admin) => admin.registry.propose({ proposalId, changes }));
  await scene.step('approve operators', key, 'Admin2', (admin) => admin.registry.approve({ proposalId }));
}

/**
 * Sets the business date as the founders may: a deal of months is played in a minute. Day by day its operators would step it, two
 * people of the bank and two of another organisation.
 */
export async function moveBusinessDate(scene: Scene, date: string): Promise<void> {
  const calendar = scene.cast.calendar.id;
  await decide(scene, `business date ${date}`, [{ kind: 'businessDateSet', date, calendar, keepers: [] }]);
  scene.date = date;
}
