/** Contracts of certificates: tickets, lines, documents, certificates and slices, and queries of the caller's own book. */
import { contractOf } from './contract.js';

export const CERTIFICATE = (['ticket', 'line', 'document', 'certificate', 'slice', 'book', 'command'] as const).map(
  contractOf,
);
