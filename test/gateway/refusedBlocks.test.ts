/** Blocks that are refused altogether, on devnet. Closed books are looked at on networks that other suites have started. */
import { devnetDriver } from '@tenor/network';
import { shouldSayThatBlocksAreRefused } from '../behaviour/refusedBlocks.js';

shouldSayThatBlocksAreRefused(devnetDriver);
