/** What is said of `ticket`, a file a verb. */
export * from './prepare.js';
