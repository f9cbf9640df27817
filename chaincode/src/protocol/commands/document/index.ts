/** Descriptions of the commands of `document`, one file for each verb. */
export * from './claim.js';
