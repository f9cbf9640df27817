/** `batch:approve` */
import { approvalOf, assertPartyOf, assertTakes, assertUnexpired, joined, rowOf } from '../../domain/batches.js';
import { put, type Opened } from '../../domain/decision.js';
import { eachItem, firstOf } from '../../domain/items.js';
import { assertExchanged } from '../../domain/exchange.js';
import { assertFinanced, type Accepted } from '../../domain/financing.js';
import { counted } from '../../domain/fundingLimits.js';
import { isAllocated, isWithinReach, type VouchedLeg } from '../../domain/legs.js';
import { assertNets } from '../../domain/netting.js';
import type { HeldSlice } from '../../domain/vouched.js';
import { partyOf } from '../../ledger/pending.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { inOrder } from '../../protocol/batches.js';
import { canonicalJson } from '../../protocol/canonical.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { expectAllocated, openLeg } from '../batchLoaders.js';
import { openFunding } from '../funding.js';
import { implement } from '../implement.js';
import { eachOf, openSlice } from '../loaders.js';

export const approve = implement(commands.batch.approve, {
  load: async (tx, { request, secret }) => {
    const ids = inOrder(request.legIds);
    const legs = await eachOf(tx, ids, (id) => openLeg(tx, id));
    const opened = await Promise.all(ids.map((id) => tx.open('leg', id)));
    expectAllocated(tx, opened.map(rowOf));
    const { batchId } = firstOf(opened).record;
    const sliceIds = opened.flatMap(({ record }) => record.sliceId ?? []);
    const accepted = await openAccepted(tx, opened);
    return {
      ...{ legs, accepted },
      funding: await openFunding(tx, accepted, secret.party, opened),
      slices: await eachOf(tx, sliceIds, (id) => openSlice(tx, id)),
      party: partyOf(secret.party),
      earlier: await tx.openOrAbsent('approval', batchId, tx.mspId, 'APPROVAL_EXISTS'),
    };
  },
  actor: ({ party }) => ({ party, mspId: party.mspId }),
  decide: (_call, { legs, accepted, funding, slices, party, earlier, caller, today }) => {
    const { batchId, legIds } = firstOf(legs).record;
    eachItem(legs, ({ record }) => {
      if (record.batchId !== batchId) throw new TenorError('LEG_FOREIGN');
      assertPartyOf(record, party.id);
    });
    const before = earlier?.record.state === 'DECLINED' ? undefined : (earlier?.record.legs ?? []);
    if (before === undefined) throw new TenorError('APPROVAL_EXISTS');
    const records = legs.map(({ record }) => record);
    assertUnexpired(records, today);
    assertLocked(legs, slices, party.id);
    assertNets(records, slices, party.id);
    assertExchanged(legs, today);
    assertTakes(records, party.id);
    assertFinanced(records, party.id, accepted);
    const said = legs.map((leg) => ({
      ...{ row: rowOf(leg), gives: leg.record.sender === party.id, takes: leg.record.receiver === party.id },
    }));
    const approved = joined(before, said);
    if (canonicalJson(approved) === canonicalJson(before)) throw new TenorError('APPROVAL_EXISTS');
    const expiresOn = records.map((each) => each.expiresOn).sort()[0] ?? today;
    return [
      put('approval', batchId, approvalOf(batchId, caller.mspId, approved)),
      ...counted(funding, accepted, { legIds, expiresOn }),
    ];
  },
});

/** What the legs promise is locked for them, and whoever takes it and pays its holder can have it without the holder. @throws TenorError NOT_FOR_RECEIVER */
function assertLocked(legs: readonly VouchedLeg[], slices: readonly HeldSlice[], party: string): void {
  eachItem(legs, (leg) => {
    const held = slices.find(({ slice }) => slice.id === leg.record.sliceId);
    if (held === undefined) return;
    const isReached = leg.record.receiver !== party || isWithinReach(leg, held, legs);
    if (!isAllocated(leg, held) || !isReached) throw new TenorError('NOT_FOR_RECEIVER');
  });
}

/** What was accepted, if one of the legs carries it out. A party that only pays interest does not see it. */
async function openAccepted(tx: LedgerTransaction, legs: readonly Opened<'leg'>[]): Promise<Accepted | undefined> {
  const named = legs.find(({ record }) => record.financing !== undefined)?.record.financing;
  if (named === undefined) return undefined;
  const acceptance = await tx.open('acceptance', named, registerOf(named));
  return { acceptance, quote: await tx.open('quote', acceptance.record.quoteId) };
}
