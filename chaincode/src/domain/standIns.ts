/**
 * Who speaks for the payee of a leg that was paid and stays silent. A stand-in has no part in the batch: it is none of those who gain or lose by the payment,
 * and lives with none of them.
 */
import { TenorError } from '../protocol/errors.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';
import type { Policy, PublicRecord, SheetRow, StandIn } from '../protocol/records/index.js';
import { memberMspsOf } from './batches.js';
import type { Opened } from './decision.js';
import { standInFor } from './presentments.js';

/** Who registers and who sends the legs of a batch: their ids say it before any of them is instructed. */
const knownMspsOf = (legIds: readonly string[]): readonly string[] =>
  legIds.flatMap((id) => [registerOf(id), drawerOf(id)]);

/** What an instruction knows of its batch. */
interface Instruction {
  readonly legIds: readonly string[];
  /** Organisations of payer, payee and their banks. */
  readonly sides: readonly string[];
  /** Organisations that leave. */
  readonly leaving: readonly string[];
}

/** The stand-in of a leg: the first of the policy that is apart from all whom its instruction can know. */
export const standInOfLeg = (
  policy: Policy | undefined,
  { legIds, sides, leaving }: Instruction,
): StandIn | undefined => standInFor(policy, [...sides, ...leaving, ...knownMspsOf(legIds)]);

/** A leg names only whom a policy has named, and who has no part in what the leg says. @throws TenorError OPENING_MISMATCH */
export function assertStandIn({ id, record }: Opened<'leg'>, policies: PublicRecord<'policies'> | undefined): void {
  const { what, cash, senderMsp, receiverMsp, legIds } = record;
  if (cash?.standIn === undefined) return;
  const { party, mspId } = cash.standIn;
  const isListed = policies?.versions.some(({ standIns }) =>
    standIns.some((each) => each.party === party && each.mspId === mspId),
  );
  const sides = [senderMsp, receiverMsp, cash.payerBankMsp, cash.payeeBankMsp, ...knownMspsOf(legIds)];
  if (what !== 'CREDIT' || isListed !== true || sides.includes(mspId))
    throw new TenorError('OPENING_MISMATCH', { kind: 'leg', id });
}

/** The organisation whose word counts as that of the payee of a row. Whoever takes part in the batch by any of its legs is none. */
export const standInOf = ({ standInMsp }: SheetRow, sheet: readonly SheetRow[]): string | undefined =>
  standInMsp !== undefined && !memberMspsOf(sheet).includes(standInMsp) ? standInMsp : undefined;

/** Who signs together with the receiver in place of the holder of a slice. */
export interface Prover {
  readonly proverMsp: string;
  /** The leg for which it stands in. */
  readonly counterValue?: { readonly id: string; readonly legHash: string };
}

/**
 * Who proves that the holder of a slice was paid, apart from the bank of the slice and from the two who give and take it: the register of the leg that pays, or in its
 * place the stand-in of that leg.
 */
export function proverOf(
  paid: Pick<SheetRow, 'id'> | SheetRow,
  sides: readonly string[],
  legIds: readonly string[],
): Prover | undefined {
  const register = registerOf(paid.id);
  if (!sides.includes(register)) return { proverMsp: register };
  if (!('legHash' in paid) || paid.standInMsp === undefined) return undefined;
  const { id, legHash, standInMsp } = paid;
  const others = [...sides, ...knownMspsOf(legIds), ...memberMspsOf([paid])];
  return others.includes(standInMsp) ? undefined : { proverMsp: standInMsp, counterValue: { id, legHash } };
}
