/** A story that takes every command at least once: for golden records, repeats, and runs on other machines. */
import { ALL } from '../../commands/cases.js';
import { play } from '../../commands/support/play.js';
import { drafted, issued, offerSlice, openLine, pay, presented, submitted } from '../../commands/support/steps.js';
import { acknowledgeInput, dueOf, reportInput } from '../../deal/inputs.js';
import { mspOf, type MemoryWorld } from './memoryWorld.js';
import { settledBatches } from './storyBatches.js';

/** Tells it from the founding on. The world has a registry already. */
export async function tellStory(world: MemoryWorld): Promise<void> {
  for (const each of ALL) if (each.unfounded !== true) await play(world, each);
  await confirmedAtOnce(world);
  await rejected(world);
  await passedOn(world);
  await paidInParts(world);
  await paidInSpiteOfReturn(world);
  await settledBatches(world);
  await datesVotedOn(world);
}

/** On a line that confirms what is submitted. */
async function confirmedAtOnce(world: MemoryWorld): Promise<void> {
  const lineId = await openLine(world, '5000', true);
  await world.act('issuer', 'checker', 'certificate:submit', { certificateId: await drafted(world, '900'), lineId });
}

async function rejected(world: MemoryWorld): Promise<void> {
  const certificateId = await submitted(world, '700');
  await world.act('bank', 'maker', 'certificate:reject', { certificateId });
  await world.act('bank', 'maker', 'certificate:unwind', { certificateId });
}

/** Declined behind the holder's back, taken back by the holder, offered again, taken, and split by the new holder. */
async function passedOn(world: MemoryWorld): Promise<void> {
  const { sliceId } = await issued(world, '1000');
  await world.act('contractor', 'maker', 'slice:decline', { ...(await offerSlice(world, sliceId)), books: 'register' });
  const record = await world.bytesOf('bank', 'slice', sliceId);
  await world.act('supplier', 'maker', 'book:restore', { kind: 'slice', id: sliceId, register: mspOf('bank'), record });
  await world.act('contractor', 'maker', 'slice:accept', await offerSlice(world, sliceId));
  const partIds = [world.id('bank', 'contractor'), world.id('bank', 'contractor')];
  await world.act('contractor', 'maker', 'slice:split', { sliceId, partIds, amounts: ['400', '600'] });
}

/** Counted in two parts: the second count opens what the first one wrote. */
async function paidInParts(world: MemoryWorld): Promise<void> {
  const date = dueOf(world);
  const { certificateId, sliceId } = await issued(world, '1000');
  const partIds = [world.id('bank', 'supplier'), world.id('bank', 'supplier')];
  await world.act('supplier', 'maker', 'slice:split', { sliceId, partIds, amounts: ['400', '600'] });
  await world.moveTo(date);
  for (const [part, amount] of [
    [partIds[0], '400'],
    [partIds[1], '600'],
  ] as const) {
    await pay(world, 'supplier', [part ?? ''], amount);
    await world.act('bank', 'checker', 'certificate:redeem', { certificateId, sliceIds: [part ?? ''] });
  }
}

/** The payee has the money, whatever its bank says. */
async function paidInSpiteOfReturn(world: MemoryWorld): Promise<void> {
  const date = dueOf(world);
  const { sliceId } = await issued(world, '1000');
  await world.moveTo(date);
  const payment = await presented(world, 'supplier', [sliceId], '1000');
  await world.act('bank', 'checker', 'payment:report', reportInput(payment));
  const input = { ...acknowledgeInput(world, 'supplier', payment), inSpiteOfReturn: true };
  await world.prepare('supplier', 'presentment:acknowledge', input);
  await world.act('supplier', 'checker', 'presentment:acknowledge', input);
}

/** A step of the date, which keeps the day that its client claims. The calls of a world are all of its first days. */
async function datesVotedOn(world: MemoryWorld): Promise<void> {
  await world.moveTo('2026-11-23');
  const changes = [{ kind: 'businessDate' as const, date: '2026-11-24' }];
  await world.act('bank', 'maker', 'registry:propose', { proposalId: world.id('bank'), changes });
}
