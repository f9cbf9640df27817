/** What is said of `line`, a file a verb. */
export * from './open.js';
