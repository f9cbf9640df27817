/** What is said of `command`, a file a verb. */
export * from './open.js';
export * from './plan.js';
