/** The channel's access list: which policy guards which service of a peer. It keeps the books of the organisations closed. */
import { UsageError } from '../driver.js';
import type { AccessSpec, Topology } from '../topology.js';

/** The resource that a peer asks for before it delivers whole blocks, with or without the private values beside them. */
export const BLOCK_EVENTS = 'event/Block';

/**
 * The policy that guards this resource, and its rule. A request for blocks carries one signature. So with two organisations or more
 * nobody satisfies it, neither clients nor administrators nor peers. One of two organisations would satisfy `ANY`.
 */
export const NOBODY = 'BlockEvents';
const CLOSED: AccessSpec = { policies: { [NOBODY]: 'ALL Admins' }, list: { [BLOCK_EVENTS]: NOBODY } };

const OPEN: AccessSpec = { policies: {}, list: {} };

/**
 * Policies and entries of a topology's access list.
 * @throws UsageError when its books are to be closed and cannot be: one administrator alone would meet the policy
 */
export function accessOf({ name, organizations, blockEvents = 'closed', access = OPEN }: Topology): AccessSpec {
  if (blockEvents === 'closed' && organizations.length < 2) {
    throw new UsageError(
      `Topology ${name} has ${String(organizations.length)} organisation. Its administrator alone would satisfy the policy ` +
        "that should keep whole blocks from everybody. Give it two or more organisations, or set blockEvents: 'open'.",
    );
  }
  const { policies, list } = blockEvents === 'closed' ? CLOSED : OPEN;
  // What closes the books comes last: no other entry takes its place.
  return { policies: { ...access.policies, ...policies }, list: { ...access.list, ...list } };
}
