/** What is said of `book`, a file a verb. */
export * from './get.js';
export * from './list.js';
export * from './restore.js';
