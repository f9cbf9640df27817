/** Contracts of settlement: presentments and payments. */
import { contractOf } from './contract.js';

export const SETTLEMENT = (['presentment', 'payment'] as const).map(contractOf);
