/** Descriptions of the commands of `ticket`, one file for each verb. */
export * from './prepare.js';
