/** Descriptions of the commands of `line`, one file for each verb. */
export * from './open.js';
