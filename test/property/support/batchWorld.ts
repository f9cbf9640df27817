/** Where batches are made in memory: seven organisations, and slices that two banks keep. */
import { claimIdOf } from '../../../client/src/ids.js';
import { claimInput, contentOf, lineInput, offerEndOf } from '../../deal/inputs.js';
import { offerSlice } from '../../commands/support/steps.js';
import { LEI, MemoryWorld, PARTIES, type PartyName } from './memoryWorld.js';

/** Everybody, with three banks. */
export const TRADERS: readonly PartyName[] = [...PARTIES, 'secondBank', 'thirdBank'];
/** Amount of every slice. */
export const PART = 100n;
const PARTS = 3;

/** Who keeps a register of slices here. */
export type Keeper = 'bank' | 'secondBank';

/** A slice, and who holds it first. */
export interface Piece {
  readonly id: string;
  readonly register: Keeper;
  readonly certificateId: string;
  readonly holder: PartyName;
}

/** A certificate of the issuer that a bank confirms, in the supplier's hands, in equal parts. */
async function issuedBy(world: MemoryWorld, bank: Keeper): Promise<Piece[]> {
  const face = (PART * BigInt(PARTS)).toString();
  const lineId = world.id(bank);
  await world.actWithTicket(bank, 'line:open', {
    ...{ ...lineInput(world, { limit: face }), lineId, ticketId: world.id(bank), bank: LEI[bank] },
  });
  const claimed = {
    ...claimInput(world, world.reference(), face),
    ...{ reservationId: world.id(bank, 'issuer'), bank: LEI[bank] },
  };
  await world.act('issuer', 'maker', 'document:claim', claimed);
  await world.act(bank, 'checker', 'document:confirm', { reservationId: claimed.reservationId });
  const certificateId = world.id(bank, 'issuer');
  const content = contentOf(world, claimIdOf(claimed), face, { bank: LEI[bank] });
  await world.act('issuer', 'maker', 'certificate:draft', { certificateId, ...content });
  await world.act('issuer', 'checker', 'certificate:submit', { certificateId });
  const confirmed = { lineId, certificateIds: [certificateId], ticketId: world.id(bank) };
  await world.actWithTicket(bank, 'certificate:confirm', confirmed);
  await world.act(bank, 'checker', 'certificate:offer', { certificateId, expiresOn: offerEndOf(world) });
  const sliceId = world.id(bank, 'supplier');
  await world.act('supplier', 'checker', 'certificate:accept', { items: [{ certificateId, sliceId }] });
  const partIds = Array.from({ length: PARTS }, () => world.id(bank, 'supplier'));
  await world.act('supplier', 'maker', 'slice:split', {
    sliceId,
    partIds,
    amounts: partIds.map(() => PART.toString()),
  });
  return partIds.map((id) => ({ id, register: bank, certificateId, holder: 'supplier' }));
}

/** The world, and slices of the supplier and of the contractor in the books of both banks. */
export async function batchWorld(): Promise<{ readonly world: MemoryWorld; readonly pieces: readonly Piece[] }> {
  const world = await MemoryWorld.found(TRADERS);
  const pieces: Piece[] = [];
  for (const bank of ['bank', 'secondBank'] as const) {
    const [first, ...others] = await issuedBy(world, bank);
    if (first === undefined) throw new Error('a certificate has parts');
    await world.act('contractor', 'maker', 'slice:accept', await offerSlice(world, first.id));
    pieces.push({ ...first, holder: 'contractor' }, ...others);
  }
  return { world, pieces };
}
