/**
 * How much one organisation's people can have endorsed into another one's book without having been asked. Each call takes a place there:
 * one of a fixed number for each command and sender. A place holds the business date on which it was taken, so that it is free again on the
 * next one and nothing has to release it. Everybody sees by its hash whether it is taken (docs/decisions/0029).
 */
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import { encodeRecord, hmac, sha256 } from './codec.js';
import { ownKey } from './keys.js';
import type { EncodedWrite } from './writes.js';

/** A call that puts something new into the books of others. */
export interface Newcomer {
  readonly command: string;
  /** MSP id of the organisation whose people call. */
  readonly senderMsp: string;
  /** The seed of the call. It spreads the calls over the places. */
  readonly seed: Uint8Array;
  /** The business date. */
  readonly today: string;
}

/** Key of one place. */
export const placeKey = ({ command, senderMsp }: Newcomer, place: number): string =>
  ownKey('intake', `${command}~${senderMsp}~${String(place)}`);

/** What stands under the key of a place that is taken on that date. */
export const takenOn = (date: string): string => encodeRecord({ schema: 'tenor.intake/1', date });

/**
 * The places at which a call looks, in its order. Each is drawn by itself. If every call went on to the next number, taken places would stand
 * in long runs, and it would take many more looks to find the last free ones.
 */
export function* placesFor({ seed, command }: Newcomer): Generator<number> {
  for (let turn = 0; turn < LIMITS.intakeTries; turn++) {
    const drawn = hmac(seed, `intake/${command}/${String(turn)}`);
    yield Number.parseInt(drawn.slice(0, 12), 16) % LIMITS.intakePlaces;
  }
}

/** Takes the first free place in a book. @throws TenorError QUOTA_REACHED */
export async function takePlace(
  mspId: string,
  newcomer: Newcomer,
  hash: (key: string) => Promise<string>,
): Promise<EncodedWrite> {
  const bytes = takenOn(newcomer.today);
  const taken = sha256(bytes);
  for (const place of placesFor(newcomer)) {
    const key = placeKey(newcomer, place);
    if ((await hash(key)) !== taken) return { mspId, key, bytes, policy: undefined };
  }
  const { command } = newcomer;
  throw new TenorError('QUOTA_REACHED', { mspId, command, limit: String(LIMITS.intakePlaces) });
}
