/** The language that chaincode and client share. Imports nothing but zod and runs anywhere. */
export * from './canonical.js';
export * from './currencies.js';
export * from './dates.js';
export * from './errors.js';
export * from './eventPayload.js';
export * from './events.js';
export * from './identifiers.js';
export * from './limits.js';
export * from './money.js';
export * from './records.js';
export * from './results.js';
export * from './transactions.js';
