/** A story that takes every transaction at least once: for golden records, repeats, and runs on other machines. */
import { mspOf, LEI, DUE, type MemoryWorld } from './memoryWorld.js';
import { claim, draft, issued, openLine, pay, submitted } from './memoryDeal.js';

const EXPIRES = '2026-12-15';

/** Tells it from the founding on. The world has a registry already. */
export async function tellStory(world: MemoryWorld): Promise<void> {
  await notConfirmed(world);
  await notAccepted(world);
  await confirmedAtOnce(world);
  await heldAndPaid(world);
}

async function notConfirmed(world: MemoryWorld): Promise<void> {
  const certificateId = await submitted(world, '700');
  await world.act('bank', 'maker', 'certificate:reject', { certificateId });
  await world.act('bank', 'maker', 'certificate:unwind', { certificateId });
}

async function notAccepted(world: MemoryWorld): Promise<void> {
  const lineId = await openLine(world, '5000');
  const certificateId = await submitted(world, '700');
  await world.actWithTicket('bank', 'certificate:confirm', {
    certificateIds: [certificateId],
    lineId,
    ticketId: world.id('bank'),
  });
  await world.act('bank', 'maker', 'certificate:offer', { certificateId, expiresOn: EXPIRES });
  await world.act('supplier', 'maker', 'certificate:decline', { certificateId });
  await world.act('bank', 'maker', 'certificate:unwind', { certificateId });
}

async function confirmedAtOnce(world: MemoryWorld): Promise<void> {
  const lineId = await openLine(world, '5000', true);
  const certificateId = await draft(world, await claim(world, world.reference(), '900'), '900');
  await world.act('issuer', 'checker', 'certificate:submit', { certificateId, lineId });
}

async function heldAndPaid(world: MemoryWorld): Promise<void> {
  const { certificateId, sliceId } = await issued(world, '1000');
  const [kept, passed] = [world.id('bank', 'supplier'), world.id('bank', 'supplier')];
  await world.act('supplier', 'maker', 'slice:split', {
    sliceId,
    partIds: [kept, passed],
    amounts: ['400', '600'],
  });
  const offered = await offerSlice(world, passed);
  await world.act('contractor', 'maker', 'slice:decline', { sliceId: passed, transferId: offered });
  const transferId = await offerSlice(world, passed);
  await world.act('contractor', 'maker', 'slice:accept', { sliceId: passed, transferId });
  await restoreSlice(world, passed);
  await world.moveTo(DUE);
  await pay(world, 'supplier', [kept], '400');
  await world.act('bank', 'checker', 'certificate:redeem', { certificateId, sliceIds: [kept] });
  await pay(world, 'contractor', [passed], '600');
  await world.act('bank', 'checker', 'certificate:redeem', { certificateId, sliceIds: [passed] });
}

/** Offers the supplier's slice to the contractor. */
export async function offerSlice(world: MemoryWorld, sliceId: string, expiresOn = EXPIRES): Promise<string> {
  const transferId = world.reference();
  const input = { sliceId, transferId, ticketId: world.id('supplier'), transferee: LEI.contractor, expiresOn };
  await world.actWithTicket('supplier', 'slice:offer', input);
  return transferId;
}

/** The supplier takes the current bytes of a slice that it passed on, as the contractor hands them over. */
async function restoreSlice(world: MemoryWorld, id: string): Promise<void> {
  const register = mspOf('bank');
  const isIt = ({ collection, key }: { readonly collection: string; readonly key: string }): boolean =>
    collection === `_implicit_org_${register}` && key === `own/slice/${id}`;
  const record = world.ledger.entries().find(isIt)?.bytes ?? '';
  await world.act('supplier', 'maker', 'book:restore', { kind: 'slice', id, register, record });
}
