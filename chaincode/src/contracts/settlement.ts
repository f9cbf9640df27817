/** Contracts of settlement: financing, presentments and payments. */
import { contractOf } from './contract.js';

export const SETTLEMENT = (['financing', 'presentment', 'payment'] as const).map(contractOf);
