/** Closed books on real Fabric. */
import { fabricDriver } from '@tenor/network';
import { shouldCloseBooks } from '../behaviour/closedBooks.js';

shouldCloseBooks(fabricDriver);
