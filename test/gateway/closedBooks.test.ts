/** Closed books of three organisations on devnet, and blocks that are refused altogether. The other topologies: overTheWire.ts. */
import { devnetDriver } from '@tenor/network';
import { shouldCloseBooks } from '../behaviour/closedBooks.js';
import { shouldSayThatBlocksAreRefused } from '../behaviour/refusedBlocks.js';
import { shareNetwork } from '../support/engines.js';

shouldCloseBooks('three-org', shareNetwork(devnetDriver, 'three-org').running);
shouldSayThatBlocksAreRefused(devnetDriver);
