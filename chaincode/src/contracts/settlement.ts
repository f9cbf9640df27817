/** Contracts of settlement: presentments, payments, and batches with their cash. */
import { contractOf } from './contract.js';

export const SETTLEMENT = (['presentment', 'payment', 'cash', 'batch'] as const).map(contractOf);
