/** Contracts of settlement: financing, mandates, presentments, payments, and batches with their cash. */
import { contractOf } from './contract.js';

export const SETTLEMENT = (['financing', 'mandate', 'presentment', 'payment', 'cash', 'batch'] as const).map(
  contractOf,
);
