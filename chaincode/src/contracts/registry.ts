/** Contracts of the registry: who takes part, under which rules, on which business date. */
import { contractOf } from './contract.js';

export const REGISTRY = [contractOf('registry')];
