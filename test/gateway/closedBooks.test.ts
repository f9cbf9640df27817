/** Closed books on devnet, and blocks that are refused altogether. */
import { devnetDriver } from '@tenor/network';
import { shouldCloseBooks } from '../behaviour/closedBooks.js';
import { shouldSayThatBlocksAreRefused } from '../behaviour/refusedBlocks.js';

shouldCloseBooks(devnetDriver);
shouldSayThatBlocksAreRefused(devnetDriver);
