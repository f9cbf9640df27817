/** Closed books on real Fabric, and blocks that are refused altogether. */
import { fabricDriver } from '@tenor/network';
import { shouldCloseBooks } from '../behaviour/closedBooks.js';
import { shouldSayThatBlocksAreRefused } from '../behaviour/refusedBlocks.js';

shouldCloseBooks(fabricDriver);
shouldSayThatBlocksAreRefused(fabricDriver);
