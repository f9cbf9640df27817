/** Descriptions of the commands of `presentment`, one file for each verb. */
export * from './acknowledge.js';
export * from './discharge.js';
export * from './reopen.js';
export * from './withdraw.js';
