/** Descriptions of the commands of `book`, one file for each verb. */
export * from './get.js';
export * from './list.js';
export * from './restore.js';
