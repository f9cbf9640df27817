/** Descriptions of the commands of `payment`, one file for each verb. */
export * from './report.js';
export * from './attest.js';
export * from './return.js';
