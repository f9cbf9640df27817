/** Places that the call of a scene takes in the books of others. */
import { placeKey, placesFor, takenOn } from '../../../chaincode/src/ledger/intake.js';
import { dateIn, isPlace, SALTED, simulated, type Change, type Scene } from './scene.js';

interface Otherwise {
  /** The date on which the places were taken, where that is not today. */
  readonly date?: string;
  /** The command or the organisation that took them, where that is not the one of the scene. */
  readonly command?: string;
  readonly senderMsp?: string;
  /** Places that are left, in the order in which the call looks at them. */
  readonly but?: readonly number[];
}

/** Every place at which the call looks in a book was taken by calls like it, today. */
export const crowded =
  (mspId: string, { date, but = [], ...otherwise }: Otherwise = {}): Change =>
  (scene) => {
    const own = { command: scene.name, senderMsp: scene.caller.mspId, seed: SALTED, today: dateIn(scene) };
    const places = [...placesFor(own)]
      .filter((_, turn) => !but.includes(turn))
      .map((place): [string, string] => [
        `${mspId} ${placeKey({ ...own, ...otherwise }, place)}`,
        takenOn(date ?? own.today),
      ]);
    return { ...scene, standing: { ...scene.standing, ...Object.fromEntries(places) } };
  };

/** The books in which a scene that is taken takes a place: by which command, of whom, and what it writes there. */
export async function enteredBy(scene: Scene): Promise<Readonly<Record<string, string>>> {
  const { writes } = await simulated(scene);
  const places = [...writes].filter(([place]) => isPlace(place));
  return Object.fromEntries(
    places.map(([place, { bytes }]) => {
      const [, mspId = '', command = '', sender = ''] =
        /_implicit_org_(.*)\u0000own\/intake\/(.*)~(.*)~\d+$/.exec(place) ?? [];
      return [mspId, `${command} of ${sender}: ${String(bytes?.toString())}`];
    }),
  );
}

/** What it must take: one place in each of those books. */
export const placesIn = (scene: Scene, mspIds: readonly string[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(
    mspIds.map((mspId) => [
      mspId,
      `${scene.name} of ${scene.caller.mspId}: {"date":"${dateIn(scene)}","schema":"tenor.intake/1"}`,
    ]),
  );
