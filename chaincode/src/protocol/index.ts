/** The language that chaincode and client share. Imports nothing but zod and runs anywhere. */
export * from './canonical.js';
export * from './commands/index.js';
export * from './currencies.js';
export * from './dates.js';
export * from './dayCounts.js';
export * from './errorClasses.js';
export * from './errors.js';
export * from './eventPayload.js';
export * from './identifiers.js';
export * from './limits.js';
export * from './money.js';
export * from './records/index.js';
export * from './results.js';
