/** The network that a deal is played on: a peer for each organisation that the deal names. */
import { topologyOf, type Topology } from '@tenor/network';
import type { Deal } from './deal.js';

/** The network of a deal's organisations, in the order of its parties. */
export const dealTopology = ({ name, parties }: Pick<Deal, 'name' | 'parties'>): Topology =>
  topologyOf(
    name,
    parties.map(({ organization }) => organization),
  );
