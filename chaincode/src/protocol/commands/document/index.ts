/** Descriptions of the commands of `document`, one file for each verb. */
export * from './claim.js';
export * from './confirm.js';
export * from './reject.js';
export * from './credit.js';
export * from './release.js';
