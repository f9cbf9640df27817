/** Contract `registry`: founding, parties, operators, policies, calendars, business date. The only public state. */
import { TenorError } from '../protocol/errors.js';
import type { Change } from '../protocol/records.js';
import { adopt, approve, bootstrap, foundingOf, propose, type RegistryFacts } from '../domain/registry.js';
import { encodeRecord, sha256 } from '../ledger/codec.js';
import { bookKey, FOUNDING_ID } from '../ledger/keys.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import type { Operations } from './operation.js';

type Names = 'registry:adopt' | 'registry:bootstrap' | 'registry:propose' | 'registry:approve';

/** The operations of the contract, by name. */
export const REGISTRY: Operations<Names> = {
  'registry:adopt': async (tx, { request }) => {
    // A key that nobody writes: an unknown MSP id is refused, and founders who adopt at once do not race each other.
    for (const mspId of request.founders) await tx.hash(mspId, bookKey('founding', 'probe'));
    const caller = await tx.caller();
    const decision = adopt(request, caller);
    tx.expectOther('founding', FOUNDING_ID, caller.mspId, encodeRecord(foundingOf(request.founders)));
    return decision;
  },

  'registry:bootstrap': async (tx, { request }) => {
    const founding = sha256(encodeRecord(foundingOf(request.founders)));
    const decision = bootstrap(request, await tx.caller(), founding);
    await assertAdopted(tx, request.founders, founding);
    // Founding once more, even by the same founders, would undo every change of the founders since.
    await tx.expectUnpublished('registry', undefined, 'REGISTRY_FOUNDED');
    return decision;
  },

  'registry:propose': async (tx, { request }) => {
    await tx.expectUnpublished('proposal', request.proposalId, 'ID_TAKEN');
    return propose(request, await loadFacts(tx, request.changes));
  },

  'registry:approve': async (tx, { request }) => {
    const proposal = await tx.get('proposal', request.proposalId, 'NOT_FOUND');
    return approve(proposal, await loadFacts(tx, proposal.changes));
  },
};

async function loadFacts(tx: LedgerTransaction, changes: readonly Change[]): Promise<RegistryFacts> {
  const registry = await tx.get('registry', undefined, 'REGISTRY_NOT_FOUNDED');
  await assertAdopted(tx, changes.flatMap(organizationsIn), registry.founding);
  const parties = new Map();
  for (const id of changes.flatMap(partiesIn)) {
    const party = await tx.find('party', id);
    if (party !== undefined) parties.set(id, party);
  }
  const calendars = new Map();
  for (const change of changes) {
    const calendar = change.kind === 'calendar' ? await tx.find('calendar', change.calendar.id) : undefined;
    if (calendar !== undefined) calendars.set(calendar.id, calendar);
  }
  return {
    ...{ caller: await tx.caller(), registry, parties, calendars },
    banks: (await tx.find('banks')) ?? { schema: 'tenor.banks/1', mspIds: [] },
    businessDate: await tx.find('businessDate'),
    policies: (await tx.find('policies')) ?? { schema: 'tenor.policies/1', versions: [] },
  };
}

/** No party is bound to, and no founder is, an organisation whose own book lacks the founding. */
async function assertAdopted(tx: LedgerTransaction, mspIds: readonly string[], founding: string): Promise<void> {
  for (const mspId of new Set(mspIds)) {
    if ((await tx.hash(mspId, bookKey('founding', FOUNDING_ID))) !== founding)
      throw new TenorError('FOUNDING_MISSING', { mspId });
  }
}

function organizationsIn(change: Change): readonly string[] {
  if (change.kind === 'party') return [change.party.mspId];
  return change.kind === 'founders' ? change.founders : [];
}

function partiesIn(change: Change): readonly string[] {
  if (change.kind === 'party') return [change.party.id];
  return change.kind === 'operator' ? change.operator.parties : [];
}
