/** A quote of the bank for a slice of the supplier, good until today. */
import type { Input } from '../../../client/src/input.js';
import { acceptanceInput, financingInput, quoteInput } from '../../deal/inputs.js';
import type { MemoryWorld } from './memoryWorld.js';

/** Asks for one, and gets it. */
export async function quoted(
  world: MemoryWorld,
  sliceId: string,
): Promise<{ readonly requestId: string; readonly quoteId: string }> {
  const asked = financingInput(world, [sliceId]);
  await world.act('supplier', 'maker', 'financing:request', asked);
  const quote = { ...quoteInput(world, asked.requestId), fee: '0', validUntil: world.date };
  await world.actWithTicket('bank', 'financing:quote', quote);
  return { requestId: asked.requestId, quoteId: quote.quoteId };
}

/** Its acceptance, for which the ticket is there. */
export async function financed(
  world: MemoryWorld,
  asked: { readonly requestId: string; readonly quoteId: string },
): Promise<Input<'financing:accept'>> {
  const input = acceptanceInput(world, asked);
  await world.prepare('supplier', 'financing:accept', input);
  return input;
}
