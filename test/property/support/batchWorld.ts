/** Where batches are made in memory: seven organisations, and slices that two banks keep. */
import { claimIdOf } from '../../../client/src/ids.js';
import { claimInput, contentOf, DUE, lineInput, offerEndOf } from '../../deal/inputs.js';
import { offerSlice } from '../../commands/support/steps.js';
import { LEI, MemoryWorld, mspOf, PARTIES, type PartyName } from './memoryWorld.js';

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
  readonly issuer: PartyName;
  readonly holder: PartyName;
  /** Its payment date. */
  readonly dueOn: string;
}

/** Who promises to pay whom, confirmed by which bank, and when. */
type Promised = Omit<Piece, 'id' | 'certificateId'>;

/** What is promised: by the issuer through both banks, for different days, and to the issuer itself. */
const PROMISED: readonly Promised[] = [
  { register: 'bank', issuer: 'issuer', holder: 'supplier', dueOn: DUE },
  { register: 'secondBank', issuer: 'issuer', holder: 'supplier', dueOn: '2027-03-08' },
  { register: 'bank', issuer: 'contractor', holder: 'issuer', dueOn: DUE },
];

/** A certificate that a bank confirms, in its payee's hands, in equal parts. */
async function issuedBy(world: MemoryWorld, promised: Promised): Promise<Piece[]> {
  const { register: bank, issuer, holder, dueOn } = promised;
  const face = (PART * BigInt(PARTS)).toString();
  const lineId = world.id(bank);
  await world.actWithTicket(bank, 'line:open', {
    ...{ ...lineInput(world, { limit: face }), lineId, ticketId: world.id(bank), bank: LEI[bank], issuer: LEI[issuer] },
  });
  const claimed = {
    ...{ ...claimInput(world, world.reference(), face), reservationId: world.id(bank, issuer) },
    ...{ bank: LEI[bank], issuer: LEI[issuer], seller: LEI[holder] },
  };
  await world.act(issuer, 'maker', 'document:claim', claimed);
  await world.act(bank, 'checker', 'document:confirm', { reservationId: claimed.reservationId });
  const certificateId = world.id(bank, issuer);
  const parties = { bank: LEI[bank], issuer: LEI[issuer], payee: LEI[holder] };
  const content = contentOf(world, claimIdOf(claimed), face, { ...parties, dueDate: dueOn });
  await world.act(issuer, 'maker', 'certificate:draft', { certificateId, ...content });
  await world.act(issuer, 'checker', 'certificate:submit', { certificateId });
  const confirmed = { lineId, certificateIds: [certificateId], ticketId: world.id(bank) };
  await world.actWithTicket(bank, 'certificate:confirm', confirmed);
  await world.act(bank, 'checker', 'certificate:offer', { certificateId, expiresOn: offerEndOf(world) });
  const sliceId = world.id(bank, holder);
  await world.act(holder, 'checker', 'certificate:accept', { items: [{ certificateId, sliceId }] });
  const partIds = Array.from({ length: PARTS }, () => world.id(bank, holder));
  const amounts = partIds.map(() => PART.toString());
  await world.act(holder, 'maker', 'slice:split', { sliceId, partIds, amounts });
  return partIds.map((id) => ({ ...promised, id, certificateId }));
}

/** Two of the suppliers owe each other: what either has issued, the other may hold. */
const BOTH_WAYS: readonly PartyName[] = ['issuer', 'contractor'];

/** The world, and slices of the supplier, of the contractor and of the issuer in the books of both banks. */
async function built(): Promise<BatchWorld> {
  const world = await MemoryWorld.found(TRADERS);
  await world.decide(
    BOTH_WAYS.map((name) => ({
      kind: 'party',
      party: {
        ...{ id: LEI[name], name, mspId: mspOf(name), roles: ['issuer', 'supplier'], sme: false, status: 'ACTIVE' },
      },
    })),
  );
  const pieces: Piece[] = [];
  for (const promised of PROMISED) {
    const [first, ...others] = await issuedBy(world, promised);
    if (first === undefined) throw new Error('a certificate has parts');
    if (promised.holder === 'supplier') {
      await world.act('contractor', 'maker', 'slice:accept', await offerSlice(world, first.id));
      pieces.push({ ...first, holder: 'contractor' }, ...others);
    } else pieces.push(first, ...others);
  }
  return { world, pieces };
}

/** A world in which batches are made. */
export interface BatchWorld {
  readonly world: MemoryWorld;
  readonly pieces: readonly Piece[];
}

let kept: Promise<BatchWorld> | undefined;

/** It is founded once. Whoever changes it takes a clone. */
export const batchWorld = (): Promise<BatchWorld> => (kept ??= built());
