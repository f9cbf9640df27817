/** Closed books of three organisations on real Fabric, and blocks that are refused altogether. The other topologies: overTheWire.ts. */
import { fabricDriver } from '@tenor/network';
import { shouldCloseBooks } from '../behaviour/closedBooks.js';
import { shouldSayThatBlocksAreRefused } from '../behaviour/refusedBlocks.js';
import { shareNetwork } from '../support/engines.js';

shouldCloseBooks('three-org', shareNetwork(fabricDriver, 'three-org').running);
shouldSayThatBlocksAreRefused(fabricDriver);
