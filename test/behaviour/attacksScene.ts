/**
 * What the attackers find: a line, and certificates at every stage.
 *
 *   live      accepted; its slice is split into `kept` and `small` (both the supplier's) and `passed` (the contractor's)
 *   offered   accepted; its slice is on offer to the contractor
 *   pending   submitted, not confirmed
 *   unwound   confirmed, declined by the payee, unwound
 *   rejected  rejected by the bank, unwound
 */
import type { BookKind, BookRecord } from '@tenor/client';
import {
  accept,
  claimInvoice,
  confirm,
  offer,
  offerSlice,
  openLine,
  split,
  submitCertificate,
  transfer,
} from '../support/deal.js';
import { under, type Under } from '../support/attackForgery.js';
import type { World } from '../support/world.js';
import { type PartyName } from '../support/world.js';
import { viewOf } from './dealBooks.js';
import { addParties } from './lifecycleParties.js';

/** Ids of the scene, and the world it is in. */
export interface Scene {
  readonly world: World;
  readonly lineId: string;
  readonly live: string;
  /** The terms of `live`. */
  readonly terms: Under;
  readonly claimId: string;
  /** A document that backs nothing yet. */
  readonly free: string;
  readonly kept: string;
  readonly small: string;
  readonly passed: string;
  readonly offered: string;
  readonly onOffer: string;
  readonly pending: string;
  readonly unwound: string;
  readonly rejected: string;
}

/** Face of each certificate. */
export const FACE = '100000';
/** Amounts of the parts of `live`. */
export const PARTS = { kept: '50000', small: '20000', passed: '30000' } as const;

/** Plays the scene. */
export async function setScene(world: World): Promise<Scene> {
  await addParties(world);
  const lineId = await openLine(world, { limit: '1000000' });
  const free = await claimInvoice(world, FACE);
  const [live, offered, pending, unwound, rejected] = [
    await submitCertificate(world, FACE),
    await submitCertificate(world, FACE),
    await submitCertificate(world, FACE),
    await submitCertificate(world, FACE),
    await submitCertificate(world, FACE),
  ];
  await confirm(world, lineId, [live, offered, unwound]);
  for (const id of [live, offered, unwound]) await offer(world, id);
  const [kept = '', small = '', passed = ''] = await split(world, await accept(world, live), Object.values(PARTS));
  await transfer(world, passed);
  const onOffer = await accept(world, offered);
  await offerSlice(world, onOffer);
  await world.people('supplier').checker.certificate.decline({ certificateId: unwound });
  const bank = world.people('bank').checker;
  await bank.certificate.unwind({ certificateId: unwound });
  await bank.certificate.reject({ certificateId: rejected });
  await bank.certificate.unwind({ certificateId: rejected });
  const { record } = await viewOf(world, 'bank', 'face', live);
  const claimId = record.claims[0]?.claimId ?? '';
  const terms = under(live, (await viewOf(world, 'bank', 'terms', live)).opening);
  return {
    world,
    lineId,
    live,
    terms,
    claimId,
    free,
    kept,
    small,
    passed,
    offered,
    onOffer,
    pending,
    unwound,
    rejected,
  };
}

/** The two who hold parts of `live`: one that lives apart from the bank, so that the two are not one actor, and the other one. */
export interface Holders {
  readonly holder: Holder;
  readonly slice: string;
  readonly amount: string;
  readonly other: Holder;
  readonly otherSlice: string;
}
type Holder = 'supplier' | 'contractor';

/** Who they are where these parties are hosted. */
export function holdersOf({ world, kept, passed }: Scene): Holders {
  return world.together('bank', 'supplier')
    ? { holder: 'contractor', slice: passed, amount: PARTS.passed, other: 'supplier', otherSlice: kept }
    : { holder: 'supplier', slice: kept, amount: PARTS.kept, other: 'contractor', otherSlice: passed };
}

/** Opening of a record as a party's own book has it, in the form of the transient field `openings`. */
export async function openingsOf(
  world: World,
  name: PartyName,
  ...keys: readonly (readonly [BookKind, string])[]
): Promise<Record<string, string>> {
  const openings: Record<string, string> = {};
  for (const [kind, id] of keys) openings[`${kind}/${id}`] = (await viewOf(world, name, kind, id)).opening;
  return openings;
}

/** A forged record as an opening. */
export const openingOf = (
  kind: BookKind,
  record: BookRecord<BookKind> & { readonly id: string },
): Record<string, string> => ({
  [`${kind}/${record.id}`]: JSON.stringify(record),
});
