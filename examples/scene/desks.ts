/** Everybody's own book, as a desk reads it at the end of a day. */
import { readDesk, type Desk } from '@tenor/client';
import type { Scene } from './scene.js';

/** The own book of a party. */
export const deskOf = (scene: Scene, key: string): Promise<Desk> => scene.read(key, readDesk);

/** The books of all parties, by their names. */
export async function desksOf(scene: Scene): Promise<ReadonlyMap<string, Desk>> {
  const desks = new Map<string, Desk>();
  for (const { key, name } of scene.cast.parties) desks.set(name, await deskOf(scene, key));
  return desks;
}
