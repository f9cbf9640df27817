/** Contracts of settlement: mandates, presentments and payments. */
import { contractOf } from './contract.js';

export const SETTLEMENT = (['mandate', 'presentment', 'payment'] as const).map(contractOf);
