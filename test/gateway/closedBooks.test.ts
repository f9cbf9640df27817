/** Closed books on devnet. */
import { devnetDriver } from '@tenor/network';
import { shouldCloseBooks } from '../behaviour/closedBooks.js';

shouldCloseBooks(devnetDriver);
