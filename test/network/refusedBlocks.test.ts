/** Blocks that are refused altogether, on real Fabric. Closed books are looked at on networks that other suites have started. */
import { fabricDriver } from '@tenor/network';
import { shouldSayThatBlocksAreRefused } from '../behaviour/refusedBlocks.js';

shouldSayThatBlocksAreRefused(fabricDriver);
