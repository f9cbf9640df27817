/** What is said of `document`, a file a verb. */
export * from './claim.js';
