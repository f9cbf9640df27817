// What can be made wrong with one peer, for tests of those who depend on it.
import type { Scheduler } from '../scheduler.js';

/** Every part that is left out is as it should be. */
export interface PeerFaults {
  /** It neither sends private data to other members nor gives them any when asked. */
  readonly withholdsPrivateData?: boolean;
  /** Its endorsements carry a signature that is not right. */
  readonly signsWrongly?: boolean;
  /** How far its clock is ahead, in milliseconds: what it thinks of timestamps and of expired identities. */
  readonly clockSkewMs?: number;
  /** It commits every block this much later than the others, in milliseconds; with a seed, in steps of the others. */
  readonly lagMs?: number;
  /** It takes calls and blocks, but does nothing about them until it is resumed. */
  readonly paused?: boolean;
}

/** The places in a peer's work before which it can be made to crash. */
export const PEER_STEPS = ['simulate', 'distribute', 'endorse', 'commit', 'announce'] as const;
export type PeerStep = (typeof PEER_STEPS)[number];

/** The faults of one peer, and where they take hold: at each step of its work. */
export class FaultGate {
  #faults: PeerFaults = {};
  #resumed: Promise<void> | undefined;
  #resume: () => void = () => undefined;
  #crash: { readonly step: PeerStep; left: number } | undefined;
  readonly #scheduler: Scheduler;
  readonly #stop: () => void;

  constructor(scheduler: Scheduler, stop: () => void) {
    this.#scheduler = scheduler;
    this.#stop = stop;
  }

  get current(): PeerFaults {
    return this.#faults;
  }

  /** Puts these faults in the place of those before. */
  set(faults: PeerFaults): void {
    this.#faults = faults;
    if (faults.paused === true) {
      this.#resumed ??= new Promise((resolve) => {
        this.#resume = resolve;
      });
    } else {
      this.#resume();
      this.#resumed = undefined;
    }
  }

  /** The peer is to stop when it comes to this step for the n-th time from now on. */
  crashAt(step: PeerStep, occurrence: number): void {
    this.#crash = { step, left: occurrence };
  }

  /** Waits while the peer is paused, and for its turn. Throws when this is where it crashes. */
  async pass(step: PeerStep): Promise<void> {
    await this.#resumed;
    if (step === 'commit' && this.#faults.lagMs !== undefined) {
      await this.#scheduler.delay(this.#faults.lagMs);
    }
    await this.#scheduler.turn();
    if (this.#crash?.step === step) {
      this.#crash.left -= 1;
      if (this.#crash.left === 0) {
        this.#crash = undefined;
        this.#stop();
        throw new Error(`the peer has crashed before it could ${step}`);
      }
    }
  }
}
