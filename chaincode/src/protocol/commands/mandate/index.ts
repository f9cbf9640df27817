/** Descriptions of the commands of `mandate`, one file for each verb. */
export * from './give.js';
export * from './revoke.js';
