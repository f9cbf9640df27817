/** Contracts of settlement: mandates, presentments, payments, and batches with their cash. */
import { contractOf } from './contract.js';

export const SETTLEMENT = (['mandate', 'presentment', 'payment', 'cash', 'batch'] as const).map(contractOf);
