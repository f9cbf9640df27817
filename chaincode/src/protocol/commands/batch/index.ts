/** Descriptions of the commands of `batch`, one file for each verb. */
export * from './approve.js';
export * from './decline.js';
export * from './agree.js';
export * from './commit.js';
export * from './abort.js';
export * from './settle.js';
