/** What is said of `payment`, a file a verb. */
export * from './report.js';
export * from './attest.js';
