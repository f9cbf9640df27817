/** Descriptions of the commands of `command`, one file for each verb. */
export * from './open.js';
export * from './plan.js';
