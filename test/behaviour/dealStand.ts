/** A step of the walk that is ready to be sent: its call, its plan, and its proposal. */
import { randomBytes } from 'node:crypto';
import type { Plan, Receipt, Tenor } from '@tenor/client';
import type { PartyName, World } from '../support/world.js';
import { foundersOf, walker, type Call, type Step } from './dealStep.js';

/** A proposal as it goes out. */
export interface Proposal {
  readonly argument: string;
  readonly transient: Readonly<Record<string, Uint8Array>>;
}

/** A step that stands ready, with the plan of its call. */
export interface Ready extends Call {
  readonly step: Step;
  readonly transient: Readonly<Record<string, Uint8Array>>;
  readonly by: Tenor;
  readonly plan: Plan;
  readonly endorsers: readonly string[];
  readonly openings: Readonly<Record<string, string>>;
}

/** Makes a step ready and plans it as the one who takes it. */
export async function stand(world: World, step: Step): Promise<Ready> {
  const call = await step.ready();
  const by = walker(world, step);
  const plan = await by.sender.plan(step.name, call.request, call.secret as never, randomBytes(32));
  const transient = Object.fromEntries(
    Object.entries(plan.transient).map(([field, text]) => [field, Buffer.from(text, 'base64')]),
  );
  const openings = JSON.parse(transient['openings']?.toString() ?? '{}') as Record<string, string>;
  const endorsers = step.books === undefined ? foundersOf(world) : booksOf(world, step.books);
  return { ...call, step, by, plan, transient, endorsers, openings };
}

/** MSP ids of parties, sorted and each once. */
export const booksOf = (world: World, names: readonly PartyName[]): string[] => [
  ...new Set(names.map((name) => world.people(name).mspId).sort()),
];

/** Sends a proposal as somebody. */
export const send = (
  { step: { name }, endorsers }: Ready,
  by: Tenor,
  { argument, transient }: Proposal,
): Promise<Receipt> => by.sender.submitOnce(name, argument, transient, endorsers);

/** The unspoiled proposal. */
export const asGiven = ({ request, transient }: Ready): Proposal => ({ argument: JSON.stringify(request), transient });

/** Blocks of the channel: where none is added, nothing was ordered. */
export const heightOf = async (world: World): Promise<number> =>
  (await world.ledger.blocks(world.people('bank').organization)).length;
