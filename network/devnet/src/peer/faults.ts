// What can be made wrong with one peer, for tests of those who depend on it.

export interface PeerFaults {
  /** It neither sends private data to other members nor gives them any when asked. */
  readonly withholdsPrivateData?: boolean;
  /** Its endorsements carry a signature that is not right. */
  readonly signsWrongly?: boolean;
  /** How far its clock is ahead, in milliseconds: what it thinks of timestamps and of expired identities. */
  readonly clockSkewMs?: number;
  /** It commits every block this much later than the others, in milliseconds. */
  readonly lagMs?: number;
  /** It takes calls and blocks, but does nothing about them until it is resumed. */
  readonly paused?: boolean;
}
